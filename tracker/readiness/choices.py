"""The smallest sets that clear every obstacle, where each obstacle has several ways out.

An obstacle is cleared by any of its options, each a set of numbered items. Sets of items are
whole numbers read bit by bit, which keeps the search fast and its order the same everywhere.
Obstacles that share no item are solved apart and combined at the end.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

MOST_LOOKED_AT = 1_500
"""Partial sets that the search looks at before it completes the most hopeful ones as they are."""

Options = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The smallest sets, fewest items first.

    Attributes:
        sets: Each clears every obstacle, and none of its parts does.
        more: Whether there are, or may be, further ones.
    """

    sets: tuple[int, ...]
    more: bool


def smallest_sets(obstacles: Iterable[Options], most: int) -> Choices:
    """Return at most so many inclusion-minimal sets that hold an option of each obstacle.

    Args:
        obstacles: The options of each; an obstacle without options cannot be cleared.
        most: How many sets are asked for, at least 1.
    """
    reduced = [minimal(options) for options in obstacles]
    if not all(reduced):
        return Choices((), more=False)
    found = Choices((0,), more=False)
    for part in _parts(reduced):
        found = _combined(found, _search(part, most), most)
    return found


def minimal(options: Iterable[int]) -> Options:
    """Return the options that hold no other option, fewest items first."""
    kept: list[int] = []
    for option in sorted(set(options), key=_order):
        if not any(smaller & option == smaller for smaller in kept):
            kept.append(option)
    return tuple(kept)


def items_of(chosen: int) -> Iterator[int]:
    """Return the numbers of the items in a set, in ascending order."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def _order(chosen: int) -> tuple[int, tuple[int, ...]]:
    return chosen.bit_count(), tuple(items_of(chosen))


def _parts(obstacles: Iterable[Options]) -> list[list[Options]]:
    """Group obstacles so that those of different groups share no item."""
    parts: list[tuple[int, list[Options]]] = []
    for options in obstacles:
        touched = reduce(int.__or__, options, 0)
        together = [options]
        apart: list[tuple[int, list[Options]]] = []
        for items, group in parts:
            if items & touched:
                touched |= items
                together = [*group, *together]
            else:
                apart.append((items, group))
        parts = [*apart, (touched, together)]
    return [group for _, group in parts]


def _combined(some: Choices, others: Choices, most: int) -> Choices:
    """Every set of one with every set of the other, as far as asked for; they share no item."""
    sets = sorted((one | other for one in some.sets for other in others.sets), key=_order)
    return Choices(tuple(sets[:most]), some.more or others.more or len(sets) > most)


def _search(obstacles: Sequence[Options], most: int) -> Choices:
    """Best first: partial sets by how large they must at least become, then the fullest ones."""
    ordered = sorted(obstacles, key=len)
    heap: list[tuple[int, int, tuple[int, ...], int]] = [(_at_least(0, ordered), 0, (), 0)]
    seen = {0}
    found: list[int] = []
    for _ in range(MOST_LOOKED_AT):
        if not heap:
            return Choices(tuple(sorted(found, key=_order)), more=False)
        _, _, _, chosen = heapq.heappop(heap)
        options = next((options for options in ordered if not _holds_one(chosen, options)), None)
        if options is None:
            if _is_minimal(chosen, ordered):
                found.append(chosen)
            if len(found) > most:
                return Choices(tuple(sorted(found, key=_order)[:most]), more=True)
            continue
        for further in {chosen | option for option in options} - seen:
            seen.add(further)
            rank = _at_least(further, ordered), -further.bit_count(), tuple(items_of(further))
            heapq.heappush(heap, (*rank, further))
    completed = (_completed(chosen, ordered) for *_, chosen in heapq.nsmallest(most, heap))
    return Choices(tuple(sorted({*found, *completed}, key=_order)[:most]), more=True)


def _holds_one(chosen: int, options: Options) -> bool:
    return any(option & chosen == option for option in options)


def _at_least(chosen: int, obstacles: Sequence[Options]) -> int:
    """How many items a set must have in the end: obstacles that share nothing need their own."""
    size, used = chosen.bit_count(), 0
    for options in obstacles:
        left = [option & ~chosen for option in options]
        touched = reduce(int.__or__, left, 0)
        if all(left) and not touched & used:
            used |= touched
            size += min(option.bit_count() for option in left)
    return size


def _is_minimal(chosen: int, obstacles: Sequence[Options]) -> bool:
    return not any(_clears(chosen & ~(1 << item), obstacles) for item in items_of(chosen))


def _clears(chosen: int, obstacles: Sequence[Options]) -> bool:
    return all(_holds_one(chosen, options) for options in obstacles)


def _completed(chosen: int, obstacles: Sequence[Options]) -> int:
    """A set that clears everything, without what it does not need."""
    for options in obstacles:
        if not _holds_one(chosen, options):
            chosen |= min(options, key=lambda option: _order(option & ~chosen))
    for item in items_of(chosen):
        if _clears(chosen & ~(1 << item), obstacles):
            chosen &= ~(1 << item)
    return chosen
