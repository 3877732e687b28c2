"""One launch, and one mitigation, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.cli.as_json import Values, launch_values, level_values, ranked_values
from tracker.domain.records import (
    EffectRecord,
    MitigationRecord,
    PlacementRecord,
    VerificationRecord,
)
from tracker.domain.state import (
    AreaStatus,
    LaunchState,
    MitigationState,
    RankedRisk,
    VerdictReason,
)
from tracker.domain.words import View


@dataclass(frozen=True, slots=True)
class MitigationDetail:
    """One mitigation wherever it is placed."""

    mitigation: MitigationRecord
    placements: Sequence[PlacementRecord]
    effects: Sequence[EffectRecord]
    verifications: Sequence[VerificationRecord]


def shown_launch_values(state: LaunchState, queue: Sequence[RankedRisk]) -> Values:
    """Return everything about one launch.

    Args:
        state: The launch.
        queue: Its open risks, with their ranks over all launches.
    """
    launch = state.launch
    return {
        **launch_values(state),
        "summary": launch.summary,
        "surfaces": launch.surfaces,
        "origin": launch.origin,
        "people": {role.value: person for role, person in sorted(launch.holders.items())},
        "verdict_reasons": [reason_values(reason) for reason in state.reasons],
        "levels_inherent": level_values(state.level_counts(View.INHERENT)),
        "levels_projected": level_values(state.level_counts(View.PROJECTED)),
        "areas": [_area(status) for status in state.areas],
        "risks": [ranked_values(ranked) for ranked in queue],
        "mitigations": [_placed(mitigation) for mitigation in state.mitigations],
    }


def reason_values(reason: VerdictReason) -> Values:
    """Return one thing that stands in the way, with its remedy."""
    return {
        "code": reason.code,
        "text": reason.text,
        "remedy": reason.remedy,
        "holds": reason.holds,
        "subject": reason.subject,
    }


def _area(status: AreaStatus) -> Values:
    return {
        "area": status.area.code,
        "applicability": status.scope.applicability if status.scope else None,
        "state": status.state,
        "worst": status.worst,
        "risks": list(status.risks),
    }


def _placed(state: MitigationState) -> Values:
    placement = state.placement
    return {
        "ref": state.mitigation.ref,
        "title": state.mitigation.title,
        "status": placement.status,
        "mandatory": placement.mandatory,
        "verified_now": state.verified_now,
        "due": placement.due.isoformat() if placement.due else None,
    }


def mitigation_values(detail: MitigationDetail) -> Values:
    """Return everything about one mitigation."""
    record = detail.mitigation
    return {
        "ref": record.ref,
        "title": record.title,
        "summary": record.summary,
        "mechanism": record.mechanism,
        "layer": record.layer,
        "owner": record.owner,
        "team": record.team,
        "efforts": {team: record.efforts[team] for team in sorted(record.efforts)},
        "duration": list(record.duration) if record.duration else None,
        "source": record.source,
        "origin": record.origin,
        "launches": [
            {
                "launch": placement.launch,
                "status": placement.status,
                "mandatory": placement.mandatory,
                "due": placement.due.isoformat() if placement.due else None,
            }
            for placement in detail.placements
        ],
        "effects": [
            {
                "risk": effect.risk,
                "low": effect.low,
                "best": effect.best,
                "high": effect.high,
                "introduces": effect.introduces,
                "basis": effect.basis,
            }
            for effect in detail.effects
        ],
        "verifications": [_verification(record) for record in detail.verifications],
    }


def _verification(record: VerificationRecord) -> Values:
    return {
        "launch": record.launch,
        "risk": record.risk,
        "kind": record.kind,
        "share": record.share,
        "verified_by": record.verified_by,
        "verified_on": record.verified_on.isoformat(),
        "model_version": record.model_version,
        "evidence": record.evidence,
    }
