"""Several assessors of one risk: whose judgement counts, and whose is the central one."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from tracker.domain.records import AssessmentRecord, LaunchRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AssessorScore
from tracker.domain.words import Level
from tracker.scoring.score import level_rank, sums


def latest_of_each(assessments: Iterable[AssessmentRecord]) -> tuple[AssessmentRecord, ...]:
    """Return each assessor's latest assessment, in the order of assessors' keys.

    Latest is by time of submission, then by id.
    """
    latest: dict[str, AssessmentRecord] = {}
    for assessment in assessments:
        before = latest.get(assessment.assessor)
        if before is None or _moment(before) < _moment(assessment):
            latest[assessment.assessor] = assessment
    return tuple(latest[assessor] for assessor in sorted(latest))


def _moment(assessment: AssessmentRecord) -> tuple[datetime, int]:
    return (assessment.submitted_at, assessment.id)


def score_of(
    assessment: AssessmentRecord, launch: LaunchRecord, profile: ScoringProfile
) -> AssessorScore:
    """Return what one assessment gives, with no mitigations counted."""
    total = sums(assessment.picks, profile)
    return AssessorScore(
        assessment=assessment,
        harm_score=total.harm_score,
        priority=total.priority,
        level=total.level,
        outdated=is_outdated(assessment, launch),
    )


def is_outdated(assessment: AssessmentRecord, launch: LaunchRecord) -> bool:
    """Whether the assessment is about another model version, configuration or stage asked for."""
    return assessment.release != launch.release


def upper_median(values: Iterable[float]) -> float:
    """Return the middle value, or the higher of the two in the middle.

    Raises:
        IndexError: There are no values.
    """
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def upper_median_level(levels: Sequence[Level]) -> Level:
    """Return the middle level, or the higher of the two in the middle.

    Raises:
        IndexError: There are no levels.
    """
    return sorted(levels, key=level_rank)[len(levels) // 2]


def central(
    scores: Sequence[AssessorScore], key: Callable[[AssessorScore], float]
) -> AssessorScore:
    """Return the score that is the upper median by a key: somebody's actual sum.

    Where several assessors share that figure, the one with the highest level stands for it, then
    the first by assessor's key.

    Raises:
        IndexError: There are no scores.
    """
    if len(scores) == 1:
        return scores[0]
    middle = upper_median(map(key, scores))
    return min((score for score in scores if key(score) == middle), key=_standing)


def _standing(score: AssessorScore) -> tuple[int, str]:
    return (-level_rank(score.level), score.assessment.assessor)
