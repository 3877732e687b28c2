"""Signatures, answers to objections and recommendations, as the third migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.reviews_and_decisions.columns import (
    CAPACITY,
    EXPOSURE_STAGE,
    ORIGIN,
    OUTCOME,
    VOTE,
    choice,
    optional,
    refers,
    required,
)


def sign_off() -> None:
    """Make the table `sign_off`."""
    op.create_table(
        "sign_off",
        required("id", sa.Integer()),
        required("launch", sa.String(64)),
        required("review", sa.String(80)),
        required("snapshot", sa.String(80)),
        required("person", sa.String(64)),
        required("capacity", choice(CAPACITY, "capacity")),
        optional("area", sa.String(64)),
        required("vote", choice(VOTE, "vote")),
        required("comment", sa.String(2000)),
        required("dissent", sa.String(2000)),
        required("would_change", sa.String(2000)),
        required("sections", sa.JSON()),
        required("signed_at", UTCDateTime()),
        required("authenticated", sa.Boolean()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "(capacity = 'area lead') = (area IS NOT NULL)",
            name=op.f("ck_sign_off_area_of_lead"),
        ),
        sa.CheckConstraint(
            "(vote = 'object') = (dissent <> '')",
            name=op.f("ck_sign_off_objection_says_why"),
        ),
        sa.CheckConstraint(
            "vote <> 'recuse' OR comment <> ''",
            name=op.f("ck_sign_off_recusal_says_why"),
        ),
        refers("area", "policy_area.code"),
        refers("launch", "launch.key"),
        refers("person", "person.key"),
        refers("review", "review.ref"),
        refers("snapshot", "snapshot.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_off_launch"), "sign_off", ["launch"])
    op.create_index(op.f("ix_sign_off_review"), "sign_off", ["review"])
    op.create_index(op.f("ix_sign_off_snapshot"), "sign_off", ["snapshot"])


def objection_answer() -> None:
    """Make the table `objection_answer`."""
    op.create_table(
        "objection_answer",
        required("sign_off", sa.Integer()),
        required("launch", sa.String(64)),
        required("answer", sa.String(2000)),
        required("answered_by", sa.String(64)),
        required("answered_at", UTCDateTime()),
        required("origin", choice(ORIGIN, "origin")),
        refers("answered_by", "person.key"),
        refers("launch", "launch.key"),
        refers("sign_off", "sign_off.id"),
        sa.PrimaryKeyConstraint("sign_off"),
    )
    op.create_index(op.f("ix_objection_answer_launch"), "objection_answer", ["launch"])


def recommendation() -> None:
    """Make the table `recommendation`."""
    op.create_table(
        "recommendation",
        required("id", sa.Integer()),
        required("launch", sa.String(64)),
        required("review", sa.String(80)),
        required("snapshot", sa.String(80)),
        required("outcome", choice(OUTCOME, "outcome")),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("reason", sa.String(2000)),
        required("recommended_by", sa.String(64)),
        required("recommended_at", UTCDateTime()),
        required("authenticated", sa.Boolean()),
        required("origin", choice(ORIGIN, "origin")),
        refers("launch", "launch.key"),
        refers("recommended_by", "person.key"),
        refers("review", "review.ref"),
        refers("snapshot", "snapshot.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_recommendation_launch"), "recommendation", ["launch"])
    op.create_index(op.f("ix_recommendation_review"), "recommendation", ["review"])
    op.create_index(op.f("ix_recommendation_snapshot"), "recommendation", ["snapshot"])
