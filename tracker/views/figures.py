"""Figures as tables show them: rounded so that no level is crossed, and empty where unknown."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Figures, RiskState
from tracker.domain.words import Level
from tracker.scoring.show import MINUS, one_decimal

UNKNOWN = "unknown"


def frame(rows: Sequence[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame with exactly these columns, in this order and of these types."""
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in dtypes.items()
    }
    return pd.DataFrame(columns)


def one_place(points: float | None, profile: ScoringProfile) -> float | None:
    """Return a score as the number that is shown, with one decimal that crosses no level."""
    if points is None:
        return None
    return float(one_decimal(points, profile).replace(MINUS, "-"))


def band_words(band: tuple[float, float] | None, profile: ScoringProfile) -> str:
    """Return a band as "6.2 to 7.1", or that it is unknown."""
    if band is None:
        return UNKNOWN
    low, high = (one_decimal(edge, profile) for edge in band)
    return f"{low} to {high}"


def level_and_score(figures: Figures, profile: ScoringProfile) -> str:
    """Return a level with its harm score: "High, 6.4"."""
    if figures.harm_score is None:
        return str(Level.UNASSESSED)
    return f"{figures.level}, {one_decimal(figures.harm_score, profile)}"


def status_words(state: RiskState) -> str:
    """Return where a risk stands: open, outdated, closure asked for, closed."""
    if not state.is_open:
        return f"closed: {state.risk.close_reason}"
    if state.risk.closure_asked_by is not None:
        return "open, closure asked for"
    return "open, assessment outdated" if state.outdated else "open"


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: "1 risk", "2 risks"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
