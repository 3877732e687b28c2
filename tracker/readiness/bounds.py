"""Exact bounds of a share, bounds of a mean and of a difference, and how many samples it takes.

All shares lie between 0 and 1, all bounds are one-sided at `confidence` (0.5 to below 1), each on
its own. Sources: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits
illustrated in the case of the binomial", Biometrika 26 (1934); E. B. Wilson, JASA 22 (1927);
R. G. Newcombe, "Interval estimation for the difference between independent proportions",
Statistics in Medicine 17 (1998), method 10.
"""

from functools import lru_cache
from math import ceil, sqrt
from typing import Final

from scipy.special import betainc, betaincinv, ndtri

NOISE: Final = 1e-12
"""Figures this close, relative to their size, are equal: rounding of floats decides nothing."""

MOST_SAMPLES: Final = 100_000_000
"""Beyond this many samples the answer to "how many would settle it" is "no number would"."""


def reaches(value: float, least: float) -> bool:
    """Tell whether a value is at least a bound, up to the noise of floats."""
    return value >= least - NOISE * max(1.0, abs(least))


@lru_cache(maxsize=65_536)
def share_low(counted: int, n: int, confidence: float) -> float:
    """Return the exact lower bound of a share: Beta⁻¹(1 - confidence; counted, n - counted + 1).

    Args:
        counted: Outcomes that count, 0 to n.
        n: Samples, 0 or more; of none, the bound is 0.
        confidence: One-sided.
    """
    if counted == 0:
        return 0.0
    return float(betaincinv(counted, n - counted + 1, 1.0 - confidence))


def share_high(counted: int, n: int, confidence: float) -> float:
    """Return the exact upper bound of a share; of no samples, it is 1."""
    return 1.0 - share_low(n - counted, n, confidence)


@lru_cache(maxsize=64)
def normal_quantile(confidence: float) -> float:
    """Return how many standard errors a one-sided bound lies away from the value."""
    return float(ndtri(confidence))


def mean_bounds(value: float, stderr: float, confidence: float) -> tuple[float, float]:
    """Return the bounds of a value with a standard error, in the value's own scale."""
    reach = normal_quantile(confidence) * stderr
    return value - reach, value + reach


def wilson(counted: int, n: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's score bounds of a share of n samples (at least 1)."""
    z = normal_quantile(confidence)
    share = counted / n
    centre = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (centre - reach) / whole), min(1.0, (centre + reach) / whole)


def newcombe(new: tuple[int, int], old: tuple[int, int], confidence: float) -> tuple[float, float]:
    """Return the bounds of the share of `new` minus the share of `old`.

    Args:
        new: Outcomes that count and samples (at least 1).
        old: The same of the run that it is compared with; the two are independent.
        confidence: One-sided, of each bound on its own.
    """
    share_new, share_old = new[0] / new[1], old[0] / old[1]
    low_new, high_new = wilson(*new, confidence)
    low_old, high_old = wilson(*old, confidence)
    difference = share_new - share_old
    return (
        difference - sqrt((share_new - low_new) ** 2 + (high_old - share_old) ** 2),
        difference + sqrt((high_new - share_new) ** 2 + (share_old - low_old) ** 2),
    )


@lru_cache(maxsize=65_536)
def needed_n(threshold: float, failures: int, confidence: float) -> int | None:
    """Return the fewest samples that show a share of at least `threshold` with so many failures.

    None where no number up to `MOST_SAMPLES` does: no sample shows a share of 1.
    """
    if threshold <= 0.0:
        return failures + 1
    if not _shows(MOST_SAMPLES, threshold, failures, confidence):
        return None
    low, high = failures, max(failures + 1, ceil((failures + 1) / (1.0 - threshold)))
    while not _shows(high, threshold, failures, confidence):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _shows(middle, threshold, failures, confidence):
            high = middle
        else:
            low = middle
    return high


def _shows(n: int, threshold: float, failures: int, confidence: float) -> bool:
    """Tell it without inverting: so few failures have to be unlikely if the share were T.

    P(at most f failures of n | share T) = I_T(n - f, f + 1).
    """
    if n <= failures or threshold >= 1.0:
        return False
    return reaches(1.0 - confidence, float(betainc(n - failures, failures + 1, threshold)))
