from datetime import date
from itertools import permutations

from tests.scoring.builders import a_launch, an_assessment, present, risk_inputs, verified
from tracker.scoring.order import rank_key, ranked
from tracker.scoring.risk import risk_states

MODERATE = (3, 3, 3, 3, 3)


def pair(profile, numbers=MODERATE, number=1, launch=None, mitigations=()):
    assessments = () if numbers is None else (an_assessment(numbers),)
    launch = launch or a_launch()
    inputs = risk_inputs(*assessments, number=number, launch=launch, mitigations=mitigations)
    (state,) = risk_states([inputs], profile)
    return state, launch


def assert_order(*pairs):
    for shuffled in permutations(pairs):
        assert ranked(shuffled) == list(pairs)


def test_unassessed_comes_before_the_worst_assessed_risk(profile):
    early = a_launch("aaa", date(2020, 1, 1))
    assert_order(
        pair(profile, None, number=9, launch=a_launch("zzz", date(2030, 1, 1))),
        pair(profile, (5, 5, 5, 5, 5), launch=early),
    )


def test_unassessed_risks_follow_target_date_then_launch_then_number(profile):
    soon, later = date(2026, 12, 1), date(2026, 12, 2)
    assert_order(
        pair(profile, None, 7, a_launch("b", soon)),
        pair(profile, None, 1, a_launch("a", later)),
        pair(profile, None, 2, a_launch("a", later)),
        pair(profile, None, 1, a_launch("b", later)),
    )


def test_the_higher_current_priority_comes_first(profile):
    assert_order(pair(profile, (3, 3, 3, 4, 3), 2), pair(profile, MODERATE, 1))


def test_the_queue_follows_what_is_left_and_not_what_was_there(profile):
    mitigated = pair(profile, (4, 4, 2, 4, 3), 1, mitigations=(verified(0.99),))
    assert present(mitigated[0].inherent.priority) > 7
    assert_order(pair(profile, MODERATE, 2), mitigated)


def test_business_moves_the_order(profile):
    assert_order(pair(profile, (3, 3, 3, 3, 5), 2), pair(profile, (3, 3, 3, 3, 1), 1))


def test_of_equal_priorities_the_higher_harm_comes_first(profile):
    """h = 1, b = 2 and h = 2, b = 1 owe the same loss, in opposite shares."""
    harmful, costly = pair(profile, (3, 2, 3, 1, 1), 2), pair(profile, (3, 1, 3, 1, 2), 1)
    assert harmful[0].current.priority == costly[0].current.priority
    assert_order(harmful, costly)


def test_equal_risks_follow_target_date_then_launch_then_number(profile):
    soon, later = date(2026, 12, 1), date(2026, 12, 2)
    assert_order(
        pair(profile, number=7, launch=a_launch("b", soon)),
        pair(profile, number=1, launch=a_launch("a", later)),
        pair(profile, number=1, launch=a_launch("b", later)),
    )


def test_numbers_are_compared_as_numbers(profile):
    assert_order(pair(profile, number=2), pair(profile, number=10))


def test_the_key_of_a_risk_is_its_own(profile):
    state, launch = pair(profile)
    assert rank_key(state, launch) == (
        True,
        -present(state.current.priority),
        -5.5,
        date(2026, 12, 1).toordinal(),
        "gpt-x",
        1,
    )
