"""Launch criteria with what answers and overrides them, and frontier determinations."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, select, true
from sqlmodel import Session

from tracker.domain.errors import NotFound
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.store.fetching import fetch, fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import T, columns_for, grouped
from tracker.store.queries.selections import Keys
from tracker.store.tables import launch_of

GATE = columns_for(GateRecord, "gate")
ATTESTATION = columns_for(AttestationRecord, "gate_attestation")
WAIVER = columns_for(WaiverRecord, "gate_waiver")
DETERMINATION = columns_for(DeterminationRecord, "threshold_determination", without=["safeguards"])
_GATE, _WAIVER = T["gate"].c, T["gate_waiver"].c
_DETERMINATION, _SAFEGUARD = T["threshold_determination"].c, T["required_safeguard"].c
_BEFORE_SAFEGUARDS = [column.name for column in DETERMINATION].index("determined_by")


def gate_records(session: Session, keys: Keys) -> tuple[GateRecord, ...]:
    """Read the gates of launches, withdrawn ones too, in order of launch and number."""
    rows = fetch(session, select(*GATE).where(_on(_GATE.launch, keys)))
    records = [GateRecord(*row) for row in rows]
    return tuple(sorted(records, key=attrgetter("launch", "number")))


def attestation_records(session: Session, keys: Keys) -> tuple[AttestationRecord, ...]:
    """Read the attestations of the gates of launches, oldest first."""
    which = _of_gates(T["gate_attestation"].c.gate, keys)
    return _in_order(
        AttestationRecord(*row) for row in fetch(session, select(*ATTESTATION).where(which))
    )


def waiver_records(session: Session, keys: Keys) -> tuple[WaiverRecord, ...]:
    """Read the waivers of the gates of launches, oldest first."""
    return _waivers(session, _of_gates(_WAIVER.gate, keys))


def determination_records(session: Session, keys: Keys) -> tuple[DeterminationRecord, ...]:
    """Read the frontier determinations of launches, oldest first; two statements."""
    return _determinations(session, _on(_DETERMINATION.launch, keys), _on(_SAFEGUARD.launch, keys))


def get_gate(session: Session, ref: str) -> GateRecord:
    """Read one gate.

    Raises:
        NotFound: No gate has this reference; similar ones are named.
    """
    rows = fetch(session, select(*GATE).where(_GATE.ref == ref))
    if not rows:
        of_launch = select(_GATE.ref).where(_GATE.launch == launch_of(ref)).order_by(_GATE.number)
        raise not_found("gate", ref, fetch_values(session, of_launch))
    return GateRecord(*rows[0])


def get_waiver(session: Session, waiver_id: int) -> WaiverRecord:
    """Read one waiver.

    Raises:
        NotFound: There is no waiver with this id.
    """
    return _only("waiver", waiver_id, _waivers(session, _WAIVER.id == waiver_id))


def get_determination(session: Session, determination_id: int) -> DeterminationRecord:
    """Read one frontier determination.

    Raises:
        NotFound: There is no determination with this id.
    """
    found = _determinations(
        session,
        _DETERMINATION.id == determination_id,
        _SAFEGUARD.determination == determination_id,
    )
    return _only("frontier determination", determination_id, found)


def _waivers(session: Session, which: ColumnElement[bool]) -> tuple[WaiverRecord, ...]:
    return _in_order(WaiverRecord(*row) for row in fetch(session, select(*WAIVER).where(which)))


def _determinations(
    session: Session, which: ColumnElement[bool], safeguards: ColumnElement[bool]
) -> tuple[DeterminationRecord, ...]:
    pairs = select(_SAFEGUARD.determination, _SAFEGUARD.mitigation).where(safeguards)
    named = grouped((row.determination, row.mitigation) for row in fetch(session, pairs))
    rows = fetch(session, select(*DETERMINATION).where(which))
    return _in_order(_determination_record(row, named.get(row.id, ())) for row in rows)


def _determination_record(row: Sequence[Any], safeguards: Sequence[str]) -> DeterminationRecord:
    ordered = tuple(sorted(safeguards, key=lambda ref: int(ref.rpartition("-")[2])))
    end = _BEFORE_SAFEGUARDS
    values: list[Any] = [*row[:end], ordered, *row[end:]]
    return DeterminationRecord(*values)


def _in_order(records: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(records, key=attrgetter("id")))


def _only(noun: str, number: int, found: Sequence[Any]) -> Any:
    if not found:
        raise NotFound(noun, str(number), [])
    return found[0]


def _on(launch: Column[Any], keys: Keys) -> ColumnElement[bool]:
    return true() if keys is None else launch.in_(keys)


def _of_gates(gate: Column[Any], keys: Keys) -> ColumnElement[bool]:
    return true() if keys is None else gate.in_(_refs(keys))


def _refs(keys: Sequence[str]) -> Select[Any]:
    return select(_GATE.ref).where(_GATE.launch.in_(keys))
