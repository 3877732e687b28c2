"""A readiness summary from its parts: the same way for the launch of today and for a snapshot."""

from dataclasses import dataclass
from datetime import datetime

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.domain.gates import DeterminationRecord, WaiverRecord
from tracker.domain.ledger import Ledger
from tracker.domain.report import ExplainedRisk, Proceedings, ReadinessReport
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import View
from tracker.readiness.path import path_to_green
from tracker.readiness.words import what_would_change_it, why
from tracker.scoring.explain import explain_priority
from tracker.scoring.nist import nist_level
from tracker.services.portfolio import closed_risks, ranked_queue


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a summary shows besides the state; see `ReadinessReport`."""

    generated_at: datetime
    generated_by: str
    authenticated: bool
    recent: tuple[ChangeLine, ...]
    ledger: Ledger
    waivers: tuple[WaiverRecord, ...]
    determinations: tuple[DeterminationRecord, ...]
    chain: ChainHead
    product_version: str
    is_demo: bool
    proceedings: Proceedings | None = None


def summary(state: LaunchState, sheet: Sheet) -> ReadinessReport:
    """Return the readiness summary of a launch in this state; nothing is fetched."""
    return ReadinessReport(
        state=state,
        generated_at=sheet.generated_at,
        generated_by=sheet.generated_by,
        authenticated=sheet.authenticated,
        why=why(state),
        change=what_would_change_it(state),
        risks=tuple(_explained(ranked, state) for ranked in ranked_queue([state])),
        closed=closed_risks(state),
        areas=tuple(status.area for status in state.areas),
        recent=sheet.recent,
        ledger=sheet.ledger,
        waivers=sheet.waivers,
        determinations=sheet.determinations,
        path=path_to_green(state),
        chain=sheet.chain,
        product_version=sheet.product_version,
        is_demo=sheet.is_demo,
        proceedings=sheet.proceedings,
    )


def _explained(ranked: RankedRisk, state: LaunchState) -> ExplainedRisk:
    central = ranked.state.central_harm
    picks = central.assessment.picks if central else None
    return ExplainedRisk(
        ranked=ranked,
        rank_on_launch=ranked.rank,
        explanation=explain_priority(ranked.state, View.CURRENT, state.profile, state.person_name),
        nist_level=nist_level(picks.likelihood, picks.severity) if picks else None,
    )
