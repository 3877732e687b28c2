"""Mitigations on one launch: what counts as verified on this version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from tracker.domain.records import EffectRecord, PlacementRecord, VerificationRecord
from tracker.domain.state import LaunchInputs, MitigationState
from tracker.domain.words import MitigationStatus
from tracker.scoring.mitigations import is_about


def mitigation_states(inputs: LaunchInputs) -> tuple[MitigationState, ...]:
    """Return the state of every mitigation placed on the launch, in order of number."""
    effects = _by_mitigation(inputs.effects)
    verifications = _by_mitigation(inputs.verifications)
    placements = sorted(
        inputs.placements, key=lambda placement: inputs.mitigations[placement.mitigation].number
    )
    return tuple(
        _mitigation_state(
            inputs,
            placement,
            effects.get(placement.mitigation, ()),
            verifications.get(placement.mitigation, ()),
        )
        for placement in placements
    )


def _mitigation_state(
    inputs: LaunchInputs,
    placement: PlacementRecord,
    effects: tuple[EffectRecord, ...],
    verifications: tuple[VerificationRecord, ...],
) -> MitigationState:
    ref = placement.mitigation
    claimed = placement.status is MitigationStatus.VERIFIED
    fits = any(is_about(verification, inputs.launch) for verification in verifications)
    others = inputs.launches_by_mitigation.get(ref, ())
    return MitigationState(
        mitigation=inputs.mitigations[ref],
        placement=placement,
        effects=effects,
        verifications=verifications,
        verified_now=claimed and fits,
        verification_outdated=claimed and not fits,
        other_launches=tuple(key for key in others if key != inputs.launch.key),
    )


Bearing = TypeVar("Bearing", EffectRecord, VerificationRecord)


def _by_mitigation(records: Iterable[Bearing]) -> Mapping[str, tuple[Bearing, ...]]:
    grouped: dict[str, list[Bearing]] = defaultdict(list)
    for record in records:
        grouped[record.mitigation].append(record)
    return {ref: tuple(found) for ref, found in grouped.items()}
