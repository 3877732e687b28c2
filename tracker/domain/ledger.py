"""The evidence of a launch with its provenance, what it counts for, and what it speaks to."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.gates import GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.words import EvidenceStanding


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One metric of a run.

    Attributes:
        standing: Whether it speaks for the launch today, and if not, why.
        gates: Those in force whose slot and configuration it lies in, in order of number.
        definition: What is known about its metric; None where nobody has said.
        same_release: Whether the run is about the launch's present release.
        equivalent: Whether somebody independent said why it counts for that release.
    """

    run: EvidenceRunRecord
    evidence: EvidenceRecord
    standing: EvidenceStanding
    gates: tuple[GateRecord, ...]
    definition: MetricDefinitionRecord | None
    same_release: bool
    equivalent: bool

    @property
    def risks(self) -> tuple[str, ...]:
        """References of the risks that it speaks to."""
        return self.evidence.risks


@dataclass(frozen=True, slots=True)
class Ledger:
    """All evidence of a launch.

    Attributes:
        today: The day that it is read as of.
        runs: In order of number, those without a single metric too.
        rows: Every metric, newest run first.
    """

    launch: LaunchRecord
    today: date
    runs: tuple[EvidenceRunRecord, ...]
    rows: tuple[LedgerRow, ...]
