"""What people say about evidence, as the second migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.evidence_and_gates.columns import (
    CORRECTION_KIND,
    DIRECTION,
    EXPOSURE_STAGE,
    ORIGIN,
    SCALE,
    choice,
    refers,
    refers_together,
    required,
)


def metric_definition() -> None:
    """Make the table `metric_definition`."""
    op.create_table(
        "metric_definition",
        required("row_version", sa.Integer()),
        required("tool", sa.String(120)),
        required("metric", sa.String(200)),
        required("direction", choice(DIRECTION, "direction")),
        required("scale", choice(SCALE, "scale")),
        required("note", sa.String(4000)),
        required("defined_by", sa.String(64)),
        required("origin", choice(ORIGIN, "origin")),
        refers("defined_by", "person.key"),
        sa.PrimaryKeyConstraint("tool", "metric"),
    )


def evidence_correction() -> None:
    """Make the table `evidence_correction`."""
    op.create_table(
        "evidence_correction",
        required("id", sa.Integer()),
        required("run", sa.String(80)),
        required("evidence", sa.Integer()),
        required("kind", choice(CORRECTION_KIND, "correction_kind")),
        required("task", sa.String(200)),
        required("metric", sa.String(200)),
        required("reason", sa.String(2000)),
        required("corrected_by", sa.String(64)),
        required("corrected_at", UTCDateTime()),
        sa.CheckConstraint(
            "(kind = 're-mapped' AND task <> '' AND metric <> '') OR (kind = 'withdrawn' AND "
            "task = '' AND metric = '')",
            name=op.f("ck_evidence_correction_slot_fits_kind"),
        ),
        refers("corrected_by", "person.key"),
        refers_together(["run", "evidence"], ["evidence.run", "evidence.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_evidence_correction_run_evidence"), "evidence_correction", ["run", "evidence"]
    )


def evidence_equivalence() -> None:
    """Make the table `evidence_equivalence`."""
    op.create_table(
        "evidence_equivalence",
        required("id", sa.Integer()),
        required("run", sa.String(80)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("reason", sa.String(2000)),
        required("stated_by", sa.String(64)),
        required("stated_at", UTCDateTime()),
        required("origin", choice(ORIGIN, "origin")),
        refers("run", "evidence_run.ref"),
        refers("stated_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_equivalence_run"), "evidence_equivalence", ["run"])


def evidence_confirmation() -> None:
    """Make the table `evidence_confirmation`."""
    op.create_table(
        "evidence_confirmation",
        required("id", sa.Integer()),
        required("run", sa.String(80)),
        required("note", sa.String(2000)),
        required("confirmed_by", sa.String(64)),
        required("confirmed_at", UTCDateTime()),
        required("origin", choice(ORIGIN, "origin")),
        refers("confirmed_by", "person.key"),
        refers("run", "evidence_run.ref"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run", "confirmed_by"),
        sqlite_autoincrement=True,
    )
