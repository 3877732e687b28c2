"""What runs out or is due: reminders from fourteen days before, each with the days left."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import AcceptanceState, ConditionState, InboxKind
from tracker.domain.state import LaunchState
from tracker.domain.words import LaunchRoleName, Role, WaiverState
from tracker.readiness.inbox_people import Waiting

REMINDED_FROM: Final = 14
"""Days before the last one from which on somebody is reminded."""


def days_words(last: date, today: date) -> str:
    """Return when a last day comes, such as "in 7 days"; that day itself is "today"."""
    days = (last - today).days
    return {0: "today", 1: "in 1 day"}.get(days, f"in {days} days")


def running_out(state: LaunchState) -> Iterator[InboxItem]:
    """Yield what on a launch runs out or is due soon, and conditions that are overdue."""
    yield from _acceptances(state)
    yield from _waivers(state)
    yield from _conditions(state)
    yield from _decision(state)


def _soon(last: date, today: date) -> bool:
    return 0 <= (last - today).days <= REMINDED_FROM


def _acceptances(state: LaunchState) -> Iterator[InboxItem]:
    for status in state.acceptances:
        one = status.acceptance
        if status.state is AcceptanceState.IN_FORCE and _soon(one.until, state.today):
            risk = one.risk.rpartition("/")[2]
            text = f"{one.short_ref} of {risk} runs out {days_words(one.until, state.today)}."
            waiting = Waiting(InboxKind.ACCEPTANCE_EXPIRING, one.ref, text, one.until)
            people = (one.requested_by, one.lead, one.officer, one.approver)
            yield from waiting.for_each(state, people)


def _waivers(state: LaunchState) -> Iterator[InboxItem]:
    for status in state.gates:
        found = status.waiver
        if found is None or found.state is not WaiverState.IN_FORCE or status.gate.withdrawn:
            continue
        one = found.waiver
        if _soon(one.until, state.today):
            when = days_words(one.until, state.today)
            text = f"The waiver of {status.gate.short_ref} runs out {when}."
            waiting = Waiting(InboxKind.WAIVER_EXPIRING, status.gate.ref, text, one.until)
            yield from waiting.for_each(state, (one.requested_by, one.officer, one.approver))


def _conditions(state: LaunchState) -> Iterator[InboxItem]:
    for status in state.conditions:
        one = status.condition
        late = status.state in (ConditionState.OVERDUE, ConditionState.BREACHED)
        kind, words = InboxKind.CONDITION_OVERDUE, f"is {status.state}"
        if status.state is ConditionState.OPEN and _soon(one.due, state.today):
            kind, words = InboxKind.CONDITION_DUE, f"is due {days_words(one.due, state.today)}"
        elif not late:
            continue
        waiting = Waiting(kind, one.ref, f"{one.short_ref} {words}.", one.due)
        watching = _watching(state) if late else ()
        yield from waiting.for_each(state, (one.owner, *watching))


def _watching(state: LaunchState) -> Iterable[str | None]:
    """Those who answer for a launch whose condition fails."""
    leads = (key for key, one in state.people.items() if Role.POLICY_LEAD in one.roles)
    return (*leads, state.launch.holders.get(LaunchRoleName.RESPONSIBLE_OFFICER))


def _decision(state: LaunchState) -> Iterator[InboxItem]:
    one = state.standing.latest if state.standing else None
    if one is None or one.until is None or not _soon(one.until, state.today):
        return
    text = f"{one.short_ref} runs out {days_words(one.until, state.today)}."
    waiting = Waiting(InboxKind.DECISION_EXPIRING, one.ref, text, one.until)
    yield from waiting.for_each(state, state.launch.holders.values())
