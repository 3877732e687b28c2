"""What an import would do, in words, before and after."""

from dataclasses import replace

import pytest

from tests.cast import NOW, TODAY
from tests.factories import AURORA, a_launch
from tests.services.evidence_files import (
    METRIC,
    NOTHING_STATED,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    imported,
)
from tracker.domain.evidence import EvidenceFile
from tracker.services.evidence_files import Refusals
from tracker.services.evidence_preview import preview_import
from tracker.services.ledger import read_ledger
from tracker.store.engine import Store
from tracker.views import importing as view
from tracker.views.importing import ImportView, import_view


@pytest.fixture(autouse=True)
def launch(store: Store) -> str:
    return a_launch(store)


def shown(store: Store, *files: EvidenceFile, unread: Refusals | None = None) -> ImportView:
    found = preview_import(store, AURORA, files, NOTHING_STATED, NOW)
    return import_view(found, unread or {})


def test_a_line_per_metric_says_what_was_found(store: Store) -> None:
    a_definition(store)
    a_gate(store)
    found = shown(store, a_file("a.eval", a_run(a_reading(errored=2, slice="young"))))
    assert {name: str(kind) for name, kind in found.frame.dtypes.items()} == view.DTYPES
    line = found.frame.iloc[0]
    assert list(line[["file", "status", "tool", "model", "metric", "slice", "value"]]) == [
        *("a.eval", "new", "Inspect 0.3.285", "v1", METRIC, "young", "0.99")
    ]
    assert list(line[["n", "missing", "gates"]]) == [1000, 2, "G-1"]
    assert (found.headline, found.new) == ("1 run found: 1 new", 1)


def test_what_is_here_already_and_what_has_changed_name_the_run_that_they_repeat(
    store: Store,
) -> None:
    imported(store, a_file("a.eval"), a_file("b.eval"))
    found = shown(store, a_file("a.eval"), a_file("b.eval", content="other"), a_file("c.eval"))
    assert list(found.frame["status"]) == [
        *("already here as E-1", "changed, a further run beside E-2", "new")
    ]
    assert found.headline == "3 runs found: 1 new, 1 already here, 1 changed"
    assert found.new == 2


def test_the_same_file_twice_is_new_once(store: Store) -> None:
    found = shown(store, a_file("a.eval"), a_file("a.eval"))
    assert list(found.frame["status"]) == ["new", "already here: another run in these files"]
    assert found.new == 1


def test_runs_of_one_import_that_call_themselves_the_same_name_none_that_is_not_there_yet(
    store: Store,
) -> None:
    found = shown(store, a_file("a.eval"), a_file("a.eval", content="other"))
    assert list(found.frame["status"]) == [
        *("new", "changed, a further run beside another in these files")
    ]
    (warning,) = found.warnings
    assert "the same as another run in these files (aurora-1/E-1 once taken in)" in warning


def test_files_that_cannot_be_read_are_named_with_the_place(store: Store) -> None:
    found = shown(store, a_file(), unread={"bad.json": {"line 3": "is no JSON"}})
    assert found.refused == ("bad.json, line 3: is no JSON",)
    nothing = shown(store, unread={"bad.json": {"line 3": "is no JSON"}})
    assert (nothing.headline, len(nothing.frame), nothing.new) == ("No run found", 0, 0)


def test_a_run_without_metrics_has_a_line(store: Store) -> None:
    found = shown(store, a_file("a.eval", replace(a_run(), metrics=())))
    assert list(found.frame["metric"]) == [view.NO_METRIC]


def test_a_run_about_another_version_and_a_file_that_contradicts_the_register_are_warned_about(
    store: Store,
) -> None:
    a_definition(store)
    found = shown(store, a_file("a.eval", a_run(a_reading(higher_is_better=False), model="v0")))
    other, contradicted = found.warnings
    assert other.startswith("a.eval: About “v0”, not about the launch's model version.")
    assert contradicted == (
        f"a.eval: It says otherwise than the register which way is good of {METRIC}."
    )


@pytest.mark.parametrize(
    ("count", "begins"),
    [(1, "0.eval: "), (3, "0.eval, 1.eval, 2.eval: "), (50, "50 files, such as 0.eval: ")],
)
def test_a_warning_about_many_files_is_said_once(store: Store, count: int, begins: str) -> None:
    files = [a_file(f"{n}.eval", a_run(warnings=("Beware.",))) for n in range(count)]
    assert shown(store, *files).warnings == (f"{begins}Beware.",)


def test_files_without_a_date_are_counted() -> None:
    dated, undated = a_run(), a_run(ran_at=None)
    assert view.undated([a_file("a", dated), a_file("b", undated, undated)]) == 1


def test_what_came_in_is_said_with_how_much_of_it_counts(store: Store) -> None:
    imported(store)
    one = imported(store, a_file("b.eval", a_run(a_reading(task="b"))))
    three = imported(
        store,
        a_file("c.eval", a_run(a_reading(task="c"), a_reading(task="d"))),
        a_file("d.eval", a_run(a_reading(task="e"), model="v0")),
        a_file("e.eval", a_run(a_reading(task="f"), model="v0")),
    )
    none = imported(store, a_file("f.eval", a_run(model="v0")))
    ledger = read_ledger(store, TODAY, AURORA)
    assert view.taken_in(one, ledger) == "1 run taken in: E-2. 1 of 1 metric counts."
    assert view.taken_in(three, ledger) == "3 runs taken in: E-3 to E-5. 2 of 4 metrics count."
    assert view.taken_in(none, ledger) == "1 run taken in: E-6. None of 1 metric counts."
