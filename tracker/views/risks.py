"""The register of one launch, and its matrix of likelihood and harm."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.charts.matrix import harm_labels, likelihood_labels
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import Level, View
from tracker.readiness.words import mitigation_words
from tracker.scoring.matrix import MatrixCell, Place, cells
from tracker.scoring.order import rank_key
from tracker.views.figures import band_words, counted, frame, one_place, status_words

DTYPES: Final = {
    "ref": "str",
    "risk": "str",
    "title": "str",
    "level": "str",
    "harm_score": "float64",
    "band": "str",
    "priority": "float64",
    "area": "str",
    "owner": "str",
    "due": "datetime64[s]",
    "status": "str",
    "mitigations": "str",
}
"""Columns of the register; figures are those of the chosen view."""

ANSWERS: Final = "Which risks does this launch carry, and how bad is each?"
EMPTY: Final = "No risk is registered on this launch. Enter the first one with “New risk”."
NO_MATCH: Final = "No risk matches. Take a filter away to see the others."


@dataclass(frozen=True, slots=True)
class RiskFilter:
    """What narrows the register; an empty collection lets everything through.

    Attributes:
        place: (row, column) of the matrix cell whose risks are wanted.
        closed: Closed risks are listed too.
    """

    levels: Collection[str] = ()
    areas: Collection[str] = ()
    owners: Collection[str] = ()
    text: str = ""
    place: Place | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix of one launch in one view.

    Attributes:
        cells: The cells that hold an open risk.
        places: The same cells by "row-column" with their words, the worst first.
        unassessed: References within the launch of the open risks outside the grid.
        closed: How many risks are closed and therefore not in it.
    """

    cells: dict[Place, MatrixCell]
    places: dict[str, str]
    unassessed: tuple[str, ...]
    closed: int

    def place(self, clicked: Place | None, chosen: str | None) -> Place | None:
        """Return the cell that is asked for: the one chosen by name, else the one clicked."""
        if chosen is None:
            return clicked
        row, _, column = chosen.partition("-")
        return int(row), int(column)


@dataclass(frozen=True, slots=True)
class RisksView:
    """The register of one launch in one view.

    Attributes:
        frame: One line per risk that matches, in the order of work, closed ones last.
        counted: How many of how many are shown.
        empty: What to do where no line matches; empty where one does.
    """

    frame: pd.DataFrame
    counted: str
    empty: str


def grid(state: LaunchState, view: View, profile: ScoringProfile) -> Grid:
    """Return the matrix of a launch in one view."""
    found = cells(state.open_risks, view, profile)
    return Grid(
        cells=found,
        places=_places(found, profile),
        unassessed=tuple(_unknown(state, view)),
        closed=len(state.risks) - len(state.open_risks),
    )


def risks_view(
    state: LaunchState, view: View, wanted: RiskFilter, profile: ScoringProfile
) -> RisksView:
    """Return the register of a launch in one view."""
    ordered = sorted(state.risks, key=lambda risk: (not risk.is_open, rank_key(risk, state.launch)))
    inside = _inside(state, view, wanted, profile)
    lines = [
        _row(risk, state, view, profile)
        for risk in ordered
        if _matches(risk, view, wanted) and (inside is None or risk.ref in inside)
    ]
    return RisksView(
        frame=frame(lines, DTYPES),
        counted=f"{len(lines)} of {counted(len(state.risks), 'risk')} shown",
        empty="" if lines else (NO_MATCH if state.risks else EMPTY),
    )


def _inside(
    state: LaunchState, view: View, wanted: RiskFilter, profile: ScoringProfile
) -> frozenset[str] | None:
    if wanted.place is None:
        return None
    found = cells(state.open_risks, view, profile).get(wanted.place)
    return frozenset(found.refs if found else ())


def headline(state: LaunchState) -> str:
    """Say how many risks are open, and how many of them are unknown, Critical or High."""
    counts = state.level_counts(View.CURRENT)
    return (
        f"{counted(len(state.open_risks), 'open risk')}: {counts[Level.UNASSESSED]} UNASSESSED, "
        f"{counts[Level.CRITICAL]} Critical, {counts[Level.HIGH]} High"
    )


def _unknown(state: LaunchState, view: View) -> list[str]:
    return [
        risk.risk.short_ref
        for risk in state.open_risks
        if risk.figures(view).level is Level.UNASSESSED
    ]


def _places(found: dict[Place, MatrixCell], profile: ScoringProfile) -> dict[str, str]:
    rows, columns = likelihood_labels(profile), harm_labels(profile)
    worst = sorted(found, key=lambda at: (found[at].level.severity_rank, at), reverse=True)
    return {
        f"{row}-{column}": (
            f"{found[row, column].level}, {counted(found[row, column].count, 'risk')}: "
            f"{rows[row].partition('|')[0]}, {columns[column].partition('|')[0]}"
        )
        for row, column in worst
    }


def _matches(risk: RiskState, view: View, wanted: RiskFilter) -> bool:
    record = risk.risk
    searched = f"{record.ref}\n{record.title}\n{record.scenario}".casefold()
    return (
        (risk.is_open or wanted.closed)
        and (not wanted.levels or str(risk.figures(view).level) in wanted.levels)
        and (not wanted.areas or not {record.area, *record.touches}.isdisjoint(wanted.areas))
        and (not wanted.owners or (record.owner or "") in wanted.owners)
        and wanted.text.strip().casefold() in searched
    )


def _row(
    risk: RiskState, state: LaunchState, view: View, profile: ScoringProfile
) -> dict[str, Any]:
    figures, record = risk.figures(view), risk.risk
    names = {status.area.code: status.area.name for status in state.areas}
    return {
        "ref": record.ref,
        "risk": record.short_ref,
        "title": record.title,
        "level": str(figures.level),
        "harm_score": one_place(figures.harm_score, profile),
        "band": band_words(figures.band, profile),
        "priority": one_place(figures.priority, profile),
        "area": names.get(record.area, record.area),
        "owner": state.person_name(record.owner),
        "due": pd.Timestamp(record.due) if record.due else pd.NaT,
        "status": status_words(risk),
        "mitigations": mitigation_words(risk),
    }
