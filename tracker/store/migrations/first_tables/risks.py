"""Risks, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.first_tables.columns import (
    CLOSE_REASON,
    ORIGIN,
    RISK_STATUS,
    choice,
    optional,
    refers,
    required,
)


def risk() -> None:
    """Make the table `risk`."""
    op.create_table(
        "risk",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("title", sa.String(200)),
        required("scenario", sa.String(4000)),
        required("area", sa.String(64)),
        optional("owner", sa.String(64)),
        optional("due", sa.Date()),
        required("source", sa.String(4000)),
        required("note", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        required("status", choice(RISK_STATUS, "risk_status")),
        optional("close_reason", choice(CLOSE_REASON, "close_reason")),
        required("close_note", sa.String(2000)),
        optional("duplicate_of", sa.String(80)),
        optional("closure_asked_by", sa.String(64)),
        optional("closure_confirmed_by", sa.String(64)),
        required("created_at", UTCDateTime()),
        sa.CheckConstraint("ref = launch || '/R-' || number", name=op.f("ck_risk_ref_fits")),
        sa.CheckConstraint(
            "status = 'open' OR (close_reason IS NOT NULL AND closure_asked_by IS NOT NULL "
            "AND closure_confirmed_by IS NOT NULL)",
            name=op.f("ck_risk_closed_by_two"),
        ),
        sa.CheckConstraint(
            "closure_confirmed_by IS NULL OR closure_confirmed_by <> closure_asked_by",
            name=op.f("ck_risk_closure_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "duplicate_of IS NULL OR duplicate_of <> ref", name=op.f("ck_risk_no_twin_of_itself")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_risk_number_from_one")),
        refers("area", "policy_area.code"),
        refers("closure_asked_by", "person.key"),
        refers("closure_confirmed_by", "person.key"),
        refers("duplicate_of", "risk.ref"),
        refers("launch", "launch.key"),
        refers("owner", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_risk_area"), "risk", ["area"])
    op.create_index(op.f("ix_risk_duplicate_of"), "risk", ["duplicate_of"])
    op.create_index(op.f("ix_risk_owner"), "risk", ["owner"])


def risk_area() -> None:
    """Make the table `risk_area`."""
    op.create_table(
        "risk_area",
        required("risk", sa.String(80)),
        required("area", sa.String(64)),
        refers("area", "policy_area.code"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "area"),
    )
    op.create_index(op.f("ix_risk_area_area"), "risk_area", ["area"])


def risk_tag() -> None:
    """Make the table `risk_tag`."""
    op.create_table(
        "risk_tag",
        required("risk", sa.String(80)),
        required("taxonomy", sa.String(64)),
        required("code", sa.String(64)),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "taxonomy", "code"),
    )
