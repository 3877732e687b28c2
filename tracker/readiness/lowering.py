"""Which mitigations, once verified, bring a risk down far enough."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, MitigationState, RiskState
from tracker.domain.words import Level, Mechanism, MitigationStatus
from tracker.readiness.verdict import reaches_critical
from tracker.scoring.assessors import upper_median_level
from tracker.scoring.mitigations import best_by_mechanism, is_about, remain, shift
from tracker.scoring.score import level_of, level_rank, without_noise

MOST_TRIED = 2_000
"""Sets of mitigations that are tried per risk before the search says that there may be more."""

Clears = Callable[[RiskState, float, ScoringProfile], bool]


def comes_below_high(risk: RiskState, remain: float, profile: ScoringProfile) -> bool:
    """Tell whether a risk is below High when a share `remain` of its expected loss is left."""
    return level_rank(level_with(risk, remain, profile)) < level_rank(Level.HIGH)


def level_with(risk: RiskState, remain: float, profile: ScoringProfile) -> Level:
    """Return the level of an assessed risk when a share `remain` of its expected loss is left."""
    levels = [
        level_of(without_noise(one.harm_score + shift(remain)), one.assessment.picks, profile)
        for one in risk.scores
    ]
    return upper_median_level(levels)


def band_stays_below_critical(risk: RiskState, remain: float, profile: ScoringProfile) -> bool:
    """Tell whether the band of a risk ends below Critical when a share `remain` is left."""
    band = risk.inherent.band
    return band is not None and not reaches_critical(
        without_noise(band[1] + shift(remain)), profile
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mitigation that counts nothing for a risk today and would, once verified in place."""

    ref: str
    mechanism: Mechanism
    share: float


def workable(state: LaunchState) -> dict[str, MitigationState | None]:
    """Return the mitigations that work can verify: placed and not rejected, or asked for.

    A rejected one is taken up again only where it is mandatory or a required safeguard; a
    safeguard that was never put on the launch has no state.
    """
    placed = {one.mitigation.ref: one for one in state.mitigations}
    safeguards = {
        one.mitigation.ref: placed.get(one.mitigation.ref)
        for status in state.frontier
        if status.standing
        for one in status.safeguards
    }
    kept = {
        ref: one
        for ref, one in placed.items()
        if one.placement.mandatory or one.placement.status is not MitigationStatus.REJECTED
    }
    return {**safeguards, **kept}


def candidates(risk: RiskState, state: LaunchState) -> list[Candidate]:
    """Return what could still be verified for a risk, in order of mitigation numbers."""
    able = workable(state)
    return [
        Candidate(one.mitigation.ref, one.mitigation.mechanism, one.effect.low)
        for one in risk.mitigations
        if one.effect.low
        and not one.effect.introduces
        and one.mitigation.ref in able
        and not _is_shown(able[one.mitigation.ref], risk, state)
    ]


def _is_shown(mitigation: MitigationState | None, risk: RiskState, state: LaunchState) -> bool:
    """Whether a verification of it for this risk stands already, whatever it showed."""
    return (
        mitigation is not None
        and mitigation.verified_now
        and any(
            one.risk == risk.ref and is_about(one, state.launch) for one in mitigation.verifications
        )
    )


def remain_with(risk: RiskState, further: Iterable[Candidate], profile: ScoringProfile) -> float:
    """Return the share of expected loss that is left once further mitigations are verified."""
    today = ((one.mitigation.mechanism, one.counted) for one in risk.mitigations)
    then = ((one.mechanism, one.share) for one in further)
    return remain(best_by_mechanism([*today, *then]), profile)


@dataclass(frozen=True, slots=True)
class Lowering:
    """The smallest sets of mitigations that bring a risk down far enough.

    Attributes:
        needed: Those that every such set holds.
        options: The sets, each with `needed`; none where all together do not do it.
        more: Whether there may be further sets.
    """

    needed: frozenset[str]
    options: tuple[frozenset[str], ...]
    more: bool


def lowering(
    risk: RiskState, state: LaunchState, clears: Clears, given: frozenset[str] = frozenset()
) -> Lowering:
    """Return the inclusion-minimal sets of mitigations that bring a risk down far enough.

    Within a mechanism only the best counts, so no smallest set holds two of one mechanism.

    Args:
        risk: An assessed one.
        state: Its launch.
        clears: Tells whether a share of its expected loss is little enough.
        given: Mitigations that are verified in any case; no set names them.
    """
    profile = state.profile
    able = candidates(risk, state)
    found = [one for one in able if one.ref not in given]
    done = [one for one in able if one.ref in given]

    def does_it(some: Iterable[Candidate]) -> bool:
        return clears(risk, remain_with(risk, [*done, *some], profile), profile)

    if not does_it(found):
        return Lowering(frozenset(), (), more=False)
    needed = frozenset(
        one.ref for one in found if not does_it(other for other in found if other != one)
    )
    options: list[frozenset[str]] = []
    for tried, some in enumerate(_one_per_mechanism(found)):
        if tried == MOST_TRIED:
            return Lowering(needed, tuple(options) or (_reduced(found, does_it),), more=True)
        refs = frozenset(one.ref for one in some)
        if not any(option <= refs for option in options) and does_it(some):
            options.append(refs)
    return Lowering(needed, tuple(options), more=False)


def _one_per_mechanism(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Every set with at most one of each mechanism, smaller ones first."""
    by_mechanism = [[one for one in found if one.mechanism is kind] for kind in Mechanism]
    filled = [group for group in by_mechanism if group]
    for size in range(len(filled) + 1):
        for groups in combinations(filled, size):
            yield from product(*groups)


def _reduced(
    found: Sequence[Candidate], does_it: Callable[[Iterable[Candidate]], bool]
) -> frozenset[str]:
    """One smallest set: what is left after leaving out, one by one, all that can be left out."""
    kept = list(found)
    for one in found:
        without = [other for other in kept if other != one]
        if does_it(without):
            kept = without
    return frozenset(one.ref for one in kept)
