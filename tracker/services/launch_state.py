"""The only place where stored rows become a `LaunchState`."""

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlmodel import Session

from tracker.domain.records import LaunchRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState
from tracker.readiness.launch import Setting
from tracker.readiness.launch import launch_states as states_of
from tracker.store import queries
from tracker.store.engine import Store


def read_setting(session: Session, profile: ScoringProfile, today: date) -> Setting:
    """Read what all launches share."""
    return Setting(
        areas=queries.policy_areas(session),
        people=queries.people(session),
        teams=queries.teams(session),
        profile=profile,
        today=today,
    )


def launch_states(
    store: Store, profile: ScoringProfile, today: date, keys: Sequence[str] | None = None
) -> tuple[LaunchState, ...]:
    """Return the state of the named launches, or of all: under way first, then by target date.

    The number of database statements does not depend on how many rows there are.
    """
    with _collection_paused():
        with store.reading() as session:
            setting = read_setting(session, profile, today)
            inputs = queries.launch_inputs(session, keys)
        ordered = sorted(inputs, key=lambda item: _board_order(item.launch))
        return states_of(ordered, setting)


@contextmanager
def _collection_paused() -> Generator[None]:
    """Keep the collector from walking over the records while they are being made.

    They hold no cycles, and with 10 000 risks the walks took 40 % of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def launch_state(store: Store, profile: ScoringProfile, today: date, key: str) -> LaunchState:
    """Return the state of one launch.

    Raises:
        NotFound: No launch has this key.
    """
    with store.reading() as session:
        return state_within(session, profile, today, key)


def state_within(session: Session, profile: ScoringProfile, today: date, key: str) -> LaunchState:
    """Return the state of one launch as a transaction sees it.

    Raises:
        NotFound: No launch has this key.
    """
    queries.get_launch(session, key)
    setting = read_setting(session, profile, today)
    return states_of(queries.launch_inputs(session, [key]), setting)[0]


def _board_order(launch: LaunchRecord) -> tuple[bool, date, str]:
    return launch.as_of is not None, launch.target_date, launch.key
