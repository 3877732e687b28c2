"""Page one: the decision at a glance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tracker.charts import levels
from tracker.charts.levels import LevelRow
from tracker.charts.theme import WORST_FIRST
from tracker.domain.records import MitigationRecord
from tracker.domain.report import (
    IDENTITY_NOTE,
    ILLUSTRATIVE_LABEL,
    NOT_YET_RECORDED,
    ReadinessReport,
)
from tracker.domain.state import AreaStatus, LaunchState, VerdictReason
from tracker.domain.words import (
    AreaState,
    EvidenceStanding,
    GateState,
    Level,
    Origin,
    ReasonCode,
    View,
)
from tracker.exports import wording
from tracker.exports.document import (
    Block,
    Cell,
    Column,
    Facts,
    Headline,
    Paragraph,
    Picture,
    Plan,
    Section,
    Table,
)
from tracker.exports.escape import shorten
from tracker.exports.sections import criteria, decided, frontier, signing
from tracker.readiness.words import when

MOST_BLOCKERS: Final = 7
KEPT_FOR_CRITERIA: Final = 3
"""Lines among the blockers that risks leave to gates and frontier thresholds, if any hold."""
NO_AREA: Final = "no threshold area in scope"
_SHORT: Final = 110


def section(report: ReadinessReport) -> Section:
    """Return the first page: what is asked, the answer, why, and what stands in the way."""
    blocks: list[Block] = [
        _answer(report),
        Paragraph(shorten(report.why, 260), lead="Why"),
        Paragraph(shorten(report.change, 260), lead="What would change it"),
        *decided.override_notices(report, 200),
        *_notices(report),
        _identity(report),
        _level_bar(report),
        _blockers(report),
        *_further(report),
        _families(report),
        _records(report),
    ]
    return Section("glance", "The decision at a glance", tuple(blocks))


def _answer(report: ReadinessReport) -> Headline:
    verdict = report.state.verdict
    return Headline(
        (
            ("Gate result", Cell(str(verdict), look=verdict)),
            ("Advisers’ recommendation", Cell(decided.recommendation_of(report))),
            ("Decision", Cell(decided.decision_of(report))),
            ("Dissent", Cell(_dissent(report))),
        )
    )


def _dissent(report: ReadinessReport) -> str:
    """Count the objections, and those without an answer apart; what is not recorded is no zero."""
    if report.proceedings is None:
        return NOT_YET_RECORDED
    objections = report.proceedings.objections
    unanswered = sum(not one.sign_off.answer for one in objections)
    return f"{len(objections)}, {unanswered} not answered" if unanswered else str(len(objections))


def _notices(report: ReadinessReport) -> tuple[Paragraph, ...]:
    if not is_illustrative(report):
        return ()
    demo = "This is the demo portfolio; its facts come from published documents. "
    return (
        Paragraph(
            f"{demo if report.is_demo else ''}Whatever is marked “{ILLUSTRATIVE_LABEL}” was made "
            "up to show the product: it is nobody’s real assessment, ownership or verification.",
            notice=True,
        ),
    )


def is_illustrative(report: ReadinessReport) -> bool:
    """Tell whether anything in the report rests on a judgement made for the demo."""
    state = report.state
    origins = [area.scope.origin for area in state.areas if area.scope]
    origins += [risk.risk.origin for risk in state.risks]
    origins += [status.gate.origin for status in state.gates]
    origins += [mitigation.placement.origin for mitigation in state.mitigations]
    judged = any(risk.illustrative for risk in state.risks)
    return report.is_demo or judged or Origin.ILLUSTRATIVE in origins


def _identity(report: ReadinessReport) -> Facts:
    launch = report.state.launch
    target = f"{launch.target_date.isoformat()} ({when(launch, report.state.today)})"
    return Facts(
        (
            ("Launch", Cell(f"{shorten(launch.name, 40)} ({launch.key})")),
            ("Model version", Cell(shorten(launch.model_version, 60))),
            ("Configuration", Cell(shorten(launch.configuration, 60))),
            ("Exposure asked for", Cell(str(launch.exposure_asked))),
            ("Exposure now", Cell(str(launch.exposure_now))),
            ("Target date", Cell(target, launch.target_date)),
            ("Review status", Cell(str(launch.review_status))),
            ("State as of", wording.day(report.state.today)),
        )
    )


def _level_bar(report: ReadinessReport) -> Picture:
    rows = [LevelRow(report.state.launch.key, report.state.level_counts(View.CURRENT))]
    counts = rows[0].counts
    said = " · ".join(f"{counts[level]} {level}" for level in WORST_FIRST)
    return Picture(
        levels.chart(rows, width=640),
        levels.alt_text(rows),
        wording.labelled(f"Open risks by level today: {said}", is_illustrative(report)),
        share=1.0,
    )


@dataclass(frozen=True, slots=True)
class _Blocker:
    place: int
    item: str
    owner: str
    due: Cell
    why: str
    basis: str
    look: Level | GateState | None


_BLOCKERS: Final = Plan[_Blocker](
    caption="What blocks the launch, most urgent first",
    empty="Nothing blocks the launch.",
    columns=(
        (Column("#", 0.3, numeric=True), lambda it: Cell(str(it.place), it.place)),
        (Column("Item", 2.6), lambda it: Cell(it.item)),
        (Column("Level or state", 1.5), lambda it: wording.bare_level(it.look)),
        (Column("Owner", 1.8), lambda it: Cell(it.owner)),
        (Column("Due", 0.9), lambda it: it.due),
        (Column("Why", 3.1), lambda it: Cell(it.why)),
        (Column("Basis", 1.1), lambda it: Cell(it.basis)),
    ),
)


def _blockers(report: ReadinessReport) -> Table:
    """List what nothing waives first, then risks in queue order, with room for criteria."""
    others = _reasons(report)
    first = [it for it in others if it.code is ReasonCode.ZERO_TOLERANCE_FAILURE]
    gates = [it for it in others if it.code in _CRITERIA]
    rest = [it for it in others if it not in first and it not in gates]
    risks = _blocking_risks(report)
    left = max(MOST_BLOCKERS - len(first), 0)
    room = max(left - len(risks), min(len(gates), KEPT_FOR_CRITERIA))
    ordered = [
        *_of_reasons(first, report),
        *risks[: left - min(room, len(gates))],
        *_of_reasons(gates[:room], report),
        *_of_reasons(rest, report),
        *_of_reasons(gates[room:], report),
    ]
    listed = ordered[:MOST_BLOCKERS]
    return _BLOCKERS.table(replace(it, place=place) for place, it in enumerate(listed, start=1))


_CRITERIA: Final = frozenset(
    {
        ReasonCode.GATE_NOT_PASSED,
        ReasonCode.DETERMINATION_MISSING,
        ReasonCode.SAFEGUARD_NOT_NAMED,
        ReasonCode.SAFEGUARD_NOT_VERIFIED,
    }
)
"""Reasons that launch criteria and frontier thresholds give, waived ones apart."""


def _blocking_risks(report: ReadinessReport) -> list[_Blocker]:
    blocking = [item.ranked for item in report.risks if item.ranked.holds_launch]
    return [
        _Blocker(
            0,
            f"{item.state.risk.short_ref} {shorten(item.state.risk.title, 70)}",
            shorten(report.state.person_name(item.state.risk.owner), 40),
            wording.day(item.state.risk.due),
            shorten(item.reason, _SHORT),
            wording.basis(item.state),
            item.state.current.level,
        )
        for item in blocking[:MOST_BLOCKERS]
    ]


def _reasons(report: ReadinessReport) -> list[VerdictReason]:
    """Return what holds the launch besides its risks."""
    risks = {item.ranked.state.ref for item in report.risks}
    return [it for it in report.state.reasons if it.holds and it.subject not in risks]


def _of_reasons(reasons: Iterable[VerdictReason], report: ReadinessReport) -> list[_Blocker]:
    default = report.state.launch.owner
    owners, dues, bases = _owners(report.state), _dues(report.state), bases_of(report.state)
    names = _names(report.state)
    states = {it.gate.ref: it.state for it in report.state.gates}
    return [
        _Blocker(
            0,
            shorten(names.get(reason.subject, reason.subject) or "The launch", 80),
            shorten(report.state.person_name(owners.get(reason.subject, default)), 40),
            wording.day(dues.get(reason.subject)),
            shorten(reason.text, _SHORT),
            bases.get(reason.subject, RULE),
            states.get(reason.subject),
        )
        for reason in reasons
    ]


def _names(state: LaunchState) -> dict[str, str]:
    names = {it.area.code: f"Policy area {it.area.name}" for it in state.areas}
    names |= {it.gate.ref: f"{it.gate.short_ref} {it.gate.title}" for it in state.gates}
    return names | {it.ref: f"{it.ref} {it.title}" for it in _mitigations(state)}


def _mitigations(state: LaunchState) -> list[MitigationRecord]:
    """Return the mitigations on the launch, and those that a frontier threshold requires."""
    required = [one.mitigation for status in state.frontier for one in status.safeguards]
    return [*required, *(it.mitigation for it in state.mitigations)]


def _owners(state: LaunchState) -> dict[str, str | None]:
    owners: dict[str, str | None] = {it.ref: it.owner for it in _mitigations(state)}
    planned = {it.gate.ref: it.gate.planned_by for it in state.gates if it.gate.planned_by}
    return owners | planned


def _dues(state: LaunchState) -> dict[str, date | None]:
    dues: dict[str, date | None] = {it.gate.ref: it.gate.planned_on for it in state.gates}
    return dues | {it.mitigation.ref: it.placement.due for it in state.mitigations}


RULE: Final = "rule"
"""The basis of a reason that is about the launch itself."""


def bases_of(state: LaunchState) -> dict[str, str]:
    """Return what each risk, mitigation, policy area and gate rests on, by its reference."""
    bases = {risk.ref: wording.basis(risk) for risk in state.risks}
    bases |= {it.mitigation.ref: wording.origin(it.placement.origin) for it in state.mitigations}
    bases |= {it.gate.ref: wording.origin(it.gate.origin) for it in state.gates}
    return bases | {it.area.code: wording.origin(it.scope.origin) for it in state.areas if it.scope}


def _further(report: ReadinessReport) -> tuple[Paragraph, ...]:
    holding = sum(reason.holds for reason in report.state.reasons)
    if not holding:
        return ()
    return (
        Paragraph(
            f"In all {holding} reasons hold the launch; each stands with its remedy under "
            "“Reasons and remedies”.",
            lead="Reasons",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    areas: Sequence[AreaStatus]

    def count(self, *states: AreaState) -> Cell:
        found = sum(area.state in states for area in self.areas)
        return Cell(str(found), found)

    def worst(self) -> Level | None:
        found = [area.worst for area in self.areas if area.worst is not None]
        return max(found, key=lambda level: level.severity_rank, default=None)


_UNSETTLED: Final = (AreaState.UNDECIDED, AreaState.UNCONFIRMED)
_FAMILIES: Final = Plan[_Family](
    caption="Policy areas by family",
    empty="No policy areas.",
    columns=(
        (Column("Family", 2.6), lambda it: Cell(it.name)),
        (Column("UNASSESSED", numeric=True), lambda it: it.count(AreaState.UNASSESSED)),
        (Column("Scope not settled", numeric=True), lambda it: it.count(*_UNSETTLED)),
        (Column("Without a risk", numeric=True), lambda it: it.count(AreaState.GAP)),
        (Column("Assessed", numeric=True), lambda it: it.count(AreaState.ASSESSED)),
        (Column("None found", numeric=True), lambda it: it.count(AreaState.NONE_FOUND)),
        (Column("Not applicable", numeric=True), lambda it: it.count(AreaState.NOT_APPLICABLE)),
        (Column("Worst level", 1.6), lambda it: wording.bare_level(it.worst())),
    ),
)


def _families(report: ReadinessReport) -> Table:
    table = _FAMILIES.table(_by_family(report.state.areas))
    return replace(table, caption=wording.labelled(table.caption, is_illustrative(report)))


def _by_family(areas: Iterable[AreaStatus]) -> list[_Family]:
    groups: dict[str, list[AreaStatus]] = {}
    for status in areas:
        groups.setdefault(status.area.family, []).append(status)
    return [
        _Family(f"{family} {found[0].area.family_name}", found) for family, found in groups.items()
    ]


def _evidence(report: ReadinessReport) -> str:
    rows = report.ledger.rows
    counting = sum(row.standing is EvidenceStanding.COUNTS for row in rows)
    return f"{counting} of {len(rows)} metrics on record count"


def _records(report: ReadinessReport) -> Facts:
    profile = report.state.profile
    identity = "identity checked at sign-in" if report.authenticated else IDENTITY_NOTE
    return Facts(
        (
            ("Launch criteria", Cell(criteria.counts_of(report.state.gates))),
            ("Frontier thresholds", Cell(frontier.counts_of(report.state.frontier) or NO_AREA)),
            ("Evidence", Cell(_evidence(report))),
            ("Five things to know", Cell(NOT_YET_RECORDED)),
            ("Signatures", Cell(signing.counts_of(report))),
            ("Snapshot", Cell(signing.snapshot_of(report))),
            ("Generated", wording.moment(report.generated_at)),
            ("Generated by", Cell(f"{shorten(report.generated_by, 32)} ({identity})")),
            (
                "Method",
                Cell(f"Scoring profile {profile.version}, Holdpoint {report.product_version}"),
            ),
            ("Audit chain", Cell(f"{report.chain.length} records, head {report.chain.hash}")),
        )
    )
