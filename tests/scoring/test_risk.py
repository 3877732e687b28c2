from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.scoring.builders import a_launch, an_assessment, planned, present, risk_inputs, verified
from tracker.domain.words import EvidenceGrade, Level, View
from tracker.scoring.risk import risk_states

LATER = datetime(2026, 11, 11, tzinfo=UTC)


def state_of(inputs, profile):
    (state,) = risk_states([inputs], profile)
    return state


def test_a_risk_that_nobody_assessed_is_unassessed_in_every_view(profile):
    state = state_of(risk_inputs(), profile)
    assert state.unassessed_because == "nobody has assessed it"
    for view in View:
        figures = state.figures(view)
        assert figures.level is Level.UNASSESSED
        assert (figures.harm_score, figures.priority) == (None, None)
        assert (figures.band, figures.priority_band) == (None, None)


def test_a_risk_that_only_the_launch_owner_assessed_is_unassessed(profile):
    twice = [
        an_assessment((1, 1, 1, 1, 1), "ada", submitted_at=when, id_=i)
        for i, when in enumerate((LATER, datetime(2026, 11, 1, tzinfo=UTC)))
    ]
    state = state_of(risk_inputs(*twice), profile)
    assert state.unassessed_because == "only the launch owner has assessed it"
    assert state.current.level is Level.UNASSESSED
    assert state.scores == ()
    assert state.central_harm is state.central_priority is None
    assert not state.outdated
    assert not state.floored


def test_beside_somebody_else_the_launch_owners_assessment_counts(profile):
    state = state_of(risk_inputs(an_assessment(assessor="ada"), an_assessment()), profile)
    assert [score.assessment.assessor for score in state.scores] == ["ada", "ben"]


def test_a_launch_without_an_owner_leaves_no_assessment_out(profile):
    launch = replace(a_launch(), holders={})
    state = state_of(risk_inputs(an_assessment(), launch=launch), profile)
    assert state.current.level is Level.MODERATE


def test_an_unassessed_risk_still_says_what_mitigations_leave(profile):
    mitigations = (verified(0.5, 1), planned(0.9, 2))
    state = state_of(risk_inputs(mitigations=mitigations), profile)
    assert [state.figures(view).remain for view in View] == [1.0, 0.5, pytest.approx(0.1)]
    assert [one.counted for one in state.mitigations] == [0.5, 0.0]


def test_a_new_assessment_takes_the_place_of_the_same_assessors_old_one(profile):
    old = an_assessment((5, 5, 5, 5, 5))
    new = an_assessment((1, 1, 1, 1, 1), submitted_at=LATER, id_=2)
    state = state_of(risk_inputs(old, new), profile)
    assert [score.assessment for score in state.scores] == [new]
    assert state.current.level is Level.VERY_LOW


def test_the_figures_are_upper_medians_of_the_assessors_own_figures(profile):
    """Harm scores 6.5, 5.1, 6.35; priorities 6.50, 7.85, 6.37: the two middles differ in person."""
    state = state_of(
        risk_inputs(
            an_assessment((3, 4, 3, 3, 2), "ben"),
            an_assessment((4, 2, 3, 2, 5), "cleo"),
            an_assessment((4, 3, 3, 3, 2), "dan"),
        ),
        profile,
    )
    assert [score.harm_score for score in state.scores] == [6.5, 5.1, 6.35]
    assert state.current.harm_score == 6.35
    assert state.central_harm is state.scores[2]
    assert state.current.priority == state.scores[0].priority
    assert state.central_priority is state.scores[0]
    assert state.current.level is Level.HIGH


def test_of_two_assessors_the_higher_figure_and_level_stand(profile):
    low, high = an_assessment((1, 1, 1, 1, 1), "ben"), an_assessment((5, 5, 3, 3, 3), "cleo")
    state = state_of(risk_inputs(low, high), profile)
    assert state.current.harm_score == 8.85
    assert state.current.level is Level.CRITICAL


def test_verified_mitigations_lower_the_current_figures_and_planned_ones_the_projected(profile):
    mitigations = (verified(0.9, 1), planned(0.99, 2))
    state = state_of(risk_inputs(an_assessment((5, 4, 3, 1, 1)), mitigations=mitigations), profile)
    assert [state.figures(view).harm_score for view in View] == [7.35, 6.35, 5.35]
    assert [state.figures(view).level for view in View] == [
        Level.CRITICAL,
        Level.HIGH,
        Level.MODERATE,
    ]
    assert [state.figures(view).band for view in View] == [(6.85, 7.85), (5.85, 6.85), (4.85, 5.85)]
    priority = present(state.current.priority)
    assert priority == pytest.approx(present(state.inherent.priority) - 1.0, abs=1e-9)
    assert state.current.priority_band == pytest.approx((priority - 0.5, priority + 0.5), abs=1e-9)


def test_a_residual_of_exactly_seven_is_critical_in_spite_of_binary_fractions(profile):
    """h = 6 with likelihood −1.5 is 8.0; nine tenths removed leave 7.0, not 6.9999999."""
    state = state_of(
        risk_inputs(an_assessment((3, 5, 3, 5, 1)), mitigations=(verified(0.9),)), profile
    )
    assert state.current.harm_score == 7.0
    assert state.current.level is Level.CRITICAL


def test_no_mitigation_lifts_the_floor(profile):
    state = state_of(
        risk_inputs(an_assessment((3, 5, 1, 4, 1)), mitigations=(verified(0.99),)), profile
    )
    assert state.current.harm_score == 4.75
    assert state.current.level is Level.HIGH
    assert state.floored


def test_a_risk_that_is_high_by_its_score_is_not_called_floored(profile):
    state = state_of(risk_inputs(an_assessment((3, 5, 1, 4, 1))), profile)
    assert state.current.harm_score == 6.75
    assert state.current.level is Level.HIGH
    assert not state.floored


def test_the_floor_of_a_minority_does_not_hold_the_level_of_the_risk(profile):
    state = state_of(
        risk_inputs(
            an_assessment((1, 5, 1, 5, 1), "ben"),
            an_assessment((1, 2, 1, 1, 1), "cleo"),
            an_assessment((1, 2, 1, 1, 1), "dan"),
        ),
        profile,
    )
    assert state.current.level is Level.VERY_LOW
    assert not state.floored


def test_one_outdated_score_makes_the_risk_outdated(profile):
    old = replace(an_assessment(assessor="cleo"), model_version="x-0")
    state = state_of(risk_inputs(an_assessment(), old), profile)
    assert state.outdated
    assert state.current.level is Level.MODERATE


def test_an_outdated_assessment_that_was_superseded_does_not_count(profile):
    old = replace(an_assessment(), model_version="x-0")
    new = an_assessment(submitted_at=LATER, id_=2)
    assert not state_of(risk_inputs(old, new), profile).outdated


def test_a_wider_grade_widens_the_band_and_never_moves_the_score(profile):
    states = [state_of(risk_inputs(an_assessment(grade=grade)), profile) for grade in EvidenceGrade]
    bands = [present(state.current.band) for state in states]
    widths = [high - low for low, high in bands]
    assert widths == pytest.approx([0.5, 1.0, 2.0, 3.0])
    assert len({state.current.harm_score for state in states}) == 1


def test_no_risks_have_no_states(profile):
    assert risk_states([], profile) == []
