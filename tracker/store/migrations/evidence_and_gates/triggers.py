"""Triggers of the second migration; released, so changed only by a later migration.

What they promise holds for every hand on the database:

- No run, metric of a run, correction, equivalence, confirmation, attestation or required safeguard
  is ever changed, deleted or replaced.
- No gate, waiver, determination or metric definition is deleted or replaced, nor changed in what
  it is about; who confirmed or ended one stays written.
- What a metric means does not change once a gate names it.
"""

from collections.abc import Iterator
from typing import Final

REFUSED: Final = "holdpoint refuses"

APPEND_ONLY: Final = {
    "evidence_run": (("ref",), ("launch", "number"), ("launch", "sha256", "part")),
    "evidence": (("id",),),
    "evidence_correction": (("id",),),
    "evidence_equivalence": (("id",),),
    "evidence_confirmation": (("id",), ("run", "confirmed_by")),
    "gate_attestation": (("id",),),
    "required_safeguard": (("determination", "mitigation"),),
}
"""Table to its unique keys."""

_RELEASE: Final = ("model_version", "configuration", "exposure_stage")

KEPT_FOREVER: Final = {
    "metric_definition": ("tool", "metric"),
    "gate": (
        *("ref", "launch", "number", "area", "kind", "tool", "task", "metric", "configuration"),
        *("statement", "written_by", "origin"),
    ),
    "gate_waiver": (
        *("id", "gate", "state", "evidence", "latest_run", "threshold", "reason", "compensation"),
        *("until", "requested_by", "requested_at", *_RELEASE, "origin"),
    ),
    "threshold_determination": (
        *("id", "launch", "area", "outcome", "confidence", "rationale", "determined_by"),
        *("determined_on", *_RELEASE, "origin"),
    ),
}
"""Table to the columns that never change."""

_KEPT_KEYS: Final = {
    "metric_definition": (("tool", "metric"),),
    "gate": (("ref",), ("launch", "number")),
    "gate_waiver": (("id",),),
    "threshold_determination": (("id",),),
}

WRITTEN_ONCE: Final = {
    "gate": "withdrawal_confirmed_by",
    "gate_waiver": "ended_by",
    "threshold_determination": "confirmed_by",
}
"""Table to the column that is empty at first and never changes once it holds something."""

_READ_BY_A_GATE: Final = "SELECT 1 FROM gate WHERE tool = OLD.tool AND metric = OLD.metric"
_MEANING_STAYS: Final = f"{REFUSED}: to change what a metric means that a gate reads"

_POSTGRES_FUNCTION = f"""
CREATE FUNCTION holdpoint_keep_meaning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({_READ_BY_A_GATE}) THEN
        RAISE EXCEPTION '{_MEANING_STAYS}' USING ERRCODE = '23000';
    END IF;
    RETURN NEW;
END $$
"""


def statements(dialect: str) -> list[str]:
    """Return the SQL that makes all triggers of the second migration, in order.

    PostgreSQL's function `holdpoint_refuse` is of the first migration.
    """
    return [*_sqlite()] if dialect == "sqlite" else [_POSTGRES_FUNCTION, *_postgres()]


def _rules() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, table, event and sentence of each rule without a condition."""
    for table in APPEND_ONLY:
        noun = _with_article(table)
        yield f"{table}_no_update", table, "UPDATE", f"to change {noun}, which is permanent"
        yield f"{table}_no_delete", table, "DELETE", f"to delete {noun}, which is permanent"
    for table, columns in KEPT_FOREVER.items():
        noun = _with_article(table)
        yield f"{table}_no_delete", table, "DELETE", f"to delete {noun}, which is kept"
        event = f"UPDATE OF {', '.join(columns)}"
        yield f"{table}_same_reference", table, event, f"to change what {noun} is about"


def _sqlite() -> Iterator[str]:
    for name, table, event, sentence in _rules():
        yield _sqlite_trigger(name, f"{event} ON {table}", f"{REFUSED}: {sentence}")
    for table, keys in (APPEND_ONLY | _KEPT_KEYS).items():
        # INSERT OR REPLACE deletes the old row without asking a trigger for deletion.
        taken = " OR ".join(f"EXISTS ({_sqlite_twin(table, key)})" for key in keys)
        sentence = f"{REFUSED}: to put {_with_article(table)} in the place of another"
        yield _sqlite_trigger(f"{table}_no_replace", f"INSERT ON {table} WHEN {taken}", sentence)
    for table, column in WRITTEN_ONCE.items():
        event = f"UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NULL"
        yield _sqlite_trigger(f"{table}_written_once", event, f"{REFUSED}: {_once(table)}")
    event = f"UPDATE OF direction, scale ON metric_definition WHEN EXISTS ({_READ_BY_A_GATE})"
    yield _sqlite_trigger("metric_definition_same_meaning", event, _MEANING_STAYS)


def _sqlite_trigger(name: str, event: str, sentence: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def _sqlite_twin(table: str, key: tuple[str, ...]) -> str:
    return f"SELECT 1 FROM {table} WHERE " + " AND ".join(f"{name} = NEW.{name}" for name in key)


def _postgres() -> Iterator[str]:
    for name, table, event, sentence in _rules():
        yield _postgres_trigger(name, f"{event} ON {table} FOR EACH ROW", sentence)
    for table in (*APPEND_ONLY, *KEPT_FOREVER):
        event = f"TRUNCATE ON {table} FOR EACH STATEMENT"
        yield _postgres_trigger(f"{table}_no_truncate", event, f"to delete all of {table}")
    for table, column in WRITTEN_ONCE.items():
        event = f"UPDATE OF {column} ON {table} FOR EACH ROW WHEN (OLD.{column} IS NOT NULL)"
        yield _postgres_trigger(f"{table}_written_once", event, _once(table))
    yield (
        "CREATE TRIGGER metric_definition_same_meaning BEFORE UPDATE OF direction, scale"
        " ON metric_definition FOR EACH ROW EXECUTE FUNCTION holdpoint_keep_meaning()"
    )


def _postgres_trigger(name: str, event: str, sentence: str) -> str:
    refuse = f"EXECUTE FUNCTION holdpoint_refuse('{sentence}')"
    return f"CREATE TRIGGER {name} BEFORE {event} {refuse}"


def _once(table: str) -> str:
    return f"to change who confirmed or ended {_with_article(table)}"


def _with_article(table: str) -> str:
    noun = table.replace("_", " ")
    article = "" if noun == "evidence" else "an " if noun[0] in "aeiou" else "a "
    return f"{article}{noun}"
