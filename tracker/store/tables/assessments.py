"""Assessments, immutable once submitted, and the drafts that count for nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, REASON_LENGTH, REF_LENGTH, TITLE_LENGTH
from tracker.domain.words import EvidenceGrade, ExposureStage, Factor, Origin
from tracker.store.base import JSON_DOCUMENT, Audited, Base, between, choice, reference
from tracker.store.tables.risks import launch_of


class AssessmentDraft(Base, table=True):
    """A half-made assessment that belongs to its author; not audited, it counts for nothing."""

    risk: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")]
    )
    author: str = Field(
        primary_key=True,
        max_length=KEY_LENGTH,
        sa_column_args=[reference("person.key")],
        index=True,
    )
    payload: dict[str, Any] = Field(sa_type=JSON_DOCUMENT)
    saved_at: datetime


class Assessment(Audited, table=True):
    """One assessor's judgement of one risk; triggers refuse to change or delete it.

    The picks are whole numbers from 1 to 5; `reasons` maps the name of a factor to a sentence.
    """

    __table_args__ = (
        *(between(factor.value, 1, 5) for factor in Factor),
        Index("ix_assessment_latest", "risk", "assessor", "submitted_at", "id"),
        {"sqlite_autoincrement": True},
    )
    noun = "assessment"

    id: int | None = Field(default=None, primary_key=True)
    risk: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")])
    assessor: str = Field(
        max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], index=True
    )
    likelihood: int
    severity: int
    exposure: int
    reversibility: int
    business_impact: int
    grade: EvidenceGrade = Field(sa_type=choice(EvidenceGrade))
    reasons: dict[str, str] = Field(default_factory=dict[str, str], sa_type=JSON_DOCUMENT)
    rationale: str = Field(default="", max_length=REASON_LENGTH)
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    submitted_at: datetime
    # Indexed, like every reference of a large table to itself: SQLite looks for waiting references
    # to each row that it inserts.
    confirms: int | None = Field(
        default=None, sa_column_args=[reference("assessment.id")], index=True
    )
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the reference of the risk assessed."""
        return self.risk

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return launch_of(self.risk)
