"""The verdict by rule: every reason that holds a launch, each with its remedy.

The rules are those of the design's section 4 on scope, risks, assessments, levels, mitigations,
launch criteria (gates), frontier thresholds, acceptances and conditions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.gate_state import FrontierStatus, GateStatus
from tracker.domain.review_state import AcceptanceStatus, ConditionStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AreaStatus, MitigationState, RiskState, VerdictReason
from tracker.domain.words import Level, ReasonCode, Verdict
from tracker.readiness.authority import ACCEPTANCE_DAYS
from tracker.readiness.conditions import of_conditions
from tracker.readiness.reasons import of_area, of_frontier, of_gate, of_missing_gates
from tracker.scoring.show import one_decimal

_ORDER: tuple[ReasonCode, ...] = (
    ReasonCode.ZERO_TOLERANCE_FAILURE,
    ReasonCode.RISK_UNASSESSED,
    ReasonCode.RISK_OUTDATED,
    ReasonCode.LEVEL_CRITICAL,
    ReasonCode.CONDITION_BREACHED,
    ReasonCode.CONDITION_OVERDUE,
    ReasonCode.CONDITION_BLOCKING,
    ReasonCode.SAFEGUARD_NOT_NAMED,
    ReasonCode.SAFEGUARD_NOT_VERIFIED,
    ReasonCode.GATE_NOT_PASSED,
    ReasonCode.HIGH_NOT_ACCEPTED,
    ReasonCode.MANDATORY_NOT_VERIFIED,
    ReasonCode.DETERMINATION_MISSING,
    ReasonCode.SCOPE_UNDECIDED,
    ReasonCode.SCOPE_UNCONFIRMED,
    ReasonCode.AREA_WITHOUT_RISK,
    ReasonCode.AREA_WITHOUT_GATE,
    ReasonCode.HIGH_ACCEPTED,
    ReasonCode.GATE_WAIVED,
    ReasonCode.CONDITION_OPEN,
    ReasonCode.BAND_REACHES_CRITICAL,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a launch and that its verdict rests on.

    Attributes:
        acceptances: The latest of each risk.
        conditions: Those in force.
    """

    areas: Sequence[AreaStatus]
    risks: Sequence[RiskState]
    mitigations: Sequence[MitigationState]
    gates: Sequence[GateStatus]
    frontier: Sequence[FrontierStatus]
    acceptances: Sequence[AcceptanceStatus] = ()
    conditions: Sequence[ConditionStatus] = ()


def verdict_of(reasons: Iterable[VerdictReason]) -> Verdict:
    """Return the verdict that the reasons give: any that holds makes the launch Not ready."""
    listed = tuple(reasons)
    if any(reason.holds for reason in listed):
        return Verdict.NOT_READY
    return Verdict.READY_WITH_CONDITIONS if listed else Verdict.READY


def reasons_of(found: Found, profile: ScoringProfile) -> tuple[VerdictReason, ...]:
    """Return every reason, the worst kind first and in the given order within a kind.

    Of gates that are not passed, those in the worst state come first.
    """
    gates = sorted(found.gates, key=lambda status: -status.state.badness)
    accepted = {one.acceptance.risk: one for one in found.acceptances}
    reasons = [
        *(
            reason
            for risk in found.risks
            if risk.is_open
            for reason in _of_risk(risk, accepted.get(risk.ref), profile)
        ),
        *(reason for mitigation in found.mitigations for reason in _of_mitigation(mitigation)),
        *(reason for area in found.areas for reason in of_area(area)),
        *of_missing_gates(found.areas, gates),
        *(reason for gate in gates for reason in of_gate(gate)),
        *(reason for status in found.frontier for reason in of_frontier(status)),
        *of_conditions(found.conditions),
    ]
    return tuple(sorted(reasons, key=lambda reason: _ORDER.index(reason.code)))


def _of_risk(
    state: RiskState, acceptance: AcceptanceStatus | None, profile: ScoringProfile
) -> Iterator[VerdictReason]:
    name = f"{state.risk.short_ref} “{state.risk.title}”"
    figures = state.current
    if figures.harm_score is None or figures.band is None:
        yield VerdictReason(
            ReasonCode.RISK_UNASSESSED,
            f"{name} is UNASSESSED: {state.unassessed_because}",
            "Have somebody other than the launch owner assess it.",
            holds=True,
            subject=state.ref,
        )
        return
    if state.outdated:
        yield VerdictReason(
            ReasonCode.RISK_OUTDATED,
            f"{name} was assessed for another model version, configuration or stage",
            "Assess it again, or confirm the assessment with a reason.",
            holds=True,
            subject=state.ref,
        )
    if figures.level is Level.CRITICAL:
        yield VerdictReason(
            ReasonCode.LEVEL_CRITICAL,
            f"{name} is Critical today ({one_decimal(figures.harm_score, profile)})",
            "Verify mitigations that bring its harm score below 7; nobody may accept a Critical.",
            holds=True,
            subject=state.ref,
        )
    elif figures.level is Level.HIGH:
        today = f"{name} is High today ({one_decimal(figures.harm_score, profile)})"
        yield _high(state, today, acceptance)
    if figures.level is not Level.CRITICAL and reaches_critical(figures.band[1], profile):
        yield VerdictReason(
            ReasonCode.BAND_REACHES_CRITICAL,
            f"{name} may be Critical: its band reaches {one_decimal(figures.band[1], profile)}",
            "Better evidence or agreement between assessors narrows the band.",
            holds=False,
            subject=state.ref,
        )


def _high(state: RiskState, today: str, acceptance: AcceptanceStatus | None) -> VerdictReason:
    if acceptance is not None and acceptance.state is AcceptanceState.IN_FORCE:
        return VerdictReason(
            ReasonCode.HIGH_ACCEPTED,
            f"{today} and accepted {acceptance.why}",
            f"{_FLOORED} Have it accepted anew before that day."
            if state.floored
            else "Verify mitigations that bring its harm score below 6 before that day.",
            holds=False,
            subject=state.ref,
        )
    return VerdictReason(
        ReasonCode.HIGH_NOT_ACCEPTED,
        f"{today} and not accepted{_not_in_force(acceptance)}",
        f"{_FLOORED} {_ACCEPT}"
        if state.floored
        else f"Verify mitigations that bring its harm score below 6. {_ACCEPT}",
        holds=True,
        subject=state.ref,
    )


_FLOORED = "Catastrophic and hard to undo: no mitigation lifts this floor, only an acceptance does."
_ACCEPT = (
    "Responsible officer and approver together may accept it, for at most "
    f"{ACCEPTANCE_DAYS[Level.HIGH]} days."
)


def _not_in_force(acceptance: AcceptanceStatus | None) -> str:
    if acceptance is None:
        return ""
    verb = "is asked for" if acceptance.state is AcceptanceState.ASKED else "counts no more"
    return f"; {acceptance.acceptance.short_ref} {verb}: {acceptance.why}"


def reaches_critical(upper: float, profile: ScoringProfile) -> bool:
    """Tell whether the upper end of a band, in points, lies in the decade of Critical."""
    return upper >= dict(profile.lower_bounds)[Level.CRITICAL]


def _of_mitigation(state: MitigationState) -> Iterator[VerdictReason]:
    if not state.placement.mandatory or state.verified_now:
        return
    status = (
        "was verified on another version, configuration or stage"
        if state.verification_outdated
        else f"is {state.placement.status}"
    )
    yield VerdictReason(
        ReasonCode.MANDATORY_NOT_VERIFIED,
        f"{state.mitigation.ref} “{state.mitigation.title}” is mandatory and {status}",
        "Have it verified on this version by somebody other than its owner.",
        holds=True,
        subject=state.mitigation.ref,
    )
