"""Section 4: High and above, UNASSESSED and outdated risks, each in full."""

from typing import Final

from tracker.domain.report import ExplainedRisk, ReadinessReport
from tracker.domain.state import AssessorScore, LaunchState, RiskMitigation, RiskState
from tracker.domain.words import Factor
from tracker.exports import wording
from tracker.exports.document import Block, Cell, Column, Facts, Heading, Paragraph, Plan, Section
from tracker.exports.sections.register import named

NO_TOP: Final = "No open risk is High or above, UNASSESSED or outdated."


def section(report: ReadinessReport) -> Section:
    """Return the risks that a decision has to look at, one after the other in queue order."""
    top = [item for item in report.risks if wording.is_top(item.ranked.state)]
    blocks = [block for item in top for block in _in_full(item, report.state)]
    return Section("top-risks", "4 Top risks in full", tuple(blocks) or (Paragraph(NO_TOP),))


def _in_full(item: ExplainedRisk, state: LaunchState) -> list[Block]:
    risk = item.ranked.state
    blocks: list[Block] = [Heading(named(risk), look=risk.current.level), _facts(item, state)]
    if risk.scores:
        blocks.append(_assessors(state).table(risk.scores))
    if risk.mitigations:
        blocks.append(_MITIGATIONS.table(risk.mitigations))
    else:
        blocks.append(Paragraph("No mitigation bears on this risk."))
    return blocks


def _facts(item: ExplainedRisk, state: LaunchState) -> Facts:
    risk, profile = item.ranked.state, state.profile
    owner = f"{state.person_name(risk.risk.owner)}, due {wording.day(risk.risk.due).text}"
    return Facts(
        (
            ("Scenario", Cell(risk.risk.scenario)),
            ("Source", Cell(wording.recorded(risk.risk.source))),
            ("Policy areas", Cell(wording.area_names(wording.area_codes(risk), state))),
            ("Today", wording.level(risk.current, profile)),
            ("Inherent", wording.level(risk.inherent, profile)),
            ("Projected", wording.level(risk.projected, profile)),
            ("Why it stands here", Cell(item.ranked.reason)),
            ("Score in words", Cell(item.explanation)),
            ("Owner", Cell(owner)),
            ("NIST SP 800-30 level, approximate", Cell(item.nist_level or wording.NONE)),
            *_marks(risk),
            ("Acceptance", Cell(_acceptance(risk, state))),
            ("Basis", Cell(wording.basis(risk))),
        )
    )


def _acceptance(risk: RiskState, state: LaunchState) -> str:
    """Return the latest acceptance of a risk and whether it counts."""
    latest = [one for one in state.acceptances if one.acceptance.risk == risk.ref]
    if not latest:
        return "nobody has asked to accept it"
    return f"{latest[-1].acceptance.short_ref} {latest[-1].state}: {latest[-1].why}"


def _marks(risk: RiskState) -> list[tuple[str, Cell]]:
    marks: list[tuple[str, Cell]] = []
    if risk.outdated:
        marks.append(
            ("Outdated", Cell("assessed for another model version, configuration or stage"))
        )
    if risk.floored:
        marks.append(("Floor", Cell("catastrophic and hard to undo: never below High")))
    return marks


def _assessors(state: LaunchState) -> Plan[AssessorScore]:
    profile = state.profile
    return Plan[AssessorScore](
        caption="Assessments that count, before mitigations",
        empty="Nobody’s judgement counts.",
        columns=(
            (
                Column("Assessor", 1.4),
                lambda it: Cell(state.person_name(it.assessment.assessor)),
            ),
            (Column("Picks", 2.2), lambda it: Cell(picks(it))),
            (Column("Grade", 0.6), lambda it: Cell(str(it.assessment.grade))),
            (
                Column("Harm score", 0.8, numeric=True),
                lambda it: wording.score(it.harm_score, profile),
            ),
            (Column("Level", 1.2), lambda it: wording.bare_level(it.level)),
            (Column("Reasons", 4), lambda it: Cell(reasons(it))),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.assessment.origin))),
        ),
    )


def picks(score: AssessorScore) -> str:
    """Return the five picks in words, such as `likelihood 3, severity 4, …`."""
    chosen = score.assessment.picks
    return ", ".join(f"{factor.value.replace('_', ' ')} {chosen.of(factor)}" for factor in Factor)


def reasons(score: AssessorScore) -> str:
    """Return the reasons of an assessment per factor, then its rationale."""
    given = score.assessment.reasons
    said = [
        f"{factor.value.replace('_', ' ')}: {given[factor]}" for factor in Factor if factor in given
    ]
    return "; ".join([*said, *filter(None, [score.assessment.rationale])]) or wording.NONE


_MITIGATIONS: Final = Plan[RiskMitigation](
    caption="Mitigations that bear on it",
    empty="No mitigation bears on this risk.",
    columns=(
        (Column("Mitigation", 2.6), lambda it: Cell(f"{it.mitigation.ref} {it.mitigation.title}")),
        (Column("Mechanism", 1), lambda it: Cell(str(it.mitigation.mechanism))),
        (Column("Status", 1), lambda it: Cell(status_of(it))),
        (Column("Counts today", 0.9, numeric=True), lambda it: Cell(wording.share(it.counted))),
        (Column("Estimate low / best / high", 1.4, numeric=True), lambda it: Cell(_estimate(it))),
        (Column("Note", 2), lambda it: Cell(_note(it))),
        (Column("Basis", 1.1), lambda it: Cell(_basis(it))),
    ),
)


def status_of(item: RiskMitigation) -> str:
    """Return a mitigation's status on the launch, or that it was never put on it."""
    return str(item.placement.status) if item.placement else "not on this launch"


def _estimate(item: RiskMitigation) -> str:
    effect = item.effect
    if effect.introduces:
        return wording.NONE
    return " / ".join(wording.share(value) for value in (effect.low, effect.best, effect.high))


def _note(item: RiskMitigation) -> str:
    notes = [
        "introduces or worsens this risk" if item.effect.introduces else "",
        "adds nothing to a better one of its mechanism" if item.adds_nothing else "",
        "verified on another version, configuration or stage" if item.outdated_verification else "",
    ]
    return "; ".join(filter(None, notes)) or wording.NONE


def _basis(item: RiskMitigation) -> str:
    placed = [item.placement.origin] if item.placement else []
    return wording.origin(item.effect.origin, *placed)
