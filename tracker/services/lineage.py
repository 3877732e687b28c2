"""A draft held against the launch that it was cloned from: as decided, and as it turned out."""

from datetime import date

from sqlmodel import Session, select

from tracker.domain.errors import RuleViolation
from tracker.domain.lineage import LeftBehind, Lineage
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState
from tracker.readiness.lineage import ThreeStates, lineage
from tracker.services.launch_state import state_within
from tracker.services.snapshots import report_of
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import DroppedRisk


def compare(store: Store, profile: ScoringProfile, today: date, launch: str) -> Lineage:
    """Return the three-way comparison of a launch with the one that it was cloned from.

    The past is the snapshot of the last launch's latest decision; where nothing was decided, the
    last launch as it stands.

    Raises:
        NotFound: No launch has this key.
        RuleViolation: The launch was not cloned from another.
    """
    with store.reading() as session:
        draft = state_within(session, profile, today, launch)
        last = draft.launch.cloned_from
        if last is None:
            raise RuleViolation(f"{launch} was not cloned from another launch.")
        reality = state_within(session, profile, today, last)
        decided, decision = _decided(session, reality)
        states = ThreeStates(decided, reality, draft, decision)
        return lineage(states, _left_behind(session, launch))


def _decided(session: Session, reality: LaunchState) -> tuple[LaunchState, str | None]:
    decisions = queries.decision_records(session, [reality.launch.key])
    if not decisions:
        return reality, None
    document = queries.snapshot_document(session, decisions[-1].snapshot)
    return report_of(document).state, decisions[-1].ref


def _left_behind(session: Session, launch: str) -> tuple[LeftBehind, ...]:
    rows = session.exec(select(DroppedRisk).where(DroppedRisk.launch == launch))
    found = (LeftBehind(row.risk, row.reason, row.dropped_by) for row in rows)
    return tuple(sorted(found, key=lambda one: one.risk))
