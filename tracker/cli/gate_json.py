"""One launch criterion as plain values: in a list, and with everything about it."""

from tracker.cli.as_json import Values
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_state import Comparison, GateStatus, Reading, WaiverStatus
from tracker.domain.gates import AttestationRecord
from tracker.readiness.gate_words import observed_words, threshold_words


def gate_values(status: GateStatus) -> Values:
    """Return one line of `gates`."""
    gate = status.gate
    return {
        "ref": gate.ref,
        "title": gate.title,
        "state": status.state,
        "why": status.why,
        "settles": status.settles,
        "must_pass": gate.must_pass,
        "waived_until": waived_until(status),
        "threshold": threshold_words(gate, status.definition),
        "shown": observed_words(status),
        "area": gate.area,
        "run": status.run.ref if status.run else None,
        "holds": status.holds,
        "withdrawn": gate.withdrawn,
    }


def waived_until(status: GateStatus) -> str | None:
    """Return the last day of the waiver that lies over a gate, or None without one in force."""
    if not status.waived or status.waiver is None:
        return None
    return status.waiver.waiver.until.isoformat()


def shown_gate_values(status: GateStatus) -> Values:
    """Return everything about one launch criterion."""
    gate = status.gate
    asks: Values = {
        "kind": gate.kind,
        "tool": gate.tool,
        "task": gate.task,
        "metric": gate.metric,
        "configuration": gate.configuration,
        "threshold_value": gate.threshold,
        "coverage": gate.coverage,
        "confidence": gate.confidence,
        "min_n": gate.min_n,
        "max_age_days": gate.max_age_days,
        "baseline": gate.baseline,
        "margin": gate.margin,
        "statement": gate.statement,
        "rationale": gate.rationale,
    }
    people: Values = {
        "planned_on": gate.planned_on.isoformat() if gate.planned_on else None,
        "planned_by": gate.planned_by,
        "planned_n": gate.planned_n,
        "written_by": gate.written_by,
        "withdrawal_asked_by": gate.withdrawal_asked_by,
        "withdrawal_reason": gate.withdrawal_reason,
        "withdrawal_confirmed_by": gate.withdrawal_confirmed_by,
        "origin": gate.origin,
    }
    shows: Values = {
        "definition": _definition(status.definition) if status.definition else None,
        "reading": _reading(status.reading) if status.reading else None,
        "slices": [_reading(one) for one in status.slices],
        "comparison": _comparison(status.comparison) if status.comparison else None,
        "attestation": _attestation(status.attestation) if status.attestation else None,
        "waiver": _waiver(status.waiver) if status.waiver else None,
    }
    return {**gate_values(status), **asks, **people, **shows}


def _definition(definition: MetricDefinitionRecord) -> Values:
    return {
        "direction": definition.direction,
        "scale": definition.scale,
        "note": definition.note,
        "defined_by": definition.defined_by,
    }


def _reading(reading: Reading) -> Values:
    return {
        "slice": reading.slice,
        "qualifier": reading.qualifier,
        "observed": reading.observed,
        "worst_case": reading.worst_case,
        "low": reading.low,
        "high": reading.high,
        "n": reading.n,
        "state": reading.state,
        "why": reading.why,
    }


def _comparison(comparison: Comparison) -> Values:
    return {
        "baseline": comparison.baseline,
        "difference": comparison.difference,
        "low": comparison.low,
        "high": comparison.high,
        "differences": list(comparison.differences),
        "state": comparison.state,
        "why": comparison.why,
    }


def _attestation(attestation: AttestationRecord) -> Values:
    return {
        "met": attestation.met,
        "statement": attestation.statement,
        "document": attestation.document,
        "document_sha256": attestation.document_sha256,
        "attested_by": attestation.attested_by,
        "attested_on": attestation.attested_on.isoformat(),
        "expires": attestation.expires.isoformat(),
    }


def _waiver(status: WaiverStatus) -> Values:
    waiver = status.waiver
    return {
        "state": status.state,
        "why": status.why,
        "overrides": waiver.state,
        "threshold": waiver.threshold,
        "evidence": waiver.evidence,
        "reason": waiver.reason,
        "compensation": waiver.compensation,
        "until": waiver.until.isoformat(),
        "requested_by": waiver.requested_by,
        "requested_at": waiver.requested_at.isoformat(),
        "officer": waiver.officer,
        "approver": waiver.approver,
        "ended_by": waiver.ended_by,
    }
