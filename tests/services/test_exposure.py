"""Where the model runs: exposed under a decision, stepped back, the next stage asked for."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, ELI, FAY, GIL, HANA, TODAY
from tests.factories import AURORA, a_risk, an_assessment, stamp
from tests.services.acts import act, risk_state, state
from tests.services.decided import (
    GENERAL,
    NOWHERE,
    PREVIEW,
    STAGED,
    TESTERS,
    a_condition,
    a_decided_launch,
    a_decision,
    a_review,
    launch_version,
)
from tests.services.evidence_files import a_reviewed_launch
from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation, StaleEdit
from tracker.domain.review_words import ConditionState, ExposureStep, Outcome
from tracker.domain.reviews import ExposureRecord
from tracker.domain.words import ExposureStage, LaunchRoleName, ReviewStatus, Verdict
from tracker.services.exposure import ask_next_stage, expose, step_back
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Launch, LaunchRole

D1 = f"{AURORA}/D-1"
FOUND = "A tester got a recipe out of it."
FLIPPED = "The flag was flipped by mistake yesterday."


def exposed(store: Store, stage: ExposureStage = STAGED, reason: str = "", **fields) -> None:
    expose(store, act(ADA, reason), AURORA, stage, launch_version(store), **fields)


def back(store: Store, step: ExposureStep, after: ExposureStage = NOWHERE, actor=DANA) -> None:
    step_back(store, act(actor, FOUND), AURORA, step, after)


def steps(store: Store) -> tuple[ExposureRecord, ...]:
    with store.reading() as session:
        return queries.exposure_records(session, [AURORA])


def runs_at(store: Store) -> ExposureStage:
    return state(store).launch.exposure_now


def test_an_exposure_names_the_decision_that_covers_it(store):
    a_decided_launch(store)
    exposed(store)
    (step,) = steps(store)
    assert (step.step, step.before, step.after) == (ExposureStep.EXPOSE, NOWHERE, STAGED)
    assert (step.decision, step.covered, step.recorded_by) == (D1, True, "ada")
    assert runs_at(store) is STAGED
    standing = state(store).standing
    assert standing is not None
    assert not standing.uncovered


def test_without_a_decision_nothing_goes_out(store):
    a_reviewed_launch(store)
    with pytest.raises(RuleViolation, match="nobody has decided"):
        exposed(store)
    assert runs_at(store) is NOWHERE
    assert steps(store) == ()


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ({"outcome": Outcome.NO_GO, "stage": NOWHERE, "until": None}, "says “no-go”"),
        ({"stage": PREVIEW}, "no stage beyond limited preview"),
        ({"model_version": "v0"}, "is about v0"),
        ({"configuration": "without filters"}, "without filters"),
        ({"until": TODAY - timedelta(days=1)}, "covered until"),
        ({"decided_by": "hana"}, "is not approver now"),
    ],
)
def test_what_the_decision_does_not_cover_is_refused(store, decision, why):
    a_decided_launch(store, **decision)
    with pytest.raises(RuleViolation, match=why):
        exposed(store)
    assert steps(store) == ()


def test_a_stage_within_the_decision_may_come_first(store):
    a_decided_launch(store)
    exposed(store, TESTERS)
    exposed(store, STAGED)
    assert [(step.before, step.after) for step in steps(store)] == [
        (NOWHERE, TESTERS),
        (TESTERS, STAGED),
    ]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ({"blocking": True}, "C-1 is open, and blocks"),
        ({"due": TODAY - timedelta(days=1)}, "C-1 is overdue"),
        (
            {"state": ConditionState.BREACHED, "settled_by": "ben", "settled_on": TODAY},
            "C-1 is breached",
        ),
    ],
)
def test_a_condition_in_the_way_keeps_the_model_in(store, condition, why):
    a_condition(store, a_decided_launch(store), **condition)
    with pytest.raises(RuleViolation, match=why):
        exposed(store)


def test_a_launch_that_became_not_ready_goes_nowhere_under_a_decision_that_did_not_know(store):
    a_decided_launch(store, gate_result=Verdict.READY, override_reason="")
    with pytest.raises(RuleViolation, match="Not ready, which D-1 did not override"):
        exposed(store)
    exposed(store, STAGED, FLIPPED, uncovered=True)
    assert [(step.decision, step.covered) for step in steps(store)] == [(None, False)]


def test_a_blocking_change_after_the_decision_keeps_the_model_in(store):
    a_decided_launch(store)
    with store.writing(stamp()) as session:
        owner = session.get_one(LaunchRole, (AURORA, LaunchRoleName.LAUNCH_OWNER))
        owner.person = "hana"
    with pytest.raises(RuleViolation, match="a blocking change came after it"):
        expose(store, act(BEN), AURORA, STAGED, launch_version(store))
    assert steps(store) == ()


def test_a_historical_launch_goes_nowhere_once_its_decision_ran_out(store):
    a_reviewed_launch(store, as_of=TODAY - timedelta(days=40))
    a_decision(store, until=TODAY - timedelta(days=1))
    with pytest.raises(RuleViolation, match="covered until"):
        exposed(store)


def test_a_condition_met_before_exposure_lets_it_out(store):
    met = {"state": ConditionState.MET, "settled_by": "hana", "settled_on": TODAY}
    a_condition(store, a_decided_launch(store), blocking=True, **met)
    exposed(store)
    assert runs_at(store) is STAGED


def test_what_happened_uncovered_is_recorded_as_that_with_a_reason(store):
    a_reviewed_launch(store)
    with pytest.raises(InvalidInput, match="reason"):
        exposed(store, uncovered=True)
    exposed(store, STAGED, FLIPPED, uncovered=True)
    (step,) = steps(store)
    assert (step.decision, step.covered, step.reason) == (None, False, FLIPPED)
    standing = state(store).standing
    assert standing is not None
    assert standing.uncovered


def test_what_a_decision_covers_is_not_recorded_as_uncovered(store):
    a_decided_launch(store)
    exposed(store, STAGED, FLIPPED, uncovered=True)
    assert [(step.decision, step.covered) for step in steps(store)] == [(D1, True)]


@pytest.mark.parametrize("stage", [STAGED, PREVIEW, NOWHERE])
def test_exposing_is_always_wider(store, stage):
    a_decided_launch(store)
    exposed(store)
    with pytest.raises(RuleViolation, match="is not wider"):
        exposed(store, stage)


@pytest.mark.parametrize("actor", [CLEO, DANA, ELI, FAY, GIL, HANA])
def test_who_has_no_right_records_no_exposure(sqlite_store, actor):
    a_decided_launch(sqlite_store)
    with pytest.raises(NotPermitted):
        expose(sqlite_store, act(actor), AURORA, STAGED, 2)


def test_a_pause_that_somebody_has_not_seen_is_not_undone(store):
    a_decided_launch(store)
    exposed(store)
    seen = launch_version(store)
    back(store, ExposureStep.PAUSE)
    with pytest.raises(StaleEdit):
        expose(store, act(ADA), AURORA, STAGED, seen)
    assert runs_at(store) is NOWHERE


@pytest.mark.parametrize("actor", [ADA, BEN, DANA, ELI, FAY, GIL, HANA])
def test_anybody_with_a_duty_pauses_at_once(sqlite_store, actor):
    store = sqlite_store
    a_decided_launch(store)
    exposed(store)
    back(store, ExposureStep.PAUSE, TESTERS, actor)
    last = steps(store)[-1]
    assert (last.step, last.before, last.after) == (ExposureStep.PAUSE, STAGED, TESTERS)
    assert (last.decision, last.covered, last.reason) == (None, True, FOUND)
    assert runs_at(store) is TESTERS


def test_a_step_back_needs_a_duty_and_a_reason(store):
    a_decided_launch(store)
    exposed(store)
    with pytest.raises(NotPermitted):
        back(store, ExposureStep.PAUSE, actor=CLEO)
    with pytest.raises(InvalidInput, match="reason"):
        step_back(store, act(DANA), AURORA, ExposureStep.PAUSE)
    assert runs_at(store) is STAGED


@pytest.mark.parametrize("step", [ExposureStep.PAUSE, ExposureStep.ROLL_BACK])
def test_a_step_back_is_always_narrower(store, step):
    a_decided_launch(store)
    exposed(store)
    for stage in (STAGED, GENERAL):
        with pytest.raises(RuleViolation, match="is no step back"):
            back(store, step, stage)
    with pytest.raises(InvalidInput, match="no step back"):
        back(store, ExposureStep.EXPOSE)


def test_after_a_pause_the_decision_still_covers_a_new_exposure(store):
    a_decided_launch(store)
    exposed(store)
    back(store, ExposureStep.PAUSE)
    exposed(store)
    assert [step.step for step in steps(store)] == [
        ExposureStep.EXPOSE,
        ExposureStep.PAUSE,
        ExposureStep.EXPOSE,
    ]


def test_withdrawing_ends_what_the_decision_covers(store):
    a_decided_launch(store)
    exposed(store)
    back(store, ExposureStep.WITHDRAW)
    assert (runs_at(store), steps(store)[-1].decision) == (NOWHERE, D1)
    standing = state(store).standing
    assert standing is not None
    assert not standing.cover.covers
    with pytest.raises(RuleViolation, match="was withdrawn"):
        exposed(store)


def test_a_decision_is_withdrawn_before_anything_went_out(store):
    a_decided_launch(store)
    back(store, ExposureStep.WITHDRAW)
    with pytest.raises(RuleViolation, match="was withdrawn"):
        exposed(store)


def test_what_nobody_let_out_cannot_be_withdrawn(store):
    a_reviewed_launch(store)
    with pytest.raises(RuleViolation, match="runs nowhere"):
        back(store, ExposureStep.WITHDRAW)


def test_a_withdrawn_model_runs_nowhere(store):
    a_decided_launch(store)
    exposed(store)
    with pytest.raises(InvalidInput, match="runs nowhere"):
        back(store, ExposureStep.WITHDRAW, TESTERS)


def test_a_step_back_is_about_the_version_that_runs(store):
    a_decided_launch(store)
    exposed(store)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    back(store, ExposureStep.PAUSE, TESTERS)
    assert steps(store)[-1].model_version == "v1"


def test_the_next_stage_opens_assessments_and_the_work_again(store):
    a_decided_launch(store)
    risk = a_risk(store)
    an_assessment(store, risk)
    ask_next_stage(
        store, act(ADA, "The rollout went well."), AURORA, GENERAL, launch_version(store)
    )
    launch = state(store).launch
    assert (launch.exposure_asked, launch.review_status) == (GENERAL, ReviewStatus.ASSESSING)
    assert risk_state(store, risk).outdated
    standing = state(store).standing
    assert standing is not None
    assert not standing.cover.covers


def test_what_was_decided_for_the_last_stage_covers_it_still(store):
    a_decided_launch(store)
    exposed(store)
    ask_next_stage(store, act(ADA, "It went well."), AURORA, GENERAL, launch_version(store))
    standing = state(store).standing
    assert standing is not None
    assert not standing.uncovered
    with pytest.raises(RuleViolation, match="no stage beyond staged rollout"):
        exposed(store, GENERAL)


def test_asking_for_the_next_stage_needs_a_reason_a_right_and_a_wider_stage(store):
    a_decided_launch(store)
    version = launch_version(store)
    with pytest.raises(InvalidInput, match="reason"):
        ask_next_stage(store, act(ADA), AURORA, GENERAL, version)
    with pytest.raises(NotPermitted):
        ask_next_stage(store, act(DANA, "It went well."), AURORA, GENERAL, version)
    with pytest.raises(StaleEdit):
        ask_next_stage(store, act(ADA, "It went well."), AURORA, GENERAL, version - 1)
    for stage in (STAGED, PREVIEW):
        with pytest.raises(RuleViolation, match="is not wider"):
            ask_next_stage(store, act(ADA, "It went well."), AURORA, stage, version)


def test_no_stage_is_asked_for_while_a_review_is_open(store):
    a_decided_launch(store)
    review = a_review(store, closed=False)
    with pytest.raises(RuleViolation, match=f"{review} is open"):
        ask_next_stage(store, act(ADA, "It went well."), AURORA, GENERAL, launch_version(store))


def test_a_draft_that_asks_for_more_stays_a_draft(store):
    a_reviewed_launch(store)
    ask_next_stage(store, act(ADA, "It was forgotten."), AURORA, GENERAL, launch_version(store))
    assert state(store).launch.review_status is ReviewStatus.DRAFT


def test_recording_the_same_request_again_records_once(store):
    a_decided_launch(store)
    once, version = act(ADA, request_id="the-same"), launch_version(store)
    assert expose(store, once, AURORA, STAGED, version) == expose(
        store, once, AURORA, STAGED, version
    )
    assert len(steps(store)) == 1
