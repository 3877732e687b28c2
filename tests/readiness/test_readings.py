"""One figure against a threshold."""

from dataclasses import replace

import pytest

from tests.readiness.gates import a_definition, a_value, an_evidence
from tracker.domain.gate_state import Reading
from tracker.domain.words import Direction, GateState, Scale
from tracker.readiness.readings import Bar, read

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def a_bar(
    threshold: float = 0.95,
    direction: Direction = HIGHER,
    scale: Scale = Scale.SHARE,
    min_n: int | None = None,
    flawless: bool = False,
) -> Bar:
    return Bar(threshold, a_definition(direction, scale), 0.95, min_n, flawless)


def said(reading: Reading) -> tuple[GateState, str]:
    return reading.state, reading.why


def test_a_share_passes_when_its_exact_bound_does():
    reading = read(an_evidence(990, 1000), a_bar(0.98))
    assert said(reading) == (GateState.PASSED, "shows ≥ 98 %")
    assert reading.low == pytest.approx(0.9831, abs=5e-5)
    assert reading.high == pytest.approx(0.9946, abs=5e-5)
    assert (reading.observed, reading.worst_case, reading.n) == (0.99, 0.99, 1000)


def test_a_value_that_meets_the_threshold_with_a_bound_that_does_not_is_inconclusive():
    reading = read(an_evidence(495, 500), a_bar(0.98))
    assert said(reading) == (GateState.INCONCLUSIVE, "shows ≥ 97.9 %, not ≥ 98 %")


def test_a_value_on_the_wrong_side_has_failed_however_few_samples_there_are():
    assert said(read(an_evidence(1, 2), a_bar(0.6))) == (
        GateState.FAILED,
        "observed 50 %, not ≥ 60 %",
    )
    assert read(a_value(0.9), a_bar(0.95)).state is GateState.FAILED


def test_a_value_just_short_of_the_threshold_does_not_print_as_the_threshold():
    assert "94.9 %" in read(a_value(0.94999), a_bar(0.95)).why


@pytest.mark.parametrize("scale", [Scale.SHARE, Scale.PERCENT])
def test_lower_is_better_reads_the_upper_bound(scale):
    whole = scale.whole or 0.0
    passing = read(an_evidence(3, 300, value=None), a_bar(0.03 * whole, LOWER, scale))
    assert said(passing) == (GateState.PASSED, "shows ≤ 3 %")
    short = read(an_evidence(3, 200, value=None), a_bar(0.03 * whole, LOWER, scale))
    assert said(short) == (GateState.INCONCLUSIVE, "shows ≤ 3.9 %, not ≤ 3 %")
    missed = read(an_evidence(7, 200, value=None), a_bar(0.03 * whole, LOWER, scale))
    assert said(missed) == (GateState.FAILED, "observed 3.5 %, not ≤ 3 %")


def test_percent_and_share_give_the_same_answer():
    share = read(a_value(0.99, 1000), a_bar(0.98))
    percent = read(a_value(99.0, 1000), a_bar(98.0, scale=Scale.PERCENT))
    assert percent.state is share.state is GateState.PASSED
    assert percent.low == pytest.approx(100 * (share.low or 0))


def test_a_share_in_percent_is_not_taken_for_a_share():
    assert said(read(a_value(98.5, 1000), a_bar(0.98))) == (
        GateState.INCONCLUSIVE,
        "value outside its scale (share from 0 to 1)",
    )


def test_what_was_not_scored_counts_as_bad_in_the_bound_that_matters():
    """55 of 78 with 2 unfinished, as a danger: 57 of 80, at most 79.5 % (gates.md, section 7)."""
    reading = read(an_evidence(55, 78, errored=2), a_bar(0.75, LOWER))
    assert reading.state is GateState.INCONCLUSIVE
    assert reading.observed == pytest.approx(55 / 78)
    assert reading.worst_case == pytest.approx(57 / 80)
    assert reading.high == pytest.approx(0.795, abs=5e-4)
    higher = read(an_evidence(990, 1000, errored=20), a_bar(0.98))
    assert higher.state is GateState.INCONCLUSIVE
    assert higher.worst_case == pytest.approx(990 / 1020)


def test_without_counts_the_outcomes_are_rounded_towards_the_bad_side():
    assert read(a_value(0.983, 500), a_bar(0.97)).low == read(an_evidence(491, 500), a_bar()).low
    lower = read(a_value(0.0174, 500), a_bar(0.05, LOWER))
    assert lower.high == read(an_evidence(9, 500), a_bar(0.05, LOWER)).high


def test_rounding_takes_no_outcome_away_for_the_noise_of_floats():
    assert 0.29 * 100 < 29
    assert read(a_value(0.29, 100), a_bar(0.1)).low == read(an_evidence(29, 100), a_bar(0.1)).low
    assert 0.07 * 100 > 7
    noisy, counted = a_value(0.07, 100), an_evidence(7, 100)
    assert read(noisy, a_bar(0.2, LOWER)).high == read(counted, a_bar(0.2, LOWER)).high


def test_a_share_without_n_is_read_by_its_standard_error():
    reading = read(a_value(0.97, stderr=0.01), a_bar(0.95))
    assert reading.state is GateState.PASSED
    assert reading.low == pytest.approx(0.97 - 1.6448536 * 0.01)
    assert read(a_value(0.96, stderr=0.01), a_bar(0.95)).state is GateState.INCONCLUSIVE


@pytest.mark.parametrize(
    ("value", "stderr"),
    [(0.99, 0.0), (1.0, 0.001), (0.99, None), (0.99, -0.1)],
)
def test_an_unusable_standard_error_shows_nothing(value, stderr):
    reading = read(a_value(value, stderr=stderr), a_bar(0.95))
    assert said(reading) == (
        GateState.INCONCLUSIVE,
        "no n and no usable standard error on record",
    )
    assert (reading.low, reading.high) == (None, None)


def test_a_share_of_nothing_is_no_better_shown():
    assert read(a_value(0.0, stderr=0.01), a_bar(0.05, LOWER)).state is GateState.INCONCLUSIVE


def test_a_value_of_nothing_or_everything_with_n_is_a_count():
    assert read(a_value(1.0, 149), a_bar(0.98)).state is GateState.PASSED
    assert read(a_value(1.0, 148), a_bar(0.98)).state is GateState.INCONCLUSIVE
    assert read(a_value(0.0, 149), a_bar(0.02, LOWER)).state is GateState.PASSED


def test_another_number_is_read_by_its_standard_error_whatever_its_n():
    bar = a_bar(60, scale=Scale.NUMBER)
    assert read(a_value(64, 1000, stderr=2), bar).state is GateState.PASSED
    assert read(a_value(64, 1000), bar).state is GateState.INCONCLUSIVE


@pytest.mark.parametrize(
    ("value", "direction", "threshold", "state"),
    [
        (0, LOWER, 0, GateState.PASSED),
        (2, LOWER, 2, GateState.PASSED),
        (3, LOWER, 2, GateState.FAILED),
        (10, HIGHER, 10, GateState.PASSED),
        (9, HIGHER, 10, GateState.FAILED),
    ],
)
def test_a_count_compares_directly_and_may_just_meet_its_threshold(
    value, direction, threshold, state
):
    bar = a_bar(threshold, direction, Scale.COUNT)
    assert read(a_value(value), bar).state is state


def test_a_count_of_harms_counts_what_was_not_scored():
    bar = a_bar(2, LOWER, Scale.COUNT)
    assert read(a_value(1, errored=1), bar).state is GateState.PASSED
    assert read(a_value(1, errored=2), bar).state is GateState.INCONCLUSIVE


def test_no_sample_shows_a_hundred_percent():
    for evidence in (an_evidence(100_000, 100_000), an_evidence(10**12, 10**12)):
        assert read(evidence, a_bar(1.0)).state is GateState.INCONCLUSIVE
    none = an_evidence(0, 10**12)
    assert read(none, a_bar(0.0, LOWER)).state is GateState.INCONCLUSIVE


def test_a_bound_equal_to_the_threshold_but_for_noise_passes():
    low = read(an_evidence(990, 1000), a_bar()).low or 0.0
    assert read(an_evidence(990, 1000), a_bar(low + 5e-13)).state is GateState.PASSED
    assert read(an_evidence(990, 1000), a_bar(low + 1e-9)).state is GateState.INCONCLUSIVE


def test_fewer_samples_than_asked_for_show_nothing():
    assert said(read(an_evidence(250, 250), a_bar(0.95, min_n=300))) == (
        GateState.INCONCLUSIVE,
        "n = 250, 300 asked for",
    )
    assert said(read(a_value(0.99, stderr=0.001), a_bar(0.95, min_n=300))) == (
        GateState.INCONCLUSIVE,
        "no n on record, 300 asked for",
    )
    assert read(an_evidence(300, 300), a_bar(0.95, min_n=300)).state is GateState.PASSED
    count = a_bar(0, LOWER, Scale.COUNT, min_n=600)
    assert read(a_value(0, 599), count).state is GateState.INCONCLUSIVE
    assert read(a_value(0, 600), count).state is GateState.PASSED


def test_samples_that_were_not_scored_do_not_fill_the_number_asked_for():
    evidence = an_evidence(299, 299, errored=10)
    assert read(evidence, a_bar(0.9, min_n=300)).why == "n = 299, 300 asked for"


@pytest.mark.parametrize(
    ("n", "why"),
    [
        (None, "stated only as “more than”"),
        (500, "stated only as “more than”; 495/500 shows ≥ 97.9 %"),
    ],
)
def test_a_value_that_is_only_a_limit_shows_nothing_without_counts(n, why):
    evidence = a_value(0.99, n, qualifier="more than")
    assert said(read(evidence, a_bar())) == (GateState.INCONCLUSIVE, why)
    assert read(evidence, a_bar()).qualifier == "more than"
    missed = read(replace(evidence, value=0.9), a_bar())
    assert said(missed) == (GateState.FAILED, "observed more than 90 %, not ≥ 95 %")
    counted = read(an_evidence(990, 1000, qualifier="more than"), a_bar())
    assert (counted.state, counted.qualifier) == (GateState.PASSED, "")


def test_no_value_is_no_answer():
    assert said(read(a_value(None, 500), a_bar())) == (
        GateState.INCONCLUSIVE,
        "no usable value on record",
    )


def test_a_file_that_says_the_other_way_is_good_passes_nothing():
    evidence = an_evidence(higher_is_better=False)
    assert said(read(evidence, a_bar())) == (
        GateState.INCONCLUSIVE,
        "the file and the metric's definition disagree on which way is good",
    )
    assert read(replace(evidence, higher_is_better=True), a_bar()).state is GateState.PASSED


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"value": 0.97}, "value and counts disagree"),
        ({"value": 1.01}, "value outside its scale (share from 0 to 1)"),
        ({"n": 2000}, "counts do not add up to n"),
        ({"n": 0}, "nothing was scored"),
        ({"failed": -10}, "counts that cannot be"),
        ({"failed": None, "n": None}, "counts that cannot be"),
    ],
)
def test_figures_that_contradict_themselves_pass_nothing(fields, why):
    assert said(read(replace(an_evidence(), **fields), a_bar())) == (GateState.INCONCLUSIVE, why)


@pytest.mark.parametrize(
    ("value", "why"), [(-3.0, "-3 is no count"), (0.4, "0.4 is no count"), (0.0, "disagree")]
)
def test_a_count_is_whole_not_below_nothing_and_what_was_counted(value, why):
    bar = a_bar(1, LOWER, Scale.COUNT)
    reading = read(an_evidence(12, 100, value=value), bar)
    assert reading.state is GateState.INCONCLUSIVE
    assert why in reading.why
    assert read(an_evidence(0, 100, value=0.0), bar).state is GateState.PASSED


def test_where_nothing_was_scored_no_standard_error_shows_anything():
    for scale in (Scale.SHARE, Scale.NUMBER):
        reading = read(a_value(0.99, 0, stderr=0.001), a_bar(scale=scale))
        assert said(reading) == (GateState.INCONCLUSIVE, "nothing was scored")


def test_counted_outcomes_are_a_share_whatever_the_metric_is_called():
    few = an_evidence(0, 10, stderr=1e-9)
    number = read(few, a_bar(0.05, LOWER, Scale.NUMBER))
    assert said(number) == (
        GateState.INCONCLUSIVE,
        "counted outcomes make a share, no other number",
    )


def test_a_value_that_misses_passes_nothing_however_good_its_counts():
    bar = a_bar(0.001, LOWER)
    assert read(an_evidence(0, 5000), bar).state is GateState.PASSED
    reading = read(an_evidence(0, 5000, value=0.004), bar)
    assert said(reading) == (GateState.INCONCLUSIVE, "value and counts disagree")


def test_a_share_that_its_source_states_in_percent_is_not_taken_for_one():
    stated = read(a_value(0.98, 10_000, unit="% of answers"), a_bar(0.95))
    assert said(stated) == (
        GateState.INCONCLUSIVE,
        "stated in “% of answers”, read as a share from 0 to 1",
    )


def test_of_a_value_and_counts_that_disagree_the_worse_one_is_observed():
    assert read(an_evidence(990, 1000, value=0.9), a_bar()).state is GateState.FAILED
    assert read(an_evidence(900, 1000, value=0.99), a_bar()).state is GateState.FAILED


def test_a_rounded_value_does_not_contradict_its_counts():
    reading = read(an_evidence(991, 1000, value=0.99), a_bar())
    assert (reading.state, reading.observed) == (GateState.PASSED, 0.991)


def test_where_none_is_tolerated_one_failure_has_failed():
    why = "a failure was observed, and none is tolerated"
    bar = a_bar(0.9, flawless=True)
    assert said(read(an_evidence(999, 1000), bar)) == (GateState.FAILED, why)
    assert said(read(a_value(0.999), bar)) == (GateState.FAILED, why)
    assert read(an_evidence(1000, 1000), bar).state is GateState.PASSED
    assert read(an_evidence(1000, 1000, errored=1), bar).state is GateState.PASSED
    lower = a_bar(0.1, LOWER, flawless=True)
    assert said(read(an_evidence(1, 1000), lower)) == (GateState.FAILED, why)
    count = a_bar(5, LOWER, Scale.COUNT, flawless=True)
    assert said(read(a_value(1), count)) == (GateState.FAILED, why)
    assert read(a_value(0), count).state is GateState.PASSED


def test_a_number_has_no_failures_to_count():
    bar = a_bar(60, scale=Scale.NUMBER, flawless=True)
    assert read(a_value(64, stderr=1), bar).state is GateState.PASSED


def test_samples_that_were_not_scored_make_a_mean_unusable():
    reading = read(a_value(64, stderr=1, errored=2), a_bar(60, scale=Scale.NUMBER))
    assert said(reading) == (
        GateState.INCONCLUSIVE,
        "2 planned samples not scored, and no n on record",
    )
    assert reading.worst_case is None
