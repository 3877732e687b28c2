"""Launch criteria, what people attest about them, and what overrides them for a time."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.types import (
    KEY_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    REF_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from tracker.domain.words import ExposureStage, GateCoverage, GateKind, GateState, Origin
from tracker.store.base import Audited, Editable, Finite, between, choice, finite, reference
from tracker.store.tables.evidence import SHA256_LENGTH, sha256
from tracker.store.tables.risks import launch_of

MOST_SAMPLES_ASKED = 100_000_000
MOST_DAYS = 3_650


def gate_ref(launch: str, number: int) -> str:
    """Return the reference of a gate, such as `gpt-4v-2023-09/G-3`."""
    return f"{launch}/G-{number}"


class Gate(Editable, table=True):
    """A launch criterion; numbered per launch, withdrawn by two people but never deleted.

    A measured gate reads a metric that was defined; an attested one says what has to be attested.
    """

    __table_args__ = (
        UniqueConstraint("launch", "number"),
        ForeignKeyConstraint(
            ["tool", "metric"],
            ["metric_definition.tool", "metric_definition.metric"],
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("ref = launch || '/G-' || number", name="ref_fits"),
        CheckConstraint(
            "(kind = 'measured' AND tool IS NOT NULL AND task IS NOT NULL AND metric IS NOT NULL"
            " AND configuration IS NOT NULL AND threshold IS NOT NULL)"
            " OR (kind = 'attested' AND tool IS NULL AND task IS NULL AND metric IS NULL"
            " AND configuration IS NULL AND threshold IS NULL AND min_n IS NULL"
            " AND baseline IS NULL AND statement <> '')",
            name="kind_has_its_columns",
        ),
        CheckConstraint("(baseline IS NULL) = (margin IS NULL)", name="margin_with_baseline"),
        CheckConstraint("confidence >= 0.5 AND confidence < 1", name="confidence_range"),
        finite("threshold"),
        finite("margin", low="0"),
        between("min_n", 1, MOST_SAMPLES_ASKED),
        between("max_age_days", 1, MOST_DAYS),
        between("planned_n", 1, MOST_SAMPLES_ASKED),
        CheckConstraint(
            "(planned_on IS NULL) = (planned_by IS NULL)"
            " AND (planned_n IS NULL OR planned_on IS NOT NULL)",
            name="plan_is_whole",
        ),
        CheckConstraint(
            "withdrawal_confirmed_by IS NULL OR (withdrawal_asked_by IS NOT NULL"
            " AND withdrawal_confirmed_by <> withdrawal_asked_by)",
            name="withdrawal_confirmed_by_another",
        ),
        CheckConstraint("after_run >= 0", name="after_run_not_negative"),
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> written_by", name="confirmed_by_another"
        ),
    )
    noun = "gate"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")])
    number: int
    title: str = Field(max_length=TITLE_LENGTH)
    area: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")])
    kind: GateKind = Field(sa_type=choice(GateKind))
    tool: str | None = Field(default=None, max_length=NAME_LENGTH)
    task: str | None = Field(default=None, max_length=TITLE_LENGTH)
    metric: str | None = Field(default=None, max_length=TITLE_LENGTH)
    configuration: str | None = Field(default=None, max_length=TITLE_LENGTH)
    threshold: Finite | None = None
    coverage: GateCoverage = Field(default=GateCoverage.OVERALL, sa_type=choice(GateCoverage))
    confidence: Finite = 0.95
    min_n: int | None = None
    max_age_days: int | None = None
    must_pass: bool
    baseline: str | None = Field(
        default=None,
        max_length=REF_LENGTH,
        sa_column_args=[reference("evidence_run.ref")],
        index=True,
    )
    margin: Finite | None = None
    statement: str = Field(default="", max_length=TEXT_LENGTH)
    rationale: str = Field(default="", max_length=REASON_LENGTH)
    planned_on: date | None = None
    planned_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    planned_n: int | None = None
    written_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    withdrawal_asked_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    withdrawal_reason: str = Field(default="", max_length=REASON_LENGTH)
    after_run: int = 0
    confirmed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    withdrawal_confirmed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the gate's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the gate's launch."""
        return self.launch


class GateAttestation(Audited, table=True):
    """A named person's word on a document, for one release, until a day; permanent."""

    __table_args__ = (
        sha256("document_sha256"),
        CheckConstraint("expires >= attested_on", name="expires_later"),
        {"sqlite_autoincrement": True},
    )
    noun = "attestation of a gate"

    id: int | None = Field(default=None, primary_key=True)
    gate: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("gate.ref")], index=True)
    met: bool
    statement: str = Field(max_length=REASON_LENGTH)
    document: str = Field(max_length=TITLE_LENGTH)
    document_sha256: str = Field(max_length=SHA256_LENGTH)
    attested_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    attested_on: date
    expires: date
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the gate's reference."""
        return self.gate

    def on_launch(self) -> str:
        """Return the key of the gate's launch."""
        return launch_of(self.gate)


class GateWaiver(Editable, table=True):
    """A request to let a launch pass a gate for a time.

    Triggers let only signatures and an early end be written once it stands.
    """

    __table_args__ = (
        CheckConstraint("state <> 'passed'", name="overrides_something"),
        CheckConstraint("latest_run >= 0", name="latest_run_not_negative"),
        CheckConstraint(
            "(officer IS NULL OR officer <> requested_by)"
            " AND (approver IS NULL OR approver <> requested_by)"
            " AND (officer IS NULL OR approver IS NULL OR officer <> approver)",
            name="signed_by_others",
        ),
        {"sqlite_autoincrement": True},
    )
    noun = "waiver of a gate"

    id: int | None = Field(default=None, primary_key=True)
    gate: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("gate.ref")], index=True)
    state: GateState = Field(sa_type=choice(GateState))
    evidence: str | None = Field(
        default=None,
        max_length=REF_LENGTH,
        sa_column_args=[reference("evidence_run.ref")],
        index=True,
    )
    latest_run: int = 0
    threshold: str = Field(max_length=TEXT_LENGTH)
    reason: str = Field(max_length=REASON_LENGTH)
    compensation: str = Field(max_length=REASON_LENGTH)
    until: date
    requested_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    requested_at: datetime
    officer: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    approver: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    ended_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    model_version: str = Field(max_length=NAME_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the gate's reference."""
        return self.gate

    def on_launch(self) -> str:
        """Return the key of the gate's launch."""
        return launch_of(self.gate)
