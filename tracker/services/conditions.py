"""What happens to the conditions of a decision: met, breached, opened again.

A breached condition is never opened again by a word: it stays breached until it is met or until a
new decision stands in its place. Only one that was said to be met opens again.
"""

from collections.abc import Callable

from sqlmodel import Session

from tracker.domain.errors import RuleViolation, SelfApproval, StaleEdit
from tracker.domain.review_words import ConditionState
from tracker.domain.reviews import ConditionRecord
from tracker.domain.roles import Action, require
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Condition


def meet_condition(store: Store, act: Act, condition: str, version: int) -> str:
    """Say that a condition is met, open or breached until now; the reason names the evidence.

    Raises:
        InvalidInput: There is no reason.
        SelfApproval: The acting person owns the condition.
        NotPermitted: The acting person may not check conditions here.
        StaleEdit: Somebody changed the condition since the acting person read it.
        RuleViolation: It is met already, or no decision took it over.
    """

    def check(found: ConditionRecord) -> None:
        _require_version(found, version)
        if act.actor.key == found.owner:
            raise SelfApproval(
                f"{act.actor.person.name} owns condition {found.short_ref}.",
                "Somebody else has to say that it is met.",
            )
        _require_state(found, ConditionState.OPEN, ConditionState.BREACHED)

    def write(row: Condition) -> None:
        _settle(row, act, ConditionState.MET)

    return _changed(store, act, condition, Action.SETTLE_CONDITION, (check, write))


def report_breach(store: Store, act: Act, condition: str) -> str:
    """Report at once that a condition is breached; the reason says how.

    No version is asked for: whatever else changed meanwhile, the report counts.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person has no duty on the launch.
        RuleViolation: It is breached already, or no decision took it over.
    """

    def check(found: ConditionRecord) -> None:
        _require_state(found, ConditionState.OPEN, ConditionState.MET)

    def write(row: Condition) -> None:
        _settle(row, act, ConditionState.BREACHED)

    return _changed(store, act, condition, Action.REPORT_BREACH, (check, write))


def reopen_condition(store: Store, act: Act, condition: str, version: int) -> str:
    """Open a condition again that was said to be met and is not; the reason says why.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not check conditions here.
        StaleEdit: Somebody changed the condition since the acting person read it.
        RuleViolation: It is not met: a breached one is closed by being met or by a new decision.
    """

    def check(found: ConditionRecord) -> None:
        _require_version(found, version)
        _require_state(found, ConditionState.MET)

    def write(row: Condition) -> None:
        row.state = ConditionState.OPEN
        row.settled_by = None
        row.settled_on = None
        row.settled_because = ""

    return _changed(store, act, condition, Action.SETTLE_CONDITION, (check, write))


_Steps = tuple[Callable[[ConditionRecord], None], Callable[[Condition], None]]


def _changed(store: Store, act: Act, condition: str, action: Action, steps: _Steps) -> str:
    check, write = steps

    def work(session: Session) -> str:
        act.require_reason("saying how a condition stands")
        found = queries.get_condition(session, condition)
        require(act.actor, action, queries.get_launch(session, found.launch))
        if found.decision is None:
            raise RuleViolation(
                f"Condition {found.ref} is only proposed; no decision took it over.",
                "A decision may take it over first.",
            )
        check(found)
        write(session.get_one(Condition, condition))
        return condition

    return perform(store, act, action, work)


def _require_version(found: ConditionRecord, version: int) -> None:
    if found.version != version:
        raise StaleEdit("condition", found.ref)


def _require_state(found: ConditionRecord, *expected: ConditionState) -> None:
    if found.state in expected:
        return
    remedy = (
        "It is closed by being met, or by a new decision."
        if found.state is ConditionState.BREACHED
        else ""
    )
    raise RuleViolation(f"Condition {found.ref} is {found.state} already.", remedy)


def _settle(row: Condition, act: Act, state: ConditionState) -> None:
    row.state = state
    row.settled_by = act.actor.key
    row.settled_on = act.at.date()
    row.settled_because = act.reason.strip()
