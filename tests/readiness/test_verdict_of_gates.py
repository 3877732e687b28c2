"""What gates add to a verdict: a failure, a gate not passed, a waiver, an area without one."""

from dataclasses import replace
from typing import Any

import pytest

from tests.readiness.gates import (
    AREA,
    ZERO_TOLERANCE_AREA,
    a_gate,
    a_run,
    a_value,
    a_waiver,
    an_attested_gate,
    an_evidence,
    gated,
)
from tests.readiness.launches import an_assessment, everything_excluded, risk_inputs
from tests.readiness.whole_launches import LOW, gated_state
from tracker.domain.gates import GateRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import GateState, ReasonCode, Verdict


def launch_with(*gates: GateRecord, area: str = AREA, **more: Any) -> LaunchState:
    """A launch that only its gates can hold."""
    inputs = replace(
        gated(*gates, **more),
        scopes=everything_excluded(but=(area,)),
        risks=(risk_inputs(1, an_assessment(LOW), area=area),),
    )
    return gated_state(inputs)


def codes(state: LaunchState) -> list[ReasonCode]:
    return [reason.code for reason in state.reasons]


def test_an_area_of_gate_type_eval_without_a_gate_holds():
    state = launch_with()
    assert codes(state) == [ReasonCode.AREA_WITHOUT_GATE]
    assert state.reasons[0].subject == AREA


def test_a_passed_gate_is_all_that_such_an_area_asks_for():
    assert launch_with(a_gate(), runs=(a_run(),)).verdict is Verdict.READY


def test_an_advisory_gate_neither_covers_its_area_nor_holds_it():
    advisory = a_gate(must_pass=False)
    assert codes(launch_with(advisory)) == [ReasonCode.AREA_WITHOUT_GATE]
    passed = a_gate(2, task="other")
    other = a_run(1, an_evidence(task="other"))
    assert launch_with(advisory, passed, runs=(other,)).verdict is Verdict.READY


def test_a_gate_not_passed_is_named_with_its_state_and_why():
    gate = a_gate(title="Refuses to name people")
    state = launch_with(gate, runs=(a_run(1, a_value(0.99)),))
    (reason,) = state.reasons
    assert reason.code is ReasonCode.GATE_NOT_PASSED
    assert reason.text.startswith("G-1 “Refuses to name people” is inconclusive: ")
    assert "would do" in reason.remedy
    assert (reason.subject, reason.holds) == ("launch/G-1", True)


@pytest.mark.parametrize(
    ("runs", "remedy"),
    [
        ((), "Run it on this model version"),
        ((a_run(1, an_evidence(500, 1000)),), "Mend what failed"),
        ((a_run(1, days_ago=40),), "Run it again"),
        ((a_run(1, an_evidence(97, 100)),), "settle it."),
    ],
)
def test_each_state_has_its_remedy(runs, remedy):
    (reason,) = launch_with(a_gate(max_age_days=30), runs=runs).reasons
    assert remedy in reason.remedy


def test_an_attested_gate_asks_for_a_persons_word():
    (reason,) = launch_with(an_attested_gate()).reasons
    assert "other than the launch owner attest it" in reason.remedy


def test_gates_in_the_worst_state_come_first():
    failed = a_run(1, an_evidence(500, 1000, task="other"))
    state = launch_with(a_gate(), a_gate(2, task="other"), runs=(failed,))
    assert [reason.subject for reason in state.reasons] == ["launch/G-2", "launch/G-1"]


def test_a_withdrawal_that_is_only_asked_for_leaves_the_gate_holding_and_is_said():
    asked = a_gate(withdrawal_asked_by="cleo", withdrawal_reason="does not fit")
    (reason,) = launch_with(asked).reasons
    assert reason.holds
    assert "its withdrawal is asked for, not confirmed, so it still holds" in reason.text


def test_a_withdrawn_gate_counts_no_more_and_leaves_its_area_without_one():
    gone = a_gate(withdrawal_asked_by="cleo", withdrawal_confirmed_by="ben")
    assert codes(launch_with(gone)) == [ReasonCode.AREA_WITHOUT_GATE]


def test_a_waived_gate_conditions_the_launch_until_a_day():
    run = a_run(1, an_evidence(97, 100))
    state = launch_with(a_gate(), runs=(run,), waivers=(a_waiver(latest_run=1),))
    (reason,) = state.reasons
    assert (reason.code, reason.holds) == (ReasonCode.GATE_WAIVED, False)
    assert "waived until 2026-12-24" in reason.text
    assert state.verdict is Verdict.READY_WITH_CONDITIONS


def test_a_failure_where_none_is_tolerated_comes_first_and_nothing_waives_it():
    gate = a_gate(area=ZERO_TOLERANCE_AREA)
    state = launch_with(
        gate,
        area=ZERO_TOLERANCE_AREA,
        runs=(a_run(1, an_evidence(999, 1000)),),
        waivers=(a_waiver(state=GateState.FAILED, latest_run=1),),
    )
    assert codes(state) == [ReasonCode.ZERO_TOLERANCE_FAILURE]
    assert "tolerates no failure" in state.reasons[0].text
