import math
from dataclasses import replace
from itertools import product

import pytest

from tests.scoring.builders import POINTS, picks
from tracker.domain.words import ASSESSED_LEVELS, Factor, Level
from tracker.scoring.score import (
    business_share,
    floored,
    harm_points,
    harm_score,
    highest,
    level_of,
    level_rank,
    plain_level,
    priority,
)

EVERY_PROFILE = list(product(range(1, 6), repeat=5))


def level(numbers, profile):
    made = picks(numbers)
    return level_of(harm_score(made, profile), made, profile)


def test_ours_r1_of_the_reference_cases(published, profile):
    case = published["ours_R1"]
    made, tolerance = picks(list(case["inputs"].values())), case["tolerance"]
    assert priority(made, profile) == pytest.approx(case["expected"]["score"], abs=tolerance)
    assert harm_points(made, profile) == case["expected"]["harm"]
    added = priority(made, profile) - harm_score(made, profile)
    assert added == pytest.approx(case["expected"]["addon"], abs=tolerance)


def test_ours_r3_of_the_reference_cases_where_business_dominates(published, profile):
    case = published["ours_R3"]
    made, tolerance = picks(list(case["inputs"].values())), case["tolerance"]
    assert priority(made, profile) == pytest.approx(case["expected"]["score"], abs=tolerance)
    harm_share = 1 - business_share(made, profile)
    assert harm_share == pytest.approx(case["expected"]["harm_share"], abs=tolerance)


def test_all_3125_profiles_follow_the_formula(profile):
    for numbers in EVERY_PROFILE:
        likelihood, severity, exposure, reversibility, business = (
            POINTS[factor][pick - 1] for factor, pick in zip(Factor, numbers, strict=True)
        )
        h, made = severity + exposure + reversibility, picks(numbers)
        expected = 3.5 + likelihood + math.log10(10**h + 10**business)
        assert harm_points(made, profile) == h
        assert harm_score(made, profile) == pytest.approx(3.5 + likelihood + h, abs=1e-9)
        assert priority(made, profile) == pytest.approx(expected, abs=1e-9)
        assert 0 <= harm_score(made, profile) <= 10.35


def test_none_of_the_12500_single_steps_for_the_worse_lowers_anything(profile):
    steps = 0
    for numbers in EVERY_PROFILE:
        for place in (place for place in range(5) if numbers[place] < 5):
            worse = tuple(pick + (i == place) for i, pick in enumerate(numbers))
            before, after = picks(numbers), picks(worse)
            assert harm_points(after, profile) >= harm_points(before, profile)
            assert harm_score(after, profile) >= harm_score(before, profile)
            assert priority(after, profile) > priority(before, profile)
            assert level_rank(level(worse, profile)) >= level_rank(level(numbers, profile))
            steps += 1
    assert steps == 12_500


def test_a_step_in_business_alone_changes_neither_harm_score_nor_level(profile):
    for numbers in EVERY_PROFILE:
        plain = (*numbers[:4], 1)
        assert harm_score(picks(numbers), profile) == harm_score(picks(plain), profile)
        assert level(numbers, profile) == level(plain, profile)


def test_priority_is_never_below_harm_score_nor_below_business_alone(profile):
    for numbers in EVERY_PROFILE:
        made = picks(numbers)
        start = 3.5 + POINTS[Factor.LIKELIHOOD][numbers[0] - 1]
        assert priority(made, profile) > harm_score(made, profile)
        assert priority(made, profile) > start + POINTS[Factor.BUSINESS_IMPACT][numbers[4] - 1]


def test_equal_sums_are_equal_whatever_they_are_made_of(profile):
    """−0.65 with h = 3 and −0.15 with h = 2.5 are both 5.85, not apart by a binary fraction."""
    assert harm_score(picks((4, 4, 1, 1, 1)), profile) == 5.85
    assert harm_score(picks((5, 3, 2, 1, 1)), profile) == 5.85


def test_scores_spread_far_wider_than_products_of_labels(published, profile):
    products = [
        len({a * b * c for a, b, c in product(range(1, 11), repeat=3)}),
        len({a * b for a, b in product(range(1, 6), repeat=2)}),
    ]
    assert products == published["rpn_distinct"]["expected"]
    assert len({priority(picks(numbers), profile) for numbers in EVERY_PROFILE}) == 460


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (10.35, Level.CRITICAL),
        (7.0, Level.CRITICAL),
        (6.999999999, Level.HIGH),
        (6.0, Level.HIGH),
        (5.999999999, Level.MODERATE),
        (5.0, Level.MODERATE),
        (4.999999999, Level.LOW),
        (4.0, Level.LOW),
        (3.999999999, Level.VERY_LOW),
        (-2.0, Level.VERY_LOW),
    ],
)
def test_a_level_begins_at_its_lower_bound(points, expected, profile):
    assert plain_level(points, profile) is expected


@pytest.mark.parametrize("severity", range(1, 6))
@pytest.mark.parametrize("reversibility", range(1, 6))
def test_the_floor_is_for_catastrophic_and_mostly_irreversible_harm(
    severity, reversibility, profile
):
    made = picks((1, severity, 1, reversibility, 1))
    expected = severity == 5 and reversibility >= 4
    assert floored(made, profile) is expected
    assert level_of(0.0, made, profile) is (Level.HIGH if expected else Level.VERY_LOW)


def test_the_floor_never_lowers_a_level(profile):
    assert level_of(7.5, picks((5, 5, 5, 5, 5)), profile) is Level.CRITICAL


def test_unassessed_is_the_highest_of_any_levels():
    assert highest(ASSESSED_LEVELS) is Level.CRITICAL
    assert highest([Level.CRITICAL, Level.UNASSESSED, Level.LOW]) is Level.UNASSESSED


def test_business_and_harm_of_equal_points_share_the_loss(profile):
    assert business_share(picks((3, 5, 3, 1, 5)), profile) == pytest.approx(0.5)


def test_two_profiles_are_never_mixed_up_by_the_cache(profile):
    made = picks((3, 3, 3, 3, 3))
    raised = replace(profile, base=4.5)
    assert harm_score(made, raised) == harm_score(made, profile) + 1
