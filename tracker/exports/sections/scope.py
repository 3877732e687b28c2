"""Section 1: what was looked at, what was left out, why, and who confirmed it."""

from tracker.domain.report import NOT_YET_RECORDED, ReadinessReport
from tracker.domain.state import AreaStatus, LaunchState
from tracker.domain.words import AreaState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Facts, Plan, Section, Table, Where


def section(report: ReadinessReport) -> Section:
    """Return the scope: the launch as described, and every policy area with its decision."""
    launch = report.state.launch
    facts = Facts(
        (
            ("Name", Cell(launch.name)),
            ("Summary", Cell(wording.recorded(launch.summary))),
            ("Developer", Cell(wording.recorded(launch.developer))),
            ("Surfaces", Cell(wording.recorded(launch.surfaces))),
            ("Cloned from", Cell(launch.cloned_from or "no other launch")),
            ("Source of facts", Cell(wording.recorded(launch.source))),
            ("Note", Cell(launch.note or wording.NONE)),
            ("Basis of this launch’s record", Cell(wording.origin(launch.origin))),
            ("Baseline model", Cell(NOT_YET_RECORDED)),
            ("Assumptions about use", Cell(NOT_YET_RECORDED)),
        )
    )
    return Section("scope", "1 Scope", (facts, _areas(report.state)))


def _areas(state: LaunchState) -> Table:
    def person(key: str | None) -> Cell:
        return Cell(wording.NONE if key is None else state.person_name(key))

    return Plan[AreaStatus](
        caption="Policy areas and what was decided about each",
        empty="No policy areas.",
        sheet="Scope",
        columns=(
            (Column("Policy area", 2.2), lambda it: Cell(it.area.name)),
            (Column("Code", where=Where.SHEET), lambda it: Cell(it.area.code)),
            (Column("Family", where=Where.SHEET), lambda it: Cell(it.area.family_name)),
            (Column("Gate type", where=Where.SHEET), lambda it: Cell(str(it.area.gate_type))),
            (Column("Decision", 1.3), lambda it: Cell(_decision(it))),
            (Column("State", 1.4), lambda it: Cell(str(it.state))),
            (Column("Worst level", 1.6), lambda it: wording.bare_level(it.worst)),
            (Column("Open risks", 0.6, numeric=True), lambda it: wording.number(len(it.risks))),
            (Column("Reason", 2.4), lambda it: Cell(_reason(it))),
            (
                Column("Decided by", 1.7),
                lambda it: person(it.scope.decided_by if it.scope else None),
            ),
            (
                Column("Confirmed by", 1.7),
                lambda it: person(it.scope.confirmed_by if it.scope else None),
            ),
            (Column("Basis", 1.1), lambda it: Cell(_basis(it))),
        ),
    ).table(state.areas)


def _decision(status: AreaStatus) -> str:
    return str(status.scope.applicability) if status.scope else str(AreaState.UNDECIDED)


def _reason(status: AreaStatus) -> str:
    return (status.scope.reason if status.scope else "") or wording.NONE


def _basis(status: AreaStatus) -> str:
    return wording.origin(status.scope.origin) if status.scope else wording.NONE
