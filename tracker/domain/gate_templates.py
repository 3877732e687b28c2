"""Templates of launch criteria; their thresholds are the organisation's own."""

from dataclasses import dataclass
from typing import Final

from tracker.domain.words import Direction, GateCoverage, GateKind, Scale

OVER_REFUSAL: Final = "over_refusal"
"""The policy area of the counterweights: what safety costs in refused help."""


@dataclass(frozen=True, slots=True)
class PublishedExample:
    """What a public document printed about some model: context for a threshold, not its reason."""

    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class GateTemplate:
    """A launch criterion to start from.

    Attributes:
        areas: Codes of the policy areas that it is for.
        starter: Which of our twelve starter criteria it belongs to; None for the others.
        metric: What to measure, in words: the slot is chosen when the gate is written. Empty for
            an attested gate.
        statement: What has to be attested; empty for a measured gate.
        scale, direction, threshold: As in a metric's definition and a gate; None where attested.
        margin: How much worse than a baseline run it may be, in the metric's scale; None where no
            baseline is asked for.
        twin: Key of the template that shows the price in refused help; None where none is needed.
        examples: Published figures with their documents.
    """

    key: str
    title: str
    areas: tuple[str, ...]
    starter: int | None
    kind: GateKind
    metric: str
    statement: str
    scale: Scale | None
    direction: Direction | None
    threshold: float | None
    coverage: GateCoverage
    confidence: float
    min_n: int | None
    max_age_days: int
    must_pass: bool
    margin: float | None
    twin: str | None
    rationale: str
    examples: tuple[PublishedExample, ...]
