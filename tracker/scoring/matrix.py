"""Where risks stand in the matrix: rows of likelihood, columns of harm, 5 by 5."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import RiskState
from tracker.domain.words import Factor, Level, View
from tracker.scoring.mitigations import residual
from tracker.scoring.score import harm_points, highest

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell with something in it.

    Attributes:
        level: The highest level of its risks.
        refs: References of its risks, in the order given.
    """

    count: int
    level: Level
    refs: tuple[str, ...]


def cell(state: RiskState, view: View, profile: ScoringProfile) -> Place | None:
    """Return (row, column) of a risk, each 0 (least) to 4, or None where it is UNASSESSED.

    The row is the likelihood band of L + log10(remain), the column that of h = s + x + r, both
    from the picks whose harm score is the central one. A figure on a cut belongs above it.
    """
    if state.central_harm is None:
        return None
    picks = state.central_harm.assessment.picks
    likelihood = profile.points(Factor.LIKELIHOOD, picks.likelihood)
    row = bisect_right(profile.likelihood_cuts, residual(likelihood, state.figures(view).remain))
    return (row, bisect_right(profile.harm_cuts, harm_points(picks, profile)))


def cells(
    states: Iterable[RiskState], view: View, profile: ScoringProfile
) -> dict[Place, MatrixCell]:
    """Return the cells that hold a risk; UNASSESSED risks stand outside the grid."""
    groups: defaultdict[Place, list[RiskState]] = defaultdict(list)
    for state in states:
        place = cell(state, view, profile)
        if place is not None:
            groups[place].append(state)
    return {place: _cell_of(group, view) for place, group in groups.items()}


def _cell_of(group: list[RiskState], view: View) -> MatrixCell:
    return MatrixCell(
        count=len(group),
        level=highest(state.figures(view).level for state in group),
        refs=tuple(state.ref for state in group),
    )
