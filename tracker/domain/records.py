"""What leaves the store: frozen records without behaviour of a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.domain.picks import Picks
from tracker.domain.release import Release
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import (
    Applicability,
    CloseReason,
    EvidenceGrade,
    ExposureStage,
    Factor,
    GateType,
    LaunchRoleName,
    Layer,
    Mechanism,
    MitigationStatus,
    Origin,
    RegisterKind,
    ReviewStatus,
    RiskStatus,
    Role,
    VerificationKind,
)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody who acts in the register; never deleted, only made inactive.

    Attributes:
        sign_in: What the OpenID provider calls them (the claim that the settings name), in small
            letters; None for somebody who cannot sign in.
    """

    key: str
    name: str
    roles: frozenset[Role]
    leads: tuple[str, ...]
    active: bool
    version: int = 1
    sign_in: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for something, as far as we know.

    Attributes:
        authenticated: Whether they signed in; False in local mode and on the command line, and
            screens and exports then say so.
    """

    person: PersonRecord
    authenticated: bool = False

    @property
    def key(self) -> str:
        """Key of the acting person."""
        return self.person.key


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A team with its free person-days."""

    key: str
    name: str
    people: int
    person_days: float


@dataclass(frozen=True, slots=True)
class PolicyAreaRecord:
    """One area of the safety taxonomy."""

    code: str
    name: str
    family: str
    family_name: str
    gate_type: GateType
    definition: str
    position: int


@dataclass(frozen=True, slots=True)
class ProposedHolder:
    """Somebody proposed for a role on a launch in place of another; counts once confirmed."""

    role: LaunchRoleName
    person: str
    asked_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class LaunchRecord:
    """One model or product release under review.

    Attributes:
        target_date: Ends at 24:00 UTC.
        as_of: Day as of which a historical launch is to be read, else None.
        holders: Who holds which role on this launch.
        proposed: Changes of holders that await a second person.
        version: Row version for optimistic locking.
    """

    key: str
    name: str
    summary: str
    developer: str
    model_version: str
    configuration: str
    surfaces: str
    exposure_asked: ExposureStage
    exposure_now: ExposureStage
    review_status: ReviewStatus
    target_date: date
    as_of: date | None
    note: str
    source: str
    origin: Origin
    cloned_from: str | None
    holders: Mapping[LaunchRoleName, str]
    version: int
    proposed: tuple[ProposedHolder, ...] = ()

    @property
    def release(self) -> Release:
        """What the launch asks to let out: version, configuration and stage asked for."""
        return Release(self.model_version, self.configuration, self.exposure_asked)

    @property
    def owner(self) -> str | None:
        """Key of the launch owner."""
        return self.holders.get(LaunchRoleName.LAUNCH_OWNER)


@dataclass(frozen=True, slots=True)
class ScopeRecord:
    """What was decided about one policy area on one launch."""

    launch: str
    area: str
    applicability: Applicability
    reason: str
    decided_by: str
    confirmed_by: str | None
    origin: Origin
    version: int


@dataclass(frozen=True, slots=True)
class RiskRecord:
    """A risk scenario of one launch.

    Attributes:
        ref: Such as `gpt-4v-2023-09/R-6`; never changes, is never reused.
        touches: Further policy areas; an area counts as covered by either.
        source: Document and section that a published fact comes from.
        status: Closed only once a second person has confirmed the closure.
        closure_asked_by: Who asked to close it; None where nobody did.
        withheld: Why its detail is withheld from most; None where it is not.
    """

    ref: str
    launch: str
    number: int
    title: str
    scenario: str
    area: str
    touches: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    owner: str | None
    due: date | None
    source: str
    note: str
    origin: Origin
    status: RiskStatus
    close_reason: CloseReason | None
    close_note: str
    duplicate_of: str | None
    closure_asked_by: str | None
    closure_confirmed_by: str | None
    created_at: datetime
    version: int
    withheld: WithheldClass | None = None

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `R-6`."""
        return f"R-{self.number}"


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One assessor's judgement of one risk at one time; immutable.

    Attributes:
        confirms: Id of the outdated assessment whose picks this one confirms, else None.
    """

    id: int
    risk: str
    assessor: str
    picks: Picks
    grade: EvidenceGrade
    reasons: Mapping[Factor, str]
    rationale: str
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    submitted_at: datetime
    confirms: int | None
    origin: Origin

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)


@dataclass(frozen=True, slots=True)
class EffectRecord:
    """What a mitigation does to one risk: shares removed, or None where it introduces the risk."""

    mitigation: str
    risk: str
    low: float | None
    best: float | None
    high: float | None
    introduces: bool
    basis: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    """A mitigation shown to work on one launch and version, for one risk or (None) at all."""

    id: int
    mitigation: str
    launch: str
    risk: str | None
    kind: VerificationKind
    share: float | None
    evidence: str
    verified_by: str
    verified_on: date
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    origin: Origin

    @property
    def release(self) -> Release:
        """What it is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)


@dataclass(frozen=True, slots=True)
class PlacementRecord:
    """A mitigation on one launch (table LaunchMitigation).

    Attributes:
        release_asked_by: Who asked to take its mandatory mark away; it stays mandatory until a
            second person confirms.
    """

    mitigation: str
    launch: str
    status: MitigationStatus
    mandatory: bool
    due: date | None
    origin: Origin
    version: int
    release_asked_by: str | None = None
    release_reason: str = ""


@dataclass(frozen=True, slots=True)
class MitigationRecord:
    """What lowers risks, numbered register-wide."""

    ref: str
    number: int
    title: str
    summary: str
    mechanism: Mechanism
    layer: Layer
    owner: str | None
    team: str | None
    duration: tuple[float, float, float] | None
    efforts: Mapping[str, float]
    source: str
    origin: Origin
    version: int


@dataclass(frozen=True, slots=True)
class AssessmentDraftRecord:
    """A half-made assessment of one author; counts for nothing.

    Attributes:
        about: The release that its first pick was made for.
    """

    risk: str
    author: str
    picks: Mapping[Factor, int]
    grade: EvidenceGrade | None
    reasons: Mapping[Factor, str] = field(default_factory=dict[Factor, str])
    rationale: str = ""
    saved_at: datetime | None = None
    about: Release | None = None


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """What a register is.

    Attributes:
        profile_version: Scoring profile that it was made for, such as `P1`.
        demo_loaded_on: Day from which the demo's offsets count; None in one's own register.
    """

    kind: RegisterKind
    created_at: datetime
    profile_version: str
    demo_loaded_on: date | None
