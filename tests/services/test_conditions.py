"""What happens to the conditions of a decision: met, breached, opened again."""

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, ELI, GIL, HANA, TODAY
from tests.services.acts import act
from tests.services.decided import a_condition, a_decided_launch
from tests.services.evidence_files import a_reviewed_launch, as_role, known
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.review_words import ConditionState
from tracker.domain.reviews import ConditionRecord
from tracker.domain.words import Role
from tracker.services.conditions import meet_condition, reopen_condition, report_breach
from tracker.services.history import history
from tracker.store import queries
from tracker.store.engine import Store

C1 = "aurora-1/C-1"
SHOWN = "Load test of 3 March, run E-4."
BROKEN = "The limit was off for an hour."


def the_condition(store: Store) -> ConditionRecord:
    with store.reading() as session:
        return queries.get_condition(session, C1)


@pytest.fixture
def condition(store) -> str:
    return a_condition(store, a_decided_launch(store))


@pytest.mark.usefixtures("condition")
def test_a_checker_says_that_a_condition_is_met_and_on_what_evidence(store):
    meet_condition(store, act(HANA, SHOWN), C1, 1)
    found = the_condition(store)
    assert (found.state, found.settled_by, found.settled_on) == (ConditionState.MET, "hana", TODAY)
    assert found.settled_because == SHOWN
    assert history(store, subject=C1, limit=1)[0].reason == SHOWN


@pytest.mark.usefixtures("condition")
def test_a_condition_is_not_met_without_naming_evidence(store):
    with pytest.raises(InvalidInput, match="reason"):
        meet_condition(store, act(HANA), C1, 1)
    assert the_condition(store).state is ConditionState.OPEN


def test_the_owner_of_a_condition_may_not_say_that_it_is_met(store):
    a_condition(store, a_decided_launch(store), owner="hana")
    with pytest.raises(SelfApproval):
        meet_condition(store, act(HANA, SHOWN), C1, 1)
    assert the_condition(store).state is ConditionState.OPEN


@pytest.mark.usefixtures("condition")
@pytest.mark.parametrize("actor", [CLEO, DANA, ELI])
def test_others_than_checkers_may_not_say_that_a_condition_is_met(store, actor):
    with pytest.raises(NotPermitted):
        meet_condition(store, act(actor, SHOWN), C1, 1)


@pytest.mark.usefixtures("condition")
def test_the_launch_owner_may_not_say_it_whatever_else_they_are(store):
    owner = known(store, as_role(ADA, Role.POLICY_LEAD, Role.REVIEWER))
    with pytest.raises(NotPermitted):
        meet_condition(store, act(owner, SHOWN), C1, 1)


@pytest.mark.usefixtures("condition")
def test_a_condition_that_changed_meanwhile_is_not_met_on_an_old_look(store):
    report_breach(store, act(DANA, BROKEN), C1)
    with pytest.raises(StaleEdit):
        meet_condition(store, act(HANA, SHOWN), C1, 1)
    assert the_condition(store).state is ConditionState.BREACHED


@pytest.mark.usefixtures("condition")
@pytest.mark.parametrize("actor", [ADA, BEN, DANA, ELI, GIL])
def test_anybody_with_a_duty_reports_a_breach_at_once(store, actor):
    report_breach(store, act(actor, BROKEN), C1)
    found = the_condition(store)
    assert (found.state, found.settled_by) == (ConditionState.BREACHED, actor.key)
    assert found.settled_because == BROKEN


@pytest.mark.usefixtures("condition")
def test_a_viewer_reports_no_breach_and_nobody_does_without_a_reason(store):
    with pytest.raises(NotPermitted):
        report_breach(store, act(CLEO, BROKEN), C1)
    with pytest.raises(InvalidInput, match="reason"):
        report_breach(store, act(DANA), C1)
    assert the_condition(store).state is ConditionState.OPEN


@pytest.mark.usefixtures("condition")
def test_a_condition_that_was_met_can_be_breached(store):
    meet_condition(store, act(HANA, SHOWN), C1, 1)
    report_breach(store, act(DANA, BROKEN), C1)
    assert the_condition(store).state is ConditionState.BREACHED


@pytest.mark.usefixtures("condition")
def test_a_breached_condition_is_closed_by_being_met_and_not_by_opening_it_again(store):
    report_breach(store, act(DANA, BROKEN), C1)
    with pytest.raises(RuleViolation, match="by being met, or by a new decision"):
        reopen_condition(store, act(BEN, "It was a false alarm."), C1, 2)
    meet_condition(store, act(HANA, SHOWN), C1, 2)
    assert the_condition(store).state is ConditionState.MET


@pytest.mark.usefixtures("condition")
def test_a_condition_wrongly_said_to_be_met_is_opened_again_with_a_reason(store):
    meet_condition(store, act(HANA, SHOWN), C1, 1)
    with pytest.raises(InvalidInput, match="reason"):
        reopen_condition(store, act(BEN), C1, 2)
    with pytest.raises(StaleEdit):
        reopen_condition(store, act(BEN, "The run was of another version."), C1, 1)
    reopen_condition(store, act(BEN, "The run was of another version."), C1, 2)
    found = the_condition(store)
    assert (found.state, found.settled_by, found.settled_on) == (ConditionState.OPEN, None, None)
    assert found.settled_because == ""


@pytest.mark.usefixtures("condition")
def test_what_is_so_already_is_not_said_twice(store):
    with pytest.raises(RuleViolation, match="open already"):
        reopen_condition(store, act(BEN, "Look again."), C1, 1)
    meet_condition(store, act(HANA, SHOWN), C1, 1)
    with pytest.raises(RuleViolation, match="met already"):
        meet_condition(store, act(BEN, SHOWN), C1, 2)


def test_a_condition_that_no_decision_took_over_cannot_be_settled(store):
    a_reviewed_launch(store)
    a_condition(store, None)
    with pytest.raises(RuleViolation, match="only proposed"):
        meet_condition(store, act(HANA, SHOWN), C1, 1)
    with pytest.raises(RuleViolation, match="only proposed"):
        report_breach(store, act(DANA, BROKEN), C1)


@pytest.mark.usefixtures("condition")
def test_a_condition_that_is_not_there_is_named(store):
    with pytest.raises(NotFound, match="aurora-1/C-1"):
        meet_condition(store, act(HANA, SHOWN), "aurora-1/C-2", 1)


@pytest.mark.usefixtures("condition")
def test_sending_a_report_again_does_nothing(store):
    once = act(DANA, BROKEN, request_id="the-same")
    assert report_breach(store, once, C1) == report_breach(store, once, C1)
    assert the_condition(store).version == 2
