"""The evidence of a launch with its provenance, what it counts for, and what it speaks to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.evidence import (
    EvidenceRecord,
    EvidenceRunRecord,
    MetricDefinitionRecord,
    RunInputs,
    Slot,
)
from tracker.domain.gates import GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.words import CorrectionKind, EvidenceStanding
from tracker.readiness.slots import SlotIndex, has_equivalence, runs_by_slot, standing_of
from tracker.services.pausing import collection_paused
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import gate_records

Definitions = Mapping[tuple[str, str], MetricDefinitionRecord]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One metric of a run.

    Attributes:
        standing: Whether it speaks for the launch today, and if not, why.
        gates: Those in force whose slot and configuration it lies in, in order of number.
        definition: What is known about its metric; None where nobody has said.
        same_release: Whether the run is about the launch's present release.
        equivalent: Whether somebody independent said why it counts for that release.
    """

    run: EvidenceRunRecord
    evidence: EvidenceRecord
    standing: EvidenceStanding
    gates: tuple[GateRecord, ...]
    definition: MetricDefinitionRecord | None
    same_release: bool
    equivalent: bool

    @property
    def risks(self) -> tuple[str, ...]:
        """References of the risks that it speaks to."""
        return self.evidence.risks


@dataclass(frozen=True, slots=True)
class Ledger:
    """All evidence of a launch.

    Attributes:
        today: The day that it is read as of.
        runs: In order of number, those without a single metric too.
        rows: Every metric, newest run first.
    """

    launch: LaunchRecord
    today: date
    runs: tuple[EvidenceRunRecord, ...]
    rows: tuple[LedgerRow, ...]


def read_ledger(store: Store, today: date, launch: str) -> Ledger:
    """Read every metric of every run of a launch, in a fixed number of statements.

    Raises:
        NotFound: No launch has this key.
    """
    with collection_paused():
        with store.reading() as session:
            record = queries.get_launch(session, launch)
            runs = queries.ledger(session, launch)
            gates = gate_records(session, [launch])
            definitions = queries.metric_definitions(session)
        day = record.as_of or today
        rows = _rows(_Shelf(record, day, runs_by_slot(runs), _by_slot(gates), definitions), runs)
        return Ledger(record, day, tuple(one.run for one in runs), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Shelf:
    launch: LaunchRecord
    today: date
    index: SlotIndex
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
        standing=standing_of(run, evidence, shelf.launch, shelf.index, shelf.today, scale),
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
