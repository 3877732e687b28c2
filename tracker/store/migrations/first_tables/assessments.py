"""Assessments, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.first_tables.columns import (
    EVIDENCE_GRADE,
    EXPOSURE_STAGE,
    ORIGIN,
    choice,
    optional,
    refers,
    required,
)


def assessment_draft() -> None:
    """Make the table `assessment_draft`."""
    op.create_table(
        "assessment_draft",
        required("risk", sa.String(80)),
        required("author", sa.String(64)),
        required("payload", sa.JSON()),
        required("saved_at", UTCDateTime()),
        refers("author", "person.key"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "author"),
    )
    op.create_index(op.f("ix_assessment_draft_author"), "assessment_draft", ["author"])


def assessment() -> None:
    """Make the table `assessment`."""
    op.create_table(
        "assessment",
        required("id", sa.Integer()),
        required("risk", sa.String(80)),
        required("assessor", sa.String(64)),
        required("likelihood", sa.Integer()),
        required("severity", sa.Integer()),
        required("exposure", sa.Integer()),
        required("reversibility", sa.Integer()),
        required("business_impact", sa.Integer()),
        required("grade", choice(EVIDENCE_GRADE, "evidence_grade")),
        required("reasons", sa.JSON()),
        required("rationale", sa.String(2000)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("submitted_at", UTCDateTime()),
        optional("confirms", sa.Integer()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "business_impact BETWEEN 1 AND 5", name=op.f("ck_assessment_business_impact_range")
        ),
        sa.CheckConstraint("exposure BETWEEN 1 AND 5", name=op.f("ck_assessment_exposure_range")),
        sa.CheckConstraint(
            "likelihood BETWEEN 1 AND 5", name=op.f("ck_assessment_likelihood_range")
        ),
        sa.CheckConstraint(
            "reversibility BETWEEN 1 AND 5", name=op.f("ck_assessment_reversibility_range")
        ),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_assessment_severity_range")),
        refers("assessor", "person.key"),
        refers("confirms", "assessment.id"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assessment_assessor"), "assessment", ["assessor"])
    op.create_index(op.f("ix_assessment_confirms"), "assessment", ["confirms"])
    op.create_index(
        "ix_assessment_latest",
        "assessment",
        ["risk", "assessor", "submitted_at", "id"],
        unique=False,
    )
