"""The band of a risk by the standard library; stands in for `tracker.scoring.band`.

The same definition (5 % and 95 % quantile of an equal-weight mixture of normals) without arrays.
"""

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Final

from tracker.scoring.score import without_noise

NORMAL_95: Final = 1.6448536269514722
_HALVINGS: Final = 60


def bands(
    scores: Sequence[Sequence[float]], half_widths: Sequence[Sequence[float]]
) -> list[tuple[float, float]]:
    """Return the 5 % and 95 % quantile of each risk's mixture, in points."""
    return [
        (
            without_noise(_quantile(_mixture(row, widths), row, widths, 0.05)),
            without_noise(_quantile(_mixture(row, widths), row, widths, 0.95)),
        )
        for row, widths in zip(scores, half_widths, strict=True)
    ]


def _mixture(means: Sequence[float], widths: Sequence[float]) -> Callable[[float], float]:
    parts = [NormalDist(mean, width / NORMAL_95) for mean, width in zip(means, widths, strict=True)]
    return lambda point: sum(part.cdf(point) for part in parts) / len(parts)


def _quantile(
    mixture: Callable[[float], float],
    means: Sequence[float],
    widths: Sequence[float],
    share: float,
) -> float:
    side = -1.0 if share < 0.5 else 1.0
    own = [mean + side * width for mean, width in zip(means, widths, strict=True)]
    low, high = min(own), max(own)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if mixture(middle) < share:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
