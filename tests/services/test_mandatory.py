"""The mandatory mark: one person sets it, two take it away."""

import pytest

from tests.cast import ADA, BEN, CLEO, GIL, HANA
from tests.factories import AURORA, a_launch, a_mitigation, a_placement
from tests.services.acts import act, mitigation_state
from tests.services.evidence_files import OWNER, known
from tracker.domain.errors import (
    InvalidInput,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.services.mandatory import (
    ask_release,
    confirm_release,
    mark_mandatory,
    withdraw_release,
)

M = "M-1"
WHY = "Replaced by M-2."


def a_mandatory_one(store) -> None:
    a_launch(store)
    a_placement(store, a_mitigation(store), mandatory=True)


def asked(store) -> None:
    a_mandatory_one(store)
    ask_release(store, act(BEN, WHY), M, AURORA, 1)


def placement(store):
    return mitigation_state(store, M).placement


def test_an_area_lead_marks_a_mitigation_mandatory_once(store):
    a_launch(store)
    a_placement(store, a_mitigation(store))
    mark_mandatory(store, act(GIL), M, AURORA, 1)
    assert placement(store).mandatory
    with pytest.raises(RuleViolation, match="mandatory on aurora-1 already"):
        mark_mandatory(store, act(GIL), M, AURORA, 2)


def test_the_mark_stays_until_a_second_person_confirms(store):
    asked(store)
    assert placement(store).mandatory
    assert (placement(store).release_asked_by, placement(store).release_reason) == ("ben", WHY)
    confirm_release(store, act(GIL), M, AURORA, 2)
    gone = placement(store)
    assert (gone.mandatory, gone.release_asked_by, gone.release_reason) == (False, None, "")


def test_asking_needs_a_reason_and_a_right_that_the_launch_owner_never_has(store):
    a_mandatory_one(store)
    with pytest.raises(InvalidInput, match="taking a mandatory mark away needs a reason"):
        ask_release(store, act(BEN), M, AURORA, 1)
    for somebody in (CLEO, ADA, known(store, OWNER)):
        with pytest.raises(NotPermitted):
            ask_release(store, act(somebody, WHY), M, AURORA, 1)
    assert placement(store).release_asked_by is None


def test_neither_the_asker_nor_the_launch_owner_nor_a_reviewer_confirms(store):
    asked(store)
    with pytest.raises(SelfApproval, match="Ben asked"):
        confirm_release(store, act(BEN), M, AURORA, 2)
    with pytest.raises(SelfApproval, match="Ada owns"):
        confirm_release(store, act(known(store, OWNER)), M, AURORA, 2)
    with pytest.raises(NotPermitted):
        confirm_release(store, act(HANA), M, AURORA, 2)
    assert placement(store).mandatory


def test_there_is_nothing_to_ask_twice_or_to_confirm_unasked(store):
    a_mandatory_one(store)
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_release(store, act(GIL), M, AURORA, 1)
    ask_release(store, act(BEN, WHY), M, AURORA, 1)
    with pytest.raises(RuleViolation, match="asked already"):
        ask_release(store, act(GIL, WHY), M, AURORA, 2)
    with pytest.raises(StaleEdit):
        confirm_release(store, act(GIL), M, AURORA, 1)


def test_a_mitigation_that_is_not_mandatory_has_no_mark_to_take_away(store):
    a_launch(store)
    a_placement(store, a_mitigation(store))
    with pytest.raises(RuleViolation, match="not mandatory"):
        ask_release(store, act(BEN, WHY), M, AURORA, 1)


def test_the_wish_is_taken_back_and_the_mark_stays(store):
    asked(store)
    withdraw_release(store, act(GIL), M, AURORA, 2)
    assert (placement(store).mandatory, placement(store).release_asked_by) == (True, None)
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_release(store, act(GIL), M, AURORA, 3)
