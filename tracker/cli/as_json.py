"""Ranked risks and launches as plain values, with the keys that `keys` explains."""

from collections.abc import Sequence
from typing import Any

from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import GateState, Level, View

Values = dict[str, Any]


def ranked_values(ranked: RankedRisk) -> Values:
    """Return one line of the queue; its figures are current ones, unrounded."""
    state, risk, figures = ranked.state, ranked.state.risk, ranked.state.current
    central = state.central_priority
    return {
        "rank": ranked.rank or None,
        "ref": risk.ref,
        "launch": risk.launch,
        "title": risk.title,
        "policy_area": risk.area,
        "level": figures.level,
        "harm_score": figures.harm_score,
        "priority": figures.priority,
        "business_impact": central.assessment.picks.business_impact if central else None,
        "status": risk.status,
        "reason": ranked.reason,
        "band": pair(figures.band),
        "priority_band": pair(figures.priority_band),
        "outdated": state.outdated,
        "illustrative": state.illustrative,
        "holds_launch": ranked.holds_launch,
        "owner": risk.owner,
    }


def launch_values(state: LaunchState) -> Values:
    """Return one launch as the board shows it."""
    launch = state.launch
    return {
        "launch": launch.key,
        "name": launch.name,
        "verdict": state.verdict,
        "reasons": [reason.text for reason in state.reasons],
        "review_status": launch.review_status,
        "exposure_stage": launch.exposure_now,
        "target_date": launch.target_date.isoformat(),
        "levels": level_values(state.level_counts(View.CURRENT)),
        "exposure_asked": launch.exposure_asked,
        "as_of": launch.as_of.isoformat() if launch.as_of else None,
        "model_version": launch.model_version,
        "configuration": launch.configuration,
        "owner": launch.owner,
        "gates": gate_counts(state),
    }


def gate_counts(state: LaunchState) -> dict[str, int]:
    """Return how many gates in force stand in each state, the worst first."""
    counts = state.gate_counts()
    worst_first = sorted(GateState, key=lambda one: one.badness, reverse=True)
    return {str(one): counts[one] for one in worst_first}


def level_values(counts: dict[Level, int]) -> dict[str, int]:
    """Return counts by level, the highest first, UNASSESSED before all."""
    return {str(level): counts[level] for level in reversed(Level)}


def pair(band: tuple[float, float] | None) -> Sequence[float] | None:
    """Return a band as a list, or None."""
    return list(band) if band else None
