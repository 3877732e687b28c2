"""An act: who does something, when and why; and doing it once, however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.errors import InvalidInput
from tracker.domain.records import Actor
from tracker.domain.roles import Action
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.queries import find_request
from tracker.store.writes import remember_request


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does.

    Attributes:
        at: Aware UTC.
        request_id: Made when the form was opened; sending it again does nothing.
        reason: Recorded with every change that the act makes.
    """

    actor: Actor
    at: datetime
    request_id: str
    reason: str = ""

    def require_reason(self, what: str) -> None:
        """Refuse the act without a reason.

        Raises:
            InvalidInput: The reason is missing or shorter than three characters.
        """
        if len(self.reason.strip()) < 3:
            raise InvalidInput({"reason": f"{what} needs a reason of at least three characters"})


def perform(store: Store, act: Act, action: Action, work: Callable[[Session], str]) -> str:
    """Do the work in one transaction and return its outcome; a repeat returns the first one.

    The work checks rights and rules itself, on the rows as they are inside the transaction.

    Raises:
        StaleEdit: Somebody changed one of the rows meanwhile.
        StoreLocked: Another process writes for too long.
    """
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
            return earlier.outcome
        outcome = work(session)
        remember_request(session, stamp, outcome)
        return outcome
