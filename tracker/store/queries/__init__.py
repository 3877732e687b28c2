"""Reads that return records, each in a number of statements that does not grow with the rows."""

from tracker.store.history import chain_head
from tracker.store.queries.changes import Narrowing, change_lines, changes
from tracker.store.queries.decisions import (
    acceptance_records,
    condition_records,
    decision_records,
    exposure_records,
    get_acceptance,
    get_condition,
)
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
    seal_key,
    teams,
)
from tracker.store.queries.records import RequestRecord, find_request
from tracker.store.queries.reviews import (
    find_open_review,
    get_review,
    get_snapshot,
    note_records,
    recommendation_records,
    review_records,
    sign_off_records,
    snapshot_document,
    snapshot_records,
    stored_export,
)
from tracker.store.queries.risks import drafts_of, find_draft, get_risk, risk_assessments

__all__ = [
    "Narrowing",
    "RequestRecord",
    "acceptance_records",
    "chain_head",
    "change_lines",
    "changes",
    "condition_records",
    "decision_records",
    "drafts_of",
    "effects_of",
    "effects_on",
    "exposure_records",
    "find_draft",
    "find_open_review",
    "find_request",
    "get_acceptance",
    "get_condition",
    "get_determination",
    "get_evidence",
    "get_gate",
    "get_launch",
    "get_mitigation",
    "get_review",
    "get_risk",
    "get_run",
    "get_snapshot",
    "get_waiver",
    "launch_inputs",
    "launches",
    "ledger",
    "metric_definitions",
    "mitigations",
    "note_records",
    "people",
    "placements_of",
    "placements_on",
    "policy_areas",
    "recommendation_records",
    "register_info",
    "review_records",
    "risk_assessments",
    "roles_now",
    "run_hashes",
    "seal_key",
    "sign_off_records",
    "snapshot_document",
    "snapshot_records",
    "stored_export",
    "teams",
    "verifications_of",
]
