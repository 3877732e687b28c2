"""Tables: one look, one way to open a row, numbers on the right, colour beside a word."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from tracker.charts.theme import GATES, LEVELS, PILLS, VERDICTS
from tracker.domain.words import GateState, Level, Verdict
from tracker.ui.badges import gate_legend, gate_words, level_words, verdict_words
from tracker.ui.text import plain

ROW: Final = 35
"""Height of a row and of the header, in pixels, as Streamlit draws them."""

_JOINER: Final = "\N{WORD JOINER}"
_NO_GATES: Final = f"no gates {GATES[GateState.MISSING].symbol}"


def show(
    frame: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    key: str,
    name: str,
    rows: int = 12,
    row_height: int = ROW,
    opens: str | None = None,
) -> int | None:
    """Draw a table of the given columns and return the position of the row that was opened.

    Args:
        frame: Holds at least the columns; the others do not reach the browser.
        columns: Column of the frame to its configuration, in the order of the table.
        key: Name of the table, `page.table`.
        name: What the table is, for people who cannot see it.
        rows: Rows that are visible without scrolling.
        row_height: In pixels; text wraps in rows that are higher than `ROW`.
        opens: Column whose cells are buttons that open the row.
    """
    shown = frame.loc[:, list(columns)].copy()
    config = dict(columns)
    clicks = f"{key}.open"
    if opens is not None:
        shown[opens] = shown[opens].map(_as_label)
        config[opens] = _button(config[opens], clicks)
    st.container(key=key).dataframe(
        shown,
        column_config=config,
        hide_index=True,
        alt=name,
        height="content" if len(shown) <= rows else row_height * rows + ROW,
        row_height=row_height,
        placeholder="–",
    )
    click = st.session_state.get(clicks) if opens is not None else None
    return int(click["row"]) if click else None


def _as_label(text: str) -> str:
    return text.replace(":", f":{_JOINER}")


def _button(label: str, clicks: str) -> Any:
    return st.column_config.ButtonColumn(
        label, type="tertiary", alignment="left", key=clicks, pinned=True
    )


def text(label: str, width: Any = None, help: str | None = None) -> Any:
    """Configure a column of text."""
    return st.column_config.TextColumn(label, width=width, help=help)


def number(label: str, form: str = "%d", help: str | None = None) -> Any:
    """Configure a column of numbers; `form` as in C, such as `%.1f`."""
    return st.column_config.NumberColumn(label, format=form, help=help, alignment="right")


def day(label: str) -> Any:
    """Configure a column of days."""
    return st.column_config.DateColumn(label, format="YYYY-MM-DD")


def moment(label: str) -> Any:
    """Configure a column of times in UTC."""
    return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")


def levels(label: str = "Level", help: str | None = None) -> Any:
    """Configure a column of levels, made by `as_levels`."""
    return st.column_config.MultiselectColumn(
        label,
        options=[level_words(level) for level in Level],
        color=[PILLS[level] for level in Level],
        help=help,
    )


def verdicts(label: str = "Verdict") -> Any:
    """Configure a column of verdicts, made by `as_verdicts`."""
    return st.column_config.MultiselectColumn(
        label,
        options=[verdict_words(verdict) for verdict in Verdict],
        color=[VERDICTS[verdict].fill for verdict in Verdict],
    )


def gate_states(label: str = "State") -> Any:
    """Configure a column of gate states, made by `as_gate_states`."""
    return st.column_config.MultiselectColumn(
        label,
        options=[gate_words(state) for state in GateState],
        color=[GATES[state].fill for state in GateState],
    )


def as_gate_states(frame: pd.DataFrame, column: str = "state") -> pd.DataFrame:
    """Return a frame whose gate states by name are coloured words with shapes."""
    return _mapped(frame, column, lambda name: [gate_words(GateState(name))])


def as_levels(frame: pd.DataFrame, column: str = "level") -> pd.DataFrame:
    """Return a frame whose levels by name are coloured words with shapes; "" is none."""
    return _mapped(frame, column, lambda name: [level_words(Level(name))] if name else [])


def as_verdicts(frame: pd.DataFrame, column: str = "verdict") -> pd.DataFrame:
    """Return a frame whose verdicts by name are coloured words with shapes."""
    return _mapped(frame, column, lambda name: [verdict_words(Verdict(name))])


def as_counts(frame: pd.DataFrame, column: str = "levels") -> pd.DataFrame:
    """Return a frame whose (level, count) pairs are coloured counts with shapes."""
    return _mapped(frame, column, lambda pairs: [_count_words(*pair) for pair in pairs])


def _mapped(frame: pd.DataFrame, column: str, shown: Callable[[Any], list[str]]) -> pd.DataFrame:
    words = pd.Series([shown(value) for value in frame[column]], frame.index, dtype="object")
    return frame.assign(**{column: words})


def counts(cells: Iterable[tuple[tuple[Level, int], ...]], label: str = "Levels") -> Any:
    """Configure a column of counts per level, made by `as_counts` of the same values."""
    pairs = sorted({pair for cell in cells for pair in cell}, key=str)
    return st.column_config.MultiselectColumn(
        label,
        width=130,
        options=[_count_words(level, count) for level, count in pairs],
        color=[PILLS[level] for level, _ in pairs] or None,
        help="Open risks today: ? UNASSESSED, ◆ Critical, ▲ High, ■ Moderate, ▼ Low, ▬ Very low",
    )


def _count_words(level: Level, count: int) -> str:
    return f"{count} {LEVELS[level].symbol}"


def as_gate_counts(frame: pd.DataFrame, column: str = "gates") -> pd.DataFrame:
    """Return a frame whose (gate state, count) pairs are coloured counts with shapes."""
    return _mapped(frame, column, lambda pairs: [_gate_count(*x) for x in pairs] or [_NO_GATES])


def gate_counts(cells: Iterable[tuple[tuple[GateState, int], ...]], label: str = "Gates") -> Any:
    """Configure a column of counts per gate state, made by `as_gate_counts` of the same values."""
    pairs = sorted({pair for cell in cells for pair in cell}, key=str)
    return st.column_config.MultiselectColumn(
        label,
        width=125,
        options=[*(_gate_count(state, count) for state, count in pairs), _NO_GATES],
        color=[*(GATES[state].fill for state, _ in pairs), GATES[GateState.MISSING].fill],
        help=f"Launch criteria in force, waived ones in the state beneath: {gate_legend()}",
    )


def _gate_count(state: GateState, count: int) -> str:
    return f"{count} {GATES[state].symbol}"


def facts(pairs: Sequence[tuple[str, str]], name: str) -> None:
    """Draw labels with their values, one below the other."""
    st.table(
        {f":gray[{plain(label)}]": plain(value) for label, value in pairs},
        border="horizontal",
        alt=name,
    )


REGISTER: Final[Mapping[str, Any]] = {
    "risk": "Risk",
    "title": text("What could go wrong", width=300),
    "level": levels(),
    "harm_score": number("Harm score", "%.1f", help="Points; it gives the level"),
    "band": text("Band", help="Where the harm score lies with 90 % probability"),
    "priority": number("Priority", "%.1f", help="Points, with business impact; it gives the order"),
    "mitigations": text("Mitigations"),
    "area": text("Policy area"),
    "owner": text("Owner"),
    "due": day("Due"),
    "status": text("Status"),
}
"""Columns of the register of one launch."""
