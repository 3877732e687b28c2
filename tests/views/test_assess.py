"""The queue of one person, and a score that shows nothing before it is known."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.views.conftest import PROFILE, risk_of
from tracker.domain.records import Actor
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceGrade, Factor, Level
from tracker.views import assess
from tracker.views.assess import assess_view, compared, forming_score

HARM: tuple[Factor, ...] = (
    Factor.LIKELIHOOD,
    Factor.SEVERITY,
    Factor.EXPOSURE,
    Factor.REVERSIBILITY,
)
ALL_THREE = dict.fromkeys(Factor, 3)


def actor(state: LaunchState, key: str) -> Actor:
    return Actor(state.people[key])


@pytest.mark.parametrize("missing", [part for n in (1, 2) for part in combinations(HARM, n)])
def test_no_level_and_no_figure_shows_while_a_pick_of_harm_is_missing(
    missing: tuple[Factor, ...],
) -> None:
    picked = {factor: pick for factor, pick in ALL_THREE.items() if factor not in missing}
    score = forming_score(picked, EvidenceGrade.A, PROFILE)
    assert (score.level, score.harm_score, score.priority, score.interval) == (None, None, None, "")
    for factor in missing:
        assert PROFILE.scales[factor].name.lower() in score.words


def test_the_priority_waits_for_the_business_impact_and_the_level_does_not() -> None:
    picked = dict.fromkeys(HARM, 3)
    without = forming_score(picked, None, PROFILE)
    assert (without.harm_score, without.level, without.priority) == ("5.5", Level.MODERATE, None)
    complete = forming_score(ALL_THREE, None, PROFILE)
    assert complete.priority == "5.6"


@given(st.fixed_dictionaries({factor: st.integers(1, 5) for factor in HARM}), st.integers(1, 5))
def test_the_business_impact_moves_neither_harm_score_nor_level(
    harm: Mapping[Factor, int], business: int
) -> None:
    without = forming_score(harm, None, PROFILE)
    with_it = forming_score({**harm, Factor.BUSINESS_IMPACT: business}, None, PROFILE)
    assert (without.harm_score, without.level) == (with_it.harm_score, with_it.level)


def test_the_sum_so_far_reads_as_a_sum() -> None:
    score = forming_score({Factor.LIKELIHOOD: 3, Factor.SEVERITY: 3}, None, PROFILE)
    assert score.words == (
        "Start 3.5, possible −1.5, moderate +2. "
        "Still to pick: exposure, reversibility, business impact."
    )


def test_the_grade_widens_what_is_said_and_names_the_levels_within() -> None:
    score = forming_score(ALL_THREE, EvidenceGrade.C, PROFILE)
    assert score.interval == "Grade C: 4.5 to 6.5, Low to High"


def test_the_floor_is_said_and_holds_within_the_interval() -> None:
    picked = {**dict.fromkeys(HARM, 1), Factor.SEVERITY: 5, Factor.REVERSIBILITY: 4}
    score = forming_score(picked, EvidenceGrade.D, PROFILE)
    assert score.level is Level.HIGH
    assert "never below High" in score.floor
    assert score.interval.endswith("High")


def test_unassessed_risks_wait_first_and_every_open_risk_can_be_chosen(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    view = assess_view(gpt_4v, states, actor(gpt_4v, "assessor-bio"))
    assert list(view.waiting.values())[:2] == ["UNASSESSED", "UNASSESSED"]
    assert set(view.risks) == {risk.ref for risk in gpt_4v.open_risks}
    assert list(view.risks)[: len(view.waiting)] == list(view.waiting)
    assert "2 UNASSESSED" in view.headline


def test_where_more_waits_is_said_and_decided_launches_ask_for_nothing(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    read_again = replace(gpt_4v, today=gpt_4v.today)
    view = assess_view(read_again, states, actor(gpt_4v, "assessor-fairness"))
    assert set(view.elsewhere) == {"dall-e-3-2023-10"}


def test_nothing_waits_for_somebody_who_may_not_assess(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    view = assess_view(gpt_4v, states, actor(gpt_4v, "auditor"))
    assert view.headline == "Nothing waits for you here"
    assert not view.elsewhere


def test_assessments_side_by_side_are_marked_as_made_for_the_demo(gpt_4v: LaunchState) -> None:
    frame = compared(risk_of(gpt_4v, "R-6"), gpt_4v, PROFILE)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == assess.COMPARED_DTYPES
    assert len(frame) == 3
    assert frame["assessor"].str.endswith("(illustrative judgement)").all()
