"""Every reason of the verdict, with what would remedy it."""

from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState, VerdictReason
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Plan, Section, Where
from tracker.exports.sections.glance import RULE, bases_of


def section(report: ReadinessReport) -> Section:
    """Return all reasons, those that hold the launch and those that only condition it."""
    bases = bases_of(report.state)
    table = Plan[VerdictReason](
        caption="Reasons of the verdict and their remedies",
        empty="No rule holds or conditions this launch.",
        sheet="Reasons",
        columns=(
            (Column("Effect", 0.8), lambda it: Cell("holds" if it.holds else "conditions")),
            (Column("About", 1.2), lambda it: Cell(_about(it, report.state))),
            (Column("Reason", 3.5), lambda it: Cell(it.text)),
            (Column("Remedy", 3.5), lambda it: Cell(it.remedy or wording.NONE)),
            (Column("Rule", where=Where.SHEET), lambda it: Cell(str(it.code))),
            (Column("Basis", 1), lambda it: Cell(bases.get(it.subject, RULE))),
        ),
    ).table(report.state.reasons)
    return Section("reasons", "Reasons and remedies", (table,))


def _about(reason: VerdictReason, state: LaunchState) -> str:
    """Return what a reason is about; a policy area by its name, which wraps where a code cannot."""
    return wording.area_names([reason.subject], state) if reason.subject else "the launch"
