"""Runs and their metrics, as the second migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.evidence_and_gates.columns import (
    EVIDENCE_FORMAT,
    EXPOSURE_STAGE,
    ORIGIN,
    SAFEGUARDS,
    choice,
    optional,
    refers,
    required,
)


def evidence_run() -> None:
    """Make the table `evidence_run`."""
    op.create_table(
        "evidence_run",
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("file_name", sa.String(255)),
        required("sha256", sa.String(64)),
        required("size", sa.BigInteger()),
        required("part", sa.String(200)),
        required("format", choice(EVIDENCE_FORMAT, "evidence_format")),
        required("tool", sa.String(120)),
        required("tool_version", sa.String(200)),
        required("run_id", sa.String(200)),
        optional("ran_at", UTCDateTime()),
        required("model_version", sa.String(4000)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("safeguards", choice(SAFEGUARDS, "safeguards")),
        required("flags", sa.JSON()),
        required("warnings", sa.JSON()),
        required("source", sa.String(4000)),
        required("imported_by", sa.String(64)),
        required("imported_at", UTCDateTime()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_evidence_run_number_from_one")),
        sa.CheckConstraint(
            "ref = launch || '/E-' || number", name=op.f("ck_evidence_run_ref_fits")
        ),
        sa.CheckConstraint(
            "length(sha256) = 64 AND ltrim(sha256, '0123456789abcdef') = ''",
            name=op.f("ck_evidence_run_sha256_digits"),
        ),
        sa.CheckConstraint("size >= 0", name=op.f("ck_evidence_run_size_not_negative")),
        refers("imported_by", "person.key"),
        refers("launch", "launch.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
        sa.UniqueConstraint("launch", "sha256", "part"),
    )


def evidence() -> None:
    """Make the table `evidence`."""
    op.create_table(
        "evidence",
        required("id", sa.Integer()),
        required("run", sa.String(80)),
        required("task", sa.String(200)),
        required("metric", sa.String(200)),
        required("slice", sa.String(200)),
        optional("value", sa.Float()),
        optional("stderr", sa.Float()),
        optional("n", sa.Integer()),
        optional("passed", sa.Integer()),
        optional("failed", sa.Integer()),
        required("errored", sa.Integer()),
        required("qualifier", sa.String(200)),
        required("unit", sa.String(200)),
        optional("higher_is_better", sa.Boolean()),
        required("conditions", sa.JSON()),
        sa.CheckConstraint(
            "errored BETWEEN 0 AND 1000000000", name=op.f("ck_evidence_errored_range")
        ),
        sa.CheckConstraint("n BETWEEN 0 AND 1000000000", name=op.f("ck_evidence_n_range")),
        sa.CheckConstraint(
            "(passed IS NULL AND failed IS NULL) OR (passed IS NOT NULL AND failed IS NOT "
            "NULL AND n IS NOT NULL AND passed >= 0 AND failed >= 0 AND passed + failed = n)",
            name=op.f("ck_evidence_outcomes_make_n"),
        ),
        sa.CheckConstraint("stderr BETWEEN 0 AND 1e308", name=op.f("ck_evidence_stderr_finite")),
        sa.CheckConstraint("value BETWEEN -1e308 AND 1e308", name=op.f("ck_evidence_value_finite")),
        refers("run", "evidence_run.ref"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evidence_run_task_metric"), "evidence", ["run", "task", "metric"])


def evidence_risk() -> None:
    """Make the table `evidence_risk`."""
    op.create_table(
        "evidence_risk",
        required("evidence", sa.Integer()),
        required("risk", sa.String(80)),
        refers("evidence", "evidence.id"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("evidence", "risk"),
    )
    op.create_index(op.f("ix_evidence_risk_risk"), "evidence_risk", ["risk"])
