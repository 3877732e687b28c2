"""The audit record: every row written through the store adds one entry to the chain.

The entries are made inside the flush that writes the rows, so both are in one transaction. The
writer holds the register's one write lock (see `engine`), so the head of the chain cannot move
between reading and extending it.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import TextClause
from sqlmodel import Session

from tracker.domain.changes import ChainHead, ChangeRecord
from tracker.domain.errors import InvalidInput
from tracker.domain.records import Actor
from tracker.domain.types import OptionalReason
from tracker.domain.validation import describe
from tracker.sealing.chain import GENESIS, first_break, seal
from tracker.store.base import Audited
from tracker.store.failures import UnrecordedWrite
from tracker.store.raw_rows import UNREADABLE, raw_rows
from tracker.store.tables.records import Change
from tracker.store.values import as_digest, as_text

SYSTEM = "system"
CHANGES = Change.metadata.tables["change"]
EDITED = "edited"
_STAMP = "stamp"
_UNAUDITED = "unaudited"
_REASON: TypeAdapter[str] = TypeAdapter(OptionalReason)
NOT_RECORDED = frozenset({"row_version"})
_ILLEGIBLE = ChangeRecord(
    seq=0,
    at=datetime.min.replace(tzinfo=UTC),
    actor="",
    actor_name="",
    authenticated=False,
    action="",
    entity="",
    subject="",
    launch=None,
    fields={},
    reason="",
    previous_hash="",
    hash="",
)
_KEPT_WITHOUT_RECORD = frozenset({"assessment_draft", "request", "register_info"})


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, when and why; one per transaction.

    Attributes:
        actor: None only for acts of the system itself, such as creating a register.
        action: What is done, as a verb in plain words.
        at: Aware, UTC.
        request_id: Id that the form sent, where there is one.

    Raises:
        InvalidInput: The reason is too long or holds control characters.
    """

    actor: Actor | None
    action: str
    reason: str = ""
    at: datetime = field(default_factory=utc_now)
    request_id: str | None = None

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "reason", _REASON.validate_python(self.reason))
        except ValidationError as error:
            raise InvalidInput({"reason": next(iter(describe(error).values()))}) from None

    @property
    def actor_key(self) -> str:
        """Key of the acting person, or `system`."""
        return self.actor.key if self.actor else SYSTEM

    @property
    def actor_name(self) -> str:
        """Name of the acting person, or `system`."""
        return self.actor.person.name if self.actor else SYSTEM


class RecordingSession(Session):
    """A session of the store: whatever it writes is recorded, or refused."""


def bind_stamp(session: Session, stamp: Stamp) -> None:
    """Let a session write under a stamp."""
    session.info[_STAMP] = stamp


def stamp_of(session: Session) -> Stamp:
    """Return the stamp under which a session writes.

    Raises:
        UnrecordedWrite: The session was not opened for writing.
    """
    stamp = session.info.get(_STAMP)
    if not isinstance(stamp, Stamp):
        raise UnrecordedWrite("A write outside of `Store.writing` would leave no record.")
    return stamp


def let_unaudited(session: Session) -> None:
    """Let a session write rows of which no record is kept, and only those."""
    session.info[_UNAUDITED] = True


def chain_head(session: Session) -> ChainHead:
    """Return length and last hash of the audit chain; length 0 and `GENESIS` when empty."""
    session.flush()
    return _head(session.connection())


def _head(connection: Connection) -> ChainHead:
    newest = connection.execute(
        select(CHANGES.c.seq, CHANGES.c.hash).order_by(CHANGES.c.seq.desc()).limit(1)
    ).first()
    return ChainHead(newest.seq, newest.hash) if newest else ChainHead(0, GENESIS)


def verify_chain(session: Session) -> int | None:
    """Read the whole chain and return the first position that is not sound, else None."""
    with closing(_changes_as_found(session)) as records:
        return first_break(records)


def all_changes(session: Session) -> Generator[ChangeRecord]:
    """Stream the chain from its start, a thousand entries at a time."""
    statement = select(*CHANGES.c).order_by(CHANGES.c.seq)
    options = {"yield_per": 1000}
    with session.connection().execute(statement, execution_options=options) as rows:
        for row in rows:
            yield change_record(row)


def _changes_as_found(session: Session) -> Generator[ChangeRecord]:
    """Stream the chain as it is, with an entry that fits nowhere where one cannot be read."""
    for values in raw_rows(session, CHANGES, CHANGES.c.keys(), order_by=("seq",)):
        readable = UNREADABLE not in values.values() and _is_pairs(values["fields"])
        yield ChangeRecord(**values) if readable else _ILLEGIBLE


def _is_pairs(fields: Any) -> bool:
    pairs: list[Any] = [*fields.values()] if isinstance(fields, dict) else [None]
    return all(isinstance(pair, list) and len(cast(list[Any], pair)) == 2 for pair in pairs)


def change_record(row: Any) -> ChangeRecord:
    """Make the record of one row of the table `change`."""
    return ChangeRecord(**change_values(row))


def change_values(row: Any) -> dict[str, Any]:
    """Return the columns of a row of the table `change` as the fields of its record."""
    values = dict(row._mapping)
    pairs = cast(dict[str, list[str | None]], values["fields"])
    return {**values, "fields": {name: (pair[0], pair[1]) for name, pair in pairs.items()}}


@event.listens_for(RecordingSession, "before_flush")
def _require_stamp(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    written = [*session.dirty, *session.deleted]
    audited = any(isinstance(row, Audited) for row in (*session.new, *written))
    if audited or not session.info.get(_UNAUDITED):
        stamp_of(session)
    session.info[EDITED] = {
        row.__tablename__: (row.noun, row.subject()) for row in written if isinstance(row, Audited)
    }


@event.listens_for(RecordingSession, "after_flush")
def _record_flush(session: Session, _context: UOWTransaction) -> None:
    if session.info.get(_UNAUDITED):
        return
    stamp = stamp_of(session)
    entries = [
        _entry(row, fields, stamp)
        for row, fields in _written(session)
        if isinstance(row, Audited) and fields
    ]
    if entries:
        connection = session.connection()
        connection.execute(CHANGES.insert(), _chained(entries, _head(connection)))


@event.listens_for(RecordingSession, "do_orm_execute")
def _refuse_bulk_writes(state: ORMExecuteState) -> None:
    statement = state.statement
    recorded = isinstance(statement, UpdateBase) and (
        str(getattr(statement.table, "name", "")) not in _KEPT_WITHOUT_RECORD
    )
    if recorded or isinstance(statement, TextClause):
        raise UnrecordedWrite(
            "A statement that writes past the rows leaves no record; add, change or delete rows."
        )


def _written(session: Session) -> Iterator[tuple[object, dict[str, list[str | None]]]]:
    """Yield each row of the flush with its fields as [old, new]."""
    for row in session.new:
        yield row, {name: [None, value] for name, value in _columns(row)}
    for row in session.dirty:
        if session.is_modified(row):
            yield row, _differences(row)
    for row in session.deleted:
        yield row, {name: [value, None] for name, value in _columns(row)}


def _columns(row: object) -> Iterator[tuple[str, str | None]]:
    """Yield each recorded column of a row with its value as the record writes it down."""
    for prop in inspect(type(row)).column_attrs:
        if prop.key not in NOT_RECORDED:
            yield prop.key, recorded(type(row), prop.key, getattr(row, prop.key))


def recorded(table: type[object], column: str, value: Any) -> str | None:
    """Return how the record writes down a value of a column of a table."""
    large = issubclass(table, Audited) and column in table.too_large_for_the_record
    return as_digest(value) if large and value is not None else as_text(value)


def _differences(row: object) -> dict[str, list[str | None]]:
    """Return what changed, led by the parts of the key that the subject does not name."""
    state = inspect(row)
    changed: dict[str, list[str | None]] = {}
    for name, value in _columns(row):
        history = state.attrs[name].history
        if not history.deleted:
            continue
        old = recorded(type(row), name, history.deleted[0])
        if old != value:
            changed[name] = [old, value]
    return {**_identity(row), **changed} if changed else {}


def _identity(row: object) -> dict[str, list[str | None]]:
    """Return the key of a row whose subject does not tell it, unchanged."""
    keys = inspect(type(row)).primary_key
    named = [(str(key.name), as_text(getattr(row, str(key.name)))) for key in keys]
    subject = row.subject() if isinstance(row, Audited) else None
    told = [value for _, value in named] == [subject]
    return {} if told else {name: [value, value] for name, value in named}


def _entry(row: Audited, fields: dict[str, list[str | None]], stamp: Stamp) -> dict[str, Any]:
    return {
        "at": stamp.at,
        "actor": stamp.actor_key,
        "actor_name": stamp.actor_name,
        "authenticated": stamp.actor.authenticated if stamp.actor else False,
        "action": stamp.action,
        "entity": row.noun,
        "subject": row.subject(),
        "launch": row.on_launch(),
        "fields": fields,
        "reason": stamp.reason,
    }


def _chained(entries: list[dict[str, Any]], head: ChainHead) -> list[dict[str, Any]]:
    previous = head.hash
    for seq, entry in enumerate(entries, start=head.length + 1):
        entry["seq"] = seq
        sealed = seal(previous, entry)
        entry["previous_hash"], entry["hash"] = previous, sealed
        previous = sealed
    return entries
