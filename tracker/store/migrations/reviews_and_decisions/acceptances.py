"""Accepted risks and what is left behind, withheld or proposed, as the third migration makes it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.reviews_and_decisions.columns import (
    EXPOSURE_STAGE,
    LAUNCH_ROLE_NAME,
    LEVEL,
    ORIGIN,
    WITHHELD_CLASS,
    choice,
    optional,
    refers,
    required,
)


def acceptance() -> None:
    """Make the table `acceptance`."""
    op.create_table(
        "acceptance",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("risk", sa.String(80)),
        required("level", choice(LEVEL, "level")),
        required("harm_score", sa.Float()),
        required("justification", sa.String(2000)),
        required("fails_if", sa.JSON()),
        required("compensating", sa.JSON()),
        required("until", sa.Date()),
        required("requested_by", sa.String(64)),
        required("requested_at", UTCDateTime()),
        optional("lead", sa.String(64)),
        optional("officer", sa.String(64)),
        optional("approver", sa.String(64)),
        optional("fired_on", sa.Date()),
        optional("ended_by", sa.String(64)),
        required("ended_because", sa.String(2000)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "harm_score BETWEEN -1e308 AND 1e308",
            name=op.f("ck_acceptance_harm_score_finite"),
        ),
        sa.CheckConstraint(
            "level NOT IN ('Critical', 'UNASSESSED')",
            name=op.f("ck_acceptance_nobody_accepts_critical"),
        ),
        sa.CheckConstraint(
            "number >= 1",
            name=op.f("ck_acceptance_number_from_one"),
        ),
        sa.CheckConstraint(
            "ref = launch || '/A-' || number",
            name=op.f("ck_acceptance_ref_fits"),
        ),
        sa.CheckConstraint(
            "(lead IS NULL OR lead <> requested_by) AND (officer IS NULL OR officer <> "
            "requested_by) AND (approver IS NULL OR approver <> requested_by) AND "
            "(officer IS NULL OR approver IS NULL OR officer <> approver)",
            name=op.f("ck_acceptance_signed_by_others"),
        ),
        refers("approver", "person.key"),
        refers("ended_by", "person.key"),
        refers("launch", "launch.key"),
        refers("lead", "person.key"),
        refers("officer", "person.key"),
        refers("requested_by", "person.key"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_acceptance_launch"), "acceptance", ["launch"])
    op.create_index(op.f("ix_acceptance_risk"), "acceptance", ["risk"])


def evidence_withholding() -> None:
    """Make the table `evidence_withholding`."""
    op.create_table(
        "evidence_withholding",
        required("id", sa.Integer()),
        required("run", sa.String(80)),
        optional("withheld", choice(WITHHELD_CLASS, "withheld_class")),
        required("stated_by", sa.String(64)),
        required("stated_at", UTCDateTime()),
        refers("run", "evidence_run.ref"),
        refers("stated_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_withholding_run"), "evidence_withholding", ["run"])


def dropped_risk() -> None:
    """Make the table `dropped_risk`."""
    op.create_table(
        "dropped_risk",
        required("launch", sa.String(64)),
        required("risk", sa.String(80)),
        required("reason", sa.String(2000)),
        required("dropped_by", sa.String(64)),
        refers("dropped_by", "person.key"),
        refers("launch", "launch.key"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("launch", "risk"),
    )
    op.create_index(op.f("ix_dropped_risk_risk"), "dropped_risk", ["risk"])


def holder_proposal() -> None:
    """Make the table `holder_proposal`."""
    op.create_table(
        "holder_proposal",
        required("launch", sa.String(64)),
        required("role", choice(LAUNCH_ROLE_NAME, "launch_role_name")),
        required("person", sa.String(64)),
        required("asked_by", sa.String(64)),
        required("reason", sa.String(2000)),
        sa.CheckConstraint(
            "reason <> ''",
            name=op.f("ck_holder_proposal_says_why"),
        ),
        refers("asked_by", "person.key"),
        refers("launch", "launch.key"),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("launch", "role"),
    )
    op.create_index(op.f("ix_holder_proposal_person"), "holder_proposal", ["person"])
