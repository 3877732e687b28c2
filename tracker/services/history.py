"""Reading the audit chain."""

from datetime import date

from tracker.domain.records import ChainHead, ChangeRecord
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain as first_break


def history(
    store: Store,
    *,
    subject: str | None = None,
    launch: str | None = None,
    actor: str | None = None,
    entity: str | None = None,
    since: date | None = None,
    limit: int = 200,
    before_seq: int | None = None,
) -> tuple[ChangeRecord, ...]:
    """Return recorded changes, newest first, narrowed by what is given."""
    with store.reading() as session:
        return queries.changes(
            session,
            subject=subject,
            launch=launch,
            actor=actor,
            entity=entity,
            since=since,
            limit=limit,
            before_seq=before_seq,
        )


def chain_state(store: Store) -> ChainHead:
    """Return length and head of the audit chain."""
    with store.reading() as session:
        return queries.chain_head(session)


def verify_chain(store: Store) -> int | None:
    """Return the number of the first record that does not fit the chain; None where all do."""
    with store.reading() as session:
        return first_break(session)
