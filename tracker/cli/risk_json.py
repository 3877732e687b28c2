"""One risk as plain values: figures in three views, the sum, and every assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.cli.as_json import Values, pair, ranked_values
from tracker.domain.records import AssessmentRecord
from tracker.domain.state import (
    AssessorScore,
    Figures,
    LaunchState,
    Part,
    RankedRisk,
    RiskMitigation,
    RiskState,
)
from tracker.domain.words import Factor, View
from tracker.scoring.assessors import score_of
from tracker.scoring.explain import explain_priority, harm_parts, priority_parts


@dataclass(frozen=True, slots=True)
class RiskDetail:
    """One risk with all that `show` prints about it.

    Attributes:
        assessments: All of them, superseded ones too, newest first.
    """

    ranked: RankedRisk
    launch: LaunchState
    assessments: Sequence[AssessmentRecord]

    @property
    def state(self) -> RiskState:
        """The risk."""
        return self.ranked.state

    def explanation(self) -> str:
        """Return the current priority as a sum in words."""
        return explain_priority(
            self.state, View.CURRENT, self.launch.profile, self.launch.person_name
        )

    def scored(self) -> list[AssessorScore]:
        """Return what each assessment gives on its own, newest first."""
        return [
            score_of(record, self.launch.launch, self.launch.profile) for record in self.assessments
        ]

    def counts(self, record: AssessmentRecord) -> bool:
        """Tell whether this assessment is among those that count."""
        return record.id in {score.assessment.id for score in self.state.scores}

    def is_superseded(self, record: AssessmentRecord) -> bool:
        """Tell whether its assessor submitted a later one."""
        newest = next(other for other in self.assessments if other.assessor == record.assessor)
        return newest.id != record.id


def risk_values(detail: RiskDetail) -> Values:
    """Return everything about one risk."""
    state, risk = detail.state, detail.state.risk
    return {
        **ranked_values(detail.ranked),
        "scenario": risk.scenario,
        "also_touches": list(risk.touches),
        "tags": [{"taxonomy": taxonomy, "code": code} for taxonomy, code in risk.tags],
        "due": risk.due.isoformat() if risk.due else None,
        "source": risk.source,
        "origin": risk.origin,
        "unassessed_because": state.unassessed_because,
        "floored": state.floored,
        "closure": _closure(state),
        **{view.value: _figures(state.figures(view)) for view in View},
        "parts": _parts(detail, priority=True),
        "harm_parts": _parts(detail, priority=False),
        "explanation": detail.explanation(),
        "assessments": [_assessment(detail, score) for score in detail.scored()],
        "mitigations": [_mitigation(item) for item in state.mitigations],
    }


def _closure(state: RiskState) -> Values | None:
    risk = state.risk
    if risk.close_reason is None:
        return None
    return {
        "reason": risk.close_reason,
        "note": risk.close_note,
        "duplicate_of": risk.duplicate_of,
        "asked_by": risk.closure_asked_by,
        "confirmed_by": risk.closure_confirmed_by,
    }


def _figures(figures: Figures) -> Values:
    return {
        "harm_score": figures.harm_score,
        "priority": figures.priority,
        "level": figures.level,
        "band": pair(figures.band),
        "priority_band": pair(figures.priority_band),
        "remain": figures.remain,
    }


def _parts(detail: RiskDetail, *, priority: bool) -> list[Values]:
    state, profile = detail.state, detail.launch.profile
    score = state.central_priority if priority else state.central_harm
    if score is None:
        return []
    parts = (priority_parts if priority else harm_parts)(score, state.current.remain, profile)
    return [_part(part, score.assessment.assessor) for part in parts]


def _part(part: Part, assessor: str) -> Values:
    return {
        "name": part.name,
        "words": part.words,
        "points": part.points,
        "assessor": assessor,
    }


def _assessment(detail: RiskDetail, score: AssessorScore) -> Values:
    record = score.assessment
    about: dict[str, Any] = {
        "id": record.id,
        "assessor": record.assessor,
        "assessor_name": detail.launch.person_name(record.assessor),
        "picks": {factor.value: record.picks.of(factor) for factor in Factor},
        "grade": record.grade,
        "harm_score": score.harm_score,
        "priority": score.priority,
        "level": score.level,
        "counted": detail.counts(record),
        "superseded": detail.is_superseded(record),
        "outdated": score.outdated,
    }
    return about | {
        "submitted_at": record.submitted_at.isoformat(),
        "model_version": record.model_version,
        "configuration": record.configuration,
        "exposure_stage": record.exposure_stage,
        "reasons": {factor.value: record.reasons[factor] for factor in sorted(record.reasons)},
        "rationale": record.rationale,
        "confirms": record.confirms,
        "origin": record.origin,
    }


def _mitigation(item: RiskMitigation) -> Values:
    return {
        "ref": item.mitigation.ref,
        "title": item.mitigation.title,
        "mechanism": item.mitigation.mechanism,
        "status": item.placement.status if item.placement else None,
        "low": item.effect.low,
        "best": item.effect.best,
        "high": item.effect.high,
        "introduces": item.effect.introduces,
        "counted": item.counted,
        "adds_nothing": item.adds_nothing,
        "outdated_verification": item.outdated_verification,
    }
