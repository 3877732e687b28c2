"""What the register keeps about itself: changes, and saves already done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Select, select
from sqlmodel import Session

from tracker.domain.records import ChangeRecord
from tracker.store.fetching import fetch, fetch_first
from tracker.store.history import change_record
from tracker.store.queries.rows import CHANGE, T


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A save that was done: what it gave back, and when."""

    id: str
    at: datetime
    actor: str
    action: str
    outcome: str


def changes(
    session: Session,
    *,
    subject: str | None = None,
    launch: str | None = None,
    actor: str | None = None,
    entity: str | None = None,
    since: date | None = None,
    limit: int = 200,
    before_seq: int | None = None,
) -> tuple[ChangeRecord, ...]:
    """Read recorded changes, newest first, narrowed by what is given.

    Args:
        session: Where to read.
        subject: Natural reference, such as `M-7`.
        launch: Key of a launch.
        actor: Key of a person.
        entity: Noun, such as `risk`.
        since: First day (UTC) to be shown.
        limit: Most entries to return.
        before_seq: Only entries before this one: where the last page ended.
    """
    table = T["change"].c
    statement: Select[tuple[object, ...]] = select(*CHANGE)
    wanted = {"subject": subject, "launch": launch, "actor": actor, "entity": entity}
    for name, value in wanted.items():
        if value is not None:
            statement = statement.where(table[name] == value)
    if since is not None:
        statement = statement.where(table.at >= datetime.combine(since, time.min, UTC))
    if before_seq is not None:
        statement = statement.where(table.seq < before_seq)
    rows = fetch(session, statement.order_by(table.seq.desc()).limit(limit))
    return tuple(change_record(row) for row in rows)


def find_request(session: Session, request_id: str) -> RequestRecord | None:
    """Read the save that was done under this id, if any."""
    table = T["request"].c
    row = fetch_first(session, select(*T["request"].c).where(table.id == request_id))
    return RequestRecord(row.id, row.at, row.actor, row.action, row.outcome) if row else None
