"""What the rules take from SciPy, by the standard library: tails of the binomial, the normal.

Stands in for `scipy.special` inside the verifier. An exact bound of a share is by definition the
share at which so many outcomes, or more, have the chance alpha (Clopper and Pearson 1934), so it
is found by asking the binomial tail itself. Slower than SciPy, and independent of it.
"""

from math import exp, isfinite, lgamma, log, log1p
from statistics import NormalDist
from typing import Final

_HALVINGS: Final = 200
_NEGLIGIBLE: Final = 1e-22
_NORMAL: Final = NormalDist()


def betainc(counted: float, rest: float, share: float) -> float:
    """Return P(at least `counted` of n), n = counted + rest - 1, at a share from 0 to 1."""
    k, n = int(counted), int(counted + rest - 1)
    if k <= 0 or share >= 1.0:
        return 1.0
    if share <= 0.0 or k > n:
        return 0.0
    upper = k > n * share
    tail = _above(k, n, share) if upper else _above(n - k + 1, n, 1.0 - share)
    return min(1.0, tail) if upper else max(0.0, 1.0 - tail)


def betaincinv(counted: float, rest: float, chance: float) -> float:
    """Return the share at which at least `counted` of n outcomes have a chance, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if betainc(counted, rest, middle) < chance:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def ndtri(chance: float) -> float:
    """Return the quantile of the standard normal."""
    return _NORMAL.inv_cdf(chance)


def ndtr(value: float) -> float:
    """Return the distribution function of the standard normal."""
    return _NORMAL.cdf(value)


def _above(k: int, n: int, share: float) -> float:
    """Sum P(k), P(k + 1), … above the mean, where each is smaller than the one before."""
    log_share, log_rest = log(share), log1p(-share)
    first = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log_share + (n - k) * log_rest
    if not isfinite(first):
        return 0.0
    term = total = exp(first)
    odds = share / (1.0 - share)
    for outcome in range(k, n):
        term *= odds * (n - outcome) / (outcome + 1)
        total += term
        if term < total * _NEGLIGIBLE:
            break
    return total
