"""Review, signatures, decisions, conditions, acceptances and exposure for machines."""

from tracker.domain.changes import ChangeLine
from tracker.domain.report import Proceedings
from tracker.domain.review_state import AcceptanceStatus, ConditionStatus, Seat, SignOffStatus
from tracker.domain.reviews import (
    DecisionRecord,
    ExposureRecord,
    RecommendationRecord,
    ReviewRecord,
    SnapshotRecord,
)
from tracker.domain.snapshots import Difference
from tracker.exports.json_words import Json, day, instant, word


def proceedings(found: Proceedings | None) -> Json | None:
    """Return everything signed and decided, or null where nobody gathered it."""
    if found is None:
        return None
    return {
        "review": _review(found.review),
        "snapshot": _snapshot(found.snapshot),
        "made_from_snapshot": found.made_from_snapshot,
        "changes_since_snapshot": [_difference(one) for one in found.changes],
        "open_seats": [_seat(seat) for seat in found.seats if not seat.answered],
        "missing_for_decision": list(found.missing),
        "sign_offs": [_sign_off(one) for one in found.sign_offs],
        "recommendations": [_recommendation(one) for one in found.recommendations],
        "decisions": [_decision(one) for one in found.decisions],
        "cover": {"state": str(found.cover.state), "why": found.cover.why} if found.cover else None,
        "uncovered": found.uncovered,
        "conditions": [_condition(one) for one in found.conditions],
        "acceptances": [_acceptance(one) for one in found.acceptances],
        "exposures": [_exposure(one) for one in found.exposures],
        "minutes": [
            {
                "item": one.item,
                "text": one.text,
                "written_by": one.written_by,
                "written_at": instant(one.written_at),
            }
            for one in found.notes
        ],
        "overrides": [_edit(one) for one in found.edits],
    }


def _review(one: ReviewRecord | None) -> Json | None:
    if one is None:
        return None
    return {
        "ref": one.ref,
        "opened_by": one.opened_by,
        "opened_at": instant(one.opened_at),
        "meeting_on": day(one.meeting_on),
        "closed_by": one.closed_by,
        "closed_at": instant(one.closed_at) if one.closed_at else None,
        "closed_because": one.closed_because,
        "origin": str(one.origin),
    }


def _snapshot(one: SnapshotRecord | None) -> Json | None:
    if one is None:
        return None
    return {
        "ref": one.ref,
        "taken_at": instant(one.taken_at),
        "taken_by": one.taken_by,
        "identity_authenticated": one.authenticated,
        "as_of": one.as_of.isoformat(),
        "sha256": one.sha256,
        "materiality_policy": one.policy,
        "origin": str(one.origin),
    }


def _difference(one: Difference) -> Json:
    return {
        "sections": list(one.sections),
        "about": one.label,
        "field": one.field or None,
        "materiality": str(one.materiality),
        "text": one.words,
    }


def _seat(seat: Seat) -> Json:
    return {
        "capacity": str(seat.capacity),
        "person": seat.person,
        "policy_area": seat.area,
        "required": seat.required,
        "because": seat.because,
    }


def _sign_off(status: SignOffStatus) -> Json:
    one = status.sign_off
    return {
        "id": one.id,
        "review": one.review,
        "snapshot": one.snapshot,
        "person": one.person,
        "identity_authenticated": one.authenticated,
        "capacity": str(one.capacity),
        "policy_area": one.area,
        "vote": str(one.vote),
        "comment": one.comment,
        "dissent": one.dissent,
        "would_change": one.would_change,
        "sections": dict(one.sections),
        "signed_at": instant(one.signed_at),
        "standing": str(status.standing),
        "since": [_difference(change) for change in status.since],
        "answer": one.answer,
        "answered_by": one.answered_by,
        "answered_at": instant(one.answered_at) if one.answered_at else None,
        "origin": str(one.origin),
    }


def _recommendation(one: RecommendationRecord) -> Json:
    return {
        "id": one.id,
        "review": one.review,
        "snapshot": one.snapshot,
        "outcome": str(one.outcome),
        "exposure_stage": str(one.exposure_stage),
        "reason": one.reason,
        "recommended_by": one.recommended_by,
        "recommended_at": instant(one.recommended_at),
        "identity_authenticated": one.authenticated,
        "origin": str(one.origin),
    }


def _decision(one: DecisionRecord) -> Json:
    return {
        "ref": one.ref,
        "review": one.review,
        "snapshot": one.snapshot,
        "outcome": str(one.outcome),
        "model_version": one.model_version,
        "configuration": one.configuration,
        "exposure_stage": str(one.exposure_stage),
        "until": day(one.until),
        "reason": one.reason,
        "benefits": one.benefits,
        "gate_result": str(one.gate_result),
        "recommended": word(one.recommended),
        "override_reason": one.override_reason,
        "decided_by": one.decided_by,
        "decided_at": instant(one.decided_at),
        "identity_authenticated": one.authenticated,
        "origin": str(one.origin),
    }


def _condition(status: ConditionStatus) -> Json:
    one = status.condition
    return {
        "ref": one.ref,
        "text": one.text,
        "test": one.test,
        "owner": one.owner,
        "due": day(one.due),
        "blocking": one.blocking,
        "raised_by": one.raised_by,
        "raised_at": instant(one.raised_at),
        "review": one.review,
        "decision": one.decision,
        "state": str(status.state),
        "why": status.why,
        "settled_by": one.settled_by,
        "settled_on": day(one.settled_on),
        "settled_because": one.settled_because,
        "origin": str(one.origin),
    }


def _acceptance(status: AcceptanceStatus) -> Json:
    one = status.acceptance
    return {
        "ref": one.ref,
        "risk": one.risk,
        "level_then": str(one.level),
        "harm_score_then": one.harm_score,
        "justification": one.justification,
        "fails_if": list(one.fails_if),
        "compensating": list(one.compensating),
        "until": day(one.until),
        "requested_by": one.requested_by,
        "requested_at": instant(one.requested_at),
        "lead": one.lead,
        "responsible_officer": one.officer,
        "approver": one.approver,
        "fired_on": day(one.fired_on),
        "ended_by": one.ended_by,
        "ended_because": one.ended_because,
        "model_version": one.model_version,
        "configuration": one.configuration,
        "exposure_stage": str(one.exposure_stage),
        "state": str(status.state),
        "why": status.why,
        "origin": str(one.origin),
    }


def _exposure(one: ExposureRecord) -> Json:
    return {
        "id": one.id,
        "step": str(one.step),
        "before": str(one.before),
        "after": str(one.after),
        "model_version": one.model_version,
        "configuration": one.configuration,
        "decision": one.decision,
        "covered": one.covered,
        "reason": one.reason,
        "recorded_by": one.recorded_by,
        "recorded_at": instant(one.recorded_at),
        "origin": str(one.origin),
    }


def _edit(change: ChangeLine) -> Json:
    return {
        "seq": change.seq,
        "at": instant(change.at),
        "confirmed_by": change.actor,
        "identity_authenticated": change.authenticated,
        "action": change.action,
        "subject": change.subject,
        "fields": {name: {"old": old, "new": new} for name, (old, new) in change.fields.items()},
        "reason": change.reason,
    }
