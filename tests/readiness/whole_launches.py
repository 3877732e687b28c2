"""Launches with everything a verdict rests on: sound ones, broken in few places by Hypothesis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from tests.readiness.decided_strategies import decided
from tests.readiness.gates import (
    APPROVER,
    AREA,
    GATED_LAUNCH,
    IMPORTER,
    OFFICER,
    a_definition,
    a_gate,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_evidence,
    confirmed,
    corrected,
    equivalent,
)
from tests.readiness.launches import (
    LAUNCH,
    OWNER,
    SETTING,
    TODAY,
    a_determination,
    a_placement,
    a_scope,
    an_assessment,
    launch_inputs,
    mitigation_on,
    risk_inputs,
)
from tracker.domain.evidence import RunInputs
from tracker.domain.gates import AttestationRecord, DeterminationRecord, GateRecord, WaiverRecord
from tracker.domain.records import PlacementRecord, ScopeRecord
from tracker.domain.state import LaunchInputs, LaunchState, MitigationInputs, RiskInputs
from tracker.domain.words import (
    Applicability,
    CorrectionKind,
    EvidenceFlag,
    EvidenceGrade,
    GateCoverage,
    GateState,
    GateType,
    Mechanism,
    MitigationStatus,
    ThresholdOutcome,
)
from tracker.readiness.launch import launch_states

FRONTIER = ("cbrn", "cyber_uplift")
CODES = (*FRONTIER, AREA, "child_safety", "model_security")
AREAS = tuple(area for area in SETTING.areas if area.code in CODES)
DEFINITION = a_definition()
GATED_SETTING = replace(
    SETTING,
    areas=AREAS,
    definitions={(DEFINITION.tool, DEFINITION.metric): DEFINITION},
)

LOW, REACHING, HIGH, CRITICAL, FLOORED = (
    (2, 1, 2, 1, 5),
    (4, 2, 4, 2, 1),
    (4, 3, 3, 3, 1),
    (4, 4, 3, 3, 1),
    (1, 5, 1, 4, 1),
)
Kind = TypeVar("Kind")


def gated_state(inputs: LaunchInputs, today: date = TODAY) -> LaunchState:
    """The launch on a day, in a register of five policy areas of all four gate types."""
    return launch_states([inputs], replace(GATED_SETTING, today=today))[0]


def mostly(sound: bool, usual: Kind, *others: Kind, weight: int = 6) -> st.SearchStrategy[Kind]:
    """The usual, and now and then something else where a part of the launch may be flawed."""
    return st.just(usual) if sound else st.sampled_from([usual] * weight + list(others))


@st.composite
def _mitigations(draw: st.DrawFn, sound: bool, number: int) -> tuple[MitigationInputs, ...]:
    """One to three on a risk that needs them; M-1 may serve several risks."""
    numbers = draw(st.sampled_from([(1,), (10,), (10, 11), (1, 10, 11), (10, 11, 12)]))
    status = st.sampled_from(
        [MitigationStatus.VERIFIED, MitigationStatus.IMPLEMENTED, MitigationStatus.PLANNED]
    )
    return tuple(
        mitigation_on(
            f"launch/R-{number}",
            one if one == 1 else 100 * number + one,
            MitigationStatus.IMPLEMENTED if one == 1 else draw(mostly(sound, draw(status), *_ODD)),
            draw(st.sampled_from([0.3, 0.6, 0.9])),
            Mechanism.PREVENT if one == 1 else draw(st.sampled_from(Mechanism)),
            draw(mostly(sound, "v1", "v0")),
        )
        for one in numbers
    )


_ODD = (MitigationStatus.REJECTED, MitigationStatus.PROPOSED)


@st.composite
def _risk(draw: st.DrawFn, sound: bool, number: int, area: str) -> RiskInputs:
    usual = draw(st.sampled_from([LOW, REACHING]))
    picks = draw(mostly(sound, usual, REACHING, HIGH, CRITICAL, FLOORED, HIGH, weight=7))
    versions = mostly(sound, "v1", "v0", weight=12)
    grades = mostly(sound, EvidenceGrade.B, EvidenceGrade.A, EvidenceGrade.D, weight=6)
    who = draw(mostly(sound, ("ben",), ("ben", "cleo"), ("ben", OWNER), (OWNER,), ()))
    assessed = [an_assessment(picks, one, draw(grades), draw(versions)) for one in who]
    mitigations = draw(_mitigations(sound, number)) if draw(st.booleans()) or not sound else ()
    return risk_inputs(number, *assessed, area=area, mitigations=mitigations)


@st.composite
def _scope(draw: st.DrawFn, sound: bool, area: str) -> ScopeRecord | None:
    return draw(
        mostly(
            sound,
            a_scope(area),
            a_scope(area, Applicability.NOT_APPLICABLE, "ben"),
            a_scope(area, Applicability.NONE_FOUND, "ben"),
            a_scope(area, Applicability.NOT_APPLICABLE),
            a_scope(area, Applicability.NONE_FOUND, OWNER),
            None,
        )
    )


@st.composite
def _run(draw: st.DrawFn, sound: bool, number: int, task: str) -> RunInputs:
    """A run that mostly passes, in its slot."""
    passed, n = draw(mostly(sound, (1000, 1000), (94, 100), (97, 100), (900, 1000), (None, None)))
    sliced = draw(mostly(sound, (), ("de", "fr"), weight=4))
    evidence = [an_evidence(passed, n, one, task=task) for one in ("", *sliced)]
    flags = draw(
        mostly(
            sound,
            (),
            (EvidenceFlag.SELF_REPORTED,),
            (EvidenceFlag.EDITED,),
            (EvidenceFlag.NOT_FINISHED,),
        )
    )
    run = a_run(number, *evidence, days_ago=draw(st.integers(1, 4)), flags=flags)
    release = {"model_version": draw(mostly(sound, "v1", "v0"))}
    run = replace(run, run=replace(run.run, **release))
    if not sound and draw(st.booleans()):
        run = confirmed(run, draw(st.sampled_from(["ben", "eli", IMPORTER, OWNER])))
    if release["model_version"] == "v0" or draw(mostly(sound, False, True)):
        run = equivalent(run, LAUNCH.release, draw(st.sampled_from(["ben", "eli", IMPORTER])))
    return run


@st.composite
def _runs(draw: st.DrawFn, sound: bool, first: int, task: str) -> tuple[RunInputs, ...]:
    count = draw(mostly(sound, 1, 0, 2, 3))
    runs = [draw(_run(sound, first + place, task)) for place in range(count)]
    if runs and draw(mostly(sound, False, True)):
        kind = draw(st.sampled_from(CorrectionKind))
        other = ("elsewhere", DEFINITION.metric) if kind is CorrectionKind.REMAPPED else ("", "")
        runs[-1] = corrected(runs[-1], kind, *other)
    return tuple(runs)


@st.composite
def _gate(draw: st.DrawFn, sound: bool, number: int, area: str, task: str) -> GateRecord:
    asked = draw(mostly(sound, None, "cleo", weight=8))
    fields = {
        "area": area,
        "must_pass": draw(mostly(sound, True, False)),
        "withdrawal_asked_by": asked,
        "withdrawal_confirmed_by": "eli" if asked and draw(st.booleans()) else None,
        "planned_on": draw(mostly(sound, None, TODAY + timedelta(days=3))),
    }
    if draw(mostly(sound, False, True, weight=6)):
        return an_attested_gate(number, **fields)
    return a_gate(
        number,
        task=task,
        max_age_days=draw(st.sampled_from([None, 30, 4])),
        min_n=draw(st.sampled_from([None, 500])),
        coverage=draw(mostly(sound, GateCoverage.OVERALL, GateCoverage.EVERY_SLICE)),
        threshold=draw(mostly(sound, 0.95, 0.9)),
        **fields,
    )


@st.composite
def _waiver(draw: st.DrawFn, sound: bool, gate: GateRecord, latest_run: int) -> WaiverRecord:
    threshold = draw(mostly(sound, "≥ 95 %", "≥ 90 %"))
    return a_waiver(
        gate.ref,
        draw(mostly(sound, GateState.FAILED, *GateState)),
        id=gate.number,
        latest_run=draw(st.sampled_from([latest_run, 0])),
        threshold="attested" if gate.slot is None else threshold,
        until=TODAY + timedelta(days=draw(st.sampled_from([30, 2, -1]))),
        officer=draw(mostly(sound, OFFICER, None)),
        approver=draw(mostly(sound, APPROVER, None)),
    )


@st.composite
def _attestation(draw: st.DrawFn, sound: bool, gate: GateRecord, number: int) -> AttestationRecord:
    return an_attestation(
        gate.ref,
        number,
        met=draw(mostly(sound, True, False)),
        attested_by=draw(mostly(sound, "ben", OWNER)),
        attested_on=TODAY - timedelta(days=draw(st.integers(1, 3))),
        expires=TODAY + timedelta(days=draw(mostly(sound, 30, 1, -1))),
        model_version=draw(mostly(sound, "v1", "v0")),
    )


@st.composite
def _determinations(
    draw: st.DrawFn, sound: bool, area: str, first: int
) -> tuple[DeterminationRecord, ...]:
    outcomes = mostly(sound, *ThresholdOutcome, weight=1)
    safeguards = st.sampled_from([(), ("M-1",), ("M-90",), ("M-90", "M-91")])
    return tuple(
        replace(
            a_determination(
                area,
                outcome,
                () if outcome is ThresholdOutcome.BELOW else draw(safeguards),
                number=first + place,
                by=draw(mostly(sound, "ben", "cleo", OWNER)),
                confirmed_by=draw(st.sampled_from([None, "dana", OWNER])),
                version=draw(mostly(sound, "v1", "v0")),
            ),
            determined_on=TODAY - timedelta(days=5 - place),
        )
        for place, outcome in enumerate(
            draw(outcomes) for _ in range(draw(mostly(sound, 1, 0, 2, 3)))
        )
    )


@st.composite
def _placements(
    draw: st.DrawFn, sound: bool, risks: Sequence[RiskInputs]
) -> tuple[PlacementRecord, ...]:
    """Mitigations beside those of the risks: safeguards, mandatory or not."""
    used = {item.mitigation.ref for risk in risks for item in risk.mitigations}
    found: list[PlacementRecord] = []
    for number in (90, 92):
        status = draw(
            mostly(sound, None, MitigationStatus.IMPLEMENTED, MitigationStatus.REJECTED, weight=2)
        )
        if status is not None and f"M-{number}" not in used:
            mandatory = draw(st.booleans())
            found.append(a_placement(number, status, mandatory=mandatory))
    return tuple(found)


WAIVED = "waived"
PARTS = (
    WAIVED,
    *CODES,
    *(f"risk of {area}" for area in CODES),
    *(f"gate of {area}" for area in CODES),
)


@st.composite
def whole_launches(draw: st.DrawFn) -> LaunchInputs:
    """A launch with scope, risks, gates, runs, waivers, determinations and what was decided.

    All of it is sound, except for a few parts that may be flawed in any way.
    """
    flawed = set(draw(st.sets(st.sampled_from(PARTS), max_size=3)))
    if draw(st.booleans()):
        flawed.add(WAIVED)
    if draw(st.sampled_from([True, False, False])):
        flawed.add(f"risk of {draw(st.sampled_from(CODES))}")
    scopes = {area: draw(_scope(area not in flawed, area)) for area in CODES}
    in_scope = [
        area for area, one in scopes.items() if one and one.applicability == Applicability.IN_SCOPE
    ]
    covered = [area for area in in_scope if draw(mostly(area not in flawed, True, False))]
    risks = tuple(
        draw(_risk(f"risk of {area}" not in flawed, number, area))
        for number, area in enumerate(covered, start=1)
    )
    if WAIVED in flawed:
        flawed.discard(f"gate of {AREA}")
    criteria = [
        draw(_criteria(f"gate of {area.code}" not in flawed, place, area.code))
        for place, area in enumerate(AREAS)
        if area.gate_type is not GateType.THRESHOLD
    ]
    if WAIVED in flawed:
        criteria = [
            _waived(one) if one.gates and one.gates[0].area == AREA else one for one in criteria
        ]
    determinations = (
        draw(_determinations(f"gate of {area}" not in flawed, area, 10 * place + 1))
        for place, area in enumerate(FRONTIER)
    )
    whole = launch_inputs(
        *risks,
        scopes=tuple(one for one in scopes.values() if one),
        placements=draw(_placements(not flawed & set(FRONTIER), risks)),
        determinations=tuple(chain.from_iterable(determinations)),
        launch=GATED_LAUNCH,
        gates=tuple(gate for one in criteria for gate in one.gates),
        runs=tuple(run for one in criteria for run in one.runs),
        attestations=tuple(word for one in criteria for word in one.attestations),
        waivers=tuple(waiver for one in criteria for waiver in one.waivers),
    )
    return draw(decided(whole))


class Criteria(NamedTuple):
    """The gates of one policy area, with what answers and overrides them."""

    gates: list[GateRecord]
    runs: tuple[RunInputs, ...]
    attestations: list[AttestationRecord]
    waivers: list[WaiverRecord]


def _waived(criteria: Criteria) -> Criteria:
    """The same gate not shown to be met, and under a waiver."""
    gate, run = criteria.gates[0], criteria.runs[0]
    evidence = (an_evidence(97, 100, task=gate.task or ""),)
    return criteria._replace(
        runs=(a_run(run.run.number, *evidence),),
        waivers=[a_waiver(gate.ref, latest_run=run.run.number)],
    )


@st.composite
def _criteria(draw: st.DrawFn, sound: bool, place: int, area: str) -> Criteria:
    task, first = f"task of {area}", 10 * place + 1
    gates = [
        draw(_gate(sound, first + number, area, task))
        for number in range(draw(mostly(sound, 1, 0, 2)))
    ]
    runs = draw(_runs(sound, first, task))
    attestations = [
        draw(_attestation(sound, gate, 10 * gate.number + number))
        for gate in gates
        if gate.slot is None
        for number in range(draw(mostly(sound, 1, 0, 2)))
    ]
    latest = max((one.run.number for one in runs), default=0)
    waivers = [
        draw(_waiver(sound, gate, latest)) for gate in gates if not sound and draw(st.booleans())
    ]
    return Criteria(gates, runs, attestations, waivers)
