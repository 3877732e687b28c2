"""What is unknown keeps a launch from review; what is known to be bad goes into it open."""

from dataclasses import replace
from typing import Any

import pytest

from tests.readiness.gates import AREA, GATED_LAUNCH, OFFICER, a_gate, a_run, an_evidence
from tests.readiness.launches import (
    OWNER,
    a_scope,
    an_assessment,
    everything_excluded,
    risk_inputs,
)
from tests.readiness.test_seats import CAST, CRITICAL, LOW, launch_of
from tracker.domain.state import LaunchState
from tracker.domain.words import Applicability, LaunchRoleName, Verdict
from tracker.readiness.checklist import checklist

SOUND: dict[str, Any] = {
    "areas": ("cbrn", AREA),
    "gates": (a_gate(),),
    "runs": (a_run(1),),
}
BOTH = (risk_inputs(1, an_assessment(LOW)), risk_inputs(2, an_assessment(LOW), area=AREA))


def unmet(state: LaunchState) -> list[str]:
    return [one.text for one in checklist(state) if not one.met]


def test_a_launch_that_is_known_may_go_into_review():
    state = launch_of(*BOTH, **SOUND)
    assert state.verdict is Verdict.READY
    assert unmet(state) == []
    assert all(one.remedy == "" for one in checklist(state))


def _scopes(area: str, *instead: Any) -> dict[str, Any]:
    kept = tuple(one for one in everything_excluded(but=("cbrn", AREA)) if one.area != area)
    return {"scopes": (*kept, *instead)}


@pytest.mark.parametrize(
    ("risks", "changed", "words"),
    [
        (BOTH, _scopes("privacy"), "1 policy area undecided"),
        (
            BOTH,
            _scopes("privacy", a_scope("privacy", Applicability.NOT_APPLICABLE)),
            "1 exclusion unconfirmed",
        ),
        (BOTH[:1], {}, "1 policy area without a risk"),
        ((*BOTH, risk_inputs(3)), {}, "1 risk UNASSESSED"),
        (
            (*BOTH, risk_inputs(3, an_assessment(LOW, version="v0"))),
            {},
            "1 assessment outdated",
        ),
        (BOTH, {"determinations": ()}, "1 frontier threshold not determined"),
        (BOTH, {"gates": ()}, "1 policy area without a must-pass gate"),
        (BOTH, {"people": CAST[1:]}, "CBRN and mass-casualty weapons uplift"),
    ],
)
def test_what_nobody_knows_keeps_a_launch_from_review(risks, changed, words):
    state = launch_of(*risks, **(SOUND | changed))
    assert any(words in text for text in unmet(state)), unmet(state)
    assert all(one.remedy for one in checklist(state) if not one.met)


@pytest.mark.parametrize("role", LaunchRoleName)
def test_the_three_roles_have_to_be_held(role):
    holders = {key: one for key, one in GATED_LAUNCH.holders.items() if key is not role}
    state = launch_of(*BOTH, **SOUND, launch=replace(GATED_LAUNCH, holders=holders))
    assert f"Launch owner, responsible officer and approver are named: nobody is {role}" in unmet(
        state
    )


def test_they_have_to_be_held_by_three_people():
    for role, person in ((LaunchRoleName.APPROVER, OFFICER), (LaunchRoleName.APPROVER, OWNER)):
        holders = {**GATED_LAUNCH.holders, role: person}
        state = launch_of(*BOTH, **SOUND, launch=replace(GATED_LAUNCH, holders=holders))
        assert "Launch owner, responsible officer and approver are different people" in unmet(state)


def test_what_is_known_to_be_bad_is_listed_and_keeps_nothing_from_review():
    bad = (*BOTH, risk_inputs(3, an_assessment(CRITICAL)))
    failing: dict[str, Any] = SOUND | {"runs": (a_run(1, an_evidence(1, 100)),)}
    state = launch_of(*bad, **failing)
    assert state.verdict is Verdict.NOT_READY
    assert unmet(state) == []
    said = [one.text for one in checklist(state)]
    assert "Goes into the review open: 1 Critical risk" in said
    assert "Goes into the review open: 1 gate not passed" in said


def test_nothing_is_settled_of_all_areas_while_the_scope_of_one_is_undecided() -> None:
    state = launch_of(areas=(), scopes=())
    said = {one.text for one in checklist(state) if one.met}
    assert not any(text.startswith("Every") for text in said), said
    assert "Every frontier threshold in scope is determined: cannot be said yet" in unmet(state)


def test_roles_that_nobody_holds_are_not_called_different_people() -> None:
    holders = {LaunchRoleName.LAUNCH_OWNER: OWNER}
    state = launch_of(*BOTH, **SOUND, launch=replace(GATED_LAUNCH, holders=holders))
    assert (
        "Launch owner, responsible officer and approver are different people: cannot be said yet"
        in unmet(state)
    )
