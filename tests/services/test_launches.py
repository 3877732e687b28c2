"""Registering, editing and cloning launches, and deciding their scope."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, TODAY
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
    stamp,
)
from tests.services.acts import a_launch_draft, act, risk_state, state
from tracker.domain.drafts import LaunchChange, ScopeDraft
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
    TransitionNotAllowed,
)
from tracker.domain.words import (
    Applicability,
    AreaState,
    ExposureStage,
    Level,
    MitigationStatus,
    ReasonCode,
    ReviewStatus,
    Verdict,
)
from tracker.services.history import history
from tracker.services.launches import clone_launch, create_launch, edit_launch
from tracker.services.scope import confirm_scope, decide_scope
from tracker.store.engine import Store
from tracker.store.tables import Launch

PRIVACY_OUT = ScopeDraft(
    area="privacy", applicability=Applicability.NOT_APPLICABLE, reason="No personal data."
)

OTHER_REASON = PRIVACY_OUT.model_copy(update={"reason": "Another reason."})


def area_state(store, code: str, launch: str = AURORA) -> AreaState:
    return next(a.state for a in state(store, launch).areas if a.area.code == code)


def test_a_new_launch_is_a_draft_that_is_not_ready(store):
    key = create_launch(store, act(ADA), a_launch_draft())
    found = state(store, key)
    assert found.launch.review_status is ReviewStatus.DRAFT
    assert found.verdict is Verdict.NOT_READY
    assert {area.state for area in found.areas} == {AreaState.UNDECIDED}


def test_a_person_without_the_role_cannot_create_a_launch(store):
    with pytest.raises(NotPermitted, match="Cleo may not create a launch"):
        create_launch(store, act(CLEO), a_launch_draft())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"owner": "nobody-here"}, "launch owner"),
        ({"target_date": TODAY - timedelta(days=1)}, "target_date"),
        ({"as_of": TODAY + timedelta(days=1)}, "as_of"),
    ],
)
def test_a_launch_with_a_wrong_field_is_refused_by_name(store, fields, field):
    with pytest.raises(InvalidInput) as refused:
        create_launch(store, act(ADA), a_launch_draft(**fields))
    assert field in refused.value.fields


def test_a_taken_key_or_name_is_refused(store):
    a_launch(store)
    with pytest.raises(InvalidInput, match="is taken by another launch"):
        create_launch(store, act(ADA), a_launch_draft(AURORA))
    with pytest.raises(InvalidInput, match="is the name of another launch"):
        create_launch(store, act(ADA), a_launch_draft(name="aurora 1"))


def test_nothing_is_saved_when_a_scope_decision_of_a_new_launch_is_wrong(store):
    unknown = ScopeDraft(area="no-such-area", applicability=Applicability.IN_SCOPE)
    with pytest.raises(InvalidInput, match="is not a policy area"):
        create_launch(store, act(ADA), a_launch_draft(), [PRIVACY_OUT, unknown])
    with pytest.raises(NotFound):
        state(store, "borealis-1")


def test_the_same_request_creates_one_launch(store):
    first = create_launch(store, act(ADA, request_id="once"), a_launch_draft())
    assert create_launch(store, act(ADA, request_id="once"), a_launch_draft()) == first


def test_an_exclusion_settles_nothing_until_somebody_else_confirms_it(store):
    a_launch(store)
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    assert area_state(store, "privacy") is AreaState.UNCONFIRMED
    with pytest.raises(SelfApproval):
        confirm_scope(store, act(ADA), AURORA, "privacy", 1)
    confirm_scope(store, act(BEN), AURORA, "privacy", 1)
    assert area_state(store, "privacy") is AreaState.NOT_APPLICABLE


def test_the_one_who_decided_cannot_confirm(store):
    a_launch(store)
    decide_scope(store, act(BEN), AURORA, [PRIVACY_OUT])
    with pytest.raises(SelfApproval):
        confirm_scope(store, act(BEN), AURORA, "privacy", 1)


def test_a_changed_decision_loses_its_confirmation(store):
    a_launch(store)
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    confirm_scope(store, act(BEN), AURORA, "privacy", 1)
    decide_scope(store, act(ADA), AURORA, [OTHER_REASON], {"privacy": 2})
    assert area_state(store, "privacy") is AreaState.UNCONFIRMED


def test_nobody_confirms_a_reason_that_they_have_not_read(store):
    a_launch(store)
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    decide_scope(store, act(ADA), AURORA, [OTHER_REASON], {"privacy": 1})
    with pytest.raises(StaleEdit):
        confirm_scope(store, act(BEN), AURORA, "privacy", 1)
    assert area_state(store, "privacy") is AreaState.UNCONFIRMED


@pytest.mark.parametrize("seen", [{}, {"privacy": 2}])
def test_of_two_decisions_about_an_area_the_second_is_refused(store, seen):
    a_launch(store)
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    with pytest.raises(StaleEdit, match="privacy of aurora-1"):
        decide_scope(store, act(BEN), AURORA, [OTHER_REASON], seen)


@pytest.mark.parametrize("where", [{"area": "privacy"}, {"touches": ("privacy",)}])
@pytest.mark.parametrize("left_out", [Applicability.NOT_APPLICABLE, Applicability.NONE_FOUND])
def test_an_area_with_an_open_risk_cannot_be_left_out(store, where, left_out):
    a_launch(store)
    a_risk(store, **where)
    draft = PRIVACY_OUT.model_copy(update={"applicability": left_out})
    with pytest.raises(InvalidInput, match="R-1 in it is open"):
        decide_scope(store, act(ADA), AURORA, [draft])
    assert area_state(store, "privacy") is AreaState.UNDECIDED


def test_an_area_whose_risks_are_closed_can_be_left_out(store):
    a_launch(store)
    a_closed_risk(store, area="privacy")
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    assert area_state(store, "privacy") is AreaState.UNCONFIRMED


def test_an_area_in_scope_has_nothing_to_confirm(store):
    a_launch(store)
    decide_scope(
        store, act(ADA), AURORA, [ScopeDraft(area="cbrn", applicability=Applicability.IN_SCOPE)]
    )
    with pytest.raises(RuleViolation, match="nothing to confirm"):
        confirm_scope(store, act(BEN), AURORA, "cbrn", 1)


def test_another_model_version_outdates_assessments_and_verifications(store):
    a_launch(store)
    ref = a_risk(store)
    an_assessment(store, ref)
    shield = a_mitigation(store, {ref: (0.5, 0.7, 0.9)})
    a_placement(store, shield, status=MitigationStatus.VERIFIED)
    a_verification(store, shield, ref, 0.5)
    before = risk_state(store, ref)
    edit_launch(
        store, act(ADA), AURORA, LaunchChange(model_version="v2"), state(store).launch.version
    )
    after = risk_state(store, ref)
    assert (before.outdated, after.outdated) == (False, True)
    assert (before.current.remain, after.current.remain) == (0.5, 1.0)


def test_the_second_of_two_edits_is_refused(store):
    a_launch(store)
    version = state(store).launch.version
    edit_launch(store, act(ADA), AURORA, LaunchChange(summary="First."), version)
    with pytest.raises(StaleEdit):
        edit_launch(store, act(ADA), AURORA, LaunchChange(summary="Second."), version)
    assert state(store).launch.summary == "First."


def test_a_review_status_cannot_be_jumped(store):
    a_launch(store)
    with pytest.raises(TransitionNotAllowed, match="it may go to “scoping”"):
        edit_launch(store, act(ADA), AURORA, LaunchChange(review_status=ReviewStatus.DECIDED), 1)


def test_somebody_else_cannot_edit_the_launch(store):
    a_launch(store)
    with pytest.raises(NotPermitted):
        edit_launch(store, act(DANA), AURORA, LaunchChange(summary="Mine now."), 1)


BY_A_REVIEW = [
    (before, after)
    for before in ReviewStatus
    for after in ReviewStatus
    if before is not after
    and (ReviewStatus.IN_REVIEW in (before, after) or after is ReviewStatus.DECIDED)
]


def test_no_edit_begins_or_ends_a_review_or_decides(sqlite_store):
    a_launch(sqlite_store)
    for before, after in BY_A_REVIEW:
        with sqlite_store.writing(stamp()) as session:
            session.get_one(Launch, AURORA).review_status = before
        with pytest.raises(TransitionNotAllowed):
            edited(sqlite_store, review_status=after)


def test_a_decided_launch_is_reopened_for_work_with_a_reason_only(store):
    a_launch(store, review_status=ReviewStatus.DECIDED)
    with pytest.raises(InvalidInput, match="reopening a decided launch"):
        edited(store, review_status=ReviewStatus.REASSESSMENT)
    edited(store, "A flaw was reported.", review_status=ReviewStatus.REASSESSMENT)
    assert state(store).launch.review_status is ReviewStatus.REASSESSMENT


@pytest.mark.parametrize("status", [ReviewStatus.IN_REVIEW, ReviewStatus.DECIDED])
def test_once_a_review_began_no_edit_asks_for_a_wider_stage(store, status):
    a_launch(store, review_status=status)
    with pytest.raises(RuleViolation, match="asks for staged rollout"):
        edited(store, exposure_asked=ExposureStage.OPEN_WEIGHTS)
    edited(store, exposure_asked=ExposureStage.LIMITED_PREVIEW)
    assert state(store).launch.exposure_asked is ExposureStage.LIMITED_PREVIEW


def test_an_edit_cannot_say_where_the_model_runs():
    with pytest.raises(ValueError, match="exposure_now"):
        LaunchChange.model_validate({"exposure_now": ExposureStage.NONE})


def edited(store: Store, reason: str = "", **change: object) -> None:
    version = state(store).launch.version
    edit_launch(store, act(ADA, reason), AURORA, LaunchChange.model_validate(change), version)


def test_a_clone_carries_risks_and_unverified_mitigations_and_nothing_judged(store):
    a_launch(store)
    ref, gone = a_risk(store), a_closed_risk(store)
    an_assessment(store, ref)
    decide_scope(store, act(ADA), AURORA, [PRIVACY_OUT])
    shield = a_mitigation(store, {ref: (0.5, 0.7, 0.9)})
    a_placement(store, shield, status=MitigationStatus.VERIFIED)
    a_verification(store, shield, ref, 0.5)

    clone = state(store, clone_launch(store, act(ADA), AURORA, a_launch_draft()))

    assert clone.launch.cloned_from == AURORA
    assert [risk.risk.title for risk in clone.risks] == [risk_state(store, ref).risk.title]
    assert gone not in {risk.ref for risk in clone.risks}
    assert clone.risks[0].current.level is Level.UNASSESSED
    assert clone.mitigations[0].placement.status is MitigationStatus.IN_PROGRESS
    assert not clone.mitigations[0].verified_now
    assert {area.state for area in clone.areas} == {AreaState.UNDECIDED}


def test_a_clone_takes_no_mandatory_mark_away(store):
    a_launch(store)
    shield, other = a_mitigation(store), a_mitigation(store)
    a_placement(store, shield, status=MitigationStatus.REJECTED, mandatory=True)
    a_placement(store, other, status=MitigationStatus.REJECTED)
    clone = state(store, clone_launch(store, act(ADA), AURORA, a_launch_draft()))
    assert [item.mitigation.ref for item in clone.mitigations] == [shield]
    assert ReasonCode.MANDATORY_NOT_VERIFIED in {reason.code for reason in clone.reasons}


def test_every_change_says_who_and_what(store):
    a_launch(store)
    edit_launch(store, act(ADA, "typo"), AURORA, LaunchChange(summary="Better."), 1)
    newest = history(store, subject=AURORA)[0]
    assert (newest.actor, newest.reason) == ("ada", "typo")
    assert newest.fields["summary"] == ("", "Better.")
