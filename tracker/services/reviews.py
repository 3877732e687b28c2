"""Reviews: started with a snapshot, met about, renewed when the launch changed, closed."""

from datetime import date

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation, StaleEdit
from tracker.domain.review_drafts import NoteDraft
from tracker.domain.reviews import ReviewRecord
from tracker.domain.roles import Action, require
from tracker.domain.transitions import require_review_step
from tracker.domain.validation import build
from tracker.domain.words import ReviewStatus
from tracker.readiness.checklist import checklist
from tracker.services.act import Act, perform
from tracker.services.launch_state import state_within
from tracker.services.review_state import Method, seen_within
from tracker.services.snapshots import take
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.reviews import find_open_review, get_review
from tracker.store.tables import Launch, MeetingNote, Review, review_ref
from tracker.store.writes import next_number


def start_review(
    store: Store, act: Act, method: Method, launch: str, meeting_on: date | None = None
) -> str:
    """Start a review of a launch that is ready for one; it begins with a snapshot.

    Work goes on meanwhile: nothing is frozen, and signatures end when what they rest on changes.

    Args:
        store: The register.
        act: Who starts it, and when.
        method: Scoring profile and materiality policy.
        launch: Key of the launch.
        meeting_on: Day of the launch review meeting, where one is fixed.

    Returns:
        The reference of the review.

    Raises:
        NotPermitted: The acting person is not the policy lead, or owns the launch.
        RuleViolation: A review is open, or the checklist is not met.
        TransitionNotAllowed: The launch is not ready for review.
        InvalidInput: The day of the meeting has passed.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.START_REVIEW, queries.get_launch(session, launch))
        _require_none_open(session, launch)
        _require_checklist(session, act, method, launch)
        _require_coming(act, meeting_on)
        set_review_status(session, launch, ReviewStatus.IN_REVIEW)
        number = next_number(session, Review, launch)
        ref = review_ref(launch, number)
        session.add(_row(act, launch, number, meeting_on))
        session.flush()
        take(session, act, method, ref)
        return ref

    return perform(store, act, Action.START_REVIEW, work)


def renew_snapshot(store: Store, act: Act, method: Method, review: str) -> str:
    """Take a new snapshot of the launch, since it changed after the latest one.

    Returns:
        The reference of the snapshot.

    Raises:
        NotPermitted: The acting person may not renew snapshots here.
        RuleViolation: The review is closed, or nothing changed since its latest snapshot.
    """

    def work(session: Session) -> str:
        found = require_open(session, review)
        require(act.actor, Action.START_REVIEW, queries.get_launch(session, found.launch))
        now = seen_within(session, method, act.at.date(), found.launch).review
        if not now.changes:
            raise RuleViolation(
                f"Nothing changed since {now.snapshot.short_ref}.",
                "Sign and decide on that snapshot.",
            )
        return take(session, act, method, review)

    return perform(store, act, Action.START_REVIEW, work)


def close_review(store: Store, act: Act, review: str, version: int) -> str:
    """Close a review without a decision; the launch goes back to mitigating. Needs a reason.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not close reviews here.
        RuleViolation: It is closed.
        StaleEdit: Somebody changed the review since the acting person read it.
    """

    def work(session: Session) -> str:
        act.require_reason("closing a review without a decision")
        row = _editable(session, act, review, version)
        set_review_status(session, row.launch, ReviewStatus.MITIGATING)
        end_review(row, act, act.reason.strip())
        return review

    return perform(store, act, Action.START_REVIEW, work)


def set_meeting(store: Store, act: Act, review: str, meeting_on: date | None, version: int) -> str:
    """Fix the day of the launch review meeting, or take it away.

    Raises:
        InvalidInput: The day has passed.
        NotPermitted: The acting person may not lead reviews here.
        RuleViolation: The review is closed.
        StaleEdit: Somebody changed the review since the acting person read it.
    """

    def work(session: Session) -> str:
        row = _editable(session, act, review, version)
        _require_coming(act, meeting_on)
        row.meeting_on = meeting_on
        return review

    return perform(store, act, Action.START_REVIEW, work)


def add_note(store: Store, act: Act, review: str, text: str, item: str = "") -> str:
    """Add a line to the minutes of a review.

    Args:
        store: The register.
        act: Who writes it, and when.
        review: Reference of the review.
        text: The line, 3 to 2000 characters.
        item: Key of the agenda item that it is about; empty for the meeting as a whole.

    Returns:
        The number of the line.

    Raises:
        InvalidInput: The line is empty or too long.
        NotPermitted: The acting person may not write minutes here.
        RuleViolation: The review is closed.
    """
    note = build(NoteDraft, {"text": text, "item": item})

    def work(session: Session) -> str:
        found = require_open(session, review)
        require(act.actor, Action.MINUTE, queries.get_launch(session, found.launch))
        row = MeetingNote(
            review=review,
            item=note.item,
            text=note.text,
            written_by=act.actor.key,
            written_at=act.at,
        )
        session.add(row)
        session.flush()
        return str(row.id)

    return perform(store, act, Action.MINUTE, work)


def require_open(session: Session, review: str) -> ReviewRecord:
    """Return a review that is open.

    Raises:
        NotFound: There is no such review.
        RuleViolation: It is closed; why is said.
    """
    found = get_review(session, review)
    if found.closed_at is not None:
        raise RuleViolation(
            f"Review {review} is closed: {found.closed_because}",
            "Start another review for anything new.",
        )
    return found


def set_review_status(session: Session, launch: str, after: ReviewStatus) -> None:
    """Take a step of the review on a launch.

    Raises:
        TransitionNotAllowed: The status cannot follow the present one.
    """
    row = session.get_one(Launch, launch)
    require_review_step(launch, row.review_status, after)
    row.review_status = after
    session.flush()


def end_review(row: Review, act: Act, because: str) -> None:
    """Write the end of a review."""
    row.closed_by = act.actor.key
    row.closed_at = act.at
    row.closed_because = because


def _row(act: Act, launch: str, number: int, meeting_on: date | None) -> Review:
    return Review(
        ref=review_ref(launch, number),
        launch=launch,
        number=number,
        opened_by=act.actor.key,
        opened_at=act.at,
        meeting_on=meeting_on,
    )


def _editable(session: Session, act: Act, review: str, version: int) -> Review:
    found = require_open(session, review)
    require(act.actor, Action.START_REVIEW, queries.get_launch(session, found.launch))
    if found.version != version:
        raise StaleEdit("review", review)
    return session.get_one(Review, review)


def _require_none_open(session: Session, launch: str) -> None:
    running = find_open_review(session, launch)
    if running is not None:
        raise RuleViolation(
            f"{running.ref} is open already.", "Renew its snapshot, or close it first."
        )


def _require_checklist(session: Session, act: Act, method: Method, launch: str) -> None:
    state = state_within(session, method.profile, act.at.date(), launch)
    unmet = [item for item in checklist(state) if not item.met]
    if unmet:
        raise RuleViolation(
            f"{launch} is not ready for review: {'; '.join(item.text for item in unmet)}.",
            f"First: {unmet[0].remedy}",
        )


def _require_coming(act: Act, meeting_on: date | None) -> None:
    if meeting_on is not None and meeting_on < act.at.date():
        raise InvalidInput({"meeting_on": f"{meeting_on.isoformat()} has passed"})
