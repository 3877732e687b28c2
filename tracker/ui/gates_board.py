"""The table of a launch's criteria: what matters first, what lies over a state as a mark."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from tracker.ui import tables
from tracker.views.gates import Over

TWO_LINES: Final = 62
"""Height of a row in which Streamlit breaks texts into two lines, in pixels."""

_OVER: Final[Mapping[Over, str]] = {
    Over.WAIVED: "#1D4ED8",
    Over.WAIVER_ASKED: "#475569",
    Over.WAIVER_ENDED: "#475569",
    Over.WITHDRAWAL_ASKED: "#475569",
    Over.WITHDRAWN: "#1F2937",
}
"""Fills dark enough for white ink; none is green, for none of them is a pass."""


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the board with states and marks as coloured words."""
    marks = [[over] if over else [] for over in frame["over"]]
    return tables.as_gate_states(frame).assign(over=pd.Series(marks, frame.index, dtype="object"))


def columns(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of the board; marks take none where no gate has one."""
    over = {"over": _marks()} if frame["over"].any() else {}
    return {
        "ref": "Gate",
        "title": tables.text("What it asks", width=205),
        "state": tables.gate_states(),
        **over,
        "asks": tables.text("Threshold", width=100),
        "shows": tables.text("Shown", width=215),
        "why": tables.text("Why", width=235),
        "settles": tables.text("What would settle it", width=300),
        "counts": tables.text("Weight"),
        "area": tables.text("Policy area", width=200),
        "run": tables.text("Run"),
        "planned": tables.day("Booked"),
        "basis": tables.text("Basis"),
    }


def _marks() -> Any:
    return st.column_config.MultiselectColumn(
        "Over it",
        width=140,
        options=[str(mark) for mark in _OVER],
        color=list(_OVER.values()),
        help="A waiver or a withdrawal; the state beneath stays as the evidence gives it",
    )
