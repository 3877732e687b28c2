"""The queue across launches, and the number of statements that it takes."""

from tests.cast import DANA, ELI, NOW, TODAY
from tests.factories import AURORA, a_closed_risk, a_launch, a_risk, an_assessment
from tests.services.acts import state
from tracker.domain.words import Level
from tracker.readers.profile import packaged_profile
from tracker.services.launch_state import launch_states
from tracker.services.portfolio import closed_risks, ranked_queue
from tracker.services.reports import Reader, readiness_report


def test_the_queue_puts_unassessed_first_then_priority_over_all_launches(store):
    a_launch(store)
    a_launch(store, "borealis-1")
    low = a_risk(store)
    high = a_risk(store, "borealis-1")
    unknown = a_risk(store, "borealis-1")
    an_assessment(store, low, DANA, (1, 1, 1, 1, 1))
    an_assessment(store, high, DANA, (5, 4, 4, 4, 4))
    queue = ranked_queue(launch_states(store, packaged_profile(), TODAY))
    assert [(item.rank, item.state.ref) for item in queue] == [
        (1, unknown),
        (2, high),
        (3, low),
    ]
    assert "blocks Borealis 1 in 30 days, no mitigation" in queue[1].reason
    assert [item.holds_launch for item in queue] == [True, True, False]


def test_a_closed_risk_leaves_the_queue_and_keeps_its_reason(store):
    a_launch(store)
    ref = a_closed_risk(store)
    assert ranked_queue([state(store)]) == ()
    (closed,) = closed_risks(state(store))
    assert closed.state.ref == ref
    assert "asked by Ada, confirmed by Ben" in closed.reason


def test_the_number_of_statements_does_not_grow_with_the_rows(store, query_counter):
    a_launch(store)
    ref = a_risk(store)
    an_assessment(store, ref)
    with query_counter(store) as small:
        launch_states(store, packaged_profile(), TODAY)
    for number in range(12):
        a_launch(store, f"launch-{number}")
        an_assessment(store, a_risk(store, f"launch-{number}"), ELI)
    with query_counter(store) as large:
        launch_states(store, packaged_profile(), TODAY)
    assert len(large) == len(small) <= 44


def test_a_report_holds_the_launch_the_queue_and_the_head_of_the_chain(store):
    a_launch(store)
    a_risk(store)
    report = readiness_report(store, Reader(DANA, TODAY, NOW), packaged_profile(), AURORA)
    assert report.why.startswith("Not ready: 1 risk UNASSESSED")
    assert report.decision is None
    assert report.chain.length == report.recent[0].seq
    assert [item.ranked.state.current.level for item in report.risks] == [Level.UNASSESSED]
