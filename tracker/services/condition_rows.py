"""Writing the conditions that signatures propose and decisions set or take over."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from tracker.domain.errors import InvalidInput
from tracker.domain.review_drafts import ConditionDraft
from tracker.domain.reviews import ConditionRecord, ReviewRecord
from tracker.services.act import Act
from tracker.store import queries
from tracker.store.tables import Condition, condition_ref
from tracker.store.writes import next_number


def add_conditions(
    session: Session,
    act: Act,
    review: ReviewRecord,
    drafts: Sequence[ConditionDraft],
    decision: str | None = None,
) -> None:
    """Add conditions, only proposed ones unless a decision sets them.

    Raises:
        InvalidInput: An owner is not an active person, or a day has passed.
    """
    _require_acceptable(session, act, drafts)
    first = next_number(session, Condition, review.launch)
    for number, draft in enumerate(drafts, start=first):
        session.add(
            Condition(
                ref=condition_ref(review.launch, number),
                launch=review.launch,
                number=number,
                **draft.model_dump(),
                raised_by=act.actor.key,
                raised_at=act.at,
                review=review.ref,
                decision=decision,
            )
        )
    session.flush()


def take_over(session: Session, conditions: Iterable[ConditionRecord], decision: str) -> None:
    """Make proposed conditions those of a decision."""
    for condition in conditions:
        session.get_one(Condition, condition.ref).decision = decision


def _require_acceptable(session: Session, act: Act, drafts: Sequence[ConditionDraft]) -> None:
    known = queries.people(session) if drafts else {}
    for number, draft in enumerate(drafts, start=1):
        if draft.owner not in known or not known[draft.owner].active:
            problem = f"“{draft.owner}” is not an active person of this register"
            raise InvalidInput({f"conditions.{number}.owner": problem})
        if draft.due < act.at.date():
            problem = f"{draft.due.isoformat()} has passed"
            raise InvalidInput({f"conditions.{number}.due": problem})
