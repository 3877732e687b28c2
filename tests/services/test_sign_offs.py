"""Signatures: by whom, on what, and what ends them."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, FAY, GIL, NOW, TODAY
from tests.factories import AURORA, stamp
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, OFFICER, OWNER, REVIEWER, as_role, known
from tests.services.reviewing import (
    AREA,
    METHOD,
    REV,
    S1,
    S2,
    a_condition,
    a_review,
    a_vote,
    an_objection,
    renewed,
    signed,
    something_material_happens,
    the_review,
)
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
)
from tracker.domain.records import Actor
from tracker.domain.review_words import Capacity, SignOffStanding, Vote
from tracker.domain.words import Role
from tracker.services.reviews import close_review
from tracker.services.sign_offs import answer_objection, sign_off
from tracker.store.queries.decisions import condition_records
from tracker.store.queries.reviews import sign_off_records
from tracker.store.tables import Person, PersonArea


def signatures(store):
    with store.reading() as session:
        return sign_off_records(session, [AURORA])


def conditions(store):
    with store.reading() as session:
        return condition_records(session, [AURORA])


def standings(store):
    return [(one.sign_off.person, one.standing) for one in the_review(store).sign_offs]


@pytest.mark.parametrize(
    ("who", "capacity"),
    [
        (OFFICER, Capacity.RESPONSIBLE_OFFICER),
        (APPROVER, Capacity.APPROVER),
        (REVIEWER, Capacity.REVIEWER),
        (BEN, Capacity.REVIEWER),
    ],
)
def test_a_signature_binds_to_the_whole_snapshot(store, who, capacity):
    a_review(store)
    signed(store, who, comment="Read in full.")
    (signature,) = signatures(store)
    snapshot = the_review(store).snapshot
    assert (signature.person, signature.capacity, signature.area) == (who.key, capacity, None)
    assert (signature.snapshot, signature.review, signature.signed_at) == (S1, REV, NOW)
    assert signature.comment == "Read in full."
    assert signature.sections == {one.name: one.material for one in snapshot.sections}


def test_an_area_lead_signs_for_an_area_and_rests_on_its_section(store):
    a_review(store)
    signed(store, GIL, area=AREA)
    (signature,) = signatures(store)
    assert (signature.capacity, signature.area) == (Capacity.AREA_LEAD, AREA)
    assert set(signature.sections) == {"launch", "method", f"area:{AREA}"}


@pytest.mark.parametrize("authenticated", [False, True])
def test_a_signature_says_whether_the_identity_was_checked(store, authenticated):
    a_review(store)
    signed(store, Actor(OFFICER.person, authenticated))
    assert signatures(store)[0].authenticated is authenticated


@pytest.mark.parametrize(
    ("who", "area"),
    [
        (ADA, None),
        (OWNER, None),
        (OWNER, AREA),
        (CLEO, None),
        (DANA, None),
        (GIL, None),
        (GIL, "cbrn"),
        (BEN, AREA),
        (OFFICER, AREA),
        (as_role(DANA, Role.APPROVER), None),
        (as_role(DANA, Role.AREA_LEAD), AREA),
        (as_role(GIL, Role.ASSESSOR), AREA),
        (as_role(DANA, Role.ADMIN, Role.AUDITOR, Role.POLICY_LEAD), None),
    ],
)
def test_who_holds_no_seat_does_not_sign(review_store, who, area):
    with pytest.raises(NotPermitted):
        signed(review_store, known(review_store, who), area=area)
    assert not signatures(review_store)


def test_nobody_signs_for_an_area_that_is_not_in_scope(store):
    with store.writing(stamp()) as session:
        session.add(PersonArea(person="gil", area="cbrn"))
    a_review(store)
    with pytest.raises(NotPermitted, match="no signature on the policy area “cbrn”"):
        signed(store, GIL, area="cbrn")
    assert not signatures(store)


def test_only_the_latest_snapshot_is_signed(store):
    a_review(store)
    something_material_happens(store)
    renewed(store)
    with pytest.raises(RuleViolation, match="S-1 is not the latest snapshot"):
        signed(store, OFFICER)
    signed(store, OFFICER, snapshot=S2)
    assert [one.snapshot for one in signatures(store)] == [S2]


def test_after_a_material_change_nobody_signs_before_a_new_snapshot(store):
    a_review(store)
    something_material_happens(store)
    with pytest.raises(RuleViolation, match=r"The launch changed since aurora-1/S-1: .*R-1"):
        signed(store, OFFICER)
    assert not signatures(store)


def test_a_material_change_voids_a_signature_and_says_what_changed(store):
    a_review(store)
    signed(store, OFFICER)
    assert standings(store) == [("eli", SignOffStanding.STANDS)]
    something_material_happens(store)
    (found,) = the_review(store).sign_offs
    assert found.standing is SignOffStanding.VOID
    assert any("R-1" in change.words and "Critical" in change.words for change in found.since)


def test_signing_again_replaces_and_keeps_the_earlier_one(store):
    a_review(store)
    signed(store, OFFICER)
    signed(store, OFFICER, **an_objection())
    assert [one.vote for one in signatures(store)] == [Vote.APPROVE, Vote.OBJECT]
    assert standings(store) == [
        ("eli", SignOffStanding.REPLACED),
        ("eli", SignOffStanding.STANDS),
    ]


def test_nobody_signs_in_a_closed_review(store):
    a_review(store)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    with pytest.raises(RuleViolation, match="is closed"):
        signed(store, OFFICER)


def test_a_signature_on_no_review_is_refused(store):
    a_review(store)
    with pytest.raises(NotFound):
        sign_off(store, act(OFFICER), METHOD, f"{AURORA}/REV-9", a_vote())


def test_conditions_of_a_signature_are_proposed(store):
    a_review(store)
    drafts = (a_condition(), a_condition(blocking=True, owner="fay"))
    signed(store, OFFICER, vote=Vote.APPROVE_WITH_CONDITIONS, conditions=drafts)
    first, second = conditions(store)
    assert (first.ref, second.ref) == (f"{AURORA}/C-1", f"{AURORA}/C-2")
    assert (first.decision, first.review, first.raised_by) == (None, REV, "eli")
    assert (first.owner, first.blocking, second.owner, second.blocking) == (
        "dana",
        False,
        "fay",
        True,
    )
    assert [one.condition for one in the_review(store).conditions] == [first, second]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"owner": "nobody"}, "owner"),
        ({"owner": "cleo"}, "owner"),
        ({"due": TODAY - timedelta(days=1)}, "due"),
    ],
)
def test_a_condition_has_an_owner_who_is_there_and_a_day_to_come(store, fields, field):
    a_review(store)
    with store.writing(stamp()) as session:
        session.get_one(Person, "cleo").active = False
    with pytest.raises(InvalidInput, match=field):
        signed(
            store,
            OFFICER,
            vote=Vote.APPROVE_WITH_CONDITIONS,
            conditions=(a_condition(**fields),),
        )
    assert not signatures(store)
    assert not conditions(store)


def test_an_objection_is_answered_by_somebody_else_once(store):
    a_review(store)
    number = signed(store, OFFICER, **an_objection())
    assert the_review(store).unanswered[0].id == number
    answer_objection(store, act(ADA), number, "The pilot had 1000 people.")
    (signature,) = signatures(store)
    assert (signature.answer, signature.answered_by) == ("The pilot had 1000 people.", "ada")
    assert not the_review(store).unanswered
    with pytest.raises(RuleViolation, match="answered already"):
        answer_objection(store, act(BEN), number, "As said.")


@pytest.mark.parametrize("who", [CLEO, DANA, GIL, REVIEWER])
def test_only_those_who_answer_for_the_launch_answer_an_objection(review_store, who):
    number = signed(review_store, OFFICER, **an_objection())
    with pytest.raises(NotPermitted):
        answer_objection(review_store, act(who), number, "It is fine.")


def test_nobody_answers_their_own_objection(store):
    a_review(store)
    number = signed(store, FAY, **an_objection())
    with pytest.raises(SelfApproval):
        answer_objection(store, act(FAY), number, "It is fine.")
    assert the_review(store).unanswered


def test_only_an_objection_of_an_open_review_is_answered(store):
    a_review(store)
    approval, objection = signed(store, FAY), signed(store, OFFICER, **an_objection())
    with pytest.raises(RuleViolation, match="no objection"):
        answer_objection(store, act(BEN), approval, "Thank you.")
    with pytest.raises(NotFound):
        answer_objection(store, act(BEN), 99, "Thank you.")
    with pytest.raises(InvalidInput, match="answer"):
        answer_objection(store, act(BEN), objection, " ")
    close_review(store, act(BEN, "It is too early."), REV, 1)
    with pytest.raises(RuleViolation, match="is closed"):
        answer_objection(store, act(BEN), objection, "It is fine.")


def test_an_objection_waits_for_its_answer_even_once_it_is_void(store):
    a_review(store)
    number = signed(store, OFFICER, **an_objection())
    something_material_happens(store)
    found = the_review(store)
    assert [one.standing for one in found.sign_offs] == [SignOffStanding.VOID]
    assert [one.id for one in found.unanswered] == [number]
