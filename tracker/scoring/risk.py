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
    risk_mitigations,
    shift,
)
from tracker.scoring.score import floored, level_of, level_rank, plain_level, without_noise

NOBODY: Final = "nobody has assessed it"
OWNER_ONLY: Final = "only the launch owner has assessed it"

_Band = tuple[float, float]


class _Judged(NamedTuple):
    """A risk whose judgements count, with its central scores and its bands before mitigations."""

    scores: tuple[AssessorScore, ...]
    any_floored: bool
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
        _Judged(
            scores=row,
            any_floored=any(floored(score.assessment.picks, profile) for score in row),
            harm=central(row, _harm_score),
            priority=central(row, _priority),
            band=band,
            priority_band=priority_band,
        )
        for row, band, priority_band in zip(
            rows, solved[: len(rows)], solved[len(rows) :], strict=True
        )
    ]


def _harm_score(score: AssessorScore) -> float:
    return score.harm_score


def _priority(score: AssessorScore) -> float:
    return score.priority


def _unassessed(inputs: RiskInputs, profile: ScoringProfile) -> RiskState:
    mitigations = risk_mitigations(inputs)
    return RiskState(
        risk=inputs.risk,
        unassessed_because=why_unassessed(inputs.assessments, inputs.launch),
        scores=(),
        central_harm=None,
        central_priority=None,
        inherent=_no_figures(1.0),
        current=_no_figures(remain_today(mitigations, profile)),
        projected=_no_figures(remain_projected(inputs, profile)),
        outdated=False,
        floored=False,
        mitigations=mitigations,
    )


def _no_figures(remain: float) -> Figures:
    return Figures(None, None, Level.UNASSESSED, None, None, remain)


def _assessed(inputs: RiskInputs, judged: _Judged, profile: ScoringProfile) -> RiskState:
    mitigations = risk_mitigations(inputs)
    today, projected = remain_today(mitigations, profile), remain_projected(inputs, profile)
    figures = {left: _figures(judged, left, profile) for left in {1.0, today, projected}}
    current = figures[today]
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
        floored=_is_held_up(current, profile),
        mitigations=mitigations,
    )


def _is_held_up(figures: Figures, profile: ScoringProfile) -> bool:
    plain = plain_level(figures.harm_score or 0.0, profile)
    return level_rank(figures.level) > level_rank(plain)


def _figures(judged: _Judged, remain: float, profile: ScoringProfile) -> Figures:
    taken = shift(remain)
    harm_score = without_noise(judged.harm.harm_score + taken)
    return Figures(
        harm_score=harm_score,
        priority=without_noise(judged.priority.priority + taken),
        level=_level(judged, harm_score, taken, profile),
        band=_shifted(judged.band, taken),
        priority_band=_shifted(judged.priority_band, taken),
        remain=remain,
    )


def _level(judged: _Judged, harm_score: float, taken: float, profile: ScoringProfile) -> Level:
    """Upper median of own levels; without a floor that is the level of the median score."""
    if not judged.any_floored:
        return plain_level(harm_score, profile)
    return upper_median_level(
        [
            level_of(without_noise(score.harm_score + taken), score.assessment.picks, profile)
            for score in judged.scores
        ]
    )


def _shifted(band: _Band, taken: float) -> _Band:
    return (without_noise(band[0] + taken), without_noise(band[1] + taken))
