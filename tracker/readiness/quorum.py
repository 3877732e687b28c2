"""What a decision still waits for: answers of the leads, two signatures, answers to objections.

Recusing oneself and abstaining are answers of an area lead. They fill neither the seat of the
responsible officer nor that of the approver, and where every lead of an area is recused, nobody has
answered for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.review_state import ReviewState, Seat
from tracker.domain.review_words import Capacity, Vote
from tracker.domain.state import LaunchState


def missing_for_decision(review: ReviewState, state: LaunchState) -> tuple[str, ...]:
    """Return what a decision still waits for, one clause each; empty where it may be made.

    Args:
        review: Of which seats and objections without an answer count.
        state: The launch, for the names of people and policy areas.
    """
    return (
        *_of_leads(review.seats, state),
        *_of_holders(review.seats, state),
        *(
            f"the objection of {state.person_name(one.person)} has no written answer"
            for one in review.unanswered
        ),
    )


def not_answered(seat: Seat, state: LaunchState) -> str:
    """Say that an area lead has not answered, as `missing_for_decision` does."""
    return (
        f"{state.person_name(seat.person)} has not answered for {_area(seat, state)}{_void(seat)}"
    )


def _area(seat: Seat, state: LaunchState) -> str:
    names = {one.area.code: one.area.name for one in state.areas}
    return names.get(str(seat.area), str(seat.area))


def _of_leads(seats: Iterable[Seat], state: LaunchState) -> Iterator[str]:
    by_area: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.capacity is Capacity.AREA_LEAD and seat.area is not None:
            by_area[seat.area].append(seat)
    for leads in by_area.values():
        yield from _of_area(_area(leads[0], state), leads, state)


def _of_area(name: str, leads: Sequence[Seat], state: LaunchState) -> Iterator[str]:
    for seat in leads:
        if seat.person is None:
            yield f"{name} has no area lead who could sign: name one who is not the launch owner"
        elif not seat.answered:
            yield not_answered(seat, state)
    if all(seat.answered and _vote(seat) is Vote.RECUSE for seat in leads):
        yield f"every lead of {name} is recused: name another area lead"


def _of_holders(seats: Iterable[Seat], state: LaunchState) -> Iterator[str]:
    for seat in seats:
        if seat.capacity not in (Capacity.RESPONSIBLE_OFFICER, Capacity.APPROVER):
            continue
        if seat.person is None:
            yield f"nobody is {seat.capacity} of the launch: name somebody"
        elif not seat.answered:
            who = f"{state.person_name(seat.person)}, {seat.capacity}"
            yield f"{who}, has not signed{_void(seat)}"
        elif _vote(seat) in (Vote.RECUSE, Vote.ABSTAIN):
            who = f"{state.person_name(seat.person)}, {seat.capacity}"
            yield f"{who}, said “{_vote(seat)}”, which does not sign: name another"


def _vote(seat: Seat) -> Vote | None:
    return seat.sign_off.sign_off.vote if seat.sign_off else None


def _void(seat: Seat) -> str:
    return "" if seat.sign_off is None else " since the launch changed"
