"""Who may accept what is left of a risk, and for how long: by level, and Critical by nobody."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tracker.domain.records import LaunchRecord, PersonRecord, RiskRecord
from tracker.domain.words import LaunchRoleName, Level, Role

ACCEPTANCE_DAYS: Final[Mapping[Level, int]] = {
    Level.VERY_LOW: 365,
    Level.LOW: 365,
    Level.MODERATE: 180,
    Level.HIGH: 90,
}
"""Longest time for which a risk of a level may be accepted, in days from the day of asking.

A level that is not here, Critical or UNASSESSED, is accepted by nobody.
"""


class Signature(StrEnum):
    """Where on an acceptance somebody signs."""

    LEAD = "lead"
    OFFICER = "officer"
    APPROVER = "approver"

    @property
    def words(self) -> str:
        """As what they sign."""
        return "responsible officer" if self is Signature.OFFICER else self.value


def signatures_for(level: Level) -> tuple[Signature, ...]:
    """Return the signatures that an acceptance of this level needs; none where nobody may."""
    if level is Level.HIGH:
        return (Signature.OFFICER, Signature.APPROVER)
    return (Signature.LEAD,) if level in ACCEPTANCE_DAYS else ()


def signature_of(
    person: PersonRecord, level: Level, risk: RiskRecord, launch: LaunchRecord
) -> Signature | None:
    """Return as what a person may sign the acceptance of a risk; None where they may not.

    The owner of the launch signs nothing above Low.
    """
    if level in (Level.VERY_LOW, Level.LOW):
        leads = Role.AREA_LEAD in person.roles and risk.area in person.leads
        return Signature.LEAD if leads else None
    if person.key == launch.owner:
        return None
    if level is Level.MODERATE:
        return Signature.LEAD if Role.POLICY_LEAD in person.roles else None
    return _on_launch(person, launch) if level is Level.HIGH else None


def _on_launch(person: PersonRecord, launch: LaunchRecord) -> Signature | None:
    if launch.holders.get(LaunchRoleName.RESPONSIBLE_OFFICER) == person.key:
        return Signature.OFFICER
    if launch.holders.get(LaunchRoleName.APPROVER) == person.key:
        return Signature.APPROVER
    return None
