"""The verdict by rule: every reason that holds a launch, each with its remedy.

The rules are those of the design's section 4 on scope, risks, assessments, levels, mitigations,
launch criteria (gates) and frontier thresholds. Acceptances and conditions are not recorded in
this release, so a High holds whoever would accept it: nothing looks ready by omission.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.gate_state import FrontierStatus, GateStatus
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AreaStatus, MitigationState, RiskState, VerdictReason
from tracker.domain.words import Level, ReasonCode, Verdict
from tracker.readiness.reasons import of_area, of_frontier, of_gate, of_missing_gates
from tracker.scoring.show import one_decimal

_ORDER: tuple[ReasonCode, ...] = (
    ReasonCode.ZERO_TOLERANCE_FAILURE,
    ReasonCode.RISK_UNASSESSED,
    ReasonCode.RISK_OUTDATED,
    ReasonCode.LEVEL_CRITICAL,
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
    ReasonCode.GATE_WAIVED,
    ReasonCode.BAND_REACHES_CRITICAL,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a launch and that its verdict rests on."""

    areas: Sequence[AreaStatus]
    risks: Sequence[RiskState]
    mitigations: Sequence[MitigationState]
    gates: Sequence[GateStatus]
    frontier: Sequence[FrontierStatus]


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
    reasons = [
        *(reason for risk in found.risks if risk.is_open for reason in _of_risk(risk, profile)),
        *(reason for mitigation in found.mitigations for reason in _of_mitigation(mitigation)),
        *(reason for area in found.areas for reason in of_area(area)),
        *of_missing_gates(found.areas, gates),
        *(reason for gate in gates for reason in of_gate(gate)),
        *(reason for status in found.frontier for reason in of_frontier(status)),
    ]
    return tuple(sorted(reasons, key=lambda reason: _ORDER.index(reason.code)))


def _of_risk(state: RiskState, profile: ScoringProfile) -> Iterator[VerdictReason]:
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
        yield _high(state, name, figures.harm_score, profile)
    if figures.level is not Level.CRITICAL and reaches_critical(figures.band[1], profile):
        yield VerdictReason(
            ReasonCode.BAND_REACHES_CRITICAL,
            f"{name} may be Critical: its band reaches {one_decimal(figures.band[1], profile)}",
            "Better evidence or agreement between assessors narrows the band.",
            holds=False,
            subject=state.ref,
        )


def _high(state: RiskState, name: str, harm_score: float, profile: ScoringProfile) -> VerdictReason:
    remedy = (
        "Catastrophic and hard to undo: no mitigation lifts this floor, only an acceptance by "
        "responsible officer and approver, which this release does not record yet."
        if state.floored
        else "Verify mitigations that bring its harm score below 6, or have responsible officer "
        "and approver accept it, which this release does not record yet."
    )
    return VerdictReason(
        ReasonCode.HIGH_NOT_ACCEPTED,
        f"{name} is High today ({one_decimal(harm_score, profile)}) and not accepted",
        remedy,
        holds=True,
        subject=state.ref,
    )


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
