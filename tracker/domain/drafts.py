"""What people hand in: frozen, complete, and refused with a sentence per field when wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from tracker.domain.picks import Picks
from tracker.domain.release import Release
from tracker.domain.types import (
    REASON_LEAST,
    Days,
    Key,
    MitigationRef,
    Name,
    OptionalName,
    OptionalReason,
    OptionalSignIn,
    OptionalText,
    Pick,
    Reason,
    RiskRef,
    Share,
    TagCode,
    Text,
    Title,
)
from tracker.domain.validation import Draft
from tracker.domain.words import (
    Applicability,
    CloseReason,
    EvidenceGrade,
    ExposureStage,
    Factor,
    LaunchRoleName,
    Layer,
    Mechanism,
    ReviewStatus,
    Role,
    VerificationKind,
)


def _beyond_none(stage: ExposureStage) -> ExposureStage:
    if stage is ExposureStage.NONE:
        raise ValueError("the exposure asked for must be a stage beyond “none”")
    return stage


StageAsked = Annotated[ExposureStage, AfterValidator(_beyond_none)]


class PersonDraft(Draft):
    """Somebody who acts in the register; without a sign-in name they cannot sign in."""

    key: Key
    name: Name
    roles: frozenset[Role] = Field(min_length=1)
    leads: tuple[Key, ...] = ()
    sign_in: OptionalSignIn = ""


class PersonChange(Draft):
    """What somebody may do from now on, complete, and under which name they sign in."""

    roles: frozenset[Role] = Field(min_length=1)
    leads: tuple[Key, ...] = ()
    sign_in: OptionalSignIn = ""


class TeamDraft(Draft):
    """A team that delivers mitigations, with its free person-days until the planning horizon."""

    key: Key
    name: Name
    people: Annotated[int, Field(ge=1, le=10_000)]
    person_days: Days


class LaunchDraft(Draft):
    """A launch that somebody wants to register.

    `target_date` ends at 24:00 UTC. `as_of` is set only for a historical launch: the day as of
    which its clocks are to be read.
    """

    key: Key
    name: Title
    summary: OptionalText = ""
    developer: OptionalName = ""
    model_version: Name
    configuration: Title
    surfaces: OptionalText = ""
    exposure_asked: StageAsked
    exposure_now: ExposureStage
    target_date: date
    as_of: date | None = None
    owner: Key
    responsible_officer: Key | None = None
    approver: Key | None = None

    @model_validator(mode="after")
    def _roles_are_separate(self) -> Self:
        holders = list(self.holders().values())
        if len(holders) != len(set(holders)):
            raise ValueError(
                "one person may hold only one of launch owner, responsible officer and approver"
            )
        return self

    def holders(self) -> dict[LaunchRoleName, str]:
        """Return who holds which role on the launch."""
        pairs = {
            LaunchRoleName.LAUNCH_OWNER: self.owner,
            LaunchRoleName.RESPONSIBLE_OFFICER: self.responsible_officer,
            LaunchRoleName.APPROVER: self.approver,
        }
        return {role: person for role, person in pairs.items() if person is not None}


class LaunchChange(Draft):
    """What somebody changes on a launch; fields left out stay as they are."""

    name: Title | None = None
    summary: OptionalText | None = None
    developer: OptionalName | None = None
    model_version: Name | None = None
    configuration: Title | None = None
    surfaces: OptionalText | None = None
    exposure_asked: StageAsked | None = None
    target_date: date | None = None
    review_status: ReviewStatus | None = None


class ScopeDraft(Draft):
    """A decision about one policy area on one launch; anything but "in scope" needs a reason."""

    area: Key
    applicability: Applicability
    reason: OptionalReason = ""

    @model_validator(mode="after")
    def _exclusion_has_reason(self) -> Self:
        if self.applicability is not Applicability.IN_SCOPE and len(self.reason) < REASON_LEAST:
            raise ValueError(f"“{self.applicability}” needs a reason")
        return self


class TagDraft(Draft):
    """A code of a public taxonomy, such as `nist_600_1` `GAI-2`."""

    taxonomy: Key
    code: TagCode


class RiskDraft(Draft):
    """A risk scenario: what could go wrong, by whom, to whom, by what path."""

    title: Title
    scenario: Text
    area: Key
    also_touches: tuple[Key, ...] = ()
    owner: Key | None = None
    due: date | None = None
    source: OptionalText = ""
    tags: tuple[TagDraft, ...] = ()


class RiskChange(Draft):
    """What somebody changes on a risk; fields left out stay as they are."""

    title: Title | None = None
    scenario: Text | None = None
    area: Key | None = None
    also_touches: tuple[Key, ...] | None = None
    owner: Key | None = None
    due: date | None = None
    source: OptionalText | None = None
    tags: tuple[TagDraft, ...] | None = None


class RiskClosure(Draft):
    """A request to close a risk; it holds until a second person confirms it."""

    close_reason: CloseReason
    duplicate_of: RiskRef | None = None
    note: Reason

    @model_validator(mode="after")
    def _duplicate_names_its_twin(self) -> Self:
        if (self.close_reason is CloseReason.DUPLICATE) != (self.duplicate_of is not None):
            raise ValueError(
                "a duplicate names the risk that it repeats, and only a duplicate does"
            )
        return self


REASON_FROM = 4


class PicksDraft(Draft):
    """The five picks of an assessment, each from 1 to 5, none with a default."""

    model_config = ConfigDict(from_attributes=True)

    likelihood: Pick
    severity: Pick
    exposure: Pick
    reversibility: Pick
    business_impact: Pick

    def record(self) -> Picks:
        """Return the picks as the record that leaves the store."""
        return Picks(**self.model_dump())


class AssessmentSubmission(Draft):
    """One assessor's judgement of one risk, complete and about to become immutable.

    `reasons` holds a sentence for each factor picked at 4 or 5; a `rationale` of at least three
    characters holds for the whole.
    """

    picks: PicksDraft
    grade: EvidenceGrade
    reasons: Mapping[Factor, Reason] = Field(default_factory=dict[Factor, str])
    rationale: OptionalReason = ""

    @model_validator(mode="after")
    def _high_picks_have_reasons(self) -> Self:
        missing = [
            factor.value.replace("_", " ")
            for factor in Factor
            if self.picks.record().of(factor) >= REASON_FROM and factor not in self.reasons
        ]
        if missing and len(self.rationale) < REASON_LEAST:
            raise ValueError(f"a pick of 4 or 5 needs a reason; missing for {', '.join(missing)}")
        return self


class PartialAssessment(Draft):
    """A half-made assessment, kept for its author; it counts for nothing.

    `about` is the release that its first pick was made for, as the service that keeps it knows.
    """

    picks: Mapping[Factor, Pick] = Field(default_factory=dict[Factor, int])
    grade: EvidenceGrade | None = None
    reasons: Mapping[Factor, OptionalReason] = Field(default_factory=dict[Factor, str])
    rationale: OptionalReason = ""
    about: Release | None = None


class EffectDraft(Draft):
    """Share of a risk's expected loss that a mitigation removes, or that it introduces the risk.

    Shares run from 0 to below 1 as low, best and high estimate.
    """

    risk: RiskRef
    low: Share | None = None
    best: Share | None = None
    high: Share | None = None
    introduces: bool = False
    basis: OptionalReason = ""

    @model_validator(mode="after")
    def _shares_fit_together(self) -> Self:
        shares = (self.low, self.best, self.high)
        if self.introduces:
            if any(share is not None for share in shares):
                raise ValueError("a mitigation that introduces a risk removes no share of it")
            return self
        if self.low is None or self.best is None or self.high is None:
            raise ValueError("give the low, best and high share removed")
        if not self.low <= self.best <= self.high:
            raise ValueError("the shares must rise: low, best, high")
        return self


class EffortDraft(Draft):
    """Person-days that one team still has to spend."""

    team: Key
    days: Days


class Duration(Draft):
    """Calendar days from start to verified: shortest, most likely, longest."""

    shortest: Days
    likely: Days
    longest: Days

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.shortest <= self.likely <= self.longest:
            raise ValueError("the days must rise: shortest, most likely, longest")
        return self


class MitigationDraft(Draft):
    """What lowers risks; one record however many risks and launches it serves."""

    title: Title
    summary: OptionalText = ""
    mechanism: Mechanism
    layer: Layer
    owner: Key | None = None
    team: Key | None = None
    duration: Duration | None = None
    source: OptionalText = ""
    efforts: tuple[EffortDraft, ...] = ()
    effects: tuple[EffectDraft, ...] = ()


class MitigationChange(Draft):
    """What somebody changes on a mitigation; fields left out stay as they are."""

    title: Title | None = None
    summary: OptionalText | None = None
    mechanism: Mechanism | None = None
    layer: Layer | None = None
    owner: Key | None = None
    team: Key | None = None
    duration: Duration | None = None
    source: OptionalText | None = None
    efforts: tuple[EffortDraft, ...] | None = None
    effects: tuple[EffectDraft, ...] | None = None


class LaunchMitigationDraft(Draft):
    """A mitigation put on one launch, where it starts as proposed."""

    mitigation: MitigationRef
    launch: Key
    mandatory: bool = False
    due: date | None = None


class VerifiedShare(Draft):
    """The share of one risk's expected loss that a verification measured."""

    risk: RiskRef
    share: Share


class VerificationDraft(Draft):
    """A mitigation shown to work on one launch, by somebody other than its owner.

    "In place" counts each low estimate; "effect measured" counts the shares given here.
    """

    kind: VerificationKind
    evidence: Reason
    shares: tuple[VerifiedShare, ...] = ()

    @model_validator(mode="after")
    def _shares_follow_kind(self) -> Self:
        if (self.kind is VerificationKind.EFFECT_MEASURED) != bool(self.shares):
            raise ValueError("a measured effect states its shares, and only a measured effect does")
        risks = [share.risk for share in self.shares]
        twice = sorted({risk for risk in risks if risks.count(risk) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} is named twice among the shares")
        return self
