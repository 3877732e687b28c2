"""The launch criteria: what each gate asks for, what it shows, and what lies over its state."""

from collections.abc import Callable, Iterable
from typing import Final

from tracker.charts import intervals
from tracker.charts.intervals import IntervalRow
from tracker.domain.gate_state import GateStatus
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState
from tracker.domain.words import Direction, Origin
from tracker.exports import wording
from tracker.exports.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Picture,
    Plan,
    Section,
    Table,
    Where,
)
from tracker.exports.escape import shorten
from tracker.exports.sections import overrides
from tracker.readiness.gate_words import observed_words, threshold_words

HOW_TO_READ: Final = (
    "Only “passed” opens a gate: missing, planned, stale and inconclusive evidence all hold it. A "
    "gate is passed when the bound of its figure shows the threshold, not when the figure does. "
    "Figures are cut towards the bad side, never rounded. A waiver lies over a state and never "
    "changes it; an advisory gate holds nothing."
)
_LABEL: Final = 44

_Read = tuple[Column, Callable[[GateStatus], Cell]]


def section(report: ReadinessReport) -> Section:
    """Return every gate with its state, the waivers, and the withdrawals with who and why."""
    gates = sorted(report.state.gates, key=_order)
    blocks: list[Block] = [Paragraph(_counted(gates)), Paragraph(HOW_TO_READ)]
    drawn = [row for status in gates for row in _rows(status)]
    if drawn:
        blocks.append(_picture(drawn, gates))
    blocks += [
        _gates(report.state, gates),
        overrides.waivers(report),
        overrides.withdrawals(report.state),
    ]
    return Section("criteria", "Launch criteria", tuple(blocks))


def _order(status: GateStatus) -> tuple[bool, bool, int, int]:
    """What holds the launch first, then the worst state; withdrawn ones last."""
    gate = status.gate
    return gate.withdrawn, not status.holds, -status.state.badness, gate.number


def _counted(gates: Iterable[GateStatus]) -> str:
    in_force = [status for status in gates if not status.gate.withdrawn]
    holding = sum(status.holds for status in in_force)
    return f"{holding} of {len(in_force)} gates hold the launch: {counts_of(in_force)}."


def counts_of(gates: Iterable[GateStatus]) -> str:
    """Return how many gates are in which state, the worst first, such as "1 failed, 2 missing"."""
    listed = [status for status in gates if not status.gate.withdrawn]
    found = [status.state for status in listed]
    said = [f"{found.count(state)} {state}" for state in intervals.WORST_FIRST if state in found]
    waived = sum(status.waived for status in listed)
    return ", ".join([*said, *([f"{waived} of them waived"] if waived else [])]) or "none written"


def _picture(drawn: list[IntervalRow], gates: list[GateStatus]) -> Picture:
    shown = any(status.gate.origin is Origin.ILLUSTRATIVE for status in gates)
    said = "Figures of gates against their thresholds; the broken line is the threshold of each"
    return Picture(
        intervals.chart(drawn),
        intervals.alt_text(drawn),
        wording.labelled(said, shown),
        share=0.85,
    )


def _rows(status: GateStatus) -> Iterable[IntervalRow]:
    gate, reading, definition = status.gate, status.reading, status.definition
    if gate.withdrawn or gate.threshold is None or definition is None or reading is None:
        return
    if reading.observed is not None:
        yield IntervalRow(
            gate=shorten(f"{gate.short_ref} {gate.title}", _LABEL),
            state=status.state,
            low=reading.low,
            high=reading.high,
            observed=reading.observed,
            threshold=gate.threshold,
            higher_is_better=definition.direction is Direction.HIGHER,
            words=f"{observed_words(status)} against {threshold_words(gate, definition)}",
        )


def _gates(state: LaunchState, gates: Iterable[GateStatus]) -> Table:
    plan = Plan[GateStatus](
        caption="Gates, those that hold the launch first",
        empty="No gate is written for this launch.",
        sheet="Criteria",
        columns=[
            (Column("Gate", 1.9, where=Where.PAPER), lambda it: Cell(_named(it))),
            *_identity(state),
            (Column("State", 1.45), state_cell),
            (Column("Asks for", 1.65), lambda it: Cell(asks_for(it))),
            (Column("Shows", 1.4), lambda it: Cell(_shows(it))),
            (Column("Why", 1.8), lambda it: Cell(it.why or wording.NONE)),
            (Column("What would settle it", 1.8), lambda it: Cell(it.settles or wording.NONE)),
            (Column("Waiver", 1.1), lambda it: Cell(overrides.waiver_words(it.waiver))),
            *_figures(),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.gate.origin))),
        ],
    )
    return plan.table(gates)


def _named(status: GateStatus) -> str:
    return wording.lines(
        f"{status.gate.short_ref} {status.gate.title}",
        "" if status.gate.must_pass else "advisory, holds nothing",
        "withdrawn, counts no more" if status.gate.withdrawn else "",
    )


def state_cell(status: GateStatus) -> Cell:
    """Return a gate's state with its look, and that a waiver lies over it where one does."""
    mark = " (waived)" if status.waived else ""
    return Cell(f"{status.state}{mark}", look=status.state)


def asks_for(status: GateStatus) -> str:
    """Return a gate's threshold with what else it asks of the evidence."""
    gate = status.gate
    return wording.lines(
        threshold_words(gate, status.definition),
        f"n ≥ {gate.min_n:,}" if gate.min_n is not None else "",
        f"at most {gate.max_age_days} days old" if gate.max_age_days is not None else "",
        f"no worse than {gate.baseline}" if gate.baseline else "",
    )


def _shows(status: GateStatus) -> str:
    if status.attestation is not None:
        given = status.attestation
        said = "met" if given.met else "not met"
        return f"attested “{said}” until {given.expires.isoformat()}"
    shown = observed_words(status)
    ref = status.run.short_ref if status.run else ""
    return wording.lines(shown, ref) or wording.NONE


def _identity(state: LaunchState) -> list[_Read]:
    def sheet(title: str, read: Callable[[GateStatus], str | None]) -> _Read:
        return Column(title, where=Where.SHEET), lambda it: Cell(read(it) or wording.NONE)

    return [
        sheet("Reference", lambda it: it.gate.ref),
        sheet("Title", lambda it: it.gate.title),
        sheet("Policy area", lambda it: it.area.name),
        sheet("Kind", lambda it: str(it.gate.kind)),
        sheet("Must pass", lambda it: "yes" if it.gate.must_pass else "no, advisory"),
        sheet("Withdrawn", lambda it: "yes" if it.gate.withdrawn else "no"),
        sheet("Tool", lambda it: it.gate.tool),
        sheet("Task", lambda it: it.gate.task),
        sheet("Metric", lambda it: it.gate.metric),
        sheet("Configuration", lambda it: it.gate.configuration),
        sheet("Statement", lambda it: it.gate.statement),
        sheet("Rationale", lambda it: it.gate.rationale),
        sheet("Written by", lambda it: state.person_name(it.gate.written_by)),
    ]


def _figures() -> list[_Read]:
    def number(title: str, read: Callable[[GateStatus], float | None]) -> _Read:
        column = Column(title, numeric=True, where=Where.SHEET)
        return column, lambda it: wording.number(read(it))

    return [
        number("Threshold", lambda it: it.gate.threshold),
        number("Confidence", lambda it: it.gate.confidence),
        number("Least n", lambda it: it.gate.min_n),
        (
            Column("Qualifier", where=Where.SHEET),
            lambda it: Cell((it.reading.qualifier if it.reading else "") or wording.NONE),
        ),
        number("Observed", lambda it: it.reading.observed if it.reading else None),
        number("Low", lambda it: it.reading.low if it.reading else None),
        number("High", lambda it: it.reading.high if it.reading else None),
        number("n", lambda it: it.reading.n if it.reading else None),
        (
            Column("Run", where=Where.SHEET),
            lambda it: Cell(it.run.ref if it.run else wording.NONE),
        ),
        (
            Column("Planned on", where=Where.SHEET),
            lambda it: wording.day(it.gate.planned_on),
        ),
    ]
