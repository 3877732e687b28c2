"""Rules that hold between the fields of one entry."""

from typing import Any

import pytest

from tracker.domain.drafts import (
    AssessmentSubmission,
    Duration,
    EffectDraft,
    LaunchChange,
    LaunchDraft,
    PersonDraft,
    PicksDraft,
    RiskClosure,
    ScopeDraft,
    VerificationDraft,
)
from tracker.domain.errors import InvalidInput
from tracker.domain.validation import build
from tracker.domain.words import Factor, LaunchRoleName

PICKS = {
    "likelihood": 3,
    "severity": 3,
    "exposure": 3,
    "reversibility": 3,
    "business_impact": 3,
}
LAUNCH = {
    "key": "aurora-1",
    "name": "Aurora",
    "model_version": "v1",
    "configuration": "as shipped",
    "exposure_asked": "staged rollout",
    "exposure_now": "none",
    "target_date": "2026-12-03",
    "owner": "ada",
}


def refused(kind: Any, values: dict[str, Any]) -> str:
    with pytest.raises(InvalidInput) as error:
        build(kind, values)
    return str(error.value)


@pytest.mark.parametrize("pick", [0, 6, -1, 2.5, "3", True, None])
@pytest.mark.parametrize("factor", list(Factor))
def test_a_pick_is_a_whole_number_from_1_to_5(factor, pick):
    assert factor.value in refused(PicksDraft, PICKS | {factor.value: pick})


def test_no_pick_has_a_default():
    for factor in Factor:
        values = {name: pick for name, pick in PICKS.items() if name != factor.value}
        assert f"{factor.value}: is missing" in refused(PicksDraft, values)


@pytest.mark.parametrize("pick", [4, 5])
def test_a_pick_of_4_or_5_needs_a_reason(pick):
    values = {"picks": PICKS | {"business_impact": pick}, "grade": "B"}
    assert "missing for business impact" in refused(AssessmentSubmission, values)
    given = values | {"reasons": {"business_impact": "The regulator asked."}}
    assert build(AssessmentSubmission, given).picks.business_impact == pick


def test_a_rationale_reasons_for_all_picks():
    values = {"picks": dict.fromkeys(PICKS, 5), "grade": "B", "rationale": "Seen in the pilot."}
    assert build(AssessmentSubmission, values)


def test_a_mark_is_no_rationale_for_high_picks():
    values = {"picks": dict.fromkeys(PICKS, 5), "grade": "B", "rationale": "."}
    assert "needs a reason" in refused(AssessmentSubmission, values)


def test_an_assessment_needs_an_evidence_grade():
    assert "grade: is missing" in refused(AssessmentSubmission, {"picks": PICKS})
    assert "'A', 'B', 'C' or 'D'" in refused(AssessmentSubmission, {"picks": PICKS, "grade": "E"})


def test_a_person_without_a_role_is_told_to_have_one():
    said = refused(PersonDraft, {"key": "ada", "name": "Ada", "roles": ()})
    assert said.startswith("roles: must name at least 1.")


def test_one_person_holds_one_role_on_a_launch():
    assert "only one of launch owner" in refused(LaunchDraft, LAUNCH | {"approver": "ada"})
    draft = build(LaunchDraft, LAUNCH | {"approver": "ben"})
    assert draft.holders() == {LaunchRoleName.LAUNCH_OWNER: "ada", LaunchRoleName.APPROVER: "ben"}


def test_a_launch_asks_for_a_stage_beyond_none():
    assert "beyond “none”" in refused(LaunchDraft, LAUNCH | {"exposure_asked": "none"})


def test_a_launch_never_comes_to_ask_for_no_stage():
    assert "beyond “none”" in refused(LaunchChange, {"exposure_asked": "none"})


@pytest.mark.parametrize("applicability", ["not applicable", "none found"])
def test_leaving_an_area_out_needs_a_reason(applicability):
    values = {"area": "cbrn", "applicability": applicability}
    assert "needs a reason" in refused(ScopeDraft, values)
    assert build(ScopeDraft, values | {"reason": "Text only."})


def test_an_area_in_scope_needs_no_reason():
    assert build(ScopeDraft, {"area": "cbrn", "applicability": "in scope"})


@pytest.mark.parametrize(
    "values",
    [
        {"close_reason": "duplicate", "note": "The same."},
        {"close_reason": "cannot occur", "duplicate_of": "a/R-1", "note": "The same."},
    ],
)
def test_a_duplicate_and_only_a_duplicate_names_its_twin(values):
    assert "only a duplicate does" in refused(RiskClosure, values)


@pytest.mark.parametrize("ref", ["R-1", "aurora/R-0", "aurora/r-1", "aurora/R-01"])
def test_a_risk_is_named_by_its_full_reference(ref):
    values = {"close_reason": "duplicate", "duplicate_of": ref, "note": "The same."}
    assert "must be a risk's reference" in refused(RiskClosure, values)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"low": 0.5}, "give the low, best and high"),
        ({"low": 0.5, "best": 0.4, "high": 0.6}, "must rise"),
        ({"low": 0.5, "best": 0.6, "high": 1.0}, "must be below 1"),
        ({"low": -0.1, "best": 0.6, "high": 0.7}, "must be at least 0"),
        ({"low": float("nan"), "best": 0.6, "high": 0.7}, "finite"),
        ({"introduces": True, "low": 0.1, "best": 0.2, "high": 0.3}, "removes no share"),
    ],
)
def test_the_shares_of_an_effect_fit_together(shares, words):
    assert words in refused(EffectDraft, {"risk": "a/R-1"} | shares)


def test_durations_rise():
    assert "must rise" in refused(Duration, {"shortest": 5, "likely": 4, "longest": 6})


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "effect measured"},
        {"kind": "in place", "shares": [{"risk": "a/R-1", "share": 0.5}]},
    ],
)
def test_a_measured_effect_and_only_that_states_shares(values):
    assert "states its shares" in refused(VerificationDraft, values | {"evidence": "Seen."})


def test_a_measured_effect_states_one_share_per_risk():
    shares = [{"risk": "a/R-1", "share": 0.2}, {"risk": "a/R-1", "share": 0.9}]
    values = {"kind": "effect measured", "evidence": "Seen.", "shares": shares}
    assert "a/R-1 is named twice" in refused(VerificationDraft, values)
