"""Whether a deployment may go out: cover and verdict, taken together."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import NOW
from tests.readiness.launches import launch_inputs, state_of
from tracker.domain.review_state import ConditionStatus, Cover
from tracker.domain.review_words import ConditionState, CoverState, Outcome
from tracker.domain.reviews import ConditionRecord, DecisionRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import ExposureStage, Origin, Verdict
from tracker.readiness.deploying import Clearance, clearance

UNTIL = date(2026, 6, 1)
DECISION = DecisionRecord(
    ref="aurora-1/D-1",
    launch="aurora-1",
    number=1,
    review="aurora-1/REV-1",
    snapshot="aurora-1/S-1",
    outcome=Outcome.GO,
    model_version="v1",
    configuration="as shipped",
    exposure_stage=ExposureStage.STAGED_ROLLOUT,
    until=UNTIL,
    reason="Nothing holds it.",
    benefits="",
    gate_result=Verdict.READY,
    recommended=None,
    override_reason="",
    decided_by="fay",
    decided_at=NOW,
    authenticated=False,
    origin=Origin.ENTERED,
)
CONDITION = ConditionRecord(
    ref="aurora-1/C-1",
    launch="aurora-1",
    number=1,
    text="Watch the reports.",
    test="Four reports are on record.",
    owner="dana",
    due=UNTIL,
    blocking=False,
    raised_by="eli",
    raised_at=NOW,
    review="aurora-1/REV-1",
    decision="aurora-1/D-1",
    state=ConditionState.OPEN,
    settled_by=None,
    settled_on=None,
    settled_because="",
    origin=Origin.ENTERED,
    version=1,
)
OVERRIDE = replace(DECISION, gate_result=Verdict.NOT_READY, override_reason="It cannot wait.")
COVERED = Cover(DECISION, CoverState.COVERED, "D-1 covers it")


def asked(
    verdict: Verdict, cover: Cover = COVERED, *conditions: tuple[ConditionRecord, ConditionState]
) -> Clearance:
    empty: LaunchState = state_of(launch_inputs())
    statuses = tuple(ConditionStatus(one, state, "") for one, state in conditions)
    return clearance(cover, replace(empty, verdict=verdict, conditions=statuses))


def by(decision: DecisionRecord) -> Cover:
    return replace(COVERED, decision=decision)


def test_a_covered_launch_that_is_ready_goes_out() -> None:
    found = asked(Verdict.READY)
    assert (found.answer, found.why) == (Verdict.READY, "D-1 covers it until 2026-06-01")


@pytest.mark.parametrize("state", [one for one in CoverState if one is not CoverState.COVERED])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_without_cover_nothing_goes_out(state: CoverState, verdict: Verdict) -> None:
    found = asked(verdict, Cover(DECISION, state, "it says so"))
    assert (found.answer, found.why) == (Verdict.NOT_READY, "it says so")
    nobody = Cover(None, CoverState.UNDECIDED, "nobody decided")
    assert asked(verdict, nobody).answer is Verdict.NOT_READY


def test_cover_does_not_carry_a_launch_that_became_not_ready() -> None:
    found = asked(Verdict.NOT_READY)
    assert found.answer is Verdict.NOT_READY
    assert found.why == "the launch is Not ready, which D-1 did not override"
    against_advice = replace(DECISION, override_reason="The advice was timid.")
    assert asked(Verdict.NOT_READY, by(against_advice)).answer is Verdict.NOT_READY


@pytest.mark.parametrize("verdict", list(Verdict))
def test_an_override_leaves_it_to_a_person(verdict: Verdict) -> None:
    found = asked(verdict, by(OVERRIDE))
    assert found.answer is Verdict.READY_WITH_CONDITIONS
    assert found.why == "D-1 covers it, by an override: It cannot wait."


def test_a_condition_not_met_leaves_it_to_a_person_and_one_of_another_decision_does_not() -> None:
    found = asked(Verdict.READY, COVERED, (CONDITION, ConditionState.OPEN))
    assert found.answer is Verdict.READY_WITH_CONDITIONS
    assert "not met yet: C-1" in found.why
    assert asked(Verdict.READY, COVERED, (CONDITION, ConditionState.MET)).answer is Verdict.READY
    elsewhere = replace(CONDITION, decision="aurora-1/D-0")
    assert asked(Verdict.READY, COVERED, (elsewhere, ConditionState.OPEN)).answer is Verdict.READY


def test_a_verdict_with_conditions_leaves_it_to_a_person() -> None:
    found = asked(Verdict.READY_WITH_CONDITIONS)
    assert found.answer is Verdict.READY_WITH_CONDITIONS
    assert found.why == "D-1 covers it, and the launch is Ready with conditions"


def test_a_verdict_of_an_earlier_day_leaves_it_to_a_person() -> None:
    empty: LaunchState = state_of(launch_inputs())
    old = replace(empty.launch, as_of=date(2023, 9, 25))
    found = clearance(COVERED, replace(empty, launch=old, verdict=Verdict.READY))
    assert found.answer is Verdict.READY_WITH_CONDITIONS
    assert found.why == "D-1 covers it, and the launch is Ready as of 2023-09-25 only"
