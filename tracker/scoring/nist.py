"""The NIST SP 800-30 Rev. 1 (2012) tables, as an approximate cross-reference only.

Their scales are qualitative and not ours: whoever shows one of these levels marks it as
approximate. Rows run over the first argument, columns over the second, both from Very Low up.
"""

from typing import Final

LEVELS: Final = ("Very Low", "Low", "Moderate", "High", "Very High")

_VL, _L, _M, _H, _VH = LEVELS

TABLE_I2: Final = (
    (_VL, _VL, _VL, _L, _L),
    (_VL, _L, _L, _L, _M),
    (_VL, _L, _M, _M, _H),
    (_VL, _L, _M, _H, _VH),
    (_VL, _L, _M, _H, _VH),
)
"""Level of risk: row likelihood, column level of impact."""

TABLE_G5: Final = (
    (_VL, _VL, _L, _L, _L),
    (_VL, _L, _L, _M, _M),
    (_L, _L, _M, _M, _H),
    (_L, _M, _M, _H, _VH),
    (_L, _M, _H, _VH, _VH),
)
"""Overall likelihood: row likelihood of occurrence, column likelihood of adverse impact."""


def nist_level(likelihood_pick: int, severity_pick: int) -> str:
    """Return the approximate NIST level of two picks (1 to 5 each) by Table I-2."""
    return TABLE_I2[likelihood_pick - 1][severity_pick - 1]


def nist_likelihood(occurrence: int, adverse_impact: int) -> str:
    """Return the approximate overall likelihood of two steps (1 to 5 each) by Table G-5."""
    return TABLE_G5[occurrence - 1][adverse_impact - 1]
