"""The appendix: every assessment, closed risks, recent changes, and what is not recorded yet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracker.domain.changes import ChangeLine
from tracker.domain.report import NOT_YET_RECORDED, ReadinessReport
from tracker.domain.state import AssessorScore, LaunchState, RankedRisk
from tracker.domain.words import Factor
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Facts, Plan, Section, Where
from tracker.exports.sections.top_risks import reasons


def assessments(report: ReadinessReport) -> Section:
    """Return each assessor's latest assessment of every open risk, in queue order."""
    state = report.state
    counted = [
        _Judgement(item.ranked.state.ref, score)
        for item in report.risks
        for score in item.ranked.state.scores
    ]
    return Section("assessments", "A Assessments", (_judgements(state).table(counted),))


@dataclass(frozen=True, slots=True)
class _Judgement:
    ref: str
    score: AssessorScore


_SHORT: Final = {
    Factor.LIKELIHOOD: "Likelihood",
    Factor.SEVERITY: "Severity",
    Factor.EXPOSURE: "Exposure",
    Factor.REVERSIBILITY: "Reversibility",
    Factor.BUSINESS_IMPACT: "Business impact",
}
_LETTERS: Final = "Picks: likelihood, severity, exposure, reversibility, business"


def _judgements(state: LaunchState) -> Plan[_Judgement]:
    profile = state.profile
    return Plan[_Judgement](
        caption="Each assessor’s latest assessment, before mitigations",
        empty="No assessments.",
        sheet="Assessments",
        columns=(
            (Column("Risk", 0.7, where=Where.PAPER), lambda it: Cell(it.ref.rpartition("/")[2])),
            (Column("Risk reference", where=Where.SHEET), lambda it: Cell(it.ref)),
            (Column("Assessor", 1.2), lambda it: Cell(_assessor(it, state))),
            (Column(_LETTERS, 1.6, where=Where.PAPER), lambda it: Cell(_picks(it))),
            *((_pick_column(title), _pick(factor)) for factor, title in _SHORT.items()),
            (Column("Grade", 0.7), lambda it: Cell(str(it.score.assessment.grade))),
            (
                Column("Harm score", 0.8, numeric=True),
                lambda it: wording.score(it.score.harm_score, profile),
            ),
            (
                Column("Priority", 0.8, numeric=True),
                lambda it: wording.score(it.score.priority, profile),
            ),
            (Column("Level", 1.2), lambda it: wording.bare_level(it.score.level)),
            (Column("About version", 1.1), lambda it: Cell(_version(it))),
            (Column("Submitted", where=Where.SHEET), _submitted),
            (Column("Reasons", where=Where.SHEET), lambda it: Cell(reasons(it.score))),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.score.assessment.origin))),
        ),
    )


def _assessor(item: _Judgement, state: LaunchState) -> str:
    return state.person_name(item.score.assessment.assessor)


def _picks(item: _Judgement) -> str:
    return " · ".join(str(item.score.assessment.picks.of(factor)) for factor in Factor)


def _pick_column(title: str) -> Column:
    return Column(title, numeric=True, where=Where.SHEET)


def _pick(factor: Factor) -> Callable[[_Judgement], Cell]:
    return lambda it: wording.number(it.score.assessment.picks.of(factor))


def _version(item: _Judgement) -> str:
    return f"{item.score.assessment.model_version}{' (outdated)' if item.score.outdated else ''}"


def _submitted(item: _Judgement) -> Cell:
    return wording.moment(item.score.assessment.submitted_at)


def closed(report: ReadinessReport) -> Section:
    """Return the closed risks: why, who asked, and who confirmed."""
    state = report.state
    table = Plan[RankedRisk](
        caption="Closed risks, which count for nothing above",
        empty="No risk was closed.",
        sheet="Closed risks",
        columns=(
            (Column("Risk", 2.4), lambda it: Cell(f"{it.state.ref} {it.state.risk.title}")),
            (Column("Reason", 1.2), lambda it: Cell(_close_reason(it))),
            (Column("Note", 3), lambda it: Cell(it.state.risk.close_note or wording.NONE)),
            (
                Column("Asked by", 1.2),
                lambda it: Cell(state.person_name(it.state.risk.closure_asked_by)),
            ),
            (
                Column("Confirmed by", 1.2),
                lambda it: Cell(state.person_name(it.state.risk.closure_confirmed_by)),
            ),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.state.risk.origin))),
        ),
    ).table(report.closed)
    return Section("closed", "B Closed risks", (table,))


def _close_reason(item: RankedRisk) -> str:
    risk = item.state.risk
    twin = f" of {risk.duplicate_of}" if risk.duplicate_of else ""
    return f"{risk.close_reason or NOT_YET_RECORDED}{twin}"


_CHANGES: Final = Plan[ChangeLine](
    caption="Latest changes on this launch, newest first",
    empty="No changes.",
    sheet="Changes",
    columns=(
        (Column("#", 0.6, numeric=True), lambda it: wording.number(it.seq)),
        (Column("When", 1.2), lambda it: wording.moment(it.at)),
        (Column("Who", 1.2), lambda it: Cell(_who(it))),
        (Column("What", 1.3), lambda it: Cell(f"{it.action} {it.entity}")),
        (Column("About", 1.3), lambda it: Cell(it.subject)),
        (Column("Fields, old and new", 3), lambda it: Cell(wording.change_fields(it))),
        (Column("Reason", 1.8), lambda it: Cell(it.reason or wording.NONE)),
        (Column("Hash", where=Where.SHEET), lambda it: Cell(it.hash)),
    ),
)


def changes(report: ReadinessReport) -> Section:
    """Return the latest records of the audit chain that concern the launch."""
    return Section("changes", "C Recent changes", (_CHANGES.table(report.recent),))


def _who(change: ChangeLine) -> str:
    return change.actor_name if change.authenticated else f"{change.actor_name} (not authenticated)"


def missing() -> Section:
    """Return what this release does not record; it prints, so that nothing silently disappears."""
    names = (
        "Taxonomy coverage and framework crosswalk",
        "Changes since the last snapshot",
        "Redaction list",
    )
    facts = Facts(tuple((name, Cell(NOT_YET_RECORDED)) for name in names))
    return Section("appendix", "E Further appendix", (facts,))
