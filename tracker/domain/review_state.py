"""What review, decision, conditions and acceptances of a launch are today; computed, not stored."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.review_words import (
    AcceptanceState,
    Capacity,
    ConditionState,
    CoverState,
    InboxKind,
    SignOffStanding,
)
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
    NoteRecord,
    RecommendationRecord,
    ReviewRecord,
    SignOffRecord,
    SnapshotRecord,
)
from tracker.domain.snapshots import Difference
from tracker.domain.words import ReviewStatus


@dataclass(frozen=True, slots=True)
class AcceptanceStatus:
    """The latest acceptance of a risk, whether it counts today, and why (not)."""

    acceptance: AcceptanceRecord
    state: AcceptanceState
    why: str


@dataclass(frozen=True, slots=True)
class ConditionStatus:
    """A condition that a decision took over (or that is only proposed), as it stands today."""

    condition: ConditionRecord
    state: ConditionState
    why: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether a release at a stage is covered by the latest decision, and why not."""

    decision: DecisionRecord | None
    state: CoverState
    why: str

    @property
    def covers(self) -> bool:
        """Whether the model may run there."""
        return self.state is CoverState.COVERED


@dataclass(frozen=True, slots=True)
class DecisionStanding:
    """What was decided on a launch and whether it still carries.

    Attributes:
        decisions: Oldest first; the last one counts.
        recommendation: The latest of the latest review; None where nobody recommended.
        objections: Standing objections of the latest review, answered or not.
        cover: Of the launch's release at the stage that it asks for.
        exposed: Cover of the stage at which the model runs now; None where it runs nowhere.
        uncovered: The model runs where no decision covers it.
        review_status: Where the work is, with expired cover, a fired failure condition and
            uncovered exposure taken into account.
        exposures: Oldest first.
    """

    decisions: tuple[DecisionRecord, ...]
    recommendation: RecommendationRecord | None
    objections: tuple[SignOffRecord, ...]
    cover: Cover
    exposed: Cover | None
    uncovered: bool
    review_status: ReviewStatus
    exposures: tuple[ExposureRecord, ...]

    @property
    def latest(self) -> DecisionRecord | None:
        """The decision that counts; None before the first."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True, slots=True)
class SignOffStatus:
    """A sign-off and whether it counts today.

    Attributes:
        since: What changed in its sections since it was signed, material or blocking only.
    """

    sign_off: SignOffRecord
    standing: SignOffStanding
    since: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A signature that a review asks for.

    Attributes:
        capacity: As what the person signs.
        person: Key of who has to sign; None where the register names nobody for it.
        area: Policy area of an area lead, else None.
        because: Why it is required, such as "required because R-3 is Critical".
        checks: What to look at before signing.
        required: Whether a decision waits for it.
        sign_off: The latest of this seat; None where there is none.
    """

    capacity: Capacity
    person: str | None
    area: str | None
    because: str
    checks: tuple[str, ...]
    required: bool
    sign_off: SignOffStatus | None

    @property
    def answered(self) -> bool:
        """Whether a standing sign-off fills it."""
        return self.sign_off is not None and self.sign_off.standing is SignOffStanding.STANDS


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A review today.

    Attributes:
        snapshot: The latest one.
        changes: What differs from the latest snapshot today, editorial ones too.
        seats: Every signature asked for, required ones first.
        sign_offs: Every sign-off of the review, oldest first, replaced and void ones too.
        unanswered: Objections without a written answer.
        missing: What a decision still waits for, in words; empty where the approver may decide.
        stale: A material change asks for a new snapshot before anyone else signs.
    """

    review: ReviewRecord
    snapshot: SnapshotRecord
    snapshots: tuple[SnapshotRecord, ...]
    changes: tuple[Difference, ...]
    seats: tuple[Seat, ...]
    sign_offs: tuple[SignOffStatus, ...]
    recommendation: RecommendationRecord | None
    conditions: tuple[ConditionStatus, ...]
    decisions: tuple[DecisionRecord, ...]
    notes: tuple[NoteRecord, ...]
    unanswered: tuple[SignOffRecord, ...]
    missing: tuple[str, ...]
    stale: bool


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist before a review; `met` False keeps the launch from review."""

    met: bool
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One thing that waits for a person.

    Attributes:
        launch: Key; empty where it belongs to none.
        subject: Reference such as `gpt-4v-2023-09/R-6`.
        text: What to do, in one line; references only, so that it may leave the register.
        due: None where nothing is due.
    """

    person: str
    kind: InboxKind
    launch: str
    subject: str
    text: str
    due: date | None
