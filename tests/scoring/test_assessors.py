from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.scoring.builders import a_launch, an_assessment
from tracker.domain.words import ExposureStage, Level
from tracker.scoring.assessors import (
    central,
    latest_of_each,
    score_of,
    upper_median,
    upper_median_level,
)

LATER = datetime(2026, 11, 11, tzinfo=UTC)


def by_harm(score):
    return score.harm_score


def scores(profile, *assessments):
    return [score_of(assessment, a_launch(), profile) for assessment in assessments]


def test_only_the_latest_assessment_of_each_assessor_counts():
    first = an_assessment(assessor="ben", id_=2)
    second = an_assessment(assessor="ben", id_=1, submitted_at=LATER)
    assert latest_of_each([second, first]) == (second,)


def test_of_two_at_the_same_moment_the_higher_id_is_the_later():
    first, second = an_assessment(id_=9), an_assessment(id_=10)
    assert latest_of_each([second, first]) == (second,)


def test_assessors_come_in_the_order_of_their_keys():
    cleo, ben = an_assessment(assessor="cleo"), an_assessment(assessor="ben", submitted_at=LATER)
    assert latest_of_each([cleo, ben]) == (ben, cleo)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([2.0], 2.0), ([3.0, 1.0], 3.0), ([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 3.0, 2.0], 3.0)],
)
def test_the_upper_median_is_the_higher_of_the_two_in_the_middle(values, expected):
    assert upper_median(values) == expected


def test_the_upper_median_of_levels_is_by_severity_and_not_by_spelling():
    assert upper_median_level([Level.VERY_LOW, Level.CRITICAL, Level.HIGH]) is Level.HIGH
    assert upper_median_level([Level.LOW, Level.VERY_LOW]) is Level.LOW


def test_the_central_score_is_somebodys_actual_sum(profile):
    low, middle, high = scores(
        profile,
        an_assessment((5, 1, 1, 1, 1), "ben"),
        an_assessment((1, 5, 1, 1, 1), "cleo"),
        an_assessment((4, 4, 1, 1, 1), "dan"),
    )
    assert central([high, low, middle], by_harm) is middle


def test_of_assessors_with_the_same_figure_the_higher_level_stands_for_it(profile):
    """Both harm scores are 5.5; only Cleo's picks are catastrophic and irreversible."""
    ben = an_assessment((2, 5, 2, 1, 1), "ben")
    cleo = an_assessment((1, 5, 2, 5, 1), "cleo")
    pair = scores(profile, ben, cleo)
    assert pair[0].harm_score == pair[1].harm_score
    assert central(pair, by_harm) is pair[1]
    assert central(pair[::-1], by_harm) is pair[1]


def test_of_assessors_with_the_same_figure_and_level_the_first_by_key_stands_for_it(profile):
    pair = scores(profile, an_assessment(assessor="cleo"), an_assessment(assessor="ben"))
    assert central(pair, by_harm) is pair[1]


def test_an_assessment_of_the_launch_as_it_stands_is_not_outdated(profile):
    assert not score_of(an_assessment(), a_launch(), profile).outdated


@pytest.mark.parametrize(
    "launch",
    [
        a_launch(model_version="x-2"),
        a_launch(configuration="agent"),
        replace(a_launch(), exposure_asked=ExposureStage.OPEN_WEIGHTS),
    ],
    ids=["model version", "configuration", "exposure stage"],
)
def test_an_assessment_of_another_launch_state_is_outdated_and_keeps_its_score(launch, profile):
    then, now = (score_of(an_assessment(), one, profile) for one in (a_launch(), launch))
    assert now.outdated
    assert (now.harm_score, now.priority, now.level) == (then.harm_score, then.priority, then.level)
