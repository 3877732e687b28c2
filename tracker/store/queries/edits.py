"""Changes that can improve a verdict without new evidence, as second persons confirmed them."""

from typing import Final

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.changes import ChangeLine
from tracker.domain.roles import Action
from tracker.store.fetching import fetch
from tracker.store.history import change_values
from tracker.store.queries.rows import CHANGE, T

CONFIRMED: Final = (
    Action.CONFIRM_SCOPE,
    Action.CONFIRM_CLOSURE,
    Action.CONFIRM_GATE_WITHDRAWAL,
    Action.CONFIRM_DETERMINATION,
    Action.CONFIRM_RELEASE,
    Action.CONFIRM_GATE,
    Action.REDEFINE_METRIC,
    Action.CONFIRM_HOLDERS,
)
"""Acts whose every record is listed in each export (promise 14)."""


def confirmed_edits(session: Session, launch: str) -> tuple[ChangeLine, ...]:
    """Read what was confirmed on a launch, and meanings of metrics, newest first.

    A metric has no launch: its new meaning bears on every launch that has a gate on it.
    """
    change = T["change"].c
    here = (change.launch == launch) | change.launch.is_(None)
    statement = (
        select(*CHANGE, change.seq.label("first_seq"))
        .where(here, change.action.in_([action.value for action in CONFIRMED]))
        .order_by(change.seq.desc())
    )
    return tuple(ChangeLine(**change_values(row)) for row in fetch(session, statement))
