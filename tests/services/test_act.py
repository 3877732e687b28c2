"""One act is done once, and an id that was used for something else is refused."""

from dataclasses import replace

import pytest

from tests.cast import ADA, BEN
from tests.factories import AURORA, a_launch
from tests.services.acts import a_launch_draft, a_risk_draft, act, state
from tracker.domain.errors import InvalidInput, RuleViolation
from tracker.services.launches import create_launch
from tracker.services.risks import create_risk


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
