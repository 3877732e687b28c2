"""The evidence of a launch with what it counts for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import BEN, DANA, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import act
from tests.services.evidence_files import (
    LEAD,
    METRIC,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    evidence_of,
    imported,
)
from tracker.domain.errors import NotFound
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.words import CorrectionKind, EvidenceFlag, EvidenceStanding
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import confirm_figures, state_equivalence
from tracker.services.gates import ask_gate_withdrawal, confirm_gate_withdrawal
from tracker.services.ledger import Ledger, LedgerRow, read_ledger

E1, E2 = "aurora-1/E-1", "aurora-1/E-2"


def ledger(store) -> Ledger:
    return read_ledger(store, TODAY, AURORA)


def row(store, ref: str = E1) -> LedgerRow:
    return next(one for one in ledger(store).rows if one.run.ref == ref)


def test_every_metric_of_every_run_is_listed_newest_run_first(store):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(a_reading(), a_reading(metric="stderr"))), a_file())
    found = ledger(store)
    assert [(one.run.short_ref, one.evidence.metric) for one in found.rows] == [
        ("E-2", METRIC),
        ("E-1", METRIC),
        ("E-1", "stderr"),
    ]
    assert [run.ref for run in found.runs] == [E1, E2]


def test_a_run_without_a_single_metric_is_listed_among_the_runs(store):
    a_launch(store)
    killed = replace(a_run(flags=frozenset({EvidenceFlag.NOT_FINISHED})), metrics=())
    imported(store, a_file("killed.eval", killed))
    assert [run.ref for run in ledger(store).runs] == [E1]
    assert not ledger(store).rows


def test_evidence_names_the_gates_in_force_that_read_it_and_its_risks(store):
    a_launch(store)
    risk = a_risk(store)
    a_definition(store)
    gate = a_gate(store)
    other = a_gate(store, title="Elsewhere", configuration="no filter")
    withdrawn = a_gate(store, title="Withdrawn")
    ask_gate_withdrawal(store, act(BEN, "It repeats the first."), withdrawn, 1)
    confirm_gate_withdrawal(store, act(LEAD), withdrawn, 2)
    imported(store, a_file(), a_file("b.eval", a_run(configuration="no filter")), risks=(risk,))
    assert [one.ref for one in row(store).gates] == [gate]
    assert [one.ref for one in row(store, E2).gates] == [other]
    assert row(store).risks == (risk,)
    assert row(store).definition is not None


@pytest.mark.parametrize(
    ("run", "standing"),
    [
        (a_run(), EvidenceStanding.COUNTS),
        (a_run(model="v0"), EvidenceStanding.OTHER_RELEASE),
        (a_run(flags=frozenset({EvidenceFlag.LIMITED})), EvidenceStanding.UNTRUSTED),
        (a_run(flags=frozenset({EvidenceFlag.NOT_FINISHED})), EvidenceStanding.NOT_FINISHED),
        (a_run(flags=frozenset({EvidenceFlag.SELF_REPORTED})), EvidenceStanding.UNCONFIRMED),
    ],
)
def test_each_row_says_whether_it_counts(store, run, standing):
    a_launch(store)
    imported(store, a_file("a.eval", run))
    assert row(store).standing is standing


def test_an_older_run_is_superseded_by_a_newer_one(store):
    a_launch(store)
    imported(store, a_file("old.eval", a_run(ran_at=NOW - timedelta(days=5))), a_file())
    assert row(store, E1).standing is EvidenceStanding.SUPERSEDED
    assert row(store, E2).standing is EvidenceStanding.COUNTS


def test_what_a_second_person_says_makes_a_run_count(store):
    a_launch(store)
    reported = a_run(flags=frozenset({EvidenceFlag.SELF_REPORTED}), model="v0")
    imported(store, a_file("a.csv", reported))
    state_equivalence(store, act(BEN, "Only the name changed."), [E1])
    assert (row(store).same_release, row(store).equivalent) == (False, True)
    assert row(store).standing is EvidenceStanding.UNCONFIRMED
    confirm_figures(store, act(BEN), E1)
    assert row(store).standing is EvidenceStanding.COUNTS


def test_evidence_taken_back_stays_listed_and_names_where_it_belongs_now(store):
    a_launch(store)
    a_definition(store)
    a_gate(store)
    there = a_gate(store, title="The other set", task="other set")
    imported(store, a_file(), a_file("b.eval"))
    withdraw_run(store, act(DANA), E2, "Wrong checkpoint.")
    moved = CorrectionDraft(
        kind=CorrectionKind.REMAPPED, task="other set", metric=METRIC, reason="Misnamed."
    )
    correct_evidence(store, act(DANA), evidence_of(store, E1), moved)
    assert row(store, E2).standing is EvidenceStanding.WITHDRAWN
    assert row(store, E1).standing is EvidenceStanding.REMAPPED
    assert [one.ref for one in row(store, E1).gates] == [there]
    assert row(store, E1).evidence.corrections[0].reason == "Misnamed."


def test_a_historical_launch_is_read_as_of_its_own_day(store):
    day = TODAY - timedelta(days=100)
    a_launch(store, as_of=day)
    imported(store)
    assert ledger(store).today == day
    assert row(store).standing is EvidenceStanding.NOT_YET


def test_the_number_of_statements_does_not_grow_with_the_runs(store, query_counter):
    a_launch(store)
    imported(store)
    with query_counter(store) as few:
        ledger(store)
    imported(store, *(a_file(f"{number}.eval") for number in range(12)))
    with query_counter(store) as many:
        ledger(store)
    assert len(many) == len(few)


def test_a_ledger_of_an_unknown_launch_is_refused(store):
    with pytest.raises(NotFound):
        ledger(store)
