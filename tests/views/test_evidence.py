"""The ledger of a launch: what counts first, nothing rounded, nothing left out."""

from dataclasses import replace

import pytest

from tests.cast import ADA, BEN, FAY, TODAY
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
    TASK,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    evidence_of,
    imported,
)
from tracker.domain.evidence import RunReading
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.words import CorrectionKind, EvidenceFlag, EvidenceStanding
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import state_equivalence
from tracker.services.ledger import Ledger, read_ledger
from tracker.store.engine import Store
from tracker.views import evidence as view
from tracker.views.evidence import EvidenceFilter, EvidenceView, evidence_view, value_words

E1 = f"{AURORA}/E-1"
NAMES = {"dana": "Dana"}


@pytest.fixture
def launch(store: Store) -> str:
    return a_launch(store)


def ledger(store: Store) -> Ledger:
    return read_ledger(store, TODAY, AURORA)


def shown(store: Store, **wanted: object) -> EvidenceView:
    return evidence_view(ledger(store), EvidenceFilter(**wanted), NAMES)  # type: ignore[arg-type]


def killed() -> RunReading:
    return replace(a_run(flags=frozenset({EvidenceFlag.NOT_FINISHED})), metrics=())


@pytest.mark.usefixtures("launch")
def test_a_line_says_what_counts_what_it_is_and_where_it_comes_from(store: Store) -> None:
    a_definition(store)
    a_gate(store)
    imported(store, a_file("run.eval", a_run(a_reading(errored=3))))
    found = shown(store).frame
    assert {name: str(kind) for name, kind in found.dtypes.items()} == view.DTYPES
    line = found.iloc[0]
    assert list(found.columns)[:6] == ["run", "standing", "metric", "value", "n", "gates"]
    assert list(line[["run", "standing", "metric", "value", "n", "gates", "missing"]]) == [
        *("E-1", "counts", METRIC, "0.99", 1000, "G-1", 3)
    ]
    assert list(line[["model", "tool", "file", "importer", "basis"]]) == [
        *("v1", "Inspect 0.3.285", "run.eval", "Dana", "entered")
    ]


@pytest.mark.usefixtures("launch")
def test_a_run_without_a_single_metric_has_a_line_of_its_own(store: Store) -> None:
    imported(store, a_file("one.eval"), a_file("killed.eval", killed()), a_file("two.eval"))
    found = shown(store).frame
    assert list(found["run"]) == ["E-3", "E-2", "E-1"]
    assert list(found.loc[1, ["standing", "metric", "value"]]) == [
        *("run not finished", view.NO_METRIC, "")
    ]
    assert list(shown(store, standings=["run not finished"]).frame["run"]) == ["E-2"]


@pytest.mark.usefixtures("launch")
@pytest.mark.parametrize(
    ("wanted", "runs"),
    [
        ({"text": " OTHER.eval "}, ["E-2"]),
        ({"text": "v0"}, ["E-2"]),
        ({"text": METRIC}, ["E-2", "E-1"]),
        ({"tools": ["garak"]}, ["E-2"]),
        ({"runs": ["E-1"]}, ["E-1"]),
        ({"standings": ["counts"]}, ["E-1"]),
        ({"standings": ["counts"], "tools": ["garak"]}, []),
    ],
)
def test_a_filter_narrows_and_says_so(store: Store, wanted: dict[str, object], runs: list[str]):
    imported(store, a_file("one.eval"), a_file("other.eval", a_run(model="v0", tool="garak")))
    found = shown(store, **wanted)
    assert list(found.frame["run"]) == runs
    assert found.found == ("" if len(runs) == 2 else f"{len(runs)} of 2 metrics shown")
    assert found.empty == ("" if runs else view.NO_MATCH)


@pytest.mark.usefixtures("launch")
def test_an_empty_ledger_says_what_to_do(store: Store) -> None:
    assert shown(store).empty == view.EMPTY
    assert view.headline(ledger(store)) == "No results on record"


@pytest.mark.usefixtures("launch")
def test_the_headline_counts_what_counts(store: Store) -> None:
    imported(store)
    assert view.headline(ledger(store)) == "1 metric of 1 run, 1 counts today"
    imported(store, a_file("b.eval", a_run(a_reading(task="a"), a_reading(task="b"))))
    assert view.headline(ledger(store)) == "3 metrics of 2 runs, 3 count today"
    imported(store, a_file("c.eval", a_run(model="v0")))
    assert view.headline(ledger(store)).endswith("3 count today, 1 about another release")


@pytest.mark.usefixtures("launch")
def test_the_headline_says_where_nothing_counts(store: Store) -> None:
    imported(store, a_file("killed.eval", killed()))
    assert view.headline(ledger(store)) == "0 metrics of 1 run, none counts today"
    withdraw_run(store, act(ADA), imported(store), "Wrong data.")
    assert view.headline(ledger(store)) == "1 metric of 2 runs, none counts today"


@pytest.mark.usefixtures("launch")
def test_a_run_about_another_release_is_marked_where_it_counts_by_a_reason(store: Store) -> None:
    imported(store, a_file("a.eval", a_run(model="v0")))
    assert shown(store).frame["standing"][0] == str(EvidenceStanding.OTHER_RELEASE)
    state_equivalence(store, act(BEN, reason="The weights are the same."), [E1])
    assert shown(store).frame["standing"][0] == "counts, by a recorded reason"


@pytest.mark.usefixtures("launch")
def test_what_was_moved_is_listed_where_the_file_put_it(store: Store) -> None:
    imported(store)
    draft = CorrectionDraft(
        kind=CorrectionKind.REMAPPED, reason="Misnamed.", task="other", metric=METRIC
    )
    correct_evidence(store, act(FAY), evidence_of(store, E1), draft)
    assert list(shown(store).frame.loc[0, ["standing", "task"]]) == ["re-mapped", TASK]


@pytest.mark.parametrize(
    ("value", "qualifier", "unit", "words"),
    [
        (98.0, "more than", "%", "more than 98 %"),
        (0.123456789, "", "", "0.123456789"),
        (0.0, "", "", "0"),
        (None, "", "", "no figure"),
        (None, "", "equivalent", "in words: “equivalent”"),
        (None, "about", "city", "in words: “about city”"),
    ],
)
def test_a_value_is_shown_as_printed_and_words_are_never_a_figure(
    value: float | None, qualifier: str, unit: str, words: str
) -> None:
    assert value_words(value, qualifier, unit) == words
