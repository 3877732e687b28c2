"""What the latest review of a launch is today: seats, signatures, changes, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol, TypeVar

from sqlmodel import Session

from tracker.domain.errors import NotFound, RuleViolation
from tracker.domain.review_rules import ReviewRules
from tracker.domain.review_state import ReviewState, SignOffStatus
from tracker.domain.review_words import Materiality, SignOffStanding, Vote
from tracker.domain.reviews import ReviewRecord, SignOffRecord, SnapshotRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.snapshots import MaterialityPolicy
from tracker.domain.state import LaunchState
from tracker.readers.review_rules import packaged_review_rules
from tracker.readiness.conditions import condition_status
from tracker.readiness.materiality import Since, sign_off_status
from tracker.readiness.quorum import missing_for_decision
from tracker.readiness.seats import seats
from tracker.services.sections import Present, present_within, since_within
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.reviews import note_records, review_records, snapshot_records


class _OfReview(Protocol):
    @property
    def review(self) -> str: ...


R = TypeVar("R", bound=_OfReview)

_LISTED: Final = 3
"""A refusal names this many changes; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Method:
    """The files by which a review judges, read once by the caller.

    Attributes:
        rules: Who is asked to sign; the packaged ones unless given.
    """

    profile: ScoringProfile
    policy: MaterialityPolicy
    rules: ReviewRules = field(default_factory=packaged_review_rules)


@dataclass(frozen=True, slots=True)
class Seen:
    """A launch and its latest review, as one transaction sees them."""

    present: Present
    review: ReviewState

    @property
    def state(self) -> LaunchState:
        """What the launch is."""
        return self.present.state


def review_state(
    store: Store, profile: ScoringProfile, policy: MaterialityPolicy, today: date, launch: str
) -> ReviewState | None:
    """Return the latest review of a launch, open or closed; None where there never was one.

    Raises:
        NotFound: No launch has this key.
    """
    with store.reading() as session:
        return review_within(session, Method(profile, policy), today, launch)


def review_within(session: Session, method: Method, today: date, launch: str) -> ReviewState | None:
    """Return the latest review of a launch as a transaction sees it; None where there is none.

    Raises:
        NotFound: No launch has this key.
    """
    queries.get_launch(session, launch)
    if not review_records(session, [launch]):
        return None
    return seen_within(session, method, today, launch).review


def seen_within(session: Session, method: Method, today: date, launch: str) -> Seen:
    """Return a launch with its latest review as a transaction sees them.

    Raises:
        NotFound: No launch has this key, or it was never reviewed.
    """
    present = present_within(session, method.profile, method.policy, today, launch)
    reviews = review_records(session, [launch])
    if not reviews:
        raise NotFound("review", launch)
    return Seen(present, _review_state(session, method, present, reviews[-1]))


def snapshots_of(store: Store, launch: str) -> tuple[SnapshotRecord, ...]:
    """Return every snapshot of a launch, oldest first.

    Raises:
        NotFound: No launch has this key.
    """
    with store.reading() as session:
        queries.get_launch(session, launch)
        return snapshot_records(session, [launch])


def require_current(review: ReviewState, snapshot: str) -> None:
    """Refuse to sign anything but the latest snapshot, and that too once it is stale.

    Raises:
        RuleViolation: Saying which snapshot is the latest, or what changed since.
    """
    latest = review.snapshot
    if snapshot != latest.ref:
        raise RuleViolation(
            f"{snapshot} is not the latest snapshot of {review.review.ref}; nothing was signed.",
            f"Read {latest.ref}, then sign that one.",
        )
    if review.stale:
        raise RuleViolation(
            f"The launch changed since {latest.ref}: {_listed(review)}.",
            "A new snapshot has to be taken before anyone else signs.",
        )


def _review_state(
    session: Session, method: Method, present: Present, review: ReviewRecord
) -> ReviewState:
    snapshots = _of(review, snapshot_records(session, [review.launch]))
    latest = snapshots[-1]
    signed = _of(review, present.inputs.sign_offs)
    rested_on = dict.fromkeys((latest.ref, *(one.snapshot for one in signed)))
    since = {ref: since_within(session, present, ref, method.policy) for ref in rested_on}
    sign_offs = statuses_of(signed, since)
    recommendations = _of(review, present.inputs.recommendations)
    found = ReviewState(
        review=review,
        snapshot=latest,
        snapshots=snapshots,
        changes=tuple(since[latest.ref].changes),
        seats=seats(present.state, sign_offs, method.rules),
        sign_offs=sign_offs,
        recommendation=recommendations[-1] if recommendations else None,
        conditions=tuple(
            condition_status(one, present.inputs.launch, present.state.today)
            for one in _of(review, present.inputs.conditions)
        ),
        decisions=_of(review, present.inputs.decisions),
        notes=note_records(session, review.ref),
        unanswered=unanswered_among(sign_offs),
        missing=(),
        stale=since[latest.ref].stale,
    )
    return replace(found, missing=missing_for_decision(found, present.state))


def _of(review: ReviewRecord, records: Iterable[R]) -> tuple[R, ...]:
    """Return the records that belong to a review, in their order."""
    return tuple(one for one in records if one.review == review.ref)


def statuses_of(
    signed: Sequence[SignOffRecord], since: Mapping[str, Since]
) -> tuple[SignOffStatus, ...]:
    """Return each sign-off with whether it counts; the latest of a seat replaces the others."""
    latest = {_seat(one): one.id for one in signed}
    return tuple(
        sign_off_status(one, since[one.snapshot], replaced=latest[_seat(one)] != one.id)
        for one in signed
    )


def _seat(signed: SignOffRecord) -> tuple[str, str, str | None]:
    return signed.person, signed.capacity, signed.area


def unanswered_among(sign_offs: Sequence[SignOffStatus]) -> tuple[SignOffRecord, ...]:
    """Return the objections without an answer; a void one was made and waits for one too."""
    return tuple(
        one.sign_off
        for one in sign_offs
        if one.sign_off.vote is Vote.OBJECT
        and one.standing is not SignOffStanding.REPLACED
        and not one.sign_off.answer
    )


def _listed(review: ReviewState) -> str:
    words = [
        change.words for change in review.changes if change.materiality is not Materiality.EDITORIAL
    ]
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return "; ".join(words[:_LISTED]) + more
