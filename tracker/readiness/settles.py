"""What would settle a gate that is not passed, in words."""

from typing import Final

from tracker.domain.evidence import EvidenceRecord, MetricDefinitionRecord
from tracker.domain.gate_state import Reading
from tracker.domain.gates import GateRecord
from tracker.domain.words import GateState, Scale
from tracker.readiness.bounds import needed_n, normal_quantile, reaches
from tracker.readiness.gate_words import exact_words, low_words
from tracker.readiness.readings import Bar, Sample, sample_of, shown_words

NEWER_RUN: Final = "a newer run would"
SHOWN_FAILURES: Final = 3
"""Failures of the second example where no n is on record."""


def of_nothing(gate: GateRecord, definition: MetricDefinitionRecord | None) -> str:
    """Say how many samples a first run needs; empty where that cannot be said."""
    if gate.threshold is None or definition is None or definition.scale.whole is None:
        return ""
    return of_first_run(Bar(gate.threshold, definition, gate.confidence, gate.min_n))


def of_first_run(bar: Bar) -> str:
    """Say how many samples show a share: without a failure and with a few, or with the least n.

    Args:
        bar: Of a metric whose values are shares or percent.
    """
    share = _good_share(bar)
    without = needed_n(share, 0, bar.confidence)
    with_some = needed_n(share, SHOWN_FAILURES, bar.confidence)
    if without is None or with_some is None:
        return _NEVER
    least = bar.min_n or 0
    if with_some <= least:
        most = _most_failures(share, least, bar.confidence)
        return f"{least:,} samples with at most {_failures(most)} would"
    return (
        f"with no failure {max(without, least):,} would do, "
        f"with {SHOWN_FAILURES} failures {with_some:,}"
    )


def of_reading(evidence: EvidenceRecord, reading: Reading, bar: Bar) -> str:
    """Say what would settle one figure that does not pass."""
    if reading.state is GateState.PASSED:
        return ""
    if reading.state is GateState.FAILED:
        return "only a better result would, no number of samples"
    sample = sample_of(evidence, bar)
    if bar.min_n is not None and (reading.n is None or reading.n < bar.min_n):
        return _with_min_n(sample, bar)
    if sample is not None:
        return _of_sample(sample, reading, bar)
    if bar.scale.whole is not None:
        return of_first_run(bar)
    return _of_error(evidence, reading, bar)


def _with_min_n(sample: Sample | None, bar: Bar) -> str:
    if sample is None:
        return of_first_run(bar) if bar.scale.whole else f"n ≥ {bar.min_n:,} would be needed"
    least = needed_n(_good_share(bar), sample.failures(bar.higher), bar.confidence)
    if least is None:
        return _NEVER
    failures = _failures(sample.failures(bar.higher))
    return f"{max(least, bar.min_n or 0):,} with {failures} would"


def _of_sample(sample: Sample, reading: Reading, bar: Bar) -> str:
    failures = sample.failures(bar.higher)
    bound = reading.low if bar.higher else reading.high
    if bound is None or bar.is_met_by(bound):
        return NEWER_RUN
    shown = f"{shown_words(sample, bound, bar)}, not {exact_words(bar.threshold, bar.scale)}"
    least = needed_n(_good_share(bar), failures, bar.confidence)
    if least is None:
        return f"{shown}: {_NEVER}"
    if reaches(_good_share(bar), 1.0 - failures / sample.planned):
        at_this_rate = "at this rate no number of samples would"
        return f"{shown}: {at_this_rate}, {least:,} with {_failures(failures)} would"
    return f"{shown}: {least:,} with {_failures(failures)} would"


_NEVER = "no sample can show that, however large"


def _most_failures(share: float, n: int, confidence: float) -> int:
    """Most failures with which `n` samples show a share, where `SHOWN_FAILURES` do."""
    few, many = SHOWN_FAILURES, n
    while many - few > 1:
        middle = (few + many) // 2
        least = needed_n(share, middle, confidence)
        if least is not None and least <= n:
            few = middle
        else:
            many = middle
    return few


def _of_error(evidence: EvidenceRecord, reading: Reading, bar: Bar) -> str:
    """For a mean: the standard error with which the value would do."""
    if reading.observed is None or bar.scale is Scale.COUNT or evidence.errored:
        return NEWER_RUN
    room = abs(reading.observed - bar.threshold) / (normal_quantile(bar.confidence) or 1.0)
    if reaches(0.0, room):
        return "only a better result would, the value is the threshold itself"
    return f"a standard error of at most {low_words(room, bar.scale, 4)} would"


def _good_share(bar: Bar) -> float:
    """The threshold as the least share of good outcomes."""
    share = bar.threshold / (bar.scale.whole or 1.0)
    return share if bar.higher else 1.0 - share


def _failures(count: int) -> str:
    return {0: "no failure", 1: "1 failure"}.get(count, f"{count:,} failures")
