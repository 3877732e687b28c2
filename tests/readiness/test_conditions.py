"""Conditions that a decision took over: blocking, breached and overdue ones hold the launch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.readiness.decided import a_condition, a_decision, met
from tests.readiness.gates import GATED_LAUNCH
from tests.readiness.launches import (
    OWNER,
    TODAY,
    a_determination,
    an_assessment,
    everything_excluded,
    launch_inputs,
    risk_inputs,
    state_of,
)
from tracker.domain.review_words import ConditionState, Outcome
from tracker.domain.reviews import ConditionRecord, DecisionRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import ReasonCode, Verdict
from tracker.readiness.path import path_to_green

LOW = (2, 1, 2, 1, 5)


def under(*conditions: ConditionRecord, decisions: tuple[DecisionRecord, ...] = (a_decision(),)):
    """A launch with nothing amiss but its conditions."""
    return state_of(
        launch_inputs(
            risk_inputs(1, an_assessment(LOW)),
            scopes=everything_excluded(but=("cbrn",)),
            determinations=(a_determination(),),
            launch=GATED_LAUNCH,
            conditions=conditions,
            decisions=decisions,
        )
    )


def codes(state: LaunchState) -> list[ReasonCode]:
    return [one.code for one in state.reasons]


@pytest.mark.parametrize(
    ("fields", "code", "verdict"),
    [
        ({}, ReasonCode.CONDITION_OPEN, Verdict.READY_WITH_CONDITIONS),
        ({"due": TODAY}, ReasonCode.CONDITION_OPEN, Verdict.READY_WITH_CONDITIONS),
        ({"blocking": True}, ReasonCode.CONDITION_BLOCKING, Verdict.NOT_READY),
        ({"due": TODAY - timedelta(days=1)}, ReasonCode.CONDITION_OVERDUE, Verdict.NOT_READY),
        (
            {"due": TODAY - timedelta(days=1), "blocking": True},
            ReasonCode.CONDITION_OVERDUE,
            Verdict.NOT_READY,
        ),
        ({"state": ConditionState.BREACHED}, ReasonCode.CONDITION_BREACHED, Verdict.NOT_READY),
    ],
)
def test_a_condition_holds_or_conditions_the_launch(fields, code, verdict):
    state = under(a_condition(**fields))
    assert codes(state) == [code]
    assert state.verdict is verdict
    assert state.reasons[0].subject == "launch/C-1"
    assert "Four weekly reports are on record." in state.reasons[0].remedy


def test_a_condition_that_is_met_is_settled_even_after_its_day():
    state = under(met(due=TODAY - timedelta(days=9), blocking=True))
    assert codes(state) == []
    assert state.conditions[0].state is ConditionState.MET


@pytest.mark.parametrize("by", ["dana", OWNER])
def test_the_word_of_its_owner_or_of_the_launch_owner_does_not_settle_it(by):
    assert codes(under(met(by))) == [ReasonCode.CONDITION_OPEN]


def test_a_condition_that_was_only_proposed_counts_for_nothing_yet():
    state = under(a_condition(decision=None, blocking=True, due=TODAY - timedelta(days=9)))
    assert (codes(state), state.conditions) == ([], ())


def test_a_later_decision_that_lets_the_model_out_stands_in_place_of_its_conditions():
    breached = a_condition(state=ConditionState.BREACHED)
    again = under(breached, decisions=(a_decision(1), a_decision(2)))
    assert codes(again) == []


@pytest.mark.parametrize("outcome", [Outcome.NO_GO, Outcome.MORE_EVIDENCE])
def test_a_later_decision_that_lets_nothing_out_leaves_them(outcome):
    breached = a_condition(state=ConditionState.BREACHED)
    again = under(breached, decisions=(a_decision(1), a_decision(2, outcome=outcome)))
    assert codes(again) == [ReasonCode.CONDITION_BREACHED]


def test_they_come_in_order_of_number_and_the_worst_kind_first():
    state = under(
        a_condition(3), a_condition(2, state=ConditionState.BREACHED), a_condition(1, blocking=True)
    )
    assert [one.condition.number for one in state.conditions] == [1, 2, 3]
    assert codes(state) == [
        ReasonCode.CONDITION_BREACHED,
        ReasonCode.CONDITION_BLOCKING,
        ReasonCode.CONDITION_OPEN,
    ]


def test_to_meet_them_is_the_path():
    path = path_to_green(under(a_condition(1), a_condition(2)))
    assert [one.subject for one in path.shared] == ["launch/C-1", "launch/C-2"]
    assert path.shared[0].text.startswith("Meet C-1 “Watch the abuse reports”")
    assert path.target is Verdict.READY


def test_a_blocking_one_met_leaves_the_open_one_as_a_condition():
    path = path_to_green(under(a_condition(1, blocking=True), a_condition(2)))
    assert [one.subject for one in path.shared] == ["launch/C-1"]
    assert path.target is Verdict.READY_WITH_CONDITIONS


def test_a_condition_is_overdue_only_after_the_end_of_its_day():
    launch = replace(GATED_LAUNCH, as_of=TODAY + timedelta(days=31))
    state = state_of(
        launch_inputs(launch=launch, conditions=(a_condition(),), decisions=(a_decision(),))
    )
    assert state.conditions[0].state is ConditionState.OVERDUE


def test_what_is_said_to_be_met_later_is_open_on_an_earlier_day():
    later = met(settled_on=TODAY + timedelta(days=1))
    assert codes(under(later)) == [ReasonCode.CONDITION_OPEN]
