"""Decisions, their conditions and changes of exposure, as the third migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.reviews_and_decisions.columns import (
    CONDITION_STATE,
    EXPOSURE_STAGE,
    EXPOSURE_STEP,
    ORIGIN,
    OUTCOME,
    VERDICT,
    choice,
    optional,
    refers,
    required,
)


def decision() -> None:
    """Make the table `decision`."""
    op.create_table(
        "decision",
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("review", sa.String(80)),
        required("snapshot", sa.String(80)),
        required("outcome", choice(OUTCOME, "outcome")),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        optional("until", sa.Date()),
        required("reason", sa.String(2000)),
        required("benefits", sa.String(2000)),
        required("gate_result", choice(VERDICT, "gate_result")),
        optional("recommended", choice(OUTCOME, "recommended")),
        required("override_reason", sa.String(2000)),
        required("decided_by", sa.String(64)),
        required("decided_at", UTCDateTime()),
        required("authenticated", sa.Boolean()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "number >= 1",
            name=op.f("ck_decision_number_from_one"),
        ),
        sa.CheckConstraint(
            "ref = launch || '/D-' || number",
            name=op.f("ck_decision_ref_fits"),
        ),
        refers("decided_by", "person.key"),
        refers("launch", "launch.key"),
        refers("review", "review.ref"),
        refers("snapshot", "snapshot.ref"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_decision_launch"), "decision", ["launch"])
    op.create_index(op.f("ix_decision_review"), "decision", ["review"])
    op.create_index(op.f("ix_decision_snapshot"), "decision", ["snapshot"])


def condition() -> None:
    """Make the table `condition`."""
    op.create_table(
        "condition",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("text", sa.String(2000)),
        required("test", sa.String(2000)),
        required("owner", sa.String(64)),
        required("due", sa.Date()),
        required("blocking", sa.Boolean()),
        required("raised_by", sa.String(64)),
        required("raised_at", UTCDateTime()),
        required("review", sa.String(80)),
        optional("decision", sa.String(80)),
        required("state", choice(CONDITION_STATE, "state")),
        optional("settled_by", sa.String(64)),
        optional("settled_on", sa.Date()),
        required("settled_because", sa.String(2000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "state <> 'met' OR settled_by <> owner",
            name=op.f("ck_condition_met_says_another"),
        ),
        sa.CheckConstraint(
            "number >= 1",
            name=op.f("ck_condition_number_from_one"),
        ),
        sa.CheckConstraint(
            "state <> 'overdue'",
            name=op.f("ck_condition_overdue_is_computed"),
        ),
        sa.CheckConstraint(
            "ref = launch || '/C-' || number",
            name=op.f("ck_condition_ref_fits"),
        ),
        sa.CheckConstraint(
            "state = 'open' OR (settled_by IS NOT NULL AND settled_on IS NOT NULL)",
            name=op.f("ck_condition_settled_by_somebody"),
        ),
        refers("decision", "decision.ref"),
        refers("launch", "launch.key"),
        refers("owner", "person.key"),
        refers("raised_by", "person.key"),
        refers("review", "review.ref"),
        refers("settled_by", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_condition_decision"), "condition", ["decision"])
    op.create_index(op.f("ix_condition_launch"), "condition", ["launch"])
    op.create_index(op.f("ix_condition_review"), "condition", ["review"])


def exposure() -> None:
    """Make the table `exposure`."""
    op.create_table(
        "exposure",
        required("id", sa.Integer()),
        required("launch", sa.String(64)),
        required("step", choice(EXPOSURE_STEP, "exposure_step")),
        required("before", choice(EXPOSURE_STAGE, "before")),
        required("after", choice(EXPOSURE_STAGE, "after")),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        optional("decision", sa.String(80)),
        required("covered", sa.Boolean()),
        required("reason", sa.String(2000)),
        required("recorded_by", sa.String(64)),
        required("recorded_at", UTCDateTime()),
        required("origin", choice(ORIGIN, "origin")),
        refers("decision", "decision.ref"),
        refers("launch", "launch.key"),
        refers("recorded_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exposure_decision"), "exposure", ["decision"])
    op.create_index(op.f("ix_exposure_launch"), "exposure", ["launch"])
