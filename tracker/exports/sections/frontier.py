"""Section 2: what was determined about each frontier threshold, and what guards it."""

from collections.abc import Iterable

from tracker.domain.gate_state import FrontierStatus, SafeguardStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.report import NOT_YET_RECORDED, ReadinessReport
from tracker.domain.state import AreaStatus, LaunchState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Plan, Section, Table
from tracker.exports.sections.figures import release_words


def section(report: ReadinessReport) -> Section:
    """Return the thresholds in scope with what stands, and what was determined before."""
    blocks = (_standing(report.state), _others(report))
    return Section("thresholds", "2 Frontier thresholds", blocks)


def counts_of(frontier: Iterable[FrontierStatus]) -> str:
    """Return how many thresholds in scope are determined as what, undetermined ones first."""
    outcomes = [_outcome(status) for status in frontier if status.required]
    unknown = [word for word in outcomes if word == NOT_YET_RECORDED]
    known = sorted({word for word in outcomes if word != NOT_YET_RECORDED}, reverse=True)
    said = [f"{len(unknown)} not determined"] if unknown else []
    return ", ".join([*said, *(f"{outcomes.count(word)} {word}" for word in known)])


def _standing(state: LaunchState) -> Table:
    areas = {status.area.code: status for status in state.areas}
    shown = [it for it in state.frontier if it.required or it.standing or it.pending]
    return Plan[FrontierStatus](
        caption="Frontier thresholds and what stands for this release",
        empty="No threshold area is in scope.",
        sheet="Frontier",
        columns=(
            (Column("Policy area", 1.6), lambda it: Cell(_named(it))),
            (Column("Worst level", 1.5), lambda it: _worst(areas.get(it.area.code))),
            (Column("Determination", 1.3), lambda it: Cell(_determined(it, state))),
            (Column("Confidence", 0.95), lambda it: Cell(_confidence(it))),
            (Column("By", 1.2), lambda it: Cell(_by(it, state))),
            (Column("Required safeguards", 2), lambda it: Cell(_safeguards(it))),
            (Column("Rationale", 2.9), lambda it: Cell(_rationale(it))),
            (Column("Basis", 1.1), lambda it: Cell(_basis(it))),
        ),
    ).table(shown)


def _named(status: FrontierStatus) -> str:
    return wording.lines(status.area.name, "" if status.required else "not in scope")


def _worst(status: AreaStatus | None) -> Cell:
    return wording.bare_level(status.worst if status else None)


def _outcome(status: FrontierStatus) -> str:
    return NOT_YET_RECORDED if status.standing is None else str(status.standing.outcome)


def _determined(status: FrontierStatus, state: LaunchState) -> str:
    later = status.pending
    waiting = (
        f"“{later.outcome}” by {state.person_name(later.determined_by)} awaits a second person"
        if later
        else ""
    )
    return wording.lines(_outcome(status), waiting)


def _confidence(status: FrontierStatus) -> str:
    return str(status.standing.confidence) if status.standing else wording.NONE


def _by(status: FrontierStatus, state: LaunchState) -> str:
    return _author(status.standing, state) if status.standing else wording.NONE


def _author(record: DeterminationRecord, state: LaunchState) -> str:
    second = record.confirmed_by
    return wording.lines(
        f"{state.person_name(record.determined_by)}, {record.determined_on.isoformat()}",
        f"confirmed by {state.person_name(second)}" if second else "",
    )


def _safeguards(status: FrontierStatus) -> str:
    named = [_safeguard(one) for one in status.safeguards]
    return wording.lines(*named) or wording.NONE


def _safeguard(status: SafeguardStatus) -> str:
    proof = "verified" if status.verified_now else "not verified"
    return f"{status.mitigation.ref} {status.mitigation.title} ({proof})"


def _rationale(status: FrontierStatus) -> str:
    return status.standing.rationale if status.standing else wording.NONE


def _basis(status: FrontierStatus) -> str:
    return wording.origin(status.standing.origin) if status.standing else wording.NONE


def _others(report: ReadinessReport) -> Table:
    """List what no longer stands, never stood, or was lowered with a second person."""
    state = report.state
    standing = {it.standing.id for it in state.frontier if it.standing}
    names = {status.area.code: status.area.name for status in state.areas}
    return Plan[DeterminationRecord](
        caption="Determinations that do not stand, and those that a second person confirmed",
        empty="Every determination on record stands, and none was lowered.",
        columns=(
            (Column("Policy area", 1.7), lambda it: Cell(names.get(it.area, it.area))),
            (Column("Determination", 1.2), lambda it: Cell(str(it.outcome))),
            (Column("Stands", 0.7), lambda it: Cell("yes" if it.id in standing else "no")),
            (Column("By", 1.5), lambda it: Cell(_author(it, state))),
            (Column("Required safeguards", 1.2), lambda it: Cell(_refs(it))),
            (Column("About", 2), lambda it: Cell(release_words(it.release))),
            (Column("Rationale", 2.6), lambda it: Cell(it.rationale)),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.origin))),
        ),
    ).table(it for it in report.determinations if it.id not in standing or it.confirmed_by)


def _refs(record: DeterminationRecord) -> str:
    return ", ".join(record.safeguards) or wording.NONE
