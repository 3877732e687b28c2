"""Policy areas, launches, who holds which role on them, and their scope."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from tracker.domain.words import (
    Applicability,
    ExposureStage,
    GateType,
    LaunchRoleName,
    Origin,
    ReviewStatus,
)
from tracker.store.base import Audited, Editable, choice, reference


class PolicyArea(Editable, table=True):
    """One area of the safety taxonomy; `position` orders them on screens."""

    noun = "policy area"

    code: str = Field(primary_key=True, max_length=KEY_LENGTH)
    name: str = Field(max_length=TITLE_LENGTH)
    family: str = Field(max_length=KEY_LENGTH)
    family_name: str = Field(max_length=TITLE_LENGTH)
    gate_type: GateType = Field(sa_type=choice(GateType))
    definition: str = Field(max_length=TEXT_LENGTH)
    position: int = Field(unique=True)

    def subject(self) -> str:
        """Return the area's code."""
        return self.code


class Launch(Editable, table=True):
    """One model or product release under review; its key never changes."""

    noun = "launch"

    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    name: str = Field(max_length=TITLE_LENGTH, unique=True)
    summary: str = Field(default="", max_length=TEXT_LENGTH)
    developer: str = Field(default="", max_length=NAME_LENGTH)
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    surfaces: str = Field(default="", max_length=TEXT_LENGTH)
    exposure_asked: ExposureStage = Field(sa_type=choice(ExposureStage))
    exposure_now: ExposureStage = Field(sa_type=choice(ExposureStage, "exposure_now"))
    review_status: ReviewStatus = Field(default=ReviewStatus.DRAFT, sa_type=choice(ReviewStatus))
    target_date: date
    as_of: date | None = None
    note: str = Field(default="", max_length=TEXT_LENGTH)
    source: str = Field(default="", max_length=TEXT_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))
    cloned_from: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")]
    )

    def subject(self) -> str:
        """Return the launch's key."""
        return self.key

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.key


class LaunchRole(Audited, table=True):
    """Who holds a role on a launch: one person per role, and one role per person."""

    __table_args__ = (UniqueConstraint("launch", "person"),)
    noun = "role on a launch"

    launch: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")]
    )
    role: LaunchRoleName = Field(primary_key=True, sa_type=choice(LaunchRoleName))
    person: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], index=True)

    def subject(self) -> str:
        """Return the launch's key."""
        return self.launch

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch


class HolderProposal(Audited, table=True):
    """Somebody proposed for a role on a launch in place of another; goes once answered."""

    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)
    noun = "proposed role on a launch"

    launch: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")]
    )
    role: LaunchRoleName = Field(primary_key=True, sa_type=choice(LaunchRoleName))
    person: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], index=True)
    asked_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    reason: str = Field(max_length=REASON_LENGTH)

    def subject(self) -> str:
        """Return the launch's key."""
        return self.launch

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch


class LaunchScope(Editable, table=True):
    """What was decided about one policy area on one launch; no row means nobody decided."""

    __table_args__ = (
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> decided_by", name="confirmed_by_another"
        ),
    )
    noun = "scope"

    launch: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")]
    )
    area: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")]
    )
    applicability: Applicability = Field(sa_type=choice(Applicability))
    reason: str = Field(default="", max_length=REASON_LENGTH)
    decided_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    confirmed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the launch's key."""
        return self.launch

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch
