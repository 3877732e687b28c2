"""Reads that return records, each in a number of statements that does not grow with the rows."""

from tracker.store.history import chain_head
from tracker.store.queries.changes import Narrowing, change_lines, changes
from tracker.store.queries.evidence import (
    get_evidence,
    get_run,
    ledger,
    metric_definitions,
    run_hashes,
)
from tracker.store.queries.gates import get_determination, get_gate, get_waiver
from tracker.store.queries.inputs import launch_inputs
from tracker.store.queries.launches import get_launch, launches
from tracker.store.queries.mitigations import (
    effects_of,
    effects_on,
    get_mitigation,
    mitigations,
    placements_of,
    placements_on,
    verifications_of,
)
from tracker.store.queries.people import (
    people,
    policy_areas,
    register_info,
    roles_now,
    teams,
)
from tracker.store.queries.records import RequestRecord, find_request
from tracker.store.queries.risks import drafts_of, find_draft, get_risk, risk_assessments

__all__ = [
    "Narrowing",
    "RequestRecord",
    "chain_head",
    "change_lines",
    "changes",
    "drafts_of",
    "effects_of",
    "effects_on",
    "find_draft",
    "find_request",
    "get_determination",
    "get_evidence",
    "get_gate",
    "get_launch",
    "get_mitigation",
    "get_risk",
    "get_run",
    "get_waiver",
    "launch_inputs",
    "launches",
    "ledger",
    "metric_definitions",
    "mitigations",
    "people",
    "placements_of",
    "placements_on",
    "policy_areas",
    "register_info",
    "risk_assessments",
    "roles_now",
    "run_hashes",
    "teams",
    "verifications_of",
]
