"""A launch that is Ready, its review, and the signatures that a decision waits for."""

from datetime import timedelta
from typing import Any

from tests.cast import BEN, DANA, GIL, NOW, TODAY
from tests.factories import AURORA, a_risk, a_scope, an_assessment, stamp
from tests.services.acts import act
from tests.services.evidence_files import (
    APPROVER,
    OFFICER,
    a_definition,
    a_gate,
    a_reviewed_launch,
    imported,
)
from tracker.domain.records import Actor
from tracker.domain.review_drafts import (
    ConditionDraft,
    DecisionDraft,
    RecommendationDraft,
    SignOffDraft,
)
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import Outcome, Vote
from tracker.domain.words import Applicability, EvidenceGrade, ExposureStage, ReviewStatus
from tracker.readers.areas import packaged_areas
from tracker.readers.materiality import packaged_materiality
from tracker.readers.profile import packaged_profile
from tracker.services.deciding import decide, recommend
from tracker.services.review_state import Method, review_state
from tracker.services.reviews import renew_snapshot, start_review
from tracker.services.sign_offs import sign_off
from tracker.store.engine import Store
from tracker.store.tables import Launch, LaunchScope, PersonArea

REV, S1, S2, D1 = f"{AURORA}/REV-1", f"{AURORA}/S-1", f"{AURORA}/S-2", f"{AURORA}/D-1"
AREA = "fraud_scams"
LOW, CRITICAL = (2, 1, 2, 1, 5), (5, 5, 5, 5, 5)
METHOD = Method(packaged_profile(), packaged_materiality())
NEXT_YEAR = TODAY + timedelta(days=365)


def a_ready_launch(store: Store, **fields: Any) -> str:
    """A launch of Ada that nothing holds; Gil leads its one area, Eli and Fay answer for it."""
    status = {"review_status": ReviewStatus.READY_FOR_REVIEW}
    a_reviewed_launch(store, **(status | fields))
    with store.writing(stamp()) as session:
        session.add(PersonArea(person=GIL.key, area=AREA))
        session.add_all(_out_of_scope(area.code) for area in packaged_areas() if area.code != AREA)
    a_scope(store)
    an_assessment(store, a_risk(store), DANA, LOW, grade=EvidenceGrade.A)
    a_definition(store)
    a_gate(store)
    imported(store)
    return AURORA


def _out_of_scope(area: str) -> LaunchScope:
    return LaunchScope(
        launch=AURORA,
        area=area,
        applicability=Applicability.NOT_APPLICABLE,
        reason="It makes no such thing.",
        decided_by="ben",
        confirmed_by="gil",
    )


def a_review(store: Store, **fields: Any) -> str:
    """The review of such a launch, just started by Ben."""
    return start_review(store, act(BEN), METHOD, a_ready_launch(store, **fields))


def a_signed_review(store: Store, **fields: Any) -> str:
    """A review on which everybody has signed whose signature a decision waits for."""
    review = a_review(store, **fields)
    all_sign(store)
    return review


def all_sign(store: Store, snapshot: str = S1) -> None:
    """Area lead, officer and approver approve a snapshot."""
    signed(store, GIL, snapshot=snapshot, area=AREA)
    signed(store, OFFICER, snapshot=snapshot)
    signed(store, APPROVER, snapshot=snapshot)


def signed(store: Store, actor: Actor, **fields: Any) -> int:
    """The number of a sign-off: an approval of the first snapshot unless said otherwise."""
    return int(sign_off(store, act(actor), METHOD, REV, a_vote(**fields)))


def recommended(store: Store, actor: Actor = BEN, **fields: Any) -> int:
    """The number of a recommendation: go at the stage asked for, unless said otherwise."""
    values = {
        "snapshot": S1,
        "outcome": Outcome.GO,
        "exposure_stage": ExposureStage.STAGED_ROLLOUT,
        "reason": "Nothing holds it.",
    }
    return int(recommend(store, act(actor), METHOD, REV, RecommendationDraft(**(values | fields))))


def decided(store: Store, actor: Actor = APPROVER, **fields: Any) -> str:
    """The reference of a decision: go at the stage asked for, unless said otherwise."""
    return decide(store, act(actor), METHOD, REV, a_decision(**fields))


def a_vote(**fields: Any) -> SignOffDraft:
    """An approval of the first snapshot."""
    return SignOffDraft(**({"snapshot": S1, "vote": Vote.APPROVE} | fields))


def an_objection(**fields: Any) -> dict[str, Any]:
    """What makes a sign-off an objection."""
    return {
        "vote": Vote.OBJECT,
        "dissent": "The pilot was too small.",
        "would_change": "A pilot with 1000 people.",
    } | fields


def a_condition(**fields: Any) -> ConditionDraft:
    """A condition that Dana owns, due in a month."""
    values = {
        "text": "Watch the abuse reports each week.",
        "test": "Four weekly reports are on record.",
        "owner": "dana",
        "due": TODAY + timedelta(days=30),
        "blocking": False,
    }
    return ConditionDraft(**(values | fields))


def a_decision(**fields: Any) -> DecisionDraft:
    """A go at the stage that the launch asks for, for three months."""
    values = {
        "snapshot": S1,
        "outcome": Outcome.GO,
        "exposure_stage": ExposureStage.STAGED_ROLLOUT,
        "until": TODAY + timedelta(days=90),
        "reason": "Nothing holds it.",
    }
    return DecisionDraft(**(values | fields))


def lets_nothing_out(outcome: Outcome, **fields: Any) -> dict[str, Any]:
    """What makes a decision one that covers no exposure."""
    return {"outcome": outcome, "exposure_stage": ExposureStage.NONE, "until": None} | fields


def something_material_happens(store: Store) -> None:
    """The one risk of the launch turns out to be Critical."""
    an_assessment(
        store, f"{AURORA}/R-1", DANA, CRITICAL, at=NOW + timedelta(hours=1), grade=EvidenceGrade.A
    )


def renewed(store: Store) -> str:
    """A new snapshot, taken by Ben."""
    return renew_snapshot(store, act(BEN), METHOD, REV)


def the_review(store: Store) -> ReviewState:
    """The review as it is now."""
    found = review_state(store, METHOD.profile, METHOD.policy, TODAY, AURORA)
    assert found is not None
    return found


def the_launch_row(store: Store) -> Launch:
    """The launch as it is stored."""
    with store.reading() as session:
        return session.get_one(Launch, AURORA)
