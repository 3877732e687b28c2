"""The figures of one Inspect score: which slice each is about, and its standard error."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, cast

from tracker.readers.evidence.inspect_header import LoggedMetric, LoggedScore
from tracker.readers.evidence.inspect_samples import Part

SHARES: Final = ("accuracy", "mean")
_ERRORS: Final = ("stderr", "bootstrap_stderr")


class Figure(NamedTuple):
    """One value of a score; `slice` is empty where it is about all samples."""

    metric: str
    slice: str
    part: Part
    value: float | None
    stderr: float | None = None


def figures_of(score: LoggedScore) -> tuple[Figure, ...]:
    """Every figure but the standard errors, which stand beside the one that they are about.

    Standard errors of groups are left out: Inspect does not say which group each belongs to, and
    the samples of a group give its n.
    """
    plain = {
        _base(name): metric.value for name, metric in score.metrics.items() if not _key(metric)
    }
    error = next((plain.pop(name) for name in _ERRORS if name in plain), None)
    holder = next((name for name in (*SHARES, *plain) if name in plain), "")
    overall = [
        Figure(name, "", Part(), value, error if name == holder else None)
        for name, value in plain.items()
        if name not in _ERRORS
    ]
    return (*overall, *_grouped(score, frozenset(plain)))


def group_keys_of(scores: Iterable[LoggedScore]) -> frozenset[str]:
    """Keys of the samples' metadata by which any figure is grouped."""
    return frozenset(_key(metric) for score in scores for metric in score.metrics.values()) - {""}


def _grouped(score: LoggedScore, plain: frozenset[str]) -> Iterator[Figure]:
    """Figures by group; their total only where the score has no figure of its own for it."""
    grouped = {name: metric for name, metric in score.metrics.items() if _key(metric)}
    pairs = {(_measure(metric), _key(metric)) for metric in grouped.values()}
    keys_of = Counter(measure for measure, _ in pairs)
    for name, metric in grouped.items():
        measure, key = _measure(metric), _key(metric)
        if measure in _ERRORS:
            continue
        if name != _total_label(metric):
            label = f"{key}: {name}" if keys_of[measure] > 1 else name
            yield Figure(measure, label, Part(key, name), metric.value)
        elif measure not in plain:
            yield Figure(measure, "", Part(), metric.value)


def _base(name: str) -> str:
    return name.removeprefix("inspect_ai/")


def _key(metric: LoggedMetric) -> str:
    """The metadata key that a metric is grouped by; empty for one that is not grouped."""
    key = metric.settings.get("group_key")
    return key if "metric" in metric.settings and isinstance(key, str) else ""


def _measure(metric: LoggedMetric) -> str:
    """What is measured in each group, such as "accuracy"."""
    inner: object = metric.settings.get("metric")
    name = cast(dict[str, object], inner).get("name") if isinstance(inner, dict) else inner
    return _base(name) if isinstance(name, str) and name else "value"


def _total_label(metric: LoggedMetric) -> str:
    label = metric.settings.get("all_label")
    return label if isinstance(label, str) else "all"
