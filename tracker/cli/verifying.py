"""`verify`: is everything in the register as it was written?"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tracker.cli.failing import BAD_INPUT, OK
from tracker.cli.opening import opened
from tracker.cli.options import JsonFlag
from tracker.cli.output import print_json, say
from tracker.domain.errors import InvalidInput
from tracker.domain.reviews import SnapshotRecord
from tracker.sealing.canonical import instant_text
from tracker.store import queries
from tracker.store.proving import BrokenRecord, KnownExport, Proof, find_export, prove
from tracker.store.reconciling import Disagreement

SHOWN: Final = 20
KEEP: Final = (
    "Keep the file as it is, and compare length and head of the chain with those printed in "
    "earlier exports."
)

SnapshotRef = Annotated[
    str | None,
    typer.Option("--snapshot", metavar="REF", help="Say whether this snapshot is unaltered."),
]
ExportFile = Annotated[
    Path | None,
    typer.Option(
        "--export", metavar="FILE", help="Say whether this file is an export of the snapshot."
    ),
]


def verify(
    *, snapshot: SnapshotRef = None, export: ExportFile = None, as_json: JsonFlag = False
) -> int:
    """Read chain, rows, snapshots and exports, and say what is not as it was written.

    The chain shows records changed, added, removed or put in another order. Rows are compared
    with what the chain tells of them, so a change behind its back and a chain cut short show too.
    """
    if export is not None and snapshot is None:
        raise InvalidInput({"--export": "needs --snapshot"}, "Name the snapshot that it is of.")
    content = None if export is None else _content(export)
    with opened() as register, register.store.reading() as session:
        record = None if snapshot is None else queries.get_snapshot(session, snapshot)
        proof = prove(session)
        known = None if content is None else find_export(session, str(snapshot), content)
    as_claimed = proof.sound and (export is None or known is not None)
    if as_json:
        print_json(_as_json(proof, as_claimed, record, known))
    else:
        for line in _lines(proof, record, export, known):
            say(line)
    return OK if as_claimed else BAD_INPUT


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(
            {str(file): f"cannot be read ({error.strerror})"}, "Name a file."
        ) from error


def _lines(
    proof: Proof, record: SnapshotRecord | None, export: Path | None, known: KnownExport | None
) -> Iterator[str]:
    yield from _about_chain(proof)
    yield from _about_rows(proof)
    yield from (f"{one.ref}: {one.fault}." for one in proof.documents)
    if not proof.documents:
        counted = f"{proof.snapshots} snapshots and {proof.exports} stored exports"
        yield f"Each of {counted} fits its SHA-256."
    if record is not None:
        yield from _about_snapshot(proof, record)
    if export is not None:
        yield _about_export(export, known)
    if not proof.sound:
        yield KEEP


def _about_chain(proof: Proof) -> Iterator[str]:
    head = proof.head
    if proof.broken is None:
        yield f"The audit chain is sound: {head.length} records, head {head.hash}."
        return
    yield f"The audit chain is broken at record {proof.broken.seq} of {head.length}."
    yield _what_it_says(proof.broken)
    yield "Rows were not compared with it."


def _what_it_says(broken: BrokenRecord) -> str:
    told = broken.told
    if told["seq"] is None:
        return f"No. {broken.seq} is gone, or cannot be read."
    at = f"{told['at']:%Y-%m-%d %H:%M} UTC" if told["at"] else "at an unreadable time"
    who = told["actor_name"] or "somebody unreadable"
    what = f"{told['action']}: {told['entity']} {told['subject']}"
    return f"No. {broken.seq} says: {at}, {who} ({told['actor']}), {what}."


def _about_rows(proof: Proof) -> Iterator[str]:
    if proof.broken is not None:
        return
    if not proof.rows:
        yield "Every row is what the record says."
    yield from (_about_row(row) for row in proof.rows[:SHOWN])
    if len(proof.rows) > SHOWN:
        yield f"{len(proof.rows) - SHOWN} more are listed with --json."


def _about_row(row: Disagreement) -> str:
    field = f", {row.field}" if row.field else ""
    told = f" (No. {row.seq})" if row.seq else ""
    return f"{row.noun} {row.ref}{field}: {row.fault}{told}."


def _about_snapshot(proof: Proof, record: SnapshotRecord) -> Iterator[str]:
    taken = f"taken {record.taken_at:%Y-%m-%d %H:%M} UTC by {record.taken_by}"
    if proof.sound:
        yield f"{record.ref} is unaltered: {taken}, SHA-256 {record.sha256}."
    else:
        yield f"{record.ref} ({taken}) cannot be relied on while the register does not hold."


def _about_export(export: Path, known: KnownExport | None) -> str:
    if known is None:
        return f"{export.name} is none of the exports of this snapshot, or was altered."
    made = f"made {known.made_at:%Y-%m-%d %H:%M} UTC by {known.made_by}"
    return f"{export.name} is the {known.kind} ({known.format}) {made}, unaltered."


def _as_json(
    proof: Proof, sound: bool, record: SnapshotRecord | None, known: KnownExport | None
) -> dict[str, Any]:
    return {
        "sound": sound,
        "length": proof.head.length,
        "head": proof.head.hash,
        "first_break": proof.broken.seq if proof.broken else None,
        "broken": _broken_json(proof.broken) if proof.broken else None,
        "rows": [_row_json(row) for row in proof.rows],
        "documents": [{"ref": one.ref, "fault": one.fault} for one in proof.documents],
        "snapshot": None if record is None else _snapshot_json(record, known),
    }


def _broken_json(broken: BrokenRecord) -> dict[str, Any]:
    return {name: _plain(value) for name, value in broken.told.items()}


def _row_json(row: Disagreement) -> dict[str, Any]:
    return {
        "entity": row.noun,
        "ref": row.ref,
        "field": row.field,
        "fault": row.fault,
        "record": row.seq,
    }


def _snapshot_json(record: SnapshotRecord, known: KnownExport | None) -> dict[str, Any]:
    names = ("ref", "sha256", "taken_at", "taken_by", "authenticated")
    export = ("sha256", "kind", "format", "made_at", "made_by")
    found = {name: _plain(getattr(known, name)) for name in export} if known else None
    return {**{name: _plain(getattr(record, name)) for name in names}, "export": found}


def _plain(value: Any) -> Any:
    return instant_text(value) if isinstance(value, datetime) else value
