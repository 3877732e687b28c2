"""Mitigations on their way from proposed to verified, and what counts on which day."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, FAY, TODAY
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    an_assessment,
)
from tests.services.acts import act, looked, mitigation_state, risk_state
from tracker.domain.drafts import (
    EffectDraft,
    EffortDraft,
    LaunchChange,
    LaunchMitigationDraft,
    MitigationChange,
    MitigationDraft,
    VerificationDraft,
    VerifiedShare,
)
from tracker.domain.errors import (
    InvalidInput,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
    TransitionNotAllowed,
)
from tracker.domain.words import (
    Layer,
    Mechanism,
    MitigationStatus,
    RiskStatus,
    VerificationKind,
)
from tracker.services.history import history
from tracker.services.launches import edit_launch
from tracker.services.mitigations import (
    change_status,
    create_mitigation,
    edit_mitigation,
    place_mitigation,
)
from tracker.services.verification import verify_mitigation

IN_PLACE = VerificationDraft(kind=VerificationKind.IN_PLACE, evidence="Ran it and looked.")


def a_draft(**fields: object) -> MitigationDraft:
    values: dict[str, object] = {
        "title": "Voice check before a call",
        "mechanism": Mechanism.PREVENT,
        "layer": Layer.SYSTEM,
        "owner": "fay",
    }
    return MitigationDraft.model_validate(values | fields)


def implemented(store, share: tuple[float, float, float] = (0.5, 0.7, 0.9)) -> tuple[str, str]:
    a_launch(store)
    risk = a_risk(store)
    an_assessment(store, risk)
    ref = a_mitigation(store, {risk: share})
    a_placement(store, ref, status=MitigationStatus.IMPLEMENTED)
    return risk, ref


def test_a_new_mitigation_is_proposed_and_lowers_nothing(store):
    a_launch(store)
    risk = a_risk(store)
    an_assessment(store, risk)
    effect = EffectDraft(risk=risk, low=0.5, best=0.7, high=0.9)
    draft = a_draft(effects=(effect,), efforts=(EffortDraft(team="safety", days=3),))
    ref = create_mitigation(store, act(FAY), AURORA, draft)
    found = mitigation_state(store, ref)
    assert found.placement.status is MitigationStatus.PROPOSED
    assert found.mitigation.efforts == {"safety": 3}
    figures = risk_state(store, risk)
    assert figures.projected == figures.current == figures.inherent


def test_planned_counts_in_the_projection_and_verified_counts_today(store):
    risk, ref = implemented(store)
    before = risk_state(store, risk)
    assert before.current == before.inherent
    assert before.projected.remain == pytest.approx(0.3)
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    after = risk_state(store, risk)
    assert after.current.remain == pytest.approx(0.5)


def test_a_measured_effect_counts_what_was_measured(store):
    risk, ref = implemented(store)
    verify_mitigation(store, act(BEN), ref, AURORA, measured((risk, 0.62)), looked(store, 1))
    found = risk_state(store, risk)
    assert found.current.remain == pytest.approx(0.38)
    assert found.projected.remain == pytest.approx(0.38)


def test_a_later_edit_of_the_estimate_changes_nothing_that_was_verified(store):
    risk, ref = implemented(store)
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    better = EffectDraft(risk=risk, low=0.9, best=0.95, high=0.97)
    edit_mitigation(store, act(FAY), ref, MitigationChange(effects=(better,)), 1)
    assert risk_state(store, risk).current.remain == pytest.approx(0.5)


def test_nobody_verifies_a_release_that_they_have_not_looked_at(store):
    _risk, ref = implemented(store)
    before = looked(store, 1)
    edit_launch(store, act(ADA), AURORA, LaunchChange(model_version="v2"), 1)
    with pytest.raises(StaleEdit, match="aurora-1"):
        verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, before)
    assert mitigation_state(store, ref).placement.status is MitigationStatus.IMPLEMENTED


@pytest.mark.parametrize("who", [FAY, ADA])
def test_neither_its_owner_nor_the_launch_owner_verifies(store, who):
    _risk, ref = implemented(store)
    with pytest.raises(SelfApproval):
        verify_mitigation(store, act(who), ref, AURORA, IN_PLACE, looked(store, 1))


def test_a_person_without_the_role_cannot_verify(store):
    _risk, ref = implemented(store)
    with pytest.raises(NotPermitted):
        verify_mitigation(store, act(DANA), ref, AURORA, IN_PLACE, looked(store, 1))


def test_only_what_is_implemented_can_be_verified(store):
    a_launch(store)
    ref = a_mitigation(store)
    a_placement(store, ref, status=MitigationStatus.IN_PROGRESS)
    with pytest.raises(RuleViolation, match="Only an implemented mitigation"):
        verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))


def test_a_measured_share_of_a_risk_that_it_does_not_lower_is_refused(store):
    _risk, ref = implemented(store)
    other = a_risk(store)
    with pytest.raises(InvalidInput, match="does not lower"):
        verify_mitigation(store, act(BEN), ref, AURORA, measured((other, 0.62)), looked(store, 1))
    assert mitigation_state(store, ref).placement.status is MitigationStatus.IMPLEMENTED


def test_a_status_cannot_be_jumped_nor_verified_set_by_hand(store):
    a_launch(store)
    ref = a_mitigation(store)
    a_placement(store, ref)
    with pytest.raises(TransitionNotAllowed, match="may go to"):
        change_status(store, act(FAY), ref, AURORA, MitigationStatus.IMPLEMENTED, 1)
    with pytest.raises(RuleViolation, match="by a verification"):
        change_status(store, act(FAY), ref, AURORA, MitigationStatus.VERIFIED, 1)


def test_of_two_status_changes_the_second_is_refused(store):
    a_launch(store)
    ref = a_mitigation(store)
    a_placement(store, ref)
    change_status(store, act(FAY), ref, AURORA, MitigationStatus.IN_PROGRESS, 1)
    with pytest.raises(StaleEdit):
        change_status(store, act(ADA), ref, AURORA, MitigationStatus.REJECTED, 1)


def test_a_viewer_changes_nothing(store):
    a_launch(store)
    ref = a_mitigation(store)
    a_placement(store, ref)
    with pytest.raises(NotPermitted):
        change_status(store, act(CLEO), ref, AURORA, MitigationStatus.IN_PROGRESS, 1)
    with pytest.raises(NotPermitted):
        create_mitigation(store, act(CLEO), AURORA, a_draft())


def test_one_record_serves_several_launches_and_is_verified_on_each(store):
    risk, ref = implemented(store)
    a_launch(store, "borealis-1")
    place_mitigation(store, act(FAY), LaunchMitigationDraft(mitigation=ref, launch="borealis-1"))
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    there = mitigation_state(store, ref, "borealis-1")
    assert there.placement.status is MitigationStatus.PROPOSED
    assert there.other_launches == (AURORA,)
    assert not there.verified_now
    assert mitigation_state(store, ref).verified_now
    with pytest.raises(RuleViolation, match="already"):
        place_mitigation(store, act(FAY), LaunchMitigationDraft(mitigation=ref, launch=AURORA))
    assert risk_state(store, risk).current.remain < 1


def test_planning_a_mitigation_opens_the_risk_that_it_introduces(store):
    a_launch(store)
    risk = a_closed_risk(store)
    ref = a_mitigation(store, introduces=(risk,))
    a_placement(store, ref, status=MitigationStatus.PROPOSED)
    change_status(store, act(FAY), ref, AURORA, MitigationStatus.PLANNED, 1)
    assert risk_state(store, risk).risk.status is RiskStatus.OPEN


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"owner": "nobody-here"}, "owner"),
        ({"team": "no-team"}, "team"),
        ({"efforts": (EffortDraft(team="no-team", days=1),)}, "efforts"),
        ({"efforts": (EffortDraft(team="safety", days=1),) * 2}, "efforts"),
        ({"effects": (EffectDraft(risk="aurora-1/R-9", introduces=True),)}, "effects"),
    ],
)
def test_a_mitigation_with_a_wrong_field_is_refused_by_name(store, fields, field):
    a_launch(store)
    with pytest.raises(InvalidInput) as refused:
        create_mitigation(store, act(FAY), AURORA, a_draft(**fields))
    assert field in refused.value.fields


def measured(*shares: tuple[str, float]) -> VerificationDraft:
    return VerificationDraft(
        kind=VerificationKind.EFFECT_MEASURED,
        evidence="Red team, 400 calls.",
        shares=tuple(VerifiedShare(risk=risk, share=share) for risk, share in shares),
    )


def verified_on_two_risks(store) -> tuple[str, str, str]:
    one, ref = implemented(store)
    other = a_risk(store)
    an_assessment(store, other)
    effects = tuple(EffectDraft(risk=risk, low=0.5, best=0.7, high=0.9) for risk in (one, other))
    edit_mitigation(store, act(FAY), ref, MitigationChange(effects=effects), 1)
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    return one, other, ref


def rebuild(store, ref: str) -> None:
    for status in (MitigationStatus.IN_PROGRESS, MitigationStatus.IMPLEMENTED):
        version = mitigation_state(store, ref).placement.version
        change_status(store, act(FAY), ref, AURORA, status, version)


def test_what_was_verified_before_a_rebuild_does_not_count_after_it(store):
    one, other, ref = verified_on_two_risks(store)
    rebuild(store, ref)
    version = mitigation_state(store, ref).placement.version
    verify_mitigation(store, act(BEN), ref, AURORA, measured((one, 0.6)), looked(store, version))
    assert risk_state(store, one).current.remain == pytest.approx(0.4)
    assert risk_state(store, other).current.remain == 1
    assert risk_state(store, other).projected.remain == pytest.approx(0.3)


def test_an_effect_taken_away_during_a_rebuild_does_not_come_back_verified(store):
    one, other, ref = verified_on_two_risks(store)
    rebuild(store, ref)
    effects = tuple(EffectDraft(risk=risk, low=0.5, best=0.7, high=0.9) for risk in (one, other))
    edit_mitigation(store, act(FAY), ref, MitigationChange(effects=effects[:1]), 2)
    version = mitigation_state(store, ref).placement.version
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, version))
    edit_mitigation(store, act(FAY), ref, MitigationChange(effects=effects), 3)
    assert risk_state(store, other).current.remain == 1


def test_measuring_one_effect_of_what_is_verified_leaves_the_other_counted(store):
    one, other, ref = verified_on_two_risks(store)
    version = mitigation_state(store, ref).placement.version
    verify_mitigation(store, act(BEN), ref, AURORA, measured((one, 0.6)), looked(store, version))
    assert risk_state(store, other).current.remain == pytest.approx(0.5)


def test_the_mechanism_of_what_is_verified_does_not_change(store):
    _risk, ref = implemented(store)
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    with pytest.raises(RuleViolation, match="have it verified again"):
        edit_mitigation(store, act(FAY), ref, MitigationChange(mechanism=Mechanism.DETECT), 1)
    rebuild(store, ref)
    edit_mitigation(store, act(FAY), ref, MitigationChange(mechanism=Mechanism.DETECT), 1)
    assert mitigation_state(store, ref).mitigation.mechanism is Mechanism.DETECT


@pytest.mark.parametrize("owner", ["ben", None])
def test_who_verified_a_mitigation_never_comes_to_own_it(store, owner):
    _risk, ref = implemented(store)
    verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))
    with pytest.raises(SelfApproval, match="somebody other than its owner"):
        edit_mitigation(store, act(FAY), ref, MitigationChange(owner=owner), 1)
    edit_mitigation(store, act(FAY), ref, MitigationChange(owner="ada"), 1)
    assert mitigation_state(store, ref).mitigation.owner == "ada"


def test_a_mitigation_without_an_owner_cannot_be_verified(store):
    _risk, ref = implemented(store)
    edit_mitigation(store, act(FAY), ref, MitigationChange(owner=None), 1)
    with pytest.raises(RuleViolation, match="Name the owner first"):
        verify_mitigation(store, act(BEN), ref, AURORA, IN_PLACE, looked(store, 1))


def test_a_viewer_does_not_edit_a_mitigation_that_is_on_no_launch(store):
    ref = a_mitigation(store)
    with pytest.raises(NotPermitted):
        edit_mitigation(store, act(CLEO), ref, MitigationChange(title="Mine now"), 1)


def test_a_mitigation_is_not_put_on_a_launch_with_a_date_that_has_passed(store):
    a_launch(store)
    with pytest.raises(InvalidInput) as refused:
        create_mitigation(store, act(FAY), AURORA, a_draft(), due=TODAY - timedelta(days=1))
    assert "due" in refused.value.fields


def test_an_edit_is_recorded_with_the_old_and_the_new_title(store):
    ref = a_mitigation(store, title="Old title")
    edit_mitigation(store, act(BEN), ref, MitigationChange(title="New title"), 1)
    assert history(store, subject=ref, limit=1)[0].fields == {"title": ("Old title", "New title")}
