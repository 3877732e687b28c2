"""`snapshot`: the latest snapshot of a launch with the hashes that signatures rest on."""

from typing import Annotated

import typer

from tracker.cli.as_json import Values
from tracker.cli.opening import opened
from tracker.cli.options import JsonFlag
from tracker.cli.output import print_json, print_table, say
from tracker.domain.errors import RuleViolation
from tracker.domain.report import IDENTITY_NOTE
from tracker.domain.reviews import SnapshotRecord
from tracker.services.review_state import snapshots_of

LaunchKey = Annotated[str, typer.Argument(metavar="LAUNCH", help="Key of the launch.")]


def snapshot(launch: LaunchKey, *, as_json: JsonFlag = False) -> None:
    """Show the latest snapshot of a launch: its hash and those of its sections.

    A snapshot is taken when a review starts, and anew when the launch changed since.
    """
    with opened() as register:
        found = snapshots_of(register.store, launch)
    if not found:
        raise RuleViolation(
            f"No snapshot of {launch} was ever taken.", "Starting a review takes the first one."
        )
    if as_json:
        print_json(_values(found))
    else:
        _print(found)


def _print(found: tuple[SnapshotRecord, ...]) -> None:
    latest = found[-1]
    identity = "" if latest.authenticated else f" ({IDENTITY_NOTE})"
    say(f"{latest.ref}  {latest.sha256}")
    say(
        f"Taken {latest.taken_at:%Y-%m-%d %H:%M} UTC by {latest.taken_by}{identity} in "
        f"{latest.review}, as of {latest.as_of}, under policy {latest.policy}."
    )
    say("")
    print_table(
        {"Section": "left", "Material": "left", "Whole": "left"},
        ((one.name, one.material, one.whole) for one in latest.sections),
    )
    for earlier in reversed(found[:-1]):
        say(f"Before: {earlier.ref}  {earlier.sha256}")


def _values(found: tuple[SnapshotRecord, ...]) -> Values:
    latest = found[-1]
    return {
        **_head(latest),
        "review": latest.review,
        "taken_by": latest.taken_by,
        "authenticated": latest.authenticated,
        "as_of": latest.as_of.isoformat(),
        "policy": latest.policy,
        "sections": [
            {
                "name": one.name,
                "material": one.material,
                "blocking": one.blocking,
                "whole": one.whole,
            }
            for one in latest.sections
        ],
        "earlier": [_head(one) for one in reversed(found[:-1])],
    }


def _head(snapshot: SnapshotRecord) -> Values:
    return {
        "ref": snapshot.ref,
        "sha256": snapshot.sha256,
        "taken_at": snapshot.taken_at.isoformat(),
    }
