"""What stands between a launch and a better verdict, each with the work that would clear it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.domain.gate_state import ChangeKind, GateStatus
from tracker.domain.review_words import ConditionState
from tracker.domain.state import LaunchState, RiskState, VerdictReason
from tracker.domain.words import AreaState, GateKind, ReasonCode, ThresholdOutcome, Verdict
from tracker.readiness.accepted import back_to_accepted
from tracker.readiness.lowering import (
    Candidate,
    Lowering,
    band_stays_below_critical,
    candidates,
    comes_below_high,
    lowering,
    remain_with,
)

Key = tuple[ChangeKind, str]
"""One step: what kind of work on which subject."""

UNSETTLED = frozenset({AreaState.UNDECIDED, AreaState.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason in the way, and what clears it.

    Attributes:
        needed: Steps that clear it in any case.
        options: The smallest sets of steps that clear it, each with `needed`.
        more: Whether there may be further options.
        blocked: Why no work on record clears it; empty where some does.
    """

    needed: frozenset[Key]
    options: tuple[frozenset[Key], ...]
    more: bool = False
    blocked: str = ""


def in_the_way(state: LaunchState) -> tuple[VerdictReason, ...]:
    """Return the reasons that hold a launch; where none does, those that condition it."""
    return tuple(reason for reason in state.reasons if reason.holds) or state.reasons


def obstacles_of(state: LaunchState) -> list[Obstacle]:
    """Return what is in the way of a better verdict, in the order of its reasons."""
    return [_obstacle(reason, state) for reason in in_the_way(state)]


_DIRECT = {
    ReasonCode.RISK_UNASSESSED: ChangeKind.ASSESS_RISK,
    ReasonCode.RISK_OUTDATED: ChangeKind.REASSESS_RISK,
    ReasonCode.MANDATORY_NOT_VERIFIED: ChangeKind.VERIFY_MITIGATION,
    ReasonCode.SAFEGUARD_NOT_VERIFIED: ChangeKind.VERIFY_MITIGATION,
    ReasonCode.SAFEGUARD_NOT_NAMED: ChangeKind.NAME_SAFEGUARD,
    ReasonCode.AREA_WITHOUT_RISK: ChangeKind.FIND_RISKS,
    ReasonCode.CONDITION_BREACHED: ChangeKind.MEET_CONDITION,
    ReasonCode.CONDITION_OVERDUE: ChangeKind.MEET_CONDITION,
    ReasonCode.CONDITION_BLOCKING: ChangeKind.MEET_CONDITION,
    ReasonCode.CONDITION_OPEN: ChangeKind.MEET_CONDITION,
}
_BUNDLED = {
    ReasonCode.DETERMINATION_MISSING: ChangeKind.DETERMINE,
    ReasonCode.AREA_WITHOUT_GATE: ChangeKind.WRITE_GATE,
}
"""Part of settling the area where that is still to be done."""


def _obstacle(reason: VerdictReason, state: LaunchState) -> Obstacle:
    if reason.code in _DIRECT:
        return _only((_DIRECT[reason.code], reason.subject))
    if reason.code in _BUNDLED:
        settled = _area_state(reason.subject, state) not in UNSETTLED
        kind = _BUNDLED[reason.code] if settled else ChangeKind.SETTLE_AREA
        return _only((kind, reason.subject))
    return _INVOLVED[reason.code](reason, state)


def _only(*keys: Key) -> Obstacle:
    return Obstacle(frozenset(keys), (frozenset(keys),))


def _area_state(code: str, state: LaunchState) -> AreaState:
    return next(status.state for status in state.areas if status.area.code == code)


def _of_scope(reason: VerdictReason, state: LaunchState) -> Obstacle:
    """Settling an area brings its frontier threshold with it, as far as one stands."""
    keys: list[Key] = [(ChangeKind.SETTLE_AREA, reason.subject)]
    for status in state.frontier:
        standing = status.standing
        if status.area.code != reason.subject or standing is None:
            continue
        if standing.outcome is not ThresholdOutcome.BELOW:
            keys += [
                verifying(one.mitigation.ref) for one in status.safeguards if not one.verified_now
            ]
            keys += [] if status.safeguards else [(ChangeKind.NAME_SAFEGUARD, reason.subject)]
    return _only(*keys)


def _of_gate(reason: VerdictReason, state: LaunchState) -> Obstacle:
    status = next(one for one in state.gates if one.gate.ref == reason.subject)
    return _only(passing(status, state))


def passing(status: GateStatus, state: LaunchState) -> Key:
    """Return the step that passes a gate: gates that read the same runs are passed by one run."""
    together = gates_of_step(status, state)
    return (ChangeKind.PASS_GATE, together[0].gate.ref)


def gates_of_step(status: GateStatus, state: LaunchState) -> list[GateStatus]:
    """Return the gates in the way that one run passes together, this one among them."""
    if status.gate.kind is GateKind.ATTESTED:
        return [status]
    subjects = {reason.subject for reason in state.reasons}
    return [
        one
        for one in state.gates
        if one.gate.ref in subjects
        and (one.gate.slot, one.gate.configuration) == (status.gate.slot, status.gate.configuration)
    ]


def verifying(mitigation: str) -> Key:
    """Return the step that verifies a mitigation."""
    return (ChangeKind.VERIFY_MITIGATION, mitigation)


def _risk(ref: str, state: LaunchState) -> RiskState:
    return next(risk for risk in state.risks if risk.ref == ref)


def _of_level(reason: VerdictReason, state: LaunchState) -> Obstacle:
    """A level that holds: brought below High, or back to what was accepted."""
    risk = _risk(reason.subject, state)
    below, back = lowering(risk, state, comes_below_high), back_to_accepted(risk, state)
    able = [found for found in (below, back) if found.options]
    if not able:
        return Obstacle(frozenset(), (), blocked=_why_blocked(risk, state))
    options = {option: None for found in able for option in _all_steps(found)}
    smallest = tuple(one for one in options if not any(other < one for other in options))
    needed = frozenset[str].intersection(*(found.needed for found in able))
    return Obstacle(_steps(needed), smallest, any(found.more for found in able))


def _of_accepted(reason: VerdictReason, state: LaunchState) -> Obstacle:
    """A High under an acceptance: lowered by verified work, or assessed again and found lower."""
    found = lowering(_risk(reason.subject, state), state, comes_below_high)
    again: frozenset[Key] = frozenset({(ChangeKind.REASSESS_RISK, reason.subject)})
    return Obstacle(frozenset(), (again, *_all_steps(found)), found.more)


def _why_blocked(risk: RiskState, state: LaunchState) -> str:
    name = f"{risk.risk.short_ref} “{risk.risk.title}”"
    if not comes_below_high(risk, state.profile.remain_floor, state.profile):
        return f"{name} stays High whatever is verified: catastrophic and hard to undo."
    if candidates(risk, state):
        return f"{name} stays High or above even with every mitigation on record verified."
    return f"{name} is {risk.current.level} and no mitigation on record is left to verify."


def _of_band(reason: VerdictReason, state: LaunchState) -> Obstacle:
    found = lowering(_risk(reason.subject, state), state, band_stays_below_critical)
    again: frozenset[Key] = frozenset({(ChangeKind.REASSESS_RISK, reason.subject)})
    return Obstacle(frozenset(), (again, *_all_steps(found)), found.more)


def _all_steps(found: Lowering) -> tuple[frozenset[Key], ...]:
    return tuple(_steps(option) for option in found.options)


def _steps(refs: Iterable[str]) -> frozenset[Key]:
    return frozenset(verifying(ref) for ref in refs)


_INVOLVED: dict[ReasonCode, Callable[[VerdictReason, LaunchState], Obstacle]] = {
    ReasonCode.SCOPE_UNDECIDED: _of_scope,
    ReasonCode.SCOPE_UNCONFIRMED: _of_scope,
    ReasonCode.ZERO_TOLERANCE_FAILURE: _of_gate,
    ReasonCode.GATE_NOT_PASSED: _of_gate,
    ReasonCode.GATE_WAIVED: _of_gate,
    ReasonCode.LEVEL_CRITICAL: _of_level,
    ReasonCode.HIGH_NOT_ACCEPTED: _of_level,
    ReasonCode.HIGH_ACCEPTED: _of_accepted,
    ReasonCode.BAND_REACHES_CRITICAL: _of_band,
}


def verdict_with(done: frozenset[Key], state: LaunchState) -> Verdict:
    """Return the verdict once all that is in the way is cleared by these steps.

    What only conditioned the launch may be left: a gate under its waiver, a High under its
    acceptance, an open condition, or a band that still reaches Critical.
    """
    waived = (
        status
        for status in state.gates
        if status.waived and status.gate.must_pass and not status.gate.withdrawn
    )
    if any(passing(status, state) not in done for status in waived):
        return Verdict.READY_WITH_CONDITIONS
    if any((ChangeKind.MEET_CONDITION, ref) not in done for ref in _open_conditions(state)):
        return Verdict.READY_WITH_CONDITIONS
    if any(not _lowered(risk, done, state) for risk in _at_a_level(state)):
        return Verdict.READY_WITH_CONDITIONS
    assessed = (risk for risk in state.open_risks if risk.scores)
    if all(_narrow(risk, done, state) for risk in assessed):
        return Verdict.READY
    return Verdict.READY_WITH_CONDITIONS


def _narrow(risk: RiskState, done: frozenset[Key], state: LaunchState) -> bool:
    again = (ChangeKind.REASSESS_RISK, risk.ref)
    if again in done and not risk.outdated:
        return True
    left = _left(risk, done, state)
    return band_stays_below_critical(risk, left, state.profile)


def _left(risk: RiskState, done: frozenset[Key], state: LaunchState) -> float:
    """The share of expected loss that is left once the steps are done."""
    verified: list[Candidate] = [
        one for one in candidates(risk, state) if verifying(one.ref) in done
    ]
    return remain_with(risk, verified, state.profile)


def _open_conditions(state: LaunchState) -> list[str]:
    return [one.condition.ref for one in state.conditions if one.state is not ConditionState.MET]


_LEVELS = frozenset(
    {ReasonCode.LEVEL_CRITICAL, ReasonCode.HIGH_NOT_ACCEPTED, ReasonCode.HIGH_ACCEPTED}
)


def _at_a_level(state: LaunchState) -> list[RiskState]:
    """The risks that hold or condition the launch by their level, accepted or not."""
    refs = {one.subject for one in state.reasons if one.code in _LEVELS}
    return [risk for risk in state.open_risks if risk.ref in refs]


def _lowered(risk: RiskState, done: frozenset[Key], state: LaunchState) -> bool:
    """Whether a risk comes below High; else an acceptance answers it, which is a condition."""
    if (ChangeKind.REASSESS_RISK, risk.ref) in done and not risk.outdated:
        return True
    return comes_below_high(risk, _left(risk, done, state), state.profile)
