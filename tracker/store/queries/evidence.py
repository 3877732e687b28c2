"""Imported runs and their metrics, and what the metrics mean."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.errors import NotFound
from tracker.domain.evidence import EvidenceRecord, MetricDefinitionRecord, RunInputs
from tracker.store.fetching import fetch, fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import T, columns_for
from tracker.store.queries.run_rows import (
    Picked,
    evidence_records,
    run_records,
    with_their_metrics,
)
from tracker.store.tables import launch_of

_RUN, _EVIDENCE = T["evidence_run"].c, T["evidence"].c
_DEFINITION = columns_for(MetricDefinitionRecord, "metric_definition")


def ledger(session: Session, launch: str) -> tuple[RunInputs, ...]:
    """Read all runs of a launch with all their metrics, in order of number; seven statements."""
    return _runs(session, select(_RUN.ref).where(_RUN.launch == launch))


def get_run(session: Session, ref: str) -> RunInputs:
    """Read one run with all its metrics; seven statements.

    Raises:
        NotFound: No run has this reference; similar ones are named.
    """
    found = _runs(session, select(_RUN.ref).where(_RUN.ref == ref))
    if not found:
        of_launch = select(_RUN.ref).where(_RUN.launch == launch_of(ref)).order_by(_RUN.number)
        raise not_found("evidence run", ref, fetch_values(session, of_launch))
    return found[0]


def get_evidence(session: Session, evidence_id: int) -> EvidenceRecord:
    """Read one metric of a run; three statements.

    Raises:
        NotFound: There is no evidence with this id.
    """
    found = evidence_records(session, select(_EVIDENCE.id).where(_EVIDENCE.id == evidence_id))
    if not found:
        raise NotFound("evidence", str(evidence_id), [])
    return found[0]


def run_hashes(session: Session, launch: str) -> set[tuple[str, str]]:
    """Read which runs a launch has: SHA-256 of the file, and part of it."""
    statement = select(_RUN.sha256, _RUN.part).where(_RUN.launch == launch)
    return {(row.sha256, row.part) for row in fetch(session, statement)}


def metric_definitions(session: Session) -> dict[tuple[str, str], MetricDefinitionRecord]:
    """Read what is known about metrics, by tool and metric, in that order."""
    rows: list[Any] = [*fetch(session, select(*_DEFINITION))]
    ordered = sorted(rows, key=lambda row: (row.tool, row.metric))
    return {(row.tool, row.metric): MetricDefinitionRecord(*row) for row in ordered}


def _runs(session: Session, refs: Picked) -> tuple[RunInputs, ...]:
    metrics = evidence_records(session, select(_EVIDENCE.id).where(_EVIDENCE.run.in_(refs)))
    return with_their_metrics(run_records(session, refs).values(), metrics)
