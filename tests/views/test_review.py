"""What the review page says: who signed, who owes a signature, and what was decided."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.cast import BEN, GIL, HANA
from tests.conftest import opened_copy
from tests.services.acts import act, state
from tests.services.evidence_files import OFFICER
from tests.services.reviewing import (
    AREA,
    REV,
    S1,
    a_condition,
    a_review,
    all_sign,
    an_objection,
    decided,
    recommended,
    signed,
    something_material_happens,
    the_review,
)
from tracker.domain.report import IDENTITY_NOTE, ILLUSTRATIVE_LABEL
from tracker.domain.review_state import CheckItem, ReviewState
from tracker.domain.review_words import Materiality, Outcome, Vote
from tracker.domain.snapshots import Difference
from tracker.domain.words import Origin
from tracker.services.reviews import add_note
from tracker.services.sign_offs import answer_objection
from tracker.store.engine import Store
from tracker.views import review as view

OFFER = CheckItem(True, "Goes into the review open: 1 Critical risk", "First: R-3 is Critical.")
UNMET = CheckItem(False, "Every policy area in scope has a risk: 1 without", "Enter its risks.")
MET = CheckItem(True, "The scope is decided", "")


@pytest.fixture(scope="module")
def begun(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register with a review that was just started."""
    folder = tmp_path_factory.mktemp("begun")
    with opened_copy(register_with_cast, folder) as store:
        a_review(store)
    return folder / "register.db"


@pytest.fixture
def store(begun: Path, tmp_path: Path) -> Generator[Store]:
    """A register of one's own with that review."""
    with opened_copy(begun, tmp_path) as found:
        yield found


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def a_change(materiality: Materiality, words: str) -> Difference:
    return Difference(("area:fraud_scams",), "risk", "R-1", "title", "a", "b", materiality, words)


def with_second_area(review: ReviewState, area: str = "privacy") -> ReviewState:
    """The review, in which Gil owes a signature for another area too."""
    gil = next(seat for seat in review.seats if seat.person == "gil")
    other = replace(gil, area=area, sign_off=None)
    return replace(review, seats=(gil, other, *review.seats[1:]))


def test_every_frame_has_its_columns(store: Store) -> None:
    signed(store, OFFICER, vote=Vote.APPROVE_WITH_CONDITIONS, conditions=(a_condition(),))
    add_note(store, act(BEN), REV, "Ask again.", "decision")
    review, launch = the_review(store), state(store)
    assert dtypes(view.seat_frame(review, launch)) == view.SEATS
    assert dtypes(view.sign_off_frame(review.sign_offs, launch)) == view.SIGN_OFFS
    assert dtypes(view.condition_frame(review.conditions, launch)) == view.CONDITIONS
    assert dtypes(view.note_frame(review, launch)) == view.NOTES
    assert dtypes(view.change_frame([], launch)) == view.CHANGES


def test_the_headline_counts_the_signatures_that_stand(store: Store) -> None:
    launch = state(store)
    assert view.headline(launch, the_review(store), ()) == "In review: 0 of 3 required signatures"
    signed(store, GIL, area=AREA)
    assert view.headline(launch, the_review(store), ()) == "In review: 1 of 3 required signatures"
    something_material_happens(store)
    assert view.headline(launch, the_review(store), ()) == "In review: 0 of 3 required signatures"


def test_whoever_recuses_has_not_signed(store: Store) -> None:
    signed(store, OFFICER, vote=Vote.RECUSE, comment="I set up the pilot.")
    launch = state(store)
    assert view.headline(launch, the_review(store), ()) == "In review: 0 of 3 required signatures"
    all_sign(store)
    assert view.headline(launch, the_review(store), ()) == (
        "In review: ready to be decided, 3 of 3 required signatures"
    )
    something_material_happens(store)
    assert "ready" not in view.headline(launch, the_review(store), ())


def test_without_a_review_the_headline_counts_what_keeps_the_launch_out(store: Store) -> None:
    launch = state(store)
    assert view.headline(launch, None, [UNMET, OFFER]) == "Not in review: 1 point to settle first"
    assert (
        view.headline(launch, None, [OFFER, MET]) == "Not in review: nothing keeps it from review"
    )


def test_a_point_that_goes_into_the_review_open_is_never_called_settled() -> None:
    assert [view.check_kind(one) for one in (UNMET, OFFER, MET)] == [
        view.UNSETTLED,
        view.GOES_OPEN,
        view.SETTLED,
    ]
    assert view.check_words(OFFER) == "1 Critical risk"


def test_a_void_signature_says_so_and_what_happened_since(store: Store) -> None:
    signed(store, GIL, area=AREA)
    before = view.sign_off_frame(the_review(store).sign_offs, state(store)).iloc[0]
    assert (before["standing"], before["since"]) == ("stands", "")
    something_material_happens(store)
    after = view.sign_off_frame(the_review(store).sign_offs, state(store)).iloc[0]
    assert after["standing"] == "✖ void"
    assert "R-1 rose from Very low to Critical" in after["since"]


def test_a_seat_whose_signature_is_void_shows_no_mark_of_approval(store: Store) -> None:
    signed(store, GIL, area=AREA)
    assert view.since_signed(the_review(store).seats) == ()
    something_material_happens(store)
    seats = the_review(store).seats
    row = view.seat_frame(the_review(store), state(store)).iloc[0]
    assert (row["answer"], row["standing"]) == ("approve, no longer counts", "✖ void")
    assert "R-1 rose from Very low to Critical" in view.since_signed(seats)


def test_sections_that_are_no_policy_area_go_by_their_own_name(store: Store) -> None:
    assert view.sections_words(("launch", "area:privacy"), state(store)).startswith("launch; ")


def test_a_signature_in_local_mode_says_that_nobody_proved_who_signed(store: Store) -> None:
    assert IDENTITY_NOTE in view.signing_words(S1, "ab12", signs_in=False)
    assert IDENTITY_NOTE not in view.signing_words(S1, "ab12", signs_in=True)
    signed(store, GIL, area=AREA)
    row = view.sign_off_frame(the_review(store).sign_offs, state(store)).iloc[0]
    assert row["identity"] == IDENTITY_NOTE
    assert view.identity_words(authenticated=True) == "signed in"


def test_a_seat_without_a_signature_says_not_signed(store: Store) -> None:
    signed(store, GIL, area=AREA)
    frame = view.seat_frame(the_review(store), state(store))
    assert list(frame["answer"]) == ["✔ approve", "not signed", "not signed"]
    assert frame["capacity"][0] == "area lead, Fraud, scams and social engineering"


def test_what_a_decision_waits_for_is_said_once_per_person(store: Store) -> None:
    launch, review = state(store), the_review(store)
    assert view.waits_for(review, launch) == review.missing
    both = with_second_area(review)
    privacy = view.area_words("privacy", launch)
    owed = f"Gil has not answered for {privacy}"
    first, *rest = view.waits_for(replace(both, missing=(*review.missing, owed)), launch)
    assert first == (
        f"Gil has not answered for 2 policy areas: Fraud, scams and social engineering; {privacy}"
    )
    assert tuple(rest) == review.missing[1:]


def test_who_has_to_sign_again_is_told_apart_from_who_never_signed(store: Store) -> None:
    signed(store, GIL, area=AREA)
    something_material_happens(store)
    review, launch = with_second_area(the_review(store)), state(store)
    renewal, owed, *_ = view.waits_for(review, launch)
    assert renewal == view.STALE
    assert owed.endswith("; since the launch changed: Fraud, scams and social engineering")


def test_nothing_is_waited_for_once_everybody_signed(store: Store) -> None:
    all_sign(store)
    assert view.waits_for(the_review(store), state(store)) == ()
    assert view.ready_words(state(store)) == "Everything asked for is there: Fay may decide."


@pytest.mark.parametrize("answered", [False, True])
def test_an_objection_stays_visible_once_it_is_answered(store: Store, answered: bool) -> None:
    number = signed(store, OFFICER, **an_objection())
    if answered:
        answer_objection(store, act(BEN), number, "We took a pilot of 2000.")
    (shown,) = view.objections(the_review(store))
    assert bool(shown.answer) == answered
    assert view.four_records(state(store))[3] == ("Dissent", "1 objection", "Eli")


def test_an_objection_that_was_taken_back_is_shown_among_all_signatures_alone(
    store: Store,
) -> None:
    signed(store, OFFICER, **an_objection())
    signed(store, OFFICER)
    assert view.objections(the_review(store)) == ()
    frame = view.sign_off_frame(the_review(store).sign_offs, state(store))
    assert list(frame["standing"]) == ["stands", "replaced by a later one"]
    assert list(frame["vote"]) == ["✔ approve", "✖ object"]


def test_the_four_records_stay_four(store: Store) -> None:
    labels = [label for label, *_ in view.four_records(state(store))]
    assert labels == ["Gate result", "Recommendation", "Decision", "Dissent"]
    assert [what for _, what, _ in view.four_records(state(store))][1:] == [
        "none yet",
        "none yet",
        "none",
    ]
    all_sign(store)
    recommended(store, HANA)
    decided(store)
    records = view.four_records(state(store))
    assert records[1] == (
        "Recommendation",
        "go (staged rollout)",
        f"on S-1, by Hana, {IDENTITY_NOTE}",
    )
    assert records[2] == ("Decision", "go (staged rollout)", f"on S-1, by Fay, {IDENTITY_NOTE}")


def test_an_override_is_part_of_how_a_decision_is_said(store: Store) -> None:
    all_sign(store)
    decided(store)
    (made,) = the_review(store).decisions
    said = view.decision_words(made)
    assert said == f"Go for staged rollout until {made.until}"
    against = replace(made, override_reason="The date is fixed.")
    assert view.decision_words(against) == f"{said}, against advice or verdict"
    refused = replace(made, outcome=Outcome.NO_GO, until=None)
    assert view.decision_words(refused) == "No-go"


def test_changes_are_listed_the_weightiest_first_with_what_they_void(store: Store) -> None:
    changes = [
        a_change(Materiality.EDITORIAL, "R-1 was renamed"),
        a_change(Materiality.BLOCKING, "the model version changed"),
        a_change(Materiality.MATERIAL, "R-1 rose"),
    ]
    frame = view.change_frame(changes, state(store))
    assert list(frame["words"]) == ["the model version changed", "R-1 rose", "R-1 was renamed"]
    assert set(frame["where"]) == {"Fraud, scams and social engineering"}
    assert frame["effect"][0] == "blocking: voids every signature"
    assert (
        view.changes_headline(changes) == "3 changes since the snapshot, 2 of them void signatures"
    )
    assert view.changes_headline(changes[:1]) == "1 change since the snapshot, all editorial"
    assert view.changes_headline(()) == view.NO_CHANGES


def test_a_condition_that_no_decision_took_over_is_called_proposed(store: Store) -> None:
    signed(
        store,
        OFFICER,
        vote=Vote.APPROVE_WITH_CONDITIONS,
        conditions=(a_condition(blocking=True),),
    )
    row = view.condition_frame(the_review(store).conditions, state(store)).iloc[0]
    assert (row["ref"], row["owner"], row["blocking"]) == ("C-1", "Dana", "blocks")
    assert row["decision"] == "proposed"


def test_judgements_of_the_demo_are_marked() -> None:
    assert view.basis_words(Origin.ILLUSTRATIVE) == ILLUSTRATIVE_LABEL
    assert view.basis_words(Origin.ENTERED) == "entered"


def test_a_review_of_the_demo_is_marked_and_one_of_an_own_register_is_not(store: Store) -> None:
    review = the_review(store)
    assert not view.is_illustrative(review)
    made_up = replace(review.review, origin=Origin.ILLUSTRATIVE)
    assert view.is_illustrative(replace(review, review=made_up))


def test_nobody_has_no_seat(store: Store) -> None:
    assert view.own_seats(the_review(store), None) == ()
    assert [seat.area for seat in view.own_seats(the_review(store), "gil")] == [AREA]
