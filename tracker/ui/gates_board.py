"""The table of a launch's criteria: what matters first, what lies over a state as a mark."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from tracker.charts.theme import GATES
from tracker.domain.words import GateState
from tracker.ui import tables
from tracker.ui.badges import gate_words
from tracker.ui.text import shortened
from tracker.views.gates import Over

TWO_LINES: Final = 62
"""Height of a row in which Streamlit breaks texts into two lines, in pixels."""

TITLE: Final = 58
"""Letters of a title that fit into two lines; the gate itself shows it whole."""

_OVER: Final[Mapping[Over, str]] = {
    Over.WAIVED: "#1D4ED8",
    Over.WAIVER_ASKED: "#475569",
    Over.WAIVER_ENDED: "#475569",
    Over.WITHDRAWAL_ASKED: "#475569",
    Over.WITHDRAWN: "#1F2937",
}
"""Fills dark enough for white ink; none is green, for none of them is a pass."""

COLUMNS: Final[Mapping[str, Any]] = {
    "ref": "Gate",
    "title": tables.text("What it asks", width=215),
    "state": st.column_config.MultiselectColumn(
        "State",
        width=135,
        options=[*map(gate_words, GateState), *map(str, _OVER)],
        color=[*(GATES[state].fill for state in GateState), *_OVER.values()],
        help="As the evidence gives it; a waiver or a withdrawal is a second mark beneath",
    ),
    "asks": tables.text("Threshold", width=95),
    "shows": tables.text("Shown", width=190),
    "why": tables.text("Why", width=230),
    "settles": tables.text("What would settle it", width=290),
    "counts": tables.text("Weight"),
    "area": tables.text("Policy area", width=200),
    "run": tables.text("Run"),
    "planned": tables.day("Booked"),
    "basis": tables.text("Basis"),
}


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the board with states, and what lies over them, as coloured words."""
    pairs = zip(frame["state"], frame["over"], strict=True)
    marks = [[gate_words(GateState(state)), *filter(None, [over])] for state, over in pairs]
    titles = [shortened(str(title), TITLE) for title in frame["title"]]
    return frame.assign(title=titles, state=pd.Series(marks, frame.index, dtype="object"))
