"""What on a launch asks for a closer look: raised by open risks and areas in scope only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.review_rules import ReviewFlag, ReviewRules
from tracker.domain.review_words import AcceptanceState
from tracker.domain.state import AreaStatus, LaunchState, RiskState
from tracker.domain.words import Applicability, AreaState, GateType, Level, ThresholdOutcome
from tracker.readiness.verdict import reaches_critical


@dataclass(frozen=True, slots=True)
class Flagged:
    """One flag and one thing that raised it.

    Attributes:
        named: What raised it: a short reference, or the name of a policy area.
        areas: Codes of the policy areas in scope in which it lies.
    """

    flag: ReviewFlag
    named: str
    areas: frozenset[str]


def in_scope(state: LaunchState) -> tuple[AreaStatus, ...]:
    """Return the policy areas that a review answers for.

    An area that nobody decided about, or whose exclusion is not confirmed, is among them.
    """
    return tuple(
        one
        for one in state.areas
        if one.state in (AreaState.UNDECIDED, AreaState.UNCONFIRMED)
        or (one.scope is not None and one.scope.applicability is Applicability.IN_SCOPE)
    )


def flagged(state: LaunchState, rules: ReviewRules) -> tuple[Flagged, ...]:
    """Return every flag that stands on a launch, in the order of the rules."""
    areas = {one.area.code: one for one in in_scope(state)}
    found = [
        *_of_risks(state, frozenset(areas)),
        *_of_areas(state, list(areas.values()), rules),
        *_of_gates(state, areas),
    ]
    order = [rule.flag for rule in rules.rules]
    return tuple(sorted(found, key=lambda one: order.index(one.flag)))


def _of_risks(state: LaunchState, areas: frozenset[str]) -> Iterator[Flagged]:
    accepted = {
        one.acceptance.risk for one in state.acceptances if one.state is AcceptanceState.IN_FORCE
    }
    for risk in state.open_risks:
        lies_in = areas & {risk.risk.area, *risk.risk.touches}
        for flag in _flags_of(risk, state) if lies_in else ():
            yield Flagged(flag, risk.risk.short_ref, lies_in)
        if lies_in and risk.ref in accepted:
            yield Flagged(ReviewFlag.ACCEPTANCE, risk.risk.short_ref, lies_in)


_OF_A_LEVEL = {
    Level.UNASSESSED: ReviewFlag.UNASSESSED,
    Level.CRITICAL: ReviewFlag.CRITICAL,
    Level.HIGH: ReviewFlag.HIGH,
}


def _flags_of(risk: RiskState, state: LaunchState) -> Iterator[ReviewFlag]:
    level, band = risk.current.level, risk.current.band
    if level in _OF_A_LEVEL:
        yield _OF_A_LEVEL[level]
    if level is not Level.CRITICAL and band and reaches_critical(band[1], state.profile):
        yield ReviewFlag.MAY_BE_CRITICAL


def _of_areas(
    state: LaunchState, areas: Sequence[AreaStatus], rules: ReviewRules
) -> Iterator[Flagged]:
    not_below = {
        one.area.code
        for one in state.frontier
        if one.standing is not None and one.standing.outcome is not ThresholdOutcome.BELOW
    }
    for status in areas:
        area, here = status.area, frozenset({status.area.code})
        if area.gate_type is GateType.ZERO_TOLERANCE:
            yield Flagged(ReviewFlag.ZERO_TOLERANCE, area.name, here)
        if area.code in not_below:
            yield Flagged(ReviewFlag.FRONTIER, area.name, here)
        if area.code in rules.children:
            yield Flagged(ReviewFlag.CHILDREN, area.name, here)


def _of_gates(state: LaunchState, areas: Mapping[str, AreaStatus]) -> Iterator[Flagged]:
    for one in state.gates:
        if one.waived and not one.gate.withdrawn and one.gate.area in areas:
            yield Flagged(ReviewFlag.WAIVER, one.gate.short_ref, frozenset({one.gate.area}))
