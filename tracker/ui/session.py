"""The one place that wires the screen: settings, register, profile, day, acting person, launch.

A page asks `here()` for what it works with. Pages of the group Launch then take their launch from
`tracker.ui.header.launch_page`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from tracker.domain.errors import HoldpointError, NotPermitted, SignInRefused
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.records import Actor, LaunchRecord, PersonRecord
from tracker.domain.roles import Action, may
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import RegisterKind, Role
from tracker.readers.materiality import packaged_materiality
from tracker.readers.profile import packaged_profile
from tracker.readiness.withheld import WithheldItem, hidden_from
from tracker.services.launch_state import launch_state, launch_states, launches_on_board
from tracker.services.ledger import Ledger, read_ledger
from tracker.services.metrics import metric_definitions
from tracker.services.people import people
from tracker.services.portfolio import ranked_queue
from tracker.services.register import register_info
from tracker.services.review_state import Method
from tracker.services.sign_in import sign_in
from tracker.services.withholding import read_withheld
from tracker.settings import Settings, load_settings
from tracker.store.engine import Store
from tracker.ui import messages, state


@dataclass(frozen=True, slots=True)
class Edition:
    """A register as it stands after so many changes: what is read from it once stays true.

    Attributes:
        revision: Number of changes recorded so far.
        today: The day in UTC, on which clocks and target dates depend.
        hidden: References of risks and runs whose detail its reader may not see.
    """

    store: Store
    revision: int
    today: date
    hidden: frozenset[str] = frozenset()

    def key(self) -> tuple[str, int, str, tuple[str, ...]]:
        """Return what tells this edition from others."""
        return self.store.url, self.revision, self.today.isoformat(), tuple(sorted(self.hidden))


@dataclass(frozen=True, slots=True)
class Here:
    """What one run of a page works with.

    Attributes:
        people: Everybody in the register by key, inactive people too.
        actor: Who acts: whoever signed in, in local mode whoever was chosen; None where the
            register of a local mode names nobody yet.
    """

    settings: Settings
    edition: Edition
    profile: ScoringProfile
    people: Mapping[str, PersonRecord]
    actor: Actor | None
    kind: RegisterKind

    @property
    def store(self) -> Store:
        """The register, to be handed to a service."""
        return self.edition.store

    @property
    def today(self) -> date:
        """The day in UTC."""
        return self.edition.today

    @property
    def hidden(self) -> frozenset[str]:
        """References of risks and runs whose detail the acting person may not see."""
        return self.edition.hidden

    @property
    def method(self) -> Method:
        """The files by which a review judges."""
        return Method(self.profile, packaged_materiality())

    @property
    def is_demo(self) -> bool:
        """Whether this register holds the demo portfolio."""
        return self.kind is RegisterKind.DEMO

    def states(self) -> tuple[LaunchState, ...]:
        """Return the state of every launch in the order of the board."""
        return _states(self.edition)

    def queue(self) -> tuple[RankedRisk, ...]:
        """Return every open risk of every launch in the order of work."""
        return _queue(self.edition)

    def launches(self) -> tuple[LaunchRecord, ...]:
        """Return every launch without its state, in the order of the board."""
        return _launches(self.edition)

    def state(self, key: str) -> LaunchState:
        """Return the state of one launch without asking for those of the others.

        Raises:
            NotFound: No launch has this key.
        """
        return _state(self.edition, key)

    def ledger(self, key: str) -> Ledger:
        """Return all evidence of one launch.

        Raises:
            NotFound: No launch has this key.
        """
        return _ledger(self.edition, key)

    def definitions(self) -> Sequence[MetricDefinitionRecord]:
        """Return what is known about metrics, in order of tool and metric."""
        return _definitions(self.edition)

    def acting(self) -> Actor:
        """Return the acting person; a sign-in is looked at again, since the page may be old.

        Raises:
            NotPermitted: The register names nobody yet.
            SignInRefused: The sign-in has ended meanwhile.
        """
        if self.settings.signs_in:
            return signed_in(self.settings)
        if self.actor is None:
            raise NotPermitted("Nobody is in this register yet.", "Run: holdpoint init")
        return self.actor

    def may(self, action: Action, launch: LaunchState | None = None) -> bool:
        """Tell whether the acting person may do this; the service checks it again."""
        record = launch.launch if launch else None
        return self.actor is not None and may(self.actor, action, record)

    def name(self, key: str | None) -> str:
        """Return the name of a person, or "nobody"."""
        if key is None:
            return "nobody"
        return self.people[key].name if key in self.people else key


def here() -> Here:
    """Return what this run works with; a register that cannot be opened is said in words."""
    try:
        return _here()
    except HoldpointError as error:
        messages.stop(error)


def _here() -> Here:
    settings = load_settings()
    known = signed_in(settings) if settings.signs_in else None
    store = open_register(settings)
    edition = Edition(store, store.revision(), datetime.now(UTC).date())
    shared = _shared(edition)
    actor = known or _chosen(shared.people)
    hidden = hidden_from(actor, shared.withheld, shared.launches)
    return Here(
        settings=settings,
        edition=replace(edition, hidden=hidden),
        profile=packaged_profile(),
        people=shared.people,
        actor=actor,
        kind=shared.kind,
    )


def signed_in(settings: Settings) -> Actor:
    """Return whoever signed in, as the register knows them at this moment.

    Raises:
        SignInRefused: Nobody did, the sign-in has ended, or the register does not let them in.
        StoreError: The register cannot be used.
    """
    if not is_signed_in():
        raise SignInRefused("Nobody has signed in.", "Sign in to see the register.")
    claims, policy = st.user.to_dict(), settings.sign_in_policy()
    return sign_in(open_register(settings), claims, policy, datetime.now(UTC))


def is_signed_in() -> bool:
    """Tell whether the browser brought a sign-in, whoever it names."""
    return bool(st.user.get("is_logged_in", False))


def open_register(settings: Settings) -> Store:
    """Open the register that the settings name, once per process.

    Raises:
        StoreError: It cannot be used, and why.
    """
    return _open(settings.register_url())


@st.cache_resource(show_spinner=False, max_entries=8)
def _open(url: str) -> Store:
    return Store.open(url)


@dataclass(frozen=True, slots=True)
class _Shared:
    people: Mapping[str, PersonRecord]
    kind: RegisterKind
    withheld: tuple[WithheldItem, ...]
    launches: tuple[LaunchRecord, ...]


_BY_EDITION: dict[str | type[Any], Callable[[Any], Any]] = {Edition: Edition.key}


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=_BY_EDITION)
def _shared(edition: Edition) -> _Shared:
    kind = register_info(edition.store).kind
    return _Shared(people(edition.store), kind, *read_withheld(edition.store))


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=_BY_EDITION)
def _states(edition: Edition) -> tuple[LaunchState, ...]:
    return launch_states(edition.store, packaged_profile(), edition.today, hidden=edition.hidden)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=_BY_EDITION)
def _launches(edition: Edition) -> tuple[LaunchRecord, ...]:
    return launches_on_board(edition.store)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=_BY_EDITION)
def _state(edition: Edition, key: str) -> LaunchState:
    return launch_state(edition.store, packaged_profile(), edition.today, key, edition.hidden)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=_BY_EDITION)
def _ledger(edition: Edition, key: str) -> Ledger:
    return read_ledger(edition.store, edition.today, key, edition.hidden)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=_BY_EDITION)
def _definitions(edition: Edition) -> tuple[MetricDefinitionRecord, ...]:
    return metric_definitions(edition.store)


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs=_BY_EDITION)
def _queue(edition: Edition) -> tuple[RankedRisk, ...]:
    return ranked_queue(_states(edition))


def active_people(known: Mapping[str, PersonRecord]) -> Sequence[PersonRecord]:
    """Return who may act, policy leads first, then by name."""
    active = [person for person in known.values() if person.active]
    return sorted(active, key=lambda who: (Role.POLICY_LEAD not in who.roles, who.name))


def _chosen(known: Mapping[str, PersonRecord]) -> Actor | None:
    """Return who acts in local mode: as the page, else the address says, else the policy lead."""
    active = active_people(known)
    wanted = (st.session_state.get(state.ACTOR), state.address().actor)
    chosen = next(
        (person for key in wanted for person in active if person.key == key),
        active[0] if active else None,
    )
    return Actor(chosen) if chosen else None


def warm() -> None:
    """Import and prepare what the first page would otherwise wait for."""
    packaged_profile()
