"""A review asks the leads of its areas, the duty holders, and reviewers where a flag names them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.readiness.decided import LEAD, REVIEWER, a_person, an_acceptance
from tests.readiness.gates import (
    APPROVER,
    AREA,
    GATED_LAUNCH,
    OFFICER,
    a_definition,
    a_gate,
    a_run,
    a_waiver,
    an_evidence,
)
from tests.readiness.launches import (
    OWNER,
    SETTING,
    TODAY,
    a_determination,
    a_risk,
    a_scope,
    an_assessment,
    everything_excluded,
    launch_inputs,
    risk_inputs,
)
from tests.readiness.signed import a_sign_off, standing
from tracker.domain.records import PersonRecord
from tracker.domain.review_state import Seat
from tracker.domain.review_words import Capacity, SignOffStanding, Vote
from tracker.domain.state import LaunchState, RiskInputs
from tracker.domain.words import (
    Applicability,
    EvidenceGrade,
    LaunchRoleName,
    RiskStatus,
    Role,
    ThresholdOutcome,
)
from tracker.readers.review_rules import packaged_review_rules
from tracker.readiness.launch import launch_states
from tracker.readiness.seats import seats

RULES = packaged_review_rules()
LOW, HIGH, CRITICAL = (2, 1, 2, 1, 5), (4, 3, 3, 3, 1), (4, 4, 3, 3, 1)
CAST = (
    a_person(LEAD, Role.AREA_LEAD, leads=("cbrn",)),
    a_person("max", Role.AREA_LEAD, leads=("child_safety", AREA)),
    a_person(OFFICER, Role.REVIEWER),
    a_person(APPROVER, Role.APPROVER),
    a_person(REVIEWER, Role.REVIEWER),
    a_person(OWNER, Role.AREA_LEAD, Role.REVIEWER, leads=("cbrn", "youth")),
)


def launch_of(
    *risks: RiskInputs,
    areas: tuple[str, ...] = ("cbrn",),
    people: tuple[PersonRecord, ...] = CAST,
    **more: Any,
) -> LaunchState:
    """A launch with some areas in scope, in a register of these people."""
    fields: dict[str, Any] = {
        "scopes": everything_excluded(but=areas),
        "determinations": (a_determination(),),
        "launch": GATED_LAUNCH,
    }
    inputs = launch_inputs(*risks, **(fields | more))
    definition = a_definition()
    setting = replace(
        SETTING,
        people={one.key: one for one in people},
        definitions={(definition.tool, definition.metric): definition},
    )
    return launch_states([inputs], setting)[0]


def low(number: int = 1, area: str = "cbrn") -> RiskInputs:
    return risk_inputs(number, an_assessment(LOW, grade=EvidenceGrade.A), area=area)


def who(found: tuple[Seat, ...]) -> list[tuple[Capacity, str | None]]:
    return [(one.capacity, one.person) for one in found]


def because(state: LaunchState, capacity: Capacity) -> str:
    return next(one.because for one in seats(state, (), RULES) if one.capacity is capacity)


def test_the_leads_of_the_areas_in_scope_and_the_duty_holders_are_required():
    found = seats(launch_of(low()), (), RULES)
    assert who(found) == [
        (Capacity.AREA_LEAD, LEAD),
        (Capacity.RESPONSIBLE_OFFICER, OFFICER),
        (Capacity.APPROVER, APPROVER),
    ]
    assert all(one.required and one.sign_off is None for one in found)
    assert found[0].area == "cbrn"
    assert found[0].because == "required because CBRN and mass-casualty weapons uplift is in scope"
    assert all(one.checks for one in found)


def test_every_lead_of_an_area_has_a_seat_and_one_lead_signs_for_each_area():
    both = (*CAST, a_person("nia", Role.AREA_LEAD, leads=("cbrn",)))
    state = launch_of(low(), areas=("cbrn", "child_safety", AREA), people=both)
    leads = [(one.person, one.area) for one in seats(state, (), RULES) if one.area]
    assert leads == [(LEAD, "cbrn"), ("nia", "cbrn"), ("max", "child_safety"), ("max", AREA)]


@pytest.mark.parametrize("areas", [("privacy",), ("youth",)])
def test_an_area_that_nobody_or_the_launch_owner_alone_leads_has_an_empty_seat(areas):
    (seat, *_others) = seats(launch_of(low(area=areas[0]), areas=areas), (), RULES)
    assert (seat.person, seat.required, seat.area) == (None, True, areas[0])
    assert "name an area lead" in seat.because


def test_somebody_inactive_or_no_longer_area_lead_has_no_seat():
    for changed in ({"active": False}, {"roles": frozenset({Role.REVIEWER})}):
        people = (replace(CAST[0], **changed), *CAST[1:])
        assert seats(launch_of(low(), people=people), (), RULES)[0].person is None


def test_a_duty_holder_who_is_inactive_fills_no_seat():
    people = tuple(replace(one, active=one.key != OFFICER) for one in CAST)
    found = {one.capacity: one for one in seats(launch_of(low(), people=people), (), RULES)}
    officer = found[Capacity.RESPONSIBLE_OFFICER]
    assert (officer.person, officer.sign_off) == (None, None)
    assert "name a responsible officer" in officer.because
    assert found[Capacity.APPROVER].person == APPROVER


def test_an_area_whose_exclusion_nobody_confirmed_is_still_answered_for():
    scopes = tuple(one for one in everything_excluded() if one.area != AREA)
    for kept in (scopes, (*scopes, a_scope(AREA, Applicability.NOT_APPLICABLE))):
        assert seats(launch_of(scopes=kept), (), RULES)[0].area == AREA
    settled = (*scopes, a_scope(AREA, Applicability.NOT_APPLICABLE, "ben"))
    assert seats(launch_of(scopes=settled), (), RULES)[0].area is None


def test_the_launch_owner_never_has_a_seat():
    crooked = {
        **GATED_LAUNCH.holders,
        LaunchRoleName.RESPONSIBLE_OFFICER: OWNER,
        LaunchRoleName.APPROVER: OWNER,
    }
    state = launch_of(
        risk_inputs(1, an_assessment(CRITICAL)),
        areas=("cbrn", "youth"),
        launch=replace(GATED_LAUNCH, holders=crooked),
    )
    found = seats(state, (), RULES)
    assert OWNER not in {one.person for one in found}
    assert [one.person for one in found if one.capacity is Capacity.APPROVER] == [None]


def test_reviewers_are_asked_where_a_flag_names_them_and_no_decision_waits_for_them():
    assert who(seats(launch_of(low()), (), RULES))[3:] == []
    found = seats(launch_of(risk_inputs(1, an_assessment(CRITICAL))), (), RULES)
    (seat,) = found[3:]
    assert (seat.person, seat.capacity, seat.required) == (REVIEWER, Capacity.REVIEWER, False)
    assert seat.because == "asked because Critical today (R-1)"
    assert "Which verified work brings it down, as nobody may accept a Critical" in seat.checks


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (launch_of(risk_inputs(1)), "UNASSESSED (R-1)"),
        (launch_of(risk_inputs(1, an_assessment(HIGH, grade=EvidenceGrade.A))), "High today (R-1)"),
        (
            launch_of(risk_inputs(1, an_assessment(HIGH, grade=EvidenceGrade.D))),
            "High today (R-1); may be Critical (R-1)",
        ),
        (
            launch_of(
                low(),
                determinations=(a_determination(outcome=ThresholdOutcome.CANNOT_RULE_OUT),),
            ),
            "a frontier threshold is not below (CBRN and mass-casualty weapons uplift)",
        ),
        (
            launch_of(
                risk_inputs(1, an_assessment(HIGH, grade=EvidenceGrade.A)),
                acceptances=(an_acceptance(),),
            ),
            "High today (R-1); a risk is accepted (R-1)",
        ),
        (
            launch_of(
                low(area=AREA),
                areas=(AREA,),
                gates=(a_gate(),),
                runs=(a_run(1, an_evidence(97, 100)),),
                waivers=(a_waiver(latest_run=1),),
            ),
            "a gate is waived (G-1)",
        ),
    ],
)
def test_each_flag_says_what_raised_it(state, words):
    assert because(state, Capacity.REVIEWER) == f"asked because {words}"
    assert because(state, Capacity.AREA_LEAD).endswith(f"is in scope; {words}")


def test_children_and_areas_without_tolerance_raise_a_flag_by_being_in_scope():
    words = because(launch_of(low(area="child_safety"), areas=("child_safety",)), Capacity.REVIEWER)
    assert "an area that tolerates no failure is in scope (" in words
    assert "children are concerned (" in words


def test_an_area_lead_sees_the_flags_of_their_own_area_only():
    critical = risk_inputs(1, an_assessment(CRITICAL), area=AREA)
    found = seats(launch_of(critical, low(2), areas=("cbrn", AREA)), (), RULES)
    seen = {one.area: "Critical today" in one.because for one in found if one.area}
    assert seen == {"cbrn": False, AREA: True}


def test_what_is_closed_or_out_of_scope_or_run_out_raises_nothing():
    closed = replace(
        risk_inputs(2, an_assessment(CRITICAL)), risk=a_risk(2, status=RiskStatus.CLOSED)
    )
    elsewhere = risk_inputs(3, an_assessment(CRITICAL), area="privacy")
    over = a_waiver(until=TODAY - timedelta(days=1), latest_run=1)
    gated = {"gates": (a_gate(),), "runs": (a_run(1, an_evidence(97, 100)),), "waivers": (over,)}
    state = launch_of(low(), closed, elsewhere, areas=("cbrn", AREA), **gated)
    assert who(seats(state, (), RULES))[4:] == []


def test_a_seat_shows_the_latest_signature_that_nobody_replaced_for_itself_alone():
    first = a_sign_off(LEAD, Capacity.AREA_LEAD, Vote.OBJECT, area="cbrn")
    second = a_sign_off(LEAD, Capacity.AREA_LEAD, area="cbrn", id=2)
    other_area = a_sign_off(LEAD, Capacity.AREA_LEAD, area=AREA, id=3)
    signed = (
        standing(first, SignOffStanding.REPLACED),
        standing(second, SignOffStanding.VOID),
        standing(other_area),
    )
    seat = seats(launch_of(low()), signed, RULES)[0]
    assert seat.sign_off == signed[1]
    assert not seat.answered
    only_replaced = seats(launch_of(low()), signed[:1], RULES)[0]
    assert only_replaced.sign_off is None
