"""A register as a whole: what it is, and how one's own begins."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import URL
from sqlmodel import Session

from tracker.domain.drafts import PersonDraft
from tracker.domain.errors import InvalidInput
from tracker.domain.records import RegisterRecord
from tracker.domain.words import RegisterKind
from tracker.readers.areas import packaged_areas
from tracker.services.people import write_person
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.setup import create
from tracker.store.tables import PolicyArea


def register_info(store: Store) -> RegisterRecord:
    """Return what this register is."""
    with store.reading() as session:
        return queries.register_info(session)


def create_own_register(url: str | URL, person: PersonDraft, at: datetime) -> None:
    """Make a register with the policy areas and its first person, and nothing else.

    On SQLite the file appears only once it is complete.

    Args:
        url: Where; nothing may stand there yet.
        person: Who begins it, with the roles that they hold.
        at: When, aware UTC.

    Raises:
        InvalidInput: The person leads an area that does not exist.
        StoreError: Something stands at the address already, or it cannot be written.
    """
    _require_known_areas(person)

    def fill(address: URL) -> None:
        store = Store.open(address)
        try:
            with store.writing(Stamp(None, "start a register", at=at)) as session:
                seed_policy_areas(session)
                write_person(session, person)
        finally:
            store.dispose()

    create(url, kind=RegisterKind.OWN, at=at, fill=fill)


def seed_policy_areas(session: Session) -> None:
    """Write the packaged policy areas inside somebody else's transaction, where none are yet."""
    if not queries.policy_areas(session):
        session.add_all(PolicyArea(**asdict(area)) for area in packaged_areas())
        session.flush()


def _require_known_areas(person: PersonDraft) -> None:
    unknown = sorted(set(person.leads) - {area.code for area in packaged_areas()})
    if unknown:
        raise InvalidInput({"leads": f"{', '.join(unknown)} is not a policy area"})
