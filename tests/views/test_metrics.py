"""Which metrics wait to be explained, and how a choice becomes a tool and a metric."""

import pytest

from tests.cast import FAY, TODAY
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
    TOOL,
    a_definition,
    a_file,
    a_reading,
    a_run,
    evidence_of,
    imported,
)
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.words import CorrectionKind
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.ledger import read_ledger
from tracker.services.metrics import metric_definitions
from tracker.store.engine import Store
from tracker.views.metrics import MetricsView, metrics_view

NAME = f"{TOOL}: {METRIC}"
E1 = f"{AURORA}/E-1"


@pytest.fixture(autouse=True)
def launch(store: Store) -> str:
    return a_launch(store)


def view(store: Store) -> MetricsView:
    return metrics_view(read_ledger(store, TODAY, AURORA), metric_definitions(store))


def test_a_metric_waits_until_it_is_defined(store: Store) -> None:
    imported(store, a_file("a.eval"), a_file("b.eval"))
    found = view(store)
    assert found.waiting.to_dict("records") == [
        {"name": NAME, "figures": 2, "runs": "E-2, E-1", "stated": ""}
    ]
    a_definition(store)
    after = view(store)
    assert after.waiting.empty
    assert after.known == {NAME: "higher is better, share from 0 to 1"}
    assert after.pairs == {NAME: (TOOL, METRIC)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((True,), "higher is better"),
        ((False, None), "lower is better"),
        ((True, False), "higher is better and lower is better"),
        ((None,), ""),
    ],
)
def test_what_the_files_say_is_repeated_and_not_chosen(
    store: Store, said: tuple[bool | None, ...], words: str
) -> None:
    readings = [a_reading(task=f"t{n}", higher_is_better=way) for n, way in enumerate(said)]
    imported(store, a_file("a.eval", a_run(*readings)))
    assert view(store).stated(NAME) == words
    assert view(store).known == {}


def test_what_is_withdrawn_waits_for_nothing_and_what_is_moved_waits_under_its_new_name(
    store: Store,
) -> None:
    imported(store)
    draft = CorrectionDraft(
        kind=CorrectionKind.REMAPPED, reason="Misnamed.", task="x", metric="resisted"
    )
    correct_evidence(store, act(FAY), evidence_of(store, E1), draft)
    assert list(view(store).pairs) == [f"{TOOL}: resisted"]
    withdraw_run(store, act(FAY), E1, "Wrong data.")
    assert view(store).waiting.empty


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        (NAME, (TOOL, METRIC)),
        ("garak:  dan.Dan : x", ("garak", "dan.Dan : x")),
        ("nothing of this kind", None),
        (": metric", None),
        ("tool:", None),
        ("", None),
    ],
)
def test_a_choice_is_one_tool_and_one_metric(
    store: Store, typed: str, pair: tuple[str, str] | None
) -> None:
    imported(store)
    assert view(store).pair(typed) == pair


def test_a_tool_with_a_colon_in_its_name_is_told_apart_where_it_is_known(store: Store) -> None:
    imported(store, a_file("a.csv", a_run(tool="our: tool")))
    assert view(store).pair(f"our: tool: {METRIC}") == ("our: tool", METRIC)
