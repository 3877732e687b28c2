"""What people say about evidence: what its metrics mean, and what was wrong or missing in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from tracker.domain.types import (
    KEY_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    REF_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from tracker.domain.words import CorrectionKind, Direction, ExposureStage, Origin, Scale
from tracker.store.base import Audited, Editable, choice, reference
from tracker.store.tables.risks import launch_of


class MetricDefinition(Editable, table=True):
    """Which way a metric of a tool is good, and what its values are.

    Triggers keep it from being deleted. Once a gate names its metric, they let it become only
    what was proposed before, in the update that takes the proposal away.
    """

    __table_args__ = (
        CheckConstraint(
            "(proposed_by IS NULL) = (proposed_direction IS NULL)"
            " AND (proposed_by IS NULL) = (proposed_scale IS NULL)"
            " AND (proposed_by IS NULL) = (proposed_because = '')",
            name="proposal_is_whole",
        ),
    )

    noun = "metric definition"

    tool: str = Field(primary_key=True, max_length=NAME_LENGTH)
    metric: str = Field(primary_key=True, max_length=TITLE_LENGTH)
    direction: Direction = Field(sa_type=choice(Direction))
    scale: Scale = Field(sa_type=choice(Scale))
    note: str = Field(default="", max_length=TEXT_LENGTH)
    defined_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))
    proposed_direction: Direction | None = Field(
        default=None, nullable=True, sa_type=choice(Direction, "proposed_direction")
    )
    proposed_scale: Scale | None = Field(
        default=None, nullable=True, sa_type=choice(Scale, "proposed_scale")
    )
    proposed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    proposed_because: str = Field(default="", max_length=REASON_LENGTH)

    def subject(self) -> str:
        """Return the tool; the metric is among the fields recorded."""
        return self.tool


class EvidenceCorrection(Audited, table=True):
    """Evidence withdrawn, or moved to another task and metric; permanent.

    `run` is the run of the evidence. `task` and `metric` are those that re-mapped evidence
    belongs to, and empty where it was withdrawn.
    """

    __table_args__ = (
        ForeignKeyConstraint(
            ["run", "evidence"],
            ["evidence.run", "evidence.id"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(
            "(kind = 're-mapped' AND task <> '' AND metric <> '')"
            " OR (kind = 'withdrawn' AND task = '' AND metric = '')",
            name="slot_fits_kind",
        ),
        Index(None, "run", "evidence"),
        {"sqlite_autoincrement": True},
    )
    noun = "correction of evidence"

    id: int | None = Field(default=None, primary_key=True)
    run: str = Field(max_length=REF_LENGTH)
    evidence: int
    kind: CorrectionKind = Field(sa_type=choice(CorrectionKind))
    task: str = Field(default="", max_length=TITLE_LENGTH)
    metric: str = Field(default="", max_length=TITLE_LENGTH)
    reason: str = Field(max_length=REASON_LENGTH)
    corrected_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    corrected_at: datetime

    def subject(self) -> str:
        """Return the run's reference."""
        return self.run

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return launch_of(self.run)


class EvidenceEquivalence(Audited, table=True):
    """Why a run about something else speaks for a release all the same; permanent."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    noun = "equivalence of a run"

    id: int | None = Field(default=None, primary_key=True)
    run: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("evidence_run.ref")], index=True
    )
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    reason: str = Field(max_length=REASON_LENGTH)
    stated_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    stated_at: datetime
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the run's reference."""
        return self.run

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return launch_of(self.run)


class EvidenceConfirmation(Audited, table=True):
    """Somebody compared the self-reported figures of a run with their source; permanent."""

    __table_args__ = (UniqueConstraint("run", "confirmed_by"), {"sqlite_autoincrement": True})
    noun = "confirmation of a run"

    id: int | None = Field(default=None, primary_key=True)
    run: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("evidence_run.ref")])
    note: str = Field(default="", max_length=REASON_LENGTH)
    confirmed_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    confirmed_at: datetime
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the run's reference."""
        return self.run

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return launch_of(self.run)
