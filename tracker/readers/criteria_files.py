"""What `<launch>/criteria.yaml` of the demo looks like: our criteria, and what we say of figures.

A run is named by its number in `published_figures.csv`, which holds what was published and no
date; everything here is ours and illustrative.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from tracker.domain.evidence import Slot
from tracker.domain.gate_drafts import AgeDays, Level95, Samples, Threshold
from tracker.domain.types import (
    Key,
    MitigationRef,
    Name,
    OptionalReason,
    OptionalText,
    Reason,
    Title,
)
from tracker.domain.validation import Draft
from tracker.domain.words import (
    Confidence,
    Direction,
    GateKind,
    GateState,
    Scale,
    ThresholdOutcome,
)
from tracker.readers.demo_days import When

ShortRunRef = Annotated[str, Field(pattern=r"^E-[1-9][0-9]*$", max_length=12)]
ShortGateRef = Annotated[str, Field(pattern=r"^G-[1-9][0-9]*$", max_length=12)]


class EquivalenceEntry(Draft):
    """Why a figure about something else speaks for the launch all the same."""

    by: Key
    date: When
    reason: Reason


class ConfirmationEntry(Draft):
    """Who compared a figure with its document, and when."""

    by: Key
    date: When
    note: OptionalReason = ""


class FigureEntry(Draft):
    """The day on which a published figure counts as measured, and what was said about it."""

    measured: When
    equivalence: EquivalenceEntry | None = None
    confirmed: ConfirmationEntry | None = None


class SlotEntry(Draft):
    """A slot in which nobody has measured anything yet."""

    tool: Name
    task: Title
    metric: Title


class PlanEntry(Draft):
    """A booked run."""

    date: When
    by: Key
    n: Samples | None = None


class AttestationEntry(Draft):
    """A person's word on a published finding; it lasts as long as the gate's evidence may."""

    figure: ShortRunRef
    met: StrictBool
    by: Key
    date: When
    statement: Reason


class WaiverEntry(Draft):
    """A request to pass a gate for a time, with the signatures that stand on it."""

    state: GateState
    requested_by: Key
    date: When
    until: When
    officer: Key | None = None
    approver: Key | None = None
    reason: Reason
    compensation: Reason


class GateEntry(Draft):
    """One criterion; a measured one reads the slot of a figure, or one that is still empty."""

    ref: ShortGateRef
    title: Title
    area: Key
    kind: GateKind
    figure: ShortRunRef | None = None
    slot: SlotEntry | None = None
    direction: Direction | None = None
    scale: Scale | None = None
    threshold: Threshold | None = None
    confidence: Level95 = 0.95
    min_n: Samples | None = None
    max_age_days: AgeDays
    must_pass: StrictBool
    statement: OptionalText = ""
    rationale: OptionalReason = ""
    planned: PlanEntry | None = None
    attestation: AttestationEntry | None = None
    waiver: WaiverEntry | None = None

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Self:
        read = (self.figure or self.slot, self.direction, self.scale, self.threshold)
        if self.kind is GateKind.ATTESTED:
            if any(value is not None for value in (*read, self.min_n)) or not self.statement:
                raise ValueError("an attested gate has a statement and reads no metric")
        elif any(value is None for value in read) or self.attestation:
            raise ValueError(
                "a measured gate reads a figure or a slot and says direction, scale and threshold"
            )
        if self.figure and self.slot:
            raise ValueError("a gate reads either a figure or a slot")
        return self

    def reads(self, slots: Mapping[str, Slot]) -> Slot | None:
        """Return the slot that is read, None for an attested gate.

        Args:
            slots: Slot of each figure of the launch, by its number such as `E-3`.
        """
        if self.figure:
            return slots[self.figure]
        return Slot(self.slot.tool, self.slot.task, self.slot.metric) if self.slot else None


class DeterminationEntry(Draft):
    """What we determined about one frontier threshold."""

    area: Key
    outcome: ThresholdOutcome
    confidence: Confidence
    by: Key
    date: When
    rationale: Reason
    safeguards: tuple[MitigationRef, ...] = ()


class CriteriaFile(Draft):
    """`<launch>/criteria.yaml`."""

    launch: Key
    imported_by: Key
    written_by: Key
    figures: Annotated[dict[ShortRunRef, FigureEntry], Field(min_length=1)]
    gates: tuple[GateEntry, ...]
    determinations: tuple[DeterminationEntry, ...]
