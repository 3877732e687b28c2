"""A decision waits for each lead, for two signatures and for an answer to every objection."""

from dataclasses import replace

import pytest

from tests.readiness.decided import LEAD, REVIEWER, a_person
from tests.readiness.gates import APPROVER, OFFICER
from tests.readiness.launches import SETTING, launch_inputs
from tests.readiness.signed import a_review, a_sign_off, standing
from tracker.domain.review_state import Seat
from tracker.domain.review_words import Capacity, SignOffStanding, Vote
from tracker.domain.reviews import SignOffRecord
from tracker.readiness.launch import launch_states
from tracker.readiness.quorum import missing_for_decision

PEOPLE = {key: a_person(key) for key in (LEAD, "max", OFFICER, APPROVER, REVIEWER)}
STATE = launch_states([launch_inputs()], replace(SETTING, people=PEOPLE))[0]
CBRN = "CBRN and mass-casualty weapons uplift"


def a_seat(
    person: str | None,
    capacity: Capacity,
    vote: Vote | None = Vote.APPROVE,
    state: SignOffStanding = SignOffStanding.STANDS,
) -> Seat:
    area = "cbrn" if capacity is Capacity.AREA_LEAD else None
    signed = None if vote is None or person is None else a_sign_off(person, capacity, vote)
    return Seat(
        capacity=capacity,
        person=person,
        area=area,
        because="",
        checks=(),
        required=capacity is not Capacity.REVIEWER,
        sign_off=standing(signed, state) if signed else None,
    )


def lead(vote: Vote | None = Vote.APPROVE, person: str | None = LEAD) -> Seat:
    return a_seat(person, Capacity.AREA_LEAD, vote)


OFFICER_SIGNED = a_seat(OFFICER, Capacity.RESPONSIBLE_OFFICER)
APPROVER_SIGNED = a_seat(APPROVER, Capacity.APPROVER)


def missing(*seats: Seat, unanswered: tuple[SignOffRecord, ...] = ()) -> tuple[str, ...]:
    return missing_for_decision(a_review(seats, unanswered), STATE)


def test_nothing_is_missing_once_everybody_has_signed():
    assert missing(lead(), OFFICER_SIGNED, APPROVER_SIGNED) == ()


@pytest.mark.parametrize("vote", Vote)
def test_any_vote_of_a_lead_is_an_answer_unless_all_of_them_are_recused(vote):
    said = missing(lead(vote), OFFICER_SIGNED, APPROVER_SIGNED)
    assert bool(said) is (vote is Vote.RECUSE)
    both = missing(lead(vote), lead(person="max"), OFFICER_SIGNED, APPROVER_SIGNED)
    assert both == ()


def test_an_area_whose_every_lead_is_recused_needs_another():
    said = missing(lead(Vote.RECUSE), lead(Vote.RECUSE, "max"), OFFICER_SIGNED, APPROVER_SIGNED)
    assert said == (f"every lead of {CBRN} is recused: name another area lead",)


def test_each_lead_of_an_area_has_to_answer():
    said = missing(lead(), lead(None, "max"), OFFICER_SIGNED, APPROVER_SIGNED)
    assert said == (f"Max has not answered for {CBRN}",)


def test_an_area_that_nobody_leads_keeps_the_decision_from_opening():
    (said,) = missing(lead(None, None), OFFICER_SIGNED, APPROVER_SIGNED)
    assert said.startswith(f"{CBRN} has no area lead who could sign")


@pytest.mark.parametrize(
    ("vote", "signs"),
    [
        (Vote.APPROVE, True),
        (Vote.APPROVE_WITH_CONDITIONS, True),
        (Vote.OBJECT, True),
        (Vote.ABSTAIN, False),
        (Vote.RECUSE, False),
        (None, False),
    ],
)
def test_the_officer_and_the_approver_have_to_sign_themselves(vote, signs):
    for person, capacity in (
        (OFFICER, Capacity.RESPONSIBLE_OFFICER),
        (APPROVER, Capacity.APPROVER),
    ):
        others = [one for one in (OFFICER_SIGNED, APPROVER_SIGNED) if one.capacity is not capacity]
        said = missing(lead(), a_seat(person, capacity, vote), *others)
        assert (said == ()) is signs
        assert all(str(capacity) in one for one in said)


def test_a_role_that_nobody_holds_is_missing():
    for capacity in (Capacity.RESPONSIBLE_OFFICER, Capacity.APPROVER):
        assert f"nobody is {capacity} of the launch: name somebody" in missing(
            a_seat(None, capacity, None)
        )


def test_a_void_signature_fills_no_seat():
    for seat in (
        a_seat(LEAD, Capacity.AREA_LEAD, state=SignOffStanding.VOID),
        a_seat(OFFICER, Capacity.RESPONSIBLE_OFFICER, state=SignOffStanding.VOID),
    ):
        (said,) = missing(seat)
        assert said.endswith("since the launch changed")


def test_every_objection_needs_a_written_answer_that_of_a_reviewer_too():
    objection = a_sign_off(REVIEWER, Capacity.REVIEWER, Vote.OBJECT)
    said = missing(lead(), OFFICER_SIGNED, APPROVER_SIGNED, unanswered=(objection,))
    assert said == ("the objection of Rob has no written answer",)


def test_no_decision_waits_for_a_reviewer():
    silent = a_seat(REVIEWER, Capacity.REVIEWER, None)
    assert missing(lead(), OFFICER_SIGNED, APPROVER_SIGNED, silent) == ()
