"""Launch criteria, what answers them, what overrides them, and frontier determinations."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.evidence import Slot
from tracker.domain.release import Release
from tracker.domain.words import (
    Confidence,
    ExposureStage,
    GateCoverage,
    GateKind,
    GateState,
    Origin,
    ThresholdOutcome,
)

WAIVER_DAYS = 90
"""Longest time for which a gate can be waived, in days from the day of asking."""


@dataclass(frozen=True, slots=True)
class GateRecord:
    """One launch criterion.

    Attributes:
        ref: Such as `gpt-4v-2023-09/G-3`; never changes, is never reused.
        planned_on: Day for which a run or an attestation is booked; None where none is.
        withdrawal_asked_by: Who asked to withdraw it; it counts until a second person confirms.
        after_run: Highest number of a run on the launch when it was written (0 without): a run
            up to this one was known, so it opens the gate only once a second person confirmed.
        confirmed_by: That second person; None where nobody did, or nobody has to.
    """

    ref: str
    launch: str
    number: int
    title: str
    area: str
    kind: GateKind
    tool: str | None
    task: str | None
    metric: str | None
    configuration: str | None
    threshold: float | None
    coverage: GateCoverage
    confidence: float
    min_n: int | None
    max_age_days: int | None
    must_pass: bool
    baseline: str | None
    margin: float | None
    statement: str
    rationale: str
    planned_on: date | None
    planned_by: str | None
    planned_n: int | None
    written_by: str
    withdrawal_asked_by: str | None
    withdrawal_reason: str
    withdrawal_confirmed_by: str | None
    origin: Origin
    version: int
    after_run: int = 0
    confirmed_by: str | None = None

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `G-3`."""
        return f"G-{self.number}"

    @property
    def slot(self) -> Slot | None:
        """Where its runs line up; None for an attested gate."""
        if self.tool is None or self.task is None or self.metric is None:
            return None
        return Slot(self.tool, self.task, self.metric)

    @property
    def withdrawn(self) -> bool:
        """Whether two people took it away; it then counts no more and stays listed."""
        return self.withdrawal_confirmed_by is not None


@dataclass(frozen=True, slots=True)
class AttestationRecord:
    """A named person's word on a document; immutable, the latest for a release counts.

    Attributes:
        expires: Ends at 24:00 UTC of this day.
    """

    id: int
    gate: str
    met: bool
    statement: str
    document: str
    document_sha256: str
    attested_by: str
    attested_on: date
    expires: date
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    origin: Origin

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """A request to let a launch pass a gate, with the signatures on it.

    Attributes:
        state: The state that it overrides; a worse one ends it.
        evidence: Reference of the run that it overrides; None where there was none.
        latest_run: Highest number of a run on the launch when it was asked for (0 without).
        threshold: The gate's threshold in words at that time.
        until: Ends at 24:00 UTC of this day, at most 90 days after asking.
        ended_by: Who ended it early; None where nobody did.
    """

    id: int
    gate: str
    state: GateState
    evidence: str | None
    latest_run: int
    threshold: str
    reason: str
    compensation: str
    until: date
    requested_by: str
    requested_at: datetime
    officer: str | None
    approver: str | None
    ended_by: str | None
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    origin: Origin
    version: int

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)


@dataclass(frozen=True, slots=True)
class DeterminationRecord:
    """What was determined about a frontier threshold for one release; immutable once confirmed.

    Attributes:
        safeguards: References of the mitigations that have to be verified, in order of number.
        confirmed_by: Second person; a determination that lowers the one before, or drops one of
            its safeguards, counts only with one.
    """

    id: int
    launch: str
    area: str
    outcome: ThresholdOutcome
    confidence: Confidence
    rationale: str
    safeguards: tuple[str, ...]
    determined_by: str
    determined_on: date
    confirmed_by: str | None
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    origin: Origin
    version: int

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)
