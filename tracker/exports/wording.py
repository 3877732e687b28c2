"""Figures, dates and origins as a document prints them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from tracker.domain.changes import ChangeLine
from tracker.domain.report import ILLUSTRATIVE_LABEL, NOT_YET_RECORDED
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Figures, LaunchState, RiskState
from tracker.domain.words import GateState, Level, Origin
from tracker.exports.document import Cell
from tracker.exports.escape import shorten
from tracker.scoring.show import MINUS, one_decimal, two_decimals

NONE: Final = "—"
"""Printed for a figure that does not exist; an unassessed risk has no score, not a low one."""


_TIED: Final = "\N{NO-BREAK SPACE}"


def recorded(text: str | None) -> str:
    """Return a text, or that it is not yet recorded."""
    return text or NOT_YET_RECORDED


def day(value: date | None) -> Cell:
    """Return a day as ISO 8601, or a dash."""
    return Cell(NONE if value is None else value.isoformat(), value)


def moment(value: datetime) -> Cell:
    """Return a moment in UTC to the minute."""
    at = value.astimezone(UTC)
    return Cell(f"{at:%Y-%m-%d %H:%M} UTC", at)


def number(value: float | None, text: str | None = None) -> Cell:
    """Return a number with its own text, or a dash where there is none."""
    if value is None:
        return Cell(NONE)
    return Cell(f"{value:g}" if text is None else text, value)


def score(points: float | None, profile: ScoringProfile) -> Cell:
    """Return a score with one decimal that never crosses a level, or a dash.

    A spreadsheet stores two decimals, which never cross a level either.
    """
    if points is None:
        return Cell(NONE)
    return Cell(one_decimal(points, profile), float(machine_decimals(points, profile)))


def machine_decimals(points: float, profile: ScoringProfile) -> str:
    """Return a score with two decimals that never cross a level, as programs read a number."""
    return two_decimals(points, profile).replace(MINUS, "-")


def band(figures: Figures, profile: ScoringProfile) -> str:
    """Return the band of the harm score, such as `5.1 to 7.9`, or a dash."""
    if figures.band is None:
        return NONE
    low, high = (one_decimal(limit, profile) for limit in figures.band)
    return f"{low}{_TIED}to{_TIED}{high}"


def level(figures: Figures, profile: ScoringProfile) -> Cell:
    """Return the level with score and band; an unassessed risk prints the word and a dash."""
    if figures.harm_score is None:
        return Cell(f"{Level.UNASSESSED} {NONE}", look=Level.UNASSESSED)
    shown = one_decimal(figures.harm_score, profile)
    return Cell(f"{figures.level} {shown} ({band(figures, profile)})", look=figures.level)


def bare_level(value: Level | GateState | None) -> Cell:
    """Return a level or state as a word with its look, or a dash where there is none."""
    return Cell(NONE) if value is None else Cell(str(value), look=value)


def share(value: float | None) -> str:
    """Return a share from 0 to 1 as a percentage, or a dash."""
    return NONE if value is None else f"{value * 100:.0f} %"


def origin(*origins: Origin) -> str:
    """Return what rows rest on: the label of illustrative judgements as soon as one is."""
    if Origin.ILLUSTRATIVE in origins:
        return ILLUSTRATIVE_LABEL
    return str(origins[0]) if origins else NONE


def labelled(caption: str, illustrative: bool) -> str:
    """Return a caption, with the label of illustrative judgements where it shows any."""
    return f"{caption} — {ILLUSTRATIVE_LABEL}" if illustrative else caption


def basis(state: RiskState) -> str:
    """Return what a risk's figures rest on."""
    rows = (state.risk.origin, *(score.assessment.origin for score in state.scores))
    effects = (item.effect.origin for item in state.mitigations)
    if Origin.ILLUSTRATIVE in (*rows, *effects):
        return ILLUSTRATIVE_LABEL
    return "not assessed" if not state.scores else "assessments of this register"


def area_names(codes: Iterable[str], state: LaunchState) -> str:
    """Return the names of policy areas; a code without a record stays as it is."""
    names = {status.area.code: status.area.name for status in state.areas}
    return ", ".join(names.get(code, code) for code in codes)


def area_codes(state: RiskState) -> tuple[str, ...]:
    """Return the primary area and then those also touched."""
    return (state.risk.area, *state.risk.touches)


def is_top(state: RiskState) -> bool:
    """Tell whether a risk is printed in full: High and above, UNASSESSED, or outdated."""
    return state.current.level.severity_rank >= Level.HIGH.severity_rank or state.outdated


def lines(*parts: str) -> str:
    """Return the parts that say something, one under the other, readable on one line too."""
    return ";\n".join(part for part in parts if part)


def change_fields(change: ChangeLine) -> str:
    """Return what a change did to each field, or how many like it one line stands for."""
    if change.folded:
        return f"{change.folded} ({change.span})"
    said = [f"{field}: {_told(old)} → {_told(new)}" for field, (old, new) in change.fields.items()]
    return "; ".join(said) or NONE


def _told(value: str | None) -> str:
    return NONE if value is None else shorten(value, 200)
