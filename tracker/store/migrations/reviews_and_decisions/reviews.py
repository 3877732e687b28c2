"""Reviews with their snapshots, exports and minutes, as the third migration makes them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.reviews_and_decisions.columns import (
    EXPORT_FORMAT,
    ORIGIN,
    choice,
    optional,
    refers,
    required,
)


def review() -> None:
    """Make the table `review`."""
    op.create_table(
        "review",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("opened_by", sa.String(64)),
        required("opened_at", UTCDateTime()),
        optional("meeting_on", sa.Date()),
        optional("closed_by", sa.String(64)),
        optional("closed_at", UTCDateTime()),
        required("closed_because", sa.String(2000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "number >= 1",
            name=op.f("ck_review_number_from_one"),
        ),
        sa.CheckConstraint(
            "ref = launch || '/REV-' || number",
            name=op.f("ck_review_ref_fits"),
        ),
        refers("closed_by", "person.key"),
        refers("launch", "launch.key"),
        refers("opened_by", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_review_launch"), "review", ["launch"])


def snapshot() -> None:
    """Make the table `snapshot`."""
    op.create_table(
        "snapshot",
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("review", sa.String(80)),
        required("taken_at", UTCDateTime()),
        required("taken_by", sa.String(64)),
        required("authenticated", sa.Boolean()),
        required("as_of", sa.Date()),
        required("sha256", sa.String(64)),
        required("policy", sa.String(64)),
        required("sections", sa.JSON()),
        required("document", sa.Text()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "number >= 1",
            name=op.f("ck_snapshot_number_from_one"),
        ),
        sa.CheckConstraint(
            "ref = launch || '/S-' || number",
            name=op.f("ck_snapshot_ref_fits"),
        ),
        sa.CheckConstraint(
            "length(sha256) = 64 AND ltrim(sha256, '0123456789abcdef') = ''",
            name=op.f("ck_snapshot_sha256_digits"),
        ),
        refers("launch", "launch.key"),
        refers("review", "review.ref"),
        refers("taken_by", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_snapshot_launch"), "snapshot", ["launch"])
    op.create_index(op.f("ix_snapshot_review"), "snapshot", ["review"])


def stored_export() -> None:
    """Make the table `stored_export`."""
    op.create_table(
        "stored_export",
        required("snapshot", sa.String(80)),
        required("format", choice(EXPORT_FORMAT, "export_format")),
        required("sha256", sa.String(64)),
        required("product_version", sa.String(64)),
        required("made_by", sa.String(64)),
        required("made_at", UTCDateTime()),
        required("content", sa.LargeBinary()),
        sa.CheckConstraint(
            "length(sha256) = 64 AND ltrim(sha256, '0123456789abcdef') = ''",
            name=op.f("ck_stored_export_sha256_digits"),
        ),
        refers("made_by", "person.key"),
        refers("snapshot", "snapshot.ref"),
        sa.PrimaryKeyConstraint("snapshot", "format"),
    )


def export_log() -> None:
    """Make the table `export_log`."""
    op.create_table(
        "export_log",
        required("id", sa.Integer()),
        required("launch", sa.String(64)),
        optional("snapshot", sa.String(80)),
        required("format", sa.String(64)),
        required("sha256", sa.String(64)),
        required("exported_by", sa.String(64)),
        required("exported_at", UTCDateTime()),
        sa.CheckConstraint(
            "length(sha256) = 64 AND ltrim(sha256, '0123456789abcdef') = ''",
            name=op.f("ck_export_log_sha256_digits"),
        ),
        refers("launch", "launch.key"),
        refers("snapshot", "snapshot.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_export_log_launch"), "export_log", ["launch"])
    op.create_index(op.f("ix_export_log_snapshot"), "export_log", ["snapshot"])


def meeting_note() -> None:
    """Make the table `meeting_note`."""
    op.create_table(
        "meeting_note",
        required("id", sa.Integer()),
        required("review", sa.String(80)),
        required("item", sa.String(80)),
        required("text", sa.String(2000)),
        required("written_by", sa.String(64)),
        required("written_at", UTCDateTime()),
        refers("review", "review.ref"),
        refers("written_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meeting_note_review"), "meeting_note", ["review"])
