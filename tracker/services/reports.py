"""The readiness summary of a launch as data, read in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker import __version__
from tracker.domain.records import Actor
from tracker.domain.report import ExplainedRisk, ReadinessReport
from tracker.domain.roles import Action, require
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import RegisterKind, View
from tracker.readiness.path import path_to_green
from tracker.readiness.words import what_would_change_it, why
from tracker.scoring.explain import explain_priority
from tracker.scoring.nist import nist_level
from tracker.services.launch_state import state_within
from tracker.services.ledger import ledger_within
from tracker.services.portfolio import closed_risks, ranked_queue
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import determination_records, waiver_records

RECENT_CHANGES = 30


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a report and when.

    Attributes:
        today: The day whose clocks count.
        at: Aware UTC; printed as the time of making.
    """

    actor: Actor
    today: date
    at: datetime


def readiness_report(
    store: Store, reader: Reader, profile: ScoringProfile, key: str
) -> ReadinessReport:
    """Return the readiness summary of one launch.

    Raises:
        NotFound: No launch has this key.
        NotPermitted: The acting person may not export.
    """
    with store.reading() as session:
        state = state_within(session, profile, reader.today, key)
        require(reader.actor, Action.EXPORT, state.launch)
        return _report(session, reader, state)


def _report(session: Session, reader: Reader, state: LaunchState) -> ReadinessReport:
    key = state.launch.key
    return ReadinessReport(
        state=state,
        generated_at=reader.at,
        generated_by=reader.actor.person.name,
        authenticated=reader.actor.authenticated,
        why=why(state),
        change=what_would_change_it(state),
        risks=tuple(_explained(ranked, state) for ranked in ranked_queue([state])),
        closed=closed_risks(state),
        areas=tuple(status.area for status in state.areas),
        recent=queries.change_lines(session, launch=key, limit=RECENT_CHANGES),
        ledger=ledger_within(session, state.launch, reader.today),
        waivers=waiver_records(session, [key]),
        determinations=determination_records(session, [key]),
        path=path_to_green(state),
        chain=queries.chain_head(session),
        product_version=__version__,
        is_demo=queries.register_info(session).kind is RegisterKind.DEMO,
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
