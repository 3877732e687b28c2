"""Entering, editing, closing and re-opening risks."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, TODAY
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    an_assessment,
)
from tests.services.acts import a_risk_draft, act, risk_state, state
from tracker.domain.drafts import RiskChange, RiskClosure, TagDraft
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.words import CloseReason, MitigationStatus, ReasonCode, RiskStatus
from tracker.services.history import history
from tracker.services.risks import (
    ask_closure,
    confirm_closure,
    create_risk,
    edit_risk,
    reopen_risk,
)

CANNOT = RiskClosure(close_reason=CloseReason.CANNOT_OCCUR, note="The feature was dropped.")


def holds(store, ref: str) -> bool:
    return any(
        reason.subject == ref and reason.code is ReasonCode.RISK_UNASSESSED
        for reason in state(store).reasons
    )


def test_a_new_risk_gets_the_next_number_and_holds_the_launch(store):
    a_launch(store)
    refs = [create_risk(store, act(DANA), AURORA, a_risk_draft(title=t)) for t in ("A", "B")]
    assert refs == ["aurora-1/R-1", "aurora-1/R-2"]
    assert holds(store, refs[0])


def test_a_number_is_never_used_again(store):
    a_launch(store)
    a_closed_risk(store)
    assert create_risk(store, act(DANA), AURORA, a_risk_draft()) == "aurora-1/R-2"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"area": "no-such-area"}, "area"),
        ({"also_touches": ("no-such-area",)}, "also_touches"),
        ({"owner": "nobody-here"}, "owner"),
        ({"tags": (TagDraft(taxonomy="nist_600_1", code="GAI-99"),)}, "tags"),
        ({"due": TODAY - timedelta(days=1)}, "due"),
    ],
)
def test_a_risk_with_a_wrong_field_is_refused_and_nothing_is_saved(store, fields, field):
    a_launch(store)
    with pytest.raises(InvalidInput) as refused:
        create_risk(store, act(DANA), AURORA, a_risk_draft(**fields))
    assert field in refused.value.fields
    assert not state(store).risks


def test_a_title_is_given_once_on_a_launch(store):
    a_launch(store)
    create_risk(store, act(DANA), AURORA, a_risk_draft())
    with pytest.raises(InvalidInput, match="R-1 has the same title"):
        create_risk(store, act(DANA), AURORA, a_risk_draft())


def test_a_risk_of_a_launch_that_is_not_there_is_refused(store):
    a_launch(store)
    with pytest.raises(NotFound, match="aurora-1"):
        create_risk(store, act(DANA), "aurora-2", a_risk_draft())


def test_a_viewer_cannot_enter_a_risk(store):
    a_launch(store)
    with pytest.raises(NotPermitted):
        create_risk(store, act(CLEO), AURORA, a_risk_draft())


def test_an_edit_replaces_areas_and_tags(store):
    a_launch(store)
    ref = create_risk(store, act(DANA), AURORA, a_risk_draft(also_touches=("privacy", "youth")))
    change = RiskChange(
        also_touches=("privacy", "fraud_scams"),
        tags=(TagDraft(taxonomy="nist_600_1", code="GAI-2"),),
    )
    edit_risk(store, act(DANA), ref, change, 1)
    risk = risk_state(store, ref).risk
    assert risk.touches == ("privacy",)
    assert risk.tags == (("nist_600_1", "GAI-2"),)


def test_rewording_a_scenario_that_was_judged_needs_a_reason(store):
    a_launch(store)
    ref = a_risk(store)
    reworded = RiskChange(scenario="Something else entirely.")
    edit_risk(store, act(DANA), ref, reworded, 1)
    an_assessment(store, ref)
    again = RiskChange(scenario="Something else again.")
    with pytest.raises(InvalidInput, match="rewording a scenario"):
        edit_risk(store, act(DANA), ref, again, 2)
    edit_risk(store, act(DANA, "The channel was wrong; the harm is the same."), ref, again, 2)
    assert risk_state(store, ref).risk.scenario == "Something else again."


def test_of_two_edits_of_the_areas_alone_the_second_is_refused(store):
    a_launch(store)
    ref = a_risk(store)
    edit_risk(store, act(DANA), ref, RiskChange(also_touches=("privacy",)), 1)
    with pytest.raises(StaleEdit):
        edit_risk(store, act(BEN), ref, RiskChange(also_touches=("youth",)), 1)
    assert risk_state(store, ref).risk.touches == ("privacy",)


def test_a_risk_stays_open_and_holds_until_a_second_person_confirms(store):
    a_launch(store)
    ref = a_risk(store)
    ask_closure(store, act(ADA), ref, CANNOT, 1)
    assert holds(store, ref)
    version = risk_state(store, ref).risk.version
    with pytest.raises(SelfApproval):
        confirm_closure(store, act(ADA), ref, version)
    confirm_closure(store, act(BEN), ref, version)
    assert not holds(store, ref)
    assert risk_state(store, ref).risk.status is RiskStatus.CLOSED


def test_the_launch_owner_cannot_confirm_what_somebody_else_asked(store):
    a_launch(store, owner="ben")
    ref = a_risk(
        store,
        close_reason=CloseReason.CANNOT_OCCUR,
        close_note="The feature was dropped.",
        closure_asked_by="dana",
    )
    with pytest.raises(SelfApproval):
        confirm_closure(store, act(BEN), ref, 1)
    assert holds(store, ref)


def test_an_assessor_does_not_ask_for_a_closure(store):
    a_launch(store)
    ref = a_risk(store)
    with pytest.raises(NotPermitted):
        ask_closure(store, act(DANA), ref, CANNOT, 1)


def test_two_risks_never_close_as_duplicates_of_each_other(store):
    a_launch(store)
    one, other = a_risk(store), a_risk(store)
    for ref, twin in ((one, other), (other, one)):
        closure = RiskClosure(
            close_reason=CloseReason.DUPLICATE, duplicate_of=twin, note="Same path."
        )
        ask_closure(store, act(ADA), ref, closure, 1)
    confirm_closure(store, act(BEN), one, 2)
    with pytest.raises(InvalidInput, match="open risk of the same launch"):
        confirm_closure(store, act(BEN), other, 2)
    assert holds(store, other)


def test_a_closed_risk_stays_as_it_was_closed(store):
    a_launch(store)
    ref = a_closed_risk(store)
    with pytest.raises(RuleViolation, match="Re-open it"):
        edit_risk(store, act(DANA), ref, RiskChange(scenario="Something else."), 1)


def test_a_closure_that_nobody_asked_for_cannot_be_confirmed(store):
    a_launch(store)
    ref = a_risk(store)
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_closure(store, act(BEN), ref, 1)


@pytest.mark.parametrize("twin", ["aurora-1/R-1", "aurora-1/R-2", "borealis-1/R-1"])
def test_a_duplicate_names_an_open_risk_of_the_same_launch(store, twin):
    a_launch(store)
    a_launch(store, "borealis-1")
    ref = a_risk(store)
    a_closed_risk(store)
    a_risk(store, "borealis-1")
    closure = RiskClosure(close_reason=CloseReason.DUPLICATE, duplicate_of=twin, note="Same path.")
    with pytest.raises(InvalidInput) as refused:
        ask_closure(store, act(BEN), ref, closure, 1)
    assert "duplicate_of" in refused.value.fields


def test_a_risk_that_a_mitigation_introduces_closes_only_when_that_is_rejected(store):
    a_launch(store)
    ref = a_risk(store)
    shield = a_mitigation(store, introduces=(ref,))
    a_placement(store, shield, status=MitigationStatus.PROPOSED)
    with pytest.raises(RuleViolation, match="is introduced by M-1"):
        ask_closure(store, act(BEN), ref, CANNOT, 1)


def test_re_opening_needs_a_reason_and_clears_the_closure(store):
    a_launch(store)
    ref = a_closed_risk(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        reopen_risk(store, act(ADA), ref, 1)
    reopen_risk(store, act(ADA, "The feature is back."), ref, 1)
    risk = risk_state(store, ref).risk
    assert risk.status is RiskStatus.OPEN
    assert (risk.close_reason, risk.closure_asked_by, risk.closure_confirmed_by) == (
        None,
        None,
        None,
    )


def test_an_open_risk_cannot_be_re_opened(store):
    a_launch(store)
    ref = a_risk(store)
    with pytest.raises(RuleViolation, match="is open"):
        reopen_risk(store, act(ADA, "Just because."), ref, 1)


def test_an_edit_is_recorded_with_the_old_and_the_new_title(store):
    ref = a_risk(store, a_launch(store), title="Old title")
    edit_risk(store, act(BEN), ref, RiskChange(title="New title"), 1)
    assert history(store, subject=ref, limit=1)[0].fields == {"title": ("Old title", "New title")}
