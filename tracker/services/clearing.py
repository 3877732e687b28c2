"""May a version go out at a stage: the decision's cover and the verdict, read together."""

from datetime import date

from sqlmodel import Session

from tracker.domain.release import Release
from tracker.domain.review_state import Cover
from tracker.domain.review_words import CoverState, Materiality
from tracker.readiness.deploying import Clearance, clearance
from tracker.readiness.materiality import Since
from tracker.readiness.standing import cover_of
from tracker.services.review_state import Method
from tracker.services.sections import Present, present_within, since_within
from tracker.store.engine import Store


def deployment_clearance(
    store: Store, method: Method, today: date, launch: str, release: Release
) -> Clearance:
    """Say whether a deployment may go out on a day.

    A launch that is read as of a day long ago has its verdict of that day; whether a decision is
    still in force is asked of the day given.

    Raises:
        NotFound: No launch has this key.
    """
    with store.reading() as session:
        return clearance_within(session, method, today, launch, release)


def clearance_within(
    session: Session, method: Method, today: date, launch: str, release: Release
) -> Clearance:
    """Say whether a release may go out on a day, as a transaction sees it.

    Raises:
        NotFound: No launch has this key.
    """
    present = present_within(session, method.profile, method.policy, today, launch)
    return clearance(cover_within(session, method, present, release, today), present.state)


def cover_within(
    session: Session, method: Method, present: Present, release: Release, today: date
) -> Cover:
    """Return whether the latest decision covers a release; a blocking change since suspends it."""
    found = cover_of(present.inputs, release, release.exposure_stage, today)
    if found.decision is None or not found.covers:
        return found
    since = since_within(session, present, found.decision.snapshot, method.policy)
    if not since.blocked:
        return found
    return Cover(found.decision, CoverState.SUSPENDED, _suspended(found.decision.short_ref, since))


def _suspended(decision: str, since: Since) -> str:
    changed = [one.words for one in since.changes if one.materiality is Materiality.BLOCKING] or [
        "the launch is another one"
    ]
    return f"{decision} is suspended, since a blocking change came after it: {changed[0]}"
