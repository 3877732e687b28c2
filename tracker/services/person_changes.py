"""What people may do from now on: other roles, another sign-in name, no longer active."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlmodel import Session

from tracker.domain.drafts import PersonChange
from tracker.domain.errors import NotFound, NotPermitted, RuleViolation, StaleEdit
from tracker.domain.records import PersonRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import Role
from tracker.services.act import Act, perform
from tracker.services.people import require_free, write_areas, write_roles
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Person

NEVER_WITHOUT: Final = (Role.ADMIN, Role.POLICY_LEAD)
"""Roles whose last active holder stays in them: else nobody could invite anybody any more."""


def seen_as(person: PersonRecord) -> str:
    """Return a text that tells this state of a person from every other one, roles included."""
    roles, areas = ",".join(sorted(person.roles)), ",".join(person.leads)
    return f"{person.active} {person.sign_in or ''} {roles} {areas}"


def change_person(store: Store, act: Act, key: str, change: PersonChange, seen: str) -> str:
    """Give a person the roles, areas and sign-in name that the change says, and no others.

    Nobody changes their own roles. One's own sign-in name may be set while there is none, since
    the first person of a register has nobody else to ask.

    Args:
        store: The register.
        act: Needs a reason.
        key: Key of the person.
        change: Complete: what it leaves out is taken away.
        seen: The person as the acting one saw them, `seen_as`.

    Raises:
        InvalidInput: The reason is missing, the sign-in name is taken, an area is unknown.
        NotFound: The register holds no such person.
        NotPermitted: The acting person may not, or it is about themselves.
        RuleViolation: It would leave the register without an active administrator or policy lead.
        StaleEdit: Somebody changed the person meanwhile.
    """

    def work(session: Session) -> str:
        people, known = _person(session, act, key, seen)
        wanted = change.sign_in or None
        _require_another(act, known, first_sign_in=_is_first_sign_in(known, change))
        require_free(session, sign_in=wanted, leads=change.leads, but=key)
        _require_holders(people, known, known.roles - change.roles)
        write_roles(session, key, change.roles)
        write_areas(session, key, change.leads)
        _row(session, key).sign_in = wanted
        return key

    act.require_reason("A change of what somebody may do")
    return perform(store, act, Action.MANAGE_PEOPLE, work)


def set_active(store: Store, act: Act, key: str, active: bool, seen: str) -> str:
    """Deactivate a person, who then can neither sign in nor act, or let them act again.

    All that they did stays, under their name.

    Raises:
        InvalidInput: The reason is missing.
        NotFound: The register holds no such person.
        NotPermitted: The acting person may not, or it is about themselves.
        RuleViolation: It would leave the register without an active administrator or policy lead.
        StaleEdit: Somebody changed the person meanwhile.
    """

    def work(session: Session) -> str:
        people, known = _person(session, act, key, seen)
        _require_another(act, known)
        if not active:
            _require_holders(people, known, known.roles)
        _row(session, key).active = active
        return key

    act.require_reason("Activating somebody" if active else "Deactivating somebody")
    return perform(store, act, Action.MANAGE_PEOPLE, work)


def _person(
    session: Session, act: Act, key: str, seen: str
) -> tuple[Mapping[str, PersonRecord], PersonRecord]:
    require(act.actor, Action.MANAGE_PEOPLE)
    people = queries.people(session)
    if key not in people:
        raise NotFound("person", key)
    if seen_as(people[key]) != seen:
        raise StaleEdit("person", key)
    return people, people[key]


def _row(session: Session, key: str) -> Person:
    return session.get_one(Person, key)


def _is_first_sign_in(known: PersonRecord, change: PersonChange) -> bool:
    kept = (known.roles, known.leads) == (change.roles, tuple(sorted(set(change.leads))))
    return kept and known.sign_in is None


def _require_another(act: Act, known: PersonRecord, first_sign_in: bool = False) -> None:
    if known.key == act.actor.key and not first_sign_in:
        raise NotPermitted(
            "Nobody changes what they themselves may do.",
            "Ask another administrator or policy lead.",
        )


def _require_holders(
    people: Mapping[str, PersonRecord], known: PersonRecord, lost: Collection[Role]
) -> None:
    others = [one for one in people.values() if one.active and one.key != known.key]
    last = [
        role for role in NEVER_WITHOUT if role in lost and not any(role in o.roles for o in others)
    ]
    if known.active and last:
        raise RuleViolation(
            f"{known.name} is the last active {last[0]} of this register.",
            "Give somebody else that role first.",
        )
