"""One ranked queue over launches: what safety should work on next."""

from collections.abc import Sequence

from tracker.domain.records import LaunchRecord
from tracker.domain.state import LaunchState, RankedRisk, RiskState
from tracker.readiness.words import queue_reason
from tracker.scoring.order import ranked
from tracker.services.pausing import collection_paused


def ranked_queue(states: Sequence[LaunchState]) -> tuple[RankedRisk, ...]:
    """Return every open risk of these launches in the order of work, UNASSESSED first."""
    with collection_paused():
        return _ranked_queue(states)


def _ranked_queue(states: Sequence[LaunchState]) -> tuple[RankedRisk, ...]:
    holding = {reason.subject for state in states for reason in state.reasons if reason.holds}
    launches = {state.launch.key: state for state in states}
    ordered = ranked((risk, state.launch) for state in states for risk in state.open_risks)
    return tuple(
        _ranked(rank, risk, launches[risk.risk.launch], risk.ref in holding)
        for rank, (risk, _launch) in enumerate(ordered, start=1)
    )


def _ranked(rank: int, risk: RiskState, state: LaunchState, holds: bool) -> RankedRisk:
    launch: LaunchRecord = state.launch
    return RankedRisk(
        rank=rank,
        state=risk,
        launch=launch,
        reason=queue_reason(risk, launch, state.today, holds),
        holds_launch=holds,
    )


def closed_risks(state: LaunchState) -> tuple[RankedRisk, ...]:
    """Return the closed risks of a launch in order of reference; they have no rank."""
    return tuple(
        RankedRisk(
            rank=0,
            state=risk,
            launch=state.launch,
            reason=_closure(risk, state),
            holds_launch=False,
        )
        for risk in sorted(state.risks, key=lambda risk: risk.risk.number)
        if not risk.is_open
    )


def _closure(risk: RiskState, state: LaunchState) -> str:
    record = risk.risk
    twin = f" of {record.duplicate_of}" if record.duplicate_of else ""
    return (
        f"closed as {record.close_reason}{twin}: {record.close_note} "
        f"(asked by {state.person_name(record.closure_asked_by)}, "
        f"confirmed by {state.person_name(record.closure_confirmed_by)})"
    )
