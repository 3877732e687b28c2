"""Reviews: started, met about, renewed, closed."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, GIL, NOW, TODAY
from tests.factories import AURORA, a_risk, stamp
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, OFFICER, OWNER, REVIEWER, as_role, known
from tests.services.reviewing import (
    METHOD,
    REV,
    S1,
    S2,
    a_ready_launch,
    a_review,
    a_signed_review,
    decided,
    renewed,
    something_material_happens,
    the_launch_row,
    the_review,
)
from tracker.domain.drafts import LaunchChange
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    StaleEdit,
    TransitionNotAllowed,
)
from tracker.domain.review_words import Materiality
from tracker.domain.words import ReviewStatus, Role
from tracker.services.history import history
from tracker.services.launches import edit_launch
from tracker.services.review_state import review_state
from tracker.services.reviews import (
    add_note,
    close_review,
    renew_snapshot,
    set_meeting,
    start_review,
)
from tracker.store.queries.reviews import review_records, snapshot_records
from tracker.store.tables import Launch

NOT_LEADS = [ADA, CLEO, DANA, GIL, OFFICER, APPROVER, REVIEWER, OWNER]
MEETING = TODAY + timedelta(days=7)


def reviews(store):
    with store.reading() as session:
        return review_records(session, [AURORA])


def snapshots(store):
    with store.reading() as session:
        return snapshot_records(session, [AURORA])


def test_starting_a_review_takes_a_snapshot_of_a_launch_in_review(store):
    a_ready_launch(store)
    assert start_review(store, act(BEN), METHOD, AURORA, MEETING) == REV
    (review,), (snapshot,) = reviews(store), snapshots(store)
    assert (review.opened_by, review.opened_at, review.meeting_on) == ("ben", NOW, MEETING)
    assert review.closed_at is None
    assert (snapshot.ref, snapshot.review, snapshot.taken_by) == (S1, REV, "ben")
    assert snapshot.authenticated is False
    assert the_launch_row(store).review_status is ReviewStatus.IN_REVIEW
    assert the_review(store).changes == ()
    assert not the_review(store).stale


@pytest.mark.parametrize("who", NOT_LEADS)
def test_only_the_policy_lead_starts_a_review(sqlite_store, who):
    a_ready_launch(sqlite_store)
    with pytest.raises(NotPermitted):
        start_review(sqlite_store, act(known(sqlite_store, who)), METHOD, AURORA)
    assert not reviews(sqlite_store)


def test_a_review_is_not_started_while_one_is_open(store):
    a_review(store)
    with pytest.raises(RuleViolation, match="REV-1 is open already"):
        start_review(store, act(BEN), METHOD, AURORA)
    assert len(reviews(store)) == 1


@pytest.mark.parametrize(
    "status",
    [one for one in ReviewStatus if one not in (ReviewStatus.READY_FOR_REVIEW,)],
)
def test_a_launch_that_is_not_ready_for_review_gets_none(sqlite_store, status):
    a_ready_launch(sqlite_store, review_status=status)
    with pytest.raises(RuleViolation):
        start_review(sqlite_store, act(BEN), METHOD, AURORA)
    assert not reviews(sqlite_store)


def test_a_launch_whose_checklist_is_not_met_gets_no_review(store):
    a_ready_launch(store)
    a_risk(store, title="Nobody looked at this one")
    with pytest.raises(RuleViolation, match="not ready for review"):
        start_review(store, act(BEN), METHOD, AURORA)
    assert not reviews(store)
    assert the_launch_row(store).review_status is ReviewStatus.READY_FOR_REVIEW


def test_a_meeting_lies_ahead(store):
    a_ready_launch(store)
    with pytest.raises(InvalidInput, match="has passed"):
        start_review(store, act(BEN), METHOD, AURORA, TODAY - timedelta(days=1))
    start_review(store, act(BEN), METHOD, AURORA, TODAY)
    with pytest.raises(InvalidInput, match="has passed"):
        set_meeting(store, act(BEN), REV, TODAY - timedelta(days=1), 1)


def test_an_unknown_launch_or_review_is_named(store):
    with pytest.raises(NotFound):
        start_review(store, act(BEN), METHOD, "nothing")
    with pytest.raises(NotFound):
        renew_snapshot(store, act(BEN), METHOD, REV)
    assert review_state(store, METHOD.profile, METHOD.policy, TODAY, a_ready_launch(store)) is None


def test_work_goes_on_and_the_review_says_what_changed(store):
    a_review(store)
    something_material_happens(store)
    found = the_review(store)
    assert found.stale
    assert any("R-1" in change.words for change in found.changes)
    assert renewed(store) == S2
    assert [one.ref for one in snapshots(store)] == [S1, S2]
    assert the_review(store).snapshot.ref == S2
    assert not the_review(store).stale


def test_an_editorial_change_makes_nothing_stale(store):
    a_review(store)
    edit_launch(
        store, act(ADA), AURORA, LaunchChange(summary="Typo mended."), launch_version(store)
    )
    found = the_review(store)
    assert [one.materiality for one in found.changes] == [Materiality.EDITORIAL]
    assert not found.stale


def test_a_snapshot_is_not_renewed_where_nothing_changed_or_without_the_right(store):
    a_review(store)
    with pytest.raises(RuleViolation, match="Nothing changed since S-1"):
        renewed(store)
    something_material_happens(store)
    for who in (GIL, OFFICER, APPROVER):
        with pytest.raises(NotPermitted):
            renew_snapshot(store, act(who), METHOD, REV)
    assert len(snapshots(store)) == 1


def test_a_review_is_closed_with_a_reason_and_the_launch_goes_back(store):
    a_review(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        close_review(store, act(BEN), REV, 1)
    with pytest.raises(NotPermitted):
        close_review(store, act(GIL, "It is too early."), REV, 1)
    with pytest.raises(StaleEdit):
        close_review(store, act(BEN, "It is too early."), REV, 2)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    (review,) = reviews(store)
    assert (review.closed_by, review.closed_at) == ("ben", NOW)
    assert review.closed_because == "It is too early."
    assert the_launch_row(store).review_status is ReviewStatus.MITIGATING
    assert history(store, subject=REV, limit=1)[0].reason == "It is too early."


def test_nothing_is_done_in_a_closed_review(store):
    a_review(store)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    for work in (
        lambda: renewed(store),
        lambda: close_review(store, act(BEN, "Again."), REV, 2),
        lambda: set_meeting(store, act(BEN), REV, MEETING, 2),
        lambda: add_note(store, act(BEN), REV, "One more thing."),
    ):
        with pytest.raises(RuleViolation, match="closed: It is too early"):
            work()


def test_a_second_review_has_a_number_and_snapshots_of_its_own(store):
    a_review(store)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).review_status = ReviewStatus.READY_FOR_REVIEW
    assert start_review(store, act(BEN), METHOD, AURORA) == f"{AURORA}/REV-2"
    found = the_review(store)
    assert (found.review.short_ref, found.snapshot.ref) == ("REV-2", S2)
    assert [one.ref for one in found.snapshots] == [S2]


def test_the_meeting_is_moved_by_the_policy_lead_who_saw_the_review_as_it_is(store):
    a_review(store)
    with pytest.raises(NotPermitted):
        set_meeting(store, act(OFFICER), REV, MEETING, 1)
    set_meeting(store, act(BEN), REV, MEETING, 1)
    with pytest.raises(StaleEdit):
        set_meeting(store, act(BEN), REV, None, 1)
    assert reviews(store)[0].meeting_on == MEETING
    set_meeting(store, act(BEN), REV, None, 2)
    assert reviews(store)[0].meeting_on is None


def test_the_minutes_are_written_line_by_line(store):
    a_review(store)
    add_note(store, act(BEN), REV, "The pilot was discussed.")
    add_note(store, act(OFFICER), REV, "R-1 stays as it is.", "risk:R-1")
    notes = the_review(store).notes
    assert [(one.written_by, one.item, one.text) for one in notes] == [
        ("ben", "", "The pilot was discussed."),
        ("eli", "risk:R-1", "R-1 stays as it is."),
    ]


@pytest.mark.parametrize("who", [ADA, CLEO, DANA, GIL, as_role(DANA, Role.ADMIN)])
def test_only_those_who_lead_review_or_answer_for_safety_write_minutes(review_store, who):
    with pytest.raises(NotPermitted):
        add_note(review_store, act(known(review_store, who)), REV, "I was there.")
    assert not the_review(review_store).notes


def test_an_empty_line_is_no_minute(store):
    a_review(store)
    with pytest.raises(InvalidInput, match="text"):
        add_note(store, act(BEN), REV, "  ")


def test_no_hand_takes_a_launch_into_or_out_of_its_review(store):
    a_ready_launch(store)
    into = LaunchChange(review_status=ReviewStatus.IN_REVIEW)
    with pytest.raises(TransitionNotAllowed):
        edit_launch(store, act(ADA), AURORA, into, launch_version(store))
    start_review(store, act(BEN), METHOD, AURORA)
    for status in ReviewStatus:
        if status is not ReviewStatus.IN_REVIEW:
            with pytest.raises(TransitionNotAllowed):
                edit_launch(
                    store,
                    act(ADA),
                    AURORA,
                    LaunchChange(review_status=status),
                    launch_version(store),
                )


def test_a_decided_review_is_shown_until_another_starts(store):
    a_signed_review(store)
    decided(store)
    found = the_review(store)
    assert found.review.closed_by == "fay"
    assert "aurora-1/D-1" in found.review.closed_because


def launch_version(store) -> int:
    return the_launch_row(store).row_version
