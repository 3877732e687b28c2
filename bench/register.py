"""Large registers for measuring, written through the store's own path, record by record."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from tracker.domain.drafts import PersonDraft
from tracker.domain.records import Actor
from tracker.domain.words import (
    Applicability,
    EvidenceGrade,
    ExposureStage,
    Factor,
    LaunchRoleName,
    Layer,
    Mechanism,
    MitigationStatus,
    Role,
    VerificationKind,
)
from tracker.readers.areas import packaged_areas
from tracker.services.people import actor_for, write_person
from tracker.services.register import create_own_register
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.tables import (
    Assessment,
    Launch,
    LaunchMitigation,
    LaunchRole,
    LaunchScope,
    Mitigation,
    MitigationEffect,
    MitigationVerification,
    Risk,
    mitigation_ref,
    risk_ref,
)

AT: Final = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
ASSESSORS: Final = ("ben", "dana", "eli")
RISKS_PER_MITIGATION: Final = 10
SEED: Final = 20261124
_ABOUT: Final[dict[str, Any]] = {
    "model_version": "v1",
    "configuration": "as shipped",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a register is.

    Attributes:
        launches: Number of launches.
        risks: Risks of each launch; every risk has three assessments.
    """

    launches: int
    risks: int

    @property
    def all_risks(self) -> int:
        """Risks of all launches together."""
        return self.launches * self.risks


def make_register(path: Path, size: Size) -> Store:
    """Make a register of this size and return it open; equal sizes give equal content.

    Each launch is one transaction, as large as an import of its register would be.
    """
    url = f"sqlite:///{path}"
    create_own_register(url, _person("ada", Role.MITIGATION_OWNER, Role.ADMIN), AT)
    store = Store.open(url)
    chance = random.Random(SEED)
    with store.writing(Stamp(actor_for(store, "ada"), "add people", at=AT)) as session:
        for key in ASSESSORS:
            write_person(session, _person(key, Role.ASSESSOR, Role.REVIEWER))
    owner = actor_for(store, "ada")
    for number in range(1, size.launches + 1):
        _write_launch(store, owner, number, size, chance)
    return store


def _person(key: str, *roles: Role) -> PersonDraft:
    return PersonDraft(key=key, name=key.title(), roles=frozenset(roles))


def _write_launch(
    store: Store, owner: Actor, number: int, size: Size, chance: random.Random
) -> None:
    key = f"launch-{number:04}"
    with store.writing(Stamp(owner, "fill the register", at=AT)) as session:
        session.add(_launch(key, number))
        session.add(LaunchRole(launch=key, role=LaunchRoleName.LAUNCH_OWNER, person=owner.key))
        session.add_all(_scopes(key))
        session.add_all(_risks(key, size.risks, chance))
        session.flush()
        session.add_all(_assessments(key, size.risks, chance))
        _add_mitigations(session, key, number, size.risks, chance)


def _launch(key: str, number: int) -> Launch:
    return Launch(
        key=key,
        name=f"Launch {number}",
        exposure_asked=ExposureStage.STAGED_ROLLOUT,
        exposure_now=ExposureStage.INTERNAL_BROAD,
        target_date=TODAY + timedelta(days=number),
        **_ABOUT,
    )


def _scopes(key: str) -> Iterator[LaunchScope]:
    for area in packaged_areas():
        yield LaunchScope(
            launch=key,
            area=area.code,
            applicability=Applicability.IN_SCOPE,
            decided_by="ben",
        )


def _risks(key: str, count: int, chance: random.Random) -> Iterator[Risk]:
    areas = [area.code for area in packaged_areas()]
    for number in range(1, count + 1):
        yield Risk(
            ref=risk_ref(key, number),
            launch=key,
            number=number,
            title=f"Risk {number} of {key}: somebody is misled by what the model says",
            scenario="Somebody asks, the model answers, somebody else is harmed by the answer.",
            area=chance.choice(areas),
            owner=chance.choice(ASSESSORS),
            created_at=AT,
        )


def _assessments(key: str, count: int, chance: random.Random) -> Iterator[Assessment]:
    for number in range(1, count + 1):
        for assessor in ASSESSORS:
            yield Assessment(
                risk=risk_ref(key, number),
                assessor=assessor,
                **{factor.value: chance.randint(1, 5) for factor in Factor},
                grade=chance.choice(list(EvidenceGrade)),
                rationale="As seen in the test runs of the last two weeks.",
                exposure_stage=ExposureStage.STAGED_ROLLOUT,
                submitted_at=AT,
                **_ABOUT,
            )


def _add_mitigations(
    session: Session, key: str, launch_number: int, count: int, chance: random.Random
) -> None:
    """Add a verified mitigation for every ten risks."""
    each = -(-count // RISKS_PER_MITIGATION)
    for place in range(each):
        number = (launch_number - 1) * each + place + 1
        ref = mitigation_ref(number)
        first = place * RISKS_PER_MITIGATION + 1
        served = range(first, min(first + RISKS_PER_MITIGATION, count + 1))
        session.add(
            Mitigation(
                ref=ref,
                number=number,
                title=f"Mitigation {number}",
                mechanism=chance.choice(list(Mechanism)),
                layer=Layer.SYSTEM,
                owner="ada",
            )
        )
        session.add(LaunchMitigation(mitigation=ref, launch=key, status=MitigationStatus.VERIFIED))
        for risk in (risk_ref(key, number) for number in served):
            session.add(MitigationEffect(mitigation=ref, risk=risk, low=0.2, best=0.4, high=0.6))
            session.add(_verification(ref, key, risk))


def _verification(ref: str, key: str, risk: str) -> MitigationVerification:
    return MitigationVerification(
        mitigation=ref,
        launch=key,
        risk=risk,
        kind=VerificationKind.IN_PLACE,
        share=0.2,
        evidence="Ran it and looked.",
        verified_by="ben",
        verified_on=AT.date(),
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        **_ABOUT,
    )
