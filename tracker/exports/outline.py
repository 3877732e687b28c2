"""From a report to the neutral document: every section of the outline, in its order.

A section whose data does not exist yet prints that it is not yet recorded; it never disappears.
"""

from tracker.domain.report import (
    IDENTITY_NOTE,
    ILLUSTRATIVE_LABEL,
    NOT_YET_RECORDED,
    ReadinessReport,
)
from tracker.exports.document import Document, Paragraph, Section
from tracker.exports.escape import shorten
from tracker.exports.sections import (
    criteria,
    decided,
    evaluations,
    evidence_index,
    frontier,
    gaps,
    glance,
    mitigations,
    path,
    reasons,
    records,
    register,
    scope,
    signing,
    standing,
    top_risks,
)

SUBTITLE = "Launch readiness summary"


def build(report: ReadinessReport) -> Document:
    """Return the whole summary of one launch at one moment."""
    return Document(
        title=shorten(report.state.launch.name, 100),
        subtitle=SUBTITLE,
        running=_running(report),
        closing=_closing(report),
        generated_at=report.generated_at,
        sections=(
            glance.section(report),
            reasons.section(report),
            path.section(report),
            criteria.section(report),
            scope.section(report),
            frontier.section(report),
            register.section(report),
            top_risks.section(report),
            evaluations.section(report),
            mitigations.section(report),
            _absent("security", "7 Security and supply chain"),
            _absent("proceeding", "8 Reasons for proceeding"),
            standing.acceptances(report),
            standing.conditions(report),
            signing.section(report),
            standing.exposures(report),
            gaps.section(report),
            decided.section(report),
            records.assessments(report),
            records.closed(report),
            records.changes(report),
            evidence_index.section(report),
            records.missing(),
        ),
    )


def _absent(anchor: str, title: str) -> Section:
    return Section(anchor, title, (Paragraph(f"{NOT_YET_RECORDED}."),))


def _running(report: ReadinessReport) -> tuple[str, ...]:
    head = report.chain.hash[:12] or "empty"
    return (
        shorten(report.state.launch.name, 60),
        str(report.state.verdict),
        f"audit chain {report.chain.length} · {head}",
    )


def _closing(report: ReadinessReport) -> str:
    at = f"Generated {report.generated_at:%Y-%m-%d %H:%M} UTC by {shorten(report.generated_by, 40)}"
    notes = [at, *([] if report.authenticated else [IDENTITY_NOTE])]
    if glance.is_illustrative(report):
        notes.append(f"contains {ILLUSTRATIVE_LABEL}s")
    return " · ".join(notes)
