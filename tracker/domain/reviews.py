"""Reviews, snapshots, sign-offs, recommendations and decisions, as they leave the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.release import Release
from tracker.domain.review_words import Capacity, ConditionState, ExposureStep, Outcome, Vote
from tracker.domain.words import ExposureStage, Origin, Verdict


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One review of a launch, from its first snapshot until a decision or its end.

    Attributes:
        ref: Such as `gpt-4v-2023-09/REV-1`; never changes, is never reused.
        meeting_on: Day of the launch review meeting; None where none is fixed.
        closed_at: Aware UTC; None while it runs.
    """

    ref: str
    launch: str
    number: int
    opened_by: str
    opened_at: datetime
    meeting_on: date | None
    closed_by: str | None
    closed_at: datetime | None
    closed_because: str
    origin: Origin
    version: int

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `REV-1`."""
        return f"REV-{self.number}"


@dataclass(frozen=True, slots=True)
class SectionHash:
    """The hashes of one section of a snapshot, each SHA-256 in 64 hexadecimal digits.

    Attributes:
        name: `launch`, `method`, or `area:` and the code of a policy area.
        whole: Over every field.
        material: Over every field that is not editorial; a sign-off rests on this one.
        blocking: Over the fields whose change is blocking.
    """

    name: str
    whole: str
    material: str
    blocking: str


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """What a launch was at one moment; the document itself is read apart, for it is large.

    Attributes:
        ref: Such as `gpt-4v-2023-09/S-1`.
        review: Reference of the review that took it.
        as_of: The day whose clocks counted.
        sha256: Of the canonical document's bytes.
        policy: Version of the materiality policy, such as `M1`.
    """

    ref: str
    launch: str
    number: int
    review: str
    taken_at: datetime
    taken_by: str
    authenticated: bool
    as_of: date
    sha256: str
    policy: str
    sections: tuple[SectionHash, ...]
    origin: Origin

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `S-1`."""
        return f"S-{self.number}"


@dataclass(frozen=True, slots=True)
class SignOffRecord:
    """One person's signature on a snapshot; immutable, the latest of a seat counts.

    Attributes:
        area: Code of the policy area for which an area lead signs, else None.
        comment: What they say; the reason of a recusal.
        dissent: Why they object; empty unless they do.
        would_change: What would change their mind; empty unless they object.
        sections: Name of a section to the material hash that the signature rests on.
        answer: Written answer to an objection; empty until there is one.
    """

    id: int
    launch: str
    review: str
    snapshot: str
    person: str
    capacity: Capacity
    area: str | None
    vote: Vote
    comment: str
    dissent: str
    would_change: str
    sections: Mapping[str, str]
    signed_at: datetime
    authenticated: bool
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class RecommendationRecord:
    """What the reviewers recommend to the approver; immutable, the latest of a review counts."""

    id: int
    launch: str
    review: str
    snapshot: str
    outcome: Outcome
    exposure_stage: ExposureStage
    reason: str
    recommended_by: str
    recommended_at: datetime
    authenticated: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the approver decided; immutable, the latest on a launch counts.

    Attributes:
        ref: Such as `gpt-4v-2023-09/D-1`.
        snapshot: Reference of the snapshot that it rests on.
        until: Ends at 24:00 UTC of this day; None for an outcome that lets nothing out.
        gate_result: The verdict by rule at that moment.
        recommended: The outcome that was recommended; None where nobody had recommended.
        override_reason: Why it goes against verdict or recommendation; empty where it does not.
        benefits: What was weighed on the other side.
    """

    ref: str
    launch: str
    number: int
    review: str
    snapshot: str
    outcome: Outcome
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    until: date | None
    reason: str
    benefits: str
    gate_result: Verdict
    recommended: Outcome | None
    override_reason: str
    decided_by: str
    decided_at: datetime
    authenticated: bool
    origin: Origin

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `D-1`."""
        return f"D-{self.number}"

    @property
    def release(self) -> Release:
        """What it covers."""
        return Release(self.model_version, self.configuration, self.exposure_stage)

    @property
    def is_override(self) -> bool:
        """Whether it goes against the verdict or the recommendation."""
        return bool(self.override_reason)


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """An obligation that approval hangs on.

    Attributes:
        ref: Such as `gpt-4v-2023-09/C-1`.
        test: How anybody can tell that it is met.
        due: Ends at 24:00 UTC.
        blocking: While it is not met, nothing goes out.
        state: OPEN, MET or BREACHED as recorded; OVERDUE is computed, never stored.
        decision: Reference of the decision that took it over; None while only proposed by a
            sign-off.
        settled_by: Who said that it is met or breached, other than its owner where met.
    """

    ref: str
    launch: str
    number: int
    text: str
    test: str
    owner: str
    due: date
    blocking: bool
    raised_by: str
    raised_at: datetime
    review: str
    decision: str | None
    state: ConditionState
    settled_by: str | None
    settled_on: date | None
    settled_because: str
    origin: Origin
    version: int

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `C-1`."""
        return f"C-{self.number}"


@dataclass(frozen=True, slots=True)
class ExposureRecord:
    """A change of where the model runs; immutable.

    Attributes:
        decision: Reference of the decision that covered it; None where it was uncovered, or a
            step back that needs none.
        covered: False only for a step to a wider stage that no decision covered.
    """

    id: int
    launch: str
    step: ExposureStep
    before: ExposureStage
    after: ExposureStage
    model_version: str
    configuration: str
    decision: str | None
    covered: bool
    reason: str
    recorded_by: str
    recorded_at: datetime
    origin: Origin


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """One line of the minutes of a review meeting; immutable.

    Attributes:
        item: Key of the agenda item that it is about; empty for the meeting as a whole.
    """

    id: int
    review: str
    item: str
    text: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class AcceptanceRecord:
    """A residual risk that somebody entitled to do so accepts for a time.

    Attributes:
        ref: Such as `gpt-4v-2023-09/A-1`.
        level, harm_score: Current level (a value of `Level`) and harm score, in points, when it
            was asked for; a higher score ends it, a lower one never does.
        fails_if: What would end it, one sentence each.
        compensating: References of the mitigations that it counts on.
        until: Ends at 24:00 UTC of this day.
        lead, officer, approver: Who signed, in which authority; those that the level asks for.
        fired_on: Day on which a failure condition was reported; None where none was.
        ended_by: Who ended it early or reported the failure; None where nobody did.
    """

    ref: str
    launch: str
    number: int
    risk: str
    level: str
    harm_score: float
    justification: str
    fails_if: tuple[str, ...]
    compensating: tuple[str, ...]
    until: date
    requested_by: str
    requested_at: datetime
    lead: str | None
    officer: str | None
    approver: str | None
    fired_on: date | None
    ended_by: str | None
    ended_because: str
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    origin: Origin
    version: int

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `A-1`."""
        return f"A-{self.number}"

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)
