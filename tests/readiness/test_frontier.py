"""Frontier thresholds: which determination stands, and what it asks for."""

from dataclasses import replace

import pytest

from tests.readiness.launches import (
    LAUNCH,
    OWNER,
    a_determination,
    a_placement,
    a_scope,
    a_verification,
    an_assessment,
    everything_excluded,
    launch_inputs,
    risk_inputs,
    state_of,
)
from tracker.domain.gate_state import FrontierStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.records import ScopeRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import (
    Applicability,
    LaunchRoleName,
    MitigationStatus,
    ReasonCode,
    ThresholdOutcome,
    Verdict,
)
from tracker.readiness.frontier import standing_and_pending

BELOW, CANNOT, REACHED = ThresholdOutcome
VERIFIED = {
    "placements": (a_placement(7, MitigationStatus.VERIFIED),),
    "verifications": (a_verification(7, None, None),),
}
LOW = (2, 1, 2, 1, 5)


def launch_with(*made: DeterminationRecord, **more) -> LaunchState:
    scopes = everything_excluded(but=("cbrn",))
    risk = risk_inputs(1, an_assessment(LOW))
    return state_of(launch_inputs(risk, **{"scopes": scopes, "determinations": made, **more}))


def cbrn(state: LaunchState) -> FrontierStatus:
    (status,) = [one for one in state.frontier if one.area.code == "cbrn"]
    return status


def standing(*made: DeterminationRecord) -> tuple[int | None, int | None]:
    stands, pending = standing_and_pending(made, LAUNCH)
    return (stands and stands.id, pending and pending.id)


def codes(state: LaunchState) -> list[ReasonCode]:
    return [reason.code for reason in state.reasons]


def test_each_threshold_area_has_a_status_and_those_in_scope_are_required():
    state = launch_with()
    assert [one.area.code for one in state.frontier if one.required] == ["cbrn"]
    assert len(state.frontier) > 1


@pytest.mark.parametrize(
    ("scope", "required"),
    [
        (a_scope("cbrn", Applicability.NONE_FOUND, "ben"), True),
        (a_scope("cbrn", Applicability.NONE_FOUND), True),
        (a_scope("cbrn", Applicability.NOT_APPLICABLE, "ben"), False),
    ],
)
def test_none_found_asks_for_a_determination_and_not_applicable_does_not(
    scope: ScopeRecord, required
):
    others = tuple(one for one in everything_excluded() if one.area != "cbrn")
    assert cbrn(launch_with(scopes=(*others, scope))).required is required


def test_a_threshold_area_in_scope_without_a_determination_holds_the_launch():
    assert codes(launch_with()) == [ReasonCode.DETERMINATION_MISSING]


def test_a_determination_for_another_version_does_not_count():
    assert codes(launch_with(a_determination(version="v0"))) == [ReasonCode.DETERMINATION_MISSING]


def test_a_determination_by_the_launch_owner_opens_nothing():
    assert codes(launch_with(a_determination(by=OWNER))) == [ReasonCode.DETERMINATION_MISSING]


def test_below_asks_for_no_safeguard():
    assert launch_with(a_determination()).verdict is Verdict.READY


@pytest.mark.parametrize("outcome", [CANNOT, REACHED])
def test_cannot_rule_out_and_reached_ask_for_a_named_safeguard(outcome):
    assert codes(launch_with(a_determination(outcome=outcome))) == [ReasonCode.SAFEGUARD_NOT_NAMED]


@pytest.mark.parametrize("outcome", [CANNOT, REACHED])
def test_a_named_safeguard_holds_until_it_is_verified(outcome):
    made = a_determination(outcome=outcome, safeguards=("M-7",))
    waiting = launch_with(made, placements=(a_placement(7, MitigationStatus.IMPLEMENTED),))
    assert codes(waiting) == [ReasonCode.SAFEGUARD_NOT_VERIFIED]
    assert waiting.reasons[0].subject == "M-7"
    assert "M-7 “Mitigation 7” is not verified" in waiting.reasons[0].text
    assert launch_with(made, **VERIFIED).verdict is Verdict.READY


def test_a_safeguard_that_was_never_put_on_the_launch_is_not_verified():
    made = a_determination(outcome=REACHED, safeguards=("M-7",))
    (safeguard,) = cbrn(launch_with(made)).safeguards
    assert (safeguard.mitigation.ref, safeguard.verified_now) == ("M-7", False)


def test_a_safeguard_verified_on_another_version_is_not_verified():
    made = a_determination(outcome=REACHED, safeguards=("M-7",))
    older = a_verification(7, None, None, version="v0")
    assert codes(launch_with(made, **{**VERIFIED, "verifications": (older,)})) == [
        ReasonCode.SAFEGUARD_NOT_VERIFIED
    ]


def test_one_of_two_safeguards_not_verified_holds():
    made = a_determination(outcome=REACHED, safeguards=("M-7", "M-8"))
    assert [reason.subject for reason in launch_with(made, **VERIFIED).reasons] == ["M-8"]


def test_an_area_out_of_scope_asks_for_nothing_whatever_was_determined():
    made = a_determination(outcome=REACHED)
    assert launch_with(made, scopes=everything_excluded()).verdict is Verdict.READY


def test_a_higher_outcome_replaces_a_lower_one_without_anybody_else():
    assert standing(a_determination(), a_determination(outcome=REACHED, number=2)) == (2, None)


def test_a_lower_outcome_waits_for_a_second_person():
    higher = a_determination(outcome=REACHED)
    lower = a_determination(number=2, by="cleo")
    assert standing(higher, lower) == (1, 2)
    assert standing(higher, replace(lower, confirmed_by="dana")) == (2, None)


@pytest.mark.parametrize("confirmed_by", ["cleo", OWNER])
def test_neither_its_author_nor_the_launch_owner_confirms_a_lower_outcome(confirmed_by):
    lower = a_determination(number=2, by="cleo", confirmed_by=confirmed_by)
    assert standing(a_determination(outcome=REACHED), lower) == (1, 2)


def test_dropping_a_safeguard_waits_for_a_second_person_even_at_a_higher_outcome():
    first = a_determination(outcome=CANNOT, safeguards=("M-7", "M-8"))
    fewer = a_determination(outcome=REACHED, safeguards=("M-7",), number=2)
    assert standing(first, fewer) == (1, 2)


def test_a_later_one_that_asks_for_as_much_ends_what_was_pending():
    first = a_determination(outcome=CANNOT)
    lower = a_determination(number=2)
    again = a_determination(outcome=CANNOT, number=3)
    assert standing(first, lower, again) == (3, None)


def test_the_launch_owner_raises_the_bar_but_what_they_say_opens_nothing():
    first = a_determination()
    raised = a_determination(outcome=REACHED, number=2, by=OWNER)
    assert standing(first, raised) == (None, None)
    assert standing(first, raised, a_determination(number=3)) == (None, 3)
    assert standing(first, a_determination(number=2, by=OWNER)) == (1, None)


def test_making_the_author_of_a_higher_outcome_the_launch_owner_lets_no_lower_one_in():
    made = (a_determination(outcome=REACHED, by="cleo"), a_determination(number=2))
    owned = replace(LAUNCH, holders={LaunchRoleName.LAUNCH_OWNER: "cleo"})
    assert standing_and_pending(made, owned) == (None, made[1])


def test_a_new_version_alone_lowers_nothing():
    """Else asking for another version would be a way around the second person."""
    earlier = a_determination(outcome=REACHED, version="v0")
    lower = a_determination(number=2, by="cleo")
    assert standing(earlier, lower) == (None, 2)
    assert standing(earlier, replace(lower, confirmed_by="dana")) == (2, None)
    assert standing(earlier, a_determination(outcome=REACHED, number=2)) == (2, None)


def test_for_a_new_version_two_outcomes_that_gate_alike_ask_for_as_much():
    earlier = a_determination(outcome=REACHED, version="v0")
    assert standing(earlier, a_determination(outcome=CANNOT, number=2)) == (2, None)


def test_dropping_a_safeguard_for_a_new_version_waits_for_a_second_person():
    earlier = a_determination(outcome=CANNOT, safeguards=("M-7",), version="v0")
    assert standing(earlier, a_determination(outcome=REACHED, number=2)) == (None, 2)


def test_what_was_lowered_for_another_version_by_two_people_is_what_the_next_is_held_against():
    high = a_determination(outcome=REACHED, version="v0")
    lowered = a_determination(number=2, version="v0", confirmed_by="dana")
    assert standing(high, lowered, a_determination(number=3)) == (3, None)
    assert standing(high, replace(lowered, confirmed_by=None), a_determination(number=3)) == (
        None,
        3,
    )


def test_what_was_determined_for_a_release_stands_when_the_launch_asks_for_it_again():
    here = a_determination(outcome=CANNOT)
    elsewhere = a_determination(outcome=REACHED, number=2, version="v2")
    assert standing(here, elsewhere) == (1, None)


def test_determinations_are_read_oldest_first_whatever_order_they_come_in():
    higher = a_determination(outcome=REACHED, number=2)
    assert cbrn(launch_with(higher, a_determination())).standing == higher
