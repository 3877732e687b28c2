"""The evidence that gates read: runs in their slots, and the baselines they are held against.

A metric is read where a gate of its launch names its tool, task and metric, or where a correction
moved it there; one that was moved away or withdrawn is read too, since its slot has to know.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, and_, select, tuple_, union
from sqlmodel import Session

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, RunInputs, Slot
from tracker.domain.gates import GateRecord
from tracker.store.queries.rows import Columns, T, grouped
from tracker.store.queries.run_rows import evidence_records, run_records
from tracker.store.queries.selections import Keys

_GATE, _RUN, _EVIDENCE = T["gate"].c, T["evidence_run"].c, T["evidence"].c
_CORRECTION = T["evidence_correction"].c


class GateRuns:
    """The runs that the gates of some launches read, as stored; seven statements."""

    def __init__(self, session: Session, keys: Keys) -> None:
        metrics = _metrics_read(keys)
        records = run_records(session, _runs_read(metrics, keys))
        self._by_ref: Mapping[str, EvidenceRunRecord] = records
        self._metrics = grouped((one.run, one) for one in evidence_records(session, metrics))
        self._on_launch = grouped((run.launch, run) for run in records.values())

    def of_launch(self, launch: str, gates: Iterable[GateRecord]) -> tuple[RunInputs, ...]:
        """Return the launch's runs that its gates read, with those metrics only."""
        slots = {gate.slot for gate in gates if gate.slot}
        found = (self._read(run, slots) for run in self._on_launch.get(launch, ()))
        return tuple(one for one in found if one.evidence)

    def baselines(self, gates: Iterable[GateRecord]) -> dict[str, RunInputs]:
        """Return each baseline by reference, with the metrics that its gates read of it."""
        pairs = ((gate.baseline, gate.slot) for gate in gates if gate.baseline and gate.slot)
        return {
            ref: self._read(self._by_ref[ref], {*slots}) for ref, slots in grouped(pairs).items()
        }

    def _read(self, run: EvidenceRunRecord, slots: set[Slot]) -> RunInputs:
        metrics = self._metrics.get(run.ref, ())
        return RunInputs(run, tuple(one for one in metrics if _slots_of(run, one) & slots))


def _slots_of(run: EvidenceRunRecord, metric: EvidenceRecord) -> set[Slot]:
    """Return where a metric stands or once stood."""
    moved = {Slot(run.tool, one.task, one.metric) for one in metric.corrections}
    return {Slot(run.tool, metric.task, metric.metric), *moved}


def _metrics_read(keys: Keys) -> Select[Any]:
    """Select the ids of metrics that stand in a slot that a gate reads, or were moved there."""
    slots = _slots_read(keys)
    standing = select(_EVIDENCE.id).where(
        tuple_(_EVIDENCE.run, _EVIDENCE.task, _EVIDENCE.metric).in_(slots)
    )
    moved = select(_CORRECTION.evidence.label("id")).where(
        tuple_(_CORRECTION.run, _CORRECTION.task, _CORRECTION.metric).in_(slots)
    )
    return select(union(standing, moved).subquery().c.id)


def _slots_read(keys: Keys) -> Select[Any]:
    """Select run, task and metric of what gates read on their launch and of their baselines.

    Row by row and looked up as a whole: as one join, SQLite compared every metric of the register
    with every gate. Whether a baseline is of the gate's tool is seen to afterwards.
    """
    on_launch = and_(_RUN.launch == _GATE.launch, _RUN.tool == _GATE.tool)
    named: Columns = [_GATE.task, _GATE.metric]
    of_runs, of_baselines = [_RUN.ref.label("run"), *named], [_GATE.baseline, *named]
    slots = select(*of_runs).join_from(T["gate"], T["evidence_run"], on_launch)
    compared = select(*of_baselines).where(_GATE.baseline.is_not(None))
    found = union(_of_gates(slots, keys), _of_gates(compared, keys)).subquery()
    return select(*[found.c[name] for name in ("run", "task", "metric")])


def _runs_read(metrics: Select[Any], keys: Keys) -> Select[Any]:
    """Select the references of the runs of metrics, and of baselines even without a metric."""
    baselines = select(_GATE.baseline.label("run")).where(_GATE.baseline.is_not(None))
    of_metrics = select(_EVIDENCE.run).where(_EVIDENCE.id.in_(metrics))
    return select(union(of_metrics, _of_gates(baselines, keys)).subquery().c.run)


def _of_gates(statement: Select[Any], keys: Keys) -> Select[Any]:
    return statement if keys is None else statement.where(_GATE.launch.in_(keys))
