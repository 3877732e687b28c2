"""What holds for the runs of every format, checked once after each reader."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Final, TypeVar

from tracker.domain.evidence import MetricReading, RunReading
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.limits import (
    LONG_TEXT_LENGTH,
    MAX_CONDITIONS,
    MAX_COUNT,
    MAX_METRICS,
    MAX_RUNS,
    MAX_WARNINGS,
    SHORT_TEXT_LENGTH,
    SLOT_TEXT_LENGTH,
    TOOL_LENGTH,
)

T = TypeVar("T", bound=Hashable)

_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def checked(contents: Contents) -> Contents:
    """Hold what a reader found to the limits of the register.

    Texts are made one printable line; those that only describe are cut, with "…" at the end, and
    those that name a slot are refused when too long, since two of them could fall together. What
    is not a finite number becomes None, with a warning.

    Raises:
        ImportRejected: Too many runs or metrics, none at all, two metrics in one slot and slice,
            two runs of one part, a name too long, or counts that contradict each other.
    """
    if not contents.runs:
        raise refused("whole file", "holds no run")
    _within("runs", len(contents.runs), MAX_RUNS)
    _within("metrics", sum(len(run.metrics) for run in contents.runs), MAX_METRICS)
    runs = tuple(_run(run) for run in contents.runs)
    for part in _repeated(run.part for run in runs):
        raise refused(f"run “{part}”", "appears twice in the file")
    return Contents(runs, _sentences(contents.warnings))


def one_line(text: str, most: int = LONG_TEXT_LENGTH) -> str:
    """The text as one printable line in NFC of at most `most` characters, cut with "…"."""
    clean = " ".join(_UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text)).split())
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def _within(what: str, found: int, most: int) -> None:
    if found > most:
        raise refused("whole file", f"holds {found:,} {what}; at most {most:,} can be read")


def _run(run: RunReading) -> RunReading:
    metrics = tuple(_metric(run, metric) for metric in run.metrics)
    for task, metric, part in _repeated((m.task, m.metric, m.slice) for m in metrics):
        place = f"{task}, {metric}" + (f", {part}" if part else "")
        raise refused(place, "appears twice in one run")
    nulled = tuple(
        f"{metric.task}, {metric.metric}: the value is not a finite number; it is kept as unknown."
        for metric in run.metrics
        if metric.value is not None and not math.isfinite(metric.value)
    )
    return replace(
        run,
        part=_exact("the part of a run", run.part),
        tool=one_line(run.tool, TOOL_LENGTH),
        tool_version=one_line(run.tool_version, TOOL_LENGTH),
        model=one_line(run.model, SHORT_TEXT_LENGTH),
        run_id=one_line(run.run_id, TOOL_LENGTH),
        configuration=one_line(run.configuration, SHORT_TEXT_LENGTH),
        source=one_line(run.source, SHORT_TEXT_LENGTH),
        warnings=_sentences(run.warnings + nulled),
        metrics=metrics,
    )


def _metric(run: RunReading, metric: MetricReading) -> MetricReading:
    place = one_line(f"{metric.task}, {metric.metric}", SHORT_TEXT_LENGTH)
    _counts(place, metric)
    if not metric.task.strip() or not metric.metric.strip():
        raise refused(f"run “{one_line(run.part, SHORT_TEXT_LENGTH)}”", "has an unnamed metric")
    return replace(
        metric,
        task=_exact("the name of a task", metric.task),
        metric=_exact("the name of a metric", metric.metric),
        slice=_exact("the name of a slice", metric.slice),
        value=_finite(metric.value),
        stderr=_standard_error(metric.stderr),
        qualifier=one_line(metric.qualifier, TOOL_LENGTH),
        unit=one_line(metric.unit, TOOL_LENGTH),
        conditions=_conditions(metric),
    )


def _counts(place: str, metric: MetricReading) -> None:
    given = (metric.n, metric.passed, metric.failed, metric.errored)
    if any(number is not None and not 0 <= number <= MAX_COUNT for number in given):
        raise refused(place, "has a count below nothing or beyond reason")
    passed, failed = metric.passed, metric.failed
    if (passed is None) != (failed is None):
        raise refused(place, "counts only one of passed and failed")
    if passed is not None and failed is not None and passed + failed != metric.n:
        raise refused(place, f"counts {passed} and {failed}, which is not its n of {metric.n}")


def _conditions(metric: MetricReading) -> dict[str, str]:
    if len(metric.conditions) > MAX_CONDITIONS:
        raise refused(metric.task, f"has more than {MAX_CONDITIONS} conditions")
    return {
        one_line(name, TOOL_LENGTH): one_line(value) for name, value in metric.conditions.items()
    }


def _exact(what: str, text: str) -> str:
    """A text that tells things apart: cleaned, and refused rather than cut."""
    clean = one_line(text, len(text) + 1)
    if len(clean) > SLOT_TEXT_LENGTH:
        raise refused(f"“{clean[:40]}…”", f"is {what} of more than {SLOT_TEXT_LENGTH} characters")
    return clean


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _standard_error(value: float | None) -> float | None:
    finite = _finite(value)
    return finite if finite is not None and finite >= 0 else None


def _sentences(warnings: tuple[str, ...]) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(one_line(warning, SHORT_TEXT_LENGTH * 2) for warning in warnings))
    if len(lines) <= MAX_WARNINGS:
        return lines
    return (*lines[: MAX_WARNINGS - 1], f"{len(lines) - MAX_WARNINGS + 1} more warnings.")


def _repeated(things: Iterable[T]) -> list[T]:
    return [thing for thing, times in Counter(things).items() if times > 1]
