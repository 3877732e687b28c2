"""What is kept but not finished can go on, and only in the ways that triggers let through."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cast import NOW
from tests.evidence_factories import a_gate, a_metric
from tests.factories import AURORA, a_launch, a_risk, stamp
from tests.review_factories import a_condition, a_decision, a_review, a_snapshot, an_acceptance
from tests.store.test_append_only import by_hand
from tracker.domain.review_words import ConditionState
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Acceptance, Condition, Review

PROPOSED = (
    "proposed_direction = 'lower is better', proposed_scale = 'count', proposed_by = 'ada',"
    " proposed_because = 'Read wrongly.'"
)
TAKEN_AWAY = (
    "proposed_direction = NULL, proposed_scale = NULL, proposed_by = NULL, proposed_because = ''"
)
AS_PROPOSED = "direction = 'lower is better', scale = 'count'"


def test_what_is_still_open_can_be_signed_met_and_closed(store: Store) -> None:
    a_launch(store)
    review = a_review(store)
    condition = a_condition(store, review)
    acceptance = an_acceptance(store, a_risk(store))
    decision = a_decision(store, a_snapshot(store, review))
    with store.writing(stamp()) as session:
        session.get_one(Condition, condition).decision = decision
        session.get_one(Acceptance, acceptance).officer = "eli"
        row = session.get_one(Review, review)
        row.meeting_on, row.closed_by, row.closed_at = NOW.date(), "ben", NOW
    for state in (ConditionState.BREACHED, ConditionState.OPEN, ConditionState.MET):
        with store.writing(stamp()) as session:
            met = session.get_one(Condition, condition)
            met.settled_by, met.settled_on, met.state = "ben", NOW.date(), state
    with store.reading() as session:
        assert queries.get_condition(session, condition).state is ConditionState.MET
        assert queries.get_acceptance(session, acceptance).officer == "eli"
        assert queries.find_open_review(session, AURORA) is None


def test_the_run_after_which_a_gate_was_written_is_not_forgotten(store: Store) -> None:
    a_launch(store)
    a_metric(store)
    a_gate(store, after_run=2)
    by_hand(store, "UPDATE gate SET after_run = 3")
    with pytest.raises(DBAPIError, match="holdpoint refuses: to forget which runs were known"):
        by_hand(store, "UPDATE gate SET after_run = 1")


def test_a_meaning_becomes_what_was_proposed_and_nothing_else(store: Store) -> None:
    a_launch(store)
    a_metric(store)
    a_gate(store)
    by_hand(store, f"UPDATE metric_definition SET {PROPOSED}")
    for past in (
        AS_PROPOSED,
        f"direction = 'lower is better', scale = 'percent from 0 to 100', {TAKEN_AWAY}",
        f"direction = 'lower is better', {TAKEN_AWAY}",
    ):
        with pytest.raises(DBAPIError, match="holdpoint refuses: to change what a metric means"):
            by_hand(store, f"UPDATE metric_definition SET {past}")
    by_hand(store, f"UPDATE metric_definition SET {AS_PROPOSED}, {TAKEN_AWAY}")
    with pytest.raises(DBAPIError, match="holdpoint refuses: to change what a metric means"):
        by_hand(store, "UPDATE metric_definition SET direction = 'higher is better'")
