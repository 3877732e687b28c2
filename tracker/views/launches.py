"""The board: can each launch go out, and what holds it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.charts.levels import LevelRow
from tracker.domain.state import LaunchState
from tracker.domain.words import Level, ReviewStatus, Verdict, View
from tracker.readiness.words import summarised, when
from tracker.views.criteria import gate_pairs
from tracker.views.figures import counted, frame

DTYPES: Final = {
    "key": "str",
    "name": "str",
    "verdict": "str",
    "reasons": "str",
    "review_status": "str",
    "exposure": "str",
    "target": "str",
    "open_risks": "int64",
    "levels": "object",
    "gates": "object",
}
"""Columns of the board: `target` begins with the date and sorts by it; `levels` holds pairs of a
level and its count, `gates` pairs of a gate state and its count, each the worst first."""

ANSWERS: Final = "Can each launch go out, and what holds it?"
NO_MATCH: Final = "No launch matches. Take a filter away to see the others."
SHOWN_IN_CHART: Final = 15
"""More bars than this are read in the table."""


@dataclass(frozen=True, slots=True)
class LaunchesView:
    """The board.

    Attributes:
        headline: How many of the launches can go out.
        frame: One line per launch that matches, in the order of the board.
        bars: Open risks by level of the same launches, at most `SHOWN_IN_CHART`.
        bars_note: How to read the bars, and which launches they leave out.
        note: What a reader must know about these launches, else empty.
        empty: What to do where there is no line; empty where there is one.
    """

    headline: str
    frame: pd.DataFrame
    bars: tuple[LevelRow, ...]
    bars_note: str
    note: str
    empty: str


def launches_view(
    states: Sequence[LaunchState],
    verdicts: Iterable[str] = (),
    statuses: Iterable[str] = (),
    text: str = "",
) -> LaunchesView:
    """Return the board of the launches that match; no filter lets all through."""
    wanted = [
        state
        for state in states
        if _is_among(state.verdict, verdicts)
        and _is_among(_status(state), statuses)
        and _mentions(state, text)
    ]
    return LaunchesView(
        headline=headline(states),
        frame=frame([_row(state) for state in wanted], DTYPES),
        bars=tuple(_bar(state) for state in wanted[:SHOWN_IN_CHART]),
        bars_note=_bars_note(len(wanted)),
        note=_note(wanted),
        empty="" if wanted else NO_MATCH,
    )


def headline(states: Sequence[LaunchState]) -> str:
    """Say how many launches can go out."""
    if not states:
        return "No launches yet"
    ready = sum(state.verdict is not Verdict.NOT_READY for state in states)
    return f"{ready} of {counted(len(states), 'launch', 'launches')} can go out"


def _is_among(value: str, wanted: Iterable[str]) -> bool:
    listed = list(wanted)
    return not listed or str(value) in listed


def _mentions(state: LaunchState, text: str) -> bool:
    launch = state.launch
    searched = f"{launch.key} {launch.name} {launch.model_version} {launch.summary}"
    return text.strip().casefold() in searched.casefold()


def _row(state: LaunchState) -> dict[str, Any]:
    launch = state.launch
    counts = state.level_counts(View.CURRENT)
    return {
        "key": launch.key,
        "name": launch.name,
        "verdict": str(state.verdict),
        "reasons": ", ".join(summarised(state.reasons)),
        "review_status": str(_status(state)),
        "exposure": _exposure(state),
        "target": f"{launch.target_date.isoformat()} {_kept_together(when(launch, state.today))}",
        "open_risks": len(state.open_risks),
        "levels": tuple((level, counts[level]) for level in worst_first() if counts[level]),
        "gates": gate_pairs(state),
    }


def _status(state: LaunchState) -> ReviewStatus:
    """Return where the work is, with run out cover and uncovered exposure taken into account."""
    return state.standing.review_status if state.standing else state.launch.review_status


def _exposure(state: LaunchState) -> str:
    """Say where the model runs and asks to run; what no decision covers comes first."""
    launch = state.launch
    uncovered = "✖ UNCOVERED: " if state.standing and state.standing.uncovered else ""
    return f"{uncovered}{launch.exposure_now} → {launch.exposure_asked}"


def _kept_together(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def worst_first() -> list[Level]:
    """Return the levels as they are listed: UNASSESSED, then from Critical down."""
    return sorted(Level, key=lambda level: level.severity_rank, reverse=True)


def _bar(state: LaunchState) -> LevelRow:
    return LevelRow(state.launch.name, state.level_counts(View.CURRENT))


def _bars_note(matching: int) -> str:
    how = "Counted today, with what is verified. UNASSESSED stands to the left: unknown, not low."
    if matching <= SHOWN_IN_CHART:
        return how
    return f"{how} The first {SHOWN_IN_CHART} of {matching} launches; filter to see others."


def _note(states: Sequence[LaunchState]) -> str:
    dated = [state.launch for state in states if state.launch.as_of]
    if not dated:
        return ""
    said = ", ".join(f"{launch.name} as of {launch.as_of}" for launch in dated)
    return f"Historical, read on the day of their decision: {said}."
