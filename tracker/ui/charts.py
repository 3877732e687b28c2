"""Charts on the screen: a specification built once, its rows beside it, and the same in words."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from tracker.charts import intervals as intervals_chart
from tracker.charts import levels as levels_chart
from tracker.charts import matrix as matrix_chart
from tracker.charts import waterfall as waterfall_chart
from tracker.charts.intervals import IntervalRow
from tracker.charts.levels import LevelRow
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Part
from tracker.domain.words import Level
from tracker.scoring.matrix import Place

WIDTH: Final = 460
HEIGHT: Final = 410
"""Pixels of the matrix with its axes: Streamlit fits both into the size that it is given."""


def levels(bars: Sequence[LevelRow], key: str) -> None:
    """Draw open risks by level, UNASSESSED to the left of zero."""
    _draw(levels_chart.frame(bars), levels_chart.spec(), key=key, alt=levels_chart.alt_text(bars))


def intervals(bars: Sequence[IntervalRow], key: str) -> None:
    """Draw what gates show against their thresholds; good lies to the right."""
    _draw(
        intervals_chart.frame(bars),
        {**intervals_chart.spec(), "height": intervals_chart.height(bars)},
        key=key,
        alt=intervals_chart.alt_text(bars),
    )


def matrix(
    cells: matrix_chart.Cells, profile: ScoringProfile, unassessed: Sequence[str], key: str
) -> Place | None:
    """Draw the matrix and return the (row, column) of the cell that is clicked, if any."""
    event = st.vega_lite_chart(
        matrix_chart.frame(cells, profile),
        {**matrix_chart.spec(profile), "width": WIDTH, "height": HEIGHT},
        key=key,
        on_select="rerun",
        width="content",
        alt=matrix_chart.alt_text(cells, profile, unassessed),
    )
    points: Any = event["selection"].get(matrix_chart.SELECTION, [])
    return (int(points[0]["row"]), int(points[0]["column"])) if points else None


def waterfall(parts: Sequence[Part], level: Level, profile: ScoringProfile, key: str) -> None:
    """Draw a score as a sum."""
    _draw(
        waterfall_chart.frame(parts, level, profile),
        waterfall_chart.spec(profile),
        key=key,
        alt=waterfall_chart.alt_text(parts, level, profile),
    )


def _draw(frame: pd.DataFrame, spec: dict[str, Any], *, key: str, alt: str) -> None:
    st.vega_lite_chart(frame, spec, key=key, width="stretch", alt=alt)
