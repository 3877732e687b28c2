"""What waits for people over all launches, read in a number of statements that does not grow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.errors import NotFound
from tracker.domain.review_state import InboxItem, ReviewState
from tracker.domain.reviews import ReviewRecord, SnapshotRecord
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.readiness.inbox import InboxSource, OpenReview, inbox_items
from tracker.readiness.launch import Setting
from tracker.readiness.launch import launch_states as states_of
from tracker.readiness.materiality import Since, section_hashes
from tracker.readiness.quorum import missing_for_decision
from tracker.readiness.seats import seats
from tracker.readiness.sections import sections_of
from tracker.services.launch_state import read_setting
from tracker.services.pausing import collection_paused
from tracker.services.review_state import Method, statuses_of, unanswered_among
from tracker.store import queries
from tracker.store.engine import Store


@dataclass(frozen=True, slots=True)
class _Read:
    """All that was read, and how it is judged."""

    method: Method
    setting: Setting
    inputs: tuple[LaunchInputs, ...]
    reviews: Mapping[str, ReviewRecord]
    snapshots: Sequence[SnapshotRecord]
    key: bytes


def inbox(
    store: Store, method: Method, today: date, person: str | None = None
) -> tuple[InboxItem, ...]:
    """Return what waits for one person, or for each of the register.

    Raises:
        NotFound: The register holds no such person.
    """
    with collection_paused():
        with store.reading() as session:
            read = _read(session, method, today)
        if person is not None and person not in read.setting.people:
            raise NotFound("person", person)
        found = inbox_items(_sources(read), read.setting.definitions.values())
    return tuple(item for item in found if person in (None, item.person))


def _read(session: Session, method: Method, today: date) -> _Read:
    return _Read(
        method=method,
        setting=read_setting(session, method.profile, today),
        inputs=queries.launch_inputs(session, None),
        reviews={
            one.launch: one
            for one in queries.review_records(session, None)
            if one.closed_at is None
        },
        snapshots=queries.snapshot_records(session, None),
        key=queries.seal_key(session),
    )


def _sources(read: _Read) -> list[InboxSource]:
    states = states_of(read.inputs, read.setting)
    return [
        InboxSource(state, _open_review(read, inputs, state))
        for inputs, state in zip(read.inputs, states, strict=True)
    ]


def _open_review(read: _Read, inputs: LaunchInputs, state: LaunchState) -> OpenReview | None:
    review = read.reviews.get(inputs.launch.key)
    if review is None:
        return None
    taken = tuple(one for one in read.snapshots if one.review == review.ref)
    sections = sections_of(inputs, read.setting, state, read.method.policy, read.key)
    now = section_hashes(sections, read.method.policy)
    since = {one.ref: Since(one.sections, now, ()) for one in taken}
    signed = tuple(one for one in inputs.sign_offs if one.review == review.ref)
    sign_offs = statuses_of(signed, since)
    found = ReviewState(
        review=review,
        snapshot=taken[-1],
        snapshots=taken,
        changes=(),
        seats=seats(state, sign_offs, read.method.rules),
        sign_offs=sign_offs,
        recommendation=None,
        conditions=(),
        decisions=(),
        notes=(),
        unanswered=unanswered_among(sign_offs),
        missing=(),
        stale=since[taken[-1].ref].stale,
    )
    ready = not found.stale and not missing_for_decision(found, state)
    return OpenReview(review.ref, found.seats, found.unanswered, ready)
