from dataclasses import replace
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.builders import (
    a_launch,
    a_mitigation,
    a_placement,
    a_verification,
    an_effect,
    planned,
    risk_inputs,
    verified,
)
from tracker.domain.state import MitigationInputs
from tracker.domain.words import ExposureStage, Mechanism, MitigationStatus, VerificationKind
from tracker.scoring.mitigations import (
    best_by_mechanism,
    counted_share,
    projected_share,
    remain,
    remain_projected,
    remain_today,
    residual,
    risk_mitigations,
)

PREVENT, DETECT, CONTAIN, RECOVER = Mechanism
SHARES = st.dictionaries(st.sampled_from(Mechanism), st.floats(0, 0.999))


def in_place(share: float | None = 0.5, best=0.8, status=MitigationStatus.VERIFIED, **verification):
    return MitigationInputs(
        mitigation=a_mitigation(),
        placement=a_placement(status),
        effect=an_effect(best, share or 0.0),
        verification=replace(a_verification(share), **verification),
    )


def test_combine_mitigations_of_the_reference_cases(published, profile):
    case = published["combine_mitigations"]
    shares = dict(zip(Mechanism, case["inputs"], strict=False))
    removed = 1 - remain(shares, profile)
    assert removed == pytest.approx(case["expected"]["mixture"], abs=case["tolerance"])
    alone = replace(profile, common_cause=0.0)
    assert 1 - remain(shares, alone) == pytest.approx(case["expected"]["independent"], abs=1e-12)
    together = replace(profile, common_cause=1.0)
    assert 1 - remain(shares, together) == pytest.approx(case["expected"]["best_only"], abs=1e-12)


@pytest.mark.parametrize(
    ("shares", "points"),
    [({PREVENT: 0.8}, -0.70), ({PREVENT: 0.9}, -1.00), ({PREVENT: 0.8, DETECT: 0.8}, -1.25)],
)
def test_the_examples_of_the_study_in_points(shares, points, profile):
    assert log10(remain(shares, profile)) == pytest.approx(points, abs=0.005)


def test_no_mitigation_leaves_everything(profile):
    assert remain({}, profile) == 1.0
    assert residual(6.85, 1.0) == 6.85


def test_nothing_leaves_less_than_one_percent(profile):
    assert remain({PREVENT: 0.999}, profile) == 0.01
    assert remain(dict.fromkeys(Mechanism, 0.999), profile) == 0.01
    assert residual(7.0, 0.01) == 5.0


@given(SHARES, st.sampled_from(Mechanism), st.floats(0, 0.999))
def test_one_more_mechanism_or_a_better_share_never_leaves_more(profile, shares, mechanism, share):
    better = {**shares, mechanism: max(share, shares.get(mechanism, 0.0))}
    assert remain(better, profile) <= remain(shares, profile) + 1e-15


@given(SHARES)
def test_what_remains_lies_between_the_best_alone_and_independence(profile, shares):
    left = [1 - share for share in shares.values()] or [1.0]
    product = 1.0
    for q in left:
        product *= q
    assert max(0.01, product) - 1e-15 <= remain(shares, profile) <= max(0.01, min(left)) + 1e-15


def test_a_verified_mitigation_in_place_counts_the_low_estimate_stored_then():
    assert counted_share(in_place(0.5), a_launch()) == 0.5


def test_a_measured_effect_counts_the_share_stated_then():
    assert counted_share(verified(0.9), a_launch()) == 0.9


@pytest.mark.parametrize(
    "status", [s for s in MitigationStatus if s is not MitigationStatus.VERIFIED]
)
def test_what_is_not_verified_counts_nothing_today_even_with_an_old_verification(status):
    assert counted_share(in_place(status=status), a_launch()) == 0.0


def test_a_verification_of_nothing_in_particular_counts_nothing():
    assert counted_share(in_place(share=None), a_launch()) == 0.0


def test_the_status_verified_without_a_verification_counts_nothing():
    assert counted_share(replace(in_place(), verification=None), a_launch()) == 0.0


def test_a_mitigation_that_was_never_put_on_the_launch_counts_nothing():
    orphan = replace(in_place(), placement=None)
    assert counted_share(orphan, a_launch()) == 0.0
    assert projected_share(orphan, a_launch()) == 0.0


ELSEWHERE = [
    {"model_version": "x-0"},
    {"configuration": "agent"},
    {"exposure_stage": ExposureStage.TRUSTED_TESTERS},
    {"launch": "gpt-w"},
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=lambda changed: next(iter(changed)))
def test_a_verification_of_something_else_counts_nothing_today_and_is_said_to_be_outdated(
    elsewhere,
):
    old = in_place(**elsewhere)
    assert counted_share(old, a_launch()) == 0.0
    assert projected_share(old, a_launch()) == 0.8
    (state,) = risk_mitigations(risk_inputs(mitigations=(old,)))
    assert state.outdated_verification
    assert not state.adds_nothing


def test_a_verification_of_the_launch_as_it_stands_is_not_outdated():
    (state,) = risk_mitigations(risk_inputs(mitigations=(in_place(),)))
    assert not state.outdated_verification
    assert state.counted == 0.5


def test_a_verification_that_its_status_no_longer_rests_on_is_not_called_outdated():
    old = in_place(status=MitigationStatus.IN_PROGRESS, model_version="x-0")
    (state,) = risk_mitigations(risk_inputs(mitigations=(old,)))
    assert not state.outdated_verification


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (MitigationStatus.PROPOSED, 0.0),
        (MitigationStatus.PLANNED, 0.8),
        (MitigationStatus.IN_PROGRESS, 0.8),
        (MitigationStatus.IMPLEMENTED, 0.8),
        (MitigationStatus.REJECTED, 0.0),
    ],
)
def test_the_projection_counts_the_best_estimate_of_what_is_planned_or_beyond(status, expected):
    assert projected_share(in_place(status=status), a_launch()) == expected


def test_the_projection_keeps_a_measured_share_even_below_the_best_estimate():
    measured = in_place(0.3, best=0.8, kind=VerificationKind.EFFECT_MEASURED)
    assert projected_share(measured, a_launch()) == 0.3


def test_an_effect_measured_as_none_stands_against_a_hopeful_estimate():
    measured = in_place(0.0, best=0.8, kind=VerificationKind.EFFECT_MEASURED)
    assert projected_share(measured, a_launch()) == 0.0


def test_an_effect_measured_on_another_version_leaves_the_projection_to_the_estimate():
    old = in_place(0.3, best=0.8, kind=VerificationKind.EFFECT_MEASURED, model_version="x-0")
    assert projected_share(old, a_launch()) == 0.8


def test_the_projection_never_counts_less_than_today():
    assert projected_share(in_place(0.6, best=0.4), a_launch()) == 0.6


@pytest.mark.parametrize("best", [None, 0.8])
def test_a_mitigation_that_introduces_a_risk_removes_nothing_of_it(best):
    introducing = replace(in_place().effect, introduces=True, low=None, best=best, high=None)
    worse = replace(in_place(), effect=introducing)
    assert counted_share(worse, a_launch()) == 0.0
    assert projected_share(worse, a_launch()) == 0.0


def test_within_a_mechanism_the_best_counts():
    shares = [(PREVENT, 0.4), (DETECT, 0.2), (PREVENT, 0.6), (PREVENT, 0.5), (RECOVER, 0.0)]
    assert best_by_mechanism(shares) == {PREVENT: 0.6, DETECT: 0.2}


def test_a_weaker_verified_mitigation_of_the_same_mechanism_adds_nothing():
    inputs = risk_inputs(mitigations=(verified(0.4, 1), verified(0.6, 2), verified(0.3, 3, DETECT)))
    assert [state.adds_nothing for state in risk_mitigations(inputs)] == [True, False, False]


def test_of_two_equal_mitigations_the_higher_number_adds_nothing():
    inputs = risk_inputs(mitigations=(verified(0.6, 10), verified(0.6, 9)))
    states = risk_mitigations(inputs)
    assert [(state.mitigation.ref, state.adds_nothing) for state in states] == [
        ("M-9", False),
        ("M-10", True),
    ]


def test_a_mitigation_that_does_not_count_yet_is_not_called_idle():
    inputs = risk_inputs(mitigations=(planned(0.4, 1), verified(0.6, 2)))
    assert [state.adds_nothing for state in risk_mitigations(inputs)] == [False, False]


def test_today_counts_the_verified_and_the_projection_the_planned_too(profile):
    inputs = risk_inputs(mitigations=(verified(0.5, 1), planned(0.8, 2, CONTAIN)))
    assert remain_today(risk_mitigations(inputs), profile) == 0.5
    assert remain_projected(inputs, profile) == pytest.approx(0.9 * 0.5 * 0.2 + 0.1 * 0.2)
