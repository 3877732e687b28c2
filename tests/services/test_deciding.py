"""What is recommended and decided: by whom, when, within which limits, against what."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.cast import ADA, BEN, CAST, CLEO, DANA, GIL, NOW, TODAY
from tests.factories import AURORA, stamp
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, OFFICER, OWNER, REVIEWER, as_role, known
from tests.services.reviewing import (
    AREA,
    D1,
    METHOD,
    NEXT_YEAR,
    REV,
    S1,
    S2,
    a_condition,
    a_decision,
    a_review,
    a_signed_review,
    a_vote,
    all_sign,
    an_objection,
    decided,
    lets_nothing_out,
    recommended,
    renewed,
    signed,
    something_material_happens,
    the_launch_row,
    the_review,
)
from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation
from tracker.domain.records import Actor
from tracker.domain.review_words import Outcome, Vote
from tracker.domain.words import ExposureStage, ReviewStatus, Role, Verdict
from tracker.services.deciding import decide
from tracker.services.reviews import close_review, start_review
from tracker.services.sign_offs import answer_objection, sign_off
from tracker.store.queries.decisions import condition_records, decision_records
from tracker.store.queries.reviews import recommendation_records
from tracker.store.tables import Launch

PREVIEW, WEIGHTS = ExposureStage.LIMITED_PREVIEW, ExposureStage.OPEN_WEIGHTS
NOT_THE_APPROVER = [ADA, BEN, CLEO, DANA, GIL, OFFICER, REVIEWER, OWNER, as_role(DANA, *Role)]


def decisions(store):
    with store.reading() as session:
        return decision_records(session, [AURORA])


def recommendations(store):
    with store.reading() as session:
        return recommendation_records(session, [AURORA])


def conditions(store):
    with store.reading() as session:
        return condition_records(session, [AURORA])


def test_a_decision_keeps_gate_result_and_recommendation_beside_it(store):
    a_signed_review(store)
    recommended(store)
    assert decided(store, benefits="Fraud is found sooner.") == D1
    (found,) = decisions(store)
    launch = the_launch_row(store)
    assert (found.outcome, found.reason) == (Outcome.GO, "Nothing holds it.")
    assert (found.gate_result, found.recommended) == (Verdict.READY, Outcome.GO)
    assert (found.model_version, found.configuration) == ("v1", launch.configuration)
    assert found.exposure_stage is ExposureStage.STAGED_ROLLOUT
    assert found.until == TODAY + timedelta(days=90)
    assert (found.override_reason, found.benefits) == ("", "Fraud is found sooner.")
    assert (found.decided_by, found.decided_at, found.authenticated) == ("fay", NOW, False)
    assert (found.review, found.snapshot) == (REV, S1)


def test_a_decision_closes_the_review(store):
    a_signed_review(store)
    decided(store)
    review = the_review(store).review
    assert (review.closed_by, review.closed_at) == ("fay", NOW)
    assert review.closed_because == f"Decided by {D1}: go."
    assert the_launch_row(store).review_status is ReviewStatus.DECIDED


def test_a_decision_says_whether_the_identity_was_checked(store):
    a_signed_review(store)
    decided(store, Actor(APPROVER.person, authenticated=True))
    assert decisions(store)[0].authenticated


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.NO_GO, ReviewStatus.DECIDED),
        (Outcome.MORE_EVIDENCE, ReviewStatus.MITIGATING),
    ],
)
def test_a_decision_that_lets_nothing_out_covers_nothing(store, outcome, status):
    a_signed_review(store)
    decided(store, **lets_nothing_out(outcome))
    (found,) = decisions(store)
    assert (found.exposure_stage, found.until) == (ExposureStage.NONE, None)
    assert the_launch_row(store).review_status is status
    assert the_review(store).review.closed_at == NOW


@pytest.mark.parametrize("who", NOT_THE_APPROVER)
def test_only_the_approver_of_the_launch_decides(signed_store, who):
    with pytest.raises(NotPermitted):
        decided(signed_store, known(signed_store, who))
    assert not decisions(signed_store)


@pytest.mark.parametrize(
    ("signers", "missing"),
    [
        ([], "fraud"),
        ([GIL, OFFICER], "approver"),
        ([GIL, APPROVER], "responsible officer"),
        ([OFFICER, APPROVER], "Fraud"),
    ],
)
def test_a_decision_waits_for_every_signature(review_store, signers, missing):
    for who in signers:
        signed(review_store, who, area=AREA if who is GIL else None)
    with pytest.raises(RuleViolation, match=rf"(?i)cannot be decided yet: .*{missing}"):
        decided(review_store)
    assert not decisions(review_store)


def test_a_decision_waits_for_the_answer_to_an_objection(store):
    a_signed_review(store)
    number = signed(store, REVIEWER, **an_objection())
    with pytest.raises(RuleViolation, match=r"(?i)cannot be decided yet: .*objection"):
        decided(store)
    answer_objection(store, act(ADA), number, "The pilot had 1000 people.")
    assert decided(store) == D1


def test_a_decision_rests_on_the_launch_as_it_is(store):
    a_signed_review(store)
    something_material_happens(store)
    with pytest.raises(RuleViolation, match="changed since"):
        decided(store)
    renewed(store)
    with pytest.raises(RuleViolation, match="not the latest"):
        decided(store)
    with pytest.raises(RuleViolation, match="cannot be decided yet"):
        decided(store, snapshot=S2, override_reason="It cannot wait.")
    all_sign(store, S2)
    decided(store, snapshot=S2, override_reason="It cannot wait.")
    assert [one.snapshot for one in decisions(store)] == [S2]


def test_a_closed_review_is_not_decided(store):
    a_signed_review(store)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    with pytest.raises(RuleViolation, match="is closed"):
        decided(store)


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), NEXT_YEAR + timedelta(days=1)])
def test_a_decision_covers_today_to_a_year(store, until):
    a_signed_review(store)
    with pytest.raises(InvalidInput, match="until"):
        decided(store, until=until)
    assert not decisions(store)


@pytest.mark.parametrize("until", [TODAY, NEXT_YEAR])
def test_a_decision_may_end_today_or_in_a_year(signed_store, until):
    decided(signed_store, until=until)
    assert decisions(signed_store)[0].until == until


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [(Outcome.GO, WEIGHTS), (Outcome.RESTRICTED, ExposureStage.STAGED_ROLLOUT)],
)
def test_a_decision_covers_no_more_than_was_asked_and_a_restricted_one_less(store, outcome, stage):
    a_signed_review(store)
    with pytest.raises(InvalidInput, match="exposure_stage"):
        decided(store, outcome=outcome, exposure_stage=stage)
    assert not decisions(store)


def test_going_against_the_verdict_needs_a_reason_that_stays(store):
    a_ready_then_critical_review(store)
    with pytest.raises(InvalidInput, match="against the verdict, which is Not ready; say why"):
        decided(store, snapshot=S2)
    decided(store, snapshot=S2, override_reason="The rival is out already.")
    (found,) = decisions(store)
    assert found.gate_result is Verdict.NOT_READY
    assert found.override_reason == "The rival is out already."
    assert found.is_override


def test_going_against_the_recommendation_needs_a_reason(store):
    a_signed_review(store)
    recommended(store, outcome=Outcome.RESTRICTED, exposure_stage=PREVIEW)
    with pytest.raises(InvalidInput, match="against the recommendation, which is “restricted”"):
        decided(store)
    decided(store, override_reason="A preview would show nothing.")
    assert decisions(store)[0].recommended is Outcome.RESTRICTED


def test_letting_out_what_the_responsible_officer_objects_to_is_an_override(store):
    a_signed_review(store)
    number = signed(store, OFFICER, **an_objection())
    answer_objection(store, act(ADA), number, "The pilot had 1000 people.")
    with pytest.raises(InvalidInput, match="the objection of the responsible officer"):
        decided(store)
    decided(store, override_reason="The pilot was larger than the officer knew.")
    assert decisions(store)[0].is_override


def test_to_be_stricter_than_recommended_overrides_nothing(store):
    a_signed_review(store)
    recommended(store)
    decided(store, **lets_nothing_out(Outcome.NO_GO))
    assert not decisions(store)[0].is_override


def test_the_reason_of_an_override_is_refused_where_nothing_is_overridden(store):
    a_signed_review(store)
    recommended(store)
    with pytest.raises(InvalidInput, match="goes against nothing"):
        decided(store, override_reason="To be on the safe side.")
    assert not decisions(store)


def test_a_decision_sets_conditions_and_takes_over_proposed_ones(store):
    a_signed_review(store)
    propose(store, a_condition(), a_condition(owner="hana"))
    decided(
        store,
        outcome=Outcome.GO_WITH_CONDITIONS,
        conditions=(a_condition(owner="gil"),),
        takes_over=(2,),
        reason="C-1 is done by the weekly watch already.",
    )
    found = {one.short_ref: (one.owner, one.decision) for one in conditions(store)}
    assert found == {"C-1": ("dana", None), "C-2": ("hana", D1), "C-3": ("gil", D1)}


def test_a_proposed_condition_is_not_left_without_a_word(store):
    a_signed_review(store)
    propose(store, a_condition(), a_condition())
    with pytest.raises(InvalidInput, match="say why C-1, asked for so far"):
        decided(store, outcome=Outcome.GO_WITH_CONDITIONS, takes_over=(2,), reason="C-10 is fine.")
    assert not decisions(store)
    assert {one.decision for one in conditions(store)} == {None}


def test_a_condition_of_an_earlier_decision_does_not_go_without_a_word(store):
    a_signed_review(store)
    decided(store, outcome=Outcome.GO_WITH_CONDITIONS, conditions=(a_condition(),))
    again = reviewed_again(store)
    go = {"snapshot": S2, "outcome": Outcome.GO_WITH_CONDITIONS}
    other = (a_condition(text="Watch the weather."),)
    with pytest.raises(InvalidInput, match="say why C-1"):
        decide(store, act(APPROVER), METHOD, again, a_decision(conditions=other, **go))
    why = "C-1 is done by C-2 from now on."
    decide(store, act(APPROVER), METHOD, again, a_decision(conditions=other, reason=why, **go))
    assert [one.outcome for one in decisions(store)] == [Outcome.GO_WITH_CONDITIONS] * 2


def reviewed_again(store):
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).review_status = ReviewStatus.READY_FOR_REVIEW
    review = start_review(store, act(BEN), METHOD, AURORA)
    for who, area in ((GIL, AREA), (OFFICER, None), (APPROVER, None)):
        sign_off(store, act(who), METHOD, review, a_vote(snapshot=S2, area=area))
    return review


def test_a_decision_that_lets_nothing_out_may_leave_all_conditions(store):
    a_signed_review(store)
    propose(store, a_condition())
    decided(store, **lets_nothing_out(Outcome.NO_GO))
    assert conditions(store)[0].decision is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"takes_over": (9,)}, "takes_over"),
        ({"conditions": (a_condition(owner="nobody"),)}, "owner"),
        ({"conditions": (a_condition(due=TODAY - timedelta(days=1)),)}, "due"),
        ({"conditions": (a_condition(),), "outcome": Outcome.GO}, "conditions"),
        (
            {"conditions": (a_condition(),)} | lets_nothing_out(Outcome.NO_GO),
            "conditions",
        ),
    ],
)
def test_conditions_that_do_not_hold_are_refused(signed_store, fields, field):
    with pytest.raises(InvalidInput, match=field):
        decided(signed_store, **({"outcome": Outcome.GO_WITH_CONDITIONS} | fields))
    assert not decisions(signed_store)
    assert not conditions(signed_store)


def test_of_two_who_decide_at_the_same_time_one_is_told_of_the_other(store):
    a_signed_review(store)
    start, refused = Barrier(2), []

    def go_for(outcome) -> None:
        fields = {} if outcome is Outcome.GO else lets_nothing_out(outcome)
        start.wait()
        try:
            decided(store, **fields)
        except RuleViolation as error:
            refused.append(str(error))

    threads = [Thread(target=go_for, args=(one,)) for one in (Outcome.GO, Outcome.NO_GO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(decisions(store)) == 1
    (said,) = refused
    assert f"Decided by {D1}: {decisions(store)[0].outcome}." in said


def test_a_decision_sent_twice_is_made_once(store):
    a_signed_review(store)
    once = act(APPROVER, request_id="pressed-twice")
    first, second = (decide_as(store, once) for _ in range(2))
    assert (first, second) == (D1, D1)
    assert len(decisions(store)) == 1


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("work", [signed, recommended, decided])
def test_no_role_signs_recommends_or_decides_beyond_its_right(review_store, role, work):
    """A person with one role alone, who holds nothing on the launch and leads no area."""
    person = known(review_store, as_role(CAST[2], role))
    allowed = {
        signed: {Role.REVIEWER},
        recommended: {Role.POLICY_LEAD, Role.REVIEWER},
        decided: set(),
    }
    if role in allowed[work]:
        work(review_store, person)
        return
    with pytest.raises(NotPermitted):
        work(review_store, person)


def a_ready_then_critical_review(store) -> None:
    """A review that all have signed, of a launch that is Not ready."""
    a_review(store)
    something_material_happens(store)
    renewed(store)
    all_sign(store, S2)


def propose(store, *drafts) -> None:
    """The responsible officer signs again, with conditions."""
    signed(store, OFFICER, vote=Vote.APPROVE_WITH_CONDITIONS, conditions=drafts)


def decide_as(store, by) -> str:
    return decide(store, by, METHOD, REV, a_decision())
