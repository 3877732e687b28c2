"""One figure held against a threshold.

A share of yes-or-no outcomes has exact bounds; a figure with a standard error has normal ones; a
count is exact. What was planned and not scored counts as bad in the bound that matters.
"""

from dataclasses import dataclass
from math import ceil, floor

from tracker.domain.evidence import EvidenceRecord, MetricDefinitionRecord
from tracker.domain.gate_state import Reading
from tracker.domain.words import Direction, GateState, Scale
from tracker.readiness.bounds import NOISE, mean_bounds, reaches, share_high, share_low
from tracker.readiness.gate_words import bad_side_words, decimals_of, exact_words, sign_of

_ROUNDED = 0.005
"""A value and its counts that differ by more than half a percentage point contradict each other."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure is held against.

    Attributes:
        threshold: In the metric's own scale.
        confidence: One-sided.
        min_n: Fewest prompts or scenarios; None where any number will do.
        flawless: Whether a single observed failure is one too many.
    """

    threshold: float
    definition: MetricDefinitionRecord
    confidence: float
    min_n: int | None = None
    flawless: bool = False

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.definition.direction is Direction.HIGHER

    @property
    def scale(self) -> Scale:
        """The metric's scale."""
        return self.definition.scale

    def is_met_by(self, value: float) -> bool:
        """Tell whether a value is on the good side of the threshold, or on it."""
        if self.higher:
            return reaches(value, self.threshold)
        return reaches(self.threshold, value)

    def words(self, value: float) -> str:
        """Return a figure in words, cut towards the bad side."""
        return bad_side_words(value, self.definition, decimals_of(self.threshold, self.scale))

    @property
    def named(self) -> str:
        """The threshold in words."""
        sign = sign_of(self.definition.direction)
        return f"{sign} {exact_words(self.threshold, self.scale)}"


@dataclass(frozen=True, slots=True)
class Sample:
    """Yes-or-no outcomes: how many count towards the metric, of how many, and what is missing."""

    counted: int
    n: int
    missing: int

    def good(self, higher: bool) -> int:
        """Scored outcomes on the good side."""
        return self.counted if higher else self.n - self.counted

    def failures(self, higher: bool) -> int:
        """Outcomes on the bad side, with what is missing counted as bad."""
        return self.planned - self.good(higher)

    @property
    def planned(self) -> int:
        """Outcomes scored and not scored."""
        return self.n + self.missing

    def worst(self, higher: bool) -> int:
        """Outcomes that count if everything missing is bad."""
        return self.counted if higher else self.counted + self.missing


def sample_of(evidence: EvidenceRecord, bar: Bar) -> Sample | None:
    """Return the outcomes behind a share; None where they are neither counted nor implied.

    Without counts, a share of n samples is worth the nearest whole number on the bad side.
    """
    whole = bar.scale.whole
    if whole is None:
        return None
    counted, n = evidence.passed, _n_of(evidence)
    if not n:
        return None
    if counted is None:
        if evidence.value is None or not 0.0 <= evidence.value <= whole:
            return None
        counted = _whole_number(evidence.value / whole * n, bar.higher)
    return Sample(counted, n, evidence.errored) if 0 <= counted <= n else None


def _n_of(evidence: EvidenceRecord) -> int | None:
    if evidence.passed is not None and evidence.failed is not None:
        return evidence.passed + evidence.failed
    return evidence.n


def _whole_number(outcomes: float, higher: bool) -> int:
    slack = NOISE * max(1.0, outcomes)
    return floor(outcomes + slack) if higher else ceil(outcomes - slack)


def read(evidence: EvidenceRecord, bar: Bar) -> Reading:
    """Hold a figure against a threshold; its state follows from this figure alone."""
    sample = sample_of(evidence, bar)
    observed = _observed(evidence, sample, bar)
    worst, low, high = _bounds(evidence, sample, observed, bar)
    state, why = _judge(evidence, sample, observed, (low, high), bar)
    return Reading(
        slice=evidence.slice,
        observed=observed,
        worst_case=worst,
        low=low,
        high=high,
        n=sample.n if sample else evidence.n,
        state=state,
        why=why,
        qualifier=_qualifier(evidence),
    )


def _observed(evidence: EvidenceRecord, sample: Sample | None, bar: Bar) -> float | None:
    """The counted share; where the stated value contradicts it, the worse of the two."""
    if sample is None or evidence.passed is None or bar.scale.whole is None:
        return evidence.value
    share = bar.scale.whole * sample.counted / sample.n
    if evidence.value is None or not _contradicts(evidence, sample, bar.scale.whole):
        return share
    return min(share, evidence.value) if bar.higher else max(share, evidence.value)


def _contradicts(evidence: EvidenceRecord, sample: Sample, whole: float) -> bool:
    if evidence.passed is None or evidence.value is None:
        return False
    return abs(evidence.value / whole - sample.counted / sample.n) > _ROUNDED + NOISE


def _bounds(
    evidence: EvidenceRecord, sample: Sample | None, observed: float | None, bar: Bar
) -> tuple[float | None, float | None, float | None]:
    """Worst case, lower and upper bound."""
    if observed is None:
        return None, None, None
    if sample is not None and bar.scale.whole is not None:
        return _of_sample(sample, bar.scale.whole, bar)
    if bar.scale is Scale.COUNT:
        worst = observed if bar.higher else observed + evidence.errored
        return worst, observed, worst
    worst = None if evidence.errored else observed
    if not has_usable_error(evidence, bar.scale) or evidence.errored:
        return worst, None, None
    low, high = mean_bounds(observed, evidence.stderr or 0.0, bar.confidence)
    if bar.scale.whole is None:
        return worst, low, high
    return worst, max(0.0, low), min(bar.scale.whole, high)


def _of_sample(sample: Sample, whole: float, bar: Bar) -> tuple[float, float, float]:
    worst = sample.worst(bar.higher)
    for_low = (sample.counted, sample.planned if bar.higher else sample.n)
    for_high = (sample.counted, sample.n) if bar.higher else (worst, sample.planned)
    return (
        whole * worst / sample.planned,
        whole * share_low(*for_low, bar.confidence),
        whole * share_high(*for_high, bar.confidence),
    )


def has_usable_error(evidence: EvidenceRecord, scale: Scale) -> bool:
    """Tell whether a standard error says something: not 0, not beside a share of 0 or of all."""
    if evidence.stderr is None or evidence.stderr <= 0.0 or evidence.value is None:
        return False
    return scale.whole is None or 0.0 < evidence.value < scale.whole


def _judge(
    evidence: EvidenceRecord,
    sample: Sample | None,
    observed: float | None,
    bounds: tuple[float | None, float | None],
    bar: Bar,
) -> tuple[GateState, str]:
    if observed is None:
        return GateState.INCONCLUSIVE, "no usable value on record"
    if not bar.is_met_by(observed):
        seen = f"{_qualifier(evidence)} {bar.words(observed)}".lstrip()
        return GateState.FAILED, f"observed {seen}, not {bar.named}"
    if bar.flawless and _shows_a_failure(evidence, sample, observed, bar):
        return GateState.FAILED, "a failure was observed, and none is tolerated"
    bound = bounds[0] if bar.higher else bounds[1]
    doubt = (
        _contradiction(evidence, sample, bar)
        or _vague(evidence, sample, bound, bar)
        or _too_few(evidence, sample, bar)
    )
    if doubt:
        return GateState.INCONCLUSIVE, doubt
    if bound is None:
        return GateState.INCONCLUSIVE, _why_no_bound(evidence)
    if not bar.is_met_by(bound) or _is_beyond_samples(bar):
        sign = sign_of(bar.definition.direction)
        return GateState.INCONCLUSIVE, f"shows {sign} {bar.words(bound)}, not {bar.named}"
    return GateState.PASSED, f"shows {bar.named}"


def _shows_a_failure(
    evidence: EvidenceRecord, sample: Sample | None, observed: float, bar: Bar
) -> bool:
    if sample is not None and sample.failures(bar.higher) > sample.missing:
        return True
    perfect = bar.scale.whole if bar.higher else 0.0
    if perfect is None or bar.scale is Scale.NUMBER:
        return False
    values = (observed, evidence.value if evidence.value is not None else observed)
    return any(abs(value - perfect) > NOISE * max(1.0, perfect) for value in values)


def _contradiction(evidence: EvidenceRecord, sample: Sample | None, bar: Bar) -> str:
    """What in the figure contradicts itself or what was said about the metric."""
    whole = bar.scale.whole
    if evidence.higher_is_better not in (None, bar.higher):
        return "the file and the metric's definition disagree on which way is good"
    if evidence.n == 0:
        return "nothing was scored"
    if whole is None:
        return _other_scale(evidence, bar.scale)
    if evidence.value is not None and not 0.0 <= evidence.value <= whole:
        return f"value outside its scale ({bar.scale})"
    if bar.scale is Scale.SHARE and evidence.value and "%" in evidence.unit:
        return f"stated in “{evidence.unit}”, read as a {bar.scale}"
    if evidence.passed is not None and sample is None:
        return "counts that cannot be"
    if sample and evidence.passed is not None:
        return _disagreement(evidence, sample, bar, whole)
    return ""


def _other_scale(evidence: EvidenceRecord, scale: Scale) -> str:
    """What keeps a value from being a count, or a number that is no share.

    Outcomes that were counted have exact bounds; no definition talks them away.
    """
    value = evidence.value
    if scale is not Scale.COUNT:
        return "" if evidence.passed is None else f"counted outcomes make a share, no {scale}"
    if value is None:
        return ""
    if value < 0.0 or value % 1.0:
        return f"{value:g} is no count"
    return "value and counts disagree" if evidence.passed not in (None, value) else ""


def _disagreement(evidence: EvidenceRecord, sample: Sample, bar: Bar, whole: float) -> str:
    """A value rounded to the bad side of the threshold, however close, shows no more than that."""
    if evidence.n not in (None, sample.n):
        return "counts do not add up to n"
    missed = evidence.value is not None and not bar.is_met_by(evidence.value)
    return "value and counts disagree" if missed or _contradicts(evidence, sample, whole) else ""


def _qualifier(evidence: EvidenceRecord) -> str:
    """What keeps a value from being exact; where outcomes were counted, nothing does."""
    return evidence.qualifier if evidence.passed is None else ""


def _vague(evidence: EvidenceRecord, sample: Sample | None, bound: float | None, bar: Bar) -> str:
    """A value that its source does not state exactly, with what it would show if it did."""
    qualifier = _qualifier(evidence)
    if not qualifier:
        return ""
    said = f"stated only as “{qualifier}”"
    if sample is None or bound is None:
        return said
    return f"{said}; {shown_words(sample, bound, bar)}"


def shown_words(sample: Sample, bound: float, bar: Bar) -> str:
    """Return what outcomes show, such as "495/500 shows ≥ 97.9 %"."""
    counts = f"{sample.worst(bar.higher):,}/{sample.planned:,}"
    return f"{counts} shows {sign_of(bar.definition.direction)} {bar.words(bound)}"


def _too_few(evidence: EvidenceRecord, sample: Sample | None, bar: Bar) -> str:
    if bar.min_n is None:
        return ""
    n = sample.n if sample else evidence.n
    if n is None:
        return f"no n on record, {bar.min_n:,} asked for"
    return f"n = {n:,}, {bar.min_n:,} asked for" if n < bar.min_n else ""


def _why_no_bound(evidence: EvidenceRecord) -> str:
    if evidence.errored:
        return f"{evidence.errored:,} planned samples not scored, and no n on record"
    return "no n and no usable standard error on record"


def _is_beyond_samples(bar: Bar) -> bool:
    """A share of exactly everything (or nothing) is beyond what a sample can show."""
    if bar.scale.whole is None:
        return False
    return bar.threshold >= bar.scale.whole if bar.higher else bar.threshold <= 0.0
