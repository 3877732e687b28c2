"""Tables of what was decided, accepted and asked for, on one launch and in the whole register."""

from collections.abc import Sequence
from typing import Any

from tracker.domain.state import LaunchState
from tracker.ui import messages, tables
from tracker.views import standing as view


def decisions(launches: Sequence[LaunchState], key: str) -> None:
    """Draw every decision with gate result and recommendation beside it."""
    found = view.decision_frame(launches)
    if found.empty:
        messages.nothing_here(view.NO_DECISIONS)
        return
    tables.show(
        found,
        {
            **_launch_column(launches),
            "outcome": tables.text("Decision", width=300),
            "gate_result": tables.text("Gate result then"),
            "recommended": tables.text("Recommended"),
            "override": tables.text("Why against them", width=240),
            "until": tables.day("Covers until"),
            "covers": tables.text("Covers", width=220),
            "by": tables.text("Decided by"),
            "on": tables.moment("On, UTC"),
            "reason": tables.text("Why", width=320),
            "snapshot": tables.text("Snapshot"),
            "ref": tables.text("Decision no."),
        },
        key=key,
        name="Decisions",
    )


def acceptances(launches: Sequence[LaunchState], key: str) -> None:
    """Draw the accepted residual risks with their clocks."""
    found = view.acceptance_frame(launches)
    if found.empty:
        messages.nothing_here(view.NO_ACCEPTANCES)
        return
    tables.show(
        tables.as_levels(found),
        {
            **_launch_column(launches),
            "risk": tables.text("Risk"),
            "level": tables.levels("Accepted level"),
            "state": tables.text("State"),
            "left": tables.text("Clock"),
            "until": tables.day("Until"),
            "why": tables.text("Why it counts or not", width=260),
            "justification": tables.text("Justification", width=320),
            "fails_if": tables.text("Ends if", width=300),
            "asked_by": tables.text("Asked by"),
            "signed_by": tables.text("Signed by"),
            "ref": tables.text("Acceptance no."),
        },
        key=key,
        name="Accepted residual risks",
    )


def conditions(launches: Sequence[LaunchState], key: str) -> None:
    """Draw the conditions of decisions with their clocks."""
    found = view.conditions_of(launches)
    if found.empty:
        messages.nothing_here(view.NO_CONDITIONS)
        return
    tables.show(
        found,
        {
            **_launch_column(launches),
            "ref": tables.text("Condition"),
            "state": tables.text("State"),
            "due": tables.day("Due"),
            "text": tables.text("What has to be so", width=340),
            "test": tables.text("Test", width=260),
            "owner": tables.text("Owner"),
            "blocking": tables.text("Blocks"),
            "why": tables.text("Why it stands so", width=240),
            "decision": tables.text("Decision"),
        },
        key=key,
        name="Conditions",
    )


def _launch_column(launches: Sequence[LaunchState]) -> dict[str, Any]:
    return {"launch": tables.text("Launch", width=190)} if len(launches) > 1 else {}


def exposures(launch: LaunchState, key: str) -> None:
    """Draw where the model has run."""
    found = view.exposure_frame(launch)
    if found.empty:
        messages.nothing_here(view.NO_EXPOSURE)
        return
    tables.show(
        found,
        {
            "stages": tables.text("Stage", width=280),
            "step": tables.text("Step"),
            "covered": tables.text("Covered by"),
            "at": tables.moment("At, UTC"),
            "by": tables.text("Recorded by"),
            "reason": tables.text("Reason", width=320),
        },
        key=key,
        name="Where the model has run",
    )
