"""One assessor's picks as points: harm score, priority and level (design, section 4).

One point is ten times more expected harm, so points add where harms multiply.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.domain.picks import Picks
from tracker.domain.scales import ScoringProfile
from tracker.domain.words import Factor, Level

DECIMALS: Final = 9
"""Points are kept to this many decimals, so that equal sums are equal whatever their order."""

_RANKS: Final = {level: rank for rank, level in enumerate(Level)}


class Sums(NamedTuple):
    """What one set of picks adds up to, in points, with the level that follows from it."""

    harm_points: float
    harm_score: float
    priority: float
    level: Level


def without_noise(points: float) -> float:
    """Round away what binary fractions add to a sum, far below anything that is shown."""
    return round(points, DECIMALS)


def sums(picks: Picks, profile: ScoringProfile) -> Sums:
    """Add up one set of picks under one profile; cached, since there are only 3 125 of them."""
    return _sums(
        profile,
        picks.likelihood,
        picks.severity,
        picks.exposure,
        picks.reversibility,
        picks.business_impact,
    )


@lru_cache(maxsize=16_384)
def _sums(profile: ScoringProfile, *numbers: int) -> Sums:
    picks = Picks(**dict(zip(map(str, Factor), numbers, strict=True)))
    harm = sum(
        profile.points(factor, picks.of(factor))
        for factor in (Factor.SEVERITY, Factor.EXPOSURE, Factor.REVERSIBILITY)
    )
    start = profile.base + profile.points(Factor.LIKELIHOOD, picks.likelihood)
    business = profile.points(Factor.BUSINESS_IMPACT, picks.business_impact)
    harm_score_ = without_noise(start + harm)
    return Sums(
        harm_points=without_noise(harm),
        harm_score=harm_score_,
        priority=without_noise(start + math.log10(10**harm + 10**business)),
        level=level_of(harm_score_, picks, profile),
    )


def harm_points(picks: Picks, profile: ScoringProfile) -> float:
    """Return h = s + x + r in points: 0 to 7 under profile P1."""
    return sums(picks, profile).harm_points


def harm_score(picks: Picks, profile: ScoringProfile) -> float:
    """Return base + L + h in points: 0 to 10.35 under profile P1. It gives the level."""
    return sums(picks, profile).harm_score


def priority(picks: Picks, profile: ScoringProfile) -> float:
    """Return base + L + log10(10^h + 10^b) in points. It gives the order of work, nothing else."""
    return sums(picks, profile).priority


def business_share(picks: Picks, profile: ScoringProfile) -> float:
    """Return the share of the priority's loss owed to business: 10^b / (10^h + 10^b), 0 to 1."""
    business = profile.points(Factor.BUSINESS_IMPACT, picks.business_impact)
    return 1 / (1 + 10 ** (harm_points(picks, profile) - business))


def floored(picks: Picks, profile: ScoringProfile) -> bool:
    """Whether the picks name a catastrophic, hardly reversible harm, which has a lowest level."""
    return (
        picks.severity >= profile.floor_severity
        and picks.reversibility >= profile.floor_reversibility
    )


def plain_level(harm_score: float, profile: ScoringProfile) -> Level:
    """Return the level of a harm score by its decade alone, without the floor."""
    for level, lower_bound in profile.lower_bounds:
        if harm_score >= lower_bound:
            return level
    return Level.VERY_LOW


def level_of(harm_score: float, picks: Picks, profile: ScoringProfile) -> Level:
    """Return the level of a harm score, never below the floor that its picks ask for."""
    level = plain_level(harm_score, profile)
    return highest((level, profile.floor_level)) if floored(picks, profile) else level


def level_rank(level: Level) -> int:
    """Return the position of a level from 0 (Very low) to 5 (UNASSESSED)."""
    return _RANKS[level]


def highest(levels: Iterable[Level]) -> Level:
    """Return the highest of several levels; UNASSESSED stands above all others."""
    return max(levels, key=level_rank)
