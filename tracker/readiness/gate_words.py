"""Thresholds, figures and intervals in words.

Figures are cut towards the bad side, never rounded: 94.96 % does not print as 95 %.
"""

from math import ceil, floor

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_state import GateStatus, Reading
from tracker.domain.gates import GateRecord
from tracker.domain.words import Direction, GateCoverage, GateKind, Scale

_NOISE = 1e-9


def threshold_words(gate: GateRecord, definition: MetricDefinitionRecord | None) -> str:
    """Return a gate's threshold, such as "≥ 98 %" or "≤ 3 %, every slice"."""
    if gate.kind is GateKind.ATTESTED or gate.threshold is None:
        return "attested"
    suffix = ", every slice" if gate.coverage is GateCoverage.EVERY_SLICE else ""
    if definition is None:
        return f"{exact_words(gate.threshold, None)}{suffix}"
    sign = sign_of(definition.direction)
    return f"{sign} {exact_words(gate.threshold, definition.scale)}{suffix}"


def sign_of(direction: Direction) -> str:
    """Return which side of a threshold is good."""
    return "≥" if direction is Direction.HIGHER else "≤"


def exact_words(value: float, scale: Scale | None) -> str:
    """Return a stated value as it was meant, such as "98 %" for a share of 0.98."""
    return f"{_in_percent(value, scale):.10g}{_unit(scale)}"


def low_words(value: float, scale: Scale | None, decimals: int = 1) -> str:
    """Return a figure cut downwards to so many decimals, without idle zeros."""
    factor = 10**decimals
    cut = floor(_in_percent(value, scale) * factor + _NOISE) / factor
    return f"{cut:.10g}{_unit(scale)}"


def high_words(value: float, scale: Scale | None, decimals: int = 1) -> str:
    """Return a figure cut upwards to so many decimals, without idle zeros."""
    factor = 10**decimals
    cut = ceil(_in_percent(value, scale) * factor - _NOISE) / factor
    return f"{cut:.10g}{_unit(scale)}"


def bad_side_words(value: float, definition: MetricDefinitionRecord, decimals: int = 1) -> str:
    """Return a figure cut towards the side that is bad for it."""
    if definition.direction is Direction.HIGHER:
        return low_words(value, definition.scale, decimals)
    return high_words(value, definition.scale, decimals)


def decimals_of(threshold: float, scale: Scale | None) -> int:
    """Return how many decimals figures beside a threshold need, at least one."""
    written = exact_words(threshold, scale).removesuffix(_unit(scale))
    least = 1 if _unit(scale) else 3
    return max(least, len(written.partition(".")[2]))


def interval_words(reading: Reading, scale: Scale | None, decimals: int = 1) -> str:
    """Return the bounds of a figure, such as "97.9 % to 99.6 %"; empty where there are none."""
    if reading.low is None or reading.high is None:
        return ""
    low = low_words(reading.low, scale, decimals)
    return f"{low} to {high_words(reading.high, scale, decimals)}"


def observed_words(status: GateStatus) -> str:
    """Return what a gate's run shows, such as "99 % (97.9 % to 99.6 %, n = 500)".

    A figure that its source limits keeps the words before it: "more than 98 % (no n)".
    """
    reading, definition, threshold = status.reading, status.definition, status.gate.threshold
    if reading is None or definition is None or threshold is None or reading.observed is None:
        return ""
    decimals = decimals_of(threshold, definition.scale)
    figure = bad_side_words(reading.observed, definition, decimals)
    observed = f"{reading.qualifier} {figure}".lstrip()
    if definition.scale is Scale.COUNT:
        return observed
    within = [
        interval_words(reading, definition.scale, decimals),
        n_words(reading.n),
    ]
    return f"{observed} ({', '.join(part for part in within if part)})"


def n_words(n: int | None) -> str:
    """Return the number of samples, or that nobody knows it."""
    return "no n" if n is None else f"n = {n:,}"


def _in_percent(value: float, scale: Scale | None) -> float:
    return 100.0 * value if scale is Scale.SHARE else value


def _unit(scale: Scale | None) -> str:
    return " %" if scale in (Scale.SHARE, Scale.PERCENT) else ""
