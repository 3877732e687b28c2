"""What `<launch>/review.yaml` of the demo looks like: review, decision, acceptances, exposure.

All of it is ours and illustrative; what is published stands under `facts`, with its source. Levels
and authorities are checked against the files, harm scores and section hashes are computed when the
demo is loaded.
"""

from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from tracker.domain.review_words import Capacity, Outcome, Vote
from tracker.domain.types import Key, MitigationRef, OptionalReason, Reason
from tracker.domain.validation import Draft
from tracker.domain.words import ExposureStage, Level
from tracker.readers.criteria_files import ShortRunRef
from tracker.readers.demo_days import Day, When
from tracker.readers.demo_sources import Figure

ShortRiskRef = Annotated[str, Field(pattern=r"^R-[1-9][0-9]*$", max_length=12)]
ShortAcceptanceRef = Annotated[str, Field(pattern=r"^A-[1-9][0-9]*$", max_length=12)]
ShortConditionRef = Annotated[str, Field(pattern=r"^C-[1-9][0-9]*$", max_length=12)]
ShortDecisionRef = Annotated[str, Field(pattern=r"^D-[1-9][0-9]*$", max_length=12)]
ShortReviewRef = Annotated[str, Field(pattern=r"^REV-[1-9][0-9]*$", max_length=12)]
ShortSnapshotRef = Annotated[str, Field(pattern=r"^S-[1-9][0-9]*$", max_length=12)]


class AcceptanceEntry(Draft):
    """A residual risk that somebody entitled to do so accepts for a time.

    `lead` signs what is Moderate or below, officer and approver together what is High.
    """

    ref: ShortAcceptanceRef
    risk: ShortRiskRef
    level: Level
    requested_by: Key
    lead: Key | None = None
    officer: Key | None = None
    approver: Key | None = None
    date: When
    until: When
    stage: ExposureStage
    reason: Reason
    facts: tuple[Figure, ...] = ()
    fails_if: Annotated[tuple[Reason, ...], Field(min_length=1)]
    compensating: tuple[MitigationRef, ...] = ()


class MetEntry(Draft):
    """Who said that a condition is met, when, on which published figures."""

    by: Key
    date: When
    evidence: Annotated[tuple[ShortRunRef, ...], Field(min_length=1)]


class ConditionEntry(Draft):
    """An obligation; a sign-off proposes it, a decision may take it over."""

    ref: ShortConditionRef
    text: Reason
    test: Reason
    owner: Key
    due: When
    blocking: StrictBool
    raised_by: Key
    met: MetEntry | None = None


class SignOffEntry(Draft):
    """A signature; an area lead signs once for each of the areas named."""

    by: Key
    capacity: Capacity
    areas: tuple[Key, ...] = ()
    vote: Vote
    date: When
    comment: OptionalReason = ""
    dissent: OptionalReason = ""
    would_change: OptionalReason = ""
    conditions: tuple[ShortConditionRef, ...] = ()

    @model_validator(mode="after")
    def _vote_has_what_it_needs(self) -> Self:
        if (self.vote is Vote.OBJECT) != bool(self.dissent and self.would_change):
            raise ValueError("an objection says why and what would change it, no other vote does")
        if (self.vote is Vote.APPROVE_WITH_CONDITIONS) != bool(self.conditions):
            raise ValueError("conditions go with an approval with conditions, at least one")
        if self.vote is Vote.RECUSE and not self.comment:
            raise ValueError("a recusal has a reason")
        if (self.capacity is Capacity.AREA_LEAD) != bool(self.areas):
            raise ValueError("an area lead names the areas, and nobody else does")
        return self


class RecommendationEntry(Draft):
    """What is recommended to the approver."""

    by: Key
    date: When
    outcome: Outcome
    stage: ExposureStage
    reason: Reason


class DecisionEntry(Draft):
    """What the approver decided; the verdict by rule at that moment is computed."""

    ref: ShortDecisionRef
    by: Key
    date: When
    until: When | None
    outcome: Outcome
    stage: ExposureStage
    conditions: tuple[ShortConditionRef, ...] = ()
    reason: Reason
    override_reason: OptionalReason = ""
    facts: tuple[Figure, ...] = ()


class SnapshotEntry(Draft):
    """The snapshot of the review; taken when the demo is loaded, dated as the file says."""

    ref: ShortSnapshotRef
    date: When


class ClosedEntry(Draft):
    """Who closed the review, when and why."""

    by: Key
    date: When
    reason: Reason


class ReviewEntry(Draft):
    """One review of the launch with everything that was signed and decided in it."""

    ref: ShortReviewRef
    opened_by: Key
    opened: When
    snapshot: SnapshotEntry
    meeting: When | None = None
    closed: ClosedEntry | None = None
    conditions: tuple[ConditionEntry, ...] = ()
    sign_offs: tuple[SignOffEntry, ...] = ()
    recommendation: RecommendationEntry | None = None
    decision: DecisionEntry | None = None


class ExposureEntry(Draft):
    """A published step to a wider stage; the label of the stage is ours."""

    date: Day
    stage: ExposureStage
    decision: ShortDecisionRef | None = None
    fact: Figure


class ReviewFile(Draft):
    """`<launch>/review.yaml`."""

    launch: Key
    acceptances: tuple[AcceptanceEntry, ...]
    review: ReviewEntry | None = None
    exposures: tuple[ExposureEntry, ...]
