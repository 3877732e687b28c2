"""All that bears on a launch's state is read at once, however much there is of it."""

from datetime import timedelta

import pytest

from tests.cast import BEN, DANA, ELI, NOW
from tests.conftest import QueryCounter
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
)
from tracker.domain.state import LaunchInputs
from tracker.domain.words import Applicability, VerificationKind
from tracker.store import queries
from tracker.store.engine import Store

OTHER = "borealis-2"


def inputs_of(store: Store, *keys: str) -> tuple[LaunchInputs, ...]:
    with store.reading() as session:
        return queries.launch_inputs(session, keys or None)


def fill(store: Store, launch: str, risks: int) -> None:
    """A launch of some size: every kind of row that bears on its state."""
    a_launch(store, launch)
    a_scope(store, launch, "privacy")
    for _ in range(risks):
        risk = a_risk(store, launch, touches=("privacy",), tags=(("mit", "2.1"),))
        for assessor in (DANA, ELI, BEN):
            an_assessment(store, risk, assessor)
        mitigation = a_mitigation(store, {risk: (0.1, 0.2, 0.3)}, efforts={"safety": 1.0})
        a_placement(store, mitigation, launch)
        a_verification(store, mitigation, risk, 0.1, launch=launch)


def test_the_number_of_statements_does_not_grow_with_rows(
    store: Store, query_counter: QueryCounter
) -> None:
    def counts() -> list[int]:
        found: list[int] = []
        for keys in ((), (AURORA,), (AURORA, OTHER)):
            with query_counter(store) as counted:
                inputs_of(store, *keys)
            found.append(len(counted))
        return found

    empty = counts()
    fill(store, AURORA, 1)
    small = counts()
    fill(store, OTHER, 12)
    assert counts() == small == empty
    assert max(empty) <= 32


def test_statements_of_the_other_reads_do_not_grow_with_rows(
    store: Store, query_counter: QueryCounter
) -> None:
    def count() -> int:
        with query_counter(store) as counted, store.reading() as session:
            queries.people(session)
            queries.teams(session)
            queries.policy_areas(session)
            queries.launches(session)
            queries.mitigations(session)
            queries.changes(session)
            queries.chain_head(session)
        return len(counted)

    before = count()
    fill(store, AURORA, 5)
    assert count() == before <= 12


def test_the_revision_is_one_statement(store: Store, query_counter: QueryCounter) -> None:
    with query_counter(store) as counted:
        store.revision()
    assert len(counted) == 1


def test_named_launches_alone_are_read_just_as_among_all(store: Store) -> None:
    fill(store, AURORA, 2)
    fill(store, OTHER, 3)
    first, second = inputs_of(store)
    assert inputs_of(store, OTHER) == (second,)
    assert inputs_of(store, OTHER, AURORA) == (first, second)
    assert inputs_of(store, "nothing") == ()
    assert [len(item.risks) for item in (first, second)] == [2, 3]


def test_only_each_assessors_latest_counts(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    late = NOW + timedelta(hours=1)
    an_assessment(store, risk, DANA)
    kept = {an_assessment(store, risk, DANA, at=late), an_assessment(store, risk, ELI)}
    an_assessment(store, risk, DANA, at=NOW)  # entered afterwards, made before
    (item,) = inputs_of(store)[0].risks
    assert {assessment.id for assessment in item.assessments} == kept


def test_of_two_assessments_at_one_moment_the_later_entered_counts(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    an_assessment(store, risk, DANA)
    last = an_assessment(store, risk, DANA)
    (item,) = inputs_of(store)[0].risks
    assert [assessment.id for assessment in item.assessments] == [last]


def test_a_risk_comes_with_the_mitigations_that_bear_on_it(store: Store) -> None:
    a_launch(store)
    first, second = a_risk(store), a_risk(store)
    placed = a_placement(store, a_mitigation(store, {first: (0.1, 0.2, 0.3)}))
    loose = a_mitigation(store, {first: (0.1, 0.2, 0.3)}, introduces=(second,))
    (launch,) = inputs_of(store, AURORA)
    on_first, on_second = (item.mitigations for item in launch.risks)
    assert {item.mitigation.ref for item in on_first} == {placed, loose}
    assert [item.effect.introduces for item in on_second] == [True]
    placements = {item.mitigation.ref: item.placement for item in on_first}
    assert placements[loose] is None
    assert placements[placed] is not None
    assert set(launch.mitigations) == {placed, loose}


def test_the_latest_verification_for_the_risk_on_the_launch_is_taken(store: Store) -> None:
    a_launch(store)
    a_launch(store, OTHER)
    risk, other = a_risk(store), a_risk(store)
    ref = a_mitigation(store, {risk: (0.1, 0.2, 0.3), other: (0.1, 0.2, 0.3)})
    a_placement(store, ref)
    a_verification(store, ref, risk, 0.1)
    latest = a_verification(store, ref, risk, 0.2, kind=VerificationKind.EFFECT_MEASURED)
    a_verification(store, ref, None, None, launch=OTHER)
    first, second = inputs_of(store, AURORA)[0].risks
    assert first.mitigations[0].verification is not None
    assert first.mitigations[0].verification.id == latest
    assert second.mitigations[0].verification is None


def test_a_verification_of_no_risk_stands_for_those_without_their_own(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    ref = a_placement(store, a_mitigation(store, {risk: (0.1, 0.2, 0.3)}))
    general = a_verification(store, ref, None, None)
    (item,) = inputs_of(store)[0].risks
    assert item.mitigations[0].verification is not None
    assert item.mitigations[0].verification.id == general


def test_a_mitigation_knows_every_launch_that_it_serves(store: Store) -> None:
    for launch in (AURORA, OTHER):
        a_launch(store, launch)
    shared = a_mitigation(store)
    a_placement(store, shared, OTHER)
    a_placement(store, shared, AURORA)
    alone = a_placement(store, a_mitigation(store), OTHER)
    (item,) = inputs_of(store, AURORA)
    assert item.launches_by_mitigation == {shared: (AURORA, OTHER)}
    assert [placement.mitigation for placement in item.placements] == [shared]
    assert inputs_of(store, OTHER)[0].launches_by_mitigation[alone] == (OTHER,)


def test_nothing_of_one_launch_is_read_into_another(store: Store) -> None:
    fill(store, AURORA, 2)
    fill(store, OTHER, 1)
    for item in inputs_of(store):
        key = item.launch.key
        assert {risk.risk.launch for risk in item.risks} == {key}
        assert {scope.launch for scope in item.scopes} == {key}
        assert {effect.risk.rpartition("/")[0] for effect in item.effects} == {key}
        assert {placement.launch for placement in item.placements} == {key}
        assert {verification.launch for verification in item.verifications} == {key}
        assert {a.risk for risk in item.risks for a in risk.assessments} == {
            risk.risk.ref for risk in item.risks
        }


def test_risks_come_in_the_order_of_their_numbers_closed_ones_too(store: Store) -> None:
    a_launch(store)
    for _ in range(10):
        a_risk(store)
    closed = a_closed_risk(store)
    refs = [item.risk.ref for item in inputs_of(store)[0].risks]
    assert refs == [f"{AURORA}/R-{n}" for n in range(1, 12)]
    assert refs[-1] == closed


def test_a_scope_is_read_as_decided(store: Store) -> None:
    a_launch(store)
    a_scope(
        store,
        area="cbrn",
        applicability=Applicability.NOT_APPLICABLE,
        reason="No such ability.",
        confirmed_by="dana",
    )
    (scope,) = inputs_of(store)[0].scopes
    assert (scope.area, scope.applicability) == ("cbrn", Applicability.NOT_APPLICABLE)
    assert (scope.decided_by, scope.confirmed_by) == ("ben", "dana")


@pytest.mark.parametrize("launches", [0, 1])
def test_a_register_with_little_in_it_is_read(store: Store, launches: int) -> None:
    for _ in range(launches):
        a_launch(store)
    assert len(inputs_of(store)) == launches
