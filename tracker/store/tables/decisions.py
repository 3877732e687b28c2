"""Decisions, their conditions, changes of exposure, and accepted residual risks."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from tracker.domain.review_words import ConditionState, ExposureStep, Outcome, WithheldClass
from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, REASON_LENGTH, REF_LENGTH, TITLE_LENGTH
from tracker.domain.words import ExposureStage, Level, Origin, Verdict
from tracker.store.base import JSON_DOCUMENT, Audited, Editable, Finite, choice, finite, reference
from tracker.store.tables.reviews import launch_key, numbered, person
from tracker.store.tables.risks import launch_of


def decision_ref(launch: str, number: int) -> str:
    """Return the reference of a decision, such as `gpt-4v-2023-09/D-1`."""
    return f"{launch}/D-{number}"


def condition_ref(launch: str, number: int) -> str:
    """Return the reference of a condition, such as `gpt-4v-2023-09/C-1`."""
    return f"{launch}/C-{number}"


def acceptance_ref(launch: str, number: int) -> str:
    """Return the reference of an acceptance, such as `gpt-4v-2023-09/A-1`."""
    return f"{launch}/A-{number}"


class Decision(Audited, table=True):
    """What the approver decided on a snapshot; permanent."""

    __table_args__ = numbered("D")
    noun = "decision"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = launch_key()
    number: int
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    snapshot: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("snapshot.ref")], index=True
    )
    outcome: Outcome = Field(sa_type=choice(Outcome))
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    until: date | None = None
    reason: str = Field(max_length=REASON_LENGTH)
    benefits: str = Field(default="", max_length=REASON_LENGTH)
    gate_result: Verdict = Field(sa_type=choice(Verdict, "gate_result"))
    recommended: Outcome | None = Field(
        default=None, nullable=True, sa_type=choice(Outcome, "recommended")
    )
    override_reason: str = Field(default="", max_length=REASON_LENGTH)
    decided_by: str = person()
    decided_at: datetime
    authenticated: bool
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the decision's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class Condition(Editable, table=True):
    """An obligation that approval hangs on.

    Triggers let only its decision, once, and its state be written once it stands.
    """

    __table_args__ = (
        *numbered("C"),
        CheckConstraint("state <> 'overdue'", name="overdue_is_computed"),
        CheckConstraint("state <> 'met' OR settled_by <> owner", name="met_says_another"),
        CheckConstraint(
            "state = 'open' OR (settled_by IS NOT NULL AND settled_on IS NOT NULL)",
            name="settled_by_somebody",
        ),
    )
    noun = "condition"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = launch_key()
    number: int
    text: str = Field(max_length=REASON_LENGTH)
    test: str = Field(max_length=REASON_LENGTH)
    owner: str = person()
    due: date
    blocking: bool
    raised_by: str = person()
    raised_at: datetime
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    decision: str | None = Field(
        default=None, max_length=REF_LENGTH, sa_column_args=[reference("decision.ref")], index=True
    )
    state: ConditionState = Field(
        default=ConditionState.OPEN, sa_type=choice(ConditionState, "state")
    )
    settled_by: str | None = person(default=None)
    settled_on: date | None = None
    settled_because: str = Field(default="", max_length=REASON_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the condition's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class Exposure(Audited, table=True):
    """A change of where the model runs; permanent."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    noun = "change of exposure"

    id: int | None = Field(default=None, primary_key=True)
    launch: str = launch_key()
    step: ExposureStep = Field(sa_type=choice(ExposureStep))
    before: ExposureStage = Field(sa_type=choice(ExposureStage, "before"))
    after: ExposureStage = Field(sa_type=choice(ExposureStage, "after"))
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    decision: str | None = Field(
        default=None, max_length=REF_LENGTH, sa_column_args=[reference("decision.ref")], index=True
    )
    covered: bool
    reason: str = Field(default="", max_length=REASON_LENGTH)
    recorded_by: str = person()
    recorded_at: datetime
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the key of the launch."""
        return self.launch

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class Acceptance(Editable, table=True):
    """A residual risk accepted for a time.

    Triggers let only signatures, a fired failure condition and an early end be written later.
    """

    __table_args__ = (
        *numbered("A"),
        finite("harm_score"),
        CheckConstraint("level NOT IN ('Critical', 'UNASSESSED')", name="nobody_accepts_critical"),
        CheckConstraint(
            "(lead IS NULL OR lead <> requested_by)"
            " AND (officer IS NULL OR officer <> requested_by)"
            " AND (approver IS NULL OR approver <> requested_by)"
            " AND (officer IS NULL OR approver IS NULL OR officer <> approver)",
            name="signed_by_others",
        ),
    )
    noun = "acceptance"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = launch_key()
    number: int
    risk: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")], index=True)
    level: Level = Field(sa_type=choice(Level))
    harm_score: Finite
    justification: str = Field(max_length=REASON_LENGTH)
    fails_if: list[str] = Field(nullable=False, sa_type=JSON_DOCUMENT)
    compensating: list[str] = Field(nullable=False, sa_type=JSON_DOCUMENT)
    until: date
    requested_by: str = person()
    requested_at: datetime
    lead: str | None = person(default=None)
    officer: str | None = person(default=None)
    approver: str | None = person(default=None)
    fired_on: date | None = None
    ended_by: str | None = person(default=None)
    ended_because: str = Field(default="", max_length=REASON_LENGTH)
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the acceptance's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class EvidenceWithholding(Audited, table=True):
    """That the detail of a run is withheld from most, or shown again; permanent, latest counts."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    noun = "withholding of evidence"

    id: int | None = Field(default=None, primary_key=True)
    run: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("evidence_run.ref")], index=True
    )
    withheld: WithheldClass | None = Field(
        default=None, nullable=True, sa_type=choice(WithheldClass)
    )
    stated_by: str = person()
    stated_at: datetime

    def subject(self) -> str:
        """Return the run's reference."""
        return self.run

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return launch_of(self.run)


class DroppedRisk(Audited, table=True):
    """A risk of the last launch that a clone did not take over, and why; permanent."""

    noun = "risk not taken over"

    launch: str = Field(
        primary_key=True, max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")]
    )
    risk: str = Field(
        primary_key=True,
        max_length=REF_LENGTH,
        sa_column_args=[reference("risk.ref")],
        index=True,
    )
    reason: str = Field(max_length=REASON_LENGTH)
    dropped_by: str = person()

    def subject(self) -> str:
        """Return the reference of the risk left behind."""
        return self.risk

    def on_launch(self) -> str:
        """Return the key of the new launch."""
        return self.launch
