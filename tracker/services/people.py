"""The people and teams of a register."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, select

from tracker.domain.drafts import PersonDraft, TeamDraft
from tracker.domain.errors import InvalidInput, NotFound, NotPermitted
from tracker.domain.records import Actor, PersonRecord, TeamRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import Role
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Person, PersonArea, PersonRole, Team


def people(store: Store) -> dict[str, PersonRecord]:
    """Return everybody in the register by key, inactive people too."""
    with store.reading() as session:
        return queries.people(session)


def teams(store: Store) -> dict[str, TeamRecord]:
    """Return every team of the register by key."""
    with store.reading() as session:
        return queries.teams(session)


def actor_for(store: Store, key: str) -> Actor:
    """Return the acting person; who it really is nobody has checked.

    Raises:
        NotFound: The register holds no such person.
        NotPermitted: The person is not active.
    """
    known = people(store)
    if key not in known:
        raise NotFound("person", key)
    if not known[key].active:
        raise NotPermitted(f"{known[key].name} is no longer active.", "Choose somebody else.")
    return Actor(known[key])


def add_person(store: Store, act: Act, draft: PersonDraft) -> str:
    """Add a person with roles and the policy areas that they lead.

    Raises:
        InvalidInput: The key or name is taken, or an area is unknown.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.MANAGE_PEOPLE)
        _require_free(session, draft)
        write_person(session, draft)
        return draft.key

    return perform(store, act, Action.MANAGE_PEOPLE, work)


def write_person(session: Session, draft: PersonDraft) -> None:
    """Write a person inside somebody else's transaction."""
    person = Person(key=draft.key, name=draft.name, active=True, sign_in=draft.sign_in or None)
    session.add(person)
    session.flush()
    write_roles(session, draft.key, draft.roles)
    write_areas(session, draft.key, draft.leads)


def write_roles(session: Session, key: str, roles: Collection[Role]) -> None:
    """Bring the roles of a person to these, row by row, inside somebody else's transaction."""
    rows = session.exec(select(PersonRole).where(PersonRole.person == key)).all()
    for row in rows:
        if row.role not in roles:
            session.delete(row)
    held = {row.role for row in rows}
    session.add_all(PersonRole(person=key, role=role) for role in sorted(set(roles) - held))


def write_areas(session: Session, key: str, areas: Collection[str]) -> None:
    """Bring the areas that a person leads to these, inside somebody else's transaction."""
    rows = session.exec(select(PersonArea).where(PersonArea.person == key)).all()
    for row in rows:
        if row.area not in areas:
            session.delete(row)
    held = {row.area for row in rows}
    session.add_all(PersonArea(person=key, area=area) for area in sorted(set(areas) - held))


def add_team(store: Store, act: Act, draft: TeamDraft) -> str:
    """Add a team with its free person-days.

    Raises:
        InvalidInput: The key or name is taken.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.MANAGE_PEOPLE)
        known = queries.teams(session)
        if draft.key in known:
            raise InvalidInput({"key": f"“{draft.key}” is taken by another team"})
        if draft.name.casefold() in {team.name.casefold() for team in known.values()}:
            raise InvalidInput({"name": f"“{draft.name}” is the name of another team"})
        session.add(Team(**draft.model_dump()))
        return draft.key

    return perform(store, act, Action.MANAGE_PEOPLE, work)


def _require_free(session: Session, draft: PersonDraft) -> None:
    known = queries.people(session)
    problems: dict[str, str] = {}
    if draft.key in known:
        problems["key"] = f"“{draft.key}” is taken by another person"
    if draft.name.casefold() in {person.name.casefold() for person in known.values()}:
        problems["name"] = f"“{draft.name}” is the name of another person"
    require_free(session, draft.sign_in, draft.leads, problems=problems)


def require_free(
    session: Session,
    sign_in: str | None,
    leads: Collection[str],
    but: str = "",
    problems: Mapping[str, str] | None = None,
) -> None:
    """Refuse a sign-in name that somebody else has, and areas that do not exist.

    Args:
        session: Of the transaction that writes.
        sign_in: The name asked for; empty or None is always free.
        leads: Codes of policy areas.
        but: Key of the person who may have the name already.
        problems: What else is wrong, by field.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    found = dict(problems or {})
    areas = {area.code for area in queries.policy_areas(session)}
    unknown = [code for code in leads if code not in areas]
    if unknown:
        found["leads"] = f"{', '.join(unknown)} is not a policy area"
    if sign_in and any(
        person.sign_in == sign_in and person.key != but
        for person in queries.people(session).values()
    ):
        found["sign_in"] = f"“{sign_in}” is the sign-in name of another person"
    if found:
        raise InvalidInput(found)
