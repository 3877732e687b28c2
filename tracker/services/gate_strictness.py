"""Whether one launch criterion asks for less than another of the same slot."""

from collections.abc import Iterator

from tracker.domain.gate_drafts import GateDraft
from tracker.domain.gates import GateRecord
from tracker.domain.words import Direction, GateCoverage

Asked = GateDraft | GateRecord


def looser_in(later: Asked, earlier: Asked, direction: Direction | None) -> dict[str, str]:
    """Return what the later gate asks less for than the earlier one, by field, in words.

    Args:
        later: What would count from now on.
        earlier: What it is held against.
        direction: Of the metric that both read; None for attested gates.
    """
    found = dict(_measured(later, earlier, direction))
    if _age(later) > _age(earlier):
        found["max_age_days"] = "would let older evidence count"
    if earlier.must_pass and not later.must_pass:
        found["must_pass"] = "would make a must-pass gate advisory"
    return found


def _measured(
    later: Asked, earlier: Asked, direction: Direction | None
) -> Iterator[tuple[str, str]]:
    if _asks_less(later.threshold, earlier.threshold, direction):
        yield "threshold", "would let worse values pass"
    if (earlier.coverage, later.coverage) == (GateCoverage.EVERY_SLICE, GateCoverage.OVERALL):
        yield "coverage", "would look at the whole instead of every slice"
    if later.confidence < earlier.confidence:
        yield "confidence", "would ask to be less sure"
    if (later.min_n or 0) < (earlier.min_n or 0):
        yield "min_n", "would let fewer samples do"
    if earlier.baseline is not None:
        yield from _regression(later, earlier)


def _regression(later: Asked, earlier: Asked) -> Iterator[tuple[str, str]]:
    if later.baseline != earlier.baseline:
        yield "baseline", f"would drop the comparison with {earlier.baseline}"
    elif (later.margin or 0.0) > (earlier.margin or 0.0):
        yield "margin", "would let it become worse than now"


def _asks_less(later: float | None, earlier: float | None, direction: Direction | None) -> bool:
    if later is None or earlier is None or direction is None:
        return False
    return later < earlier if direction is Direction.HIGHER else later > earlier


def _age(gate: Asked) -> float:
    return float("inf") if gate.max_age_days is None else float(gate.max_age_days)
