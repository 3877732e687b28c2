"""An attested gate: a named person's word on a document, for this release, until a day."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.domain.gates import AttestationRecord, GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.words import GateState
from tracker.readiness.findings import Finding, Judgement

NOT_ATTESTED: Final = "nobody has attested it"
"""How the reason of an attested gate begins on which there is nothing at all."""

_ASK = "an attestation by somebody other than the launch owner would"


def judge_attested(
    gate: GateRecord,
    attestations: Sequence[AttestationRecord],
    launch: LaunchRecord,
    today: date,
) -> Judgement:
    """Return what the latest attestation for the launch's present release gives.

    Args:
        gate: An attested gate.
        attestations: Of the launch, in any order, of any gate.
        launch: The launch; an attestation by its present owner shows nothing.
        today: The day that counts; an attestation dated after it does not.
    """
    given = [one for one in attestations if one.gate == gate.ref and one.attested_on <= today]
    counting = [one for one in given if one.release == launch.release]
    if not counting:
        return Judgement(_missing(gate, today, bool(given)))
    last = max(counting, key=lambda one: (one.attested_on, one.id))
    return Judgement(_finding(gate, last, launch, today), attestation=last)


def unmet(gate: GateRecord, today: date, why: str, settles: str) -> Finding:
    """Return planned where something is booked for today or later, else missing."""
    if gate.planned_on is None:
        return Finding(GateState.MISSING, why, settles)
    if gate.planned_on < today:
        late = f"{why}; planned for {gate.planned_on.isoformat()} and overdue"
        return Finding(GateState.MISSING, late, settles)
    return Finding(GateState.PLANNED, f"{why}; planned for {gate.planned_on.isoformat()}", settles)


def _missing(gate: GateRecord, today: date, other_release: bool) -> Finding:
    why = (
        "the only attestation is about another model version, configuration or stage"
        if other_release
        else NOT_ATTESTED
    )
    return unmet(gate, today, why, _ASK)


def _finding(
    gate: GateRecord, last: AttestationRecord, launch: LaunchRecord, today: date
) -> Finding:
    if not last.met:
        return Finding(GateState.FAILED, "attested as not met")
    if last.expires < today:
        ended = f"attestation ended on {last.expires.isoformat()}"
        return Finding(GateState.STALE, ended, "a new attestation would")
    age = (today - last.attested_on).days
    if gate.max_age_days is not None and age > gate.max_age_days:
        old = f"attestation is {age} days old, {gate.max_age_days} allowed"
        return Finding(GateState.STALE, old, "a new attestation would")
    if last.attested_by == launch.owner:
        return Finding(GateState.INCONCLUSIVE, "attested by the launch owner", _ASK)
    return Finding(GateState.PASSED, f"attested until {last.expires.isoformat()}")
