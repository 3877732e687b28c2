"""Gates and frontier thresholds in short, on the overview and on the board."""

from collections.abc import Mapping

import pytest

from tests.evidence_factories import a_determination, a_gate, a_metric, a_run, a_waiver
from tests.factories import AURORA, a_launch, a_scope
from tests.services.acts import state
from tracker.domain.state import LaunchState
from tracker.domain.words import GateState, ThresholdOutcome
from tracker.store.engine import Store
from tracker.views.criteria import NO_GATE, area_words, frontier_words, gate_pairs
from tracker.views.frontier import NONE_IN_SCOPE, UNDETERMINED


def words_of(area: str, launch: LaunchState) -> str:
    status = next(one for one in launch.areas if one.area.code == area)
    return area_words(status, launch)


@pytest.fixture
def launch(sqlite_store: Store) -> Store:
    """A register with one launch that has fraud and weapons in scope."""
    a_launch(sqlite_store)
    a_metric(sqlite_store)
    a_scope(sqlite_store)
    a_scope(sqlite_store, area="cbrn")
    return sqlite_store


def test_every_gate_in_force_of_the_demo_is_counted_once_the_worst_first(
    states: tuple[LaunchState, ...],
) -> None:
    for one in states:
        pairs = gate_pairs(one)
        assert sum(count for _, count in pairs) == sum(not x.gate.withdrawn for x in one.gates)
        badness = [kind.badness for kind, _ in pairs]
        assert badness == sorted(badness, reverse=True)
        assert all(count for _, count in pairs)


def test_a_launch_without_gates_has_no_counts(launch: Store) -> None:
    assert gate_pairs(state(launch)) == ()
    assert words_of("fraud_scams", state(launch)) == NO_GATE


def test_an_area_names_its_gates_with_their_states(launch: Store) -> None:
    a_gate(launch)
    a_gate(launch, threshold=0.8, must_pass=False)
    assert words_of("fraud_scams", state(launch)) == "G-1 missing; G-2 missing (advisory)"
    a_run(launch, AURORA)
    a_gate(launch, threshold=0.8, area="privacy")
    shown = words_of("fraud_scams", state(launch))
    assert shown == "G-1 inconclusive; G-2 passed (advisory)"
    assert gate_pairs(state(launch)) == ((GateState.INCONCLUSIVE, 1), (GateState.PASSED, 2))


def test_an_advisory_gate_does_not_stand_for_the_one_that_must_pass(launch: Store) -> None:
    a_gate(launch, must_pass=False)
    assert words_of("fraud_scams", state(launch)) == f"G-1 missing (advisory); {NO_GATE}"


def test_a_waiver_stands_beside_the_state_that_it_covers(launch: Store) -> None:
    a_waiver(launch, a_gate(launch), threshold="≥ 90 %")
    shown = words_of("fraud_scams", state(launch))
    assert shown.startswith("G-1 missing (waiver asked")
    assert gate_pairs(state(launch)) == ((GateState.MISSING, 1),)


def test_a_withdrawn_gate_is_named_nowhere(launch: Store) -> None:
    a_gate(launch, withdrawal_asked_by="dana", withdrawal_confirmed_by="ben")
    assert words_of("fraud_scams", state(launch)) == NO_GATE
    assert gate_pairs(state(launch)) == ()


def test_a_frontier_area_says_what_is_determined_and_what_that_asks_for(launch: Store) -> None:
    assert words_of("cbrn", state(launch)) == UNDETERMINED
    assert frontier_words(state(launch)) == "0 of 1 frontier threshold determined."
    a_determination(launch)
    assert words_of("cbrn", state(launch)).startswith("cannot rule out: at least one named")
    said = frontier_words(state(launch))
    assert "1 of 1 frontier threshold determined (1 cannot rule out)" in said
    assert "1 without a named safeguard" in said


def test_a_lower_determination_without_a_second_person_is_said_to_wait(launch: Store) -> None:
    a_determination(launch)
    a_determination(launch, outcome=ThresholdOutcome.BELOW)
    assert "1 change waits for a second person" in frontier_words(state(launch))
    assert "“below” waits for a second person" in words_of("cbrn", state(launch))


def test_safeguards_of_the_demo_are_counted_with_how_many_are_verified(
    by_key: Mapping[str, LaunchState],
) -> None:
    said = frontier_words(by_key["dall-e-3-2023-10"])
    assert said.startswith("5 of 5 frontier thresholds determined (4 below, 1 cannot rule out)")
    assert said.endswith("1 of 3 required safeguards verified.")


def test_a_launch_without_a_frontier_area_in_scope_says_so(sqlite_store: Store) -> None:
    a_launch(sqlite_store)
    assert frontier_words(state(sqlite_store)) == NONE_IN_SCOPE
