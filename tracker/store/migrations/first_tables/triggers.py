"""Triggers of the first migration; released, so changed only by a later migration.

What they promise holds for every hand on the database:

- No row of the append-only tables is ever changed, deleted or replaced.
- No launch, risk, mitigation or person is deleted, and no reference changes, so that a number
  is never given twice.
"""

from collections.abc import Iterator
from typing import Final

REFUSED: Final = "holdpoint refuses"

APPEND_ONLY: Final = {
    "assessment": "id",
    "mitigation_verification": "id",
    "change": "seq",
}
"""Table to its key column."""

KEPT_FOREVER: Final = {
    "launch": ("key",),
    "risk": ("ref", "launch", "number"),
    "mitigation": ("ref", "number"),
    "person": ("key",),
}
"""Table to the columns that never change."""

_POSTGRES_FUNCTION = f"""
CREATE FUNCTION holdpoint_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSED}: %', TG_ARGV[0] USING ERRCODE = '23000';
END $$
"""


def statements(dialect: str) -> list[str]:
    """Return the SQL that makes all triggers of the first migration, in order."""
    if dialect == "sqlite":
        return [*_sqlite()]
    return [_POSTGRES_FUNCTION, *_postgres()]


def _rules() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, table, event and sentence of each rule that both databases know."""
    for table in APPEND_ONLY:
        noun = _with_article(table)
        yield f"{table}_no_update", table, "UPDATE", f"to change {noun}, which is permanent"
        yield f"{table}_no_delete", table, "DELETE", f"to delete {noun}, which is permanent"
    for table, columns in KEPT_FOREVER.items():
        yield f"{table}_no_delete", table, "DELETE", f"to delete a {table}, which is kept"
        event = f"UPDATE OF {', '.join(columns)}"
        yield f"{table}_same_reference", table, event, f"to change the reference of a {table}"


def _sqlite() -> Iterator[str]:
    for name, table, event, sentence in _rules():
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSED}: {sentence}'); END"
        )
    for table, key in APPEND_ONLY.items():
        # INSERT OR REPLACE deletes the old row without asking a trigger for deletion.
        yield (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSED}:"
            f" to replace {_with_article(table)}, which is permanent'); END"
        )


def _postgres() -> Iterator[str]:
    for name, table, event, sentence in _rules():
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION holdpoint_refuse('{sentence}')"
        )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION holdpoint_refuse('to delete all of {table}')"
        )


def _with_article(table: str) -> str:
    noun = table.replace("_", " ")
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
