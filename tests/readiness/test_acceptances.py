"""An acceptance answers a High for a time, within its authority, and ends as soon as it has to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.readiness.decided import LEAD, POLICY_LEAD, a_person, an_acceptance
from tests.readiness.gates import APPROVER, GATED_LAUNCH, OFFICER, SECOND
from tests.readiness.launches import (
    OWNER,
    SETTING,
    TODAY,
    a_determination,
    an_assessment,
    everything_excluded,
    launch_inputs,
    mitigation_on,
    risk_inputs,
)
from tracker.domain.records import LaunchRecord, PersonRecord
from tracker.domain.review_words import AcceptanceState
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.state import LaunchState, VerdictReason
from tracker.domain.words import (
    ExposureStage,
    LaunchRoleName,
    Level,
    MitigationStatus,
    ReasonCode,
    Role,
    Verdict,
)
from tracker.readiness.launch import launch_states

MODERATE, HIGH, CRITICAL, FLOORED = (
    (3, 3, 2, 3, 1),
    (4, 3, 3, 3, 1),
    (5, 5, 3, 3, 1),
    (1, 5, 1, 4, 1),
)
PEOPLE = {
    one.key: one
    for one in (
        a_person(LEAD, Role.AREA_LEAD, leads=("cbrn",)),
        a_person(POLICY_LEAD, Role.POLICY_LEAD),
        a_person(OFFICER, Role.REVIEWER),
        a_person(APPROVER, Role.APPROVER),
        a_person(OWNER, Role.POLICY_LEAD, Role.AREA_LEAD, leads=("cbrn",)),
    )
}


def accepted(
    *acceptances: AcceptanceRecord,
    picks: tuple[int, int, int, int, int] = HIGH,
    launch: LaunchRecord = GATED_LAUNCH,
    people: dict[str, PersonRecord] = PEOPLE,
    mitigations: tuple[Any, ...] = (),
) -> LaunchState:
    """A launch with one risk, which is accepted, and nothing else amiss."""
    inputs = launch_inputs(
        risk_inputs(1, an_assessment(picks), mitigations=mitigations),
        scopes=everything_excluded(but=("cbrn",)),
        determinations=(a_determination(),),
        launch=launch,
        acceptances=acceptances,
    )
    return launch_states([inputs], replace(SETTING, people=people))[0]


def of_level(state: LaunchState) -> VerdictReason:
    codes = {ReasonCode.HIGH_ACCEPTED, ReasonCode.HIGH_NOT_ACCEPTED, ReasonCode.LEVEL_CRITICAL}
    (reason,) = [one for one in state.reasons if one.code in codes]
    return reason


def why(state: LaunchState) -> str:
    (status,) = state.acceptances
    return status.why


def low(level: Level, **fields: Any) -> AcceptanceRecord:
    signed = {"officer": None, "approver": None, "lead": LEAD, "until": TODAY + timedelta(days=90)}
    return an_acceptance(level=level.value, **(signed | fields))


def test_a_high_that_nobody_accepted_holds_and_says_who_may_accept_it():
    reason = of_level(accepted())
    assert (reason.code, reason.holds) == (ReasonCode.HIGH_NOT_ACCEPTED, True)
    assert reason.text.endswith("and not accepted")
    assert reason.remedy.endswith(
        "Responsible officer and approver together may accept it, for at most 90 days."
    )


def test_a_high_under_an_acceptance_conditions_the_launch_and_names_until_when_and_by_whom():
    state = accepted(an_acceptance())
    reason = of_level(state)
    assert (reason.code, reason.holds) == (ReasonCode.HIGH_ACCEPTED, False)
    day = (TODAY + timedelta(days=30)).isoformat()
    assert reason.text.endswith(f"and accepted until {day} by Olga and Paul")
    assert state.verdict is Verdict.READY_WITH_CONDITIONS


def test_a_high_by_floor_can_be_accepted_and_nothing_else_answers_it():
    state = accepted(an_acceptance(harm_score=4.75), picks=FLOORED)
    assert state.risks[0].floored
    assert of_level(state).code is ReasonCode.HIGH_ACCEPTED
    assert "no mitigation lifts this floor" in of_level(state).remedy


def test_no_acceptance_lifts_a_critical():
    for level in (Level.HIGH, Level.CRITICAL):
        one = an_acceptance(level=level.value, harm_score=9.0, lead=POLICY_LEAD)
        state = accepted(one, picks=CRITICAL)
        assert of_level(state).code is ReasonCode.LEVEL_CRITICAL
        assert state.acceptances[0].state is AcceptanceState.ENDED


def test_an_unassessed_risk_is_accepted_by_nobody():
    inputs = launch_inputs(
        risk_inputs(1), launch=GATED_LAUNCH, acceptances=(an_acceptance(level="UNASSESSED"),)
    )
    (state,) = launch_states([inputs], replace(SETTING, people=PEOPLE))
    assert state.acceptances[0].state is AcceptanceState.ENDED
    assert ReasonCode.RISK_UNASSESSED in {one.code for one in state.reasons}


@pytest.mark.parametrize(
    ("unsigned", "missing"),
    [
        ({"officer": None}, "the responsible officer"),
        ({"approver": None}, "the approver"),
        ({"officer": None, "approver": None}, "the responsible officer and the approver"),
    ],
)
def test_it_is_only_asked_for_until_all_have_signed(unsigned, missing):
    state = accepted(an_acceptance(**unsigned))
    assert state.acceptances[0].state is AcceptanceState.ASKED
    assert why(state) == f"not yet signed by {missing}"
    assert of_level(state).holds
    assert "A-1 is asked for: not yet signed by" in of_level(state).text


def test_it_lasts_until_the_end_of_its_last_day():
    assert not of_level(accepted(an_acceptance(until=TODAY))).holds
    late = accepted(an_acceptance(until=TODAY - timedelta(days=1)))
    assert of_level(late).holds
    assert "A-1 counts no more: it ran out on" in of_level(late).text


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"model_version": "v0"}, "another model version, configuration or stage"),
        ({"configuration": "another"}, "another model version, configuration or stage"),
        ({"exposure_stage": ExposureStage.NONE}, "another model version, configuration or stage"),
        ({"fired_on": TODAY, "ended_because": "it happened"}, "a failure condition came true on"),
        ({"ended_by": POLICY_LEAD, "ended_because": "too long"}, "ended early by Pia: too long"),
        ({"requested_by": OFFICER}, "Olga asked for it and signed it"),
        ({"officer": "eli"}, "eli, who signed it, may not accept High now"),
        ({"approver": OFFICER}, "may not accept High now"),
        ({"harm_score": 6.3}, "its harm score rose above the accepted one"),
        ({"level": "Moderate", "lead": POLICY_LEAD}, "above the accepted Moderate"),
        ({"until": TODAY + timedelta(days=90)}, "it asks for more than the 90 days of High"),
    ],
)
def test_each_of_these_ends_it_at_once(changed, because):
    state = accepted(an_acceptance(**changed))
    assert state.acceptances[0].state is AcceptanceState.ENDED
    assert because in why(state)
    assert of_level(state).holds
    assert state.verdict is Verdict.NOT_READY


def test_rounding_ends_nothing_and_a_falling_score_never_does():
    score = accepted().risks[0].current.harm_score
    assert score is not None
    for accepted_at in (score, score - 1e-13, score + 1.0):
        assert not of_level(accepted(an_acceptance(harm_score=accepted_at))).holds
    fallen = accepted(an_acceptance(), picks=MODERATE)
    assert fallen.acceptances[0].state is AcceptanceState.IN_FORCE
    assert fallen.verdict is Verdict.READY


def test_a_mitigation_that_it_counts_on_has_to_be_verified_on_this_version():
    for status, version, holds in (
        (MitigationStatus.VERIFIED, "v1", False),
        (MitigationStatus.VERIFIED, "v0", True),
        (MitigationStatus.IMPLEMENTED, "v1", True),
    ):
        item = mitigation_on("launch/R-1", 1, status, 0.01, version=version)
        one = an_acceptance(compensating=("M-1",))
        assert of_level(accepted(one, mitigations=(item,))).holds is holds


def test_it_ends_when_a_signer_hands_the_role_over_or_leaves():
    holders = {**GATED_LAUNCH.holders, LaunchRoleName.RESPONSIBLE_OFFICER: "eli"}
    handed_over = accepted(an_acceptance(), launch=replace(GATED_LAUNCH, holders=holders))
    gone = {**PEOPLE, APPROVER: replace(PEOPLE[APPROVER], active=False)}
    assert of_level(handed_over).holds
    assert of_level(accepted(an_acceptance(), people=gone)).holds


def test_the_latest_of_a_risk_is_the_one_that_counts():
    state = accepted(an_acceptance(number=2, officer=None), an_acceptance(number=1))
    assert [one.acceptance.number for one in state.acceptances] == [2]
    assert of_level(state).holds


@pytest.mark.parametrize(
    ("level", "signer", "counts"),
    [
        (Level.LOW, LEAD, True),
        (Level.VERY_LOW, LEAD, True),
        (Level.LOW, OWNER, True),
        (Level.LOW, POLICY_LEAD, False),
        (Level.MODERATE, POLICY_LEAD, True),
        (Level.MODERATE, LEAD, False),
        (Level.MODERATE, OWNER, False),
    ],
)
def test_below_high_the_area_lead_or_the_policy_lead_accepts_and_the_owner_nothing_above_low(
    level, signer, counts
):
    lowest = (1, 1, 1, 1, 1)
    state = accepted(low(level, lead=signer), picks=lowest)
    assert (state.acceptances[0].state is AcceptanceState.IN_FORCE) is counts


@pytest.mark.parametrize(("level", "days"), [(Level.LOW, 365), (Level.MODERATE, 180)])
def test_each_level_has_its_longest_time(level, days):
    signer = LEAD if level is Level.LOW else POLICY_LEAD
    asked_on = low(level).requested_at.date()
    for extra, state in ((0, AcceptanceState.IN_FORCE), (1, AcceptanceState.ENDED)):
        until = asked_on + timedelta(days=days + extra)
        one = low(level, lead=signer, until=until)
        assert accepted(one, picks=(1, 1, 1, 1, 1)).acceptances[0].state is state


def test_nobody_accepts_what_they_asked_for_at_any_level():
    one = low(Level.LOW, requested_by=LEAD)
    assert accepted(one, picks=(1, 1, 1, 1, 1)).acceptances[0].state is AcceptanceState.ENDED
    assert SECOND not in PEOPLE


def held_by(**fields: str) -> LaunchRecord:
    held = {LaunchRoleName[role.upper()]: person for role, person in fields.items()}
    return replace(GATED_LAUNCH, holders={**GATED_LAUNCH.holders, **held})


def test_the_owner_accepts_no_high_whatever_role_they_were_given_besides():
    crooked = held_by(responsible_officer=OWNER)
    found = accepted(an_acceptance(officer=OWNER), launch=crooked)
    assert of_level(found).code is ReasonCode.HIGH_NOT_ACCEPTED


def test_one_person_in_both_roles_is_not_two_signatures():
    crooked = held_by(responsible_officer=OFFICER, approver=OFFICER)
    found = accepted(an_acceptance(approver=OFFICER), launch=crooked)
    assert of_level(found).code is ReasonCode.HIGH_NOT_ACCEPTED
