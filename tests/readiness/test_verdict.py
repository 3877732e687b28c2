"""Each rule of the verdict holds a launch on its own, and says what would remedy it."""

from dataclasses import replace

import pytest

from tests.readiness.launches import (
    LAUNCH,
    OWNER,
    a_determination,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
    everything_excluded,
    launch_inputs,
    mitigation_on,
    risk_inputs,
    state_of,
)
from tracker.domain.state import LaunchState
from tracker.domain.words import (
    Applicability,
    AreaState,
    EvidenceGrade,
    MitigationStatus,
    ReasonCode,
    RiskStatus,
    Verdict,
)

LOW = (2, 1, 2, 1, 5)
HIGH = (4, 3, 3, 3, 1)
CRITICAL = (4, 4, 3, 3, 1)
REACHING = (4, 2, 4, 2, 1)
FLOORED = (1, 5, 1, 4, 1)


def codes(state: LaunchState) -> list[ReasonCode]:
    return [reason.code for reason in state.reasons]


def only_with_risk(*risks, **more) -> LaunchState:
    """A launch whose only area in scope is cbrn, with these risks and nothing else amiss."""
    scopes = everything_excluded(but=("cbrn",))
    amiss = {"scopes": scopes, "determinations": (a_determination(),), **more}
    return state_of(launch_inputs(*risks, **amiss))


def test_a_low_risk_adds_no_reason_and_nothing_else_is_amiss():
    state = only_with_risk(risk_inputs(1, an_assessment(LOW)))
    assert codes(state) == []
    assert state.verdict is Verdict.READY


def test_an_undecided_area_holds_the_launch():
    scopes = tuple(s for s in everything_excluded() if s.area != "privacy")
    state = state_of(launch_inputs(scopes=scopes))
    assert ReasonCode.SCOPE_UNDECIDED in codes(state)
    assert [r.subject for r in state.reasons if r.code is ReasonCode.SCOPE_UNDECIDED] == ["privacy"]


@pytest.mark.parametrize("confirmed_by", [None, OWNER])
@pytest.mark.parametrize("excluded", [Applicability.NOT_APPLICABLE, Applicability.NONE_FOUND])
def test_an_exclusion_that_nobody_else_confirmed_holds_the_launch(excluded, confirmed_by):
    others = tuple(s for s in everything_excluded() if s.area != "privacy")
    state = state_of(launch_inputs(scopes=(*others, a_scope("privacy", excluded, confirmed_by))))
    assert ReasonCode.SCOPE_UNCONFIRMED in codes(state)


def test_a_confirmed_none_found_settles_an_area():
    others = tuple(s for s in everything_excluded() if s.area != "privacy")
    settled = a_scope("privacy", Applicability.NONE_FOUND, "ben")
    state = state_of(launch_inputs(scopes=(*others, settled)))
    assert codes(state) == [ReasonCode.AREA_WITHOUT_GATE]


def test_an_area_in_scope_without_a_risk_holds_the_launch():
    assert ReasonCode.AREA_WITHOUT_RISK in codes(only_with_risk())


def test_a_closed_risk_does_not_cover_its_area():
    closed = replace(risk_inputs(1, an_assessment(LOW)), risk=a_risk(1, status=RiskStatus.CLOSED))
    assert ReasonCode.AREA_WITHOUT_RISK in codes(only_with_risk(closed))


def test_a_risk_that_touches_an_area_covers_it():
    touching = risk_inputs(1, an_assessment(LOW), area="privacy")
    touching = replace(touching, risk=replace(touching.risk, touches=("cbrn",)))
    assert codes(only_with_risk(touching)) == []


def test_an_unassessed_risk_holds_the_launch():
    state = only_with_risk(risk_inputs(1))
    assert codes(state)[0] is ReasonCode.RISK_UNASSESSED
    assert "nobody has assessed it" in state.reasons[0].text


def test_a_risk_assessed_by_the_launch_owner_alone_is_unassessed():
    state = only_with_risk(risk_inputs(1, an_assessment(LOW, OWNER)))
    assert codes(state)[0] is ReasonCode.RISK_UNASSESSED
    assert "only the launch owner" in state.reasons[0].text


def test_an_assessment_of_another_version_holds_the_launch_and_keeps_its_level():
    state = only_with_risk(risk_inputs(1, an_assessment(HIGH, version="v0")))
    assert codes(state)[:2] == [ReasonCode.RISK_OUTDATED, ReasonCode.HIGH_NOT_ACCEPTED]


def test_a_current_critical_holds_the_launch():
    assert codes(only_with_risk(risk_inputs(1, an_assessment(CRITICAL))))[0] is (
        ReasonCode.LEVEL_CRITICAL
    )


def test_a_critical_risk_brought_down_by_a_verified_mitigation_no_longer_does():
    shield = mitigation_on("launch/R-1", 1, MitigationStatus.VERIFIED, 0.99)
    state = only_with_risk(risk_inputs(1, an_assessment(CRITICAL), mitigations=(shield,)))
    assert ReasonCode.LEVEL_CRITICAL not in codes(state)


def test_the_same_mitigation_verified_on_another_version_counts_nothing():
    shield = mitigation_on("launch/R-1", 1, MitigationStatus.VERIFIED, 0.99, version="v0")
    state = only_with_risk(risk_inputs(1, an_assessment(CRITICAL), mitigations=(shield,)))
    assert ReasonCode.LEVEL_CRITICAL in codes(state)


def test_a_high_by_floor_says_that_no_mitigation_lifts_it():
    shield = mitigation_on("launch/R-1", 1, MitigationStatus.VERIFIED, 0.99)
    state = only_with_risk(risk_inputs(1, an_assessment(FLOORED), mitigations=(shield,)))
    (reason,) = [r for r in state.reasons if r.code is ReasonCode.HIGH_NOT_ACCEPTED]
    assert "no mitigation lifts this floor" in reason.remedy


@pytest.mark.parametrize(
    "status", [status for status in MitigationStatus if status is not MitigationStatus.VERIFIED]
)
def test_a_mandatory_mitigation_holds_until_verified(status):
    state = only_with_risk(
        risk_inputs(1, an_assessment(LOW)), placements=(a_placement(7, status, mandatory=True),)
    )
    assert ReasonCode.MANDATORY_NOT_VERIFIED in codes(state)


@pytest.mark.parametrize(("version", "holds"), [("v1", False), ("v0", True)])
def test_a_mandatory_mitigation_must_be_verified_on_this_version(version, holds):
    state = only_with_risk(
        risk_inputs(1, an_assessment(LOW)),
        placements=(a_placement(7, MitigationStatus.VERIFIED, mandatory=True),),
        verifications=(a_verification(7, None, None, version),),
    )
    assert (ReasonCode.MANDATORY_NOT_VERIFIED in codes(state)) is holds


def test_a_band_that_reaches_critical_conditions_but_does_not_hold():
    state = only_with_risk(risk_inputs(1, an_assessment(HIGH, grade=EvidenceGrade.C)))
    (reason,) = [r for r in state.reasons if r.code is ReasonCode.BAND_REACHES_CRITICAL]
    assert not reason.holds


def test_a_launch_that_is_only_conditioned_is_ready_with_conditions():
    state = only_with_risk(risk_inputs(1, an_assessment(REACHING, grade=EvidenceGrade.D)))
    assert codes(state) == [ReasonCode.BAND_REACHES_CRITICAL]
    assert state.verdict is Verdict.READY_WITH_CONDITIONS


def test_business_impact_changes_no_reason():
    loud = only_with_risk(risk_inputs(1, an_assessment((*LOW[:4], 5))))
    quiet = only_with_risk(risk_inputs(1, an_assessment((*LOW[:4], 1))))
    assert loud.reasons == quiet.reasons


def test_an_area_shows_the_worst_level_and_unassessed_above_all():
    state = only_with_risk(risk_inputs(1, an_assessment(CRITICAL)), risk_inputs(2))
    (cbrn,) = [status for status in state.areas if status.area.code == "cbrn"]
    assert (cbrn.state, str(cbrn.worst)) == (AreaState.UNASSESSED, "UNASSESSED")
    assert cbrn.risks == ("launch/R-1", "launch/R-2")


def test_a_historical_launch_is_read_as_of_its_own_day():
    day = LAUNCH.target_date.replace(year=2023)
    state = state_of(launch_inputs(launch=replace(LAUNCH, as_of=day, target_date=day)))
    assert state.today == day
