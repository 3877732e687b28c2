"""Sections 9, 10 and 12: accepted risks with their clocks, conditions, and where the model runs."""

from collections.abc import Callable

from tracker.domain.report import NOT_YET_RECORDED, Proceedings, ReadinessReport
from tracker.domain.review_state import AcceptanceStatus, ConditionStatus
from tracker.domain.reviews import AcceptanceRecord, ConditionRecord, ExposureRecord
from tracker.domain.state import LaunchState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Paragraph, Plan, Section, Table

_Read = Callable[[Proceedings, LaunchState], Table]


def acceptances(report: ReadinessReport) -> Section:
    """Return every acceptance of a residual risk, whether it counts, and what would end it."""
    title = "9 Accepted residual risks and what would end them"
    return _section("acceptances", title, report, _acceptances)


def conditions(report: ReadinessReport) -> Section:
    """Return the conditions that a decision took over, and those only proposed."""
    return _section("conditions", "10 Conditions of approval", report, _conditions)


def exposures(report: ReadinessReport) -> Section:
    """Return each change of where the model runs, with the decision that covered it."""
    return _section("exposure", "12 Exposure", report, _exposures)


def _section(anchor: str, title: str, report: ReadinessReport, table: _Read) -> Section:
    found = report.proceedings
    if found is None:
        return Section(anchor, title, (Paragraph(f"{NOT_YET_RECORDED}."),))
    return Section(anchor, title, (table(found, report.state),))


def _acceptances(found: Proceedings, state: LaunchState) -> Table:
    return Plan[AcceptanceStatus](
        caption="Residual risks that somebody accepted, in force and ended",
        empty="Nobody has asked to accept a residual risk.",
        sheet="Acceptances",
        columns=(
            (Column("Acceptance", 0.8), lambda it: Cell(it.acceptance.short_ref)),
            (Column("Risk", 1.8), lambda it: Cell(_risk(it.acceptance, state))),
            (Column("Level then", 0.9), lambda it: Cell(str(it.acceptance.level))),
            (Column("Counts", 1.6), lambda it: Cell(_counts(it))),
            (Column("Until", 0.9), lambda it: wording.day(it.acceptance.until)),
            (Column("Days left", 0.6, numeric=True), lambda it: _days_left(it, state)),
            (Column("Why", 2.2), lambda it: Cell(it.acceptance.justification)),
            (
                Column("Ends at once if", 1.8),
                lambda it: Cell(wording.lines(*it.acceptance.fails_if)),
            ),
            (Column("Compensated by", 0.9), lambda it: Cell(_compensating(it.acceptance))),
            (Column("Asked and signed by", 1.8), lambda it: Cell(_people(it.acceptance, state))),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.acceptance.origin))),
        ),
    ).table(found.acceptances)


def _risk(one: AcceptanceRecord, state: LaunchState) -> str:
    known = {risk.ref: risk.risk for risk in state.risks}
    risk = known.get(one.risk)
    return f"{risk.short_ref} {risk.title}" if risk else one.risk


def _counts(status: AcceptanceStatus) -> str:
    return f"{status.state}: {status.why}" if status.why else str(status.state)


def _days_left(status: AcceptanceStatus, state: LaunchState) -> Cell:
    return wording.number((status.acceptance.until - state.today).days)


def _compensating(one: AcceptanceRecord) -> str:
    return ", ".join(one.compensating) or wording.NONE


def _people(one: AcceptanceRecord, state: LaunchState) -> str:
    signed = (("lead", one.lead), ("responsible officer", one.officer), ("approver", one.approver))
    asked = f"asked: {state.person_name(one.requested_by)}, {one.requested_at.date().isoformat()}"
    ended = f"ended: {state.person_name(one.ended_by)}" if one.ended_by else ""
    return wording.lines(
        asked, *(f"{role}: {state.person_name(who)}" for role, who in signed if who), ended
    )


def _conditions(found: Proceedings, state: LaunchState) -> Table:
    return Plan[ConditionStatus](
        caption="Conditions, binding and proposed",
        empty="No condition was raised.",
        sheet="Conditions",
        columns=(
            (Column("Condition", 0.8), lambda it: Cell(it.condition.short_ref)),
            (Column("Text", 2.8), lambda it: Cell(it.condition.text)),
            (Column("Test", 2), lambda it: Cell(it.condition.test)),
            (Column("Owner", 1.3), lambda it: Cell(state.person_name(it.condition.owner))),
            (Column("Due", 0.9), lambda it: wording.day(it.condition.due)),
            (Column("Blocking", 0.7), lambda it: Cell("yes" if it.condition.blocking else "no")),
            (Column("State", 1.6), lambda it: Cell(_state(it))),
            (Column("Bound by", 0.9), lambda it: Cell(_bound(it.condition))),
            (Column("Raised by", 1.3), lambda it: Cell(state.person_name(it.condition.raised_by))),
            (Column("Settled", 1.6), lambda it: Cell(_settled(it.condition, state))),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.condition.origin))),
        ),
    ).table(found.conditions)


def _state(status: ConditionStatus) -> str:
    return f"{status.state}: {status.why}" if status.why else str(status.state)


def _bound(one: ConditionRecord) -> str:
    return one.decision.rpartition("/")[2] if one.decision else "only proposed"


def _settled(one: ConditionRecord, state: LaunchState) -> str:
    if one.settled_by is None or one.settled_on is None:
        return wording.NONE
    said = f"{state.person_name(one.settled_by)}, {one.settled_on.isoformat()}"
    return wording.lines(said, one.settled_because)


def _exposures(found: Proceedings, state: LaunchState) -> Table:
    return Plan[ExposureRecord](
        caption="Changes of where the model runs, oldest first",
        empty="No change of exposure was recorded.",
        sheet="Exposure",
        columns=(
            (Column("When", 1), lambda it: wording.day(it.recorded_at.date())),
            (Column("Step", 0.8), lambda it: Cell(str(it.step))),
            (Column("From", 1.2), lambda it: Cell(str(it.before))),
            (Column("To", 1.2), lambda it: Cell(str(it.after))),
            (Column("Covered by", 1.4), lambda it: Cell(_covered(it))),
            (Column("Release", 1.8), lambda it: Cell(f"{it.model_version}, {it.configuration}")),
            (Column("Reason", 2), lambda it: Cell(it.reason or wording.NONE)),
            (Column("By", 1.2), lambda it: Cell(state.person_name(it.recorded_by))),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.origin))),
        ),
    ).table(found.exposures)


def _covered(one: ExposureRecord) -> str:
    if not one.covered:
        return "UNCOVERED: no decision"
    return one.decision.rpartition("/")[2] if one.decision else "needs none"
