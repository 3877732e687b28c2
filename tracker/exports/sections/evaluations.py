"""Section 5: every metric that a gate reads or that counts, regressions first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tracker.domain.gate_state import Comparison, GateStatus, Reading
from tracker.domain.ledger import LedgerRow
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceStanding, GateCoverage, GateState, Scale
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Paragraph, Plan, Section, Table
from tracker.exports.sections.criteria import state_cell
from tracker.exports.sections.figures import (
    borrowed_words,
    correction_words,
    measured_words,
    run_words,
    value_words,
)
from tracker.readiness.gate_words import (
    decimals_of,
    interval_words,
    low_words,
    n_words,
    threshold_words,
)

HOW_TO_READ: Final = (
    "Regressions come first, then failed, missing, planned, stale, inconclusive and passed "
    "figures, then those that no gate reads. An interval holds two exact one-sided bounds at the "
    "gate’s confidence. Two runs are compared only where tool version and every condition of the "
    "metric are equal; else they are not comparable, and the differences are named."
)
_REGRESSION, _UNREAD = -1, 9


@dataclass(frozen=True, slots=True)
class _Result:
    """A metric held against one gate, or against none."""

    row: LedgerRow
    gate: GateStatus | None
    reading: Reading | None

    @property
    def state(self) -> GateState | None:
        """State of this very figure: of a slice by itself where the gate asks for each."""
        if self.gate is None:
            return None
        if self.gate.gate.coverage is GateCoverage.EVERY_SLICE and self.reading:
            return self.reading.state
        return self.gate.state

    @property
    def order(self) -> int:
        """From -1 (a regression) to 9 (no gate reads it)."""
        if self.gate is None or self.state is None:
            return _UNREAD
        compared = self.gate.comparison
        if compared is not None and compared.state is GateState.FAILED:
            return _REGRESSION
        return GateState.FAILED.badness - self.state.badness


def section(report: ReadinessReport) -> Section:
    """Return the results, and every metric that was taken back with the reason."""
    state = report.state
    found = sorted(_results(report), key=lambda it: (it.order, it.row.run.number))
    blocks = (Paragraph(HOW_TO_READ), _table(found, state), _corrected(report))
    return Section("evaluations", "5 Evaluation results", blocks)


def _results(report: ReadinessReport) -> Iterator[_Result]:
    statuses = {status.gate.ref: status for status in report.state.gates}
    for row in report.ledger.rows:
        read = [_Result(row, *found) for found in _read_by(row, statuses)]
        yield from read
        if not read and _belongs(row):
            yield _Result(row, None, None)


def _belongs(row: LedgerRow) -> bool:
    """Tell whether a metric that no gate reads is listed: it counts, or would for a gate."""
    borrowed = row.standing is EvidenceStanding.OTHER_RELEASE and bool(row.gates)
    return row.standing is EvidenceStanding.COUNTS or borrowed


def _read_by(
    row: LedgerRow, statuses: dict[str, GateStatus]
) -> Iterator[tuple[GateStatus, Reading | None]]:
    for gate in row.gates:
        status = statuses[gate.ref]
        if status.run is None or status.run.ref != row.run.ref:
            continue
        readings = status.slices or ((status.reading,) if status.reading else ())
        same = [one for one in readings if one.slice == row.evidence.slice]
        if same:
            yield status, same[0]
        elif not readings and not row.evidence.slice:
            yield status, None


def _table(found: Iterable[_Result], state: LaunchState) -> Table:
    return Plan[_Result](
        caption="Results that a gate reads or that count, regressions first",
        empty="No result on record is read by a gate or counts.",
        columns=(
            (Column("Measured", 2.9), lambda it: Cell(measured_words(it.row))),
            (Column("Value", 1.7), lambda it: Cell(_value(it))),
            (Column("Bar, baseline", 1.8), lambda it: Cell(_bar(it))),
            (Column("State", 1.5), _state),
            (Column("Why", 2.6), lambda it: Cell(_why(it, state))),
            (Column("Run, SHA-256", 1.35), lambda it: Cell(run_words(it.row.run))),
            (Column("Basis", 1.1), lambda it: Cell(_basis(it))),
        ),
    ).table(found)


def _value(item: _Result) -> str:
    row, reading = item.row, item.reading
    definition = row.definition
    exact = definition is not None and definition.scale is Scale.COUNT
    interval = ""
    if reading is not None and definition is not None and not exact:
        threshold = item.gate.gate.threshold if item.gate else None
        decimals = decimals_of(threshold or 0.0, definition.scale)
        interval = interval_words(reading, definition.scale, decimals)
    missing = f"{row.evidence.errored:,} not scored" if row.evidence.errored else ""
    n = "" if exact and row.evidence.n is None else n_words(row.evidence.n)
    return wording.lines(value_words(row.evidence, definition), interval, n, missing)


def _bar(item: _Result) -> str:
    if item.gate is None:
        return wording.NONE
    gate = item.gate.gate
    advisory = "" if gate.must_pass else "advisory"
    bar = f"{gate.short_ref}: {threshold_words(gate, item.gate.definition)}"
    return wording.lines(bar, advisory, _baseline(item))


def _state(item: _Result) -> Cell:
    if item.gate is None or item.state is None:
        counts = item.row.standing is EvidenceStanding.COUNTS
        return Cell("no gate reads it" if counts else "counts for nothing")
    shown = state_cell(item.gate)
    return shown if shown.look is item.state else Cell(str(item.state), look=item.state)


def _why(item: _Result, state: LaunchState) -> str:
    borrowed = borrowed_words(item.row.run, state)
    if item.gate is None:
        return borrowed or str(item.row.standing)
    each = item.gate.gate.coverage is GateCoverage.EVERY_SLICE and item.reading
    why = each.why if each else item.gate.why
    return wording.lines(why, borrowed) or wording.NONE


def _baseline(item: _Result) -> str:
    compared = item.gate.comparison if item.gate else None
    if compared is None:
        return ""
    definition = item.row.definition
    scale = definition.scale if definition else None
    told = _difference(compared, scale) if compared.difference is not None else compared.why
    return wording.lines(f"against {compared.baseline}: {told}", *compared.differences)


def _difference(compared: Comparison, scale: Scale | None) -> str:
    words = _signed(scale)
    difference = words(compared.difference)
    if compared.low is None or compared.high is None:
        return difference
    return f"{difference} ({words(compared.low)} to {words(compared.high)}; + is better)"


def _signed(scale: Scale | None) -> Callable[[float | None], str]:
    """Print differences in points, cut downwards, with their sign."""
    points = " points" if scale in (Scale.SHARE, Scale.PERCENT) else ""

    def words(value: float | None) -> str:
        cut = low_words(value or 0.0, scale, 2).removesuffix(" %")
        return f"{'+' if not cut.startswith('-') else ''}{cut}{points}".replace("-", "−")

    return words


def _basis(item: _Result) -> str:
    gate = [item.gate.gate.origin] if item.gate else []
    return wording.origin(item.row.run.origin, *gate)


def _corrected(report: ReadinessReport) -> Table:
    state = report.state
    return Plan[LedgerRow](
        caption="Evidence withdrawn or re-mapped",
        empty="No evidence was taken back.",
        columns=(
            (Column("Measured", 3), lambda it: Cell(measured_words(it))),
            (Column("Value", 1.3), lambda it: Cell(value_words(it.evidence, it.definition))),
            (Column("How, by whom and why", 4), lambda it: Cell(_taken_back(it, state))),
            (Column("Run, SHA-256", 1.4), lambda it: Cell(run_words(it.run))),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.run.origin))),
        ),
    ).table(row for row in report.ledger.rows if row.evidence.corrections)


def _taken_back(row: LedgerRow, state: LaunchState) -> str:
    return correction_words(row.evidence, state)
