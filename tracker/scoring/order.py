"""The order of work over all launches: compared here, never by a database's collation."""

from collections.abc import Iterable

from tracker.domain.records import LaunchRecord
from tracker.domain.state import RiskState

RankKey = tuple[bool, float, float, int, str, int]


def rank_key(state: RiskState, launch: LaunchRecord) -> RankKey:
    """Return what a risk is sorted by, first in the queue is least.

    UNASSESSED first; then current priority and current harm score, high before low; then target
    date, launch key and risk number, low before high (design, section 4).
    """
    priority, harm = state.current.priority, state.current.harm_score
    return (
        priority is not None,
        -(priority or 0.0),
        -(harm or 0.0),
        launch.target_date.toordinal(),
        launch.key,
        state.risk.number,
    )


def ranked(
    states: Iterable[tuple[RiskState, LaunchRecord]],
) -> list[tuple[RiskState, LaunchRecord]]:
    """Return risks with their launches in the order of work; ranks count from 1 in this order."""
    return sorted(states, key=lambda pair: rank_key(*pair))
