from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.scoring.band import NORMAL_95, bands

WIDTHS = st.sampled_from([0.25, 0.5, 1.0, 1.5])
ROWS = st.lists(st.tuples(st.floats(0, 10.35), WIDTHS), min_size=1, max_size=9)


def split(rows):
    return [[score for score, _ in row] for row in rows], [
        [width for _, width in row] for row in rows
    ]


def mixture(point, row):
    """Distribution function by the standard library, independent of the code under test."""
    return fmean(NormalDist(score, width / NORMAL_95).cdf(point) for score, width in row)


@pytest.mark.parametrize("width", [0.25, 0.5, 1.0, 1.5])
def test_one_assessor_gives_the_score_plus_and_minus_the_half_width(width):
    assert bands([[6.85]], [[width]]) == [pytest.approx((6.85 - width, 6.85 + width), abs=1e-9)]


def test_a_band_that_ends_on_a_level_ends_exactly_there():
    assert bands([[6.75]], [[0.25]]) == [(6.5, 7.0)]


def test_assessors_who_agree_give_the_band_of_one():
    assert bands([[5.0] * 4], [[0.5] * 4]) == [(4.5, 5.5)]


@given(ROWS)
def test_a_tenth_of_the_mixture_lies_outside_half_on_each_side(row):
    ((low, high),) = bands(*split([row]))
    assert mixture(low, row) == pytest.approx(0.05, abs=1e-7)
    assert mixture(high, row) == pytest.approx(0.95, abs=1e-7)


@given(st.lists(ROWS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_band_of_a_risk_never_depends_on_the_others(rows, random):
    alone = {place: bands(*split([row]))[0] for place, row in enumerate(rows)}
    order = list(alone)
    random.shuffle(order)
    assert bands(*split([rows[place] for place in order])) == [alone[place] for place in order]


def test_disagreement_widens_the_band():
    ((low, high),) = bands([[4.0, 6.0]], [[0.25, 0.25]])
    assert low < 4.0 < 6.0 < high


def test_no_risks_have_no_bands():
    assert bands([], []) == []
