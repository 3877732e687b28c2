"""The readiness summary as data: six renderers take it, none of them fetches anything."""

from dataclasses import dataclass
from datetime import datetime

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.domain.gate_state import PathToGreen
from tracker.domain.gates import DeterminationRecord, WaiverRecord
from tracker.domain.ledger import Ledger
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.state import LaunchState, RankedRisk

NOT_YET_RECORDED = "Not yet recorded"
"""Printed wherever a section's data does not exist yet, so that nothing silently disappears."""

IDENTITY_NOTE = "identity not authenticated"
ILLUSTRATIVE_LABEL = "illustrative judgement"


@dataclass(frozen=True, slots=True)
class ExplainedRisk:
    """A risk with its line in the queue and its score in words.

    Attributes:
        rank_on_launch: Place in the queue of this launch alone, from 1 on.
        explanation: The current priority as a sum in words.
    """

    ranked: RankedRisk
    rank_on_launch: int
    explanation: str
    nist_level: str | None


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """One launch at one moment, ready to be rendered.

    Attributes:
        generated_at: UTC; the only clock in the export, so that equal input gives equal bytes.
        generated_by: Name of the acting person.
        authenticated: Whether that identity was checked.
        why: One sentence on why the verdict is what it is.
        change: One sentence on what would change it.
        recommendation, decision, dissent_count: Separate records; None until they exist.
        risks: Open risks in queue order, then none other.
        closed: Closed risks, with reasons, in order of reference.
        recent: Latest changes on this launch, newest first.
        ledger: All evidence of the launch, counted or not.
        waivers: Every waiver that was ever asked for, oldest first; whether one counts stands in
            the state, which knows each gate's latest.
        determinations: Every frontier determination, oldest first.
        path: What turns the verdict; None where nobody worked it out.
        chain: Length and head of the audit chain when the report was made.
    """

    state: LaunchState
    generated_at: datetime
    generated_by: str
    authenticated: bool
    why: str
    change: str
    recommendation: str | None
    decision: str | None
    dissent_count: int | None
    risks: tuple[ExplainedRisk, ...]
    closed: tuple[RankedRisk, ...]
    areas: tuple[PolicyAreaRecord, ...]
    recent: tuple[ChangeLine, ...]
    ledger: Ledger
    waivers: tuple[WaiverRecord, ...]
    determinations: tuple[DeterminationRecord, ...]
    path: PathToGreen | None
    chain: ChainHead
    product_version: str
    is_demo: bool
