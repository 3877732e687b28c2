"""How many open risks stand at each level, as one small bar per launch."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from tracker.charts import theme
from tracker.domain.words import Level

COLUMNS: Final = ("launch", "level", "count", "start", "end", "middle", "mark")

ROOM_FOR_A_MARK: Final = 0.05
"""Part of the longest bar below which a segment is too narrow for its count."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One launch with its count of open risks per level."""

    launch: str
    counts: Mapping[Level, int]


def frame(rows: Sequence[LevelRow]) -> pd.DataFrame:
    """Return one line per launch and level that has risks.

    Assessed levels stack to the right of zero, the worst first. UNASSESSED stands to the left of
    it, so that it never seems to be part of what is known.
    """
    longest = max((sum(row.counts.values()) for row in rows), default=0)
    lines = [line for row in rows for line in _lines(row, longest * ROOM_FOR_A_MARK)]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _lines(row: LevelRow, room: float) -> list[tuple[str, str, int, int, int, float, str]]:
    lines: list[tuple[str, str, int, int, int, float, str]] = []
    end = 0
    for level in theme.WORST_FIRST:
        count = row.counts.get(level, 0)
        if not count:
            continue
        start = -count if level is Level.UNASSESSED else end
        stop = start + count
        end = max(end, stop)
        mark = f"{count} {theme.LEVELS[level].letter}" if count >= room else ""
        lines.append((row.launch, str(level), count, start, stop, (start + stop) / 2, mark))
    return lines


@functools.cache
def spec(labelled: bool = True) -> dict[str, Any]:
    """Return the chart's specification, built once; treat it as read-only.

    Args:
        labelled: Whether the launches are named at the left (not where the row names them).
    """
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=180) if labelled else None
    base = alt.Chart().encode(y=alt.Y("launch:N", axis=axis, sort=None))
    bars = base.mark_bar(height=22).encode(
        x=alt.X("start:Q", axis=None, title="open risks"),
        x2="end:Q",
        color=alt.Color("level:N", scale=theme.fill_scale(), legend=None),
        strokeDash=_broken_where_unassessed(),
        stroke=alt.condition(_UNASSESSED, alt.value(theme.WHITE), alt.value(theme.NEUTRAL)),
        tooltip=[
            alt.Tooltip("launch:N", title="Launch"),
            alt.Tooltip("level:N", title="Level"),
            alt.Tooltip("count:Q", title="Open risks"),
        ],
    )
    words = base.mark_text(fontSize=12, fontWeight="bold").encode(
        x=alt.X("middle:Q", axis=None),
        text="mark:N",
        color=alt.Color("level:N", scale=theme.ink_scale(), legend=None),
    )
    zero = (
        alt.Chart()
        .mark_rule(color=theme.NEUTRAL, strokeWidth=2, aria=False)
        .encode(x=alt.XDatum(0, type="quantitative"))
    )
    layers = alt.layer(bars, words, zero).resolve_scale(color="independent")
    return theme.bare(layers.properties(width="container", height=alt.Step(34)))


_UNASSESSED: Final = f"datum.level === '{Level.UNASSESSED}'"


def _broken_where_unassessed() -> Any:
    return alt.condition(_UNASSESSED, alt.value([4, 3]), alt.value([1, 0]))


def chart(rows: Sequence[LevelRow], width: int = 520) -> alt.Chart | alt.LayerChart:
    """Return the chart with its data, `width` pixels wide, for pictures in exports."""
    labelled = len(rows) > 1
    return theme.picture({**spec(labelled), "width": width}, frame(rows))


def alt_text(rows: Sequence[LevelRow]) -> str:
    """Say in words what the bars show."""
    return " ".join(_sentence(row) for row in rows) or "No launches."


def _sentence(row: LevelRow) -> str:
    said = [f"{row.counts[level]} {level}" for level in theme.WORST_FIRST if row.counts.get(level)]
    return f"{row.launch}: {', '.join(said) or 'no open risks'}."
