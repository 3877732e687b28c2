"""The risk matrix: likelihood bands against harm, five by five, each cell counted.

A cell takes the highest level among its risks, so that a quiet neighbour hides nothing; risks
that are UNASSESSED have no place in the grid and are counted beside it.
"""

import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from tracker.charts import theme
from tracker.domain.scales import ScoringProfile
from tracker.domain.words import Factor
from tracker.scoring.matrix import MatrixCell, Place

Cells = Mapping[Place, MatrixCell]

COLUMNS: Final = ("row", "column", "likelihood", "harm", "count", "level", "mark", "refs")
HARM_WORDS: Final = ("slight", "moderate", "serious", "severe", "extreme")
SELECTION: Final = "cell"
"""Name of the click selection; it yields `row` and `column`, each from 0 to 4."""
CELL: Final = 64
_BREAK: Final = "split(datum.label, '|')"
_GAP: Final = alt.Scale(paddingInner=0.06, paddingOuter=0)
_FILLED: Final = "datum.count > 0"


def likelihood_labels(profile: ScoringProfile) -> tuple[str, ...]:
    """Return the rows' labels from the least likely on, as `word|limits`."""
    return tuple(
        f"{anchor.word}|{anchor.text.partition(':')[0]}"
        for anchor in profile.scales[Factor.LIKELIHOOD].anchors
    )


def harm_labels(profile: ScoringProfile) -> tuple[str, ...]:
    """Return the columns' labels from the least harm on, as `word|limits of h`."""
    cuts = [f"{cut:g}" for cut in profile.harm_cuts]
    between = [f"{low} to {high}" for low, high in itertools.pairwise(cuts)]
    limits = [f"h < {cuts[0]}", *between, f"{cuts[-1]} and more"]
    return tuple(f"{word}|{limit}" for word, limit in zip(HARM_WORDS, limits, strict=True))


def frame(cells: Cells, profile: ScoringProfile) -> pd.DataFrame:
    """Return one line per cell of the grid, the empty ones too, from the top left on."""
    rows, columns = likelihood_labels(profile), harm_labels(profile)
    lines = [
        (row, column, rows[row], columns[column], *_content(cells.get((row, column))))
        for row in reversed(range(len(rows)))
        for column in range(len(columns))
    ]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _content(cell: MatrixCell | None) -> tuple[int, str, str, str]:
    if cell is None:
        return 0, "none", "", ""
    mark = f"{theme.LEVELS[cell.level].letter} {cell.level}"
    return cell.count, str(cell.level), mark, ", ".join(cell.refs)


@functools.cache
def spec(profile: ScoringProfile) -> dict[str, Any]:
    """Return the chart's specification, built once per profile; treat it as read-only."""
    place = alt.Chart().encode(
        x=alt.X(
            "harm:N",
            sort=list(harm_labels(profile)),
            scale=_GAP,
            axis=_axis("Harm if it happens", 6),
        ),
        y=alt.Y(
            "likelihood:N",
            sort=list(reversed(likelihood_labels(profile))),
            scale=_GAP,
            axis=_axis("Likelihood", 8),
        ),
    )
    layers = alt.layer(_cells(place), _counts(place), _letters(place))
    apart = layers.resolve_scale(color="independent")
    return theme.bare(apart.properties(width=CELL * 5, height=CELL * 5))


def _axis(title: str, padding: int) -> alt.Axis:
    return alt.Axis(
        title=title,
        labelExpr=_BREAK,
        labelAngle=0,
        labelOverlap=False,
        labelPadding=padding,
        labelLimit=150,
        ticks=False,
        domain=False,
    )


def _cells(place: alt.Chart) -> alt.Chart:
    clicked = alt.selection_point(name=SELECTION, fields=["row", "column"], empty=False)
    return (
        place.mark_rect(cornerRadius=4, cursor="pointer")
        .encode(
            color=alt.condition(
                _FILLED,
                alt.Color("level:N", scale=theme.fill_scale(), legend=None),
                alt.value(theme.NEUTRAL),
            ),
            opacity=alt.condition(_FILLED, alt.value(1), alt.value(0.14)),
            stroke=alt.condition(clicked, alt.value(theme.SELECTED), alt.value(None)),
            strokeWidth=alt.condition(clicked, alt.value(4), alt.value(0)),
            tooltip=[
                alt.Tooltip("count:Q", title="Open risks"),
                alt.Tooltip("level:N", title="Highest level here"),
                alt.Tooltip("refs:N", title="Risks"),
            ],
        )
        .add_params(clicked)
    )


def _counts(place: alt.Chart) -> alt.Chart:
    return _words(place, size=20, lift=-7, text="count:Q")


def _letters(place: alt.Chart) -> alt.Chart:
    return _words(place, size=10, lift=12, text="mark:N")


def _words(place: alt.Chart, size: int, lift: int, text: str) -> alt.Chart:
    return (
        place.mark_text(fontSize=size, fontWeight="bold", dy=lift)
        .encode(text=text, color=alt.Color("level:N", scale=theme.ink_scale(), legend=None))
        .transform_filter(_FILLED)
    )


def chart(cells: Cells, profile: ScoringProfile) -> alt.Chart | alt.LayerChart:
    """Return the matrix with its data, for pictures in exports."""
    return theme.picture(spec(profile), frame(cells, profile))


def alt_text(cells: Cells, profile: ScoringProfile, unassessed: Sequence[str] = ()) -> str:
    """Say in words what the matrix shows, the worst cells first, and what stands outside it."""
    worst_first = sorted(
        cells.items(), key=lambda item: (item[1].level.severity_rank, item[0]), reverse=True
    )
    said = [_sentence(place, cell, profile) for place, cell in worst_first]
    outside = f"{len(unassessed)} UNASSESSED outside the grid."
    return " ".join([*(said or ["No assessed risks."]), outside])


def _sentence(place: Place, cell: MatrixCell, profile: ScoringProfile) -> str:
    likelihood = likelihood_labels(profile)[place[0]].replace("|", ", ")
    harm = harm_labels(profile)[place[1]].replace("|", ", ")
    noun = "risk" if cell.count == 1 else "risks"
    return f"{cell.count} {noun} at likelihood {likelihood} and harm {harm}: {cell.level}."
