"""One run in full: where it comes from, what it lacks, and what was said about it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.cast import ADA, BEN, DANA, FAY, TODAY
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
    TASK,
    TOOL,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    evidence_of,
    imported,
)
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.words import CorrectionKind, EvidenceFlag
from tracker.readers.profile import packaged_profile
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import confirm_figures, state_equivalence
from tracker.services.launch_state import launch_state
from tracker.services.ledger import read_ledger
from tracker.store.engine import Store
from tracker.views import evidence_run as view
from tracker.views.evidence_run import RunDetail

REPORTED = frozenset({EvidenceFlag.SELF_REPORTED})
E1, E2 = f"{AURORA}/E-1", f"{AURORA}/E-2"


@pytest.fixture(autouse=True)
def launch(store: Store) -> str:
    return a_launch(store)


def detail(store: Store, short: str = "E-1") -> RunDetail:
    ledger = read_ledger(store, TODAY, AURORA)
    run = view.find_run(ledger, short)
    assert run is not None
    return view.run_detail(run, ledger, launch_state(store, packaged_profile(), TODAY, AURORA))


def test_provenance_names_file_tool_release_day_and_importer(store: Store) -> None:
    imported(store)
    facts = detail(store).facts
    assert facts["File"] == "run.eval"
    assert facts["Tool"] == "Inspect 0.3.285"
    assert (facts["Model in the file"], facts["Configuration"]) == ("v1", "as shipped")
    assert facts["Flags"] == "none"
    assert DANA.person.name in facts["Imported by"]
    assert not {"Figures confirmed", "Counts for a release because"} & set(facts)


def test_a_day_without_a_time_is_shown_as_a_day() -> None:
    assert view.day_words(datetime(2026, 3, 1, tzinfo=UTC)) == "2026-03-01"
    assert view.day_words(datetime(2026, 3, 1, 9, 5, tzinfo=UTC)) == "2026-03-01 09:05 UTC"
    assert view.day_words(None) == "no date on record"


def test_a_run_about_another_release_says_how_it_differs_until_somebody_says_why(
    store: Store,
) -> None:
    imported(store, a_file("a.eval", a_run(model="v0")), configuration="without the filter")
    before = detail(store)
    assert before.needs_reason
    assert before.differs == (
        "model version “v0”, the launch has “v1”; "
        "configuration “without the filter”, the launch has “as shipped”"
    )
    assert before.facts["Counts for a release because"] == "nobody has said why"
    state_equivalence(store, act(BEN, reason="The same weights."), [E1])
    after = detail(store)
    assert not after.needs_reason
    assert after.facts["Counts for a release because"].startswith("The same weights. (Ben")


def test_self_reported_figures_with_n_wait_for_a_second_person(store: Store) -> None:
    imported(store, a_file("a.csv", a_run(flags=REPORTED)))
    assert detail(store).needs_confirmation
    assert detail(store).without_n == ""
    confirm_figures(store, act(BEN, reason="Held against the card."), E1)
    assert not detail(store).needs_confirmation
    assert detail(store).facts["Figures confirmed"].endswith("Held against the card.")


def test_a_confirmation_counts_no_more_for_who_owns_the_launch_now(store: Store) -> None:
    imported(store, a_file("a.csv", a_run(flags=REPORTED)))
    confirm_figures(store, act(BEN, reason="Held against the card."), E1)
    ledger = read_ledger(store, TODAY, AURORA)
    owned = replace(ledger.launch, holders={**ledger.launch.holders, "launch owner": "ben"})
    state = launch_state(store, packaged_profile(), TODAY, AURORA)
    found = view.run_detail(ledger.runs[0], replace(ledger, launch=owned), state)
    assert found.needs_confirmation


def test_self_reported_figures_without_n_say_that_a_confirmation_is_no_help(store: Store) -> None:
    bare = a_reading(None, None, value=0.98)
    imported(store, a_file("a.csv", a_run(bare, a_reading(task="b"), flags=REPORTED)))
    assert detail(store).without_n.startswith("1 figure has no n: nobody can say what it shows")


def test_what_is_withdrawn_is_offered_for_correction_no_more(store: Store) -> None:
    imported(store, a_file("a.eval", a_run(a_reading(), a_reading(task="b", slice="young"))))
    found = detail(store)
    assert list(found.every.values()) == [f"{METRIC}, {TASK}", f"{METRIC}, b, young"]
    assert found.left == found.every
    assert found.only is None
    draft = CorrectionDraft(kind=CorrectionKind.WITHDRAWN, reason="Wrong data.")
    correct_evidence(store, act(FAY), evidence_of(store, E1), draft)
    after = detail(store)
    assert list(after.left.values()) == [f"{METRIC}, b, young"]
    assert "withdrawn on" in after.metrics["correction"][0]
    assert after.metrics["correction"][0].endswith("Wrong data.")
    withdraw_run(store, act(FAY), E1, "All of it.")
    assert not detail(store).left


def test_what_is_moved_says_where_to(store: Store) -> None:
    imported(store)
    draft = CorrectionDraft(
        kind=CorrectionKind.REMAPPED, reason="Misnamed.", task="fraud", metric="refusals"
    )
    correct_evidence(store, act(FAY), evidence_of(store, E1), draft)
    assert detail(store).metrics["correction"][0].startswith("re-mapped to fraud, refusals on")
    assert detail(store).only is not None


def test_a_reason_can_be_given_for_all_runs_about_the_same_release(store: Store) -> None:
    other = a_run(model="v0")
    imported(store, a_file("a.eval", other), a_file("b.eval", other), a_file("c.eval"))
    imported(store, a_file("d.eval", other), by=ADA)
    ledger = read_ledger(store, TODAY, AURORA)
    assert list(view.alike(ledger.runs[0], ledger, "ben")) == [E2, f"{AURORA}/E-4"]
    assert list(view.alike(ledger.runs[0], ledger, "ada")) == [E2]
    state_equivalence(store, act(BEN, reason="The same weights."), [E2])
    again = read_ledger(store, TODAY, AURORA)
    assert list(view.alike(again.runs[0], again, "eli")) == [f"{AURORA}/E-4"]


def test_places_are_those_of_the_tool_in_runs_and_gates(store: Store) -> None:
    a_definition(store)
    a_gate(store, task="asked for")
    imported(store, a_file("a.eval", a_run(a_reading(task="b")), a_run(tool="garak", part="2")))
    ledger = read_ledger(store, TODAY, AURORA)
    state = launch_state(store, packaged_profile(), TODAY, AURORA)
    assert view.places(ledger, state, TOOL) == (["asked for", "b"], [METRIC])
