"""Section 6: which mitigations are planned, which are verified, and what they serve."""

from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState, MitigationState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Paragraph, Plan, Section, Where


def section(report: ReadinessReport) -> Section:
    """Return every mitigation on the launch; only verified ones count today."""
    found = report.state.mitigations
    verified = sum(item.verified_now for item in found)
    said = f"{verified} of {len(found)} mitigations are verified on this model version."
    table = _plan(report.state).table(found)
    return Section("mitigations", "6 Mitigation readiness", (Paragraph(said), table))


def _plan(state: LaunchState) -> Plan[MitigationState]:
    return Plan[MitigationState](
        caption="Mitigations on this launch",
        empty="No mitigations on this launch.",
        sheet="Mitigations",
        columns=(
            (Column("Mitigation", 2.6, where=Where.PAPER), lambda it: Cell(_named(it))),
            (Column("Reference", where=Where.SHEET), lambda it: Cell(it.mitigation.ref)),
            (Column("Title", where=Where.SHEET), lambda it: Cell(it.mitigation.title)),
            (Column("Mechanism", 1.1), lambda it: Cell(str(it.mitigation.mechanism))),
            (Column("Layer", where=Where.SHEET), lambda it: Cell(str(it.mitigation.layer))),
            (Column("Status", 1.4), lambda it: Cell(str(it.placement.status))),
            (Column("Verified here", 1.2), lambda it: Cell(_verified(it))),
            (Column("Mandatory", 1), lambda it: Cell("yes" if it.placement.mandatory else "no")),
            (Column("Due", 1), lambda it: wording.day(it.placement.due)),
            (Column("Owner", 1.8), lambda it: Cell(state.person_name(it.mitigation.owner))),
            (Column("Serves", 1.6), lambda it: Cell(_serves(it))),
            (Column("Effort, days", 0.8, numeric=True), _effort),
            (Column("Team", where=Where.SHEET), lambda it: Cell(_team(it, state))),
            (Column("Evidence", where=Where.SHEET), lambda it: Cell(_evidence(it, state))),
            (Column("Other launches", where=Where.SHEET), _others),
            (Column("Basis", 1.1), lambda it: Cell(_basis(it))),
        ),
    )


def _named(item: MitigationState) -> str:
    return f"{item.mitigation.ref} {item.mitigation.title}"


def _verified(item: MitigationState) -> str:
    if item.verification_outdated:
        return "no, another version"
    return "yes" if item.verified_now else "no"


def _serves(item: MitigationState) -> str:
    served = [
        f"{effect.risk.rpartition('/')[2]}{' (introduces)' if effect.introduces else ''}"
        for effect in item.effects
    ]
    return ", ".join(served) or wording.NONE


def _effort(item: MitigationState) -> Cell:
    return wording.number(sum(item.mitigation.efforts.values()))


def _team(item: MitigationState, state: LaunchState) -> str:
    key = item.mitigation.team
    if key is None:
        return wording.NONE
    return state.teams[key].name if key in state.teams else key


def _evidence(item: MitigationState, state: LaunchState) -> str:
    said = [
        f"{check.kind}, {check.verified_on.isoformat()}, {state.person_name(check.verified_by)}: "
        f"{check.evidence}"
        for check in item.verifications
    ]
    return "; ".join(said) or wording.NONE


def _others(item: MitigationState) -> Cell:
    return Cell(", ".join(item.other_launches) or wording.NONE)


def _basis(item: MitigationState) -> str:
    checks = (check.origin for check in item.verifications)
    effects = (effect.origin for effect in item.effects)
    return wording.origin(item.placement.origin, *effects, *checks)
