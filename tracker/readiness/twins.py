"""Safety criteria without a counterweight: what a launch asks to refuse, and never to answer."""

from collections.abc import Iterable

from tracker.domain.gate_templates import OVER_REFUSAL
from tracker.domain.gates import GateRecord
from tracker.domain.words import GateKind


def missing_twins(gates: Iterable[GateRecord]) -> tuple[GateRecord, ...]:
    """Return the safety gates that have no over-refusal twin, one per launch and area.

    A safety gate is a must-pass measured one outside the area over_refusal. Its twin is any gate
    of its launch in that area, must-pass or advisory: one set of harmless requests serves all
    safety gates. It is pointed out and never changes a verdict. Withdrawn gates count for nothing.

    Args:
        gates: Of any number of launches, in the order in which they are to be named.
    """
    standing = [gate for gate in gates if not gate.withdrawn]
    weighed = {gate.launch for gate in standing if gate.area == OVER_REFUSAL}
    first: dict[tuple[str, str], GateRecord] = {}
    for gate in standing:
        if gate.launch not in weighed and gate.must_pass and gate.kind is GateKind.MEASURED:
            first.setdefault((gate.launch, gate.area), gate)
    return tuple(first.values())
