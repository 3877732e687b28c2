"""Launches that were decided on, written as rows: what came before is not what these are about."""

from datetime import timedelta
from typing import Any

from tests.cast import BEN, FAY, NOW, TODAY
from tests.factories import AURORA, stamp
from tests.services.acts import act
from tests.services.evidence_files import a_reviewed_launch
from tests.services.reviewing import METHOD
from tracker.domain.review_words import Outcome
from tracker.domain.words import ExposureStage, ReviewStatus, Verdict
from tracker.services.snapshots import take
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import (
    Condition,
    Decision,
    Launch,
    Review,
    Snapshot,
    condition_ref,
    decision_ref,
    review_ref,
    snapshot_ref,
)
from tracker.store.writes import next_number

IN_A_WEEK = TODAY + timedelta(days=7)
STAGED = ExposureStage.STAGED_ROLLOUT
PREVIEW = ExposureStage.LIMITED_PREVIEW
TESTERS = ExposureStage.TRUSTED_TESTERS
GENERAL = ExposureStage.GENERAL_AVAILABILITY
NOWHERE = ExposureStage.NONE


def a_review(store: Store, *, closed: bool = True, launch: str = AURORA, **fields: Any) -> str:
    """A review that Ben opened and closed, with a snapshot."""
    values: dict[str, Any] = {"opened_by": "ben", "opened_at": NOW}
    if closed:
        values |= {"closed_by": "ben", "closed_at": NOW, "closed_because": "Decided."}
    with store.writing(stamp(BEN)) as session:
        number = next_number(session, Review, launch)
        ref = review_ref(launch, number)
        session.add(Review(ref=ref, launch=launch, number=number, **(values | fields)))
        session.flush()
        take(session, act(BEN), METHOD, ref)
    return ref


def a_decision(
    store: Store,
    outcome: Outcome = Outcome.GO,
    stage: ExposureStage = STAGED,
    launch: str = AURORA,
    **fields: Any,
) -> str:
    """A decision that Fay took on the release as it is, for thirty days."""
    review = a_review(store, launch=launch)
    with store.writing(stamp(FAY)) as session:
        row = session.get_one(Launch, launch)
        number = next_number(session, Decision, launch)
        values: dict[str, Any] = {
            "model_version": row.model_version,
            "configuration": row.configuration,
            "exposure_stage": stage,
            "until": TODAY + timedelta(days=30),
            "reason": "The benefits outweigh what is left.",
            "gate_result": Verdict.NOT_READY,
            "override_reason": "It cannot wait.",
            "decided_by": "fay",
            "decided_at": NOW,
            "authenticated": False,
        }
        session.add(
            Decision(
                ref=decision_ref(launch, number),
                launch=launch,
                number=number,
                review=review,
                snapshot=snapshot_ref(launch, next_number(session, Snapshot, launch) - 1),
                outcome=outcome,
                **(values | fields),
            )
        )
        row.review_status = ReviewStatus.DECIDED
    return decision_ref(launch, number)


def a_condition(store: Store, decision: str | None, launch: str = AURORA, **fields: Any) -> str:
    """A condition due in a week, which Dana owns and Ben raised."""
    review = a_review(store, launch=launch)
    values: dict[str, Any] = {
        "text": "Rate limits are on.",
        "test": "A load test shows the limit.",
        "owner": "dana",
        "due": IN_A_WEEK,
        "blocking": False,
        "raised_by": "ben",
        "raised_at": NOW,
    }
    with store.writing(stamp(BEN)) as session:
        number = next_number(session, Condition, launch)
        ref = condition_ref(launch, number)
        session.add(
            Condition(
                ref=ref,
                launch=launch,
                number=number,
                review=review,
                decision=decision,
                **(values | fields),
            )
        )
    return ref


def a_decided_launch(store: Store, **decision: Any) -> str:
    """A launch with officer Eli and approver Fay, which Fay let out; the decision's reference."""
    a_reviewed_launch(store)
    return a_decision(store, **decision)


def launch_version(store: Store, launch: str = AURORA) -> int:
    """The row version of a launch now."""
    with store.reading() as session:
        return queries.get_launch(session, launch).version
