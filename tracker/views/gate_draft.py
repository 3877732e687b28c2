"""A launch criterion while it is written: what it would ask for, and what that takes."""

from dataclasses import dataclass

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_templates import GateTemplate
from tracker.domain.words import Scale
from tracker.readiness.bounds import share_high, share_low
from tracker.readiness.gate_words import exact_words
from tracker.readiness.readings import Bar
from tracker.readiness.settles import of_first_run


@dataclass(frozen=True, slots=True)
class Hint:
    """What a threshold means before it is saved.

    Attributes:
        asks: The threshold in words.
        takes: How many samples show it; empty where the metric is no share.
        never: Why no run of the least size could pass it; empty where one could.
    """

    asks: str
    takes: str
    never: str


def hint(bar: Bar) -> Hint:
    """Say what a threshold asks for, and whether the least number of samples could show it."""
    asks = f"It asks for {bar.named} of “{bar.definition.metric}” ({bar.definition.direction})."
    if bar.scale.whole is None:
        return Hint(asks, "", "")
    takes = f"To show it: {of_first_run(bar)}."
    return Hint(asks, takes, _never(bar))


def _never(bar: Bar) -> str:
    n, whole = bar.min_n, bar.scale.whole
    if n is None or whole is None:
        return ""
    best = whole * best_share(n, bar)
    if bar.is_met_by(best):
        return ""
    sign = "≥" if bar.higher else "≤"
    return f"With {n:,} prompts the best that this gate can ever show is {sign} {bar.words(best)}."


def best_share(n: int, bar: Bar) -> float:
    """Return the bound that n samples without a single failure give."""
    if bar.higher:
        return share_low(n, n, bar.confidence)
    return share_high(0, n, bar.confidence)


def unlike(template: GateTemplate, definition: MetricDefinitionRecord) -> str:
    """Say where a metric is not what a template's threshold is meant for; empty where it is."""
    if template.scale is None or template.threshold is None:
        return ""
    meant = f"{template.scale}, {template.direction}"
    has = f"{definition.scale}, {definition.direction}"
    if meant == has:
        return ""
    written = template_threshold(template)
    return f"The template means {written} ({meant}); this metric is {has}. Fit the threshold to it."


def template_threshold(template: GateTemplate) -> str:
    """Return a template's threshold in words, such as "98 %"; empty where it has none."""
    if template.threshold is None:
        return ""
    return exact_words(template.threshold, template.scale or Scale.NUMBER)
