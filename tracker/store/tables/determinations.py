"""What was determined about frontier thresholds, and the safeguards that it asks for."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, REASON_LENGTH, REF_LENGTH, TITLE_LENGTH
from tracker.domain.words import Confidence, ExposureStage, Origin, ThresholdOutcome
from tracker.store.base import Audited, Editable, choice, reference


class ThresholdDetermination(Editable, table=True):
    """What was determined about one frontier threshold for one release of a launch.

    Triggers let only the second person be written once it stands.
    """

    __table_args__ = (
        UniqueConstraint("launch", "id"),
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> determined_by", name="confirmed_by_another"
        ),
        Index(None, "launch", "area"),
        {"sqlite_autoincrement": True},
    )
    noun = "frontier determination"

    id: int | None = Field(default=None, primary_key=True)
    launch: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")])
    area: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")])
    outcome: ThresholdOutcome = Field(sa_type=choice(ThresholdOutcome))
    confidence: Confidence = Field(sa_type=choice(Confidence))
    rationale: str = Field(max_length=REASON_LENGTH)
    determined_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    determined_on: date
    confirmed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the launch's key."""
        return self.launch

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch


class RequiredSafeguard(Audited, table=True):
    """A mitigation that a determination asks to be verified; permanent.

    `launch` is the launch of the determination.
    """

    __table_args__ = (
        ForeignKeyConstraint(
            ["launch", "determination"],
            ["threshold_determination.launch", "threshold_determination.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(None, "launch", "determination"),
    )
    noun = "required safeguard"

    determination: int = Field(primary_key=True)
    mitigation: str = Field(
        primary_key=True,
        max_length=REF_LENGTH,
        sa_column_args=[reference("mitigation.ref")],
        index=True,
    )
    launch: str = Field(max_length=KEY_LENGTH)

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.mitigation

    def on_launch(self) -> str:
        """Return the key of the determination's launch."""
        return self.launch
