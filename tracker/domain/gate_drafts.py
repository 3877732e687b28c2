"""What people hand in about launch criteria: gates, what answers and what overrides them."""

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from tracker.domain.types import (
    REASON_LEAST,
    Key,
    MitigationRef,
    Name,
    OptionalReason,
    OptionalText,
    Reason,
    Title,
)
from tracker.domain.validation import Draft
from tracker.domain.words import Confidence, GateCoverage, GateKind, ThresholdOutcome

Level95 = Annotated[float, Field(ge=0.5, lt=1.0, allow_inf_nan=False)]
Threshold = Annotated[float, Field(allow_inf_nan=False)]
Samples = Annotated[int, Field(ge=1, le=100_000_000)]
AgeDays = Annotated[int, Field(ge=1, le=3_650)]
Margin = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
RunRef = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*/E-[1-9][0-9]*$", max_length=80)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

_MEASURED_NAMES: Final = ("tool", "task", "metric", "configuration", "threshold")


class GateDraft(Draft):
    """A launch criterion that somebody writes.

    A measured gate names tool, task, metric, configuration and threshold (in the metric's own
    scale; which side is good follows from the metric's direction). An attested gate says in
    `statement` what a person has to attest. `margin` (in the metric's scale, 0 or more) goes with
    `baseline`, the reference of an imported run; `confidence` is one-sided.
    """

    title: Title
    area: Key
    kind: GateKind
    tool: Name | None = None
    task: Title | None = None
    metric: Title | None = None
    configuration: Title | None = None
    threshold: Threshold | None = None
    coverage: GateCoverage = GateCoverage.OVERALL
    confidence: Level95 = 0.95
    min_n: Samples | None = None
    max_age_days: AgeDays | None = None
    must_pass: bool
    baseline: RunRef | None = None
    margin: Margin | None = None
    statement: OptionalText = ""
    rationale: OptionalReason = ""

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Self:
        named = {name: getattr(self, name) for name in _MEASURED_NAMES}
        absent = [name for name, value in named.items() if value is None]
        if self.kind is GateKind.MEASURED and absent:
            raise ValueError(
                "a measured gate names tool, task, metric, configuration and threshold; "
                f"missing: {', '.join(absent)}"
            )
        if self.kind is GateKind.ATTESTED:
            if any(value is not None for value in (*named.values(), self.min_n, self.baseline)):
                raise ValueError("an attested gate has no metric, threshold, n or baseline")
            if len(self.statement) < REASON_LEAST:
                raise ValueError("an attested gate says what has to be attested")
        if (self.baseline is None) != (self.margin is None):
            raise ValueError("a baseline and the margin against it are given together")
        return self


class GateChange(Draft):
    """What somebody changes on a gate; fields left out stay. Never looser than before."""

    title: Title | None = None
    rationale: OptionalReason | None = None
    threshold: Threshold | None = None
    coverage: GateCoverage | None = None
    confidence: Level95 | None = None
    min_n: Samples | None = None
    max_age_days: AgeDays | None = None
    must_pass: bool | None = None
    baseline: RunRef | None = None
    margin: Margin | None = None


class PlannedRunDraft(Draft):
    """A run, or an attestation, that is booked for a day (ends at 24:00 UTC)."""

    on: date
    by: Key
    n: Samples | None = None


class AttestationDraft(Draft):
    """A named person's word on a document, for the release asked for, until a day."""

    met: bool
    statement: Reason
    document: Title
    document_sha256: Sha256
    expires: date


class WaiverDraft(Draft):
    """Asks to let a launch pass a gate that is not passed, for a time."""

    reason: Reason
    compensation: Reason
    until: date


class DeterminationDraft(Draft):
    """What is determined about a frontier threshold for the release asked for."""

    area: Key
    outcome: ThresholdOutcome
    confidence: Confidence
    rationale: Reason
    safeguards: tuple[MitigationRef, ...] = ()
