"""The audit chain as it is read: entry by entry, or in lines that fold what one save made alike."""

from datetime import UTC, date, datetime, time
from json import dumps
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    select,
)
from sqlmodel import Session

from tracker.domain.changes import FOLDED, ChangeLine, ChangeRecord
from tracker.store.fetching import fetch
from tracker.store.history import change_record, change_values
from tracker.store.queries.rows import CHANGE, T

_ALIKE: Final = ("at", "actor", "action", "entity", "subject")


class Narrowing(TypedDict, total=False):
    """What narrows the history; what is left out or None narrows nothing.

    Attributes:
        subject: Natural reference, such as `M-7`.
        launch: Key of a launch.
        actor: Key of a person.
        entity: Noun, such as `risk`.
        field: Name of a field that changed, such as `due`.
        since: First day (UTC) to be shown.
        before_seq: Only entries before this one: where the last page ended.
    """

    subject: str | None
    launch: str | None
    actor: str | None
    entity: str | None
    field: str | None
    since: date | None
    before_seq: int | None


def changes(
    session: Session, *, limit: int = 200, **narrowing: Unpack[Narrowing]
) -> tuple[ChangeRecord, ...]:
    """Read the newest entries of the chain, newest first, narrowed by what is given."""
    statement = _narrowed(select(*CHANGE), narrowing).limit(limit)
    return tuple(change_record(row) for row in fetch(session, statement))


def change_lines(
    session: Session, *, limit: int = 200, **narrowing: Unpack[Narrowing]
) -> tuple[ChangeLine, ...]:
    """Read the newest lines of the history, newest first, narrowed by what is given.

    One statement that reads the newest entry of each line, and goes no further down the chain
    than these lines need. What narrows is the same for all entries of a line, so none is cut;
    the next page is before the `first_seq` of the last line.

    Args:
        session: Where to read.
        limit: Most lines to return, however many entries they stand for.
        narrowing: See `Narrowing`.
    """
    entry, later = T["change"], T["change"].alias("later")
    follows = and_(later.c.seq == entry.c.seq + 1, _alike(entry, later))
    newest = (
        select(*CHANGE, _first_seq(entry).label("first_seq"))
        .outerjoin(later, follows)
        .where(later.c.seq.is_(None))
    )
    rows = fetch(session, _narrowed(newest, narrowing).limit(limit))
    return tuple(ChangeLine(**change_values(row)) for row in rows)


def _narrowed(statement: Select[Any], narrowing: Narrowing) -> Select[Any]:
    table = T["change"].c
    for name in ("subject", "launch", "actor", "entity"):
        if (value := narrowing.get(name)) is not None:
            statement = statement.where(table[name] == value)
    if (field := narrowing.get("field")) is not None:
        named = cast(table.fields, Text).contains(f"{dumps(field)}:", autoescape=True)
        statement = statement.where(named)
    if (since := narrowing.get("since")) is not None:
        statement = statement.where(table.at >= datetime.combine(since, time.min, UTC))
    if (before_seq := narrowing.get("before_seq")) is not None:
        statement = statement.where(table.seq < before_seq)
    return statement.order_by(table.seq.desc())


def _alike(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(one.c.entity.in_(FOLDED), *(one.c[name] == other.c[name] for name in _ALIKE))


def _first_seq(entry: FromClause) -> ColumnElement[int]:
    """Return the position of the oldest entry of the line that ends with this one."""
    first, before = entry.alias("first"), entry.alias("before")
    goes_on = exists(before.c.seq).where(before.c.seq == first.c.seq - 1, _alike(first, before))
    nearest = (
        select(first.c.seq)
        .where(first.c.seq <= entry.c.seq, ~goes_on)
        .order_by(first.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return case((entry.c.entity.in_(FOLDED), nearest), else_=entry.c.seq)
