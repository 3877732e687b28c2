"""What the register keeps about saves already done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from tracker.store.fetching import fetch_first
from tracker.store.queries.rows import T


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A save that was done: what it gave back, and when."""

    id: str
    at: datetime
    actor: str
    action: str
    outcome: str


def find_request(session: Session, request_id: str) -> RequestRecord | None:
    """Read the save that was done under this id, if any."""
    table = T["request"].c
    row = fetch_first(session, select(*T["request"].c).where(table.id == request_id))
    return RequestRecord(row.id, row.at, row.actor, row.action, row.outcome) if row else None
