"""Launches and risks in plain sentences."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.readiness.launches import (
    LAUNCH,
    TODAY,
    a_determination,
    an_assessment,
    everything_excluded,
    launch_inputs,
    mitigation_on,
    risk_inputs,
    state_of,
)
from tracker.domain.state import VerdictReason
from tracker.domain.words import EvidenceGrade, MitigationStatus, ReasonCode
from tracker.readiness.words import (
    mitigation_words,
    queue_reason,
    summarised,
    what_would_change_it,
    when,
    why,
)

CRITICAL = (4, 4, 3, 3, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (9, "in 9 days"),
        (1, "in 1 day"),
        (0, "today"),
        (-1, "1 day overdue"),
        (-30, "30 days overdue"),
    ],
)
def test_the_target_date_is_told_from_today(days, words):
    assert when(replace(LAUNCH, target_date=TODAY + timedelta(days=days)), TODAY) == words


def test_a_historical_launch_names_its_day():
    assert when(replace(LAUNCH, as_of=date(2023, 3, 14)), TODAY) == "as of 2023-03-14"


def test_reasons_are_counted_by_kind():
    state = state_of(
        launch_inputs(risk_inputs(1), risk_inputs(2), scopes=everything_excluded(but=("cbrn",)))
    )
    assert summarised(state.reasons) == (
        "2 risks UNASSESSED",
        "1 frontier threshold not determined",
    )
    assert why(state) == "Not ready: 2 risks UNASSESSED, 1 frontier threshold not determined."


def test_every_kind_of_reason_has_words_for_one_and_for_many():
    for code in ReasonCode:
        reason = VerdictReason(code, "text", "remedy", holds=True, subject="")
        assert summarised((reason,))[0].startswith("1 ")
        assert summarised((reason, reason))[0].startswith("2 ")


def test_the_first_reason_says_what_would_change_the_verdict():
    state = state_of(launch_inputs(risk_inputs(1), scopes=everything_excluded(but=("cbrn",))))
    assert what_would_change_it(state) == (
        "First: R-1 “Risk 1” is UNASSESSED: nobody has assessed it. "
        "Have somebody other than the launch owner assess it. (1 more after it)"
    )


def test_what_only_conditions_a_launch_is_told_apart_from_what_holds_it():
    reaching = risk_inputs(1, an_assessment((4, 2, 4, 2, 1), grade=EvidenceGrade.D))
    scopes = everything_excluded(but=("cbrn",))
    state = state_of(launch_inputs(reaching, scopes=scopes, determinations=(a_determination(),)))
    assert why(state) == (
        "Ready with conditions: nothing holds it; 1 risk whose band reaches Critical."
    )
    assert what_would_change_it(state).startswith("First: R-1 “Risk 1” may be Critical")


def test_without_a_reason_nothing_holds():
    state = replace(state_of(launch_inputs()), reasons=())
    assert why(state).endswith("nothing on record holds the launch.")
    assert what_would_change_it(state) == "Any reason that holds it."


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "no mitigation"),
        ([MitigationStatus.REJECTED], "no mitigation"),
        ([MitigationStatus.IMPLEMENTED], "no verified mitigation"),
        ([MitigationStatus.VERIFIED, MitigationStatus.PLANNED], "1 of 2 mitigations verified"),
    ],
)
def test_mitigations_are_told_by_what_is_verified(statuses, words):
    items = tuple(
        mitigation_on("launch/R-1", number, status, 0.5)
        for number, status in enumerate(statuses, start=1)
    )
    state = state_of(launch_inputs(risk_inputs(1, an_assessment(CRITICAL), mitigations=items)))
    assert mitigation_words(state.risks[0]) == words


def test_a_line_of_the_queue_says_level_launch_date_and_mitigations():
    state = state_of(launch_inputs(risk_inputs(1, an_assessment(CRITICAL)), risk_inputs(2)))
    assessed, unassessed = state.risks
    assert queue_reason(assessed, LAUNCH, TODAY, holds=True) == (
        "Critical, blocks Launch in 9 days, no mitigation"
    )
    assert queue_reason(unassessed, LAUNCH, TODAY, holds=True).startswith(
        "UNASSESSED (nobody has assessed it), blocks Launch"
    )
    assert "on Launch in 9 days" in queue_reason(assessed, LAUNCH, TODAY, holds=False)


def test_an_outdated_assessment_is_named_in_the_queue():
    old = an_assessment(CRITICAL, version="v0")
    state = state_of(launch_inputs(risk_inputs(1, old)))
    assert "Critical, assessment outdated, blocks" in queue_reason(
        state.risks[0], LAUNCH, TODAY, holds=True
    )
