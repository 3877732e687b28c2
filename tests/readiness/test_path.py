"""Each set of a path turns the verdict, no part of it does, and no such set is left out."""

import time
from collections import Counter
from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings

from tests.readiness.carrying_out import Step, carried_out
from tests.readiness.gates import AREA, a_gate, a_run, an_evidence, gated
from tests.readiness.launches import (
    a_determination,
    an_assessment,
    everything_excluded,
    launch_inputs,
    mitigation_on,
    risk_inputs,
)
from tests.readiness.whole_launches import (
    FLOORED,
    HIGH,
    LOW,
    gated_state,
    whole_launches,
)
from tracker.domain.gate_state import ChangeKind, PathStep, PathToGreen
from tracker.domain.review_words import ConditionState
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.domain.words import (
    Applicability,
    AreaState,
    GateState,
    GateType,
    Mechanism,
    MitigationStatus,
    ThresholdOutcome,
    Verdict,
)
from tracker.readiness.path import path_to_green

MOST_TO_TRY = 7
WORSE_FIRST = (Verdict.NOT_READY, Verdict.READY_WITH_CONDITIONS, Verdict.READY)


def keys(steps: tuple[PathStep, ...]) -> frozenset[Step]:
    return frozenset((step.kind, step.subject) for step in steps)


def sets_of(path: PathToGreen) -> list[frozenset[Step]]:
    return [keys(path.shared) | keys(one) for one in path.alternatives]


def verdict_after(inputs: LaunchInputs, steps: frozenset[Step]) -> Verdict:
    return gated_state(carried_out(inputs, steps)).verdict


def reaches(inputs: LaunchInputs, steps: frozenset[Step], target: Verdict) -> bool:
    return WORSE_FIRST.index(verdict_after(inputs, steps)) >= WORSE_FIRST.index(target)


def all_work(state: LaunchState) -> list[Step]:
    """Every piece of work that can be done on a launch, whether it helps or not."""
    unsettled = (AreaState.UNDECIDED, AreaState.UNCONFIRMED)
    open_areas = [one for one in state.areas if one.state in unsettled]
    closed_to_work = {one.area.code for one in open_areas}
    found: list[Step] = [(ChangeKind.SETTLE_AREA, one.area.code) for one in open_areas]
    found += [
        (ChangeKind.FIND_RISKS, one.area.code) for one in state.areas if one.state is AreaState.GAP
    ]
    found += _of_risks(state)
    found += _of_mitigations(state)
    found += _of_gates(state, closed_to_work)
    found += [
        (ChangeKind.MEET_CONDITION, one.condition.ref)
        for one in state.conditions
        if one.state is not ConditionState.MET
    ]
    for status in state.frontier:
        code, standing = status.area.code, status.standing
        if standing is None and status.required and code not in closed_to_work:
            found.append((ChangeKind.DETERMINE, code))
        if standing and standing.outcome is not ThresholdOutcome.BELOW and not status.safeguards:
            found.append((ChangeKind.NAME_SAFEGUARD, code))
    return found


def _of_risks(state: LaunchState) -> list[Step]:
    found: list[Step] = []
    conditioned = state.verdict is Verdict.READY_WITH_CONDITIONS
    for risk in state.open_risks:
        if not risk.scores:
            found.append((ChangeKind.ASSESS_RISK, risk.ref))
        elif risk.outdated or conditioned:
            found.append((ChangeKind.REASSESS_RISK, risk.ref))
    return found


def _of_mitigations(state: LaunchState) -> list[Step]:
    required = {one.mitigation.ref for status in state.frontier for one in status.safeguards}
    placed = {one.mitigation.ref: one for one in state.mitigations}
    left_out = {
        ref
        for ref, one in placed.items()
        if one.verified_now
        or (
            one.placement.status is MitigationStatus.REJECTED
            and not one.placement.mandatory
            and ref not in required
        )
    }
    return [(ChangeKind.VERIFY_MITIGATION, ref) for ref in sorted({*placed, *required} - left_out)]


def _of_gates(state: LaunchState, closed_to_work: set[str]) -> list[Step]:
    in_the_way = [
        one
        for one in state.gates
        if one.gate.must_pass and not one.gate.withdrawn and one.state is not GateState.PASSED
    ]
    if state.verdict is Verdict.NOT_READY:
        in_the_way = [one for one in in_the_way if not one.waived or _shares(one, in_the_way)]
    first = {one.gate.slot or one.gate.ref: one for one in reversed(in_the_way)}
    found: list[Step] = [(ChangeKind.PASS_GATE, one.gate.ref) for one in first.values()]
    covered = {
        one.gate.area for one in state.gates if one.gate.must_pass and not one.gate.withdrawn
    }
    found += [
        (ChangeKind.WRITE_GATE, one.area.code)
        for one in state.areas
        if one.area.gate_type is not GateType.THRESHOLD
        and one.area.code not in covered | closed_to_work
        and one.scope is not None
        and one.scope.applicability is not Applicability.NOT_APPLICABLE
    ]
    return found


def _shares(status, others) -> bool:
    return any(
        one.gate.slot == status.gate.slot and not one.waived for one in others if one.gate.slot
    )


def every_smallest_set(inputs: LaunchInputs, state: LaunchState) -> set[frozenset[Step]]:
    """By trying all sets of work, smaller ones first."""
    work = all_work(state)
    assume(len(work) <= MOST_TO_TRY)
    better = WORSE_FIRST[WORSE_FIRST.index(state.verdict) + 1]
    found: set[frozenset[Step]] = set()
    for size in range(1, len(work) + 1):
        for some in map(frozenset, combinations(work, size)):
            if not any(smaller <= some for smaller in found) and reaches(inputs, some, better):
                found.add(some)
    return found


@settings(max_examples=200, deadline=None)
@given(whole_launches())
def test_each_set_turns_the_verdict_and_no_part_of_it_does(inputs: LaunchInputs):
    state = gated_state(inputs)
    path = path_to_green(state)
    if state.verdict is Verdict.READY:
        assert path == PathToGreen(None, (), (), more=False, blocked=(), decisions=())
        return
    assert path.target is not None
    better = WORSE_FIRST[WORSE_FIRST.index(state.verdict) + 1]
    found = sets_of(path)
    assert bool(found) is not bool(path.blocked)
    assert len(set(found)) == len(found)
    assert [len(one) for one in found] == sorted(len(one) for one in found)
    reached = [verdict_after(inputs, one) for one in found]
    if found:
        assert min(reached, key=WORSE_FIRST.index) is path.target
    for steps in found:
        assert not any(reaches(inputs, steps - {step}, better) for step in steps)


@settings(max_examples=100, deadline=None)
@given(whole_launches())
def test_no_set_that_turns_the_verdict_is_left_out(inputs: LaunchInputs):
    state = gated_state(inputs)
    assume(state.verdict is not Verdict.READY)
    path = path_to_green(state)
    found = every_smallest_set(inputs, state)
    if path.more:
        assert set(sets_of(path)) < found
    else:
        assert set(sets_of(path)) == found


def test_the_launches_of_these_tests_stand_everywhere():
    """Were all of them Not ready, or all blocked, the tests above would show little."""
    seen: Counter[str] = Counter()

    @settings(max_examples=500, database=None, derandomize=True, deadline=None)
    @given(whole_launches())
    def look(inputs: LaunchInputs) -> None:
        state = gated_state(inputs)
        path = path_to_green(state)
        seen[state.verdict] += 1
        seen["blocked"] += bool(path.blocked)
        seen["several"] += len(path.alternatives) > 1
        seen.update({f"{step.kind}" for step in path.shared})
        seen.update({f"{step.kind}" for one in path.alternatives for step in one})

    look()
    assert all(seen[verdict] >= 20 for verdict in Verdict), seen
    assert seen["several"] >= 5, seen
    assert not {str(kind) for kind in ChangeKind} - set(seen), seen


def test_forty_high_risks_and_sixty_mitigations_are_answered_fast():
    """Every risk may be lowered by several of them, and each of them lowers several risks."""
    risks = tuple(
        risk_inputs(
            number,
            an_assessment(HIGH),
            area="cbrn",
            mitigations=tuple(
                mitigation_on(
                    f"launch/R-{number}",
                    1 + (number * step + place) % 60,
                    MitigationStatus.PLANNED,
                    0.9,
                    list(Mechanism)[place % 4],
                )
                for place, step in enumerate((1, 3, 7, 11, 13, 17))
            ),
        )
        for number in range(1, 41)
    )
    state = gated_state(launch_inputs(*risks))
    start = time.perf_counter()
    path = path_to_green(state)
    assert time.perf_counter() - start < 5.0
    assert path.more
    assert 1 < len(path.alternatives) <= 10
    assert path_to_green(state) == path


def test_a_risk_held_up_by_the_floor_is_blocked_and_may_only_be_accepted():
    shield = mitigation_on("launch/R-1", 1, MitigationStatus.IMPLEMENTED, 0.9)
    risk = risk_inputs(1, an_assessment(FLOORED), mitigations=(shield,))
    scopes = everything_excluded(but=("cbrn",))
    path = path_to_green(
        gated_state(launch_inputs(risk, scopes=scopes, determinations=(a_determination(),)))
    )
    assert path.alternatives == ()
    assert path.target is Verdict.READY_WITH_CONDITIONS
    assert "stays High whatever is verified" in path.blocked[0]
    assert path.decisions[0].startswith("Responsible officer and approver together may accept R-1")


def test_a_waiver_is_a_decision_and_never_a_step():
    inputs = replace(
        gated(a_gate(), runs=(a_run(1, an_evidence(97, 100)),)),
        scopes=everything_excluded(but=(AREA,)),
        risks=(risk_inputs(1, an_assessment(LOW), area=AREA),),
    )
    path = path_to_green(gated_state(inputs))
    (step,) = path.shared
    assert (step.kind, step.subject) == (ChangeKind.PASS_GATE, "launch/G-1")
    assert path.alternatives == ((),)
    assert path.target is Verdict.READY
    assert any("may waive G-1 for at most 90 days" in one for one in path.decisions)


def test_a_step_costs_what_its_teams_still_have_to_spend_where_somebody_estimated_it():
    item = mitigation_on("launch/R-1", 1, MitigationStatus.PLANNED, 0.9)
    estimated = replace(item, mitigation=replace(item.mitigation, efforts={"a": 2.0, "b": 1.5}))
    for mitigation, days in ((item, None), (estimated, 3.5)):
        risk = risk_inputs(1, an_assessment(HIGH), mitigations=(mitigation,))
        (step,) = [
            one
            for one in path_to_green(gated_state(launch_inputs(risk))).shared
            if one.kind is ChangeKind.VERIFY_MITIGATION
        ]
        assert step.days == days
        assert "Put M-1 “Mitigation 1” in place, which is planned" in step.text
