"""People, teams, policy areas, and what the register is."""

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.errors import StoreCorrupt
from tracker.domain.records import PersonRecord, PolicyAreaRecord, RegisterRecord, TeamRecord
from tracker.domain.words import Role
from tracker.store.fetching import fetch, fetch_first, fetch_values
from tracker.store.queries.rows import AREA, TEAM, T, columns_for, grouped


def people(session: Session) -> dict[str, PersonRecord]:
    """Read everybody by key, in order of keys; three statements."""
    person, role, area = T["person"].c, T["person_role"].c, T["person_area"].c
    roles = grouped(
        (row.person, row.role) for row in fetch(session, select(role.person, role.role))
    )
    areas = grouped(
        (row.person, row.area) for row in fetch(session, select(area.person, area.area))
    )
    rows = fetch(session, select(person.key, person.name, person.active, person.row_version))
    return {
        row.key: PersonRecord(
            key=row.key,
            name=row.name,
            roles=frozenset(roles.get(row.key, ())),
            leads=tuple(sorted(areas.get(row.key, ()))),
            active=row.active,
            version=row.row_version,
        )
        for row in sorted(rows, key=lambda row: row.key)
    }


def roles_now(session: Session, key: str) -> frozenset[Role] | None:
    """Read the roles that somebody active holds now; None where nobody active has this key."""
    person, role = T["person"], T["person_role"]
    statement = (
        select(role.c.role)
        .select_from(person.outerjoin(role, role.c.person == person.c.key))
        .where(person.c.key == key, person.c.active)
    )
    found = fetch_values(session, statement)
    return frozenset(held for held in found if held is not None) if found else None


def teams(session: Session) -> dict[str, TeamRecord]:
    """Read all teams by key, in order of keys."""
    records = [TeamRecord(*row) for row in fetch(session, select(*TEAM))]
    return {record.key: record for record in sorted(records, key=lambda record: record.key)}


def policy_areas(session: Session) -> tuple[PolicyAreaRecord, ...]:
    """Read the safety taxonomy, in its order."""
    statement = select(*AREA).order_by(T["policy_area"].c.position)
    return tuple(PolicyAreaRecord(*row) for row in fetch(session, statement))


def register_info(session: Session) -> RegisterRecord:
    """Read what the register is.

    Raises:
        StoreCorrupt: The one row that says so is not there.
    """
    row = fetch_first(session, select(*columns_for(RegisterRecord, "register_info")))
    if row is None:
        raise StoreCorrupt("The register does not say what it is.", "Put a back-up in its place.")
    return RegisterRecord(*row)
