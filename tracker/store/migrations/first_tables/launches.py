"""Policy areas and launches, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.first_tables.columns import (
    APPLICABILITY,
    EXPOSURE_STAGE,
    GATE_TYPE,
    LAUNCH_ROLE_NAME,
    ORIGIN,
    REVIEW_STATUS,
    choice,
    optional,
    refers,
    required,
)


def policy_area() -> None:
    """Make the table `policy_area`."""
    op.create_table(
        "policy_area",
        required("row_version", sa.Integer()),
        required("code", sa.String(64)),
        required("name", sa.String(200)),
        required("family", sa.String(64)),
        required("family_name", sa.String(200)),
        required("gate_type", choice(GATE_TYPE, "gate_type")),
        required("definition", sa.String(4000)),
        required("position", sa.Integer()),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("position"),
    )


def launch() -> None:
    """Make the table `launch`."""
    op.create_table(
        "launch",
        required("row_version", sa.Integer()),
        required("key", sa.String(64)),
        required("name", sa.String(200)),
        required("summary", sa.String(4000)),
        required("developer", sa.String(120)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("surfaces", sa.String(4000)),
        required("exposure_asked", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("exposure_now", choice(EXPOSURE_STAGE, "exposure_now")),
        required("review_status", choice(REVIEW_STATUS, "review_status")),
        required("target_date", sa.Date()),
        optional("as_of", sa.Date()),
        required("note", sa.String(4000)),
        required("source", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        optional("cloned_from", sa.String(64)),
        refers("cloned_from", "launch.key"),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name"),
    )


def launch_role() -> None:
    """Make the table `launch_role`."""
    op.create_table(
        "launch_role",
        required("launch", sa.String(64)),
        required("role", choice(LAUNCH_ROLE_NAME, "launch_role_name")),
        required("person", sa.String(64)),
        refers("launch", "launch.key"),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("launch", "role"),
        sa.UniqueConstraint("launch", "person"),
    )
    op.create_index(op.f("ix_launch_role_person"), "launch_role", ["person"])


def launch_scope() -> None:
    """Make the table `launch_scope`."""
    op.create_table(
        "launch_scope",
        required("row_version", sa.Integer()),
        required("launch", sa.String(64)),
        required("area", sa.String(64)),
        required("applicability", choice(APPLICABILITY, "applicability")),
        required("reason", sa.String(2000)),
        required("decided_by", sa.String(64)),
        optional("confirmed_by", sa.String(64)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> decided_by",
            name=op.f("ck_launch_scope_confirmed_by_another"),
        ),
        refers("area", "policy_area.code"),
        refers("confirmed_by", "person.key"),
        refers("decided_by", "person.key"),
        refers("launch", "launch.key"),
        sa.PrimaryKeyConstraint("launch", "area"),
    )
