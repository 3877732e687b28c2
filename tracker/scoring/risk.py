"""One risk in the three views, computed from what is stored about it; many at once for speed."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.domain.records import AssessmentRecord, LaunchRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AssessorScore, Figures, RiskInputs, RiskState
from tracker.domain.words import Level
from tracker.scoring.assessors import central, latest_of_each, score_of, upper_median_level
from tracker.scoring.band import bands
from tracker.scoring.mitigations import (
    remain_projected,
    remain_today,
    residual,
    risk_mitigations,
)
from tracker.scoring.score import level_of, level_rank, plain_level

NOBODY: Final = "nobody has assessed it"
OWNER_ONLY: Final = "only the launch owner has assessed it"

_Band = tuple[float, float]


class _Judged(NamedTuple):
    """A risk whose judgements count, with its central scores and its bands before mitigations."""

    scores: tuple[AssessorScore, ...]
    harm: AssessorScore
    priority: AssessorScore
    band: _Band
    priority_band: _Band


def risk_states(inputs: Sequence[RiskInputs], profile: ScoringProfile) -> list[RiskState]:
    """Return the state of each risk, in the order given; each is the same as computed alone."""
    scores = [_counting_scores(item, profile) for item in inputs]
    judged = iter(_judged([row for row in scores if row], profile))
    return [
        _assessed(item, next(judged), profile) if row else _unassessed(item, profile)
        for item, row in zip(inputs, scores, strict=True)
    ]


def why_unassessed(assessments: Sequence[AssessmentRecord], launch: LaunchRecord) -> str:
    """Return why no judgement of a risk counts; empty where somebody's does."""
    if not assessments:
        return NOBODY
    if all(assessment.assessor == launch.owner for assessment in assessments):
        return OWNER_ONLY
    return ""


def _counting_scores(inputs: RiskInputs, profile: ScoringProfile) -> tuple[AssessorScore, ...]:
    if why_unassessed(inputs.assessments, inputs.launch):
        return ()
    latest = latest_of_each(inputs.assessments)
    return tuple(score_of(assessment, inputs.launch, profile) for assessment in latest)


def _judged(rows: list[tuple[AssessorScore, ...]], profile: ScoringProfile) -> list[_Judged]:
    harm = [[score.harm_score for score in row] for row in rows]
    priority = [[score.priority for score in row] for row in rows]
    widths = [[profile.grades[score.assessment.grade].half_width for score in row] for row in rows]
    solved = bands(harm + priority, widths + widths)
    return [
        _Judged(row, central(row, _harm_score), central(row, _priority), band, priority_band)
        for row, band, priority_band in zip(
            rows, solved[: len(rows)], solved[len(rows) :], strict=True
        )
    ]


def _harm_score(score: AssessorScore) -> float:
    return score.harm_score


def _priority(score: AssessorScore) -> float:
    return score.priority


def _unassessed(inputs: RiskInputs, profile: ScoringProfile) -> RiskState:
    return RiskState(
        risk=inputs.risk,
        unassessed_because=why_unassessed(inputs.assessments, inputs.launch),
        scores=(),
        central_harm=None,
        central_priority=None,
        inherent=_no_figures(1.0),
        current=_no_figures(remain_today(inputs, profile)),
        projected=_no_figures(remain_projected(inputs, profile)),
        outdated=False,
        floored=False,
        mitigations=risk_mitigations(inputs),
    )


def _no_figures(remain: float) -> Figures:
    return Figures(None, None, Level.UNASSESSED, None, None, remain)


def _assessed(inputs: RiskInputs, judged: _Judged, profile: ScoringProfile) -> RiskState:
    today, projected = remain_today(inputs, profile), remain_projected(inputs, profile)
    figures = {left: _figures(judged, left, profile) for left in {1.0, today, projected}}
    current = figures[today]
    plain = plain_level(residual(judged.harm.harm_score, today), profile)
    return RiskState(
        risk=inputs.risk,
        unassessed_because="",
        scores=judged.scores,
        central_harm=judged.harm,
        central_priority=judged.priority,
        inherent=figures[1.0],
        current=current,
        projected=figures[projected],
        outdated=any(score.outdated for score in judged.scores),
        floored=level_rank(current.level) > level_rank(plain),
        mitigations=risk_mitigations(inputs),
    )


def _figures(judged: _Judged, remain: float, profile: ScoringProfile) -> Figures:
    levels = [
        level_of(residual(score.harm_score, remain), score.assessment.picks, profile)
        for score in judged.scores
    ]
    return Figures(
        harm_score=residual(judged.harm.harm_score, remain),
        priority=residual(judged.priority.priority, remain),
        level=upper_median_level(levels),
        band=_shifted(judged.band, remain),
        priority_band=_shifted(judged.priority_band, remain),
        remain=remain,
    )


def _shifted(band: _Band, remain: float) -> _Band:
    return (residual(band[0], remain), residual(band[1], remain))
