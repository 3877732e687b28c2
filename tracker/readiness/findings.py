"""What a look at one gate found, and which of several findings decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.gate_state import Comparison, Reading
from tracker.domain.gates import AttestationRecord
from tracker.domain.words import GateState

_FIRST_MATCH = (
    GateState.MISSING,
    GateState.PLANNED,
    GateState.FAILED,
    GateState.STALE,
    GateState.INCONCLUSIVE,
    GateState.PASSED,
)


class Finding(NamedTuple):
    """A state with its reason, and what would settle it (empty where nothing simple does)."""

    state: GateState
    why: str
    settles: str = ""


def decisive(findings: Iterable[Finding]) -> Finding:
    """Return the finding that comes first in the order of the states, then in the given one."""
    return min(findings, key=lambda one: _FIRST_MATCH.index(one.state))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a gate's evidence gives today, before any waiver; fields as in `GateStatus`."""

    finding: Finding
    run: EvidenceRunRecord | None = None
    reading: Reading | None = None
    slices: tuple[Reading, ...] = ()
    comparison: Comparison | None = None
    attestation: AttestationRecord | None = None
