"""Scores as people read them: rounded, but never across a level."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from tracker.domain.scales import ScoringProfile
from tracker.scoring.score import level_rank, plain_level, without_noise

MINUS = "\N{MINUS SIGN}"


def one_decimal(points: float, profile: ScoringProfile) -> str:
    """Return a score with one decimal whose level is the score's own: 6.98 gives "6.9".

    That needs levels that begin at whole tenths, as those of P1 do.
    """
    return _shown(points, Decimal("0.1"), profile)


def two_decimals(points: float, profile: ScoringProfile) -> str:
    """Return a score with two decimals whose level is the score's own: 6.998 gives "6.99"."""
    return _shown(points, Decimal("0.01"), profile)


def _shown(points: float, step: Decimal, profile: ScoringProfile) -> str:
    exact = Decimal(repr(without_noise(points)))
    nearest = exact.quantize(step, ROUND_HALF_UP)
    own, other = (level_rank(plain_level(float(value), profile)) for value in (exact, nearest))
    if other != own:
        nearest = exact.quantize(step, ROUND_FLOOR if other > own else ROUND_CEILING)
    return minus_sign(nearest)


def signed(points: float) -> str:
    """Return a summand with its sign and up to two decimals: "+0.75", "−1.5", "+0"."""
    text = plain(points)
    return text if text.startswith(MINUS) else f"+{text}"


def plain(points: float) -> str:
    """Return points with up to two decimals, without trailing zeros: "3.5", "1.27", "2"."""
    rounded = Decimal(repr(without_noise(points))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = minus_sign(rounded)
    return text.rstrip("0").rstrip(".")


def minus_sign(value: Decimal) -> str:
    """Return a number with a true minus sign, and none before a zero."""
    return f"{value if value else abs(value):f}".replace("-", MINUS)
