"""What a decision goes against: the verdict by rule, or what was recommended."""

from collections.abc import Sequence
from typing import Final

from tracker.domain.review_state import SignOffStatus
from tracker.domain.review_words import Capacity, Outcome, SignOffStanding, Vote
from tracker.domain.reviews import RecommendationRecord
from tracker.domain.words import ExposureStage, Verdict

DECISION_DAYS: Final = 365
"""A decision covers at most this many days."""

_STRICTEST_FIRST: Final = (
    Outcome.NO_GO,
    Outcome.MORE_EVIDENCE,
    Outcome.RESTRICTED,
    Outcome.GO_WITH_CONDITIONS,
    Outcome.GO,
)


def overridden(
    outcome: Outcome,
    stage: ExposureStage,
    verdict: Verdict,
    recommendation: RecommendationRecord | None,
) -> tuple[str, ...]:
    """Return what a decision goes against, in words; empty where it goes against nothing.

    To be stricter than recommended overrides nothing, and neither does a decision without a
    recommendation.
    """
    against_verdict = _goes_beyond_verdict(outcome, verdict)
    by_rule = (f"the verdict, which is {verdict}",) if against_verdict else ()
    if recommendation is None or not _wider(outcome, stage, recommendation):
        return by_rule
    return (*by_rule, f"the recommendation, which is {recommended_words(recommendation)}")


def against_the_officer(outcome: Outcome, signed: Sequence[SignOffStatus]) -> tuple[str, ...]:
    """Return, in words, that a decision lets out what the responsible officer objects to."""
    objects = any(
        one.sign_off.capacity is Capacity.RESPONSIBLE_OFFICER
        and one.sign_off.vote is Vote.OBJECT
        and one.standing is not SignOffStanding.REPLACED
        for one in signed
    )
    return ("the objection of the responsible officer",) if objects and outcome.lets_out else ()


def recommended_words(recommendation: RecommendationRecord) -> str:
    """Return a recommendation in words, such as "“restricted” at limited preview"."""
    if not recommendation.outcome.lets_out:
        return f"“{recommendation.outcome}”"
    return f"“{recommendation.outcome}” at {recommendation.exposure_stage}"


def stage_problem(outcome: Outcome, stage: ExposureStage, asked: ExposureStage) -> str:
    """Return what is wrong with the stage that an outcome names; empty where nothing is.

    Args:
        outcome: What is recommended or decided.
        stage: The stage that it names.
        asked: The stage that the launch asks for.
    """
    if not outcome.lets_out:
        fits = stage is ExposureStage.NONE
        return "" if fits else f"“{outcome}” covers no stage"
    if stage is ExposureStage.NONE:
        return f"“{outcome}” names the stage that it covers"
    if outcome is Outcome.RESTRICTED and stage.order >= asked.order:
        return f"“{outcome}” means a stage below {asked}, which the launch asks for"
    if stage.order > asked.order:
        return f"the launch asks for {asked} and for nothing wider"
    return ""


def _goes_beyond_verdict(outcome: Outcome, verdict: Verdict) -> bool:
    if outcome is Outcome.GO:
        return verdict is not Verdict.READY
    return outcome.lets_out and verdict is Verdict.NOT_READY


def _wider(outcome: Outcome, stage: ExposureStage, recommended: RecommendationRecord) -> bool:
    order = _STRICTEST_FIRST.index
    return (
        order(outcome) > order(recommended.outcome)
        or stage.order > recommended.exposure_stage.order
    )
