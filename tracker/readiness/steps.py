"""Steps of a path in plain words, with what has to come out of them and what they cost."""

from collections.abc import Callable

from tracker.domain.gate_state import ChangeKind, GateStatus, PathStep
from tracker.domain.records import MitigationRecord, PolicyAreaRecord
from tracker.domain.state import AreaStatus, LaunchState, MitigationState
from tracker.domain.words import (
    Applicability,
    AreaState,
    GateKind,
    GateType,
    MitigationStatus,
    Verdict,
)
from tracker.readiness.obstacles import Key, gates_of_step
from tracker.readiness.reasons import gate_name, gate_remedy, gate_words

LOW_ENOUGH = "it comes out below High, with a band that does not reach Critical"


def step_of(key: Key, state: LaunchState) -> PathStep:
    """Return one step in words."""
    return _WRITERS[key[0]](key, state)


def _assess(key: Key, state: LaunchState) -> PathStep:
    text = f"Have somebody other than the launch owner assess {_risk(key, state)}."
    return PathStep(*key, text, LOW_ENOUGH, None)


def _reassess(key: Key, state: LaunchState) -> PathStep:
    if state.verdict is Verdict.NOT_READY:
        text = f"Assess {_risk(key, state)} again for this release, or confirm it with a reason."
        return PathStep(*key, text, "it comes out no higher than before, and as surely", None)
    text = f"Assess {_risk(key, state)} again on better evidence or in better agreement."
    return PathStep(*key, text, LOW_ENOUGH, None)


def _risk(key: Key, state: LaunchState) -> str:
    risk = next(one.risk for one in state.risks if one.ref == key[1])
    return f"{risk.short_ref} “{risk.title}”"


def _verify(key: Key, state: LaunchState) -> PathStep:
    placed = {one.mitigation.ref: one for one in state.mitigations}
    mitigation = _mitigation(key[1], state)
    days = sum(mitigation.efforts.values()) if mitigation.efforts else None
    name = f"{mitigation.ref} “{mitigation.title}”"
    one = placed.get(key[1])
    lowers = one is not None and any(not effect.introduces for effect in one.effects)
    assumes = "it is in place, so that its low estimates count" if lowers else "it is in place"
    return PathStep(*key, _verify_words(name, one), assumes, days)


def _mitigation(ref: str, state: LaunchState) -> MitigationRecord:
    named = (one.mitigation for status in state.frontier for one in status.safeguards)
    known = [*(one.mitigation for one in state.mitigations), *named]
    return next(one for one in known if one.ref == ref)


def _verify_words(name: str, one: MitigationState | None) -> str:
    if one is None:
        return f"Put {name} on this launch and in place, and have it verified."
    if one.verification_outdated:
        return f"Verify {name} again: it was verified on another version, configuration or stage."
    if one.verified_now:
        return f"Verify {name} for the risks that it was not verified for."
    status = one.placement.status
    if status is MitigationStatus.IMPLEMENTED:
        return f"Have {name} verified by somebody other than its owner."
    if status is MitigationStatus.REJECTED:
        return f"Take up {name} again, which was rejected, put it in place and have it verified."
    return f"Put {name} in place, which is {status}, and have it verified."


def _settle(key: Key, state: LaunchState) -> PathStep:
    status = next(one for one in state.areas if one.area.code == key[1])
    text = f"{_scope_words(status)}{_criteria_words(status.area, state)}."
    return PathStep(*key, text, "what is found comes out below High, or nothing is found", None)


def _scope_words(status: AreaStatus) -> str:
    name = status.area.name
    excluded = status.scope.applicability if status.scope else None
    if excluded is Applicability.NONE_FOUND:
        return f"Have somebody other than the launch owner confirm that {name} holds no risk"
    find = "" if status.risks else ", enter its risks or have it confirmed that none were found"
    if status.state is AreaState.UNDECIDED:
        return f"Decide that {name} is in scope{find}"
    return f"Take {name} into scope, as nobody confirmed that it is not applicable{find}"


def _criteria_words(area: PolicyAreaRecord, state: LaunchState) -> str:
    if area.gate_type is GateType.THRESHOLD:
        made = any(one.standing and one.area.code == area.code for one in state.frontier)
        return "" if made else ", and have its frontier threshold determined"
    gates = (one.gate for one in state.gates if one.gate.area == area.code)
    if any(gate.must_pass and not gate.withdrawn for gate in gates):
        return ""
    return ", and write a must-pass gate for it and pass it"


def _find(key: Key, state: LaunchState) -> PathStep:
    text = (
        f"Look for the risks of {_area(key, state)}: enter and assess them, or have it confirmed "
        "that none were found."
    )
    return PathStep(*key, text, "what is found comes out below High, or nothing is found", None)


def _write(key: Key, state: LaunchState) -> PathStep:
    text = f"Write a must-pass gate for {_area(key, state)} and pass it."
    return PathStep(*key, text, "the evidence passes it", None)


def _determine(key: Key, state: LaunchState) -> PathStep:
    text = f"Have {_area(key, state)} determined by somebody other than the launch owner."
    return PathStep(*key, text, "it is below, or its required safeguards are verified", None)


def _name(key: Key, state: LaunchState) -> PathStep:
    text = f"Name a required safeguard for {_area(key, state)} and have it verified."
    return PathStep(*key, text, "the safeguard works", None)


def _area(key: Key, state: LaunchState) -> str:
    return next(one.area.name for one in state.areas if one.area.code == key[1])


def _pass(key: Key, state: LaunchState) -> PathStep:
    status = next(one for one in state.gates if one.gate.ref == key[1])
    together = gates_of_step(status, state)
    if len(together) > 1:
        names = " and ".join(gate_name(one) for one in together)
        text = f"Pass {names} with one run, since they read the same. {_remedies(together)}"
        return PathStep(*key, text, "the run meets every one of them", None)
    attested = status.gate.kind is GateKind.ATTESTED
    assumes = "the attestation says that it is met" if attested else "the run meets it"
    return PathStep(*key, f"{gate_words(status)}. {gate_remedy(status)}", assumes, None)


def _meet(key: Key, state: LaunchState) -> PathStep:
    condition = next(one.condition for one in state.conditions if one.condition.ref == key[1])
    text = (
        f"Meet {condition.short_ref} “{condition.text}”, and have somebody other than its owner "
        "say so."
    )
    return PathStep(*key, text, f"its test is met: {condition.test}", None)


def _remedies(together: list[GateStatus]) -> str:
    return " ".join(f"{gate_words(one)}. {gate_remedy(one)}" for one in together)


_WRITERS: dict[ChangeKind, Callable[[Key, LaunchState], PathStep]] = {
    ChangeKind.ASSESS_RISK: _assess,
    ChangeKind.REASSESS_RISK: _reassess,
    ChangeKind.VERIFY_MITIGATION: _verify,
    ChangeKind.SETTLE_AREA: _settle,
    ChangeKind.FIND_RISKS: _find,
    ChangeKind.PASS_GATE: _pass,
    ChangeKind.WRITE_GATE: _write,
    ChangeKind.DETERMINE: _determine,
    ChangeKind.NAME_SAFEGUARD: _name,
    ChangeKind.MEET_CONDITION: _meet,
}
