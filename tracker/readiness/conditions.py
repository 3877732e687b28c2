"""Conditions of decisions today: open, met, overdue or breached.

A condition counts once a decision took it over; one that a signature only proposed counts for
nothing yet. A later decision that lets the model out stands in place of the conditions before it;
one that lets nothing out leaves them as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tracker.domain.records import LaunchRecord
from tracker.domain.review_state import ConditionStatus
from tracker.domain.review_words import ConditionState
from tracker.domain.reviews import ConditionRecord, DecisionRecord
from tracker.domain.state import LaunchInputs, VerdictReason
from tracker.domain.words import ReasonCode


def conditions_in_force(inputs: LaunchInputs, today: date) -> tuple[ConditionStatus, ...]:
    """Return the conditions in force with their states, in order of number."""
    binding = _binding(inputs.decisions)
    return tuple(
        condition_status(one, inputs.launch, today)
        for one in sorted(inputs.conditions, key=lambda one: one.number)
        if one.decision in binding
    )


def _binding(decisions: Iterable[DecisionRecord]) -> frozenset[str]:
    """The decisions whose conditions count: from the latest that lets the model out on."""
    ordered = sorted(decisions, key=lambda one: one.number)
    latest = max((place for place, one in enumerate(ordered) if one.outcome.lets_out), default=0)
    return frozenset(one.ref for one in ordered[latest:])


def condition_status(
    condition: ConditionRecord, launch: LaunchRecord, today: date
) -> ConditionStatus:
    """Return how a condition stands on a day, taken over by a decision or only proposed.

    That it is met is the word of somebody who neither owns it nor the launch.
    """
    state = condition.state
    if state is ConditionState.BREACHED:
        return ConditionStatus(condition, state, condition.settled_because or "no reason on record")
    if state is ConditionState.MET and _is_sound(condition, launch, today):
        return ConditionStatus(condition, state, f"met, says {condition.settled_by}")
    if today > condition.due:
        why = f"was due on {condition.due.isoformat()}"
        return ConditionStatus(condition, ConditionState.OVERDUE, why)
    return ConditionStatus(condition, ConditionState.OPEN, f"due on {condition.due.isoformat()}")


def _is_sound(condition: ConditionRecord, launch: LaunchRecord, today: date) -> bool:
    """Met by then, by the word of somebody else: a launch may be read as of an earlier day."""
    if condition.settled_on is None or condition.settled_on > today:
        return False
    return condition.settled_by not in (None, condition.owner, launch.owner)


def suspends(status: ConditionStatus) -> bool:
    """Tell whether nothing goes out because of a condition: breached, overdue, or blocking."""
    if status.state in (ConditionState.BREACHED, ConditionState.OVERDUE):
        return True
    return status.condition.blocking and status.state is not ConditionState.MET


def of_conditions(statuses: Sequence[ConditionStatus]) -> Iterator[VerdictReason]:
    """Say which conditions hold a launch, and which only condition it."""
    for status in statuses:
        if status.state is not ConditionState.MET:
            yield _reason(status)


_CODES = {
    ConditionState.BREACHED: ReasonCode.CONDITION_BREACHED,
    ConditionState.OVERDUE: ReasonCode.CONDITION_OVERDUE,
}


def _reason(status: ConditionStatus) -> VerdictReason:
    condition = status.condition
    is_open = ReasonCode.CONDITION_BLOCKING if condition.blocking else ReasonCode.CONDITION_OPEN
    blocks = " and blocks" if condition.blocking and status.state not in _CODES else ""
    return VerdictReason(
        _CODES.get(status.state, is_open),
        f"{condition.short_ref} “{condition.text}” {_IS[status.state]}{blocks}: {status.why}",
        f"Meet it, and have somebody other than its owner say so. Its test: {condition.test}",
        holds=suspends(status),
        subject=condition.ref,
    )


_IS = {
    ConditionState.OPEN: "is open",
    ConditionState.OVERDUE: "is overdue",
    ConditionState.BREACHED: "is breached",
}
