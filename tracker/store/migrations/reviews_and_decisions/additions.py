"""Columns that the third migration adds to tables of earlier ones, where their rows stay.

Written as SQL: Alembic makes a SQLite table anew to add a rule, and with it would go its triggers.
"""

import secrets
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.reviews_and_decisions.columns import (
    DIRECTION,
    REGISTER_KIND,
    SCALE,
    WITHHELD_CLASS,
    choice,
    optional,
    required,
)


def statements() -> Iterator[str]:
    """Yield the SQL that adds columns, in order; both databases take it."""
    yield from _to_person_and_risk()
    yield from _to_gate()
    yield from _to_launch_mitigation()
    yield from _to_metric_definition()


def register_info() -> None:
    """Make the table `register_info` anew with a secret of its own; the one row stays."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT id, kind, created_at, profile_version, demo_loaded_on FROM register_info"
        ).columns(created_at=UTCDateTime(), demo_loaded_on=sa.Date())
    )
    rows = [{**row, "seal_key": secrets.token_hex(32)} for row in found.mappings()]
    op.drop_table("register_info")
    table = op.create_table(
        "register_info",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        required("kind", choice(REGISTER_KIND, "register_kind")),
        required("created_at", UTCDateTime()),
        required("profile_version", sa.String(64)),
        optional("demo_loaded_on", sa.Date()),
        required("seal_key", sa.String(64)),
        sa.CheckConstraint("id = 1", name=op.f("ck_register_info_single_row")),
        sa.CheckConstraint(
            "length(seal_key) = 64 AND ltrim(seal_key, '0123456789abcdef') = ''",
            name=op.f("ck_register_info_seal_key_digits"),
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    for row in rows:
        connection.execute(table.insert(), row)


def _to_person_and_risk() -> Iterator[str]:
    yield "ALTER TABLE person ADD COLUMN sign_in VARCHAR(320)"
    yield "CREATE UNIQUE INDEX ix_person_sign_in ON person (sign_in)"
    one_of = _one_of("risk", "withheld", "withheld_class", WITHHELD_CLASS)
    yield f"ALTER TABLE risk ADD COLUMN withheld VARCHAR(64) {one_of}"


def _to_gate() -> Iterator[str]:
    not_negative = "CONSTRAINT ck_gate_after_run_not_negative CHECK (after_run >= 0)"
    yield f"ALTER TABLE gate ADD COLUMN after_run INTEGER DEFAULT 0 NOT NULL {not_negative}"
    another = (
        "CONSTRAINT ck_gate_confirmed_by_another"
        " CHECK (confirmed_by IS NULL OR confirmed_by <> written_by)"
    )
    yield f"{_person('gate', 'confirmed_by')} {another}"


def _to_launch_mitigation() -> Iterator[str]:
    yield _person("launch_mitigation", "release_asked_by")
    whole = (
        "CONSTRAINT ck_launch_mitigation_release_is_whole"
        " CHECK ((release_asked_by IS NULL) = (release_reason = '')"
        " AND (release_asked_by IS NULL OR mandatory))"
    )
    yield f"{_text('launch_mitigation', 'release_reason')} {whole}"


def _to_metric_definition() -> Iterator[str]:
    for column, values in (("proposed_direction", DIRECTION), ("proposed_scale", SCALE)):
        one_of = _one_of("metric_definition", column, column, values)
        yield f"ALTER TABLE metric_definition ADD COLUMN {column} VARCHAR(64) {one_of}"
    yield _person("metric_definition", "proposed_by")
    whole = (
        "CONSTRAINT ck_metric_definition_proposal_is_whole"
        " CHECK ((proposed_by IS NULL) = (proposed_direction IS NULL)"
        " AND (proposed_by IS NULL) = (proposed_scale IS NULL)"
        " AND (proposed_by IS NULL) = (proposed_because = ''))"
    )
    yield f"{_text('metric_definition', 'proposed_because')} {whole}"


def _person(table: str, column: str) -> str:
    return (
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(64)"
        f" CONSTRAINT fk_{table}_{column}"
        " REFERENCES person (key) DEFERRABLE INITIALLY DEFERRED"
    )


def _text(table: str, column: str) -> str:
    return f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(2000) DEFAULT '' NOT NULL"


def _one_of(table: str, column: str, name: str, values: Sequence[str]) -> str:
    named = ", ".join(f"'{value}'" for value in values)
    return f"CONSTRAINT ck_{table}_{name} CHECK ({column} IN ({named}))"
