"""Bounds against published figures, and against what simulated samples do."""

from itertools import product

import numpy as np
import pytest

from tracker.readiness.bounds import (
    MOST_SAMPLES,
    mean_bounds,
    needed_n,
    newcombe,
    reaches,
    share_high,
    share_low,
    wilson,
)

# Smallest n that shows a share with so many failures, one-sided 95 %, as our literature chapter
# (section 7) prints it. The chapter on gates (section 4) prints other figures in three rows, which
# are not the smallest: 4 745, 6 295, 10 515 and 16 960 for 99.9 % and 3 390 for 99.5 %.
PUBLISHED_N = {
    0.90: (29, 46, 61, 76, 89, 103),
    0.95: (59, 93, 124, 153, 181, 208),
    0.98: (149, 236, 313, 386, 456, 523),
    0.99: (299, 473, 628, 773, 913, 1049),
    0.999: (2995, 4742, 6294, 7752, 9151, 10511),
}


def test_the_worked_examples_of_the_literature_chapter_come_out():
    assert share_low(495, 500, 0.95) == pytest.approx(0.9791, abs=5e-5)
    assert share_low(990, 1000, 0.95) == pytest.approx(0.9831, abs=5e-5)
    assert share_low(149, 149, 0.95) == pytest.approx(0.98010, abs=5e-6)


def test_the_worked_examples_of_the_gates_chapter_come_out():
    assert share_low(38, 40, 0.95) == pytest.approx(0.851, abs=5e-4)
    assert share_low(11_819, 12_000, 0.95) == pytest.approx(0.983, abs=5e-4)
    assert share_high(11_819, 12_000, 0.95) == pytest.approx(0.987, abs=5e-4)
    assert share_high(57, 80, 0.95) == pytest.approx(0.795, abs=5e-4)
    assert share_low(22, 27, 0.95) == pytest.approx(0.649, abs=5e-4)
    assert share_high(0, 35, 0.95) == pytest.approx(0.082, abs=5e-4)
    assert share_low(7, 7, 0.95) == pytest.approx(0.652, abs=5e-4)
    assert share_low(27_932, 30_000, 0.95) == pytest.approx(0.9286, abs=5e-5)
    assert share_high(27_932, 30_000, 0.95) == pytest.approx(0.9335, abs=5e-5)


def test_clopper_and_pearson_s_interval_for_one_of_ten_comes_out():
    """Two-sided 95 %: 0.0025 to 0.4450, as printed in any table of exact limits."""
    assert share_low(1, 10, 0.975) == pytest.approx(0.0025, abs=5e-5)
    assert share_high(1, 10, 0.975) == pytest.approx(0.4450, abs=5e-5)


def test_without_a_failure_the_bound_is_a_root():
    for n in (1, 29, 59, 149, 2995):
        assert share_low(n, n, 0.95) == pytest.approx(0.05 ** (1 / n), rel=1e-12)
        assert share_high(0, n, 0.95) == pytest.approx(1 - 0.05 ** (1 / n), rel=1e-9)


def test_no_sample_shows_nothing():
    assert share_low(0, 0, 0.95) == 0.0
    assert share_high(0, 0, 0.95) == 1.0
    assert share_low(0, 50, 0.95) == 0.0
    assert share_high(50, 50, 0.95) == 1.0


@pytest.mark.parametrize("threshold", PUBLISHED_N)
def test_the_numbers_of_samples_are_those_published(threshold):
    found = tuple(needed_n(threshold, failures, 0.95) for failures in range(6))
    assert found == PUBLISHED_N[threshold]


@pytest.mark.parametrize(
    ("threshold", "failures", "rounded_up"),
    [
        (0.995, 10, 3390),
        (0.999, 1, 4745),
        (0.999, 2, 6295),
        (0.999, 5, 10_515),
        (0.999, 10, 16_960),
    ],
)
def test_fewer_samples_do_than_the_gates_chapter_prints(threshold, failures, rounded_up):
    needed = needed_n(threshold, failures, 0.95)
    assert needed is not None
    assert needed < rounded_up
    assert share_low(needed - failures, needed, 0.95) >= threshold


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99])
def test_the_needed_number_shows_it_and_one_less_does_not(confidence):
    for threshold, failures in product((0.01, 0.3, 0.75, 0.95, 0.9999), (0, 1, 7, 60)):
        n = needed_n(threshold, failures, confidence)
        assert n is not None
        assert reaches(share_low(n - failures, n, confidence), threshold)
        if n > failures + 1:
            assert share_low(n - 1 - failures, n - 1, confidence) < threshold


def test_no_number_of_samples_shows_everything():
    assert needed_n(1.0, 0, 0.95) is None
    assert needed_n(1.5, 0, 0.95) is None
    assert needed_n(1 - 1e-12, 0, 0.95) is None
    assert needed_n(0.0, 4, 0.95) == 5
    assert MOST_SAMPLES > 1_000_000


def test_newcombe_s_published_example_comes_out():
    """56/70 against 48/80, method 10, two-sided 95 %: 0.0524 to 0.3339 (Newcombe 1998)."""
    low, high = newcombe((56, 70), (48, 80), 0.975)
    assert low == pytest.approx(0.0524, abs=5e-5)
    assert high == pytest.approx(0.3339, abs=5e-5)


def test_newcombe_s_example_without_any_outcome_comes_out():
    """0/10 against 0/20, method 10: -0.1611 to 0.2775 (Newcombe 1998)."""
    low, high = newcombe((0, 10), (0, 20), 0.975)
    assert low == pytest.approx(-0.1611, abs=5e-5)
    assert high == pytest.approx(0.2775, abs=5e-5)


def test_the_regression_example_of_the_gates_chapter_comes_out():
    low, high = newcombe((480, 500), (490, 500), 0.975)
    assert low == pytest.approx(-0.043, abs=5e-4)
    assert high == pytest.approx(0.002, abs=5e-4)


def test_wilson_lies_above_the_exact_bound_without_a_failure():
    assert wilson(149, 149, 0.95)[0] == pytest.approx(0.98217, abs=5e-6)


def test_a_mean_lies_one_and_two_thirds_errors_from_its_bounds():
    low, high = mean_bounds(0.9, 0.01, 0.95)
    assert low == pytest.approx(0.9 - 0.0164485, abs=1e-7)
    assert high == pytest.approx(0.9 + 0.0164485, abs=1e-7)


def test_noise_of_floats_decides_nothing():
    assert reaches(0.1 + 0.2, 0.3)
    assert reaches(0.3, 0.1 + 0.2)
    assert not reaches(0.3 - 1e-9, 0.3)


@pytest.mark.parametrize("n", [5, 20, 60, 150, 500])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_exact_bounds_hold_for_every_share_in_simulated_samples(n, confidence):
    """One-sided coverage is at least nominal: false shows are no more frequent than promised."""
    draws = 20_000
    random = np.random.default_rng(20261124 + n)
    allowed = 1 - confidence + 4 * np.sqrt(confidence * (1 - confidence) / draws)
    for share in (0.02, 0.3, 0.5, 0.77, 0.95, 0.98, 0.995):
        counted = random.binomial(n, share, size=draws)
        lows = np.array([share_low(k, n, confidence) for k in range(n + 1)])[counted]
        highs = np.array([share_high(k, n, confidence) for k in range(n + 1)])[counted]
        assert np.mean(lows > share) <= allowed
        assert np.mean(highs < share) <= allowed


def test_newcombe_bounds_hold_about_as_often_as_promised():
    """Newcombe's method is not exact; its shortfall is small."""
    draws, random = 4_000, np.random.default_rng(1998)
    for (n_new, new), (n_old, old) in product([(100, 0.9), (400, 0.97)], repeat=2):
        pairs = zip(
            random.binomial(n_new, new, draws), random.binomial(n_old, old, draws), strict=True
        )
        lows = np.array([newcombe((int(k), n_new), (int(j), n_old), 0.95)[0] for k, j in pairs])
        assert np.mean(lows > new - old) <= 0.075
