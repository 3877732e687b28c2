"""What a decision goes against."""

from itertools import product

import pytest

from tests.cast import NOW
from tracker.domain.review_words import Outcome
from tracker.domain.reviews import RecommendationRecord
from tracker.domain.words import ExposureStage, Origin, Verdict
from tracker.readiness.overriding import overridden, stage_problem

ROLLOUT, PREVIEW = ExposureStage.STAGED_ROLLOUT, ExposureStage.LIMITED_PREVIEW
NONE, WEIGHTS = ExposureStage.NONE, ExposureStage.OPEN_WEIGHTS
V = Verdict
CAUTIOUS_FIRST = (
    Outcome.NO_GO,
    Outcome.MORE_EVIDENCE,
    Outcome.RESTRICTED,
    Outcome.GO_WITH_CONDITIONS,
    Outcome.GO,
)


def recommended(outcome: Outcome, stage: ExposureStage = ROLLOUT) -> RecommendationRecord:
    return RecommendationRecord(
        id=1,
        launch="aurora-1",
        review="aurora-1/REV-1",
        snapshot="aurora-1/S-1",
        outcome=outcome,
        exposure_stage=stage if outcome.lets_out else NONE,
        reason="As discussed.",
        recommended_by="ben",
        recommended_at=NOW,
        authenticated=False,
        origin=Origin.ENTERED,
    )


@pytest.mark.parametrize(
    ("outcome", "verdict", "against"),
    [
        (Outcome.GO, V.READY, False),
        (Outcome.GO, V.READY_WITH_CONDITIONS, True),
        (Outcome.GO, V.NOT_READY, True),
        (Outcome.GO_WITH_CONDITIONS, V.READY, False),
        (Outcome.GO_WITH_CONDITIONS, V.READY_WITH_CONDITIONS, False),
        (Outcome.GO_WITH_CONDITIONS, V.NOT_READY, True),
        (Outcome.RESTRICTED, V.READY_WITH_CONDITIONS, False),
        (Outcome.RESTRICTED, V.NOT_READY, True),
        (Outcome.MORE_EVIDENCE, V.NOT_READY, False),
        (Outcome.NO_GO, V.READY, False),
    ],
)
def test_what_lets_out_more_than_the_verdict_goes_against_it(
    outcome: Outcome, verdict: Verdict, against: bool
) -> None:
    found = overridden(outcome, ROLLOUT if outcome.lets_out else NONE, verdict, None)
    assert found == ((f"the verdict, which is {verdict}",) if against else ())


@pytest.mark.parametrize(("outcome", "advice"), list(product(CAUTIOUS_FIRST, repeat=2)))
def test_only_a_bolder_outcome_goes_against_the_recommendation(
    outcome: Outcome, advice: Outcome
) -> None:
    stage = ROLLOUT if outcome.lets_out else NONE
    found = overridden(outcome, stage, V.READY, recommended(advice))
    bolder = CAUTIOUS_FIRST.index(outcome) > CAUTIOUS_FIRST.index(advice)
    assert bool(found) is bolder
    assert all(f"the recommendation, which is “{advice}”" in words for words in found)


def test_a_wider_stage_goes_against_the_recommendation_and_a_narrower_does_not() -> None:
    assert overridden(Outcome.GO, ROLLOUT, V.READY, recommended(Outcome.GO, PREVIEW)) == (
        "the recommendation, which is “go” at limited preview",
    )
    assert not overridden(Outcome.GO, PREVIEW, V.READY, recommended(Outcome.GO, ROLLOUT))


def test_a_decision_may_go_against_both() -> None:
    found = overridden(Outcome.GO, ROLLOUT, V.NOT_READY, recommended(Outcome.NO_GO))
    assert found == ("the verdict, which is Not ready", "the recommendation, which is “no-go”")


@pytest.mark.parametrize(
    ("outcome", "stage", "problem"),
    [
        (Outcome.GO, ROLLOUT, ""),
        (Outcome.GO, PREVIEW, ""),
        (Outcome.GO, WEIGHTS, "nothing wider"),
        (Outcome.GO, NONE, "names the stage"),
        (Outcome.GO_WITH_CONDITIONS, ROLLOUT, ""),
        (Outcome.GO_WITH_CONDITIONS, WEIGHTS, "nothing wider"),
        (Outcome.RESTRICTED, PREVIEW, ""),
        (Outcome.RESTRICTED, ROLLOUT, "a stage below"),
        (Outcome.RESTRICTED, NONE, "names the stage"),
        (Outcome.NO_GO, NONE, ""),
        (Outcome.MORE_EVIDENCE, PREVIEW, "covers no stage"),
    ],
)
def test_an_outcome_names_a_stage_that_fits_it(
    outcome: Outcome, stage: ExposureStage, problem: str
) -> None:
    found = stage_problem(outcome, stage, ROLLOUT)
    assert problem in found
    assert bool(found) is bool(problem)
