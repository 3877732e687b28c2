"""The one place that wires the command: settings, register, profile, day and acting person."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from tracker.domain.errors import InvalidInput
from tracker.domain.records import Actor, PersonRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState
from tracker.domain.words import Role
from tracker.readers.profile import packaged_profile
from tracker.services.act import Act
from tracker.services.launch_state import launch_state, launch_states
from tracker.services.people import actor_for, people
from tracker.settings import Settings, load_settings
from tracker.store import queries
from tracker.store.engine import Store


@dataclass(frozen=True, slots=True)
class Register:
    """An open register with what every command needs beside it.

    Attributes:
        today: The day (UTC) as of which clocks are read.
    """

    store: Store
    profile: ScoringProfile
    today: date

    def states(self) -> tuple[LaunchState, ...]:
        """Return the state of every launch, in the order of the board."""
        return launch_states(self.store, self.profile, self.today)

    def state(self, launch: str) -> LaunchState:
        """Return the state of one launch.

        Raises:
            NotFound: No launch has this key; similar ones are named.
        """
        return launch_state(self.store, self.profile, self.today, launch)

    def require_launch(self, key: str) -> None:
        """Refuse a launch that is not in the register, before work is done for it.

        Raises:
            NotFound: No launch has this key; similar ones are named.
        """
        with self.store.reading() as session:
            queries.get_launch(session, key)


@contextmanager
def opened(today: date | None = None) -> Generator[Register]:
    """Open the register that the settings name.

    Raises:
        InvalidInput: A setting is not acceptable.
        StoreError: There is no register, or it cannot be used.
    """
    store = Store.open(load().register_url())
    try:
        yield Register(store, packaged_profile(), today or now().date())
    finally:
        store.dispose()


def load() -> Settings:
    """Read the settings, and log what they ask for: warnings of everybody, Holdpoint's by level.

    Raises:
        InvalidInput: A setting is not acceptable.
    """
    settings = load_settings()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("tracker").setLevel(settings.log_level)
    return settings


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def place_of(settings: Settings, default: str) -> str:
    """Return the address that the settings name, else the default place, whose folder is made.

    Raises:
        InvalidInput: The data folder cannot be made.
    """
    if settings.database_url is not None:
        return settings.database_url
    settings.prepare_data_dir()
    return default


def act_of(store: Store, person: str | None, reason: str = "") -> Act:
    """Return an act of the person named, now.

    Raises:
        InvalidInput: Nobody is named.
        NotFound: The register holds no such person.
        NotPermitted: The person is not active.
    """
    if person is None:
        active = ", ".join(key for key, known in people(store).items() if known.active)
        raise InvalidInput(
            {"--as": "name the person who acts"}, f"This register knows {active or 'nobody'}."
        )
    return Act(actor=actor_for(store, person), at=now(), request_id=uuid4().hex, reason=reason)


def reader_of(store: Store, person: str | None) -> Actor:
    """Return who reads: the person named, else somebody at the command line who may only read.

    Raises:
        NotFound: The register holds no such person.
        NotPermitted: The person is not active.
    """
    return actor_for(store, person) if person else _NOBODY_NAMED


_NOBODY_NAMED = Actor(
    PersonRecord(
        key="command-line",
        name="somebody at the command line",
        roles=frozenset({Role.VIEWER}),
        leads=(),
        active=True,
    )
)
