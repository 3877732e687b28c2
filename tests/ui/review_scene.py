"""A launch that goes into review today: one risk is disputed, and a reviewer is asked for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.cast import BEN, DANA, ELI, GIL, HANA
from tests.factories import AURORA, a_risk, an_assessment
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, OFFICER
from tests.services.reviewing import AREA, METHOD, REV, a_ready_launch, a_vote, an_objection
from tracker.domain.records import Actor
from tracker.domain.review_state import ReviewState
from tracker.domain.words import EvidenceGrade
from tracker.services.act import Act
from tracker.services.review_state import review_state
from tracker.services.reviews import start_review
from tracker.services.sign_offs import answer_objection, sign_off
from tracker.store.engine import Store

MODERATE_AND_UNSURE = (3, 3, 3, 4, 3)
FAR_FROM_IT_FACTOR_BY_FACTOR = (5, 2, 3, 2, 3)


def today() -> datetime:
    """Now: pages count from the day on which they are opened."""
    return datetime.now(UTC)


def acting(actor: Actor) -> Act:
    """An act of somebody now."""
    return replace(act(actor), at=today())


def ready_today(store: Store) -> str:
    """A launch of Ada that may go into review; R-2 may be Critical, and its assessors differ."""
    a_ready_launch(store, target_date=today().date() + timedelta(days=30))
    risk = a_risk(store, title="Impersonates a bank")
    an_assessment(store, risk, DANA, MODERATE_AND_UNSURE, grade=EvidenceGrade.D)
    an_assessment(store, risk, ELI, FAR_FROM_IT_FACTOR_BY_FACTOR, grade=EvidenceGrade.D)
    return AURORA


def review_today(store: Store) -> str:
    """Its review, just started by Ben."""
    return start_review(store, acting(BEN), METHOD, ready_today(store))


def objected_today(store: Store) -> int:
    """The number of Hana's objection on that review."""
    review_today(store)
    return int(sign_off(store, acting(HANA), METHOD, REV, a_vote(**an_objection())))


def all_signed_today(store: Store) -> str:
    """That review with every signature, and the objection answered."""
    answer_objection(store, acting(BEN), objected_today(store), "We took a pilot of 2000.")
    sign_off(store, acting(GIL), METHOD, REV, a_vote(area=AREA))
    for actor in (OFFICER, APPROVER):
        sign_off(store, acting(actor), METHOD, REV, a_vote())
    return REV


def seen_today(store: Store) -> ReviewState:
    """The review of the launch as it is now."""
    found = review_state(store, METHOD.profile, METHOD.policy, today().date(), AURORA)
    assert found is not None
    return found
