"""What the files of the demo portfolio look like: published facts apart from our judgements."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from tracker.domain.drafts import Draft, PicksDraft
from tracker.domain.evidence import EvidenceFile
from tracker.domain.types import (
    Days,
    Key,
    MitigationRef,
    Name,
    OptionalText,
    Reason,
    RiskRef,
    Share,
    Text,
    Title,
)
from tracker.domain.words import (
    Applicability,
    EvidenceGrade,
    ExposureStage,
    Layer,
    Mechanism,
    MitigationStatus,
    ReviewStatus,
    Role,
)
from tracker.readers.criteria_files import CriteriaFile
from tracker.readers.demo_days import Day, When
from tracker.readers.demo_sources import Figure, Source
from tracker.readers.review_files import ReviewFile

ShortRef = Annotated[str, Field(pattern=r"^R-[1-9][0-9]*$", max_length=12)]
Shares = tuple[Share, Share, Share]
Durations = tuple[Days, Days, Days]


class Document(Draft):
    """A public document; `checked` says how we read it, `sections` how it is cited."""

    title: Title
    publisher: Name
    date: Name
    url: Text
    checked: Text
    sections: OptionalText = ""


class DocumentsFile(Draft):
    """`sources.yaml`."""

    documents: dict[Key, Document]


class PersonEntry(Draft):
    """A made-up person of the demo, named by what they do."""

    key: Key
    name: Name
    roles: Annotated[frozenset[Role], Field(min_length=1)]
    leads: tuple[Key, ...] = ()


class TeamEntry(Draft):
    """A made-up team with its free person-days."""

    key: Key
    name: Name
    people: Annotated[int, Field(ge=1, le=10_000)]
    person_days: Days


class PortfolioFile(Draft):
    """`portfolio.yaml`: the launches in the order in which mitigations are numbered."""

    version: int
    statement: Text
    launches: Annotated[tuple[Key, ...], Field(min_length=1)]
    people: tuple[PersonEntry, ...]
    teams: tuple[TeamEntry, ...]


class Surface(Draft):
    """Where a launch appears; `recalled` marks an access that was not read again."""

    name: Title
    access: Title
    document: Key
    recalled: StrictBool = False


class Milestone(Draft):
    """A dated event; the date is as exact as the document is."""

    date: Name
    event: Text
    source: Source


class RiskFacts(Draft):
    """A risk as a document tells it; `status_in_card` is our reading of the text."""

    ref: ShortRef
    title: Title
    scenario: Text
    area: Key
    touches: tuple[Key, ...] = ()
    status_in_card: Literal[
        "mitigated, measured",
        "mitigated, not measured",
        "partially mitigated",
        "open",
        "monitored",
    ]
    residual: Text
    source: Source


class MitigationFacts(Draft):
    """A mitigation as a document tells it, with the risks that it lowers or worsens."""

    ref: MitigationRef
    title: Title
    summary: OptionalText = ""
    layer: Layer
    lowers: tuple[ShortRef, ...]
    worsens: tuple[ShortRef, ...] = ()
    status_in_card: Literal["in place", "partial", "planned"]
    source: Source
    figures: tuple[Figure, ...] = ()


class FactsFile(Draft):
    """`<launch>/facts.yaml`: what the public documents say about one launch."""

    launch: Key
    name: Title
    developer: Name
    launched: Day
    launched_note: OptionalText = ""
    document: Key
    builds_on: Key | None = None
    takes: tuple[Name, ...]
    gives: tuple[Name, ...]
    not_under_review: tuple[Name, ...]
    surfaces: tuple[Surface, ...]
    milestones: tuple[Milestone, ...]
    risks: tuple[RiskFacts, ...]
    mitigations: tuple[MitigationFacts, ...]


class TouchEntry(Draft):
    """A further policy area that we count a risk under, and why."""

    risk: ShortRef
    area: Key
    reason: Text


class ScopeEntry(Draft):
    """What we decided about one policy area; in scope without a risk needs its reason."""

    area: Key
    applicability: Applicability
    confirmed_by: Key | None = None
    reason: Annotated[str, Field(max_length=2000)] = ""


class AssessmentEntry(Draft):
    """One judgement of one risk by one assessor on one day."""

    by: Key
    date: When
    picks: PicksDraft
    grade: EvidenceGrade
    reason: Reason


class UnassessedEntry(Draft):
    """A risk that nobody has scored, on purpose, and who was asked until when."""

    risk: ShortRef
    reason: Text
    asked: tuple[Key, ...]
    due: When


class VerifiedEntry(Draft):
    """Who verified a mitigation, and when."""

    by: Key
    date: When


class MitigationJudgement(Draft):
    """What we made up about a published mitigation."""

    mechanism: Mechanism
    team: Key
    owner: Key
    status: MitigationStatus
    mandatory: StrictBool = False
    due: When | None = None
    since: Day | None = None
    verified: VerifiedEntry | None = None
    days: dict[Key, Days]
    duration: Durations
    shares: dict[ShortRef, Shares]
    basis: Reason


class JudgementsFile(Draft):
    """`<launch>/judgements.yaml`: our illustrative judgements about one launch."""

    launch: Key
    owner: Key
    responsible_officer: Key
    approver: Key
    review_status: ReviewStatus
    target: When | None = None
    as_of: Day | None = None
    model_version: Name
    configuration: Title
    exposure_asked: ExposureStage
    exposure_now: ExposureStage
    notes: tuple[Text, ...]
    also_touches: tuple[TouchEntry, ...]
    scope: tuple[ScopeEntry, ...]
    assessments: dict[ShortRef, Annotated[tuple[AssessmentEntry, ...], Field(min_length=1)]]
    unassessed: tuple[UnassessedEntry, ...]
    mitigations: dict[MitigationRef, MitigationJudgement]


class Proposal(Draft):
    """A mitigation that we propose; it stands as proposed on each of its launches."""

    ref: MitigationRef
    launches: Annotated[tuple[Key, ...], Field(min_length=1)]
    title: Title
    summary: OptionalText
    mechanism: Mechanism
    layer: Layer
    team: Key
    owner: Key
    mandatory: StrictBool = False
    due: When
    days: dict[Key, Days]
    duration: Durations
    shares: dict[RiskRef, Shares]
    worsens: tuple[RiskRef, ...] = ()
    basis: Reason


class ProposalsFile(Draft):
    """`proposals.yaml`."""

    mitigations: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class LaunchFiles:
    """The files of one launch; `figures` is `published_figures.csv`, read as any result file."""

    facts: FactsFile
    judgements: JudgementsFile
    criteria: CriteriaFile
    figures: EvidenceFile
    review: ReviewFile

    @property
    def key(self) -> str:
        """Key of the launch."""
        return self.facts.launch


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """All files of the demo; `launches` are in the portfolio's order."""

    portfolio: PortfolioFile
    documents: DocumentsFile
    proposals: ProposalsFile
    launches: tuple[LaunchFiles, ...]
