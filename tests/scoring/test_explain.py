import pytest

from tests.scoring.builders import an_assessment, planned, present, risk_inputs, verified
from tracker.domain.words import View
from tracker.scoring.explain import (
    explain_priority,
    harm_parts,
    priority_parts,
)
from tracker.scoring.risk import risk_states
from tracker.scoring.score import business_share

R3 = (3, 3, 3, 4, 5)
NAMES = {"ben": "Ben Okafor", "cleo": "Cleo Marsh", "dan": "Dan Reyes"}


def state_of(profile, *assessments, mitigations=()):
    (state,) = risk_states([risk_inputs(*assessments, mitigations=mitigations)], profile)
    return state


def explained(profile, *assessments, mitigations=(), view=View.CURRENT):
    state = state_of(profile, *assessments, mitigations=mitigations)
    return explain_priority(state, view, profile, NAMES.__getitem__)


def test_the_parts_of_a_harm_score_have_names_words_and_points(profile):
    score = present(state_of(profile, an_assessment(R3)).central_harm)
    assert [(part.name, part.words, part.points) for part in harm_parts(score, 0.5, profile)] == [
        ("start", "start", 3.5),
        ("likelihood", "possible", -1.5),
        ("severity", "moderate", 2.0),
        ("exposure", "thousands", 1.0),
        ("reversibility", "mostly irreversible", 0.75),
        ("mitigations", "mitigations leave 50 %", pytest.approx(-0.30103)),
    ]


def test_a_priority_has_what_business_adds_as_one_more_part(profile):
    score = present(state_of(profile, an_assessment(R3)).central_priority)
    parts = priority_parts(score, 1.0, profile)
    assert [part.name for part in parts[:-1]] == [
        part.name for part in harm_parts(score, 1.0, profile)
    ]
    assert (parts[-1].name, parts[-1].words) == ("business_impact", "business level 5")
    assert parts[-1].points == pytest.approx(1.2738, abs=1e-4)


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("numbers", [R3, (4, 4, 2, 4, 4), (1, 1, 1, 1, 1), (5, 5, 5, 5, 5)])
def test_the_parts_sum_to_the_figures_in_every_view(numbers, view, profile):
    mitigations = (verified(0.7, 1), planned(0.9, 2))
    state = state_of(profile, an_assessment(numbers), mitigations=mitigations)
    figures = state.figures(view)
    harm = harm_parts(present(state.central_harm), figures.remain, profile)
    work = priority_parts(present(state.central_priority), figures.remain, profile)
    assert sum(part.points for part in harm) == pytest.approx(figures.harm_score, abs=2e-9)
    assert sum(part.points for part in work) == pytest.approx(figures.priority, abs=2e-9)


def test_the_sentence_of_the_design(profile):
    assert explained(profile, an_assessment(R3)) == (
        "Priority 7.0; its level, Moderate, is that of the harm score 5.8. "
        "Start 3.5, possible −1.5, moderate +2, thousands +1, "
        "mostly irreversible +0.75; business level 5 adds 1.27. "
        "More than half of its priority is business loss (95 %)."
    )


def test_a_level_held_up_by_the_floor_is_not_called_that_of_the_harm_score(profile):
    assert explained(profile, an_assessment((1, 5, 1, 4, 1))).startswith(
        "Priority 4.8; its level, High, is held up by the floor for catastrophic harm that can "
        "hardly be undone, above the harm score 4.8. Start 3.5,"
    )


def test_mitigations_come_last_in_the_sum(profile):
    said = explained(profile, an_assessment((4, 4, 2, 4, 4)), mitigations=(verified(0.7),))
    assert said == (
        "Priority 6.8; its level, High, is that of the harm score 6.6. "
        "Start 3.5, likely −0.65, severe +3, hundreds +0.5, mostly irreversible +0.75; "
        "business level 4 adds 0.19; mitigations leave 30 % (−0.52)."
    )


def test_business_that_adds_next_to_nothing_is_said_to_add_less_than_a_hundredth(profile):
    assert "business level 1 adds less than 0.01" in explained(
        profile, an_assessment((3, 5, 3, 5, 1))
    )


def test_half_of_the_loss_is_not_more_than_half(profile):
    numbers = (3, 5, 3, 1, 5)
    score = present(state_of(profile, an_assessment(numbers)).central_priority)
    assert business_share(score.assessment.picks, profile) == pytest.approx(0.5)
    assert "More than half" not in explained(profile, an_assessment(numbers))


def test_of_several_assessors_it_says_whose_sum_it_is(profile):
    said = explained(
        profile,
        an_assessment((1, 1, 1, 1, 1), "ben"),
        an_assessment(R3, "cleo"),
        an_assessment((5, 5, 5, 5, 5), "dan"),
    )
    assert said.startswith("Priority 7.0; its level, Moderate,")
    assert said.endswith("The sum is that of Cleo Marsh, the upper median of 3 assessors.")


def test_a_risk_without_a_judgement_that_counts_says_why(profile):
    assert explained(profile) == "UNASSESSED: nobody has assessed it."
    owner = an_assessment((1, 1, 1, 1, 1), "ada")
    assert explained(profile, owner) == "UNASSESSED: only the launch owner has assessed it."
