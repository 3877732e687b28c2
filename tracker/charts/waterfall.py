"""A score as a sum: each bar starts where the one before it ended.

Business impact comes last, after the harm score, because it moves the order of work and never a
level: the limits of the levels are drawn for the harm score alone.
"""

import functools
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from tracker.charts import theme
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Part
from tracker.domain.words import Factor, Level
from tracker.scoring.score import plain_level
from tracker.scoring.show import one_decimal, signed

COLUMNS: Final = ("step", "words", "start", "end", "points", "shown", "kind")
HARM: Final = "harm score"
PRIORITY: Final = "priority"
_PLAIN: Final = {"adds": "#2563EB", "lowers": "#93B4F5", "priority": "#475569"}
_KINDS: Final = [*_PLAIN, *(str(level) for level in theme.WORST_FIRST)]
_FILLS: Final = [*_PLAIN.values(), *(theme.LEVELS[level].fill for level in theme.WORST_FIRST)]


def frame(parts: Sequence[Part], level: Level, profile: ScoringProfile) -> pd.DataFrame:
    """Return one line per bar: summands, the harm score, what business adds, the priority.

    Args:
        parts: Summands of one assessor's priority or harm score, as `tracker.scoring.explain`
            returns them.
        level: Level of the risk in this view; the harm score's bar never shows a lower one, so
            that a floor or the other assessors stay visible.
        profile: Says where levels begin, which rounding must not cross.
    """
    business = [part for part in parts if part.name == Factor.BUSINESS_IMPACT]
    lines, harm = _steps([part for part in parts if part not in business], 0.0)
    shown = _own_or_floored(harm, level, profile)
    lines.append(_total(HARM, harm, str(shown), profile))
    if business:
        added, total = _steps(business, harm)
        lines += [*added, _total(PRIORITY, total, "priority", profile)]
    return pd.DataFrame(lines, columns=list(COLUMNS))


_Line = tuple[str, str, float, float, float, str, str]


def _steps(parts: Sequence[Part], start: float) -> tuple[list[_Line], float]:
    lines: list[_Line] = []
    for part in parts:
        end = start + part.points
        kind = "lowers" if part.points < 0 else "adds"
        name = part.name.replace("_", " ")
        lines.append((name, part.words, start, end, part.points, signed(part.points), kind))
        start = end
    return lines, start


def _total(name: str, points: float, kind: str, profile: ScoringProfile) -> _Line:
    words = kind if name == HARM else "order of work"
    return (name, words, 0.0, points, points, one_decimal(points, profile), kind)


def _own_or_floored(harm: float, level: Level, profile: ScoringProfile) -> Level:
    own = plain_level(harm, profile)
    return level if level.severity_rank > own.severity_rank else own


@functools.cache
def spec(profile: ScoringProfile) -> dict[str, Any]:
    """Return the chart's specification, built once per profile; treat it as read-only."""
    layers = alt.layer(*_limits(profile), *_bars())
    return theme.bare(layers.properties(width="container", height=alt.Step(26)))


def _bars() -> tuple[alt.Chart, alt.Chart]:
    base = alt.Chart().encode(
        y=alt.Y("step:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False))
    )
    bars = base.mark_bar(height=16, cornerRadius=2, stroke=theme.NEUTRAL).encode(
        x=alt.X("start:Q", title="points (one point is ten times more expected harm)"),
        x2="end:Q",
        color=alt.Color("kind:N", scale=alt.Scale(domain=_KINDS, range=_FILLS), legend=None),
        tooltip=[
            alt.Tooltip("step:N", title="Part"),
            alt.Tooltip("words:N", title="Because"),
            alt.Tooltip("shown:N", title="Points"),
        ],
    )
    words = base.mark_text(align="left", dx=5, fontSize=11, color="currentColor").encode(
        x=alt.X("edge:Q"), text=alt.Text("label:N")
    )
    return bars, words.transform_calculate(
        edge="max(datum.start, datum.end)", label="datum.shown + '  ' + datum.words"
    )


def _limits(profile: ScoringProfile) -> list[alt.Chart]:
    return [layer for level, bound in profile.lower_bounds for layer in _limit(str(level), bound)]


def _limit(level: str, bound: float) -> tuple[alt.Chart, alt.Chart]:
    once = alt.Chart().transform_aggregate(bars="count()")
    place = once.encode(x=alt.XDatum(bound, type="quantitative"))
    name = place.mark_text(align="left", dx=-1, fontSize=10, color="currentColor")
    return (
        place.mark_rule(color=theme.NEUTRAL, strokeDash=[3, 3], aria=False),
        name.encode(y=alt.value(-8), text=alt.TextDatum(f"{level} {bound:g}")),
    )


def chart(
    parts: Sequence[Part], level: Level, profile: ScoringProfile, width: int = 520
) -> alt.Chart | alt.LayerChart:
    """Return the chart with its data, `width` pixels wide, for pictures."""
    return theme.picture({**spec(profile), "width": width}, frame(parts, level, profile))


def alt_text(parts: Sequence[Part], level: Level, profile: ScoringProfile) -> str:
    """Say the sum in words, bar by bar."""
    lines = frame(parts, level, profile).to_dict("records")
    return "; ".join(f"{line['step']} {line['shown']} ({line['words']})" for line in lines) + "."
