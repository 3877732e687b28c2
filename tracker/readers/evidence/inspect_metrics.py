"""From the figures of an Inspect log to metrics with counts.

A metric is called "<score>/<metric>". Epochs are reduced before anything is counted: n is samples,
never samples times epochs.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from tracker.domain.evidence import MetricReading
from tracker.readers.evidence.inspect_figures import SHARES, Figure, figures_of
from tracker.readers.evidence.inspect_header import Header, LoggedScore, Results
from tracker.readers.evidence.inspect_samples import Column, Part, SampleCounts, Tally

_TOLERANCE: Final = 5e-5
"""Of a stated share against the counted one: the files round to four digits at the least."""


class Measured(NamedTuple):
    """Metrics, the headline first, and sentences about what could not be counted."""

    metrics: tuple[MetricReading, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A score with all that its figures need.

    Attributes:
        planned: Samples that should have been scored; None where the log does not say.
        lost: At least so many of them were not run to the end, each missing epoch counted as if
            it lay in a sample of its own, up to whole samples.
        by_group: Samples seen in each group, scored or not.
    """

    name: str
    score: LoggedScore
    counts: SampleCounts
    planned: int | None
    lost: int
    epochs: int
    by_group: Mapping[Part, int]


def metrics_of(
    header: Header, counts: SampleCounts, conditions: Mapping[str, Mapping[str, str]]
) -> Measured:
    """All metrics of a log.

    Args:
        header: The log without its samples.
        counts: Of its samples.
        conditions: By scorer.
    """
    if header.results is None:
        return Measured((), ())
    found: list[MetricReading] = []
    warnings: list[str] = []
    for scored in _scored(header, header.results, counts):
        about = conditions.get(scored.score.scorer, {})
        for figure in figures_of(scored.score):
            tally = _tally(scored, figure.part)
            reading = _reading(header.eval.task, scored, figure, tally)
            found.append(replace(_held_to(reading, tally), conditions=about))
            warnings.extend(_doubts(reading, tally))
    headline = _headline(header.results)
    return Measured(tuple(sorted(found, key=lambda m: m.metric != headline)), tuple(warnings))


def planned_samples(header: Header) -> int | None:
    """How many samples the run was to score, its limit applied; None where it does not say."""
    if header.eval.dataset.sample_ids:
        return len(header.eval.dataset.sample_ids)
    if header.results is not None and header.results.total_samples > 0:
        return _whole_samples(header.results.total_samples, epochs_of(header))
    return None


def epochs_of(header: Header) -> int:
    """How often each sample was run, at least once."""
    return max(header.eval.config.epochs or 1, 1)


def _whole_samples(rows: int, epochs: int) -> int:
    """So many samples at the most have rows, in whole numbers: a forged one may be too large."""
    return -(-rows // epochs)


def _scored(header: Header, results: Results, counts: SampleCounts) -> Iterator[_Scored]:
    scores = results.all_scores
    names = Counter((score.name, score.reducer) for score in scores)
    epochs, planned = epochs_of(header), planned_samples(header)
    lost = _whole_samples(max(results.total_samples - results.completed_samples, 0), epochs)
    by_group = counts.planned_by_group()
    for score in scores:
        repeated = names[score.name, score.reducer] > 1
        name = f"{score.scorer}.{score.name}" if repeated else score.name
        if score.reducer not in (None, "", "mean"):
            name = f"{name} ({score.reducer})"
        yield _Scored(name, score, counts, planned, lost, epochs, by_group)


def _tally(scored: _Scored, part: Part) -> Tally | None:
    """What the samples say about a score; rows stand for samples only if each was run once."""
    score, counts = scored.score, scored.counts
    column = Column(score.scorer, score.reducer or "")
    known = counts.tallies
    if not known and scored.epochs == 1:
        known = counts.rows
    candidates = (column._replace(key=score.name), column, Column(""))
    return next((known[key, part] for key in candidates if (key, part) in known), None)


def _reading(task: str, scored: _Scored, figure: Figure, tally: Tally | None) -> MetricReading:
    n = tally.n if tally else None
    if figure.part == Part():
        n = _no_more_than(_overall_n(scored, n), scored.planned, len(scored.counts.ids) or None)
        errored = max((scored.planned or 0) - (n or 0), scored.score.unscored_samples or 0)
        errored = max(errored, scored.lost) if scored.planned is not None else scored.lost
    else:
        errored = max(scored.by_group.get(figure.part, 0) - (n or 0), 0)
    return MetricReading(
        task=task,
        metric=f"{scored.name}/{figure.metric}",
        slice=figure.slice,
        value=figure.value,
        stderr=figure.stderr,
        n=n,
        errored=errored,
    )


def _overall_n(scored: _Scored, counted: int | None) -> int | None:
    stated = scored.score.scored_samples
    if stated is not None:
        return stated
    if counted is not None or scored.planned is None:
        return counted
    return max(scored.planned - scored.lost, 0)


def _no_more_than(n: int | None, *limits: int | None) -> int | None:
    """Samples are told apart by their ids: rows that share one are no further samples."""
    return None if n is None else min(n, *(limit for limit in limits if limit is not None), n)


def _agrees(reading: MetricReading, tally: Tally) -> bool:
    """Whether the counted share is the stated one, over the same samples."""
    same = reading.n == tally.n > 0 and reading.value is not None
    return same and math.isclose(
        reading.value or 0.0, tally.total / tally.n, rel_tol=0, abs_tol=_TOLERANCE
    )


def _held_to(reading: MetricReading, tally: Tally | None) -> MetricReading:
    """Add passed and failed where every value is 1 or 0 and they make the stated share.

    Nobody knows what a share rests on that the samples beside it do not make: it has no n.
    """
    if not _is_share(reading) or tally is None:
        return reading
    if not _agrees(reading, tally):
        return replace(reading, n=None, stderr=None)
    return reading if tally.others else replace(reading, passed=tally.ones, failed=tally.zeros)


def _doubts(reading: MetricReading, tally: Tally | None) -> Iterator[str]:
    if not _is_share(reading):
        return
    name = f"{reading.metric} ({reading.slice})" if reading.slice else reading.metric
    if tally is None:
        yield f"{name}: the log holds no samples to count."
    elif not _agrees(reading, tally):
        yield (
            f"{name}: the samples do not add up to the stated value, which is taken as the log "
            "has it: without n."
        )


def _is_share(reading: MetricReading) -> bool:
    return reading.metric.rsplit("/", 1)[-1] in SHARES


def _headline(results: Results) -> str:
    named = results.headline
    return f"{named.score}/{named.metric}" if named and named.score and named.metric else ""
