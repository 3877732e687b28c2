"""One act is done once, and an id that was used for something else is refused."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.cast import ADA, BEN, CLEO, DANA
from tests.factories import AURORA, a_launch, stamp
from tests.services.acts import a_launch_draft, a_risk_draft, act, state
from tests.services.evidence_files import as_role
from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation
from tracker.domain.records import Actor
from tracker.domain.words import Role
from tracker.services.launches import create_launch
from tracker.services.people import actor_for
from tracker.services.risks import create_risk
from tracker.store.tables import Person, PersonRole


def test_an_id_that_somebody_else_used_is_refused_and_nothing_is_saved(store):
    a_launch(store)
    create_risk(store, act(ADA, request_id="once"), AURORA, a_risk_draft(title="A"))
    with pytest.raises(RuleViolation, match="Something else was saved"):
        create_risk(store, act(BEN, request_id="once"), AURORA, a_risk_draft(title="B"))
    assert [risk.risk.title for risk in state(store).risks] == ["A"]


def test_an_id_that_was_used_for_another_action_is_refused(store):
    create_launch(store, act(ADA, request_id="once"), a_launch_draft(AURORA))
    with pytest.raises(RuleViolation, match="Something else was saved"):
        create_risk(store, act(ADA, request_id="once"), AURORA, a_risk_draft())
    assert not state(store).risks


@pytest.mark.parametrize("request_id", ["", "x" * 81])
def test_an_id_that_cannot_tell_one_act_from_another_is_refused(store, request_id):
    a_launch(store)
    nameless = replace(act(ADA), request_id=request_id)
    with pytest.raises(InvalidInput, match="request_id"):
        create_risk(store, nameless, AURORA, a_risk_draft())
    assert not state(store).risks


def lose(store, key, role):
    """Take a role away from somebody, as an administrator would."""
    with store.writing(stamp()) as session:
        held = session.exec(
            select(PersonRole).where(PersonRole.person == key, PersonRole.role == role)
        )
        session.delete(held.one())


def refused(store, actor):
    """What somebody who enters a risk is told; nothing is saved."""
    before = store.revision()
    with pytest.raises(NotPermitted) as told:
        create_risk(store, act(actor), AURORA, a_risk_draft())
    assert store.revision() == before
    assert "Reload the page" in told.value.remedy
    return told.value.what


def test_a_role_taken_away_after_the_page_was_opened_counts_no_more(store):
    a_launch(store)
    seen = actor_for(store, "ben")
    lose(store, "ben", Role.REVIEWER)
    assert refused(store, seen) == "The roles of Ben changed meanwhile; nothing was saved."
    create_risk(store, act(actor_for(store, "ben")), AURORA, a_risk_draft())


def test_somebody_whose_last_role_was_taken_away_is_told_so_too(store):
    a_launch(store)
    lose(store, "dana", Role.ASSESSOR)
    assert "changed" in refused(store, DANA)


def test_a_role_that_the_register_does_not_give_is_worth_nothing(store):
    a_launch(store)
    assert "changed" in refused(store, as_role(CLEO, Role.VIEWER, Role.POLICY_LEAD))


def test_a_launch_owner_too_is_held_against_the_register(store):
    a_launch(store)
    assert "changed" in refused(store, as_role(ADA))


def test_somebody_made_inactive_after_the_page_was_opened_saves_nothing(store):
    a_launch(store)
    with store.writing(stamp()) as session:
        session.get_one(Person, "ben").active = False
    assert "Ben is not an active person" in refused(store, BEN)


def test_somebody_whom_the_register_does_not_know_saves_nothing(store):
    a_launch(store)
    stranger = Actor(replace(BEN.person, key="stranger", name="A stranger"))
    assert "A stranger is not an active person" in refused(store, stranger)


def test_a_save_that_was_done_is_not_refused_when_it_is_sent_again(store):
    a_launch(store)
    ref = create_risk(store, act(BEN, request_id="once"), AURORA, a_risk_draft())
    lose(store, "ben", Role.REVIEWER)
    assert create_risk(store, act(BEN, request_id="once"), AURORA, a_risk_draft()) == ref


def test_who_acts_is_looked_up_in_one_statement(store, query_counter):
    a_launch(store)
    with query_counter(store) as counted:
        create_risk(store, act(BEN), AURORA, a_risk_draft())
    assert len([said for said in counted.statements if "FROM person" in said]) == 1
