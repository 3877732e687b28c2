"""The launch criteria of one launch: what each asks, what the evidence shows, what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from tracker.charts.intervals import IntervalRow
from tracker.domain.gate_state import GateStatus
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import LaunchState
from tracker.domain.words import Direction, GateKind, GateState, Origin, WaiverState
from tracker.readiness.attested import NOT_ATTESTED
from tracker.readiness.gate_words import observed_words, threshold_words
from tracker.readiness.measured import NO_RUN
from tracker.readiness.twins import missing_twins
from tracker.views.figures import counted, frame

ANSWERS: Final = "What does this launch have to show, what has it shown, and what would settle it?"
EMPTY: Final = (
    "This launch has no launch criteria yet. A policy lead or an area lead writes one above, under "
    "New gate, by hand or from a template. Until its areas have gates, the launch cannot be ready."
)
NO_MATCH: Final = "No gate matches. Take a filter away to see the others."
WORST_FIRST: Final = tuple(sorted(GateState, key=lambda state: state.badness, reverse=True))
SHOWN_IN_CHART: Final = 20
ORDER: Final = "What holds the launch comes first, the worst state before the others."


class Over(StrEnum):
    """What can lie over a gate's state without changing it; empty where nothing does."""

    NOTHING = ""
    WAIVED = "waived"
    WAIVER_ASKED = "waiver asked"
    WAIVER_ENDED = "waiver ended"
    WITHDRAWAL_ASKED = "withdrawal asked"
    WITHDRAWN = "withdrawn"


DTYPES: Final = {
    "ref": "str",
    "title": "str",
    "state": "str",
    "over": "str",
    "counts": "str",
    "asks": "str",
    "shows": "str",
    "why": "str",
    "settles": "str",
    "area": "str",
    "run": "str",
    "planned": "datetime64[s]",
    "basis": "str",
}
"""Columns of the board: `state` is a gate state, `over` an `Over`, `counts` is must it pass."""


@dataclass(frozen=True, slots=True)
class GateFilter:
    """What narrows the board; an empty collection lets everything through."""

    states: Collection[str] = ()
    must_pass_only: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class GatesView:
    """The board of a launch's criteria.

    Attributes:
        headline: How many hold the launch.
        counts: How many gates in force stand in each state, the worst first.
        frame: One line per gate that matches, those that hold first, then by state and number.
        bars: Those with a figure, for the chart, at most `SHOWN_IN_CHART`.
        bars_note: How to read the chart and what it leaves out.
        empty: What to do where no line matches; empty where one does.
    """

    headline: str
    counts: tuple[tuple[GateState, int], ...]
    frame: pd.DataFrame
    bars: tuple[IntervalRow, ...]
    bars_note: str
    empty: str


def gates_view(state: LaunchState, wanted: GateFilter) -> GatesView:
    """Return the board of a launch's criteria that match."""
    matching = sorted((s for s in state.gates if _matches(s, wanted)), key=_urgency)
    bars = [bar for status in matching if (bar := interval(status)) is not None]
    return GatesView(
        headline=headline(state),
        counts=tuple((kind, state.gate_counts()[kind]) for kind in WORST_FIRST),
        frame=frame([_line(status) for status in matching], DTYPES),
        bars=tuple(bars[:SHOWN_IN_CHART]),
        bars_note=_bars_note(len(matching), len(bars)),
        empty="" if matching else (NO_MATCH if state.gates else EMPTY),
    )


def warnings(state: LaunchState) -> tuple[str, ...]:
    """Say what the set of criteria itself lacks: an over-refusal twin beside safety gates."""
    alone = missing_twins([status.gate for status in state.gates])
    if not alone:
        return ()
    named = ", ".join(gate.short_ref for gate in alone)
    lack = "this launch has no gate on over-refusal beside them"
    return (f"{named} could be passed by refusing everything: {lack}.",)


def headline(state: LaunchState) -> str:
    """Say how many criteria hold the launch."""
    if not state.gates:
        return "No launch criteria yet"
    in_force = [status for status in state.gates if not status.gate.withdrawn]
    holding = sum(status.holds for status in in_force)
    passed = sum(status.state is GateState.PASSED for status in in_force)
    said = f"{passed} of {counted(len(in_force), 'gate')} passed"
    return f"{said}, {holding} must-pass {'holds' if holding == 1 else 'hold'}" if holding else said


def _matches(status: GateStatus, wanted: GateFilter) -> bool:
    gate = status.gate
    searched = f"{gate.short_ref}\n{gate.title}\n{gate.metric or ''}\n{status.area.name}".casefold()
    return (
        (not wanted.states or status.state in wanted.states)
        and (gate.must_pass or not wanted.must_pass_only)
        and wanted.text.strip().casefold() in searched
    )


def _urgency(status: GateStatus) -> tuple[bool, bool, int, int]:
    return status.gate.withdrawn, not status.holds, -status.state.badness, status.gate.number


def _line(status: GateStatus) -> dict[str, Any]:
    gate = status.gate
    return {
        "ref": gate.short_ref,
        "title": gate.title,
        "state": str(status.state),
        "over": str(over(status)),
        "counts": "must pass" if gate.must_pass else "advisory",
        "asks": threshold_words(gate, status.definition),
        "shows": figures(status),
        "why": status.why,
        "settles": status.settles,
        "area": status.area.name,
        "run": status.run.short_ref if status.run else "",
        "planned": pd.Timestamp(gate.planned_on) if gate.planned_on else pd.NaT,
        "basis": ILLUSTRATIVE_LABEL if gate.origin is Origin.ILLUSTRATIVE else str(gate.origin),
    }


def over(status: GateStatus) -> Over:
    """Return what lies over a gate's state: a withdrawal before a waiver."""
    gate = status.gate
    if gate.withdrawn:
        return Over.WITHDRAWN
    if gate.withdrawal_asked_by is not None:
        return Over.WITHDRAWAL_ASKED
    if status.waiver is None or status.state is GateState.PASSED:
        return Over.NOTHING
    return _OF_WAIVER[status.waiver.state]


_OF_WAIVER: Final = {
    WaiverState.ASKED: Over.WAIVER_ASKED,
    WaiverState.IN_FORCE: Over.WAIVED,
    WaiverState.ENDED: Over.WAIVER_ENDED,
}


def over_words(status: GateStatus) -> str:
    """Say what lies over a gate's state and until when, or why not; empty where nothing does."""
    kind, waiver = over(status), status.waiver
    if waiver is None or kind not in _OF_WAIVER.values():
        return f"{kind}, not confirmed" if kind is Over.WITHDRAWAL_ASKED else str(kind)
    if kind is Over.WAIVED:
        return f"{kind} until {waiver.waiver.until.isoformat()}"
    return f"{kind}: {waiver.why}" if waiver.why else str(kind)


def figures(status: GateStatus) -> str:
    """Say what the evidence shows, in numbers; or whose word it is; or that nothing counts."""
    if status.reading is not None:
        return observed_words(status) or "no figure that can be read"
    if status.attestation is not None:
        verdict = "met" if status.attestation.met else "not met"
        return f"attested as {verdict} on {status.attestation.attested_on.isoformat()}"
    nothing_at_all = status.why.startswith((NO_RUN, NOT_ATTESTED))
    return "nothing on record" if nothing_at_all else "nothing that counts"


def interval(status: GateStatus) -> IntervalRow | None:
    """Return a gate's line in the chart; None where there is no figure to draw."""
    gate, reading, definition = status.gate, status.reading, status.definition
    if reading is None or reading.observed is None or definition is None:
        return None
    if gate.kind is GateKind.ATTESTED or gate.threshold is None:
        return None
    return IntervalRow(
        gate=f"{gate.short_ref} {gate.title}",
        state=status.state,
        low=reading.low,
        high=reading.high,
        observed=reading.observed,
        threshold=gate.threshold,
        higher_is_better=definition.direction is Direction.HIGHER,
        words=figures(status),
    )


def _bars_note(matching: int, drawn: int) -> str:
    without = matching - drawn
    left_out = (
        f" {counted(without, 'gate has', 'gates have')} no figure to draw." if without else ""
    )
    more = f" The first {SHOWN_IN_CHART} are drawn." if drawn > SHOWN_IN_CHART else ""
    return (
        "Each line is drawn against its own threshold, the dashed rule: the gate is shown when the "
        "whole line lies to its right. A thin line has no bounds: nobody knows how far it "
        f"reaches.{left_out}{more}"
    )
