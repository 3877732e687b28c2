"""The tables of the register, one family per file."""

from tracker.store.tables.assessments import Assessment, AssessmentDraft
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

__all__ = [
    "Assessment",
    "AssessmentDraft",
    "Change",
    "Launch",
    "LaunchMitigation",
    "LaunchRole",
    "LaunchScope",
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
    "Risk",
    "RiskArea",
    "RiskTag",
    "Team",
    "launch_of",
    "mitigation_ref",
    "risk_ref",
]
