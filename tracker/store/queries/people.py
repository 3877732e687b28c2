"""People, teams, policy areas, and what the register is."""

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.errors import StoreCorrupt
from tracker.domain.records import PersonRecord, PolicyAreaRecord, RegisterRecord, TeamRecord
from tracker.domain.words import Role
from tracker.store.fetching import AnyRow, fetch, fetch_first, fetch_values
from tracker.store.queries.rows import AREA, TEAM, Columns, T, columns_for, grouped


def people(session: Session) -> dict[str, PersonRecord]:
    """Read everybody by key, in order of keys; three statements."""
    person, role, area = T["person"].c, T["person_role"].c, T["person_area"].c
    roles = grouped(
        (row.person, row.role) for row in fetch(session, select(role.person, role.role))
    )
    areas = grouped(
        (row.person, row.area) for row in fetch(session, select(area.person, area.area))
    )
    known = (person.key, person.name, person.active, person.row_version, person.sign_in)
    rows = fetch(session, select(*known))
    return {
        row.key: PersonRecord(
            key=row.key,
            name=row.name,
            roles=frozenset(roles.get(row.key, ())),
            leads=tuple(sorted(areas.get(row.key, ()))),
            active=row.active,
            version=row.row_version,
            sign_in=row.sign_in,
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
    return RegisterRecord(*_info(session, columns_for(RegisterRecord, "register_info")))


def seal_key(session: Session) -> bytes:
    """Read the secret under which withheld texts are sealed, 32 bytes; show it to nobody.

    Raises:
        StoreCorrupt: The one row that holds it is not there.
    """
    return bytes.fromhex(_info(session, [T["register_info"].c.seal_key])[0])


def _info(session: Session, wanted: Columns) -> AnyRow:
    row = fetch_first(session, select(*wanted))
    if row is None:
        raise StoreCorrupt("The register does not say what it is.", "Put a back-up in its place.")
    return row
