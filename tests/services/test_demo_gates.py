"""The criteria of the demo: each state worked out by hand from its figure, n, date and model."""

from collections import Counter
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.gate_state import GateStatus
from tracker.domain.state import LaunchState
from tracker.domain.words import (
    GateState,
    Origin,
    ReasonCode,
    ThresholdOutcome,
    Verdict,
    WaiverState,
)
from tracker.readers.profile import packaged_profile
from tracker.services.demo import create_demo_register, load_demo
from tracker.services.launch_state import launch_states
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import all_changes, verify_chain

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"
S = GateState

BY_HAND = {
    # Read as of 14 March 2023.
    f"{G4}/G-1": S.INCONCLUSIVE,  # -82 meets -50, but a relative change has neither n nor error
    f"{G4}/G-2": S.PASSED,  # 70.2 % of 5,214, confirmed: at least 69.1 % shown, 60 % asked
    f"{G4}/G-3": S.MISSING,  # 0.73 % is about "GPT-4", and nobody says why that is the launch
    f"{G4}/G-4": S.MISSING,  # the attestation is about earlier versions; waived
    f"{V}/G-1": S.INCONCLUSIVE,  # "more than 98 %" without n
    f"{V}/G-2": S.INCONCLUSIVE,  # 97.2 % without n
    f"{V}/G-3": S.INCONCLUSIVE,  # 100 % without n
    f"{V}/G-4": S.FAILED,  # 50 % observed, 70 % asked
    f"{V}/G-5": S.MISSING,
    f"{V}/G-6": S.PLANNED,
    f"{V}/G-7": S.PASSED,  # attested with a reason for equivalence, 30 of 60 days old
    f"{V}/G-8": S.PASSED,  # a count: 16,000 against 10,000, confirmed
    f"{V}/G-9": S.MISSING,  # attested about a version that the card does not state
    # Read as of 6 April 2022.
    f"{D2}/G-1": S.PASSED,  # a count: 400 against 400, confirmed
    f"{D2}/G-2": S.PASSED,  # a count: 20 days against 14, equivalent and confirmed
    f"{D2}/G-3": S.PLANNED,  # the figure of 18 May lies after the day of reading
    f"{D2}/G-4": S.FAILED,  # attested as not met
    f"{D3}/G-1": S.PASSED,  # 0 of 500, confirmed: at most 0.6 % shown, 1 % asked
    f"{D3}/G-2": S.INCONCLUSIVE,  # 4 of 500 show no less than 1.9 %
    f"{D3}/G-3": S.FAILED,  # 78.1 % of 64, 90 % asked
    f"{D3}/G-4": S.INCONCLUSIVE,  # 0.7 % without n
    f"{D3}/G-5": S.INCONCLUSIVE,  # 10.4 % without n
    f"{D3}/G-6": S.FAILED,  # 64.0, 70 asked
    f"{D3}/G-7": S.MISSING,
    f"{D3}/G-8": S.PASSED,  # attested with a reason for equivalence, 33 of 60 days old
    f"{D3}/G-9": S.MISSING,  # "over 95 %" of a version that the announcement does not state
    f"{D3}/G-10": S.INCONCLUSIVE,  # 85.1 meets 80, without n and standard error
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """The demo in a file, only to be read."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    create_demo_register(f"sqlite:///{path}", TODAY, AT)
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.dispose()


def states(store: Store, today: date = TODAY) -> dict[str, LaunchState]:
    found = launch_states(store, packaged_profile(), today)
    return {state.launch.key: state for state in found}


def runs(store: Store) -> dict[str, EvidenceRunRecord]:
    with store.reading() as session:
        found = [inputs.run for key in (G4, V, D2, D3) for inputs in queries.ledger(session, key)]
    return {run.ref: run for run in found}


def gates(store: Store, today: date = TODAY) -> dict[str, GateStatus]:
    return {
        status.gate.ref: status for state in states(store, today).values() for status in state.gates
    }


def test_each_gate_is_in_the_state_worked_out_by_hand(demo: Store) -> None:
    assert {ref: status.state for ref, status in gates(demo).items()} == BY_HAND


def test_historical_launches_keep_their_states_and_the_others_age(demo: Store) -> None:
    later = gates(demo, TODAY + timedelta(days=200))
    assert {r: s.state for r, s in later.items() if r.startswith((G4, D2))} == {
        ref: state for ref, state in BY_HAND.items() if ref.startswith((G4, D2))
    }
    assert later[f"{V}/G-7"].state is S.STALE
    assert later[f"{V}/G-8"].state is S.STALE
    assert later[f"{D3}/G-1"].state is S.STALE
    assert later[f"{V}/G-4"].state is S.FAILED


def test_the_bound_of_a_figure_with_n_is_exact(demo: Store) -> None:
    found = gates(demo)
    shown = found[f"{G4}/G-2"].reading
    assert shown is not None
    assert shown.low == pytest.approx(69.14, abs=0.01)
    none_seen = found[f"{D3}/G-1"].reading
    assert none_seen is not None
    assert none_seen.high == pytest.approx(100 * (1 - 0.05 ** (1 / 500)), abs=1e-6)


def test_most_published_figures_have_no_n_and_the_board_says_so(demo: Store) -> None:
    found = gates(demo)
    for ref in (f"{V}/G-2", f"{V}/G-3", f"{D3}/G-4", f"{D3}/G-5", f"{G4}/G-1", f"{D3}/G-10"):
        assert "no n" in found[ref].why, ref
    assert "more than" in found[f"{V}/G-1"].why
    assert found[f"{G4}/G-2"].why != ""


def test_one_waiver_is_in_force_on_its_day_and_one_awaits_the_approver(demo: Store) -> None:
    found = gates(demo)
    waived = {ref: status.waiver.state for ref, status in found.items() if status.waiver}
    assert waived == {f"{G4}/G-4": WaiverState.IN_FORCE, f"{V}/G-3": WaiverState.ASKED}
    assert [ref for ref, status in found.items() if status.waived] == [f"{G4}/G-4"]
    assert found[f"{G4}/G-4"].state is S.MISSING
    assert found[f"{V}/G-3"].holds


def test_the_waiver_that_awaits_the_approver_counts_once_it_is_signed(demo: Store) -> None:
    status = gates(demo)[f"{V}/G-3"]
    assert status.waiver is not None
    waiver = status.waiver.waiver
    assert (waiver.officer, waiver.approver) == ("reviewer-1", None)
    assert (waiver.evidence, waiver.latest_run) == (f"{V}/E-7", 13)
    assert waiver.threshold == "≥ 99 %"
    assert waiver.until == TODAY + timedelta(days=14)


def test_frontier_thresholds_stand_and_two_ask_for_safeguards_that_nobody_verified(
    demo: Store,
) -> None:
    for state in states(demo).values():
        assert all(one.standing for one in state.frontier if one.required)
    asked = {
        (key, safeguard.mitigation.ref): safeguard.verified_now
        for key, state in states(demo).items()
        for one in state.frontier
        if one.standing and one.standing.outcome is not ThresholdOutcome.BELOW
        for safeguard in one.safeguards
    }
    assert asked == {
        (V, "M-72"): False,
        (D3, "M-63"): True,
        (D3, "M-70"): False,
        (D3, "M-72"): False,
    }


def test_every_launch_is_held_and_gates_say_by_what(demo: Store) -> None:
    held = {
        key: {r.subject for r in state.reasons if r.code is ReasonCode.GATE_NOT_PASSED and r.holds}
        for key, state in states(demo).items()
    }
    assert {state.verdict for state in states(demo).values()} == {Verdict.NOT_READY}
    short = {key: {ref.rpartition("/")[2] for ref in refs} for key, refs in held.items()}
    assert short == {
        G4: {"G-1"},
        V: {"G-1", "G-2", "G-3", "G-5"},
        D2: set(),
        D3: {"G-2", "G-3", "G-4", "G-7"},
    }


def test_all_58_figures_stand_in_the_ledger_as_published(demo: Store) -> None:
    with demo.reading() as session:
        found = {key: queries.ledger(session, key) for key in (G4, V, D2, D3)}
        definitions = queries.metric_definitions(session)
    assert {key: len(listed) for key, listed in found.items()} == {G4: 15, V: 13, D2: 12, D3: 18}
    every = [inputs.run for listed in found.values() for inputs in listed]
    assert {run.origin for run in every} == {Origin.PUBLISHED}
    assert all(len(inputs.evidence) == 1 for listed in found.values() for inputs in listed)
    assert sum(len(run.confirmations) for run in every) == 7
    assert sum(len(run.equivalences) for run in every) == 10
    assert len(definitions) == 22
    named = {e.run: e for listed in found.values() for inputs in listed for e in inputs.evidence}
    assert named[f"{D3}/E-3"].risks == (f"{D3}/R-11",)
    assert (named[f"{D3}/E-3"].value, named[f"{D3}/E-3"].n) == (0.0, 500)
    assert named[f"{V}/E-8"].value is None


def test_whoever_lets_a_figure_count_neither_imported_it_nor_owns_the_launch(demo: Store) -> None:
    with demo.reading() as session:
        found = [
            (launch, inputs.run)
            for launch in queries.launches(session)
            for inputs in queries.ledger(session, launch.key)
        ]
    for launch, run in found:
        said = [e.stated_by for e in run.equivalences] + [c.confirmed_by for c in run.confirmations]
        assert not {run.imported_by, launch.owner} & set(said)
        assert len(said) == len(set(said))


def test_figures_of_launches_under_way_move_with_the_day_and_the_file_does_not(
    demo: Store, bare_store: Store
) -> None:
    load_demo(bare_store, TODAY + timedelta(days=100), AT)
    first, shifted = runs(demo), runs(bare_store)
    assert first[f"{V}/E-1"].ran_at == datetime(2026, 11, 3, tzinfo=UTC)
    assert shifted[f"{V}/E-1"].ran_at == datetime(2026, 11, 3, tzinfo=UTC) + timedelta(days=100)
    assert shifted[f"{G4}/E-1"].ran_at == datetime(2023, 3, 14, tzinfo=UTC)
    assert shifted[f"{D2}/E-6"].ran_at == datetime(2022, 5, 18, tzinfo=UTC)
    assert {r: run.sha256 for r, run in shifted.items()} == {r: x.sha256 for r, x in first.items()}
    assert len({run.sha256 for run in shifted.values()}) == 4


def test_every_database_gives_the_same_states(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    assert {ref: status.state for ref, status in gates(bare_store).items()} == BY_HAND
    with bare_store.reading() as session:
        assert verify_chain(session) is None
        by_noun = Counter(change.entity for change in all_changes(session))
    counted = {
        "evidence run": 58,
        "evidence": 58,
        "evidence for a risk": 48,
        "equivalence of a run": 10,
        "confirmation of a run": 7,
        "metric definition": 22,
        "gate": 27,
        "attestation of a gate": 5,
        "waiver of a gate": 2,
        "frontier determination": 20,
        "required safeguard": 4,
    }
    assert {noun: by_noun[noun] for noun in counted} == counted
