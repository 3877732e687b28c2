import pytest

from tests.scoring.builders import an_assessment, planned, risk_inputs, verified
from tracker.domain.words import Level, View
from tracker.scoring.matrix import MatrixCell, cell, cells
from tracker.scoring.risk import risk_states


def states(profile, *inputs):
    return risk_states(inputs, profile)


def place(profile, numbers, view=View.CURRENT, mitigations=()):
    (state,) = states(profile, risk_inputs(an_assessment(numbers), mitigations=mitigations))
    return cell(state, view, profile)


@pytest.mark.parametrize("likelihood", range(1, 6))
def test_without_mitigations_the_row_is_the_likelihood_pick(likelihood, profile):
    assert place(profile, (likelihood, 1, 1, 1, 1)) == (likelihood - 1, 0)


@pytest.mark.parametrize(
    ("numbers", "column"),
    [
        ((1, 2, 2, 2, 1), 0),
        ((1, 3, 1, 1, 1), 1),
        ((1, 3, 2, 2, 1), 1),
        ((1, 4, 1, 1, 1), 2),
        ((1, 5, 1, 1, 1), 3),
        ((1, 5, 2, 2, 1), 3),
        ((1, 5, 3, 1, 1), 4),
        ((1, 5, 5, 5, 5), 4),
    ],
    ids=["h 1.75", "h 2", "h 2.75", "h 3", "h 4", "h 4.75", "h 5", "h 7"],
)
def test_the_column_is_cut_at_two_three_four_and_five(numbers, column, profile):
    assert place(profile, numbers) == (0, column)


def test_mitigations_move_the_row_in_the_views_that_count_them(profile):
    mitigations = (verified(0.9, 1), planned(0.99, 2))
    places = [place(profile, (4, 4, 1, 1, 1), view, mitigations) for view in View]
    assert places == [(3, 2), (2, 2), (1, 2)]


def test_a_likelihood_on_a_cut_belongs_to_the_row_above_it(profile):
    """−1.5 with half a point taken off is −2.0, where 1 % begins."""
    halved = (verified(0.683772234),)
    assert place(profile, (3, 1, 1, 1, 1), mitigations=halved) == (2, 0)


def test_business_impact_never_moves_a_cell(profile):
    assert len({place(profile, (3, 3, 3, 3, business)) for business in range(1, 6)}) == 1


def test_a_cell_is_where_the_central_harm_score_stands(profile):
    (state,) = states(
        profile,
        risk_inputs(an_assessment((1, 1, 1, 1, 1), "ben"), an_assessment((5, 5, 5, 5, 1), "cleo")),
    )
    assert cell(state, View.CURRENT, profile) == (4, 4)


def test_unassessed_stands_outside_the_grid(profile):
    (state,) = states(profile, risk_inputs())
    assert cell(state, View.CURRENT, profile) is None
    assert cells([state], View.CURRENT, profile) == {}


def test_a_cell_takes_the_highest_level_in_it(profile):
    """Of the first two only the second is held up by the floor; the fifth is above the sixth."""
    found = cells(
        states(
            profile,
            risk_inputs(an_assessment((1, 5, 3, 1, 1)), number=1),
            risk_inputs(an_assessment((1, 5, 1, 5, 1)), number=2),
            risk_inputs(an_assessment((5, 1, 1, 1, 1)), number=3),
            risk_inputs(number=4),
            risk_inputs(an_assessment((4, 3, 2, 2, 1)), number=5),
            risk_inputs(an_assessment((4, 3, 1, 1, 1)), number=6),
        ),
        View.CURRENT,
        profile,
    )
    assert found == {
        (0, 4): MatrixCell(2, Level.HIGH, ("gpt-x/R-1", "gpt-x/R-2")),
        (3, 1): MatrixCell(2, Level.MODERATE, ("gpt-x/R-5", "gpt-x/R-6")),
        (4, 0): MatrixCell(1, Level.VERY_LOW, ("gpt-x/R-3",)),
    }


def test_a_cell_shows_the_level_of_its_view(profile):
    mitigated = risk_inputs(an_assessment((5, 4, 3, 1, 1)), mitigations=(verified(0.5),))
    (state,) = states(profile, mitigated)
    assert cells([state], View.INHERENT, profile)[(4, 3)].level is Level.CRITICAL
    assert cells([state], View.CURRENT, profile)[(3, 3)].level is Level.CRITICAL
    mitigated = risk_inputs(an_assessment((5, 4, 3, 1, 1)), mitigations=(verified(0.9),))
    (state,) = states(profile, mitigated)
    assert cells([state], View.CURRENT, profile)[(2, 3)].level is Level.HIGH
