"""Runs with their metrics and all that was said about them, in a fixed number of statements."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, select
from sqlmodel import Session

from tracker.domain.evidence import (
    ConfirmationRecord,
    CorrectionRecord,
    EquivalenceRecord,
    EvidenceRecord,
    EvidenceRunRecord,
    RunInputs,
)
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import EvidenceFlag
from tracker.store.fetching import fetch, stream
from tracker.store.queries.rows import T, columns_for, grouped
from tracker.store.tables import launch_of

Picked = Select[Any]
"""Selects references of runs, or ids of evidence."""

_SAID = ("equivalences", "confirmations", "withheld")
RUN = columns_for(EvidenceRunRecord, "evidence_run", without=_SAID)
_RUN_FIELDS = [column.name for column in RUN]
CORRECTION = columns_for(CorrectionRecord, "evidence_correction")
EQUIVALENCE = columns_for(EquivalenceRecord, "evidence_equivalence")
CONFIRMATION = columns_for(ConfirmationRecord, "evidence_confirmation")
_LAST = "conditions"
_FIRST = columns_for(EvidenceRecord, "evidence", without=[_LAST, "risks", "corrections"])
EVIDENCE: Sequence[ColumnElement[Any]] = [
    *_FIRST,
    # As text: the metrics of a run share their conditions, which are made into a mapping once.
    cast(T["evidence"].c[_LAST], Text),
]


def run_records(session: Session, which: Picked) -> dict[str, EvidenceRunRecord]:
    """Read runs by reference, in order of launch and number; four statements."""
    said = (
        _of_runs(session, EquivalenceRecord, EQUIVALENCE, which),
        _of_runs(session, ConfirmationRecord, CONFIRMATION, which),
        _withheld(session, which),
    )
    rows = fetch(session, select(*RUN).where(T["evidence_run"].c.ref.in_(which)))
    ordered = sorted(rows, key=lambda row: (row.launch, row.number))
    return {row.ref: _run_record(row, *said) for row in ordered}


def evidence_records(session: Session, which: Picked) -> tuple[EvidenceRecord, ...]:
    """Read metrics of runs in order of their ids; three statements."""
    corrected, about = T["evidence_correction"].c, T["evidence_risk"].c
    corrections = grouped(
        (row.evidence, CorrectionRecord(*row))
        for row in _in_order(session, CORRECTION, corrected.evidence.in_(which))
    )
    pairs = fetch(session, select(about.evidence, about.risk).where(about.evidence.in_(which)))
    risks = grouped((row.evidence, row.risk) for row in pairs)
    rows = stream(session, select(*EVIDENCE).where(T["evidence"].c.id.in_(which)))
    records = [
        EvidenceRecord(
            *row[:-1],
            conditions=_conditions(row[-1]),
            risks=tuple(sorted(risks.get(row[0], ()), key=_place_of_risk)),
            corrections=corrections.get(row[0], ()),
        )
        for row in rows
    ]
    return tuple(sorted(records, key=lambda record: record.id))


def with_their_metrics(
    runs: Iterable[EvidenceRunRecord], metrics: Iterable[EvidenceRecord]
) -> tuple[RunInputs, ...]:
    """Put metrics with their runs; a run without any has none."""
    of_run = grouped((metric.run, metric) for metric in metrics)
    return tuple(RunInputs(run, of_run.get(run.ref, ())) for run in runs)


def _run_record(
    row: Sequence[Any],
    equivalences: Mapping[str, tuple[EquivalenceRecord, ...]],
    confirmations: Mapping[str, tuple[ConfirmationRecord, ...]],
    withheld: Mapping[str, WithheldClass | None],
) -> EvidenceRunRecord:
    values: dict[str, Any] = dict(zip(_RUN_FIELDS, row, strict=True))
    values["flags"] = frozenset(EvidenceFlag(flag) for flag in values["flags"])
    values["warnings"] = tuple(values["warnings"])
    return EvidenceRunRecord(
        **values,
        equivalences=equivalences.get(values["ref"], ()),
        confirmations=confirmations.get(values["ref"], ()),
        withheld=withheld.get(values["ref"]),
    )


def _of_runs(
    session: Session, kind: type[Any], columns: Sequence[Any], which: Picked
) -> dict[str, tuple[Any, ...]]:
    run = columns[0].table.c.run
    return grouped((row.run, kind(*row)) for row in _in_order(session, columns, run.in_(which)))


def _withheld(session: Session, which: Picked) -> dict[str, WithheldClass | None]:
    """Read what the latest word on each run says; runs on which nobody spoke are left out."""
    said = T["evidence_withholding"].c
    wanted = [said.id, said.run, said.withheld]
    return {row.run: row.withheld for row in _in_order(session, wanted, said.run.in_(which))}


def _in_order(
    session: Session, columns: Sequence[Any], which: ColumnElement[bool]
) -> Iterable[Any]:
    statement = select(*columns).where(which)
    return sorted(fetch(session, statement), key=lambda row: row.id)


def _place_of_risk(ref: str) -> tuple[str, int]:
    return launch_of(ref), int(ref.rpartition("-")[2])


@lru_cache(maxsize=4096)
def _conditions(text: str) -> Mapping[str, str]:
    return json.loads(text)
