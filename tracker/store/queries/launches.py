"""Launches, one or all."""

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.records import LaunchRecord
from tracker.store.fetching import fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import T
from tracker.store.queries.selections import launch_records


def launches(session: Session) -> tuple[LaunchRecord, ...]:
    """Read all launches, in order of their keys."""
    return launch_records(session, None)


def get_launch(session: Session, key: str) -> LaunchRecord:
    """Read one launch.

    Raises:
        NotFound: No launch has this key; those with a similar one are named.
    """
    found = launch_records(session, [key])
    if not found:
        raise not_found("launch", key, fetch_values(session, select(T["launch"].c.key)))
    return found[0]
