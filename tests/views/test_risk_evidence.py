"""The evidence that speaks to one risk."""

from tests.cast import TODAY
from tests.evidence_factories import a_correction, a_gate, a_link, a_metric, a_run
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import state
from tracker.services.ledger import read_ledger
from tracker.store.engine import Store
from tracker.views.risk_evidence import DTYPES, evidence_of


def test_only_what_names_the_risk_is_listed_with_its_gates_and_whether_it_counts(
    sqlite_store: Store,
) -> None:
    a_launch(sqlite_store)
    ref, other = a_risk(sqlite_store), a_risk(sqlite_store)
    a_metric(sqlite_store)
    a_gate(sqlite_store, threshold=0.8)
    a_run(sqlite_store, AURORA)
    a_run(sqlite_store, AURORA, {"metric": "another metric", "slice": "French"})
    first, second = (row.evidence.id for row in reversed(_ledger(sqlite_store).rows))
    a_link(sqlite_store, first, ref)
    a_link(sqlite_store, second, other)
    shown = evidence_of(ref, _ledger(sqlite_store), state(sqlite_store))
    assert {name: str(kind) for name, kind in shown.dtypes.items()} == DTYPES
    assert shown.to_dict("records") == [
        {
            "run": "E-1",
            "standing": "counts",
            "metric": "refusal rate",
            "task": "jailbreaks",
            "slice": "all",
            "value": "0.95",
            "n": 100,
            "gates": "G-1 passed",
        }
    ]
    assert list(evidence_of(other, _ledger(sqlite_store), state(sqlite_store))["slice"]) == [
        "French"
    ]


def test_evidence_that_was_taken_back_stays_listed_as_such(sqlite_store: Store) -> None:
    a_launch(sqlite_store)
    ref = a_risk(sqlite_store)
    a_run(sqlite_store, AURORA)
    evidence = _ledger(sqlite_store).rows[0].evidence.id
    a_link(sqlite_store, evidence, ref)
    a_correction(sqlite_store, evidence)
    shown = evidence_of(ref, _ledger(sqlite_store), state(sqlite_store))
    assert list(shown["standing"]) == ["withdrawn"]


def test_a_risk_without_evidence_has_an_empty_table(sqlite_store: Store) -> None:
    a_launch(sqlite_store)
    ref = a_risk(sqlite_store)
    shown = evidence_of(ref, _ledger(sqlite_store), state(sqlite_store))
    assert list(shown.columns) == list(DTYPES)
    assert shown.empty


def _ledger(store: Store):
    return read_ledger(store, TODAY, AURORA)
