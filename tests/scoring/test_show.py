from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.words import Level
from tracker.scoring.score import plain_level, without_noise
from tracker.scoring.show import MINUS, one_decimal, plain, signed, two_decimals

POINTS = st.floats(-2, 10.35) | st.sampled_from([4, 5, 6, 7]).flatmap(
    lambda bound: st.floats(bound - 0.2, bound + 0.2)
)


def value(text):
    return float(text.replace(MINUS, "-"))


@given(POINTS)
@pytest.mark.parametrize(("show", "step"), [(one_decimal, 0.1), (two_decimals, 0.01)])
def test_what_is_shown_has_the_level_of_the_score_and_is_near_it(profile, show, step, points):
    shown = value(show(points, profile))
    assert plain_level(shown, profile) is plain_level(without_noise(points), profile)
    assert abs(shown - points) < step


@given(POINTS, POINTS)
def test_what_is_shown_keeps_the_order_of_scores(profile, one, other):
    low, high = sorted((one, other))
    assert value(one_decimal(low, profile)) <= value(one_decimal(high, profile))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (6.98, "6.9"),
        (6.999999999, "6.9"),
        (7.0, "7.0"),
        (6.9999999999, "7.0"),
        (7.04, "7.0"),
        (6.85, "6.9"),
        (6.35, "6.4"),
        (3.96, "3.9"),
        (10.35, "10.4"),
        (0.0, "0.0"),
        (-0.04, "0.0"),
        (-1.26, "−1.3"),
    ],
)
def test_one_decimal(points, expected, profile):
    assert one_decimal(points, profile) == expected


@pytest.mark.parametrize(
    ("points", "expected"), [(6.998, "6.99"), (6.994, "6.99"), (7.0238, "7.02"), (5.9951, "5.99")]
)
def test_two_decimals(points, expected, profile):
    assert two_decimals(points, profile) == expected


def test_rounding_down_does_not_cross_a_level_either(profile):
    finer = replace(profile, lower_bounds=((Level.CRITICAL, 6.63),))
    assert two_decimals(6.63, finer) == "6.63"
    assert one_decimal(6.63, finer) == "6.7"


@pytest.mark.parametrize(
    ("points", "expected"),
    [(3.5, "3.5"), (2.0, "2"), (1.2738, "1.27"), (0.0, "0"), (-0.001, "0"), (10.0, "10")],
)
def test_plain_points(points, expected):
    assert plain(points) == expected


@pytest.mark.parametrize(
    ("points", "expected"), [(0.75, "+0.75"), (-1.5, "−1.5"), (0.0, "+0"), (-0.001, "+0")]
)
def test_signed_points(points, expected):
    assert signed(points) == expected
