"""People, what they may do, and the teams that deliver."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, SIGN_IN_LENGTH
from tracker.domain.words import Role
from tracker.store.base import Audited, Editable, between, choice, reference


class Person(Editable, table=True):
    """Somebody who acts in the register; made inactive, never deleted."""

    noun = "person"

    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    name: str = Field(max_length=NAME_LENGTH)
    active: bool = True
    sign_in: str | None = Field(default=None, max_length=SIGN_IN_LENGTH, index=True, unique=True)

    def subject(self) -> str:
        """Return the person's key."""
        return self.key


class PersonRole(Audited, table=True):
    """A role that a person holds for every launch."""

    noun = "role of a person"

    person: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    role: Role = Field(primary_key=True, sa_type=choice(Role))

    def subject(self) -> str:
        """Return the person's key."""
        return self.person


class PersonArea(Audited, table=True):
    """A policy area that a person leads."""

    noun = "area of a person"

    person: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    area: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")]
    )

    def subject(self) -> str:
        """Return the person's key."""
        return self.person


class Team(Editable, table=True):
    """A team that delivers mitigations.

    `person_days` are its free days until the planning horizon.
    """

    __table_args__ = (
        between("people", 1, 10_000),
        CheckConstraint("person_days >= 0", name="person_days_not_negative"),
    )
    noun = "team"

    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    name: str = Field(max_length=NAME_LENGTH)
    people: int
    person_days: float

    def subject(self) -> str:
        """Return the team's key."""
        return self.key
