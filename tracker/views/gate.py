"""One launch criterion in full: what it asks, what was shown of it, what lies over it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from tracker.charts.intervals import IntervalRow
from tracker.domain.gate_state import GateStatus, Reading
from tracker.domain.state import LaunchState
from tracker.domain.words import Origin, Scale
from tracker.readiness.gate_words import exact_words, threshold_words
from tracker.views.figures import frame
from tracker.views.gates import figures, interval

SLICE_DTYPES: Final = {
    "slice": "str",
    "state": "str",
    "shows": "str",
    "n": "Int64",
    "why": "str",
}
"""Columns of the table of slices; `state` is a gate state."""

HOW_TO_READ: Final = (
    "The dashed rule is the threshold; the whole line has to lie to its right. A thin line has no "
    "bounds."
)


@dataclass(frozen=True, slots=True)
class GateDetail:
    """One launch criterion in full.

    Attributes:
        status: As it stands today.
        run: Short reference of the run that it reads; None where there is none.
        facts: Label to words.
        slices: Every slice that the gate asks for, the worst first.
        bars: The gate's figure and those of its slices, for the chart.
        comparison: What the comparison with the baseline shows; empty where there is none.
        waiver: Label to words of the latest waiver; empty where nobody asked for one.
        illustrative: The criterion was made for the demo.
    """

    status: GateStatus
    run: str | None
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
        run=status.run.short_ref if status.run else None,
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
    overall = [] if slices else [replace(whole, gate="overall")]
    return overall + [
        IntervalRow(
            gate=reading.slice or "overall",
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
        "Policy area": f"{status.area.name} (gate type: {status.area.gate_type})",
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
        "Confidence": f"{exact_words(gate.confidence, Scale.SHARE)}, one-sided",
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
        "Document": attested.document,
        "SHA-256": _in_groups(attested.document_sha256),
    }


def _in_groups(digest: str, size: int = 16) -> str:
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))


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
        "State": f"{status.waiver.state}: {status.waiver.why}".removesuffix(": "),
        "Overrides": f"{waiver.state}, {waiver.threshold}, {waiver.evidence or 'no run'}",
        "Why": waiver.reason,
        "What compensates": waiver.compensation,
        "Until": waiver.until.isoformat(),
        "Asked by": f"{state.person_name(waiver.requested_by)}, "
        f"{waiver.requested_at.date().isoformat()}",
        "Signed": "; ".join(signed),
    }
