"""Recommendations to the approver: by whom, on what, and which one counts."""

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, GIL, NOW
from tests.factories import AURORA
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, OFFICER, OWNER, REVIEWER, as_role, known
from tests.services.reviewing import (
    REV,
    S1,
    S2,
    a_review,
    recommended,
    renewed,
    something_material_happens,
    the_review,
)
from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation
from tracker.domain.review_words import Outcome
from tracker.domain.words import ExposureStage, Role
from tracker.services.reviews import close_review
from tracker.store.queries.reviews import recommendation_records

PREVIEW, WEIGHTS = ExposureStage.LIMITED_PREVIEW, ExposureStage.OPEN_WEIGHTS
NOT_THE_APPROVER = [ADA, BEN, CLEO, DANA, GIL, OFFICER, REVIEWER, OWNER, as_role(DANA, *Role)]


def recommendations(store):
    with store.reading() as session:
        return recommendation_records(session, [AURORA])


@pytest.mark.parametrize("who", [BEN, OFFICER, REVIEWER])
def test_reviewers_officer_and_policy_lead_recommend(store, who):
    a_review(store)
    recommended(store, who, outcome=Outcome.RESTRICTED, exposure_stage=PREVIEW)
    (found,) = recommendations(store)
    assert (found.outcome, found.exposure_stage) == (Outcome.RESTRICTED, PREVIEW)
    assert (found.snapshot, found.review, found.reason) == (S1, REV, "Nothing holds it.")
    assert (found.recommended_by, found.recommended_at) == (who.key, NOW)
    assert the_review(store).recommendation == found


@pytest.mark.parametrize("who", [ADA, CLEO, DANA, GIL, APPROVER, OWNER])
def test_nobody_else_recommends(review_store, who):
    with pytest.raises(NotPermitted):
        recommended(review_store, known(review_store, who))
    assert not recommendations(review_store)


def test_the_latest_recommendation_counts_and_all_stay(store):
    a_review(store)
    recommended(store)
    recommended(store, outcome=Outcome.NO_GO, exposure_stage=ExposureStage.NONE)
    assert [one.outcome for one in recommendations(store)] == [Outcome.GO, Outcome.NO_GO]
    assert the_review(store).recommendation == recommendations(store)[1]


def test_a_recommendation_is_about_the_launch_as_it_is(store):
    a_review(store)
    something_material_happens(store)
    with pytest.raises(RuleViolation, match="changed since"):
        recommended(store)
    renewed(store)
    with pytest.raises(RuleViolation, match="not the latest"):
        recommended(store)
    close_review(store, act(BEN, "It is too early."), REV, 1)
    with pytest.raises(RuleViolation, match="is closed"):
        recommended(store, snapshot=S2)
    assert not recommendations(store)


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [
        (Outcome.GO, WEIGHTS),
        (Outcome.RESTRICTED, ExposureStage.STAGED_ROLLOUT),
        (Outcome.NO_GO, PREVIEW),
        (Outcome.GO, ExposureStage.NONE),
    ],
)
def test_a_recommendation_names_a_stage_that_fits(store, outcome, stage):
    a_review(store)
    with pytest.raises(InvalidInput, match="exposure_stage"):
        recommended(store, outcome=outcome, exposure_stage=stage)
