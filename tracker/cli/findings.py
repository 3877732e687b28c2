"""What `check` can find, each with a stable id, and which of it a register shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.cli.finding import Finding
from tracker.cli.findings_evidence import about_gates, about_metrics
from tracker.domain.records import PersonRecord, PolicyAreaRecord, RegisterRecord
from tracker.domain.report import IDENTITY_NOTE
from tracker.domain.state import LaunchState
from tracker.domain.words import RegisterKind, Role
from tracker.services.ledger import Ledger

KINDS: Final[Mapping[str, str]] = {
    "HP-E001": "a setting is not acceptable",
    "HP-E002": "there is no register",
    "HP-E003": "an older release made the register",
    "HP-E004": "a newer release made the register, or it is something else",
    "HP-E005": "the register's file is damaged",
    "HP-E006": "the register's database does not answer or cannot be read",
    "HP-E007": "the audit chain is broken",
    "HP-E008": "a file of `data/` is missing or not sound",
    "HP-E009": "the register was made for another scoring profile",
    "HP-W001": "nobody in the register may act",
    "HP-W002": "nobody is policy lead",
    "HP-W003": "fewer than two people may act, so that nothing can be confirmed by a second one",
    "HP-W004": "policy areas have no active area lead",
    "HP-W005": "a launch has no active owner",
    "HP-W006": "the register's policy areas are not those of this release",
    "HP-W007": "others on this machine can read the register's file",
    "HP-W008": "gates of a launch could be passed by refusing everything",
    "HP-W009": "gates wait although runs about another release are there",
    "HP-W010": "a waiver ends within two weeks",
    "HP-W011": "the day of a booked run or attestation has passed without one",
    "HP-I001": "the register holds the demo portfolio",
    "HP-I002": "nobody signs in, and the dashboard listens on this machine only",
    "HP-I003": "nobody has said which way imported metrics are good, so that no gate can read them",
}
"""Id to what it stands for; an id is never used for anything else."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What `check` reads of a sound register.

    Attributes:
        shipped: Policy areas of this release.
        profile_version: Scoring profile of this release.
        first_break: First record that does not fit the audit chain, else None.
        ledgers: Evidence of every launch of `states`.
    """

    info: RegisterRecord
    people: Mapping[str, PersonRecord]
    areas: Sequence[PolicyAreaRecord]
    shipped: Sequence[PolicyAreaRecord]
    states: Sequence[LaunchState]
    profile_version: str
    first_break: int | None
    ledgers: Sequence[Ledger]


def findings_of(facts: Facts) -> Iterator[Finding]:
    """Yield what a register that opens shows, errors first."""
    if facts.first_break is not None:
        yield Finding(
            "HP-E007",
            f"The audit chain is broken at record {facts.first_break}.",
            "Keep the file; compare it with the heads that earlier exports print.",
        )
    if facts.info.profile_version != facts.profile_version:
        yield Finding(
            "HP-E009",
            f"The register was made for scoring profile {facts.info.profile_version}, "
            f"this release has {facts.profile_version}.",
            "Install the release that has the register's profile.",
        )
    yield from _about_people(facts)
    yield from _about_launches(facts)
    yield from about_gates(facts.states, facts.ledgers)
    if tuple(facts.areas) != tuple(facts.shipped):
        yield Finding(
            "HP-W006",
            "The register's policy areas are not those of this release.",
            "Compare them under Library, Policy areas.",
        )
    if facts.info.kind is RegisterKind.DEMO:
        yield Finding(
            "HP-I001",
            f"The register holds the demo portfolio as of {facts.info.demo_loaded_on}.",
            "Its judgements are illustrative. Run: holdpoint init",
        )
    yield from about_metrics(facts.ledgers)


def _about_people(facts: Facts) -> Iterator[Finding]:
    active = [person for person in facts.people.values() if person.active]
    if not active:
        yield Finding("HP-W001", "Nobody in the register may act.", "Run: holdpoint init")
        return
    if not any(Role.POLICY_LEAD in person.roles for person in active):
        yield Finding("HP-W002", "Nobody is policy lead.", "Give somebody that role.")
    if len(active) < 2:
        yield Finding(
            "HP-W003",
            "Only one person may act, so that nothing can be confirmed by a second one.",
            "Add people in the dashboard, under Library.",
        )
    without = _areas_without_lead(active, facts.areas)
    if without:
        yield Finding(
            "HP-W004",
            f"{len(without)} policy areas have no area lead: {', '.join(without)}.",
            "Name people who lead them.",
        )


def _areas_without_lead(
    active: Iterable[PersonRecord], areas: Sequence[PolicyAreaRecord]
) -> list[str]:
    led = {area for person in active for area in person.leads}
    return [area.code for area in areas if area.code not in led]


def _about_launches(facts: Facts) -> Iterator[Finding]:
    for state in facts.states:
        owner = facts.people.get(state.launch.owner or "")
        if owner is None or not owner.active:
            yield Finding(
                "HP-W005",
                f"{state.launch.key} has no active owner.",
                "Name an active person as its launch owner.",
            )


NOBODY_SIGNS_IN: Final = Finding(
    "HP-I002",
    f"Nobody signs in ({IDENTITY_NOTE}); the dashboard listens on this machine only.",
    "Let nobody else reach this machine's port.",
)
