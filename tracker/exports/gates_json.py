"""Gates, waivers, determinations and the path to green for machines."""

from collections.abc import Iterable

from tracker.domain.gate_state import (
    Comparison,
    FrontierStatus,
    GateStatus,
    PathStep,
    PathToGreen,
    Reading,
    WaiverStatus,
)
from tracker.domain.gates import AttestationRecord, DeterminationRecord, WaiverRecord
from tracker.exports.json_words import Json, day, instant, word
from tracker.readiness.gate_words import threshold_words


def gate(status: GateStatus) -> Json:
    """Return a gate with its state, what gives it, and what lies over it."""
    record = status.gate
    return {
        "ref": record.ref,
        "title": record.title,
        "policy_area": record.area,
        "kind": str(record.kind),
        "must_pass": record.must_pass,
        "state": str(status.state),
        "why": status.why,
        "settles": status.settles,
        "holds": status.holds,
        "waived": status.waived,
        "asks": _asks(status),
        "run": status.run.ref if status.run else None,
        "reading": _reading(status.reading),
        "slices": [_reading(one) for one in status.slices],
        "comparison": _comparison(status.comparison),
        "attestation": _attestation(status.attestation),
        "waiver": _waiver_status(status.waiver),
        "planned": _planned(status),
        "withdrawal": _withdrawal(status),
        "withdrawn": record.withdrawn,
        "rationale": record.rationale,
        "written_by": record.written_by,
        "origin": str(record.origin),
    }


def _asks(status: GateStatus) -> Json:
    record, definition = status.gate, status.definition
    return {
        "tool": record.tool,
        "task": record.task,
        "metric": record.metric,
        "configuration": record.configuration,
        "direction": word(definition.direction if definition else None),
        "scale": word(definition.scale if definition else None),
        "threshold": record.threshold,
        "threshold_in_words": threshold_words(record, definition),
        "coverage": str(record.coverage),
        "confidence": record.confidence,
        "min_n": record.min_n,
        "max_age_days": record.max_age_days,
        "baseline": record.baseline,
        "margin": record.margin,
        "statement": record.statement,
    }


def _reading(reading: Reading | None) -> Json | None:
    if reading is None:
        return None
    return {
        "slice": reading.slice,
        "qualifier": reading.qualifier,
        "observed": reading.observed,
        "worst_case": reading.worst_case,
        "low": reading.low,
        "high": reading.high,
        "n": reading.n,
        "state": str(reading.state),
        "why": reading.why,
    }


def _comparison(compared: Comparison | None) -> Json | None:
    if compared is None:
        return None
    return {
        "baseline": compared.baseline,
        "difference": compared.difference,
        "low": compared.low,
        "high": compared.high,
        "differences": list(compared.differences),
        "state": str(compared.state),
        "why": compared.why,
    }


def _attestation(record: AttestationRecord | None) -> Json | None:
    if record is None:
        return None
    return {
        "met": record.met,
        "statement": record.statement,
        "document": record.document,
        "document_sha256": record.document_sha256,
        "attested_by": record.attested_by,
        "attested_on": day(record.attested_on),
        "expires": day(record.expires),
        "origin": str(record.origin),
    }


def _waiver_status(status: WaiverStatus | None) -> Json | None:
    if status is None:
        return None
    return {"id": status.waiver.id, "state": str(status.state), "why": status.why}


def _planned(status: GateStatus) -> Json | None:
    record = status.gate
    if record.planned_on is None:
        return None
    return {"on": day(record.planned_on), "by": record.planned_by, "n": record.planned_n}


def _withdrawal(status: GateStatus) -> Json | None:
    record = status.gate
    if record.withdrawal_asked_by is None:
        return None
    return {
        "asked_by": record.withdrawal_asked_by,
        "reason": record.withdrawal_reason,
        "confirmed_by": record.withdrawal_confirmed_by,
    }


def waiver(record: WaiverRecord) -> Json:
    """Return a waiver as it was asked for; whether it counts stands with its gate."""
    return {
        "id": record.id,
        "gate": record.gate,
        "overrides": {
            "state": str(record.state),
            "evidence": record.evidence,
            "threshold": record.threshold,
        },
        "reason": record.reason,
        "compensation": record.compensation,
        "until": day(record.until),
        "requested_by": record.requested_by,
        "requested_at": instant(record.requested_at),
        "officer": record.officer,
        "approver": record.approver,
        "ended_by": record.ended_by,
        "model_version": record.model_version,
        "configuration": record.configuration,
        "exposure_stage": str(record.exposure_stage),
        "origin": str(record.origin),
    }


def threshold(status: FrontierStatus) -> Json:
    """Return a frontier threshold with the determination that stands, or null."""
    return {
        "policy_area": status.area.code,
        "required": status.required,
        "standing": status.standing.id if status.standing else None,
        "outcome": word(status.standing.outcome if status.standing else None),
        "pending": status.pending.id if status.pending else None,
        "safeguards": [
            {"mitigation": one.mitigation.ref, "verified_now": one.verified_now}
            for one in status.safeguards
        ],
    }


def determination(record: DeterminationRecord) -> Json:
    """Return a determination on record, standing or not."""
    return {
        "id": record.id,
        "policy_area": record.area,
        "outcome": str(record.outcome),
        "confidence": str(record.confidence),
        "rationale": record.rationale,
        "safeguards": list(record.safeguards),
        "determined_by": record.determined_by,
        "determined_on": day(record.determined_on),
        "confirmed_by": record.confirmed_by,
        "model_version": record.model_version,
        "configuration": record.configuration,
        "exposure_stage": str(record.exposure_stage),
        "origin": str(record.origin),
    }


def path(found: PathToGreen | None) -> Json | None:
    """Return the path to green, work and decisions apart; null where nobody worked it out."""
    if found is None:
        return None
    return {
        "target": word(found.target),
        "shared": _steps(found.shared),
        "alternatives": [_steps(chosen) for chosen in found.alternatives],
        "more": found.more,
        "blocked": list(found.blocked),
        "decisions": list(found.decisions),
    }


def _steps(steps: Iterable[PathStep]) -> list[Json]:
    return [
        {
            "kind": str(step.kind),
            "subject": step.subject,
            "text": step.text,
            "assumes": step.assumes,
            "days": step.days,
        }
        for step in steps
    ]
