import pytest

from tracker.domain.words import Factor
from tracker.scoring.agreement import agreement, alpha, ordinal

KRIPPENDORFF_2011 = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def nominal(one, other, _totals):
    return float(one != other)


def interval(one, other, _totals):
    return float((one - other) ** 2)


def units_of(coders):
    return [[value for value in unit if value is not None] for unit in zip(*coders, strict=True)]


def test_alpha_krippendorff_3x15(published):
    case = published["krippendorff_3x15"]
    units, tolerance = units_of(case["inputs"]), case["tolerance"]
    assert alpha(units, nominal) == pytest.approx(case["expected"]["nominal"], abs=tolerance)
    assert alpha(units, interval) == pytest.approx(case["expected"]["interval"], abs=tolerance)


def test_ordinal_alpha_krippendorff_2011_four_observers_twelve_units():
    rows = [line.split() for line in KRIPPENDORFF_2011.strip().splitlines()]
    units = units_of([[None if value == "." else int(value) for value in row] for row in rows])
    assert alpha(units, nominal) == pytest.approx(0.743, abs=5e-4)
    assert alpha(units, ordinal) == pytest.approx(0.815, abs=5e-4)
    assert alpha(units, interval) == pytest.approx(0.849, abs=5e-4)


def test_alpha_of_each_factor_of_the_worked_example(worked):
    found = [
        alpha(
            [[picked[place] for picked in risk["assessments"]] for risk in worked["risks"]], ordinal
        )
        for place in range(len(Factor))
    ]
    assert found == pytest.approx([0.76, 0.98, 0.77, 0.97, 0.78], abs=0.005)


def test_agreement_counts_only_risks_with_two_picks_or_more():
    found = agreement([[1, 1], [2, 2], [3]], fewest=2)
    assert (found.alpha, found.units) == (1.0, 2)


def test_agreement_is_withheld_under_the_floor_of_units():
    units = [[1, 1], [2, 2]] * 5
    assert agreement(units[:9]).alpha is None
    assert agreement(units[:9]).units == 9
    assert agreement(units).alpha == 1.0


def test_where_everybody_always_picked_the_same_step_chance_says_nothing():
    assert agreement([[3, 3]] * 12).alpha is None
