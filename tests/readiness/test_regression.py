"""A run against its baseline."""

from dataclasses import replace

import pytest

from tests.readiness.gates import (
    CONDITIONS,
    GATED_LAUNCH,
    a_definition,
    a_run,
    a_value,
    an_evidence,
    confirmed,
    corrected,
)
from tracker.domain.evidence import EvidenceRecord, RunInputs
from tracker.domain.gate_state import Comparison
from tracker.domain.words import Direction, EvidenceFlag, GateState, Scale
from tracker.readiness.readings import Bar
from tracker.readiness.regression import Baseline, compare


def against(
    new: EvidenceRecord | RunInputs,
    old: EvidenceRecord | RunInputs | None,
    margin: float = 0.02,
    direction: Direction = Direction.HIGHER,
    scale: Scale = Scale.SHARE,
    confidence: float = 0.95,
) -> Comparison:
    """Compare a figure of today with one of a month ago."""
    mine = new if isinstance(new, RunInputs) else a_run(2, new)
    theirs = a_run(1, old, days_ago=30) if isinstance(old, EvidenceRecord) else old
    bar = Bar(0.0, a_definition(direction, scale), confidence)
    baseline = Baseline("launch/E-1", theirs, margin, GATED_LAUNCH)
    return compare(mine.run, mine.evidence[0], baseline, bar)


def test_a_drop_that_is_not_significant_is_not_shown_to_be_none():
    """480/500 against 490/500 at a margin of 0.02 (gates.md, section 4)."""
    found = against(an_evidence(480, 500), an_evidence(490, 500), confidence=0.975)
    assert found.state is GateState.INCONCLUSIVE
    assert found.difference == pytest.approx(-0.02)
    assert found.low == pytest.approx(-0.043, abs=5e-4)
    assert found.high == pytest.approx(0.002, abs=5e-4)


def test_no_regression_is_shown_when_the_lower_bound_clears_the_margin():
    found = against(an_evidence(490, 500), an_evidence(490, 500))
    assert (found.state, found.why) == (GateState.PASSED, "no regression")


def test_a_regression_is_shown_when_even_the_upper_bound_does_not():
    found = against(an_evidence(440, 500), an_evidence(490, 500))
    assert (found.state, found.why) == (GateState.FAILED, "regression against its baseline")


def test_where_lower_is_better_a_rise_is_the_regression():
    lower = Direction.LOWER
    risen = against(an_evidence(60, 500), an_evidence(10, 500), direction=lower)
    assert risen.state is GateState.FAILED
    assert risen.difference == pytest.approx(-0.1)
    fallen = against(an_evidence(10, 500), an_evidence(60, 500), direction=lower)
    assert fallen.state is GateState.PASSED


def test_percent_and_its_margin_are_in_percent():
    found = against(a_value(98.0, 500), a_value(98.0, 500), 2.0, scale=Scale.PERCENT)
    assert found.state is GateState.PASSED
    share = against(an_evidence(490, 500), an_evidence(490, 500))
    assert found.low == pytest.approx(100 * (share.low or 0))


def test_what_is_missing_counts_against_the_new_run_and_for_its_baseline():
    new, old = an_evidence(490, 500), an_evidence(490, 500)
    assert against(replace(new, errored=30), old).state is GateState.INCONCLUSIVE
    assert against(new, replace(old, errored=100)).state is GateState.PASSED
    better, old_and_lost = an_evidence(470, 500), an_evidence(450, 500, errored=500)
    assert against(better, replace(old_and_lost, errored=0)).state is GateState.PASSED
    assert against(better, old_and_lost).state is GateState.INCONCLUSIVE
    worse = an_evidence(455, 500)
    assert against(worse, old).state is GateState.FAILED
    assert against(replace(worse, errored=1000), old).state is GateState.INCONCLUSIVE


def test_counts_compare_directly():
    count = {"direction": Direction.LOWER, "scale": Scale.COUNT}
    assert against(a_value(2), a_value(2), 0.0, **count).state is GateState.PASSED
    assert against(a_value(3), a_value(2), 1.0, **count).state is GateState.PASSED
    assert against(a_value(3), a_value(2), 0.0, **count).state is GateState.FAILED


def test_means_compare_by_both_standard_errors():
    number = Scale.NUMBER
    old = a_value(60, stderr=1)
    found = against(a_value(61, stderr=1), old, 2, scale=number)
    assert found.state is GateState.PASSED
    assert found.low == pytest.approx(1 - 1.6448536 * 2**0.5)
    assert against(a_value(59, stderr=1), old, 2, scale=number).state is GateState.INCONCLUSIVE
    assert against(a_value(50, stderr=1), old, 2, scale=number).state is GateState.FAILED


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (a_value(61), a_value(60, stderr=1)),
        (a_value(61, stderr=1), a_value(60, stderr=0.0)),
        (a_value(None, stderr=1), a_value(60, stderr=1)),
        (a_value(61, stderr=1, errored=1), a_value(60, stderr=1)),
    ],
)
def test_without_an_error_on_both_sides_nothing_is_shown(new, old):
    found = against(new, old, 2, scale=Scale.NUMBER)
    assert found.state is GateState.INCONCLUSIVE
    assert found.difference is None


def test_every_difference_of_conditions_is_listed():
    old = an_evidence(conditions={**CONDITIONS, "data": "refusals-v0", "judge": "gpt"})
    baseline = a_run(1, old, tool_version="0.3.46", days_ago=30)
    found = against(an_evidence(), baseline)
    assert (found.state, found.why) == (
        GateState.INCONCLUSIVE,
        "not comparable with its baseline",
    )
    assert found.differences == (
        "tool version: 0.3.285 against 0.3.46",
        "data: refusals-v1 against refusals-v0",
        "judge: not on record against gpt",
    )


def test_what_neither_run_says_is_not_taken_for_equal():
    bare = an_evidence(conditions={})
    found = against(a_run(2, bare, tool_version=""), a_run(1, bare, tool_version="", days_ago=9))
    assert found.differences == (
        "tool version: not on record for either",
        "data: not on record for either",
    )
    assert found.state is GateState.INCONCLUSIVE


def test_equal_conditions_that_do_not_tell_the_data_are_not_comparable():
    repeated = an_evidence(conditions={"repeats": "1"})
    found = against(a_run(2, repeated), a_run(1, repeated, days_ago=9))
    assert found.differences == ("data: not on record for either",)
    asked = an_evidence(conditions={"repeats": "1", "samples": "1000 scenarios, 0a1b"})
    assert against(a_run(2, asked), a_run(1, asked, days_ago=9)).state is GateState.PASSED


@pytest.mark.parametrize(
    ("baseline", "why"),
    [
        (None, "baseline run not at hand"),
        (a_run(1, an_evidence(slice="fraud")), "baseline run has no such figure"),
        (a_run(1, tool="promptfoo"), "baseline run has no such figure"),
        (a_run(2), "the run is its own baseline"),
        (corrected(a_run(1)), "baseline withdrawn"),
        (a_run(1, flags=(EvidenceFlag.NOT_FINISHED,)), "baseline not finished"),
        (a_run(1, flags=(EvidenceFlag.LIMITED,)), "baseline limited"),
        (
            a_run(1, flags=(EvidenceFlag.SELF_REPORTED,)),
            "baseline self-reported and not confirmed by a second person",
        ),
        (a_run(1, a_value(0.9, 500, qualifier="about")), "baseline stated only as “about”"),
    ],
)
def test_an_unsound_baseline_shows_nothing(baseline, why):
    found = against(an_evidence(1000, 1000), baseline)
    assert (found.state, found.why) == (GateState.INCONCLUSIVE, why)


def test_a_confirmed_baseline_serves():
    baseline = confirmed(a_run(1, flags=(EvidenceFlag.SELF_REPORTED,), days_ago=30))
    assert against(an_evidence(), baseline).state is GateState.PASSED
