"""The tables of the register, one family per file."""

from tracker.store.tables.assessments import Assessment, AssessmentDraft
from tracker.store.tables.determinations import RequiredSafeguard, ThresholdDetermination
from tracker.store.tables.evidence import Evidence, EvidenceRisk, EvidenceRun, run_ref
from tracker.store.tables.gates import Gate, GateAttestation, GateWaiver, gate_ref
from tracker.store.tables.launches import Launch, LaunchRole, LaunchScope, PolicyArea
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
from tracker.store.tables.risks import Risk, RiskArea, RiskTag, launch_of, risk_ref
from tracker.store.tables.statements import (
    EvidenceConfirmation,
    EvidenceCorrection,
    EvidenceEquivalence,
    MetricDefinition,
)

__all__ = [
    "Assessment",
    "AssessmentDraft",
    "Change",
    "Evidence",
    "EvidenceConfirmation",
    "EvidenceCorrection",
    "EvidenceEquivalence",
    "EvidenceRisk",
    "EvidenceRun",
    "Gate",
    "GateAttestation",
    "GateWaiver",
    "Launch",
    "LaunchMitigation",
    "LaunchRole",
    "LaunchScope",
    "MetricDefinition",
    "Mitigation",
    "MitigationEffect",
    "MitigationEffort",
    "MitigationVerification",
    "Person",
    "PersonArea",
    "PersonRole",
    "PolicyArea",
    "RegisterInfo",
    "Request",
    "RequiredSafeguard",
    "Risk",
    "RiskArea",
    "RiskTag",
    "Team",
    "ThresholdDetermination",
    "gate_ref",
    "launch_of",
    "mitigation_ref",
    "risk_ref",
    "run_ref",
]
