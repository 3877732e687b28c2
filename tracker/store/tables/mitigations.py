"""Mitigations, where they are placed, what they do to risks, and what shows that they work."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.domain.types import (
    KEY_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    REF_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from tracker.domain.words import (
    ExposureStage,
    Layer,
    Mechanism,
    MitigationStatus,
    Origin,
    VerificationKind,
)
from tracker.store.base import Audited, Editable, choice, reference
from tracker.store.tables.risks import launch_of


def mitigation_ref(number: int) -> str:
    """Return the reference of a mitigation, such as `M-7`."""
    return f"M-{number}"


class Mitigation(Editable, table=True):
    """What lowers risks; numbered register-wide, rejected but never deleted.

    The three durations are calendar days from start to verified, all given or none.
    """

    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("ref = 'M-' || number", name="ref_fits"),
        CheckConstraint(
            "(duration_shortest IS NULL AND duration_likely IS NULL AND duration_longest IS NULL)"
            " OR (duration_shortest IS NOT NULL AND duration_likely IS NOT NULL"
            " AND duration_longest IS NOT NULL AND 0 <= duration_shortest"
            " AND duration_shortest <= duration_likely AND duration_likely <= duration_longest)",
            name="duration_rises",
        ),
    )
    noun = "mitigation"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    number: int = Field(unique=True)
    title: str = Field(max_length=TITLE_LENGTH)
    summary: str = Field(default="", max_length=TEXT_LENGTH)
    mechanism: Mechanism = Field(sa_type=choice(Mechanism))
    layer: Layer = Field(sa_type=choice(Layer))
    owner: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], index=True
    )
    team: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("team.key")]
    )
    duration_shortest: float | None = None
    duration_likely: float | None = None
    duration_longest: float | None = None
    source: str = Field(default="", max_length=TEXT_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.ref


class MitigationEffort(Audited, table=True):
    """Person-days that one team still has to spend on a mitigation."""

    __table_args__ = (CheckConstraint("days >= 0", name="days_not_negative"),)
    noun = "effort of a mitigation"

    mitigation: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("mitigation.ref")]
    )
    team: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("team.key")]
    )
    days: float

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.mitigation


class LaunchMitigation(Editable, table=True):
    """A mitigation on one launch, with how far it has come there."""

    __table_args__ = (
        CheckConstraint(
            "(release_asked_by IS NULL) = (release_reason = '')"
            " AND (release_asked_by IS NULL OR mandatory)",
            name="release_is_whole",
        ),
    )
    noun = "mitigation on a launch"

    mitigation: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("mitigation.ref")]
    )
    launch: str = Field(
        primary_key=True,
        max_length=KEY_LENGTH,
        sa_column_args=[reference("launch.key")],
        index=True,
    )
    status: MitigationStatus = Field(
        default=MitigationStatus.PROPOSED, sa_type=choice(MitigationStatus)
    )
    mandatory: bool = False
    due: date | None = None
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))
    release_asked_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    release_reason: str = Field(default="", max_length=REASON_LENGTH)

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.mitigation

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch


class MitigationEffect(Audited, table=True):
    """Share of a risk's expected loss that a mitigation removes, or that it introduces the risk."""

    __table_args__ = (
        CheckConstraint(
            "(introduces AND low IS NULL AND best IS NULL AND high IS NULL) OR"
            " (NOT introduces AND low IS NOT NULL AND best IS NOT NULL AND high IS NOT NULL"
            " AND 0 <= low AND low <= best AND best <= high AND high < 1)",
            name="shares_rise",
        ),
    )
    noun = "effect of a mitigation"

    mitigation: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("mitigation.ref")]
    )
    risk: str = Field(
        primary_key=True,
        max_length=REF_LENGTH,
        sa_column_args=[reference("risk.ref")],
        index=True,
    )
    low: float | None = None
    best: float | None = None
    high: float | None = None
    introduces: bool = False
    basis: str = Field(default="", max_length=REASON_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.mitigation

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return launch_of(self.risk)


class MitigationVerification(Audited, table=True):
    """A mitigation shown to work on one launch and version; triggers refuse to change it.

    `share` is what counts of one risk's expected loss (0 to below 1): the low estimate as it was
    then, or what was measured. None where the mitigation lowers no risk of the launch.
    """

    __table_args__ = (
        CheckConstraint(
            "(kind = 'in place' OR share IS NOT NULL)"
            " AND (share IS NULL OR (risk IS NOT NULL AND 0 <= share AND share < 1))",
            name="share_fits_kind",
        ),
        Index(None, "launch", "mitigation", "risk"),
        {"sqlite_autoincrement": True},
    )
    noun = "verification of a mitigation"

    id: int | None = Field(default=None, primary_key=True)
    mitigation: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("mitigation.ref")], index=True
    )
    launch: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")])
    risk: str | None = Field(
        default=None, max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")], index=True
    )
    kind: VerificationKind = Field(sa_type=choice(VerificationKind))
    share: float | None = None
    evidence: str = Field(max_length=REASON_LENGTH)
    verified_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    verified_on: date
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the mitigation's reference."""
        return self.mitigation

    def on_launch(self) -> str:
        """Return the launch's key."""
        return self.launch
