"""What each launch criterion shows against its threshold, one line per criterion.

Every criterion has its own scale, so that each line is drawn relative to its own threshold: the
threshold is the rule in the middle and good lies to the right, whichever way the metric is good.
A criterion is shown when its whole line lies to the right of the rule, not when its point does.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from tracker.charts import theme
from tracker.domain.words import GateState

COLUMNS: Final = ("gate", "state", "start", "end", "point", "bounded", "words")

ROW: Final = 26
"""Height of a line in pixels."""

AXIS: Final = 44
"""Height of the axis and of the room around the lines in pixels."""

WORST_FIRST: Final = sorted(GateState, key=lambda state: state.badness, reverse=True)


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One criterion with a figure; those without one have nothing to draw.

    Attributes:
        low, high: Bounds in the metric's scale; None where nothing usable is known, then the
            line is thin and runs over the whole width.
        observed: In the same scale.
        threshold: In the same scale.
        higher_is_better: Which side of the threshold is good.
        words: The figures as they are printed, such as "495/500 shows ≥ 97.9 %".
    """

    gate: str
    state: GateState
    low: float | None
    high: float | None
    observed: float
    threshold: float
    higher_is_better: bool
    words: str


def height(rows: Sequence[IntervalRow]) -> int:
    """Return the height of the chart with its axis in pixels."""
    return ROW * len(rows) + AXIS


def frame(rows: Sequence[IntervalRow]) -> pd.DataFrame:
    """Return one line per criterion, with distances to its threshold from -1 (bad) to 1 (good)."""
    return pd.DataFrame([_line(row) for row in rows], columns=list(COLUMNS))


def _line(row: IntervalRow) -> tuple[str, str, float, float, float, bool, str]:
    known = [value for value in (row.low, row.high, row.observed) if value is not None]
    span = max((abs(value - row.threshold) for value in known), default=0.0) or 1.0
    sign = 1.0 if row.higher_is_better else -1.0
    bounds = [value for value in (row.low, row.high) if value is not None]
    bounded = len(bounds) == 2
    ends = sorted(sign * (value - row.threshold) / span for value in bounds)
    start, end = ends if bounded else (-1.0, 1.0)
    point = sign * (row.observed - row.threshold) / span
    return row.gate, str(row.state), start, end, point, bounded, row.words


@functools.cache
def spec() -> dict[str, Any]:
    """Return the chart's specification, built once; treat it as read-only."""
    base = alt.Chart().encode(
        y=alt.Y(
            "gate:N",
            sort=None,
            axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=260),
        ),
        color=alt.Color("state:N", scale=_colours(), legend=None),
        tooltip=[
            alt.Tooltip("gate:N", title="Gate"),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("words:N", title="Shows"),
        ],
    )
    lines = base.mark_rule(strokeCap="round").encode(
        x=alt.X("start:Q", scale=alt.Scale(domain=[-1.08, 1.08]), axis=_axis()),
        x2="end:Q",
        strokeWidth=alt.condition("datum.bounded", alt.value(5), alt.value(1.5)),
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x="point:Q")
    rule = (
        alt.Chart()
        .transform_aggregate(lines="count()")
        .mark_rule(color=theme.NEUTRAL, strokeWidth=2, strokeDash=[4, 3], aria=False)
        .encode(x=alt.XDatum(0, type="quantitative"))
    )
    layers = alt.layer(rule, lines, points)
    return theme.bare(layers.properties(width="container", height=alt.Step(ROW)))


def _axis() -> alt.Axis:
    return alt.Axis(
        title="← misses the threshold · shows it →",
        aria=False,
        labels=False,
        ticks=False,
        grid=False,
        domain=False,
    )


def _colours() -> alt.Scale:
    return alt.Scale(
        domain=[str(state) for state in WORST_FIRST],
        range=[theme.GATES[state].fill for state in WORST_FIRST],
    )


def chart(rows: Sequence[IntervalRow], width: int = 520) -> alt.Chart | alt.LayerChart:
    """Return the chart with its data, `width` pixels wide, for pictures in exports."""
    return theme.picture({**spec(), "width": width}, frame(rows))


def alt_text(rows: Sequence[IntervalRow]) -> str:
    """Say in words what each line shows."""
    return " ".join(f"{row.gate}: {row.state}, {row.words}." for row in rows) or "No figures."
