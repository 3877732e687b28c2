"""The audit chain, saves done, and what the register is, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.first_tables.columns import REGISTER_KIND, choice, optional, required


def change() -> None:
    """Make the table `change`."""
    op.create_table(
        "change",
        required("seq", sa.Integer(), autoincrement=False),
        required("at", UTCDateTime()),
        required("actor", sa.String(64)),
        required("actor_name", sa.String(120)),
        required("authenticated", sa.Boolean()),
        required("action", sa.String(200)),
        required("entity", sa.String(64)),
        required("subject", sa.String(160)),
        optional("launch", sa.String(64)),
        required("fields", sa.JSON()),
        required("reason", sa.String(2000)),
        required("previous_hash", sa.String(64)),
        required("hash", sa.String(64)),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_change_seq_from_one")),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index(op.f("ix_change_actor_seq"), "change", ["actor", "seq"])
    op.create_index(op.f("ix_change_launch_seq"), "change", ["launch", "seq"])
    op.create_index(op.f("ix_change_subject_seq"), "change", ["subject", "seq"])


def request() -> None:
    """Make the table `request`."""
    op.create_table(
        "request",
        required("id", sa.String(80)),
        required("at", UTCDateTime()),
        required("actor", sa.String(64)),
        required("action", sa.String(200)),
        required("outcome", sa.String()),
        sa.PrimaryKeyConstraint("id"),
    )


def register_info() -> None:
    """Make the table `register_info`."""
    op.create_table(
        "register_info",
        required("id", sa.Integer(), autoincrement=False),
        required("kind", choice(REGISTER_KIND, "register_kind")),
        required("created_at", UTCDateTime()),
        required("profile_version", sa.String(64)),
        optional("demo_loaded_on", sa.Date()),
        sa.CheckConstraint("id = 1", name=op.f("ck_register_info_single_row")),
        sa.PrimaryKeyConstraint("id"),
    )
