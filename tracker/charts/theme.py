"""The one place where levels and verdicts get their colours, letters and icons.

The luminance of the levels falls steadily, so that their order survives every kind of colour
vision and grey print; a letter and a word always stand beside the colour. The fills serve the
light and the dark theme alike; `PAPER` and `SCREEN` hold what differs around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import altair as alt
import pandas as pd

from tracker.domain.words import GateState, Level, Verdict


@dataclass(frozen=True, slots=True)
class Swatch:
    """How one word looks.

    Attributes:
        fill: Background of its badge, cell or bar, as #RRGGBB.
        ink: Text on that background, with a contrast of at least 4.5 to 1.
        letter: One character for places too small for the word.
        icon: Name of the Material symbol on screens.
        badge: Colour name of the screen's own badge.
        symbol: A shape that prints without icons.
    """

    fill: str
    ink: str
    letter: str
    icon: str
    badge: str
    symbol: str


WHITE: Final = "#FFFFFF"
BLACK: Final = "#111417"
SELECTED: Final = "#2563EB"
"""Outline of what is selected: a colour that no level has."""
NEUTRAL: Final = "#8A94A3"
"""Empty cells and plain bars: says nothing about a level."""

LEVELS: Final[Mapping[Level, Swatch]] = MappingProxyType(
    {
        Level.CRITICAL: Swatch("#A81C4A", WHITE, "C", "dangerous", "red", "◆"),
        Level.HIGH: Swatch("#D9602B", BLACK, "H", "warning", "orange", "▲"),
        Level.MODERATE: Swatch("#EFA03C", BLACK, "M", "error", "yellow", "■"),
        Level.LOW: Swatch("#F4D980", BLACK, "L", "arrow_downward", "blue", "▼"),
        Level.VERY_LOW: Swatch("#E4ECF2", BLACK, "V", "remove", "gray", "▬"),
        Level.UNASSESSED: Swatch("#6B7280", WHITE, "U", "help", "violet", "?"),
    }
)
"""UNASSESSED is drawn dark and with a broken outline: it is unknown, which is never low."""

PILLS: Final[Mapping[Level, str]] = MappingProxyType(
    {
        **{level: look.fill for level, look in LEVELS.items()},
        Level.HIGH: "#B4481A",
        Level.MODERATE: "#F5C070",
        Level.LOW: "#F8E6A8",
    }
)
"""Fills of the labels in tables, where Streamlit picks the ink: black from a luminance of one half
on, else white. With these its choice has a contrast of at least 4.5 to 1."""

VERDICTS: Final[Mapping[Verdict, Swatch]] = MappingProxyType(
    {
        Verdict.NOT_READY: Swatch("#7F1D1D", WHITE, "N", "block", "red", "✖"),
        Verdict.READY_WITH_CONDITIONS: Swatch("#7A4B00", WHITE, "W", "rule", "orange", "◐"),
        Verdict.READY: Swatch("#0B6B4A", WHITE, "R", "check_circle", "green", "✔"),
    }
)

GATES: Final[Mapping[GateState, Swatch]] = MappingProxyType(
    {
        GateState.FAILED: Swatch("#A81C4A", WHITE, "F", "cancel", "red", "✖"),
        GateState.MISSING: Swatch("#6B7280", WHITE, "?", "help", "violet", "?"),
        GateState.PLANNED: Swatch("#1D4ED8", WHITE, "P", "event", "blue", "◷"),
        GateState.STALE: Swatch("#8A5A00", WHITE, "S", "history", "yellow", "↺"),
        GateState.INCONCLUSIVE: Swatch("#B4481A", WHITE, "I", "question_exchange", "orange", "≈"),
        GateState.PASSED: Swatch("#0B6B4A", WHITE, "✔", "check_circle", "green", "✔"),
    }
)
"""Only `passed` is green; a waiver is a mark of its own and never changes the state's colour."""

WORST_FIRST: Final[tuple[Level, ...]] = (
    Level.UNASSESSED,
    Level.CRITICAL,
    Level.HIGH,
    Level.MODERATE,
    Level.LOW,
    Level.VERY_LOW,
)


def fill_scale() -> alt.Scale:
    """Return the scale from level to fill."""
    return alt.Scale(
        domain=[str(level) for level in WORST_FIRST],
        range=[LEVELS[level].fill for level in WORST_FIRST],
    )


def ink_scale() -> alt.Scale:
    """Return the scale from level to ink."""
    return alt.Scale(
        domain=[str(level) for level in WORST_FIRST],
        range=[LEVELS[level].ink for level in WORST_FIRST],
    )


def bare(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return a chart's specification without data and configuration.

    The screen brings both: the rows arrive beside the specification, the theme is its own.
    """
    return _without_data(chart.to_dict())


def _without_data(spec: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in spec.items() if name not in _BROUGHT}
    if "layer" in kept:
        kept["layer"] = [_without_data(layer) for layer in kept["layer"]]
    return kept


_BROUGHT: Final = frozenset({"data", "datasets", "config", "$schema"})


def picture(spec: Mapping[str, Any], rows: pd.DataFrame) -> alt.Chart | alt.LayerChart:
    """Join a bare specification with its rows into a chart for print.

    Words around the marks take the colour of the text that the picture stands in
    (`currentColor`), so that one picture serves light pages, dark pages and paper.
    """
    kind = alt.LayerChart if "layer" in spec else alt.Chart
    joined = {**spec, "data": {"values": rows.to_dict("records")}, "config": _paper()}
    return kind.from_dict(joined)


def _paper() -> dict[str, Any]:
    ink = "currentColor"
    axis = {"labelColor": ink, "titleColor": ink, "domainColor": ink, "tickColor": ink}
    return {
        "background": "transparent",
        "font": "Source Sans, Helvetica, Arial, sans-serif",
        "view": {"stroke": None},
        "axis": {**axis, "gridColor": NEUTRAL, "gridOpacity": 0.3, "labelFontSize": 11},
        "legend": {"labelColor": ink, "titleColor": ink},
        "title": {"color": ink},
        "text": {"color": ink},
    }
