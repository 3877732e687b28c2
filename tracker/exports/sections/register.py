"""Section 3: the open risks in queue order, and where they stand in the matrix."""

from collections.abc import Callable
from typing import Final

from tracker.charts import matrix
from tracker.domain.report import ExplainedRisk, ReadinessReport
from tracker.domain.state import Figures, LaunchState, RiskMitigation, RiskState
from tracker.domain.words import ASSESSED_LEVELS, Level, MitigationStatus, View
from tracker.exports import wording
from tracker.exports.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Picture,
    Plan,
    Section,
    Table,
    Where,
)
from tracker.scoring.matrix import cells

HOW_TO_READ: Final = (
    "One point of score is ten times more expected harm. Inherent counts no mitigation, today "
    "counts those verified on this model version, projected counts planned ones too. In brackets "
    "the band: what the assessors hold possible, from its 5 % to its 95 % quantile. An UNASSESSED "
    "risk has no score; it is unknown, not low, and stands first."
)
TITLES: Final = {View.INHERENT: "Inherent", View.CURRENT: "Today", View.PROJECTED: "Projected"}

_Read = tuple[Column, Callable[[ExplainedRisk], Cell]]


def section(report: ReadinessReport) -> Section:
    """Return the counts by level, the matrix, and the register with every open risk."""
    state = report.state
    plan = Plan[ExplainedRisk](
        caption="Open risks, the most urgent first",
        empty="No open risks.",
        sheet="Risks",
        columns=_columns(state),
    )
    table = plan.table(report.risks)
    blocks: tuple[Block, ...] = (Paragraph(HOW_TO_READ), _counts(state), _matrix(state), table)
    return Section("risks", "3 Risks by policy area, in order of work", blocks)


def _counts(state: LaunchState) -> Table:
    counted = {view: state.level_counts(view) for view in View}
    rows = tuple(
        (wording.bare_level(level), *(wording.number(counted[view][level]) for view in View))
        for level in (Level.UNASSESSED, *reversed(ASSESSED_LEVELS))
    )
    views = (Column(TITLES[view], numeric=True) for view in View)
    caption = wording.labelled("Open risks by level", _is_judged(state))
    return Table(caption, (Column("Level", 2), *views), rows, "No open risks.")


def _matrix(state: LaunchState) -> Picture:
    placed = cells(state.open_risks, View.CURRENT, state.profile)
    unassessed = [risk.ref for risk in state.open_risks if risk.central_harm is None]
    said = (
        "Risks today by likelihood and harm; a cell takes its highest level. "
        f"{len(unassessed)} UNASSESSED outside the grid"
    )
    return Picture(
        matrix.chart(placed, state.profile),
        matrix.alt_text(placed, state.profile, unassessed),
        wording.labelled(said, _is_judged(state)),
        share=0.5,
    )


def _is_judged(state: LaunchState) -> bool:
    return any(risk.illustrative for risk in state.open_risks)


def _columns(state: LaunchState) -> list[_Read]:
    return [
        (Column("#", 0.35, numeric=True), lambda it: wording.number(it.rank_on_launch)),
        *_naming(state),
        *(_level(view, state) for view in View),
        *_figures(state),
        (Column("Verified", 0.9, numeric=True), lambda it: Cell(verified(it.ranked.state))),
        (
            Column("Assessors", 0.95, numeric=True),
            lambda it: wording.number(len(it.ranked.state.scores)),
        ),
        (
            Column("Owner", 1.6),
            lambda it: Cell(state.person_name(it.ranked.state.risk.owner)),
        ),
        (Column("Basis", 1.1), lambda it: Cell(wording.basis(it.ranked.state))),
        *_more(),
    ]


def _naming(state: LaunchState) -> list[_Read]:
    def area(it: ExplainedRisk) -> Cell:
        return Cell(wording.area_names([it.ranked.state.risk.area], state))

    def touched(it: ExplainedRisk) -> Cell:
        return Cell(wording.area_names(it.ranked.state.risk.touches, state) or wording.NONE)

    return [
        (Column("Risk", 2.5, where=Where.PAPER), lambda it: Cell(named(it.ranked.state))),
        (Column("Reference", where=Where.SHEET), lambda it: Cell(it.ranked.state.ref)),
        (Column("Title", where=Where.SHEET), lambda it: Cell(it.ranked.state.risk.title)),
        (Column("Policy area", 1.5), area),
        (Column("Also touches", where=Where.SHEET), touched),
    ]


def named(state: RiskState) -> str:
    """Return the short reference and title of a risk, marked where it is outdated."""
    mark = " (outdated)" if state.outdated else ""
    return f"{state.risk.short_ref} {state.risk.title}{mark}"


def _level(view: View, state: LaunchState) -> _Read:
    return (
        Column(TITLES[view], 1.55, where=Where.PAPER),
        lambda it: wording.level(it.ranked.state.figures(view), state.profile),
    )


def _figures(state: LaunchState) -> list[_Read]:
    return [read for view in View for read in _figures_in(view, state)]


def _figures_in(view: View, state: LaunchState) -> list[_Read]:
    profile, title = state.profile, TITLES[view]

    def figures(it: ExplainedRisk) -> Figures:
        return it.ranked.state.figures(view)

    def limit(end: int) -> Callable[[ExplainedRisk], Cell]:
        def read(it: ExplainedRisk) -> Cell:
            found = figures(it).band
            return wording.score(None if found is None else found[end], profile)

        return read

    return [
        (_sheet(f"{title} level", False), lambda it: wording.bare_level(figures(it).level)),
        (_sheet(f"{title} harm score"), lambda it: wording.score(figures(it).harm_score, profile)),
        (_sheet(f"{title} band from"), limit(0)),
        (_sheet(f"{title} band to"), limit(1)),
        (_sheet(f"{title} priority"), lambda it: wording.score(figures(it).priority, profile)),
    ]


def _sheet(title: str, numeric: bool = True) -> Column:
    return Column(title, numeric=numeric, where=Where.SHEET)


def _more() -> list[_Read]:
    return [
        (
            Column("Business impact (1 to 5)", numeric=True, where=Where.SHEET),
            lambda it: wording.number(business_impact(it.ranked.state)),
        ),
        (Column("Due", where=Where.SHEET), lambda it: wording.day(it.ranked.state.risk.due)),
        (Column("Status", where=Where.SHEET), lambda it: Cell(str(it.ranked.state.risk.status))),
        (Column("Why it stands here", where=Where.SHEET), lambda it: Cell(it.ranked.reason)),
        (Column("Score in words", where=Where.SHEET), lambda it: Cell(it.explanation)),
        (Column("Scenario", where=Where.SHEET), lambda it: Cell(it.ranked.state.risk.scenario)),
        (Column("Source", where=Where.SHEET), lambda it: Cell(it.ranked.state.risk.source)),
    ]


def business_impact(state: RiskState) -> int | None:
    """Return the business pick (1 to 5) of the sum that stands for the risk, if any."""
    central = state.central_priority
    return None if central is None else central.assessment.picks.business_impact


def verified(state: RiskState) -> str:
    """Return how many of a risk's mitigations count today, of all that bear on it."""
    lowering = [item for item in state.mitigations if not item.effect.introduces]
    return f"{sum(counts_today(item) for item in lowering)} of {len(lowering)}"


def counts_today(item: RiskMitigation) -> bool:
    """Tell whether a mitigation is verified on this launch's version, configuration and stage."""
    placed = item.placement is not None and item.placement.status is MitigationStatus.VERIFIED
    return placed and not item.outdated_verification
