"""The tables of the register, one family per file."""

from tracker.store.tables.assessments import Assessment, AssessmentDraft
from tracker.store.tables.decisions import (
    Acceptance,
    Condition,
    Decision,
    DroppedRisk,
    EvidenceWithholding,
    Exposure,
    acceptance_ref,
    condition_ref,
    decision_ref,
)
from tracker.store.tables.determinations import RequiredSafeguard, ThresholdDetermination
from tracker.store.tables.evidence import Evidence, EvidenceRisk, EvidenceRun, run_ref
from tracker.store.tables.gates import Gate, GateAttestation, GateWaiver, gate_ref
from tracker.store.tables.launches import (
    HolderProposal,
    Launch,
    LaunchRole,
    LaunchScope,
    PolicyArea,
)
from tracker.store.tables.mitigations import (
    LaunchMitigation,
    Mitigation,
    MitigationEffect,
    MitigationEffort,
    MitigationVerification,
    mitigation_ref,
)
from tracker.store.tables.people import Person, PersonArea, PersonRole, Team
from tracker.store.tables.records import Change, RegisterInfo, Request
from tracker.store.tables.reviews import (
    ExportLog,
    MeetingNote,
    ObjectionAnswer,
    Recommendation,
    Review,
    SignOff,
    Snapshot,
    StoredExport,
    review_ref,
    snapshot_ref,
)
from tracker.store.tables.risks import Risk, RiskArea, RiskTag, launch_of, risk_ref
from tracker.store.tables.statements import (
    EvidenceConfirmation,
    EvidenceCorrection,
    EvidenceEquivalence,
    MetricDefinition,
)

__all__ = [
    "Acceptance",
    "Assessment",
    "AssessmentDraft",
    "Change",
    "Condition",
    "Decision",
    "DroppedRisk",
    "Evidence",
    "EvidenceConfirmation",
    "EvidenceCorrection",
    "EvidenceEquivalence",
    "EvidenceRisk",
    "EvidenceRun",
    "EvidenceWithholding",
    "ExportLog",
    "Exposure",
    "Gate",
    "GateAttestation",
    "GateWaiver",
    "HolderProposal",
    "Launch",
    "LaunchMitigation",
    "LaunchRole",
    "LaunchScope",
    "MeetingNote",
    "MetricDefinition",
    "Mitigation",
    "MitigationEffect",
    "MitigationEffort",
    "MitigationVerification",
    "ObjectionAnswer",
    "Person",
    "PersonArea",
    "PersonRole",
    "PolicyArea",
    "Recommendation",
    "RegisterInfo",
    "Request",
    "RequiredSafeguard",
    "Review",
    "Risk",
    "RiskArea",
    "RiskTag",
    "SignOff",
    "Snapshot",
    "StoredExport",
    "Team",
    "ThresholdDetermination",
    "acceptance_ref",
    "condition_ref",
    "decision_ref",
    "gate_ref",
    "launch_of",
    "mitigation_ref",
    "review_ref",
    "risk_ref",
    "run_ref",
    "snapshot_ref",
]
