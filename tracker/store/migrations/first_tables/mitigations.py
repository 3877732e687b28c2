"""Mitigations, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.first_tables.columns import (
    EXPOSURE_STAGE,
    LAYER,
    MECHANISM,
    MITIGATION_STATUS,
    ORIGIN,
    VERIFICATION_KIND,
    choice,
    optional,
    refers,
    required,
)


def mitigation() -> None:
    """Make the table `mitigation`."""
    op.create_table(
        "mitigation",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("number", sa.Integer()),
        required("title", sa.String(200)),
        required("summary", sa.String(4000)),
        required("mechanism", choice(MECHANISM, "mechanism")),
        required("layer", choice(LAYER, "layer")),
        optional("owner", sa.String(64)),
        optional("team", sa.String(64)),
        optional("duration_shortest", sa.Float()),
        optional("duration_likely", sa.Float()),
        optional("duration_longest", sa.Float()),
        required("source", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint("ref = 'M-' || number", name=op.f("ck_mitigation_ref_fits")),
        sa.CheckConstraint(
            "(duration_shortest IS NULL AND duration_likely IS NULL AND duration_longest IS "
            "NULL) OR (duration_shortest IS NOT NULL AND duration_likely IS NOT NULL AND "
            "duration_longest IS NOT NULL AND 0 <= duration_shortest AND duration_shortest "
            "<= duration_likely AND duration_likely <= duration_longest)",
            name=op.f("ck_mitigation_duration_rises"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_mitigation_number_from_one")),
        refers("owner", "person.key"),
        refers("team", "team.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_mitigation_owner"), "mitigation", ["owner"])


def mitigation_effort() -> None:
    """Make the table `mitigation_effort`."""
    op.create_table(
        "mitigation_effort",
        required("mitigation", sa.String(80)),
        required("team", sa.String(64)),
        required("days", sa.Float()),
        sa.CheckConstraint("days >= 0", name=op.f("ck_mitigation_effort_days_not_negative")),
        refers("mitigation", "mitigation.ref"),
        refers("team", "team.key"),
        sa.PrimaryKeyConstraint("mitigation", "team"),
    )


def launch_mitigation() -> None:
    """Make the table `launch_mitigation`."""
    op.create_table(
        "launch_mitigation",
        required("row_version", sa.Integer()),
        required("mitigation", sa.String(80)),
        required("launch", sa.String(64)),
        required("status", choice(MITIGATION_STATUS, "mitigation_status")),
        required("mandatory", sa.Boolean()),
        optional("due", sa.Date()),
        required("origin", choice(ORIGIN, "origin")),
        refers("launch", "launch.key"),
        refers("mitigation", "mitigation.ref"),
        sa.PrimaryKeyConstraint("mitigation", "launch"),
    )
    op.create_index(op.f("ix_launch_mitigation_launch"), "launch_mitigation", ["launch"])


def mitigation_effect() -> None:
    """Make the table `mitigation_effect`."""
    op.create_table(
        "mitigation_effect",
        required("mitigation", sa.String(80)),
        required("risk", sa.String(80)),
        optional("low", sa.Float()),
        optional("best", sa.Float()),
        optional("high", sa.Float()),
        required("introduces", sa.Boolean()),
        required("basis", sa.String(2000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "(introduces AND low IS NULL AND best IS NULL AND high IS NULL) OR (NOT "
            "introduces AND low IS NOT NULL AND best IS NOT NULL AND high IS NOT NULL AND 0 "
            "<= low AND low <= best AND best <= high AND high < 1)",
            name=op.f("ck_mitigation_effect_shares_rise"),
        ),
        refers("mitigation", "mitigation.ref"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("mitigation", "risk"),
    )
    op.create_index(op.f("ix_mitigation_effect_risk"), "mitigation_effect", ["risk"])


def mitigation_verification() -> None:
    """Make the table `mitigation_verification`."""
    op.create_table(
        "mitigation_verification",
        required("id", sa.Integer()),
        required("mitigation", sa.String(80)),
        required("launch", sa.String(64)),
        optional("risk", sa.String(80)),
        required("kind", choice(VERIFICATION_KIND, "verification_kind")),
        optional("share", sa.Float()),
        required("evidence", sa.String(2000)),
        required("verified_by", sa.String(64)),
        required("verified_on", sa.Date()),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "(kind = 'in place' OR share IS NOT NULL) AND (share IS NULL OR (risk IS NOT "
            "NULL AND 0 <= share AND share < 1))",
            name=op.f("ck_mitigation_verification_share_fits_kind"),
        ),
        refers("launch", "launch.key"),
        refers("mitigation", "mitigation.ref"),
        refers("risk", "risk.ref"),
        refers("verified_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_mitigation_verification_launch_mitigation_risk"),
        "mitigation_verification",
        ["launch", "mitigation", "risk"],
    )
    op.create_index(
        op.f("ix_mitigation_verification_mitigation"), "mitigation_verification", ["mitigation"]
    )
    op.create_index(op.f("ix_mitigation_verification_risk"), "mitigation_verification", ["risk"])
