"""From the claims of a sign-in to the person who acts."""

from datetime import datetime
from typing import Final

from tracker.domain.errors import NotFound
from tracker.domain.records import Actor, PersonRecord
from tracker.domain.sign_in import (
    Claims,
    SignInPolicy,
    claimed_name,
    claimed_roles,
    person_named,
)
from tracker.domain.words import Role
from tracker.services.people import write_roles
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp

BY_CLAIM: Final = "roles by claim"


def sign_in(store: Store, claims: Claims, policy: SignInPolicy, at: datetime) -> Actor:
    """Return the person who signed in, as the register knows them now.

    Where groups of the provider give the roles, the register is brought to say the same first; the
    change stands in the audit chain as one of the system, with the reason “roles by claim”.

    Args:
        store: The register.
        claims: The claims of an ID token whose signature was checked.
        policy: What they must fulfil.
        at: Aware UTC.

    Raises:
        SignInRefused: They do not fulfil it, or the register lets nobody of that name in.
    """
    name = claimed_name(claims, policy, at)
    known = _person(store, name)
    given = claimed_roles(claims, policy)
    if given is None or given == known.roles:
        return Actor(known, authenticated=True)
    _give(store, known.key, given, at)
    return Actor(_person(store, name), authenticated=True)


def _person(store: Store, name: str) -> PersonRecord:
    with store.reading() as session:
        return person_named(queries.people(session).values(), name)


def _give(store: Store, key: str, given: frozenset[Role], at: datetime) -> None:
    with store.writing(Stamp(None, "give roles by claim", reason=BY_CLAIM, at=at)) as session:
        held = queries.roles_now(session, key)
        if held is None:
            raise NotFound("active person", key)
        write_roles(session, key, given)
