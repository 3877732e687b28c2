"""The eight risks, fourteen mitigations and plan A of the study behind the method."""

from itertools import combinations

import pytest

from tests.scoring.builders import an_assessment, picks, present, risk_inputs
from tracker.domain.words import EvidenceGrade, Level, Mechanism
from tracker.scoring.explain import priority_parts
from tracker.scoring.mitigations import best_by_mechanism, remain, residual
from tracker.scoring.risk import risk_states
from tracker.scoring.score import harm_score, level_of, priority

RISKS = [f"R{number}" for number in range(1, 9)]


@pytest.fixture
def risks(worked):
    return {risk["id"]: risk for risk in worked["risks"]}


def left(worked, profile, risk, chosen):
    """What remains of a risk with what is verified now and with chosen mitigations."""
    now = [(Mechanism(name), share) for name, share in worked["verified_now"].get(risk, [])]
    added = [
        (Mechanism(one["mechanism"]), one["effect"][risk])
        for one in worked["mitigations"]
        if one["id"] in chosen and risk in one["effect"]
    ]
    return remain(best_by_mechanism(now + added), profile)


@pytest.mark.parametrize("name", RISKS)
def test_harm_score_and_priority_of_the_median_picks(name, risks, profile):
    risk = risks[name]
    made = picks(risk["median"])
    assert harm_score(made, profile) == risk["harm_score"]
    assert priority(made, profile) == pytest.approx(risk["priority"], abs=1e-4)


@pytest.mark.parametrize("name", RISKS)
def test_parts_of_the_sum(name, risks, profile):
    inputs = risk_inputs(an_assessment(risks[name]["median"]))
    (state,) = risk_states([inputs], profile)
    parts = priority_parts(present(state.central_priority), 1.0, profile)
    assert [part.points for part in parts] == pytest.approx(risks[name]["parts"], abs=1e-4)


def test_levels_come_from_harm_alone(risks, profile):
    levels = {name: risk_level(risk, profile) for name, risk in risks.items()}
    assert levels == {
        "R1": Level.CRITICAL,
        "R2": Level.HIGH,
        "R3": Level.MODERATE,
        "R4": Level.HIGH,
        "R5": Level.CRITICAL,
        "R6": Level.HIGH,
        "R7": Level.LOW,
        "R8": Level.LOW,
    }


def risk_level(risk, profile):
    made = picks(risk["median"])
    return level_of(harm_score(made, profile), made, profile)


def test_upper_medians_of_own_scores_where_three_people_assessed(risks, profile):
    """Worked by hand from the picks; for R4 they differ from the score of the median picks."""
    inputs = [
        risk_inputs(
            *(
                an_assessment(numbers, assessor, EvidenceGrade(risk["grade"]))
                for assessor, numbers in zip(
                    ("ben", "cleo", "dan"), risk["assessments"], strict=True
                )
            )
        )
        for risk in risks.values()
    ]
    states = risk_states(inputs, profile)
    assert [state.current.harm_score for state in states] == [
        7.5,
        7.0,
        5.75,
        6.85,
        7.1,
        6.1,
        4.85,
        4.35,
    ]


@pytest.mark.parametrize("place", range(8))
def test_residual_points_of_plan_a(place, worked, profile):
    risk, plan = worked["risks"][place], worked["plan_a"]
    made = picks(risk["median"])
    points = residual(
        priority(made, profile), left(worked, profile, risk["id"], set(plan["chosen"]))
    )
    assert points == pytest.approx(plan["residual_points"][place], abs=1e-4)


def test_loss_before_and_after_plan_a(worked, profile):
    for chosen, loss in ((set(), "current_loss"), (set(worked["plan_a"]["chosen"]), "loss")):
        total = sum(
            10 ** priority(picks(risk["median"]), profile)
            * left(worked, profile, risk["id"], chosen)
            for risk in worked["risks"]
        )
        assert total == pytest.approx(worked["plan_a"][loss], rel=1e-9)


def test_m1_and_m11_leave_no_critical_and_neither_does_alone(worked, profile):
    def critical_risks(chosen):
        return [
            risk["id"]
            for risk in worked["risks"]
            for made in [picks(risk["median"])]
            for points in [
                residual(harm_score(made, profile), left(worked, profile, risk["id"], chosen))
            ]
            if level_of(points, made, profile) is Level.CRITICAL
        ]

    assert critical_risks({"M1", "M11"}) == []
    assert all(critical_risks(set(alone)) for alone in combinations(("M1", "M11"), 1))
