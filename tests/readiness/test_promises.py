"""The promises of the design that concern whole launches, over launches that Hypothesis makes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.launches import (
    OWNER,
    launch_inputs,
    risk_inputs,
    some_launches,
    some_risks,
    some_scopes,
    state_of,
)
from tracker.domain.state import LaunchInputs, LaunchState, RiskInputs, VerdictReason
from tracker.domain.words import Factor, Level, MitigationStatus, ReasonCode, Verdict, View

_BETTER = (Verdict.NOT_READY, Verdict.READY_WITH_CONDITIONS, Verdict.READY)


def holding(state: LaunchState) -> set[tuple[ReasonCode, str]]:
    return {(reason.code, reason.subject) for reason in state.reasons if reason.holds}


def without_levels(reasons: set[tuple[ReasonCode, str]]) -> set[tuple[str, str]]:
    """The reasons, with Critical and High folded into one: a worse level replaces the other."""
    folded = {ReasonCode.LEVEL_CRITICAL, ReasonCode.HIGH_NOT_ACCEPTED}
    return {("level" if code in folded else str(code), subject) for code, subject in reasons}


def with_picks(inputs: RiskInputs, index: int, factor: Factor, pick: int) -> RiskInputs:
    old = inputs.assessments[index]
    picks = replace(old.picks, **{factor.value: pick})
    changed = list(inputs.assessments)
    changed[index] = replace(old, picks=picks)
    return replace(inputs, assessments=tuple(changed))


@given(some_launches())
def test_promise_1_an_unassessed_risk_is_counted_apart_and_holds(inputs: LaunchInputs):
    state = state_of(inputs)
    unassessed = {risk.ref for risk in state.risks if not risk.scores}
    for view in View:
        assert state.level_counts(view)[Level.UNASSESSED] == len(unassessed)
        assert sum(state.level_counts(view).values()) == len(state.risks)
    held = {reason.subject for reason in state.reasons if reason.code == "risk-unassessed"}
    assert held == unassessed
    if unassessed:
        assert state.verdict is Verdict.NOT_READY


@given(some_risks(), some_scopes(), st.integers(1, 5), st.data())
def test_promise_3_business_impact_changes_no_level_band_reason_or_verdict(
    risks, scopes, pick, data
):
    before = state_of(launch_inputs(*risks, scopes=scopes))
    index = data.draw(st.integers(0, len(risks) - 1))
    changed = list(risks)
    for place in range(len(changed[index].assessments)):
        changed[index] = with_picks(changed[index], place, Factor.BUSINESS_IMPACT, pick)
    after = state_of(launch_inputs(*changed, scopes=scopes))
    assert after.reasons == before.reasons
    for old, new in zip(before.risks, after.risks, strict=True):
        for view in View:
            assert new.figures(view).level is old.figures(view).level
            assert new.figures(view).band == old.figures(view).band


@given(some_risks(), some_scopes(), some_risks())
def test_promise_4_no_good_risk_pays_for_a_bad_one(risks, scopes, further):
    """Adding risks, however low, takes no reason away but "area without a risk"."""
    before = holding(state_of(launch_inputs(*risks, scopes=scopes)))
    added = tuple(
        risk_inputs(100 + number, *item.assessments, area=item.risk.area)
        for number, item in enumerate(further)
    )
    after = holding(state_of(launch_inputs(*risks, *added, scopes=scopes)))
    gone = before - after
    assert {code for code, _subject in gone} <= {ReasonCode.AREA_WITHOUT_RISK}


@given(some_risks(), some_scopes(), st.data())
def test_promise_5_a_worse_pick_never_takes_a_reason_away(risks, scopes, data):
    index = data.draw(st.integers(0, len(risks) - 1))
    risk = risks[index]
    if not risk.assessments:
        return
    place = data.draw(st.integers(0, len(risk.assessments) - 1))
    factor = data.draw(st.sampled_from(Factor))
    pick = data.draw(st.integers(risk.assessments[place].picks.of(factor), 5))
    worse = list(risks)
    worse[index] = with_picks(risk, place, factor, pick)
    before = state_of(launch_inputs(*risks, scopes=scopes))
    after = state_of(launch_inputs(*worse, scopes=scopes))
    assert without_levels(holding(before)) <= without_levels(holding(after))
    assert _BETTER.index(after.verdict) <= _BETTER.index(before.verdict)
    old, new = before.risks[index], after.risks[index]
    for view in View:
        assert new.figures(view).level.severity_rank >= old.figures(view).level.severity_rank


@given(some_risks(), some_scopes())
def test_promise_5_an_unverified_mitigation_never_takes_a_reason_away(risks, scopes):
    stripped = [
        replace(
            risk,
            mitigations=tuple(
                replace(
                    item,
                    verification=None,
                    placement=replace(item.placement, status=MitigationStatus.IMPLEMENTED),
                )
                for item in risk.mitigations
            ),
        )
        for risk in risks
    ]
    before = state_of(launch_inputs(*risks, scopes=scopes))
    after = state_of(launch_inputs(*stripped, scopes=scopes))
    assert without_levels(holding(before)) <= without_levels(holding(after))


@given(some_risks(), some_risks(), some_scopes())
def test_promise_6_a_risk_has_the_same_figures_whatever_else_is_on_the_launch(
    risks, further, scopes
):
    added = tuple(risk_inputs(100 + n, *item.assessments) for n, item in enumerate(further))
    alone = {state.ref: state for state in state_of(launch_inputs(*risks, scopes=scopes)).risks}
    together = state_of(launch_inputs(*added, *risks, scopes=scopes)).risks
    for state in together:
        if state.ref in alone:
            for view in View:
                assert state.figures(view) == alone[state.ref].figures(view)


@given(some_launches())
def test_promise_7_only_what_is_verified_on_this_version_counts_today(inputs: LaunchInputs):
    def counts(item) -> bool:
        return (
            item.placement.status is MitigationStatus.VERIFIED
            and item.verification is not None
            and item.verification.model_version == inputs.launch.model_version
        )

    verified_only = [
        replace(risk, mitigations=tuple(item for item in risk.mitigations if counts(item)))
        for risk in inputs.risks
    ]
    before = state_of(inputs)
    after = state_of(launch_inputs(*verified_only, scopes=inputs.scopes))
    for old, new in zip(before.risks, after.risks, strict=True):
        assert new.current == old.current
        for view in (View.CURRENT, View.PROJECTED):
            figures = old.figures(view)
            if figures.harm_score is not None and old.inherent.harm_score is not None:
                assert figures.harm_score <= old.inherent.harm_score


@given(some_launches())
def test_a_launch_owner_alone_assesses_nothing(inputs: LaunchInputs):
    state = state_of(inputs)
    for risk, stored in zip(state.risks, inputs.risks, strict=True):
        others = {a.assessor for a in stored.assessments} - {OWNER}
        assert bool(risk.scores) == bool(others)


@given(some_launches())
def test_every_reason_says_what_would_remedy_it(inputs: LaunchInputs):
    def is_complete(reason: VerdictReason) -> bool:
        return bool(reason.text and reason.remedy)

    state = state_of(inputs)
    assert all(is_complete(reason) for reason in state.reasons)
