"""A decision covers what it says and no more, and carries only while what it rests on holds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.decided import (
    a_condition,
    a_decision,
    an_acceptance,
    an_exposure,
    met,
)
from tests.readiness.gates import APPROVER, GATED_LAUNCH, OFFICER, moment
from tests.readiness.launches import LAUNCH, TODAY, launch_inputs, state_of
from tests.readiness.signed import a_recommendation, a_sign_off
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.review_state import Cover
from tracker.domain.review_words import (
    Capacity,
    ConditionState,
    CoverState,
    ExposureStep,
    Outcome,
    Vote,
)
from tracker.domain.state import LaunchInputs
from tracker.domain.words import ExposureStage, LaunchRoleName, ReviewStatus
from tracker.readiness.standing import cover_of, standing_of

STAGE = LAUNCH.exposure_asked
DECIDED = replace(GATED_LAUNCH, review_status=ReviewStatus.DECIDED)
RUNNING = replace(DECIDED, exposure_now=STAGE)


def stored(launch: LaunchRecord = DECIDED, **more: Any) -> LaunchInputs:
    """A launch that was let out yesterday, unless said otherwise."""
    records: dict[str, Any] = {"decisions": (a_decision(),)} | more
    return launch_inputs(launch=launch, **records)


def cover(inputs: LaunchInputs, stage: ExposureStage = STAGE, days: int = 0) -> Cover:
    return cover_of(inputs, inputs.launch.release, stage, TODAY + timedelta(days=days))


def test_nothing_is_covered_before_somebody_decides():
    found = cover(stored(decisions=()))
    assert (found.state, found.covers, found.decision) == (CoverState.UNDECIDED, False, None)


def test_a_decision_covers_its_release_until_the_end_of_its_last_day():
    assert cover(stored()).covers
    assert cover(stored(), days=100).covers
    late = cover(stored(), days=101)
    assert (late.state, late.covers) == (CoverState.EXPIRED, False)


@pytest.mark.parametrize("stage", ExposureStage)
def test_it_covers_its_stage_and_the_narrower_ones_only(stage):
    decided = a_decision(exposure_stage=ExposureStage.LIMITED_PREVIEW)
    found = cover(stored(decisions=(decided,)), stage)
    assert found.covers is (stage.order <= ExposureStage.LIMITED_PREVIEW.order)
    if not found.covers:
        assert found.state is CoverState.BEYOND_STAGE


@pytest.mark.parametrize(("version", "configuration"), [("v2", "as shipped"), ("v1", "another")])
def test_it_covers_no_other_version_and_no_other_configuration(version, configuration):
    release = Release(version, configuration, STAGE)
    assert cover_of(stored(), release, STAGE, TODAY).state is CoverState.OTHER_RELEASE


@pytest.mark.parametrize("outcome", [one for one in Outcome if not one.lets_out])
def test_a_later_decision_that_lets_nothing_out_takes_the_cover_away(outcome):
    found = cover(stored(decisions=(a_decision(2, outcome=outcome), a_decision(1))))
    assert found.state is CoverState.NOT_LET_OUT
    assert found.why == f"D-2 says “{outcome}”"


def test_a_withdrawn_decision_covers_nothing_and_another_one_may():
    taken_back = an_exposure(ExposureStage.NONE, step=ExposureStep.WITHDRAW, reason="it leaks")
    found = cover(stored(exposures=(taken_back,)))
    assert (found.state, found.why) == (CoverState.NOT_LET_OUT, "D-1 was withdrawn: it leaks")
    again = stored(exposures=(taken_back,), decisions=(a_decision(1), a_decision(2)))
    assert cover(again).covers


@pytest.mark.parametrize(
    "condition",
    [
        a_condition(state=ConditionState.BREACHED),
        a_condition(due=TODAY - timedelta(days=1)),
        a_condition(blocking=True),
        met("dana", blocking=True),
    ],
)
def test_a_condition_that_is_breached_overdue_or_blocks_suspends_it(condition):
    found = cover(stored(conditions=(condition,)))
    assert found.state is CoverState.SUSPENDED
    assert "C-1 is" in found.why


@pytest.mark.parametrize(
    "condition",
    [a_condition(), a_condition(due=TODAY), met(blocking=True), a_condition(decision=None)],
)
def test_an_open_condition_within_its_time_does_not(condition):
    assert cover(stored(conditions=(condition,))).covers


def test_a_failure_condition_that_came_true_after_the_decision_suspends_it():
    for day, state in (
        (TODAY, CoverState.SUSPENDED),
        (TODAY - timedelta(days=1), CoverState.SUSPENDED),
        (TODAY - timedelta(days=2), CoverState.COVERED),
    ):
        found = stored(acceptances=(an_acceptance(fired_on=day, ended_by="ben"),))
        assert cover(found).state is state


def test_it_is_suspended_once_the_launch_is_about_another_version():
    moved_on = stored(replace(DECIDED, model_version="v2"))
    found = cover_of(moved_on, LAUNCH.release, STAGE, TODAY)
    assert found.state is CoverState.SUSPENDED


def test_it_is_suspended_once_approver_or_officer_hand_their_role_over():
    signed = a_sign_off(OFFICER, Capacity.RESPONSIBLE_OFFICER)
    for role in (LaunchRoleName.APPROVER, LaunchRoleName.RESPONSIBLE_OFFICER):
        launch = replace(DECIDED, holders={**DECIDED.holders, role: "eli"})
        found = cover(stored(launch, sign_offs=(signed,)))
        assert (found.state, found.why) == (
            CoverState.SUSPENDED,
            f"D-1 is suspended: who signed as {role} is not {role} now",
        )


def test_asking_for_the_next_stage_leaves_what_is_covered():
    asking = replace(DECIDED, exposure_asked=ExposureStage.GENERAL_AVAILABILITY)
    assert cover(stored(asking)).covers
    assert standing_of(stored(asking), TODAY).cover.state is CoverState.BEYOND_STAGE


def test_what_runs_nowhere_is_not_exposed_and_what_runs_undecided_is_uncovered():
    assert standing_of(stored(), TODAY).exposed is None
    found = standing_of(stored(RUNNING, decisions=()), TODAY)
    assert found.exposed is not None
    assert (found.exposed.state, found.uncovered) == (CoverState.UNDECIDED, True)
    assert not standing_of(stored(RUNNING, exposures=(an_exposure(),)), TODAY).uncovered


def test_what_runs_is_the_version_of_the_latest_step():
    older = an_exposure(model_version="v0")
    found = standing_of(stored(RUNNING, exposures=(older,)), TODAY)
    assert found.uncovered
    newer = an_exposure(id=2)
    assert not standing_of(stored(RUNNING, exposures=(newer, older)), TODAY).uncovered


def test_what_was_decided_comes_up_again_once_it_no_longer_carries():
    def status(inputs: LaunchInputs, days: int = 0) -> ReviewStatus:
        return standing_of(inputs, TODAY + timedelta(days=days)).review_status

    fired = an_acceptance(fired_on=TODAY, ended_by="ben")
    assert status(stored()) is ReviewStatus.DECIDED
    assert status(stored(), days=101) is ReviewStatus.REASSESSMENT
    assert status(stored(acceptances=(fired,))) is ReviewStatus.REASSESSMENT
    assert status(stored(RUNNING, decisions=())) is ReviewStatus.REASSESSMENT
    against = stored(decisions=(a_decision(outcome=Outcome.NO_GO),))
    assert status(against, days=101) is ReviewStatus.DECIDED
    working = stored(replace(RUNNING, review_status=ReviewStatus.MITIGATING), decisions=())
    assert status(working) is ReviewStatus.MITIGATING


def test_a_historical_launch_is_read_as_of_its_own_day():
    launch = replace(RUNNING, as_of=TODAY)
    past = stored(launch, decisions=(a_decision(until=TODAY),))
    standing = state_of(past).standing
    assert standing is not None
    assert standing.review_status is ReviewStatus.DECIDED
    assert standing.cover.covers


def test_the_latest_review_is_the_one_of_the_highest_number():
    advice = tuple(
        a_recommendation(review=f"launch/REV-{number}", id=id_)
        for id_, number in ((3, 9), (1, 10), (2, 10))
    )
    found = standing_of(stored(decisions=(), recommendations=advice), TODAY)
    assert found.recommendation is not None
    assert found.recommendation.id == 2


def test_an_objection_counts_until_its_author_signs_again():
    objection = a_sign_off("lena", Capacity.AREA_LEAD, Vote.OBJECT, area="cbrn")
    other_seat = a_sign_off("lena", Capacity.REVIEWER, id=2)
    again = a_sign_off("lena", Capacity.AREA_LEAD, area="cbrn", id=3)
    standing = standing_of(stored(sign_offs=(objection, other_seat)), TODAY)
    assert standing.objections == (objection,)
    assert standing_of(stored(sign_offs=(objection, again)), TODAY).objections == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Outcome),
            st.sampled_from(["v1", "v0"]),
            st.sampled_from(ExposureStage),
            st.integers(-5, 5),
        ),
        max_size=4,
    ),
    st.sampled_from(ExposureStage),
    st.integers(-6, 6),
)
def test_cover_never_goes_beyond_the_latest_decision(decided, stage, days):
    decisions = tuple(
        a_decision(
            number,
            outcome=outcome,
            model_version=version,
            exposure_stage=at,
            until=TODAY + timedelta(days=until),
            decided_at=moment(9),
            decided_by=APPROVER,
        )
        for number, (outcome, version, at, until) in enumerate(decided, start=1)
    )
    found = cover(stored(decisions=decisions), stage, days)
    if found.covers:
        latest = decisions[-1]
        assert found.decision == latest
        assert latest.outcome.lets_out
        assert latest.release[:2] == LAUNCH.release[:2]
        assert stage.order <= latest.exposure_stage.order
        assert latest.until is not None
        assert TODAY + timedelta(days=days) <= latest.until
