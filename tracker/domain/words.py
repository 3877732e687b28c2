"""The controlled vocabulary: one word for one thing.

Each value is the string that is stored, shown on screens and written into exports.
"""

from enum import StrEnum


class Level(StrEnum):
    """How much harm a risk carries, from its harm score; UNASSESSED is a level of its own."""

    VERY_LOW = "Very low"
    LOW = "Low"
    MODERATE = "Moderate"
    HIGH = "High"
    CRITICAL = "Critical"
    UNASSESSED = "UNASSESSED"

    @property
    def severity_rank(self) -> int:
        """Position from 0 (Very low) to 4 (Critical); UNASSESSED is 5, never below anything."""
        return list(Level).index(self)


ASSESSED_LEVELS: tuple[Level, ...] = tuple(level for level in Level if level != Level.UNASSESSED)


class View(StrEnum):
    """Which mitigations a figure counts: none, those verified today, or those planned too."""

    INHERENT = "inherent"
    CURRENT = "current"
    PROJECTED = "projected"


class Factor(StrEnum):
    """The five picks of an assessment, each from 1 to 5."""

    LIKELIHOOD = "likelihood"
    SEVERITY = "severity"
    EXPOSURE = "exposure"
    REVERSIBILITY = "reversibility"
    BUSINESS_IMPACT = "business_impact"


class EvidenceGrade(StrEnum):
    """What the picks of an assessment rest on, from A (measured here) to D (one person's guess)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class RiskStatus(StrEnum):
    """Whether a risk still has to be answered."""

    OPEN = "open"
    CLOSED = "closed"


class CloseReason(StrEnum):
    """Why a risk may be closed; a mitigated risk stays open."""

    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out of scope"
    CANNOT_OCCUR = "cannot occur"


class Mechanism(StrEnum):
    """How a mitigation works; only the best of one mechanism counts."""

    PREVENT = "prevent"
    DETECT = "detect"
    CONTAIN = "contain"
    RECOVER = "recover"


class Layer(StrEnum):
    """Where in the product a mitigation sits."""

    DATA = "data"
    MODEL = "model"
    SYSTEM = "system"
    POLICY = "policy"
    ACCESS = "access"
    PRODUCT = "product"
    PROCESS = "process"


class MitigationStatus(StrEnum):
    """How far a mitigation has come on one launch."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    REJECTED = "rejected"


class VerificationKind(StrEnum):
    """What a verification showed: that the mitigation is there, or how much it removes."""

    IN_PLACE = "in place"
    EFFECT_MEASURED = "effect measured"


class ReviewStatus(StrEnum):
    """Where the work on a launch is (not where the model runs)."""

    DRAFT = "draft"
    SCOPING = "scoping"
    ASSESSING = "assessing"
    MITIGATING = "mitigating"
    READY_FOR_REVIEW = "ready for review"
    IN_REVIEW = "in review"
    DECIDED = "decided"
    REASSESSMENT = "reassessment"


class ExposureStage(StrEnum):
    """Where the model runs or asks to run, from nowhere to open weights."""

    NONE = "none"
    INTERNAL_LIMITED = "internal limited"
    INTERNAL_BROAD = "internal broad"
    TRUSTED_TESTERS = "trusted testers"
    LIMITED_PREVIEW = "limited preview"
    STAGED_ROLLOUT = "staged rollout"
    GENERAL_AVAILABILITY = "general availability"
    OPEN_WEIGHTS = "open weights"

    @property
    def order(self) -> int:
        """Position from 0 (not exposed) to 7 (weights released)."""
        return list(ExposureStage).index(self)


class Applicability(StrEnum):
    """What was decided about one policy area on one launch; absent means nobody decided."""

    IN_SCOPE = "in scope"
    NOT_APPLICABLE = "not applicable"
    NONE_FOUND = "none found"


class GateType(StrEnum):
    """What kind of launch criterion a policy area asks for."""

    THRESHOLD = "threshold"
    ZERO_TOLERANCE = "zero tolerance"
    EVAL = "eval"
    REVIEW = "review"


class Verdict(StrEnum):
    """Whether a launch can go out, by rule and never typed."""

    NOT_READY = "Not ready"
    READY_WITH_CONDITIONS = "Ready with conditions"
    READY = "Ready"


class Role(StrEnum):
    """What a person does in the register, for every launch."""

    POLICY_LEAD = "policy lead"
    AREA_LEAD = "area lead"
    ASSESSOR = "assessor"
    MITIGATION_OWNER = "mitigation owner"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    VIEWER = "viewer"
    AUDITOR = "auditor"
    ADMIN = "admin"


class LaunchRoleName(StrEnum):
    """What a person does on one launch; one person holds at most one of these on a launch."""

    LAUNCH_OWNER = "launch owner"
    RESPONSIBLE_OFFICER = "responsible officer"
    APPROVER = "approver"


class ExportFormat(StrEnum):
    """The formats of a readiness summary."""

    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "md"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class AreaState(StrEnum):
    """What stands on one policy area of one launch, as far as this release records it."""

    UNDECIDED = "undecided"
    UNCONFIRMED = "unconfirmed"
    GAP = "gap"
    UNASSESSED = "UNASSESSED"
    ASSESSED = "assessed"
    NONE_FOUND = "none found"
    NOT_APPLICABLE = "not applicable"


class ReasonCode(StrEnum):
    """The rules that hold a verdict; stable, so that machines can follow one."""

    SCOPE_UNDECIDED = "scope-undecided"
    SCOPE_UNCONFIRMED = "scope-unconfirmed"
    AREA_WITHOUT_RISK = "area-without-risk"
    AREA_WITHOUT_GATE = "area-without-gate"
    DETERMINATION_MISSING = "determination-missing"
    SAFEGUARD_NOT_NAMED = "safeguard-not-named"
    SAFEGUARD_NOT_VERIFIED = "safeguard-not-verified"
    ZERO_TOLERANCE_FAILURE = "zero-tolerance-failure"
    GATE_NOT_PASSED = "gate-not-passed"
    GATE_WAIVED = "gate-waived"
    RISK_UNASSESSED = "risk-unassessed"
    RISK_OUTDATED = "risk-outdated"
    LEVEL_CRITICAL = "level-critical"
    HIGH_NOT_ACCEPTED = "high-not-accepted"
    HIGH_ACCEPTED = "high-accepted"
    CONDITION_BREACHED = "condition-breached"
    CONDITION_OVERDUE = "condition-overdue"
    CONDITION_BLOCKING = "condition-blocking"
    CONDITION_OPEN = "condition-open"
    MANDATORY_NOT_VERIFIED = "mandatory-not-verified"
    BAND_REACHES_CRITICAL = "band-reaches-critical"


class Origin(StrEnum):
    """Whether somebody entered a record, it was published, or we made it up for the demo."""

    ENTERED = "entered"
    PUBLISHED = "published"
    ILLUSTRATIVE = "illustrative judgement"


class RegisterKind(StrEnum):
    """Whether a register holds the demo portfolio or somebody's own launches."""

    DEMO = "demo"
    OWN = "own"


class EvidenceFormat(StrEnum):
    """Which kind of result file a run came in; recognised by content, never by name."""

    INSPECT_EVAL = "Inspect log (.eval)"
    INSPECT_JSON = "Inspect log (JSON)"
    LM_EVAL = "lm-evaluation-harness results"
    PROMPTFOO = "promptfoo results"
    GARAK = "garak report"
    METRIC_TABLE = "table of metrics"


class EvidenceFlag(StrEnum):
    """What weakens a run; the flags of `UNTRUSTED_FLAGS` keep it from passing a gate."""

    NOT_FINISHED = "not finished"
    LIMITED = "limited"
    INCOMPLETE = "incomplete"
    EDITED = "edited"
    UNCOMMITTED_CODE = "uncommitted code"
    UNKNOWN_MODEL = "unknown model"
    SELF_REPORTED = "self-reported"
    JUDGE_UNKNOWN = "judge unknown"
    JUDGED_BY_ITSELF = "judged by itself"


UNTRUSTED_FLAGS: frozenset[EvidenceFlag] = frozenset(
    {
        EvidenceFlag.LIMITED,
        EvidenceFlag.EDITED,
        EvidenceFlag.UNKNOWN_MODEL,
        EvidenceFlag.JUDGED_BY_ITSELF,
    }
)


class Safeguards(StrEnum):
    """Whether the system safeguards were on while a run was made."""

    ON = "on"
    OFF = "off"
    NOT_STATED = "not stated"


class Direction(StrEnum):
    """Which way a metric is good; asked once per tool and metric."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


class Scale(StrEnum):
    """What the values of a metric are; a count is exact and compares directly."""

    SHARE = "share from 0 to 1"
    PERCENT = "percent from 0 to 100"
    COUNT = "count"
    NUMBER = "other number"

    @property
    def whole(self) -> float | None:
        """The value that stands for all of them: 1, 100, or None where there is none."""
        return {Scale.SHARE: 1.0, Scale.PERCENT: 100.0}.get(self)


class GateKind(StrEnum):
    """Whether a launch criterion reads a metric or a person's word on a document."""

    MEASURED = "measured"
    ATTESTED = "attested"


class GateCoverage(StrEnum):
    """Whether the figure over all or each slice of it has to meet the threshold."""

    OVERALL = "overall"
    EVERY_SLICE = "every slice"


class GateState(StrEnum):
    """What the evidence at hand says about a launch criterion; only `passed` opens it."""

    MISSING = "missing"
    PLANNED = "planned"
    FAILED = "failed"
    STALE = "stale"
    INCONCLUSIVE = "inconclusive"
    PASSED = "passed"

    @property
    def badness(self) -> int:
        """From 0 (passed) to 5 (failed): a waiver covers no state worse than the one it names."""
        order = ("passed", "inconclusive", "stale", "planned", "missing", "failed")
        return order.index(self.value)


class CorrectionKind(StrEnum):
    """How evidence was taken back; its slot stays inconclusive until a newer run."""

    WITHDRAWN = "withdrawn"
    REMAPPED = "re-mapped"


class EvidenceStanding(StrEnum):
    """Whether a metric of a run speaks for its launch today, and if not, why."""

    COUNTS = "counts"
    SUPERSEDED = "superseded by a newer run"
    NOT_FINISHED = "run not finished"
    OTHER_RELEASE = "another model version, configuration or stage"
    NOT_YET = "dated after today"
    WITHOUT_N = "self-reported without n"
    UNCONFIRMED = "not confirmed by a second person"
    UNTRUSTED = "untrusted"
    WITHDRAWN = "withdrawn"
    REMAPPED = "re-mapped"


class WaiverState(StrEnum):
    """How far a waiver of a gate has come; only one in force counts."""

    ASKED = "asked"
    IN_FORCE = "in force"
    ENDED = "ended"


class ThresholdOutcome(StrEnum):
    """What was determined about a frontier threshold; the last two gate alike."""

    BELOW = "below"
    CANNOT_RULE_OUT = "cannot rule out"
    REACHED = "reached"

    @property
    def order(self) -> int:
        """From 0 (below) to 2 (reached)."""
        return list(ThresholdOutcome).index(self)


class Confidence(StrEnum):
    """How sure those are who made a determination."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
