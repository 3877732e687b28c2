"""Section 14: gate result, recommendation and decision as separate records, and what overrides."""

from typing import Final

from tracker.domain.changes import ChangeLine
from tracker.domain.report import NOT_YET_RECORDED, Proceedings, ReadinessReport, stage_words
from tracker.domain.reviews import DecisionRecord, RecommendationRecord
from tracker.domain.state import LaunchState
from tracker.exports import wording
from tracker.exports.document import Block, Cell, Column, Paragraph, Plan, Section, Table
from tracker.exports.escape import shorten
from tracker.exports.sections.signing import identity

PENDING: Final = "pending"
NOBODY_RECOMMENDED: Final = "nobody has recommended"


def section(report: ReadinessReport) -> Section:
    """Return recommendations, decisions with their overrides, and edits that help a verdict."""
    title = "14 Decision and overrides"
    found, state = report.proceedings, report.state
    if found is None:
        return Section("decision", title, (Paragraph(f"{NOT_YET_RECORDED}."),))
    blocks: list[Block] = [
        _cover(found),
        *override_notices(report),
        _recommendations(found, state),
        _decisions(found, state),
        _edits(found),
    ]
    return Section("decision", title, tuple(blocks))


def recommendation_of(report: ReadinessReport) -> str:
    """Return what is recommended, or that nobody has, in words."""
    if report.proceedings is None:
        return NOT_YET_RECORDED
    return report.recommendation or NOBODY_RECOMMENDED


def decision_of(report: ReadinessReport) -> str:
    """Return what is decided, or that it is pending, in words; an override says so."""
    found = report.proceedings
    if found is None:
        return NOT_YET_RECORDED
    mark = " (override)" if found.decision and found.decision.is_override else ""
    return f"{report.decision or PENDING}{mark}"


def override_notices(report: ReadinessReport, most: int | None = None) -> tuple[Paragraph, ...]:
    """Return why the decision goes against verdict or recommendation, where it does.

    Args:
        report: The summary.
        most: Characters of the reason to print; None prints all.
    """
    decision = report.proceedings.decision if report.proceedings else None
    if decision is None or not decision.is_override:
        return ()
    reason = decision.override_reason if most is None else shorten(decision.override_reason, most)
    return (Paragraph(f"{decision.short_ref}: {reason}", lead="Override", notice=True),)


def _cover(found: Proceedings) -> Paragraph:
    if found.cover is None:
        return Paragraph("Nobody has asked whether a decision covers the launch.")
    uncovered = " The model runs where no decision covers it." if found.uncovered else ""
    why = f": {found.cover.why}" if found.cover.why else ""
    return Paragraph(
        f"The stage asked for is {found.cover.state}{why}.{uncovered}",
        lead="Cover",
        notice=found.uncovered,
    )


def _recommendations(found: Proceedings, state: LaunchState) -> Table:
    return Plan[RecommendationRecord](
        caption="Recommendations, oldest first; the last one counts",
        empty="Nobody has recommended anything.",
        sheet="Recommendations",
        columns=(
            (Column("Outcome", 1.8), lambda it: Cell(stage_words(it.outcome, it.exposure_stage))),
            (Column("Snapshot", 0.8), lambda it: Cell(it.snapshot.rpartition("/")[2])),
            (Column("By", 1.6), lambda it: Cell(_recommended_by(it, state))),
            (Column("On", 0.9), lambda it: wording.day(it.recommended_at.date())),
            (Column("Reason", 3.4), lambda it: Cell(it.reason)),
            (Column("Basis", 1), lambda it: Cell(wording.origin(it.origin))),
        ),
    ).table(found.recommendations)


def _recommended_by(one: RecommendationRecord, state: LaunchState) -> str:
    return wording.lines(state.person_name(one.recommended_by), identity(one.authenticated))


def _decisions(found: Proceedings, state: LaunchState) -> Table:
    return Plan[DecisionRecord](
        caption="Decisions, oldest first; the last one counts",
        empty="Nobody has decided.",
        sheet="Decisions",
        columns=(
            (Column("Decision", 0.7), lambda it: Cell(it.short_ref)),
            (Column("Gate result", 1.1), lambda it: Cell(str(it.gate_result), look=it.gate_result)),
            (Column("Recommended", 1.1), lambda it: Cell(str(it.recommended or wording.NONE))),
            (Column("Decided", 1.7), lambda it: Cell(_outcome(it))),
            (Column("Covers", 1.6), lambda it: Cell(_covers(it))),
            (Column("By", 1.3), lambda it: Cell(_decided_by(it, state))),
            (Column("Reason and benefits", 2.6), lambda it: Cell(_reasons(it))),
            (Column("Override", 1.8), lambda it: Cell(it.override_reason or "none")),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.origin))),
        ),
    ).table(found.decisions)


def _outcome(one: DecisionRecord) -> str:
    return stage_words(one.outcome, one.exposure_stage, one.until)


def _covers(one: DecisionRecord) -> str:
    if not one.outcome.lets_out:
        return "nothing"
    return wording.lines(one.model_version, one.configuration)


def _decided_by(one: DecisionRecord, state: LaunchState) -> str:
    return wording.lines(
        state.person_name(one.decided_by),
        one.decided_at.date().isoformat(),
        f"on {one.snapshot.rpartition('/')[2]}",
        identity(one.authenticated),
    )


def _reasons(one: DecisionRecord) -> str:
    return wording.lines(one.reason, f"benefits: {one.benefits}" if one.benefits else "")


def _edits(found: Proceedings) -> Table:
    return Plan[ChangeLine](
        caption="Changes that can improve a verdict without new evidence, each by two people",
        empty="Nobody confirmed such a change.",
        sheet="Overrides",
        columns=(
            (Column("#", 0.5, numeric=True), lambda it: wording.number(it.seq)),
            (Column("When", 1.1), lambda it: wording.moment(it.at)),
            (Column("Confirmed by", 1.4), lambda it: Cell(_confirmer(it))),
            (Column("What", 1.8), lambda it: Cell(it.action)),
            (Column("About", 1.2), lambda it: Cell(it.subject)),
            (Column("Fields, old and new", 2.4), lambda it: Cell(wording.change_fields(it))),
            (Column("Reason", 1.6), lambda it: Cell(it.reason or wording.NONE)),
        ),
    ).table(found.edits)


def _confirmer(change: ChangeLine) -> str:
    return wording.lines(change.actor_name, identity(change.authenticated))
