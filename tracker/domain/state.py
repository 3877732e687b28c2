"""What a launch is today, computed from its rows: levels, scope, mitigations, verdict and reasons.

`tracker.services.launch_state` is the only place that makes a `LaunchState`; screens, commands,
exports and (later) snapshots all take one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.evidence import RunInputs
from tracker.domain.gate_state import FrontierStatus, GateStatus
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PersonRecord,
    PlacementRecord,
    PolicyAreaRecord,
    RiskRecord,
    ScopeRecord,
    TeamRecord,
    VerificationRecord,
)
from tracker.domain.review_state import AcceptanceStatus, ConditionStatus, DecisionStanding
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
    RecommendationRecord,
    SignOffRecord,
)
from tracker.domain.scales import ScoringProfile
from tracker.domain.words import AreaState, GateState, Level, ReasonCode, RiskStatus, Verdict, View


@dataclass(frozen=True, slots=True)
class MitigationInputs:
    """One mitigation that bears on a risk, as stored.

    Attributes:
        placement: The mitigation on the risk's launch; None where it was never put on it.
        verification: The latest verification for this risk on this launch, if any.
    """

    mitigation: MitigationRecord
    placement: PlacementRecord | None
    effect: EffectRecord
    verification: VerificationRecord | None


@dataclass(frozen=True, slots=True)
class RiskInputs:
    """All that is stored about one risk and that bears on its figures.

    Attributes:
        assessments: Any number per assessor; only each assessor's latest counts.
    """

    risk: RiskRecord
    launch: LaunchRecord
    assessments: tuple[AssessmentRecord, ...]
    mitigations: tuple[MitigationInputs, ...]


@dataclass(frozen=True, slots=True)
class LaunchInputs:
    """All that is stored about one launch and that bears on its state.

    Attributes:
        runs: Every run of the launch with a metric that one of its gates reads, and those
            metrics only, withdrawn and re-mapped ones too.
        baselines: Runs that its gates are compared with, by reference; they may be of another
            launch.
        waivers: Of its gates, oldest first.
        determinations, acceptances, conditions, decisions, recommendations, sign_offs, exposures:
            Oldest first.
    """

    launch: LaunchRecord
    scopes: tuple[ScopeRecord, ...]
    risks: tuple[RiskInputs, ...]
    placements: tuple[PlacementRecord, ...]
    verifications: tuple[VerificationRecord, ...]
    mitigations: Mapping[str, MitigationRecord]
    effects: tuple[EffectRecord, ...]
    launches_by_mitigation: Mapping[str, tuple[str, ...]]
    gates: tuple[GateRecord, ...] = ()
    runs: tuple[RunInputs, ...] = ()
    baselines: Mapping[str, RunInputs] = field(default_factory=dict[str, RunInputs])
    attestations: tuple[AttestationRecord, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
    determinations: tuple[DeterminationRecord, ...] = ()
    acceptances: tuple[AcceptanceRecord, ...] = ()
    conditions: tuple[ConditionRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    recommendations: tuple[RecommendationRecord, ...] = ()
    sign_offs: tuple[SignOffRecord, ...] = ()
    exposures: tuple[ExposureRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One summand of a score, in points, with the words that explain it."""

    name: str
    words: str
    points: float


@dataclass(frozen=True, slots=True)
class AssessorScore:
    """What one assessor's latest assessment gives, with no mitigations counted.

    Attributes:
        harm_score: 3.5 + L + h, in points (one point is ten times more expected harm).
        priority: 3.5 + L + log10(10^h + 10^b), in points.
        outdated: The assessment is about another model version, configuration or stage.
    """

    assessment: AssessmentRecord
    harm_score: float
    priority: float
    level: Level
    outdated: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """A risk in one view; all None and UNASSESSED where nobody's judgement counts.

    Attributes:
        harm_score: Upper median of the assessors' own harm scores, plus log10(remain).
        priority: Upper median of the assessors' own priorities, plus log10(remain).
        level: Upper median of the assessors' own levels, floor included.
        band: 5 % and 95 % quantile of the harm score.
        priority_band: The same of the priority.
        remain: Share of expected loss that the counted mitigations leave, 0.01 to 1.
    """

    harm_score: float | None
    priority: float | None
    level: Level
    band: tuple[float, float] | None
    priority_band: tuple[float, float] | None
    remain: float


@dataclass(frozen=True, slots=True)
class RiskMitigation:
    """What one mitigation does to one risk in the present state.

    Attributes:
        counted: Share that counts today (0 where nothing is verified on this version).
        adds_nothing: A better verified mitigation of the same mechanism makes it idle today.
        outdated_verification: It was verified on another version, configuration or stage.
    """

    mitigation: MitigationRecord
    placement: PlacementRecord | None
    effect: EffectRecord
    counted: float
    adds_nothing: bool
    outdated_verification: bool


@dataclass(frozen=True, slots=True)
class RiskState:
    """One risk with its figures in the three views.

    Attributes:
        unassessed_because: Why nothing counts; empty where the risk is assessed.
        scores: Each assessor's latest score that counts, in the order of assessors' keys.
        central_harm: The score whose harm score is the upper median; its picks place the risk
            in the matrix.
        central_priority: The score whose priority is the upper median; its sum is the explanation.
        outdated: At least one score that counts is outdated.
        floored: The floor for catastrophic, hardly reversible harm holds the current level up.
    """

    risk: RiskRecord
    unassessed_because: str
    scores: tuple[AssessorScore, ...]
    central_harm: AssessorScore | None
    central_priority: AssessorScore | None
    inherent: Figures
    current: Figures
    projected: Figures
    outdated: bool
    floored: bool
    mitigations: tuple[RiskMitigation, ...]

    @property
    def ref(self) -> str:
        """The risk's full reference."""
        return self.risk.ref

    @property
    def is_open(self) -> bool:
        """Whether the risk still has to be answered; a closure not yet confirmed leaves it open."""
        return self.risk.status is RiskStatus.OPEN

    @property
    def illustrative(self) -> bool:
        """Whether a judgement that counts here was made for the demo only."""
        return any(score.assessment.origin == "illustrative judgement" for score in self.scores)

    def figures(self, view: View) -> Figures:
        """Return the figures of one view."""
        return {
            View.INHERENT: self.inherent,
            View.CURRENT: self.current,
            View.PROJECTED: self.projected,
        }[view]


@dataclass(frozen=True, slots=True)
class AreaStatus:
    """One policy area on one launch.

    Attributes:
        state: What stands; UNASSESSED when any open risk of the area is.
        worst: Highest current level among its open risks (UNASSESSED above all), None without.
        risks: References of the open risks that have the area as primary or touch it.
    """

    area: PolicyAreaRecord
    scope: ScopeRecord | None
    state: AreaState
    worst: Level | None
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MitigationState:
    """One mitigation on one launch.

    Attributes:
        verified_now: Status is verified and the verification is about this version,
            configuration and stage.
        verification_outdated: Status is verified, but about another one.
        effects: On risks of this launch only.
        other_launches: Keys of the other launches that it serves.
    """

    mitigation: MitigationRecord
    placement: PlacementRecord
    effects: tuple[EffectRecord, ...]
    verifications: tuple[VerificationRecord, ...]
    verified_now: bool
    verification_outdated: bool
    other_launches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictReason:
    """One thing that stands in the way, with what would remedy it.

    Attributes:
        text: In plain words, starting in lower case unless with a reference.
        holds: True where it makes the launch Not ready, False where it only conditions it.
        subject: Reference of the risk, mitigation or policy area concerned; empty for the launch.
    """

    code: ReasonCode
    text: str
    remedy: str
    holds: bool
    subject: str


@dataclass(frozen=True, slots=True)
class LaunchState:
    """Everything that a launch is on one day under one scoring profile.

    Attributes:
        acceptances: The latest of each risk, in order of the risks.
        conditions: Those that a decision took over, in order of number.
        standing: What was decided and whether it carries; None only in hand-made states.
    """

    launch: LaunchRecord
    today: date
    profile: ScoringProfile
    areas: tuple[AreaStatus, ...]
    risks: tuple[RiskState, ...]
    mitigations: tuple[MitigationState, ...]
    verdict: Verdict
    reasons: tuple[VerdictReason, ...]
    people: Mapping[str, PersonRecord]
    teams: Mapping[str, TeamRecord]
    gates: tuple[GateStatus, ...] = ()
    frontier: tuple[FrontierStatus, ...] = ()
    acceptances: tuple[AcceptanceStatus, ...] = ()
    conditions: tuple[ConditionStatus, ...] = ()
    standing: DecisionStanding | None = None

    @property
    def open_risks(self) -> tuple[RiskState, ...]:
        """The risks that still have to be answered, in order of reference."""
        return tuple(state for state in self.risks if state.is_open)

    def level_counts(self, view: View) -> dict[Level, int]:
        """Count open risks per level in a view; every level has an entry, UNASSESSED too."""
        counted = Counter(state.figures(view).level for state in self.open_risks)
        return {level: counted[level] for level in Level}

    def gate_counts(self) -> dict[GateState, int]:
        """Count the gates in force per state; every state has an entry, waived ones included."""
        counted = Counter(one.state for one in self.gates if not one.gate.withdrawn)
        return {state: counted[state] for state in GateState}

    def person_name(self, key: str | None) -> str:
        """Name of a person, or "nobody" where no one is named."""
        if key is None:
            return "nobody"
        return self.people[key].name if key in self.people else key


@dataclass(frozen=True, slots=True)
class RankedRisk:
    """One line of the queue across launches.

    Attributes:
        rank: From 1 on; UNASSESSED first.
        reason: Why it stands where it stands, in one sentence.
        holds_launch: Whether the risk is among the reasons that make its launch Not ready.
    """

    rank: int
    state: RiskState
    launch: LaunchRecord
    reason: str
    holds_launch: bool
