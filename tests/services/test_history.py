"""The history in lines: what one save wrote alike is told once, and nothing else is folded."""

import pytest

from tests.cast import BEN, DANA
from tests.conftest import QueryCounter
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import act
from tests.services.evidence_files import a_file, a_reading, a_run, evidence_of, imported
from tracker.domain.drafts import RiskChange
from tracker.services.corrections import withdraw_run
from tracker.services.evidence import link_risks
from tracker.services.history import history
from tracker.services.risks import edit_risk

E1, E2, E3 = (f"{AURORA}/E-{number}" for number in (1, 2, 3))
R1, R2 = (f"{AURORA}/R-{number}" for number in (1, 2))


@pytest.fixture
def two_runs(store):
    """Two runs of fourteen metrics, imported at once for two risks; runs and metrics by hand."""
    a_launch(store)
    a_risk(store)
    a_risk(store)
    start = store.revision()
    metrics = [a_reading(metric=f"metric {number}") for number in range(14)]
    imported(
        store,
        a_file("one.eval", a_run(*metrics)),
        a_file("two.eval", a_run(*metrics)),
        risks=(R1, R2),
    )
    return start


def told(store, **narrowing):
    """What the lines are about, and how many entries they stand for."""
    return [(line.entity, line.subject, line.entries) for line in history(store, **narrowing)]


def test_the_metrics_of_a_run_and_the_links_of_a_risk_are_a_line_each(store, two_runs):
    lines = history(store, limit=6)
    assert [(line.subject, line.first_seq - two_runs, line.seq - two_runs) for line in lines] == [
        (R2, 59, 86),
        (R1, 31, 58),
        (E2, 17, 30),
        (E2, 16, 16),
        (E1, 2, 15),
        (E1, 1, 1),
    ]
    assert [(line.folded, line.span) for line in lines[1:4]] == [
        ("28 metrics linked", f"No. {two_runs + 31} to {two_runs + 58}"),
        ("14 metrics recorded", f"No. {two_runs + 17} to {two_runs + 30}"),
        ("", f"No. {two_runs + 16}"),
    ]


@pytest.mark.usefixtures("two_runs")
def test_lines_leave_no_entry_out_and_tell_none_twice(store):
    edit_risk(store, act(BEN), R1, RiskChange(title="Another title"), 1)
    withdraw_run(store, act(BEN), E1, "The judge was broken.")
    lines = history(store)
    covered = [seq for line in lines for seq in range(line.first_seq, line.seq + 1)]
    assert sorted(covered) == [*range(1, store.revision() + 1)]


@pytest.mark.usefixtures("two_runs")
def test_a_withdrawn_run_is_one_line_with_its_reason(store):
    withdraw_run(store, act(BEN), E1, "The judge was broken.")
    (line,) = history(store, limit=1)
    assert (line.subject, line.entries, line.reason) == (E1, 14, "The judge was broken.")


def test_saves_of_the_same_kind_stay_apart(store):
    a_launch(store)
    imported(store, a_file("one.eval"))
    a_risk(store)
    a_risk(store)
    found = evidence_of(store, E1)
    link_risks(store, act(DANA), found, [R1])
    link_risks(store, act(DANA), found, [R2])
    assert told(store, entity="evidence for a risk") == [
        ("evidence for a risk", R2, 1),
        ("evidence for a risk", R1, 1),
    ]


def test_nothing_else_is_folded(store):
    a_launch(store)
    start = store.revision()
    lines = history(store)
    assert len(lines) == start
    assert {line.entries for line in lines} == {1}


def test_every_entry_is_there_where_it_is_asked_for(store, two_runs):
    lines = history(store, every_entry=True, entity="evidence", limit=20)
    assert [line.seq - two_runs for line in lines] == [*range(30, 16, -1), *range(15, 9, -1)]
    assert {line.entries for line in lines} == {1}


@pytest.mark.usefixtures("two_runs")
def test_lines_are_narrowed_whole(store):
    links, metrics = "evidence for a risk", "evidence"
    assert told(store, subject=E1) == [(metrics, E1, 14), ("evidence run", E1, 1)]
    assert told(store, subject=R1, limit=1) == [(links, R1, 28)]
    assert told(store, entity=metrics) == [(metrics, E2, 14), (metrics, E1, 14)]
    assert told(store, actor=DANA.key, launch=AURORA, entity=links) == [
        (links, R2, 28),
        (links, R1, 28),
    ]
    assert told(store, actor=BEN.key, entity=metrics) == []


@pytest.mark.usefixtures("two_runs")
def test_the_next_page_goes_on_before_the_oldest_entry_of_the_last_line(store):
    whole = history(store)
    pages, before = [], None
    while page := history(store, limit=1, before_seq=before):
        pages += page
        before = page[-1].first_seq
    assert tuple(pages) == whole


@pytest.mark.usefixtures("two_runs")
def test_lines_take_one_statement_however_much_was_imported(store, query_counter: QueryCounter):
    with query_counter(store) as counted:
        assert len(history(store, launch=AURORA, limit=3, hidden=frozenset())) == 3
    assert len(counted) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("narrowing", [{}, {"launch": AURORA}, {"subject": R1}, {"actor": "dana"}])
def test_lines_are_looked_up_in_order_and_never_sorted(
    store, query_counter: QueryCounter, narrowing
):
    """Sorted or grouped, every page would read the whole chain."""
    with query_counter(store) as counted:
        history(store, hidden=frozenset(), **narrowing)
    (statement,) = counted.statements
    with store.engine.connect() as connection:
        values = (None,) * statement.count("?")
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [step for *_, step in plan]
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert len([step for step in steps if step.startswith("SCAN")]) <= 1


def test_a_field_is_looked_for_by_its_name_and_not_in_what_was_typed(store):
    a_launch(store)
    risk = a_risk(store)
    edit_risk(store, act(BEN), risk, RiskChange(title='The "due": of it'), 1)
    titled = history(store, field="title", subject=risk)
    assert titled[0].fields["title"][1] == 'The "due": of it'
    assert history(store, field="due", subject=risk, actor="ben") == ()
    assert history(store, field="tit_e") == ()
