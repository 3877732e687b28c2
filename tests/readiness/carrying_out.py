"""Carries out steps of a path on what is stored, with the outcome that they assume."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import reduce

from tests.readiness.gates import a_gate, a_run, an_attestation, an_evidence
from tests.readiness.launches import (
    TODAY,
    a_determination,
    a_mitigation,
    a_placement,
    a_scope,
    a_verification,
    an_assessment,
    risk_inputs,
)
from tests.readiness.whole_launches import AREAS, LOW, gated_state
from tracker.domain.evidence import RunInputs
from tracker.domain.gate_state import ChangeKind
from tracker.domain.gates import GateRecord
from tracker.domain.review_words import ConditionState
from tracker.domain.state import LaunchInputs, MitigationInputs, RiskInputs
from tracker.domain.words import (
    Applicability,
    EvidenceGrade,
    GateType,
    MitigationStatus,
    ThresholdOutcome,
)
from tracker.scoring.mitigations import is_about

Step = tuple[ChangeKind, str]
LATER = 1_000_000
"""Numbers and ids of what is added, so that it is the latest."""


def carried_out(inputs: LaunchInputs, steps: Iterable[Step]) -> LaunchInputs:
    """Return what is stored once the steps are done and came out as they assume."""
    return reduce(lambda so_far, step: _DOERS[step[0]](so_far, step[1]), sorted(steps), inputs)


def _with_risk(
    inputs: LaunchInputs, ref: str, change: Callable[[RiskInputs], RiskInputs]
) -> LaunchInputs:
    risks = tuple(change(one) if one.risk.ref == ref else one for one in inputs.risks)
    return replace(inputs, risks=risks)


def _assessed_low(risk: RiskInputs) -> RiskInputs:
    """Everybody who judged it, and somebody who is not the owner, judges it low now."""
    who = dict.fromkeys((*(one.assessor for one in risk.assessments), "eli"))
    return replace(risk, assessments=tuple(an_assessment(LOW, one, EvidenceGrade.A) for one in who))


def _assess(inputs: LaunchInputs, ref: str) -> LaunchInputs:
    return _with_risk(inputs, ref, _assessed_low)


def _reassess(inputs: LaunchInputs, ref: str) -> LaunchInputs:
    def again(risk: RiskInputs) -> RiskInputs:
        if all(one.release == inputs.launch.release for one in risk.assessments):
            return _assessed_low(risk)
        fields = inputs.launch.release._asdict()
        return replace(risk, assessments=tuple(replace(one, **fields) for one in risk.assessments))

    return _with_risk(inputs, ref, again)


def _verify(inputs: LaunchInputs, ref: str) -> LaunchInputs:
    number = int(ref.removeprefix("M-"))
    placed = {one.mitigation: one for one in inputs.placements}
    before = placed.get(ref) or a_placement(number, MitigationStatus.IMPLEMENTED)
    placed[ref] = replace(before, status=MitigationStatus.VERIFIED)

    def shown(item: MitigationInputs, risk: RiskInputs) -> MitigationInputs:
        if item.mitigation.ref != ref:
            return item
        stands = (
            before.status is MitigationStatus.VERIFIED
            and item.verification is not None
            and is_about(item.verification, inputs.launch)
        )
        new = a_verification(number, risk.risk.ref, item.effect.low)
        verification = item.verification if stands else new
        return replace(item, placement=placed[ref], verification=verification)

    risks = tuple(
        replace(risk, mitigations=tuple(shown(item, risk) for item in risk.mitigations))
        for risk in inputs.risks
    )
    rows = tuple(
        item.verification
        for risk in risks
        for item in risk.mitigations
        if item.mitigation.ref == ref and item.verification
    )
    return replace(
        inputs,
        risks=risks,
        placements=tuple(placed.values()),
        mitigations={ref: a_mitigation(number), **inputs.mitigations},
        verifications=(*inputs.verifications, *(rows or (a_verification(number, None, None),))),
    )


def _find(inputs: LaunchInputs, area: str) -> LaunchInputs:
    found = risk_inputs(LATER + len(inputs.risks), area=area)
    return replace(
        inputs, risks=(*inputs.risks, _assessed_low(replace(found, launch=inputs.launch)))
    )


def _pass(inputs: LaunchInputs, ref: str) -> LaunchInputs:
    gate = next(one for one in inputs.gates if one.ref == ref)
    if gate.slot is None:
        word = an_attestation(
            ref, LATER, attested_by="eli", attested_on=TODAY, expires=TODAY + timedelta(days=90)
        )
        return replace(inputs, attestations=(*inputs.attestations, word))
    return replace(inputs, runs=(*inputs.runs, _flawless_run(inputs, gate)))


def _flawless_run(inputs: LaunchInputs, gate: GateRecord) -> RunInputs:
    task = gate.task or ""
    known = {one.slice for run in inputs.runs for one in run.evidence if one.task == task}
    slices = sorted({"", *known, "all"})
    evidence = [an_evidence(100_000, 100_000, one, task=task) for one in slices]
    return a_run(LATER + len(inputs.runs), *evidence, days_ago=0)


def _write(inputs: LaunchInputs, area: str) -> LaunchInputs:
    number = LATER + len(inputs.gates)
    gate = a_gate(number, area=area, task=f"new task of {area}")
    written = replace(inputs, gates=(*inputs.gates, gate))
    return _pass(written, gate.ref)


def _determine(inputs: LaunchInputs, area: str) -> LaunchInputs:
    made = a_determination(
        area, number=LATER + len(inputs.determinations), by="eli", confirmed_by="dana"
    )
    return replace(inputs, determinations=(*inputs.determinations, made))


def _name(inputs: LaunchInputs, area: str) -> LaunchInputs:
    made = a_determination(
        area,
        ThresholdOutcome.REACHED,
        ("M-900",),
        number=LATER + len(inputs.determinations),
        by="eli",
    )
    named = replace(inputs, determinations=(*inputs.determinations, made))
    return _verify(named, "M-900")


def _settle(inputs: LaunchInputs, area: str) -> LaunchInputs:
    """In scope, its risks entered or none confirmed as found, and its criterion met."""
    state = gated_state(inputs)
    status = next(one for one in state.areas if one.area.code == area)
    scope = a_scope(area) if status.risks else a_scope(area, Applicability.NONE_FOUND, "ben")
    others = tuple(one for one in inputs.scopes if one.area != area)
    settled = replace(inputs, scopes=(*others, scope))
    gate_type = next(one.gate_type for one in AREAS if one.code == area)
    if gate_type is GateType.THRESHOLD:
        made = any(one.standing for one in state.frontier if one.area.code == area)
        return settled if made else _determine(settled, area)
    covered = any(one.must_pass and not one.withdrawn for one in inputs.gates if one.area == area)
    return settled if covered else _write(settled, area)


def _meet(inputs: LaunchInputs, ref: str) -> LaunchInputs:
    settled = {"state": ConditionState.MET, "settled_by": "eli", "settled_on": TODAY}
    conditions = tuple(
        replace(one, **settled) if one.ref == ref else one for one in inputs.conditions
    )
    return replace(inputs, conditions=conditions)


_DOERS: dict[ChangeKind, Callable[[LaunchInputs, str], LaunchInputs]] = {
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
