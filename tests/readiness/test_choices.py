"""The smallest sets that clear every obstacle, against trying all of them."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.readiness import choices
from tracker.readiness.choices import items_of, minimal, smallest_sets

ITEMS = 7
options = st.lists(st.integers(1, 2**ITEMS - 1), min_size=1, max_size=4).map(tuple)


def clears(chosen: int, obstacles: list[tuple[int, ...]]) -> bool:
    return all(any(option & chosen == option for option in one) for one in obstacles)


def by_trying(obstacles: list[tuple[int, ...]]) -> list[int]:
    clearing = [chosen for chosen in range(2**ITEMS) if clears(chosen, obstacles)]
    return [
        chosen
        for chosen in clearing
        if not any(other != chosen and other & chosen == other for other in clearing)
    ]


@given(st.lists(options, max_size=5))
def test_all_smallest_sets_are_found_and_only_those(obstacles):
    found = smallest_sets(obstacles, 1000)
    assert sorted(found.sets) == sorted(by_trying(obstacles))
    assert not found.more


@given(st.lists(options, max_size=5), st.integers(1, 4))
def test_the_smallest_ones_come_first_and_it_is_said_where_there_are_more(obstacles, most):
    every = sorted(by_trying(obstacles), key=int.bit_count)
    found = smallest_sets(obstacles, most)
    assert [one.bit_count() for one in found.sets] == [one.bit_count() for one in every[:most]]
    assert found.more is (len(every) > most)


@given(st.lists(options, min_size=2, max_size=6))
def test_a_search_that_ends_early_still_gives_smallest_sets_and_says_so(obstacles):
    complete = by_trying(obstacles)
    before = choices.MOST_LOOKED_AT
    choices.MOST_LOOKED_AT = 2
    try:
        found = smallest_sets(obstacles, 3)
    finally:
        choices.MOST_LOOKED_AT = before
    assert found.sets
    assert set(found.sets) <= set(complete)
    assert found.more or sorted(found.sets) == sorted(complete)


def test_an_obstacle_without_options_leaves_no_set():
    assert smallest_sets([(1,), ()], 10).sets == ()


def test_without_obstacles_the_empty_set_does_it():
    assert smallest_sets([], 10) == choices.Choices((0,), more=False)


def test_options_that_hold_another_one_are_left_out():
    assert minimal([0b111, 0b10, 0b101, 0b110]) == (0b10, 0b101)
    assert list(items_of(0b1010)) == [1, 3]
