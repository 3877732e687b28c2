"""Thresholds, figures and intervals in words."""

import pytest

from tests.readiness.gates import (
    a_definition,
    a_gate,
    a_run,
    a_value,
    an_attested_gate,
    an_evidence,
)
from tests.readiness.gates_today import status_of
from tracker.domain.words import Direction, GateCoverage, Scale
from tracker.readiness.gate_words import (
    decimals_of,
    exact_words,
    high_words,
    low_words,
    n_words,
    observed_words,
    threshold_words,
)

LOWER = Direction.LOWER


@pytest.mark.parametrize(
    ("threshold", "definition", "words"),
    [
        (0.98, a_definition(), "≥ 98 %"),
        (0.07, a_definition(LOWER), "≤ 7 %"),
        (0.9995, a_definition(), "≥ 99.95 %"),
        (98.0, a_definition(scale=Scale.PERCENT), "≥ 98 %"),
        (0, a_definition(LOWER, Scale.COUNT), "≤ 0"),
        (-50, a_definition(LOWER, Scale.NUMBER), "≤ -50"),
        (98.0, None, "98"),
    ],
)
def test_a_threshold_is_written_in_its_metric_s_scale(threshold, definition, words):
    assert threshold_words(a_gate(threshold=threshold), definition) == words


def test_a_threshold_for_every_slice_says_so():
    gate = a_gate(coverage=GateCoverage.EVERY_SLICE)
    assert threshold_words(gate, a_definition()) == "≥ 95 %, every slice"


def test_an_attested_gate_has_no_number():
    assert threshold_words(an_attested_gate(), None) == "attested"


def test_figures_are_cut_and_never_rounded_over_a_threshold():
    assert low_words(0.94999, Scale.SHARE) == "94.9 %"
    assert high_words(0.03001, Scale.SHARE) == "3.1 %"
    assert low_words(0.95, Scale.SHARE) == high_words(0.95, Scale.SHARE) == "95 %"
    assert low_words(0.29, Scale.SHARE) == high_words(0.29, Scale.SHARE) == "29 %"
    assert low_words(1234.5, Scale.NUMBER) == "1234.5"


def test_figures_have_as_many_decimals_as_the_threshold_beside_them():
    assert decimals_of(0.9995, Scale.SHARE) == 2
    assert decimals_of(0.98, Scale.SHARE) == 1
    assert decimals_of(0.34, Scale.NUMBER) == 3
    assert exact_words(0.9995, Scale.SHARE) == "99.95 %"


def test_n_is_said_or_said_to_be_unknown():
    assert n_words(12_000) == "n = 12,000"
    assert n_words(None) == "no n"


def test_what_a_run_shows_is_one_phrase():
    status = status_of(a_gate(threshold=0.98), a_run(1, an_evidence(495, 500)))
    assert observed_words(status) == "99 % (97.9 % to 99.7 %, n = 500)"
    bare = status_of(a_gate(), a_run(1, a_value(0.99)))
    assert observed_words(bare) == "99 % (no n)"
    limited = status_of(a_gate(), a_run(1, a_value(0.99, qualifier="more than")))
    assert observed_words(limited) == "more than 99 % (no n)"
    counted = status_of(a_gate(), a_run(1, an_evidence(495, 500, qualifier="about")))
    assert observed_words(counted) == "99 % (97.9 % to 99.7 %, n = 500)"
    lower = status_of(
        a_gate(threshold=0.03), a_run(1, an_evidence(3, 300)), definition=a_definition(LOWER)
    )
    assert observed_words(lower) == "1 % (0.2 % to 2.6 %, n = 300)"


def test_without_a_figure_there_is_nothing_to_say():
    assert observed_words(status_of(a_gate())) == ""
    assert observed_words(status_of(an_attested_gate())) == ""
