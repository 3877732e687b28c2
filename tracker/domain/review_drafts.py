"""What people hand in during and after a review."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from tracker.domain.review_words import Outcome, Vote
from tracker.domain.types import (
    REASON_LEAST,
    REF_LENGTH,
    Key,
    MitigationRef,
    OptionalReason,
    Reason,
    RiskRef,
)
from tracker.domain.validation import Draft
from tracker.domain.words import ExposureStage

SnapshotRef = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*/S-[1-9][0-9]*$", max_length=80)]


class ConditionDraft(Draft):
    """An obligation that approval hangs on, with a test, an owner and a day."""

    text: Reason
    test: Reason
    owner: Key
    due: date
    blocking: bool


class SignOffDraft(Draft):
    """A signature on a snapshot, for one seat.

    An objection says why (`dissent`) and what would change one's mind; a recusal gives its reason
    in `comment`; an approval with conditions names at least one.
    """

    snapshot: SnapshotRef
    vote: Vote
    area: Key | None = None
    comment: OptionalReason = ""
    dissent: OptionalReason = ""
    would_change: OptionalReason = ""
    conditions: tuple[ConditionDraft, ...] = ()

    @model_validator(mode="after")
    def _vote_has_what_it_needs(self) -> Self:
        objects = self.vote is Vote.OBJECT
        if objects and min(len(self.dissent), len(self.would_change)) < REASON_LEAST:
            raise ValueError("an objection says why, and what would change your mind")
        if not objects and (self.dissent or self.would_change):
            raise ValueError("only an objection has a dissent")
        if self.vote is Vote.RECUSE and len(self.comment) < REASON_LEAST:
            raise ValueError("a recusal has a reason")
        if (self.vote is Vote.APPROVE_WITH_CONDITIONS) != bool(self.conditions):
            raise ValueError("conditions go with an approval with conditions, at least one")
        return self


class AnswerDraft(Draft):
    """The written answer to an objection."""

    answer: Reason


class NoteDraft(Draft):
    """One line of the minutes; `item` is the key of an agenda item, empty for the whole meeting."""

    text: Reason
    item: Annotated[str, Field(max_length=REF_LENGTH)] = ""


class RecommendationDraft(Draft):
    """What the reviewers recommend, on a snapshot."""

    snapshot: SnapshotRef
    outcome: Outcome
    exposure_stage: ExposureStage
    reason: Reason


class DecisionDraft(Draft):
    """What the approver decides, on a snapshot.

    `exposure_stage` and `until` say what an outcome that lets the model out covers; for the others
    the stage is none and there is no day. `override_reason` is needed, and only then given, where
    the decision goes against verdict or recommendation.
    """

    snapshot: SnapshotRef
    outcome: Outcome
    exposure_stage: ExposureStage = ExposureStage.NONE
    until: date | None = None
    reason: Reason
    benefits: OptionalReason = ""
    override_reason: OptionalReason = ""
    conditions: tuple[ConditionDraft, ...] = ()
    takes_over: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _outcome_has_what_it_needs(self) -> Self:
        covers = self.exposure_stage is not ExposureStage.NONE and self.until is not None
        if self.outcome.lets_out and not covers:
            raise ValueError("say which stage the decision covers, and until when")
        if not self.outcome.lets_out and (
            self.until is not None or self.exposure_stage is not ExposureStage.NONE
        ):
            raise ValueError(f"“{self.outcome}” covers no stage and no time")
        conditional = self.outcome is Outcome.GO_WITH_CONDITIONS
        if conditional and not (self.conditions or self.takes_over):
            raise ValueError("a go with conditions names at least one condition")
        return self


class AcceptanceDraft(Draft):
    """Asks to accept what is left of a risk, for a time."""

    justification: Reason
    fails_if: Annotated[tuple[Reason, ...], Field(min_length=1)]
    compensating: tuple[MitigationRef, ...] = ()
    until: date


class DroppedRisk(Draft):
    """A risk of the last launch that the next one does not take over, and why."""

    risk: RiskRef
    reason: Reason
