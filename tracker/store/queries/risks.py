"""One risk: itself, its assessments, and the drafts of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.drafts import PartialAssessment
from tracker.domain.records import AssessmentDraftRecord, AssessmentRecord, RiskRecord
from tracker.store.fetching import fetch, fetch_first, fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import ASSESSMENT, RISK, T, assessment_record, risk_record
from tracker.store.tables import launch_of

_RISK, _ASSESSMENT, _DRAFT = T["risk"].c, T["assessment"].c, T["assessment_draft"].c
_DRAFTS = select(_DRAFT.risk, _DRAFT.author, _DRAFT.payload, _DRAFT.saved_at)


def get_risk(session: Session, ref: str) -> RiskRecord:
    """Read one risk; three statements.

    Raises:
        NotFound: No risk has this reference; similar ones are named.
    """
    row = fetch_first(session, select(*RISK).where(_RISK.ref == ref))
    if row is None:
        raise not_found("risk", ref, _similar(session, ref))
    area, tag = T["risk_area"].c, T["risk_tag"].c
    touches = fetch_values(session, select(area.area).where(area.risk == ref))
    tags = fetch(session, select(tag.taxonomy, tag.code).where(tag.risk == ref))
    return risk_record(row, tuple(sorted(touches)), tuple(sorted((t, code) for t, code in tags)))


def _similar(session: Session, ref: str) -> Sequence[str]:
    """Return the references of the launch that is named, or of one risk of each launch."""
    same_launch = select(_RISK.ref).where(_RISK.launch == launch_of(ref)).order_by(_RISK.number)
    found = fetch_values(session, same_launch)
    if found:
        return found
    return fetch_values(session, select(_RISK.ref).where(_RISK.number == 1))


def risk_assessments(session: Session, ref: str) -> tuple[AssessmentRecord, ...]:
    """Read all assessments of a risk, superseded ones too, newest first."""
    statement = (
        select(*ASSESSMENT)
        .where(_ASSESSMENT.risk == ref)
        .order_by(_ASSESSMENT.submitted_at.desc(), _ASSESSMENT.id.desc())
    )
    return tuple(assessment_record(row) for row in fetch(session, statement))


def find_draft(session: Session, risk: str, author: str) -> AssessmentDraftRecord | None:
    """Read the author's half-made assessment of a risk, if there is one."""
    statement = _DRAFTS.where(_DRAFT.risk == risk, _DRAFT.author == author)
    row = fetch_first(session, statement)
    return _draft_record(row) if row else None


def drafts_of(session: Session, author: str) -> tuple[AssessmentDraftRecord, ...]:
    """Read the half-made assessments of an author, last saved first."""
    rows = fetch(session, _DRAFTS.where(_DRAFT.author == author))
    newest_first = sorted(rows, key=lambda row: (row.saved_at, row.risk), reverse=True)
    return tuple(_draft_record(row) for row in newest_first)


def _draft_record(row: Any) -> AssessmentDraftRecord:
    partial = PartialAssessment.model_validate(row.payload)
    return AssessmentDraftRecord(
        risk=row.risk,
        author=row.author,
        picks=partial.picks,
        grade=partial.grade,
        reasons=partial.reasons,
        rationale=partial.rationale,
        saved_at=row.saved_at,
        about=partial.about,
    )
