"""The launch criteria of a launch in short: gates by state, frontier thresholds, area by area."""

from collections import Counter
from typing import Final

from tracker.domain.gate_state import FrontierStatus, GateStatus
from tracker.domain.state import AreaStatus, LaunchState
from tracker.domain.words import GateState, ReasonCode, ThresholdOutcome
from tracker.views.figures import counted
from tracker.views.frontier import NONE_IN_SCOPE, UNDETERMINED, asks
from tracker.views.gates import WORST_FIRST, over_words

GatePairs = tuple[tuple[GateState, int], ...]

NO_GATE: Final = "no must-pass gate"


def gate_pairs(state: LaunchState) -> GatePairs:
    """Return how many gates in force stand in each state, the worst first, without zeros."""
    counts = state.gate_counts()
    return tuple((kind, counts[kind]) for kind in WORST_FIRST if counts[kind])


def frontier_words(state: LaunchState) -> str:
    """Say how many frontier thresholds in scope are determined, and what they still ask for."""
    required = [status for status in state.frontier if status.required]
    if not required:
        return NONE_IN_SCOPE
    outcomes = Counter(status.standing.outcome for status in required if status.standing)
    made = ", ".join(f"{outcomes[one]} {one}" for one in ThresholdOutcome if outcomes[one])
    determined = f"{outcomes.total()} of {counted(len(required), 'frontier threshold')} determined"
    said = [f"{determined} ({made})" if made else determined, *_safeguard_words(required)]
    waiting = sum(status.pending is not None for status in required)
    if waiting:
        waits = "waits" if waiting == 1 else "wait"
        said.append(f"{counted(waiting, 'change')} {waits} for a second person")
    return f"{'; '.join(said)}."


def _safeguard_words(required: list[FrontierStatus]) -> list[str]:
    asking = [
        status
        for status in required
        if status.standing and status.standing.outcome is not ThresholdOutcome.BELOW
    ]
    verified = {
        one.mitigation.ref: one.verified_now for status in asking for one in status.safeguards
    }
    unnamed = sum(not status.safeguards for status in asking)
    said: list[str] = []
    if verified:
        count = counted(len(verified), "required safeguard")
        said.append(f"{sum(verified.values())} of {count} verified")
    if unnamed:
        said.append(f"{unnamed} without a named safeguard")
    return said


def area_words(status: AreaStatus, state: LaunchState) -> str:
    """Return the gates of an area with their states, and what is determined about it."""
    code = status.area.code
    gates = [
        _gate_words(one) for one in state.gates if one.gate.area == code and not one.gate.withdrawn
    ]
    lacking = [
        NO_GATE
        for reason in state.reasons
        if reason.code is ReasonCode.AREA_WITHOUT_GATE and reason.subject == code
    ]
    thresholds = [
        _threshold_words(one) for one in state.frontier if one.required and one.area.code == code
    ]
    return "; ".join([*thresholds, *gates, *lacking])


def _gate_words(status: GateStatus) -> str:
    over = over_words(status)
    notes = ["" if status.gate.must_pass else "advisory", over]
    said = ", ".join(note for note in notes if note)
    return f"{status.gate.short_ref} {status.state}{f' ({said})' if said else ''}"


def _threshold_words(status: FrontierStatus) -> str:
    if status.standing is None:
        return UNDETERMINED
    if status.standing.outcome is ThresholdOutcome.BELOW and status.pending is None:
        return str(status.standing.outcome)
    return f"{status.standing.outcome}: {asks(status)}"
