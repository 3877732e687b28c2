"""Drafts that count for nothing, submissions that stay, and who waits for what."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, ELI, NOW
from tests.factories import AURORA, a_closed_risk, a_launch, a_risk, an_assessment
from tests.services.acts import a_submission, act, risk_state, state
from tracker.domain.drafts import LaunchChange, PartialAssessment
from tracker.domain.errors import InvalidInput, NotFound, NotPermitted, RuleViolation
from tracker.domain.words import Factor, Level, ReviewStatus
from tracker.services.assessments import (
    confirm_assessment,
    find_draft,
    queue_for,
    renew_draft,
    save_draft,
    submit_assessment,
)
from tracker.services.history import chain_state, history
from tracker.services.launches import edit_launch
from tracker.store.queries import risk_assessments

HALF_MADE = PartialAssessment(picks={Factor.SEVERITY: 4}, reasons={Factor.SEVERITY: "Lasting."})


def test_a_draft_is_kept_for_its_author_and_counts_for_nothing(store):
    a_launch(store)
    ref = a_risk(store)
    before = chain_state(store)
    save_draft(store, DANA, ref, HALF_MADE, NOW)
    draft = find_draft(store, DANA, ref)
    assert draft is not None
    assert draft.picks == {Factor.SEVERITY: 4}
    assert draft.reasons == {Factor.SEVERITY: "Lasting."}
    assert find_draft(store, ELI, ref) is None
    assert risk_state(store, ref).current.level is Level.UNASSESSED
    assert chain_state(store) == before


def test_a_later_draft_replaces_the_earlier(store):
    a_launch(store)
    ref = a_risk(store)
    save_draft(store, DANA, ref, HALF_MADE, NOW)
    save_draft(store, DANA, ref, PartialAssessment(rationale="On second thoughts"), NOW)
    draft = find_draft(store, DANA, ref)
    assert draft is not None
    assert (draft.picks, draft.rationale) == ({}, "On second thoughts")


def test_submitting_scores_the_risk_and_forgets_the_draft(store):
    a_launch(store)
    ref = a_risk(store)
    save_draft(store, DANA, ref, HALF_MADE, NOW)
    submit_assessment(store, act(DANA), ref, a_submission((4, 4, 3, 3, 2)))
    assert find_draft(store, DANA, ref) is None
    assert risk_state(store, ref).current.harm_score == pytest.approx(7.35)


def test_picks_made_for_another_release_are_looked_at_again_before_they_count(store):
    a_launch(store)
    ref = a_risk(store)
    save_draft(store, DANA, ref, HALF_MADE, NOW)
    edit_launch(store, act(ADA), AURORA, LaunchChange(model_version="v2"), 1)
    save_draft(store, DANA, ref, HALF_MADE, NOW)
    with pytest.raises(RuleViolation, match="You began to judge v1"):
        submit_assessment(store, act(DANA), ref, a_submission())
    assert risk_state(store, ref).current.level is Level.UNASSESSED
    renew_draft(store, DANA, ref, NOW)
    submit_assessment(store, act(DANA), ref, a_submission())
    assert not risk_state(store, ref).outdated


def test_only_a_draft_that_is_there_can_be_renewed(store):
    a_launch(store)
    ref = a_risk(store)
    with pytest.raises(NotFound):
        renew_draft(store, DANA, ref, NOW)


def test_a_double_click_makes_one_assessment(store):
    a_launch(store)
    ref = a_risk(store)
    for _click in range(2):
        submit_assessment(store, act(DANA, request_id="once"), ref, a_submission())
    with store.reading() as session:
        assert len(risk_assessments(session, ref)) == 1


def test_a_new_assessment_supersedes_and_the_old_one_stays(store):
    a_launch(store)
    ref = a_risk(store)
    an_assessment(store, ref, DANA, (5, 5, 5, 5, 5), at=NOW - timedelta(days=1))
    submit_assessment(store, act(DANA), ref, a_submission((1, 1, 1, 1, 1)))
    assert [s.assessment.picks.severity for s in risk_state(store, ref).scores] == [1]
    with store.reading() as session:
        assert len(risk_assessments(session, ref)) == 2


def test_the_risk_takes_the_upper_median_of_its_assessors(store):
    a_launch(store)
    ref = a_risk(store)
    an_assessment(store, ref, DANA, (2, 2, 2, 2, 2))
    submit_assessment(store, act(ELI), ref, a_submission((4, 4, 4, 4, 4)))
    found = risk_state(store, ref)
    assert found.central_harm is not None
    assert found.central_harm.assessment.assessor == "eli"


def test_the_launch_owner_alone_leaves_a_risk_unassessed(store):
    a_launch(store)
    ref = a_risk(store)
    submit_assessment(store, act(ADA), ref, a_submission())
    assert risk_state(store, ref).current.level is Level.UNASSESSED


def test_a_viewer_cannot_assess(store):
    a_launch(store)
    ref = a_risk(store)
    with pytest.raises(NotPermitted):
        submit_assessment(store, act(CLEO), ref, a_submission())
    with pytest.raises(NotPermitted):
        save_draft(store, CLEO, ref, HALF_MADE, NOW)


def test_a_closed_risk_cannot_be_assessed(store):
    a_launch(store)
    ref = a_closed_risk(store)
    with pytest.raises(RuleViolation, match="is closed"):
        submit_assessment(store, act(DANA), ref, a_submission())


def outdated(store) -> tuple[str, int]:
    a_launch(store)
    ref = a_risk(store)
    identity = an_assessment(store, ref, DANA, at=NOW - timedelta(days=1))
    edit_launch(store, act(ADA), AURORA, LaunchChange(model_version="v2"), 1)
    return ref, identity


def test_confirming_with_a_reason_makes_an_outdated_assessment_current(store):
    ref, identity = outdated(store)
    assert risk_state(store, ref).outdated
    confirm_assessment(store, act(BEN, "Same weights, new name."), ref, identity)
    found = risk_state(store, ref)
    assert not found.outdated
    assert found.scores[0].assessment.assessor == "dana"
    newest = history(store, subject=ref)[0]
    assert (newest.actor, newest.reason) == ("ben", "Same weights, new name.")


def test_confirming_needs_a_reason_and_not_the_launch_owner(store):
    ref, identity = outdated(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        confirm_assessment(store, act(BEN), ref, identity)
    with pytest.raises((RuleViolation, NotPermitted)):
        confirm_assessment(store, act(ADA, "Trust me."), ref, identity)


def test_only_an_outdated_latest_assessment_can_be_confirmed(store):
    a_launch(store)
    ref = a_risk(store)
    identity = an_assessment(store, ref)
    with pytest.raises(RuleViolation, match="nothing to confirm"):
        confirm_assessment(store, act(BEN, "Sure."), ref, identity)
    with pytest.raises(InvalidInput, match="latest assessment"):
        confirm_assessment(store, act(BEN, "Sure."), ref, identity + 1)


def test_the_queue_asks_for_unassessed_risks_first_and_for_nothing_twice(store):
    a_launch(store)
    done, others, open_ = a_risk(store), a_risk(store), a_risk(store)
    an_assessment(store, done, DANA)
    an_assessment(store, others, ELI)
    queue = queue_for([state(store)], DANA)
    assert [(item.state.ref, item.why) for item in queue] == [
        (open_, "UNASSESSED"),
        (others, "you have not assessed it"),
    ]


def test_a_decided_launch_and_a_viewer_have_no_queue(store):
    a_launch(store, review_status=ReviewStatus.DECIDED)
    a_launch(store, "borealis-1")
    a_risk(store)
    a_risk(store, "borealis-1")
    states = [state(store), state(store, "borealis-1")]
    assert [item.launch.key for item in queue_for(states, DANA)] == ["borealis-1"]
    assert queue_for(states, CLEO) == ()
