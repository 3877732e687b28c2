"""What would settle a gate, in words."""

import pytest

from tests.readiness.gates import a_definition, a_gate, a_run, a_value, an_evidence
from tests.readiness.gates_today import status_of
from tracker.domain.words import Direction, GateCoverage, Scale
from tracker.readiness.bounds import needed_n

LOWER = a_definition(Direction.LOWER)


@pytest.mark.parametrize(
    ("threshold", "passed", "n", "words"),
    [
        (0.98, 495, 500, "495/500 shows ≥ 97.9 %, not 98 %: 523 with 5 failures would"),
        (0.98, 148, 148, "148/148 shows ≥ 97.9 %, not 98 %: 149 with no failure would"),
        (0.95, 39, 40, "39/40 shows ≥ 88.6 %, not 95 %: 93 with 1 failure would"),
        (
            1.0,
            900,
            900,
            "900/900 shows ≥ 99.6 %, not 100 %: no sample can show that, however large",
        ),
    ],
)
def test_a_rate_says_the_fewest_samples_with_as_many_failures(threshold, passed, n, words):
    gate = a_gate(threshold=threshold)
    assert status_of(gate, a_run(1, an_evidence(passed, n))).settles == words


def test_a_value_on_the_threshold_itself_never_settles_at_its_rate():
    words = status_of(a_gate(), a_run(1, an_evidence(38, 40))).settles
    assert words == (
        "38/40 shows ≥ 85 %, not 95 %: at this rate no number of samples would, "
        "124 with 2 failures would"
    )


def test_a_rate_that_should_be_low_counts_its_outcomes_as_failures():
    status = status_of(a_gate(threshold=0.03), a_run(1, an_evidence(3, 200)), definition=LOWER)
    assert status.settles == "3/200 shows ≤ 3.9 %, not 3 %: 257 with 3 failures would"


def test_what_was_not_scored_is_a_failure():
    status = status_of(a_gate(threshold=0.98), a_run(1, an_evidence(496, 496, errored=5)))
    assert status.settles == "496/501 shows ≥ 97.9 %, not 98 %: 523 with 5 failures would"


def test_a_failed_gate_is_settled_by_no_number():
    words = status_of(a_gate(), a_run(1, an_evidence(36, 40))).settles
    assert words == "only a better result would, no number of samples"


def test_without_n_two_examples_are_given():
    words = "with no failure 149 would do, with 3 failures 386"
    gate = a_gate(threshold=0.98)
    assert status_of(gate, a_run(1, a_value(0.99))).settles == words
    assert status_of(gate).settles == words


def test_the_examples_heed_the_least_n():
    gate = a_gate(threshold=0.98, min_n=300)
    assert status_of(gate).settles == "with no failure 300 would do, with 3 failures 386"
    assert status_of(a_gate(threshold=1.0)).settles == "no sample can show that, however large"


def test_where_the_least_n_is_the_most_that_is_asked_it_says_how_many_may_fail():
    words = "600 samples with at most 6 failures would"
    gate = a_gate(threshold=0.98, min_n=600)
    assert status_of(gate).settles == words
    assert status_of(gate, a_run(1, a_value(0.99))).settles == words
    six, seven = (needed_n(0.98, failures, gate.confidence) for failures in (6, 7))
    assert six is not None
    assert seven is not None
    assert six <= 600 < seven
    few = status_of(a_gate(threshold=0.98, min_n=386))
    assert few.settles == "386 samples with at most 3 failures would"


def test_too_few_samples_name_the_number_that_does_both():
    gate = a_gate(threshold=0.98, min_n=600)
    assert status_of(gate, a_run(1, an_evidence(300, 300))).settles == "600 with no failure would"
    assert status_of(gate, a_run(1, an_evidence(590, 599))).settles == "782 with 9 failures would"
    number = a_definition(scale=Scale.NUMBER)
    sparse = status_of(
        a_gate(threshold=1.0, min_n=600), a_run(1, a_value(2.0, 20)), definition=number
    )
    assert sparse.settles == "n ≥ 600 would be needed"
    whole = status_of(a_gate(threshold=1.0, min_n=600), a_run(1, an_evidence(20, 20)))
    assert whole.settles == "no sample can show that, however large"


def test_a_mean_says_which_standard_error_would_do():
    number = a_definition(scale=Scale.NUMBER)
    gate = a_gate(threshold=60)
    short = status_of(gate, a_run(1, a_value(64, stderr=3)), definition=number)
    assert short.settles == "a standard error of at most 2.4318 would"
    equal = status_of(gate, a_run(1, a_value(60, stderr=3)), definition=number)
    assert equal.settles == "only a better result would, the value is the threshold itself"


def test_a_count_that_is_not_complete_waits_for_a_newer_run():
    count = a_definition(Direction.LOWER, Scale.COUNT)
    status = status_of(a_gate(threshold=2), a_run(1, a_value(1, errored=5)), definition=count)
    assert status.settles == "a newer run would"


def test_a_passed_gate_needs_nothing():
    assert status_of(a_gate(), a_run()).settles == ""


def test_a_slice_is_named():
    gate = a_gate(coverage=GateCoverage.EVERY_SLICE)
    run = a_run(1, an_evidence(200, 200, "fraud"), an_evidence(39, 40, "malware"))
    status = status_of(gate, run)
    assert status.why == "malware: shows ≥ 88.6 %, not ≥ 95 %"
    assert status.settles.startswith("malware: 39/40 shows")


def test_a_figure_that_contradicts_itself_waits_for_a_newer_run():
    status = status_of(a_gate(), a_run(1, an_evidence(990, 1000, higher_is_better=False)))
    assert status.settles == "a newer run would"


def test_a_number_without_a_run_has_no_examples():
    number = a_definition(scale=Scale.NUMBER)
    assert status_of(a_gate(), definition=number).settles == ""
