"""An assessed risk gets no label under which it alone would cover a policy area."""

import pytest

from tests.cast import DANA
from tests.factories import AURORA, a_launch, a_risk, a_scope, an_assessment
from tests.services.acts import act, risk_state
from tracker.domain.drafts import RiskChange
from tracker.domain.errors import RuleViolation
from tracker.domain.words import Applicability
from tracker.services.risks import edit_risk

R1 = f"{AURORA}/R-1"
TOUCH = RiskChange(also_touches=("cbrn",))


def an_assessed_risk(store) -> None:
    a_launch(store)
    an_assessment(store, a_risk(store))


@pytest.mark.parametrize("change", [TOUCH, RiskChange(area="cbrn")])
@pytest.mark.parametrize("scope", [Applicability.IN_SCOPE, Applicability.NOT_APPLICABLE, None])
def test_an_assessed_risk_is_not_labelled_into_an_area_that_it_alone_would_cover(
    store, change, scope
):
    """One left out counts so only once two people said it: else it would be put in scope next."""
    an_assessed_risk(store)
    if scope is not None:
        a_scope(store, area="cbrn", applicability=scope)
    with pytest.raises(RuleViolation, match="no other open risk covers cbrn"):
        edit_risk(store, act(DANA), R1, change, 1)
    assert risk_state(store, R1).risk.touches == ()


def test_one_that_nobody_assessed_is(store):
    a_launch(store)
    a_risk(store)
    edit_risk(store, act(DANA), R1, TOUCH, 1)
    assert risk_state(store, R1).risk.touches == ("cbrn",)


def test_so_is_one_whose_new_area_another_open_risk_covers(store):
    an_assessed_risk(store)
    a_risk(store, area="cbrn")
    edit_risk(store, act(DANA), R1, TOUCH, 1)
    assert risk_state(store, R1).risk.touches == ("cbrn",)


def test_or_whose_new_area_two_people_left_out(store):
    an_assessed_risk(store)
    a_scope(store, area="cbrn", applicability=Applicability.NOT_APPLICABLE, confirmed_by="gil")
    edit_risk(store, act(DANA), R1, TOUCH, 1)
    assert risk_state(store, R1).risk.touches == ("cbrn",)


def test_labels_are_kept_and_taken_away_freely(store):
    a_launch(store)
    an_assessment(store, a_risk(store, touches=("cbrn",)))
    edit_risk(store, act(DANA), R1, RiskChange(area="cbrn", also_touches=("fraud_scams",)), 1)
    version = risk_state(store, R1).risk.version
    edit_risk(store, act(DANA), R1, RiskChange(also_touches=()), version)
    assert (risk_state(store, R1).risk.area, risk_state(store, R1).risk.touches) == ("cbrn", ())
