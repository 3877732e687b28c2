"""The standing cast: who appears in tests, and what each of them may do.

Ada owns the launch, Ben reviews (policy lead), Cleo has no role beyond viewer, Dana and Eli are
assessors, Fay owns mitigations, Gil leads policy areas, Hana reviews and nothing else.
"""

from datetime import UTC, datetime

from tracker.domain.records import Actor, PersonRecord
from tracker.domain.words import Role
from tracker.readers.areas import packaged_areas
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.tables import Person, PersonRole, PolicyArea, Team

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


def _actor(name: str, *roles: Role) -> Actor:
    return Actor(
        PersonRecord(
            key=name.lower(), name=name, roles=frozenset(roles), leads=(), active=True, version=1
        )
    )


ADA = _actor("Ada", Role.MITIGATION_OWNER)
BEN = _actor("Ben", Role.POLICY_LEAD, Role.REVIEWER)
CLEO = _actor("Cleo", Role.VIEWER)
DANA = _actor("Dana", Role.ASSESSOR)
ELI = _actor("Eli", Role.ASSESSOR)
FAY = _actor("Fay", Role.MITIGATION_OWNER)
GIL = _actor("Gil", Role.AREA_LEAD)
HANA = _actor("Hana", Role.REVIEWER)

CAST = (ADA, BEN, CLEO, DANA, ELI, FAY, GIL, HANA)
TEAMS = ("safety", "product")


def bring_in_the_cast(store: Store) -> None:
    """Fill an empty register with the cast, two teams and the packaged policy areas."""
    with store.writing(Stamp(None, "bring in the cast", at=NOW)) as session:
        for actor in CAST:
            session.add(Person(key=actor.key, name=actor.person.name))
            session.add_all(
                PersonRole(person=actor.key, role=role) for role in sorted(actor.person.roles)
            )
        session.add_all(
            Team(key=key, name=key.title(), people=5, person_days=40.0) for key in TEAMS
        )
        session.add_all(
            PolicyArea(
                code=area.code,
                name=area.name,
                family=area.family,
                family_name=area.family_name,
                gate_type=area.gate_type,
                definition=area.definition,
                position=area.position,
            )
            for area in packaged_areas()
        )
