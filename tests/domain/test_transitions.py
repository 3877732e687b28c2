"""Statuses follow one another only as listed."""

import pytest

from tracker.domain.errors import TransitionNotAllowed
from tracker.domain.transitions import (
    MITIGATION_TRANSITIONS,
    REVIEW_STEPS,
    REVIEW_TRANSITIONS,
    require_mitigation_transition,
    require_review_step,
    require_review_transition,
)
from tracker.domain.words import MitigationStatus, ReviewStatus


@pytest.mark.parametrize("before", list(MitigationStatus))
@pytest.mark.parametrize("after", list(MitigationStatus))
def test_a_mitigation_follows_its_table(before, after):
    if after in MITIGATION_TRANSITIONS[before]:
        require_mitigation_transition("M-1", before, after)
    else:
        with pytest.raises(TransitionNotAllowed, match=f"cannot go from “{before}” to “{after}”"):
            require_mitigation_transition("M-1", before, after)


@pytest.mark.parametrize("before", list(ReviewStatus))
@pytest.mark.parametrize("after", list(ReviewStatus))
def test_a_review_follows_its_table(before, after):
    if after in REVIEW_TRANSITIONS[before]:
        require_review_transition("aurora", before, after)
    else:
        with pytest.raises(TransitionNotAllowed, match="From here it may go to"):
            require_review_transition("aurora", before, after)


@pytest.mark.parametrize("before", list(ReviewStatus))
@pytest.mark.parametrize("after", list(ReviewStatus))
def test_a_review_alone_takes_its_own_steps(before, after):
    if after in REVIEW_STEPS.get(before, ()):
        require_review_step("aurora", before, after)
    else:
        with pytest.raises(TransitionNotAllowed, match="From here it may go to"):
            require_review_step("aurora", before, after)


@pytest.mark.parametrize("status", list(MitigationStatus))
def test_verified_is_reached_from_implemented_alone(status):
    reachable = MitigationStatus.VERIFIED in MITIGATION_TRANSITIONS[status]
    assert reachable is (status is MitigationStatus.IMPLEMENTED)


@pytest.mark.parametrize("decided", [ReviewStatus.IN_REVIEW, ReviewStatus.DECIDED])
def test_no_hand_sets_a_review_or_a_decision(decided):
    assert all(decided not in after for after in REVIEW_TRANSITIONS.values())


def test_no_hand_takes_a_launch_out_of_its_review():
    assert not REVIEW_TRANSITIONS[ReviewStatus.IN_REVIEW]
