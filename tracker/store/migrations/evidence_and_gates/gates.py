"""Launch criteria, attestations and waivers, as the second migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.evidence_and_gates.columns import (
    EXPOSURE_STAGE,
    GATE_COVERAGE,
    GATE_KIND,
    GATE_STATE,
    ORIGIN,
    choice,
    optional,
    refers,
    refers_together,
    required,
)


def gate() -> None:
    """Make the table `gate`."""
    op.create_table(
        "gate",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("title", sa.String(200)),
        required("area", sa.String(64)),
        required("kind", choice(GATE_KIND, "gate_kind")),
        optional("tool", sa.String(120)),
        optional("task", sa.String(200)),
        optional("metric", sa.String(200)),
        optional("configuration", sa.String(200)),
        optional("threshold", sa.Float()),
        required("coverage", choice(GATE_COVERAGE, "gate_coverage")),
        required("confidence", sa.Float()),
        optional("min_n", sa.Integer()),
        optional("max_age_days", sa.Integer()),
        required("must_pass", sa.Boolean()),
        optional("baseline", sa.String(80)),
        optional("margin", sa.Float()),
        required("statement", sa.String(4000)),
        required("rationale", sa.String(2000)),
        optional("planned_on", sa.Date()),
        optional("planned_by", sa.String(64)),
        optional("planned_n", sa.Integer()),
        required("written_by", sa.String(64)),
        optional("withdrawal_asked_by", sa.String(64)),
        required("withdrawal_reason", sa.String(2000)),
        optional("withdrawal_confirmed_by", sa.String(64)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "confidence >= 0.5 AND confidence < 1", name=op.f("ck_gate_confidence_range")
        ),
        sa.CheckConstraint(
            "(kind = 'measured' AND tool IS NOT NULL AND task IS NOT NULL AND metric IS NOT "
            "NULL AND configuration IS NOT NULL AND threshold IS NOT NULL) OR (kind = "
            "'attested' AND tool IS NULL AND task IS NULL AND metric IS NULL AND "
            "configuration IS NULL AND threshold IS NULL AND min_n IS NULL AND baseline IS "
            "NULL AND statement <> '')",
            name=op.f("ck_gate_kind_has_its_columns"),
        ),
        sa.CheckConstraint("margin BETWEEN 0 AND 1e308", name=op.f("ck_gate_margin_finite")),
        sa.CheckConstraint(
            "(baseline IS NULL) = (margin IS NULL)", name=op.f("ck_gate_margin_with_baseline")
        ),
        sa.CheckConstraint(
            "max_age_days BETWEEN 1 AND 3650", name=op.f("ck_gate_max_age_days_range")
        ),
        sa.CheckConstraint("min_n BETWEEN 1 AND 100000000", name=op.f("ck_gate_min_n_range")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_gate_number_from_one")),
        sa.CheckConstraint(
            "(planned_on IS NULL) = (planned_by IS NULL) AND (planned_n IS NULL OR planned_on "
            "IS NOT NULL)",
            name=op.f("ck_gate_plan_is_whole"),
        ),
        sa.CheckConstraint(
            "planned_n BETWEEN 1 AND 100000000", name=op.f("ck_gate_planned_n_range")
        ),
        sa.CheckConstraint("ref = launch || '/G-' || number", name=op.f("ck_gate_ref_fits")),
        sa.CheckConstraint(
            "threshold BETWEEN -1e308 AND 1e308", name=op.f("ck_gate_threshold_finite")
        ),
        sa.CheckConstraint(
            "withdrawal_confirmed_by IS NULL OR (withdrawal_asked_by IS NOT NULL AND "
            "withdrawal_confirmed_by <> withdrawal_asked_by)",
            name=op.f("ck_gate_withdrawal_confirmed_by_another"),
        ),
        refers("area", "policy_area.code"),
        refers("baseline", "evidence_run.ref"),
        refers("launch", "launch.key"),
        refers("planned_by", "person.key"),
        refers_together(["tool", "metric"], ["metric_definition.tool", "metric_definition.metric"]),
        refers("withdrawal_asked_by", "person.key"),
        refers("withdrawal_confirmed_by", "person.key"),
        refers("written_by", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_gate_baseline"), "gate", ["baseline"])


def gate_attestation() -> None:
    """Make the table `gate_attestation`."""
    op.create_table(
        "gate_attestation",
        required("id", sa.Integer()),
        required("gate", sa.String(80)),
        required("met", sa.Boolean()),
        required("statement", sa.String(2000)),
        required("document", sa.String(200)),
        required("document_sha256", sa.String(64)),
        required("attested_by", sa.String(64)),
        required("attested_on", sa.Date()),
        required("expires", sa.Date()),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "length(document_sha256) = 64 AND ltrim(document_sha256, '0123456789abcdef') = ''",
            name=op.f("ck_gate_attestation_document_sha256_digits"),
        ),
        sa.CheckConstraint(
            "expires >= attested_on", name=op.f("ck_gate_attestation_expires_later")
        ),
        refers("attested_by", "person.key"),
        refers("gate", "gate.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gate_attestation_gate"), "gate_attestation", ["gate"])


def gate_waiver() -> None:
    """Make the table `gate_waiver`."""
    op.create_table(
        "gate_waiver",
        required("row_version", sa.Integer()),
        required("id", sa.Integer()),
        required("gate", sa.String(80)),
        required("state", choice(GATE_STATE, "gate_state")),
        optional("evidence", sa.String(80)),
        required("latest_run", sa.Integer()),
        required("threshold", sa.String(4000)),
        required("reason", sa.String(2000)),
        required("compensation", sa.String(2000)),
        required("until", sa.Date()),
        required("requested_by", sa.String(64)),
        required("requested_at", UTCDateTime()),
        optional("officer", sa.String(64)),
        optional("approver", sa.String(64)),
        optional("ended_by", sa.String(64)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint("latest_run >= 0", name=op.f("ck_gate_waiver_latest_run_not_negative")),
        sa.CheckConstraint("state <> 'passed'", name=op.f("ck_gate_waiver_overrides_something")),
        sa.CheckConstraint(
            "(officer IS NULL OR officer <> requested_by) AND (approver IS NULL OR approver "
            "<> requested_by) AND (officer IS NULL OR approver IS NULL OR officer <> "
            "approver)",
            name=op.f("ck_gate_waiver_signed_by_others"),
        ),
        refers("approver", "person.key"),
        refers("ended_by", "person.key"),
        refers("evidence", "evidence_run.ref"),
        refers("gate", "gate.ref"),
        refers("officer", "person.key"),
        refers("requested_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gate_waiver_evidence"), "gate_waiver", ["evidence"])
    op.create_index(op.f("ix_gate_waiver_gate"), "gate_waiver", ["gate"])
