"""Sign-offs, recommendations and reviews, made by hand; fields not named are ordinary."""

from typing import Any

from tests.readiness.gates import GATED_LAUNCH, moment
from tests.readiness.launches import LAUNCH, TODAY
from tracker.domain.review_state import ReviewState, Seat, SignOffStatus
from tracker.domain.review_words import Capacity, Outcome, SignOffStanding, Vote
from tracker.domain.reviews import (
    RecommendationRecord,
    ReviewRecord,
    SignOffRecord,
    SnapshotRecord,
)
from tracker.domain.words import Origin


def a_sign_off(
    person: str, capacity: Capacity, vote: Vote = Vote.APPROVE, **fields: Any
) -> SignOffRecord:
    """A signature of yesterday on the first snapshot of the first review."""
    values: dict[str, Any] = {
        "id": 1,
        "launch": "launch",
        "review": "launch/REV-1",
        "snapshot": "launch/S-1",
        "person": person,
        "capacity": capacity,
        "area": None,
        "vote": vote,
        "comment": "",
        "dissent": "too early" if vote is Vote.OBJECT else "",
        "would_change": "a longer pilot" if vote is Vote.OBJECT else "",
        "sections": {},
        "signed_at": moment(1),
        "authenticated": True,
        "answer": "",
        "answered_by": None,
        "answered_at": None,
        "origin": Origin.ENTERED,
    }
    return SignOffRecord(**(values | fields))


def standing(
    sign_off: SignOffRecord, state: SignOffStanding = SignOffStanding.STANDS
) -> SignOffStatus:
    """The signature with whether it counts."""
    return SignOffStatus(sign_off, state, ())


def a_recommendation(**fields: Any) -> RecommendationRecord:
    """A recommendation to go, of yesterday."""
    values: dict[str, Any] = {
        "id": 1,
        "launch": "launch",
        "review": "launch/REV-1",
        "snapshot": "launch/S-1",
        "outcome": Outcome.GO,
        "exposure_stage": LAUNCH.exposure_asked,
        "reason": "nothing holds it",
        "recommended_by": "rob",
        "recommended_at": moment(1),
        "authenticated": True,
        "origin": Origin.ENTERED,
    }
    return RecommendationRecord(**(values | fields))


_REVIEW = ReviewRecord(
    ref="launch/REV-1",
    launch="launch",
    number=1,
    opened_by="pia",
    opened_at=moment(2),
    meeting_on=None,
    closed_by=None,
    closed_at=None,
    closed_because="",
    origin=Origin.ENTERED,
    version=1,
)
_SNAPSHOT = SnapshotRecord(
    ref="launch/S-1",
    launch=GATED_LAUNCH.key,
    number=1,
    review=_REVIEW.ref,
    taken_at=moment(2),
    taken_by="pia",
    authenticated=True,
    as_of=TODAY,
    sha256="0" * 64,
    policy="M1",
    sections=(),
    origin=Origin.ENTERED,
)


def a_review(
    seats: tuple[Seat, ...] = (), unanswered: tuple[SignOffRecord, ...] = ()
) -> ReviewState:
    """An open review with its seats."""
    return ReviewState(
        review=_REVIEW,
        snapshot=_SNAPSHOT,
        snapshots=(_SNAPSHOT,),
        changes=(),
        seats=seats,
        sign_offs=(),
        recommendation=None,
        conditions=(),
        decisions=(),
        notes=(),
        unanswered=unanswered,
        missing=(),
        stale=False,
    )
