"""How sure a score is: the 90 % band of an equal-weight mixture of the assessors' normals.

Each assessor's own score carries a normal whose 90 % half-width follows from the evidence grade
(design, section 4). Confidence widens the band and never moves the score.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from tracker.scoring.score import without_noise

NORMAL_95: Final = 1.6448536269514722
"""The 95 % quantile of the standard normal: half-width = NORMAL_95 standard deviations."""

_HALVINGS: Final = 40
"""Enough to narrow brackets of up to 30 points to below 3e-11."""

_Floats = npt.NDArray[np.float64]


def bands(
    scores: Sequence[Sequence[float]], half_widths: Sequence[Sequence[float]]
) -> list[tuple[float, float]]:
    """Return the 5 % and 95 % quantile of each risk's mixture, in points.

    Args:
        scores: For each risk, its assessors' own scores (at least one).
        half_widths: For each risk, the same assessors' 90 % half-widths, above 0.

    The rows are solved together for speed; each result depends on its own row alone.
    """
    by_count: defaultdict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(scores):
        by_count[len(row)].append(place)
    solved: list[tuple[float, float]] = [(0.0, 0.0)] * len(scores)
    for places in by_count.values():
        means = np.array([scores[place] for place in places], dtype=np.float64).T
        widths = np.array([half_widths[place] for place in places], dtype=np.float64).T
        lows = _quantiles(means, widths, 0.05, means - widths)
        highs = _quantiles(means, widths, 0.95, means + widths)
        for place, low, high in zip(places, lows.tolist(), highs.tolist(), strict=True):
            solved[place] = (without_noise(low), without_noise(high))
    return solved


def _quantiles(means: _Floats, widths: _Floats, share: float, own: _Floats) -> _Floats:
    """Bisect between the lowest and the highest of the assessors' own quantiles."""
    low: _Floats = own.min(axis=0)
    high: _Floats = own.max(axis=0)
    scale = NORMAL_95 / widths
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        below = _mixture(middle, means, scale) < share
        low = np.where(below, middle, low)
        high = np.where(below, high, middle)
    return 0.5 * (low + high)


def _mixture(points: _Floats, means: _Floats, scale: _Floats) -> _Floats:
    """Distribution function of each mixture at one point each."""
    total: _Floats = np.zeros_like(points)
    # One assessor after the other, so that the order of summing is the same for any row count.
    for mean, factor in zip(means, scale, strict=True):
        total += np.asarray(ndtr((points - mean) * factor), dtype=np.float64)
    return total / len(means)
