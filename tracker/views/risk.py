"""One risk in detail: its figures, whose sum they are, and what lowers or causes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.domain.records import AssessmentRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AssessorScore, LaunchState, Part, RiskMitigation, RiskState
from tracker.domain.words import Factor, Level, MitigationStatus, Origin, View
from tracker.scoring.assessors import score_of
from tracker.scoring.explain import explain_priority, priority_parts
from tracker.scoring.nist import nist_level
from tracker.scoring.show import one_decimal
from tracker.views.figures import band_words, frame, level_and_score, one_place, status_words

FIGURE_DTYPES: Final = {
    "view": "str",
    "level": "str",
    "harm_score": "float64",
    "band": "str",
    "priority": "float64",
    "priority_band": "str",
    "left": "float64",
}
"""Columns of the figures; `left` is the share of expected loss left, in percent."""

ASSESSMENT_DTYPES: Final = {
    "assessor": "str",
    "harm_score": "float64",
    "level": "str",
    "priority": "float64",
    **{factor.value: "str" for factor in Factor},
    "grade": "str",
    "submitted": "datetime64[s]",
    "status": "str",
    "rationale": "str",
}

MITIGATION_DTYPES: Final = {
    "mitigation": "str",
    "title": "str",
    "mechanism": "str",
    "status": "str",
    "expected": "str",
    "counted": "float64",
    "note": "str",
    "owner": "str",
}
"""Columns of the mitigations; `counted` is the share that counts today, in percent."""

ANSWERS: Final = "How bad is this risk, whose judgement is that, and what lowers it?"
NOT_ASSESSED: Final = "Nobody's judgement counts yet. Assess it under Launch, Assess."
NO_MITIGATION: Final = "No mitigation bears on this risk. Enter one under Launch, Mitigations."
DISAGREES_FROM: Final = 2
"""Picks of one factor that lie this far apart are talked about (design, section 4)."""

_VIEWS: Final = (
    (View.INHERENT, "inherent, no mitigation"),
    (View.CURRENT, "now, verified today"),
    (View.PROJECTED, "projected, planned too"),
)


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk in detail.

    Attributes:
        headline: The level today, and what it would be without and with planned mitigations.
        figures: The three views, one line each.
        sentence: The current priority as a sum in words, and whose sum it is.
        parts: The summands of that sum; empty where the risk is UNASSESSED.
        assessments: Each assessor's latest assessment that counts.
        disagreement: On which factors assessors lie two or more apart; empty where on none.
        mitigations: What lowers the risk.
        introduced_by: Mitigations that introduce or worsen it, in sentences.
        nist: The approximate NIST level; None where the risk is UNASSESSED.
        facts: Label and value, in the order of reading.
        illustrative: A judgement that counts here was made up for the demo.
    """

    title: str
    headline: str
    level: Level
    status: str
    figures: pd.DataFrame
    sentence: str
    parts: tuple[Part, ...]
    assessments: pd.DataFrame
    disagreement: str
    mitigations: pd.DataFrame
    introduced_by: tuple[str, ...]
    nist: str | None
    facts: tuple[tuple[str, str], ...]
    closure: str
    illustrative: bool


def risk_view(risk: RiskState, launch: LaunchState, profile: ScoringProfile) -> RiskView:
    """Return the detail of one risk of a launch."""
    score = risk.central_priority
    picks = risk.central_harm.assessment.picks if risk.central_harm else None
    lowering = [item for item in risk.mitigations if not item.effect.introduces]
    return RiskView(
        title=f"{risk.risk.short_ref} {risk.risk.title}",
        headline=_headline(risk, profile),
        level=risk.current.level,
        status=status_words(risk),
        figures=frame(_figure_rows(risk, profile), FIGURE_DTYPES),
        sentence=explain_priority(risk, View.CURRENT, profile, launch.person_name),
        parts=priority_parts(score, risk.current.remain, profile) if score else (),
        assessments=frame(_score_rows(risk, launch, profile), ASSESSMENT_DTYPES),
        disagreement=_disagreement(risk.scores, profile),
        mitigations=frame([_mitigation_row(item, launch) for item in lowering], MITIGATION_DTYPES),
        introduced_by=tuple(_introductions(risk)),
        nist=nist_level(picks.likelihood, picks.severity) if picks else None,
        facts=tuple(_facts(risk, launch).items()),
        closure=_closure(risk, launch),
        illustrative=risk.illustrative,
    )


def originals(
    assessments: Sequence[AssessmentRecord], launch: LaunchState, profile: ScoringProfile
) -> pd.DataFrame:
    """Return every assessment ever submitted for a risk, the latest first."""
    newest_first = sorted(assessments, key=lambda item: item.id, reverse=True)
    scores = [score_of(assessment, launch.launch, profile) for assessment in newest_first]
    rows = [_score_row(score, launch, profile, _version_words(score)) for score in scores]
    return frame(rows, ASSESSMENT_DTYPES)


def _version_words(score: AssessorScore) -> str:
    about = f"for {score.assessment.model_version}, {score.assessment.exposure_stage}"
    return f"{about}, outdated" if score.outdated else about


def _figure_rows(risk: RiskState, profile: ScoringProfile) -> list[dict[str, Any]]:
    shown = ((risk.figures(view), name) for view, name in _VIEWS)
    return [
        {
            "view": name,
            "level": str(figures.level),
            "harm_score": one_place(figures.harm_score, profile),
            "band": band_words(figures.band, profile),
            "priority": one_place(figures.priority, profile),
            "priority_band": band_words(figures.priority_band, profile),
            "left": figures.remain * 100,
        }
        for figures, name in shown
    ]


def _score_rows(
    risk: RiskState, launch: LaunchState, profile: ScoringProfile
) -> list[dict[str, Any]]:
    return [_score_row(score, launch, profile, _role_of(score, risk)) for score in risk.scores]


def _score_row(
    score: AssessorScore, launch: LaunchState, profile: ScoringProfile, status: str
) -> dict[str, Any]:
    return {
        **_picks(score.assessment, profile),
        "assessor": launch.person_name(score.assessment.assessor),
        "harm_score": one_place(score.harm_score, profile),
        "level": str(score.level),
        "priority": one_place(score.priority, profile),
        "status": status,
    }


def _picks(assessment: AssessmentRecord, profile: ScoringProfile) -> dict[str, Any]:
    words = {
        factor.value: _pick_words(factor, assessment.picks.of(factor), profile) for factor in Factor
    }
    return {
        **words,
        "grade": str(assessment.grade),
        "submitted": pd.Timestamp(assessment.submitted_at).tz_convert("UTC").tz_localize(None),
        "rationale": _rationale(assessment),
    }


def _pick_words(factor: Factor, pick: int, profile: ScoringProfile) -> str:
    return f"{pick} {profile.scales[factor].anchor(pick).word}"


def _rationale(assessment: AssessmentRecord) -> str:
    reasons = [
        f"{factor.value.replace('_', ' ')}: {text}" for factor, text in assessment.reasons.items()
    ]
    made_up = [Origin.ILLUSTRATIVE.value] if assessment.origin is Origin.ILLUSTRATIVE else []
    return "; ".join([*filter(None, [assessment.rationale]), *reasons, *made_up])


def _role_of(score: AssessorScore, risk: RiskState) -> str:
    said = [
        "outdated" if score.outdated else "",
        "central harm" if score is risk.central_harm else "",
        "central priority" if score is risk.central_priority else "",
    ]
    return ", ".join(filter(None, said)) or "counts"


def _disagreement(scores: Sequence[AssessorScore], profile: ScoringProfile) -> str:
    picks = {factor: [score.assessment.picks.of(factor) for score in scores] for factor in Factor}
    apart = [
        f"{profile.scales[factor].name} ({min(given)} to {max(given)})"
        for factor, given in picks.items()
        if given and max(given) - min(given) >= DISAGREES_FROM
    ]
    if not apart:
        return ""
    return f"Assessors differ by two or more on {', '.join(apart)}: talk before the next round."


def _mitigation_row(item: RiskMitigation, launch: LaunchState) -> dict[str, Any]:
    return {
        "mitigation": item.mitigation.ref,
        "title": item.mitigation.title,
        "mechanism": str(item.mitigation.mechanism),
        "status": str(item.placement.status) if item.placement else "not on this launch",
        "expected": _shares(item),
        "counted": item.counted * 100,
        "note": _note(item),
        "owner": launch.person_name(item.mitigation.owner),
    }


def _shares(item: RiskMitigation) -> str:
    shares = (item.effect.low, item.effect.best, item.effect.high)
    if any(share is None for share in shares):
        return "not stated"
    low, best, high = (f"{(share or 0) * 100:.0f}" for share in shares)
    return f"{best} % ({low} to {high})"


def _note(item: RiskMitigation) -> str:
    if item.adds_nothing:
        return "adds nothing: a better one of its mechanism counts"
    if item.outdated_verification:
        return "verified for another version, configuration or stage"
    if item.counted:
        return "counts today"
    rejected = item.placement and item.placement.status is MitigationStatus.REJECTED
    return "rejected" if rejected else "counts once verified"


def _introductions(risk: RiskState) -> list[str]:
    return [
        f"{item.mitigation.ref} “{item.mitigation.title}” introduces or worsens this risk "
        f"({item.placement.status if item.placement else 'not on this launch'})."
        for item in risk.mitigations
        if item.effect.introduces
    ]


def _facts(risk: RiskState, launch: LaunchState) -> Mapping[str, str]:
    record = risk.risk
    names = {status.area.code: status.area.name for status in launch.areas}
    touched = ", ".join(names.get(code, code) for code in record.touches)
    tags = ", ".join(f"{taxonomy} {code}" for taxonomy, code in record.tags)
    return {
        "Policy area": names.get(record.area, record.area),
        "Also touches": touched or "nothing else",
        "Owner": launch.person_name(record.owner),
        "Due": record.due.isoformat() if record.due else "no date",
        "Taxonomy tags": tags or "none",
        "Source": record.source or "entered here",
        "Reference": record.ref,
    }


def _closure(risk: RiskState, launch: LaunchState) -> str:
    record = risk.risk
    if record.closure_asked_by is None:
        return ""
    asked = launch.person_name(record.closure_asked_by)
    twin = f" of {record.duplicate_of}" if record.duplicate_of else ""
    why = f"{record.close_reason}{twin}: {record.close_note}"
    if record.closure_confirmed_by is None:
        return f"{asked} asked to close it ({why}). It stays open until a second person confirms."
    confirmed = launch.person_name(record.closure_confirmed_by)
    return f"Closed by {asked}, confirmed by {confirmed} ({why})."


def _headline(risk: RiskState, profile: ScoringProfile) -> str:
    harm, inherent, projected = (
        figures.harm_score for figures in (risk.current, risk.inherent, risk.projected)
    )
    if harm is None or inherent is None or projected is None:
        return f"{Level.UNASSESSED}: {risk.unassessed_because}"
    return (
        f"{level_and_score(risk.current, profile)} today; {one_decimal(inherent, profile)} with no "
        f"mitigation, {one_decimal(projected, profile)} with the planned ones"
    )
