"""What changed, as somebody reads it who signed before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.readiness.gates import a_run, an_evidence
from tests.readiness.launches import an_assessment
from tests.readiness.sealed import (
    AREA,
    POLICY,
    SEALED_SETTING,
    a_sealed_launch,
    an_acceptance,
    sealed_sections,
)
from tracker.domain.review_words import Materiality
from tracker.domain.state import LaunchInputs
from tracker.domain.words import LaunchRoleName, MitigationStatus
from tracker.readiness.materiality import differences


def words(after: LaunchInputs, days: int = 0) -> list[str]:
    later = replace(SEALED_SETTING, today=SEALED_SETTING.today + timedelta(days=days))
    found = differences(sealed_sections(a_sealed_launch()), sealed_sections(after, later), POLICY)
    return [one.words for one in found]


def on_launch(**fields: Any) -> LaunchInputs:
    inputs = a_sealed_launch()
    return replace(inputs, launch=replace(inputs.launch, **fields))


def on_risk(place: int = 0, **fields: Any) -> LaunchInputs:
    inputs = a_sealed_launch()
    risks = list(inputs.risks)
    risks[place] = replace(risks[place], risk=replace(risks[place].risk, **fields))
    return replace(inputs, risks=tuple(risks))


def assessed(picks: tuple[int, int, int, int, int]) -> LaunchInputs:
    inputs = a_sealed_launch()
    first, second = inputs.risks
    return replace(
        inputs, risks=(first, replace(second, assessments=(an_assessment(picks, "cleo"),)))
    )


def another_run(passed: int) -> LaunchInputs:
    inputs = a_sealed_launch()
    return replace(inputs, runs=(*inputs.runs, a_run(7, an_evidence(passed, 1000), days_ago=0)))


def holder(person: str) -> LaunchInputs:
    holders = {**a_sealed_launch().launch.holders, LaunchRoleName.APPROVER: person}
    return on_launch(holders=holders)


def gate(**fields: Any) -> LaunchInputs:
    inputs = a_sealed_launch()
    first, *others = inputs.gates
    return replace(inputs, gates=(replace(first, **fields), *others))


def placed(status: MitigationStatus) -> LaunchInputs:
    inputs = a_sealed_launch()
    return replace(
        inputs,
        placements=tuple(
            replace(one, status=status) if one.mitigation == "M-90" else one
            for one in inputs.placements
        ),
    )


def accepted() -> LaunchInputs:
    inputs = a_sealed_launch()
    return replace(inputs, acceptances=(*inputs.acceptances, an_acceptance("launch/R-2", 2)))


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: assessed((4, 4, 3, 3, 1)), "R-2 rose from Moderate to Critical"),
        (lambda: assessed((1, 1, 1, 1, 1)), "R-2 fell from Moderate to Very low"),
        (
            lambda: assessed((4, 4, 3, 3, 1)),
            "R-2 rose from Moderate to Critical, before mitigations",
        ),
        (lambda: another_run(840), "E-1 re-run as E-7: 99 % → 84 %"),
        (
            lambda: on_launch(configuration="with tools"),
            "the configuration changed from as shipped to with tools",
        ),
        (lambda: holder("ben"), "the approver changed from Paul to Ben"),
        (lambda: on_launch(holders={}), "Paul as approver was removed"),
        (lambda: on_risk(scenario="Something else"), "R-1: scenario reworded"),
        (lambda: on_risk(note="A word"), "R-1: note added"),
        (lambda: on_risk(owner="ben"), "R-1: owner changed from nothing to ben"),
        (lambda: gate(threshold=0.97), "G-1: threshold changed from 0.95 to 0.97"),
        (lambda: gate(must_pass=False), "G-1: must pass changed from yes to no"),
        (
            lambda: gate(withdrawal_confirmed_by="ben"),
            "G-1 was withdrawn",
        ),
        (
            lambda: placed(MitigationStatus.IMPLEMENTED),
            "M-90 on this launch went from planned to implemented",
        ),
        (accepted, "A-2 was added"),
        (
            lambda: on_launch(target_date=date(2027, 1, 5)),
            "the target date changed from 2026-12-03 to 2027-01-05",
        ),
    ],
)
def test_a_change_reads_well(make: Callable[[], LaunchInputs], line: str) -> None:
    assert line in words(make())


def test_time_alone_makes_a_gate_stale_and_says_so() -> None:
    assert "G-2 went from passed to stale" in words(a_sealed_launch(), days=400)


def test_a_risk_that_comes_or_goes_is_named_with_its_level() -> None:
    inputs = a_sealed_launch()
    without = replace(inputs, risks=inputs.risks[:1])
    assert {"R-2 (Moderate) no longer counts", "R-2 was removed"} <= set(words(without))
    back = differences(sealed_sections(without), sealed_sections(inputs), POLICY)
    assert {"R-2 is Moderate", "R-2 was added"} <= {one.words for one in back}


def test_what_only_moved_with_a_risk_is_not_repeated() -> None:
    moved = words(on_risk(touches=()))
    assert "R-1: touches changed from cbrn to nothing" in moved
    assert not [line for line in moved if "bears on" in line]


def test_a_mitigation_that_leaves_the_launch_section_says_where_it_went() -> None:
    inputs = a_sealed_launch()
    (made,) = inputs.determinations
    named = replace(inputs, determinations=(replace(made, safeguards=("M-1", "M-90")),))
    moved = "now bears on the area cbrn and no longer bears on the launch as a whole"
    assert f"M-90 on this launch {moved}" in words(named)


def test_the_weightiest_stands_first() -> None:
    inputs = on_risk(title="Another", scenario="Another")
    inputs = replace(inputs, launch=replace(inputs.launch, model_version="v2"))
    found = differences(sealed_sections(a_sealed_launch()), sealed_sections(inputs), POLICY)
    weights = [one.materiality for one in found]
    assert weights == sorted(weights, key=lambda one: -one.order)
    assert weights[0] is Materiality.BLOCKING
    assert weights[-1] is Materiality.EDITORIAL


def test_a_difference_names_every_section_in_which_it_lies() -> None:
    found = differences(
        sealed_sections(a_sealed_launch()), sealed_sections(on_risk(scenario="Other")), POLICY
    )
    (one,) = found
    assert set(one.sections) == {f"area:{AREA}", "area:cbrn"}
    assert (one.kind, one.label, one.field) == ("risk", "R-1", "scenario")
    assert (one.old, one.new) == ("What could go wrong", "Other")
