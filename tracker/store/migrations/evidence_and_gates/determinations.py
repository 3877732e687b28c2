"""Frontier determinations and their safeguards, as the second migration makes them."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.evidence_and_gates.columns import (
    CONFIDENCE,
    EXPOSURE_STAGE,
    ORIGIN,
    THRESHOLD_OUTCOME,
    choice,
    optional,
    refers,
    refers_together,
    required,
)


def threshold_determination() -> None:
    """Make the table `threshold_determination`."""
    op.create_table(
        "threshold_determination",
        required("row_version", sa.Integer()),
        required("id", sa.Integer()),
        required("launch", sa.String(64)),
        required("area", sa.String(64)),
        required("outcome", choice(THRESHOLD_OUTCOME, "threshold_outcome")),
        required("confidence", choice(CONFIDENCE, "confidence")),
        required("rationale", sa.String(2000)),
        required("determined_by", sa.String(64)),
        required("determined_on", sa.Date()),
        optional("confirmed_by", sa.String(64)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> determined_by",
            name=op.f("ck_threshold_determination_confirmed_by_another"),
        ),
        refers("area", "policy_area.code"),
        refers("confirmed_by", "person.key"),
        refers("determined_by", "person.key"),
        refers("launch", "launch.key"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("launch", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_threshold_determination_launch_area"),
        "threshold_determination",
        ["launch", "area"],
    )


def required_safeguard() -> None:
    """Make the table `required_safeguard`."""
    op.create_table(
        "required_safeguard",
        required("determination", sa.Integer()),
        required("mitigation", sa.String(80)),
        required("launch", sa.String(64)),
        refers_together(
            ["launch", "determination"],
            ["threshold_determination.launch", "threshold_determination.id"],
        ),
        refers("mitigation", "mitigation.ref"),
        sa.PrimaryKeyConstraint("determination", "mitigation"),
    )
    op.create_index(
        op.f("ix_required_safeguard_launch_determination"),
        "required_safeguard",
        ["launch", "determination"],
    )
    op.create_index(op.f("ix_required_safeguard_mitigation"), "required_safeguard", ["mitigation"])
