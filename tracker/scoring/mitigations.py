"""What mitigations leave of a risk: what counts today, what would count, how shares combine."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracker.domain.records import LaunchRecord, VerificationRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import MitigationInputs, RiskInputs, RiskMitigation
from tracker.domain.transitions import COUNTED_IN_PROJECTION
from tracker.domain.words import Mechanism, MitigationStatus, VerificationKind
from tracker.scoring.score import without_noise


def remain(best_share_by_mechanism: Mapping[Mechanism, float], profile: ScoringProfile) -> float:
    """Return the share of expected loss that is left: `remain_floor` (0.01) to 1.

    Within a mechanism the best counts, q = 1 - best. Across mechanisms
    0.9 * product(q) + 0.1 * min(q): one tenth of the time a common cause leaves only the best
    (design, section 4; shares of 0.6, 0.5 and 0.4 remove 0.852 together).
    """
    left = [1 - share for share in best_share_by_mechanism.values()]
    if not left:
        return 1.0
    together = left[0] if len(left) == 1 else _combined(left, profile.common_cause)
    return min(1.0, max(profile.remain_floor, together))


def _combined(left: list[float], common_cause: float) -> float:
    return (1 - common_cause) * math.prod(left) + common_cause * min(left)


def residual(points: float, remain: float) -> float:
    """Return a score with mitigations counted: points + log10(remain), never above points."""
    return points if remain == 1.0 else without_noise(points + shift(remain))


@lru_cache(maxsize=16_384)
def shift(remain: float) -> float:
    """Return log10(remain), the points that mitigations take off: -2 to 0."""
    return math.log10(remain)


def is_about(verification: VerificationRecord, launch: LaunchRecord) -> bool:
    """Whether a verification is about this launch as it is today.

    That is: this launch, its model version, its configuration and the exposure stage it asks for.
    """
    return verification.launch == launch.key and verification.release == launch.release


def counted_share(inputs: MitigationInputs, launch: LaunchRecord) -> float:
    """Return the share of the risk's expected loss that a mitigation removes today, 0 to below 1.

    Only what is verified on this launch as it is today counts: the low estimate stored at a
    verification "in place", or the share stated at a verification "effect measured".
    """
    verification = _standing_verification(inputs, launch)
    return (verification.share or 0.0) if verification else 0.0


def projected_share(inputs: MitigationInputs, launch: LaunchRecord) -> float:
    """Return the share that a mitigation removes once all that is planned is done, 0 to below 1.

    An effect measured on this launch as it is today stands, even where it is none; otherwise the
    best estimate counts, but never less than what counts today. Proposed and rejected mitigations
    count nothing.
    """
    if inputs.effect.introduces or not _is_planned(inputs):
        return 0.0
    today = counted_share(inputs, launch)
    verification = _standing_verification(inputs, launch)
    if verification and verification.kind is VerificationKind.EFFECT_MEASURED:
        return today
    return max(inputs.effect.best or 0.0, today)


def _standing_verification(
    inputs: MitigationInputs, launch: LaunchRecord
) -> VerificationRecord | None:
    """The verification that counts today, if any."""
    verification = inputs.verification
    if verification is None or inputs.effect.introduces or not _is_verified(inputs):
        return None
    return verification if is_about(verification, launch) else None


def _is_verified(inputs: MitigationInputs) -> bool:
    placement = inputs.placement
    return placement is not None and placement.status is MitigationStatus.VERIFIED


def _is_planned(inputs: MitigationInputs) -> bool:
    return inputs.placement is not None and inputs.placement.status in COUNTED_IN_PROJECTION


def best_by_mechanism(shares: Iterable[tuple[Mechanism, float]]) -> dict[Mechanism, float]:
    """Return the best share of each mechanism that removes anything."""
    best: dict[Mechanism, float] = {}
    for mechanism, share in shares:
        if share > best.get(mechanism, 0.0):
            best[mechanism] = share
    return best


def remain_today(mitigations: Iterable[RiskMitigation], profile: ScoringProfile) -> float:
    """Return the share of a risk's expected loss that verified mitigations leave today."""
    shares = ((one.mitigation.mechanism, one.counted) for one in mitigations)
    return remain(best_by_mechanism(shares), profile)


def remain_projected(inputs: RiskInputs, profile: ScoringProfile) -> float:
    """Return the share that is left once all planned mitigations are done."""
    shares = (
        (m.mitigation.mechanism, projected_share(m, inputs.launch)) for m in inputs.mitigations
    )
    return remain(best_by_mechanism(shares), profile)


def risk_mitigations(inputs: RiskInputs) -> tuple[RiskMitigation, ...]:
    """Return what each mitigation does to a risk today, in the order of mitigation numbers."""
    ordered = sorted(inputs.mitigations, key=lambda item: item.mitigation.number)
    counted = [counted_share(item, inputs.launch) for item in ordered]
    leaders = _leaders(zip(ordered, counted, strict=True))
    return tuple(
        RiskMitigation(
            mitigation=item.mitigation,
            placement=item.placement,
            effect=item.effect,
            counted=share,
            adds_nothing=share > 0 and leaders[item.mitigation.mechanism] != item.mitigation.ref,
            outdated_verification=_has_outdated_verification(item, inputs.launch),
        )
        for item, share in zip(ordered, counted, strict=True)
    )


def _leaders(ordered: Iterable[tuple[MitigationInputs, float]]) -> dict[Mechanism, str]:
    """Reference of the mitigation that counts per mechanism; of equals, the first in order."""
    best: dict[Mechanism, tuple[float, str]] = {}
    for item, share in ordered:
        mechanism = item.mitigation.mechanism
        if share > best.get(mechanism, (0.0, ""))[0]:
            best[mechanism] = (share, item.mitigation.ref)
    return {mechanism: ref for mechanism, (_, ref) in best.items()}


def _has_outdated_verification(inputs: MitigationInputs, launch: LaunchRecord) -> bool:
    verification = inputs.verification
    return verification is not None and _is_verified(inputs) and not is_about(verification, launch)
