"""How far assessors agree on a factor: Krippendorff's alpha, with the n that it rests on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

FEWEST_UNITS: Final = 10
"""Under this many risks with two or more picks, alpha is withheld: it would be noise."""

Distance = Callable[[int, int, Mapping[int, int]], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one factor.

    Attributes:
        alpha: 1 is perfect, 0 is chance; None where withheld or where nobody ever differed in
            what they were asked about, so that chance says nothing.
        units: How many risks have two or more picks.
    """

    alpha: float | None
    units: int


def agreement(units: Sequence[Sequence[int]], fewest: int = FEWEST_UNITS) -> Agreement:
    """Return the ordinal agreement on one factor.

    Args:
        units: For each risk, the picks of those who assessed it.
        fewest: Alpha is withheld under this many risks with two or more picks.
    """
    count = sum(len(unit) > 1 for unit in units)
    return Agreement(alpha(units, ordinal) if count >= fewest else None, count)


def alpha(units: Sequence[Sequence[int]], distance: Distance) -> float | None:
    """Return Krippendorff's alpha, 1 - observed / expected disagreement; None without variety.

    Units with fewer than two values are left out. Source: K. Krippendorff, "Computing
    Krippendorff's Alpha-Reliability" (2011).
    """
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    observed = sum(
        distance(one, other, totals) / (len(unit) - 1)
        for unit in pairable
        for one, other in permutations(unit, 2)
    )
    by_chance = sum(
        totals[one] * totals[other] * distance(one, other, totals)
        for one, other in product(totals, repeat=2)
    )
    return 1 - observed * (totals.total() - 1) / by_chance if by_chance else None


def ordinal(one: int, other: int, totals: Mapping[int, int]) -> float:
    """Squared distance of two steps of a scale by how many values lie between them."""
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in totals.items() if low <= value <= high)
    return (between - (totals[low] + totals[high]) / 2) ** 2
