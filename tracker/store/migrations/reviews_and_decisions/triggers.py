"""Triggers of the third migration; released, so changed only by a later migration.

What they promise holds for every hand on the database:

- No snapshot, stored export, note of an export, signature, answer, recommendation, decision, change
  of exposure, line of the minutes, withholding or risk left behind is ever changed, deleted or
  replaced.
- No review, condition or acceptance is deleted or replaced, nor changed in what it is about; who
  closed, signed or ended one stays written.
- What a metric that a gate reads means becomes only what somebody proposed before, in the same
  update that takes the proposal away.
- The number of the run after which a gate was written never falls.
"""

from collections.abc import Iterator
from typing import Final

REFUSED: Final = "holdpoint refuses"

APPEND_ONLY: Final = {
    "snapshot": (("ref",), ("launch", "number")),
    "stored_export": (("snapshot", "format"),),
    "export_log": (("id",),),
    "sign_off": (("id",),),
    "objection_answer": (("sign_off",),),
    "recommendation": (("id",),),
    "decision": (("ref",), ("launch", "number")),
    "exposure": (("id",),),
    "meeting_note": (("id",),),
    "evidence_withholding": (("id",),),
    "dropped_risk": (("launch", "risk"),),
}
"""Table to its unique keys."""

KEPT_FOREVER: Final = {
    "review": ("ref", "launch", "number", "opened_by", "opened_at", "origin"),
    "condition": (
        *("ref", "launch", "number", "text", "test", "owner", "due", "blocking"),
        *("raised_by", "raised_at", "review", "origin"),
    ),
    "acceptance": (
        *("ref", "launch", "number", "risk", "level", "harm_score", "justification", "fails_if"),
        *("compensating", "until", "requested_by", "requested_at"),
        *("model_version", "configuration", "exposure_stage", "origin"),
    ),
}
"""Table to the columns that never change."""

_KEPT_KEYS: Final = dict.fromkeys(KEPT_FOREVER, (("ref",), ("launch", "number")))

WRITTEN_ONCE: Final = {
    "review": ("closed_by", "closed_at"),
    "condition": ("decision",),
    "acceptance": ("lead", "officer", "approver", "fired_on", "ended_by"),
}
"""Table to the columns that are empty at first and never change once they hold something."""

_NEVER_FALLS: Final = "after_run"
_RUN_STAYS_KNOWN: Final = "to forget which runs were known when a gate was written"

_READ_BY_A_GATE: Final = "SELECT 1 FROM gate WHERE tool = OLD.tool AND metric = OLD.metric"
_AS_PROPOSED: Final = (
    "(OLD.proposed_by IS NOT NULL AND NEW.proposed_by IS NULL"
    " AND NEW.direction = OLD.proposed_direction AND NEW.scale = OLD.proposed_scale)"
)
_UNAGREED: Final = f"EXISTS ({_READ_BY_A_GATE}) AND NOT {_AS_PROPOSED}"
_MEANING_STAYS: Final = f"{REFUSED}: to change what a metric means that a gate reads"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION holdpoint_keep_meaning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {_UNAGREED} THEN
        RAISE EXCEPTION '{_MEANING_STAYS}' USING ERRCODE = '23000';
    END IF;
    RETURN NEW;
END $$
"""


def statements(dialect: str) -> list[str]:
    """Return the SQL that makes all triggers of the third migration, in order.

    PostgreSQL's function `holdpoint_refuse` is of the first migration, and its trigger on
    `metric_definition` of the second, which calls what the function has become.
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


def _conditional() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield name, table, column, condition and sentence of each rule about one column."""
    for table, columns in WRITTEN_ONCE.items():
        sentence = f"to change what was written once of {_with_article(table)}"
        for column in columns:
            written = f"OLD.{column} IS NOT NULL"
            yield f"{table}_{column}_written_once", table, column, written, sentence
    falls = f"NEW.{_NEVER_FALLS} < OLD.{_NEVER_FALLS}"
    yield f"gate_{_NEVER_FALLS}_rises", "gate", _NEVER_FALLS, falls, _RUN_STAYS_KNOWN


def _sqlite() -> Iterator[str]:
    for name, table, event, sentence in _rules():
        yield _sqlite_trigger(name, f"{event} ON {table}", f"{REFUSED}: {sentence}")
    for table, keys in (APPEND_ONLY | _KEPT_KEYS).items():
        # INSERT OR REPLACE deletes the old row without asking a trigger for deletion.
        taken = " OR ".join(f"EXISTS ({_sqlite_twin(table, key)})" for key in keys)
        sentence = f"{REFUSED}: to put {_with_article(table)} in the place of another"
        yield _sqlite_trigger(f"{table}_no_replace", f"INSERT ON {table} WHEN {taken}", sentence)
    for name, table, column, condition, sentence in _conditional():
        event = f"UPDATE OF {column} ON {table} WHEN {condition}"
        yield _sqlite_trigger(name, event, f"{REFUSED}: {sentence}")
    yield "DROP TRIGGER metric_definition_same_meaning"
    event = f"UPDATE OF direction, scale ON metric_definition WHEN {_UNAGREED}"
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
    for name, table, column, condition, sentence in _conditional():
        event = f"UPDATE OF {column} ON {table} FOR EACH ROW WHEN ({condition})"
        yield _postgres_trigger(name, event, sentence)


def _postgres_trigger(name: str, event: str, sentence: str) -> str:
    refuse = f"EXECUTE FUNCTION holdpoint_refuse('{sentence}')"
    return f"CREATE TRIGGER {name} BEFORE {event} {refuse}"


def _with_article(table: str) -> str:
    noun = table.replace("_", " ")
    article = "" if noun == "evidence withholding" else "an " if noun[0] in "aeiou" else "a "
    return f"{article}{noun}"
