"""The evidence of a launch with its provenance, what it counts for, and what it speaks to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.evidence import (
    EvidenceRecord,
    EvidenceRunRecord,
    MetricDefinitionRecord,
    RunInputs,
    Slot,
)
from tracker.domain.gates import GateRecord
from tracker.domain.ledger import Ledger, LedgerRow
from tracker.domain.records import LaunchRecord
from tracker.domain.words import CorrectionKind
from tracker.readiness.kept import withheld_among
from tracker.readiness.slots import (
    Newest,
    has_equivalence,
    newest_by_slot,
    runs_by_slot,
    standing_of,
)
from tracker.readiness.withheld import Hidden, withhold_ledger
from tracker.services.pausing import collection_paused
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import gate_records

Definitions = Mapping[tuple[str, str], MetricDefinitionRecord]


def read_ledger(store: Store, today: date, launch: str, hidden: Hidden | None = None) -> Ledger:
    """Read every metric of every run of a launch, in a fixed number of statements.

    Args:
        store: The register.
        today: The day whose clocks count.
        launch: Key of the launch.
        hidden: References whose detail the reader may not see; everything withheld where None.

    Raises:
        NotFound: No launch has this key.
    """
    with collection_paused(), store.reading() as session:
        ledger = ledger_within(session, queries.get_launch(session, launch), today)
    return withhold_ledger(ledger, withheld_among(ledger.runs) if hidden is None else hidden)


def ledger_within(session: Session, launch: LaunchRecord, today: date) -> Ledger:
    """Return the evidence of a launch as a transaction sees it."""
    runs = queries.ledger(session, launch.key)
    gates = gate_records(session, [launch.key])
    return ledger_of(launch, runs, gates, queries.metric_definitions(session), today)


def ledger_of(
    launch: LaunchRecord,
    runs: Sequence[RunInputs],
    gates: Iterable[GateRecord],
    definitions: Definitions,
    today: date,
) -> Ledger:
    """Return the evidence of a launch from its rows; a historical launch is read as of its day."""
    day = launch.as_of or today
    newest = newest_by_slot(runs_by_slot(runs), launch, day)
    shelf = _Shelf(launch, day, newest, _by_slot(gates), definitions)
    return Ledger(launch, day, tuple(one.run for one in runs), tuple(_rows(shelf, runs)))


@dataclass(frozen=True, slots=True)
class _Shelf:
    launch: LaunchRecord
    today: date
    newest: Newest
    gates: Mapping[Slot, tuple[GateRecord, ...]]
    definitions: Definitions


def _by_slot(gates: Iterable[GateRecord]) -> dict[Slot, tuple[GateRecord, ...]]:
    found: dict[Slot, tuple[GateRecord, ...]] = {}
    for gate in gates:
        if gate.slot is not None and not gate.withdrawn:
            found[gate.slot] = (*found.get(gate.slot, ()), gate)
    return found


def _rows(shelf: _Shelf, runs: Iterable[RunInputs]) -> Iterator[LedgerRow]:
    for inputs in sorted(runs, key=lambda one: one.run.number, reverse=True):
        for evidence in inputs.evidence:
            yield _row(shelf, inputs.run, evidence)


def _row(shelf: _Shelf, run: EvidenceRunRecord, evidence: EvidenceRecord) -> LedgerRow:
    slot = _present_slot(run, evidence)
    definition = shelf.definitions.get((run.tool, slot.metric))
    scale = definition.scale if definition else None
    equivalent = has_equivalence(run, shelf.launch)
    places = {run.configuration, *([shelf.launch.configuration] if equivalent else [])}
    return LedgerRow(
        run=run,
        evidence=evidence,
        standing=standing_of(run, evidence, shelf.launch, shelf.newest, shelf.today, scale),
        gates=tuple(gate for gate in shelf.gates.get(slot, ()) if gate.configuration in places),
        definition=definition,
        same_release=run.release == shelf.launch.release,
        equivalent=equivalent,
    )


def _present_slot(run: EvidenceRunRecord, evidence: EvidenceRecord) -> Slot:
    """Return where the metric belongs today; withdrawn evidence stays named by where it was."""
    for one in reversed(evidence.corrections):
        if one.kind is CorrectionKind.REMAPPED:
            return Slot(run.tool, one.task, one.metric)
    return Slot(run.tool, evidence.task, evidence.metric)
