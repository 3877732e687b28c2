"""The launch criteria of one launch: what each asks, what the evidence shows, what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from tracker.charts.intervals import IntervalRow
from tracker.domain.gate_state import GateStatus, Reading
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import LaunchState
from tracker.domain.words import Direction, GateKind, GateState, Origin
from tracker.readiness.gate_words import observed_words, threshold_words
from tracker.readiness.twins import missing_twins
from tracker.views.figures import counted, frame

ANSWERS: Final = "What does this launch have to show, what has it shown, and what would settle it?"
EMPTY: Final = (
    "This launch has no launch criteria yet. Write one below, or take one from a template. Until "
    "its areas have gates, the launch cannot be ready."
)
NO_MATCH: Final = "No gate matches. Take a filter away to see the others."
WORST_FIRST: Final = tuple(sorted(GateState, key=lambda state: state.badness, reverse=True))
SHOWN_IN_CHART: Final = 20

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
"""Columns of the board; `state` is a gate state, `over` what lies over it (a waiver, a withdrawal),
`counts` whether it must pass."""

SLICE_DTYPES: Final = {
    "slice": "str",
    "state": "str",
    "shows": "str",
    "n": "Int64",
    "why": "str",
}


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
        "over": over_words(status),
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


def over_words(status: GateStatus) -> str:
    """Say what lies over a gate's state: a waiver, a withdrawal; empty where nothing does."""
    gate = status.gate
    if gate.withdrawn:
        return "withdrawn"
    if gate.withdrawal_asked_by is not None:
        return "withdrawal asked, not confirmed"
    if status.waived and status.waiver:
        return f"waived until {status.waiver.waiver.until.isoformat()}"
    if status.waiver and status.state is not GateState.PASSED:
        return f"waiver {status.waiver.state}: {status.waiver.why}".removesuffix(": ")
    return ""


def figures(status: GateStatus) -> str:
    """Say what the evidence shows, in numbers; or whose word it is; or that there is nothing."""
    if status.reading is not None:
        return observed_words(status) or "no figure that can be read"
    if status.attestation is not None:
        verdict = "met" if status.attestation.met else "not met"
        return f"attested as {verdict} on {status.attestation.attested_on.isoformat()}"
    return "nothing on record"


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
        f"whole line lies to its right.{left_out}{more}"
    )


@dataclass(frozen=True, slots=True)
class GateDetail:
    """One launch criterion in full.

    Attributes:
        status: As it stands today.
        facts: Label to words.
        slices: Every slice that the gate asks for, the worst first.
        bars: The gate's figure and those of its slices, for the chart.
        comparison: What the comparison with the baseline shows; empty where there is none.
        waiver: Label to words of the latest waiver; empty where nobody asked for one.
        illustrative: The criterion was made for the demo.
    """

    status: GateStatus
    facts: Mapping[str, str]
    slices: pd.DataFrame
    bars: tuple[IntervalRow, ...]
    comparison: str
    waiver: Mapping[str, str]
    illustrative: bool


def find_gate(state: LaunchState, short_ref: str) -> GateStatus | None:
    """Return a gate of a launch by its short reference."""
    return next((status for status in state.gates if status.gate.short_ref == short_ref), None)


def gate_detail(status: GateStatus, state: LaunchState) -> GateDetail:
    """Return one criterion of a launch in full."""
    ordered = sorted(status.slices, key=lambda reading: (-reading.state.badness, reading.slice))
    return GateDetail(
        status=status,
        facts=_facts(status, state),
        slices=frame([_slice_line(reading, status) for reading in ordered], SLICE_DTYPES),
        bars=tuple(_detail_bars(status, ordered)),
        comparison=_comparison(status),
        waiver=_waiver_facts(status, state),
        illustrative=status.gate.origin is Origin.ILLUSTRATIVE,
    )


def _detail_bars(status: GateStatus, slices: Collection[Reading]) -> list[IntervalRow]:
    whole = interval(status)
    if whole is None:
        return []
    return [whole] + [
        IntervalRow(
            gate=reading.slice,
            state=reading.state,
            low=reading.low,
            high=reading.high,
            observed=reading.observed,
            threshold=whole.threshold,
            higher_is_better=whole.higher_is_better,
            words=_slice_words(reading, status),
        )
        for reading in slices
        if reading.observed is not None
    ]


def _slice_words(reading: Reading, status: GateStatus) -> str:
    return figures(replace(status, reading=reading))


def _slice_line(reading: Reading, status: GateStatus) -> dict[str, Any]:
    return {
        "slice": reading.slice or "all",
        "state": str(reading.state),
        "shows": _slice_words(reading, status),
        "n": reading.n,
        "why": reading.why,
    }


def _facts(status: GateStatus, state: LaunchState) -> dict[str, str]:
    gate = status.gate
    return {
        "Asks for": threshold_words(gate, status.definition),
        "Counts": "must pass" if gate.must_pass else "advisory: never changes the verdict",
        "Policy area": f"{status.area.name} ({status.area.gate_type})",
        **(_attested_facts(status, state) if gate.slot is None else _measured_facts(status)),
        "Booked": _planned(status, state),
        "Written by": state.person_name(gate.written_by),
        "Why it is asked": gate.rationale or "not stated",
    }


def _measured_facts(status: GateStatus) -> dict[str, str]:
    gate = status.gate
    known = status.definition
    least = f"{gate.min_n:,}" if gate.min_n else "no least number"
    oldest = f"{gate.max_age_days} days" if gate.max_age_days else "no limit"
    return {
        "Reads": f"{gate.tool}: {gate.task}, {gate.metric}",
        "Metric": f"{known.direction}, {known.scale}" if known else "direction unknown",
        "Configuration": gate.configuration or "",
        "Over": str(gate.coverage),
        "Confidence": f"{gate.confidence:.1%}, one-sided",
        "Least n": least,
        "Oldest run": oldest,
        "Latest run": _run_words(status),
    }


def _run_words(status: GateStatus) -> str:
    run = status.run
    if run is None:
        return "none that counts"
    day = run.ran_at.date().isoformat() if run.ran_at else "no date"
    return f"{run.short_ref}, {run.file_name}, {day}"


def _attested_facts(status: GateStatus, state: LaunchState) -> dict[str, str]:
    attested = status.attestation
    said = {"To attest": status.gate.statement}
    if attested is None:
        return said | {"Attested": "by nobody for this release"}
    return said | {
        "Attested": f"{'met' if attested.met else 'not met'}: {attested.statement}",
        "By": f"{state.person_name(attested.attested_by)}, {attested.attested_on.isoformat()}, "
        f"until {attested.expires.isoformat()}",
        "Document": f"{attested.document}, SHA-256 {attested.document_sha256}",
    }


def _planned(status: GateStatus, state: LaunchState) -> str:
    gate = status.gate
    if gate.planned_on is None:
        return "nothing"
    n = f", n {gate.planned_n:,}" if gate.planned_n else ""
    late = " (overdue)" if gate.planned_on < state.today else ""
    return f"{gate.planned_on.isoformat()}{late}, {state.person_name(gate.planned_by)}{n}"


def _comparison(status: GateStatus) -> str:
    found = status.comparison
    if found is None:
        return ""
    if found.differences:
        return f"Not comparable with {found.baseline}: {'; '.join(found.differences)}."
    return f"Against {found.baseline}: {found.why}."


def _waiver_facts(status: GateStatus, state: LaunchState) -> dict[str, str]:
    if status.waiver is None:
        return {}
    waiver = status.waiver.waiver
    signed = [
        f"{role}: {state.person_name(person) if person else 'not signed'}"
        for role, person in (
            ("responsible officer", waiver.officer),
            ("approver", waiver.approver),
        )
    ]
    return {
        "State": f"{status.waiver.state}. {status.waiver.why}".removesuffix(". "),
        "Overrides": f"{waiver.state}, {waiver.threshold}, {waiver.evidence or 'no run'}",
        "Why": waiver.reason,
        "What compensates": waiver.compensation,
        "Until": waiver.until.isoformat(),
        "Asked by": f"{state.person_name(waiver.requested_by)}, "
        f"{waiver.requested_at.date().isoformat()}",
        "Signed": "; ".join(signed),
    }
