"""An act: who does something, when and why; and doing it once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation
from tracker.domain.records import Actor
from tracker.domain.roles import Action
from tracker.domain.types import REASON_LEAST
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.queries import RequestRecord, find_request, roles_now
from tracker.store.tables.records import REQUEST_ID_LENGTH
from tracker.store.writes import remember_request


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does.

    Attributes:
        at: Aware UTC.
        request_id: Made when the form was opened, 1 to 80 characters; sending it again does
            nothing.
        reason: Recorded with every change that the act makes.
    """

    actor: Actor
    at: datetime
    request_id: str
    reason: str = ""

    def because(self, reason: str) -> "Act":
        """Return the act with this reason, unless it has one of its own."""
        return self if self.reason.strip() else replace(self, reason=reason)

    def require_reason(self, what: str) -> None:
        """Refuse the act without a reason.

        Raises:
            InvalidInput: The reason is missing or shorter than three characters.
        """
        if len(self.reason.strip()) < REASON_LEAST:
            raise InvalidInput({"reason": f"{what} needs a reason of at least three characters"})


def perform(store: Store, act: Act, action: Action, work: Callable[[Session], str]) -> str:
    """Do the work in one transaction and return its outcome; a repeat returns the first one.

    The work checks rights and rules itself, on the rows as they are inside the transaction. It may
    trust the roles of the acting person, which are held against the register first.

    Raises:
        InvalidInput: The id of the request is empty or too long.
        NotPermitted: The acting person is not, or no longer, who the register says they are.
        RuleViolation: Another person, or another action, was saved under this id.
        StaleEdit: Somebody changed one of the rows meanwhile.
        StoreLocked: Another process writes for too long.
    """
    if not 1 <= len(act.request_id) <= REQUEST_ID_LENGTH:
        raise InvalidInput(
            {"request_id": f"must have 1 to {REQUEST_ID_LENGTH} characters"},
            "Open the form anew and save again.",
        )
    stamp = Stamp(
        actor=act.actor,
        action=action.value,
        reason=act.reason.strip(),
        at=act.at,
        request_id=act.request_id,
    )
    with store.writing(stamp) as session:
        earlier = find_request(session, act.request_id)
        if earlier is not None:
            return _same_outcome(earlier, stamp)
        _require_as_registered(session, act.actor)
        outcome = work(session)
        remember_request(session, stamp, outcome)
        return outcome


def _require_as_registered(session: Session, actor: Actor) -> None:
    """Refuse an act of somebody whom the register no longer knows as active, or in these roles."""
    held = roles_now(session, actor.key)
    if held is None:
        raise NotPermitted(
            f"{actor.person.name} is not an active person of this register; nothing was saved.",
            "Reload the page and choose who acts.",
        )
    if held != actor.person.roles:
        raise NotPermitted(
            f"The roles of {actor.person.name} changed meanwhile; nothing was saved.",
            "Reload the page, and save again if you still may.",
        )


def _same_outcome(earlier: RequestRecord, stamp: Stamp) -> str:
    if (earlier.actor, earlier.action) != (stamp.actor_key, stamp.action):
        raise RuleViolation(
            "Something else was saved under the id of this request; nothing was saved now.",
            "Open the form anew and save again.",
        )
    return earlier.outcome
