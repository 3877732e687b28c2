"""Taking evidence back, letting it age or be mislabelled, or clearing what was said, helps nobody.

Whatever a single person can do to a register without new evidence or work leaves the verdict as
it is or makes it worse.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.readiness.decided import a_condition, an_acceptance
from tests.readiness.gates import (
    APPROVER,
    GATED_LAUNCH,
    METRIC,
    OFFICER,
    a_gate,
    a_run,
    an_evidence,
    corrected,
    equivalent,
    gated,
)
from tests.readiness.gates_today import statuses
from tests.readiness.launches import LAUNCH, OWNER, TODAY, an_assessment, risk_inputs
from tests.readiness.whole_launches import CRITICAL, gated_state, whole_launches
from tracker.domain.evidence import RunInputs
from tracker.domain.gates import GateRecord
from tracker.domain.review_words import ConditionState
from tracker.domain.state import LaunchInputs
from tracker.domain.words import (
    CorrectionKind,
    GateState,
    LaunchRoleName,
    Level,
    ReasonCode,
    Verdict,
)

WORSE_FIRST = (Verdict.NOT_READY, Verdict.READY_WITH_CONDITIONS, Verdict.READY)
Act = Callable[[LaunchInputs, st.DataObject], LaunchInputs]


def rank(inputs: LaunchInputs, days_later: int = 0) -> int:
    return WORSE_FIRST.index(gated_state(inputs, TODAY + timedelta(days=days_later)).verdict)


def with_a_run(
    inputs: LaunchInputs, data: st.DataObject, change: Callable[[RunInputs], RunInputs]
) -> LaunchInputs:
    """One of the runs changed."""
    assume(inputs.runs)
    place = data.draw(st.integers(0, len(inputs.runs) - 1))
    runs = list(inputs.runs)
    runs[place] = change(runs[place])
    return replace(inputs, runs=tuple(runs))


def with_a_gate(
    inputs: LaunchInputs, data: st.DataObject, change: Callable[[GateRecord], GateRecord]
) -> LaunchInputs:
    assume(inputs.gates)
    place = data.draw(st.integers(0, len(inputs.gates) - 1))
    gates = list(inputs.gates)
    gates[place] = change(gates[place])
    return replace(inputs, gates=tuple(gates))


def withdraw_evidence(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    return with_a_run(inputs, data, corrected)


def remap_evidence(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Into a slot of nobody, or into that of another gate."""
    tasks = ["elsewhere", *(gate.task for gate in inputs.gates if gate.task)]
    task = data.draw(st.sampled_from(tasks))
    return with_a_run(
        inputs, data, lambda run: corrected(run, CorrectionKind.REMAPPED, task, METRIC)
    )


def import_a_mislabelled_copy(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Of a run on record: under another version, configuration, metric or an earlier date."""
    assume(inputs.runs)
    copied = data.draw(st.sampled_from(inputs.runs))
    number = max(run.run.number for run in inputs.runs) + 1
    labels = data.draw(
        st.sampled_from(
            [
                {"model_version": "v0"},
                {"configuration": "another"},
                {"ran_at": None},
                {"ran_at": copied.run.ran_at and copied.run.ran_at - timedelta(days=9)},
            ]
        )
    )
    fields = {"ref": f"launch/E-{number}", "number": number, "equivalences": (), **labels}
    run = replace(copied.run, **fields)
    evidence = tuple(replace(one, run=run.ref, corrections=()) for one in copied.evidence)
    return replace(inputs, runs=(*inputs.runs, RunInputs(run, evidence)))


def clear_all_evidence_of_a_gate(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """As if nothing had ever been measured; of a gate that nobody waived as missing."""
    gate = data.draw(st.sampled_from(_never_waived(inputs)))
    runs = tuple(run for run in inputs.runs if all(one.task != gate.task for one in run.evidence))
    return replace(inputs, runs=runs)


def _never_waived(inputs: LaunchInputs) -> list[GateRecord]:
    """A waiver names a state: from failed to missing would be from uncovered to covered.

    No person can do that, as runs and attestations cannot be deleted.
    """
    waived = {one.gate for one in inputs.waivers}
    slots = {gate.slot for gate in inputs.gates if gate.ref in waived}
    found = [one for one in inputs.gates if one.ref not in waived and one.slot not in slots]
    assume(found)
    return found


def clear_equivalences(inputs: LaunchInputs, _data: st.DataObject) -> LaunchInputs:
    return replace(
        inputs,
        runs=tuple(replace(one, run=replace(one.run, equivalences=())) for one in inputs.runs),
    )


def clear_confirmations(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    return with_a_run(
        inputs, data, lambda one: replace(one, run=replace(one.run, confirmations=()))
    )


def clear_attestations(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    gate = data.draw(st.sampled_from(_never_waived(inputs)))
    return replace(
        inputs, attestations=tuple(one for one in inputs.attestations if one.gate != gate.ref)
    )


def ask_to_withdraw_a_gate(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    def ask(gate: GateRecord) -> GateRecord:
        return replace(
            gate, withdrawal_asked_by=gate.withdrawal_asked_by or "cleo", withdrawal_reason="why"
        )

    return with_a_gate(inputs, data, ask)


def book_a_run(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    day = TODAY + timedelta(days=data.draw(st.integers(-3, 30)))
    return with_a_gate(inputs, data, lambda gate: replace(gate, planned_on=day))


def end_the_waivers(inputs: LaunchInputs, _data: st.DataObject) -> LaunchInputs:
    return replace(inputs, waivers=tuple(replace(one, ended_by="ben") for one in inputs.waivers))


def clear_a_scope_decision(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    assume(inputs.scopes)
    cleared = data.draw(st.sampled_from(inputs.scopes))
    return replace(inputs, scopes=tuple(one for one in inputs.scopes if one != cleared))


def unconfirm_a_scope_decision(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    by = data.draw(st.sampled_from([None, OWNER]))
    return replace(inputs, scopes=tuple(replace(one, confirmed_by=by) for one in inputs.scopes))


def clear_determinations(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Of one frontier threshold."""
    assume(inputs.determinations)
    area = data.draw(st.sampled_from(inputs.determinations)).area
    return replace(
        inputs, determinations=tuple(one for one in inputs.determinations if one.area != area)
    )


def unconfirm_determinations(inputs: LaunchInputs, _data: st.DataObject) -> LaunchInputs:
    return replace(
        inputs,
        determinations=tuple(replace(one, confirmed_by=None) for one in inputs.determinations),
    )


def lower_a_determination_alone(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """A lower outcome, or fewer safeguards, by somebody who finds nobody to confirm it."""
    assume(inputs.determinations)
    one = data.draw(st.sampled_from(inputs.determinations))
    standing = {status.area.code: status.standing for status in gated_state(inputs).frontier}[
        one.area
    ]
    assume(standing is not None)
    lower = replace(one, id=99, determined_by="eli", safeguards=(), confirmed_by=None)
    lower = replace(lower, determined_on=TODAY, model_version="v1")
    return replace(inputs, determinations=(*inputs.determinations, lower))


def ask_for_another_version(inputs: LaunchInputs, _data: st.DataObject) -> LaunchInputs:
    """Of which nothing is on record at all."""
    return replace(
        inputs,
        launch=replace(inputs.launch, model_version="v2"),
        risks=tuple(
            replace(risk, launch=replace(inputs.launch, model_version="v2"))
            for risk in inputs.risks
        ),
    )


def end_the_acceptances(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Early, by a failure that was reported, by taking a signature back, or by leaving them out."""
    assume(inputs.acceptances)
    fields = data.draw(
        st.sampled_from(
            [{"ended_by": "ben"}, {"fired_on": TODAY}, {"officer": None}, {"approver": OWNER}, {}]
        )
    )
    kept = tuple(replace(one, **fields) for one in inputs.acceptances) if fields else ()
    return replace(inputs, acceptances=kept)


def lower_what_was_accepted(inputs: LaunchInputs, _data: st.DataObject) -> LaunchInputs:
    """As if less had been accepted."""
    lower = tuple(replace(one, harm_score=one.harm_score - 0.5) for one in inputs.acceptances)
    return replace(inputs, acceptances=lower)


def ask_to_accept(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Without the signatures that the level asks for, whatever stands beside it."""
    assume(inputs.risks)
    risk = data.draw(st.sampled_from(inputs.risks)).risk.ref
    level = data.draw(st.sampled_from([*Level]))
    signed = data.draw(
        st.sampled_from(
            [
                {"officer": None},
                {"approver": None},
                {"officer": APPROVER, "approver": APPROVER},
                {"requested_by": OFFICER},
            ]
        )
    )
    asked = an_acceptance(risk, 99, level=level.value, harm_score=9.9, lead=OWNER, **signed)
    return replace(inputs, acceptances=(*inputs.acceptances, asked))


def worsen_the_conditions(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    fields = data.draw(
        st.sampled_from(
            [
                {"state": ConditionState.BREACHED},
                {"state": ConditionState.OPEN},
                {"settled_by": None},
                {"settled_by": OWNER},
                {"blocking": True},
                {"due": TODAY - timedelta(days=1)},
            ]
        )
    )
    return replace(inputs, conditions=tuple(replace(one, **fields) for one in inputs.conditions))


def add_a_condition(inputs: LaunchInputs, data: st.DataObject) -> LaunchInputs:
    """Proposed, or taken over by the first decision."""
    decision = data.draw(st.sampled_from([None, "launch/D-1"]))
    blocking = data.draw(st.booleans())
    added = a_condition(99, decision=decision, blocking=blocking)
    return replace(inputs, conditions=(*inputs.conditions, added))


ACTS: tuple[Act, ...] = (
    withdraw_evidence,
    remap_evidence,
    import_a_mislabelled_copy,
    clear_all_evidence_of_a_gate,
    clear_equivalences,
    clear_confirmations,
    clear_attestations,
    ask_to_withdraw_a_gate,
    book_a_run,
    end_the_waivers,
    clear_a_scope_decision,
    unconfirm_a_scope_decision,
    clear_determinations,
    unconfirm_determinations,
    lower_a_determination_alone,
    ask_for_another_version,
    end_the_acceptances,
    lower_what_was_accepted,
    ask_to_accept,
    worsen_the_conditions,
    add_a_condition,
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nothing_that_one_person_takes_away_makes_a_verdict_better(act: Act):
    @settings(max_examples=120, deadline=None)
    @given(whole_launches(), st.data())
    def holds(inputs: LaunchInputs, data: st.DataObject) -> None:
        assert rank(act(inputs, data)) <= rank(inputs)

    holds()


@settings(max_examples=100, deadline=None)
@given(whole_launches(), st.sampled_from([Level.HIGH, Level.CRITICAL]))
def test_no_acceptance_of_anybody_lifts_a_critical(inputs: LaunchInputs, level: Level):
    critical = replace(risk_inputs(77, an_assessment(CRITICAL)), launch=inputs.launch)
    signed = an_acceptance(critical.risk.ref, 99, level=level.value, harm_score=9.9, lead="eli")
    state = gated_state(
        replace(
            inputs,
            risks=(*inputs.risks, critical),
            acceptances=(*inputs.acceptances, signed),
        )
    )
    held = {one.subject for one in state.reasons if one.code is ReasonCode.LEVEL_CRITICAL}
    assert critical.risk.ref in held
    assert state.verdict is Verdict.NOT_READY


@settings(max_examples=300, deadline=None)
@given(whole_launches(), st.integers(1, 120))
def test_time_alone_makes_no_verdict_better(inputs: LaunchInputs, days: int):
    assert rank(inputs, days) <= rank(inputs)


@settings(max_examples=300, deadline=None)
@given(whole_launches(), st.sampled_from(["ben", "cleo", "dana", "eli", OWNER]))
def test_what_somebody_said_helps_no_more_once_the_launch_is_theirs(inputs: LaunchInputs, owner):
    def owned_by(holders: dict[LaunchRoleName, str]) -> LaunchInputs:
        launch = replace(inputs.launch, holders=holders)
        risks = tuple(replace(risk, launch=launch) for risk in inputs.risks)
        return replace(inputs, launch=launch, risks=risks)

    others = {
        role: one
        for role, one in inputs.launch.holders.items()
        if role is not LaunchRoleName.LAUNCH_OWNER
    }
    theirs = {LaunchRoleName.LAUNCH_OWNER: owner, **others}
    assert rank(owned_by(theirs)) <= rank(owned_by(others))


@settings(max_examples=200, deadline=None)
@given(whole_launches(), st.lists(st.sampled_from(ACTS[:3]), min_size=2, max_size=4), st.data())
def test_nor_do_several_of_them_one_after_the_other(inputs, acts, data):
    after = inputs
    for act in acts:
        after = act(after, data)
    assert rank(after) <= rank(inputs)


def test_the_launches_of_these_tests_have_something_to_lose():
    seen: Counter[Verdict] = Counter()

    @settings(max_examples=200, database=None, derandomize=True, deadline=None)
    @given(whole_launches())
    def look(inputs: LaunchInputs) -> None:
        seen[gated_state(inputs).verdict] += 1

    look()
    assert all(seen[verdict] >= 15 for verdict in Verdict), seen


def test_a_failing_run_still_speaks_once_who_found_it_equivalent_owns_the_launch():
    """Else handing the launch over would bring an older run back that passes."""
    gate = a_gate()
    good = a_run(1, days_ago=5)
    bad = equivalent(a_run(2, an_evidence(100, 1000), model_version="v0"), LAUNCH.release, "eli")
    before = gated(gate, runs=(good, bad))
    holders = {**GATED_LAUNCH.holders, LaunchRoleName.LAUNCH_OWNER: "eli"}
    after = replace(before, launch=replace(GATED_LAUNCH, holders=holders))
    assert statuses(before)[0].state is GateState.FAILED
    assert statuses(after)[0].state is GateState.MISSING
