"""The readiness summary as data: six renderers take it, none of them fetches anything."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.domain.gate_state import PathToGreen
from tracker.domain.gates import DeterminationRecord, WaiverRecord
from tracker.domain.ledger import Ledger
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.review_state import (
    AcceptanceStatus,
    ConditionStatus,
    Cover,
    Seat,
    SignOffStatus,
)
from tracker.domain.review_words import Outcome, SignOffStanding, Vote
from tracker.domain.reviews import (
    DecisionRecord,
    ExposureRecord,
    NoteRecord,
    RecommendationRecord,
    ReviewRecord,
    SnapshotRecord,
)
from tracker.domain.snapshots import Difference
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import ExposureStage

NOT_YET_RECORDED = "Not yet recorded"
"""Printed wherever a section's data does not exist yet, so that nothing silently disappears."""

IDENTITY_NOTE = "identity not authenticated"
ILLUSTRATIVE_LABEL = "illustrative judgement"


@dataclass(frozen=True, slots=True)
class ExplainedRisk:
    """A risk with its line in the queue and its score in words.

    Attributes:
        rank_on_launch: Place in the queue of this launch alone, from 1 on.
        explanation: The current priority as a sum in words.
    """

    ranked: RankedRisk
    rank_on_launch: int
    explanation: str
    nist_level: str | None


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What was signed, recommended, decided and accepted on a launch, ended or not.

    Attributes:
        review: The latest one; None before the first.
        snapshot: The one that the summary is made from, else the latest of the review.
        made_from_snapshot: Whether the summary shows the snapshot and not the launch of today.
        changes: What differs from the snapshot.
        seats: Signatures that the review asks for, required ones first.
        missing: What a decision still waits for, in words.
        sign_offs: Of the latest review, oldest first, replaced and void ones too.
        recommendations: Of the latest review, oldest first; the last one counts.
        decisions: On the launch, oldest first; the last one counts.
        cover: Of the launch's release at the stage that it asks for.
        uncovered: The model runs where no decision covers it.
        conditions: Taken over by a decision, or only proposed.
        acceptances: Every one ever asked for, in order of number.
        exposures: Oldest first.
        edits: Changes that can improve a verdict without new evidence, confirmed by a second
            person, newest first.
    """

    review: ReviewRecord | None
    snapshot: SnapshotRecord | None
    made_from_snapshot: bool
    changes: tuple[Difference, ...]
    seats: tuple[Seat, ...]
    missing: tuple[str, ...]
    sign_offs: tuple[SignOffStatus, ...]
    recommendations: tuple[RecommendationRecord, ...]
    decisions: tuple[DecisionRecord, ...]
    cover: Cover | None
    uncovered: bool
    conditions: tuple[ConditionStatus, ...]
    acceptances: tuple[AcceptanceStatus, ...]
    exposures: tuple[ExposureRecord, ...]
    notes: tuple[NoteRecord, ...]
    edits: tuple[ChangeLine, ...]

    @property
    def recommendation(self) -> RecommendationRecord | None:
        """The recommendation that counts; None before the first."""
        return self.recommendations[-1] if self.recommendations else None

    @property
    def decision(self) -> DecisionRecord | None:
        """The decision that counts; None before the first."""
        return self.decisions[-1] if self.decisions else None

    @property
    def objections(self) -> tuple[SignOffStatus, ...]:
        """Every objection of the review that no later signature replaced, void ones too."""
        return tuple(
            one
            for one in self.sign_offs
            if one.sign_off.vote is Vote.OBJECT and one.standing is not SignOffStanding.REPLACED
        )


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """One launch at one moment, ready to be rendered.

    Attributes:
        generated_at: UTC; the only clock in the export, so that equal input gives equal bytes.
        generated_by: Name of the acting person.
        authenticated: Whether that identity was checked.
        why: One sentence on why the verdict is what it is.
        change: One sentence on what would change it.
        proceedings: Signatures and decisions; None where nobody gathered them.
        risks: Open risks in queue order, then none other.
        closed: Closed risks, with reasons, in order of reference.
        recent: Latest changes on this launch, newest first.
        ledger: All evidence of the launch, counted or not.
        waivers: Every waiver that was ever asked for, oldest first; whether one counts stands in
            the state, which knows each gate's latest.
        determinations: Every frontier determination, oldest first.
        path: What turns the verdict; None where nobody worked it out.
        chain: Length and head of the audit chain when the report was made.
    """

    state: LaunchState
    generated_at: datetime
    generated_by: str
    authenticated: bool
    why: str
    change: str
    risks: tuple[ExplainedRisk, ...]
    closed: tuple[RankedRisk, ...]
    areas: tuple[PolicyAreaRecord, ...]
    recent: tuple[ChangeLine, ...]
    ledger: Ledger
    waivers: tuple[WaiverRecord, ...]
    determinations: tuple[DeterminationRecord, ...]
    path: PathToGreen | None
    chain: ChainHead
    product_version: str
    is_demo: bool
    proceedings: Proceedings | None = None

    @property
    def recommendation(self) -> str | None:
        """What is recommended, in words; None where nobody has recommended."""
        made = self.proceedings.recommendation if self.proceedings else None
        return made and stage_words(made.outcome, made.exposure_stage)

    @property
    def decision(self) -> str | None:
        """What is decided, in words; None where nobody has decided."""
        made = self.proceedings.decision if self.proceedings else None
        return made and stage_words(made.outcome, made.exposure_stage, made.until)

    @property
    def dissent_count(self) -> int | None:
        """How many objections the latest review has; None where nobody gathered them."""
        return len(self.proceedings.objections) if self.proceedings else None


def stage_words(outcome: Outcome, stage: ExposureStage, until: date | None = None) -> str:
    """Return an outcome with what it covers, such as `go at limited preview until 2026-12-01`."""
    if not outcome.lets_out:
        return str(outcome)
    return f"{outcome} at {stage}" + (f" until {until.isoformat()}" if until else "")
