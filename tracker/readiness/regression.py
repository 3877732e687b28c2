"""A run against its baseline: not worse by more than a margin, or not comparable.

Both runs are independent samples; Newcombe's bounds of the difference decide (non-inferiority).
What is missing counts as bad in the new run and as good in the baseline where the gate would
pass, and the other way round where a regression would be shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, RunInputs
from tracker.domain.gate_state import Comparison
from tracker.domain.records import LaunchRecord
from tracker.domain.words import UNTRUSTED_FLAGS, EvidenceFlag, GateState, Scale
from tracker.readiness.bounds import newcombe, normal_quantile, reaches
from tracker.readiness.readings import Bar, Sample, has_usable_error, sample_of
from tracker.readiness.slots import is_confirmed

_UNKNOWN = "not on record"
_TELL_THE_DATA = frozenset({"data", "samples", "prompts", "task hash"})
"""Conditions of which one at least has to say what was asked, whatever the tool calls it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run is compared with.

    Attributes:
        ref: Reference of the run.
        inputs: The run; None where it is not at hand.
        margin: In the metric's scale, 0 or more: the loss that still passes.
        launch: The launch whose gate asks; its owner confirms no figures.
    """

    ref: str
    inputs: RunInputs | None
    margin: float
    launch: LaunchRecord


def compare(
    run: EvidenceRunRecord, evidence: EvidenceRecord, baseline: Baseline, bar: Bar
) -> Comparison:
    """Compare a metric of a run with the same metric and slice of its baseline."""
    if baseline.inputs is None:
        return _inconclusive(baseline, "baseline run not at hand")
    old = _same_figure(baseline.inputs, run.tool, evidence)
    if old is None:
        return _inconclusive(baseline, "baseline run has no such figure")
    doubt = _doubt(run, baseline.inputs.run, old, baseline.launch)
    if doubt:
        return _inconclusive(baseline, doubt)
    differences = tuple(_differences(run, evidence, baseline.inputs.run, old))
    if differences:
        return _inconclusive(baseline, "not comparable with its baseline", differences)
    return _compared(evidence, old, baseline, bar)


def _same_figure(baseline: RunInputs, tool: str, evidence: EvidenceRecord) -> EvidenceRecord | None:
    if baseline.run.tool != tool:
        return None
    wanted = (evidence.task, evidence.metric, evidence.slice)
    same = (one for one in baseline.evidence if (one.task, one.metric, one.slice) == wanted)
    return next(same, None)


def _doubt(
    run: EvidenceRunRecord,
    old_run: EvidenceRunRecord,
    old: EvidenceRecord,
    launch: LaunchRecord,
) -> str:
    if run.ref == old_run.ref:
        return "the run is its own baseline"
    if old.corrections:
        return f"baseline {old.corrections[-1].kind}"
    unsound = old_run.flags & (UNTRUSTED_FLAGS | {EvidenceFlag.NOT_FINISHED})
    if unsound:
        return f"baseline {', '.join(sorted(unsound))}"
    if EvidenceFlag.SELF_REPORTED in old_run.flags and not is_confirmed(old_run, launch):
        return "baseline self-reported and not confirmed by a second person"
    if old.qualifier and old.passed is None:
        return f"baseline stated only as “{old.qualifier}”"
    return ""


def _differences(
    run: EvidenceRunRecord,
    new: EvidenceRecord,
    old_run: EvidenceRunRecord,
    old: EvidenceRecord,
) -> Iterator[str]:
    """What is not equal, or not known to be."""
    pairs = [("tool version", run.tool_version, old_run.tool_version)]
    names = {*new.conditions, *old.conditions}
    if not names & _TELL_THE_DATA:
        names.add("data")
    pairs += [
        (name, new.conditions.get(name, ""), old.conditions.get(name, "")) for name in sorted(names)
    ]
    for name, mine, theirs in pairs:
        if not mine and not theirs:
            yield f"{name}: {_UNKNOWN} for either"
        elif mine != theirs:
            yield f"{name}: {mine or _UNKNOWN} against {theirs or _UNKNOWN}"


def _compared(new: EvidenceRecord, old: EvidenceRecord, baseline: Baseline, bar: Bar) -> Comparison:
    bounds = _bounds(new, old, bar)
    if bounds is None:
        return _inconclusive(baseline, "no n and no usable standard error to compare with")
    difference, low, high = bounds
    state, why = GateState.INCONCLUSIVE, "no regression is not shown"
    if not reaches(high, -baseline.margin):
        state, why = GateState.FAILED, "regression against its baseline"
    elif reaches(low, -baseline.margin):
        state, why = GateState.PASSED, "no regression"
    return Comparison(baseline.ref, difference, low, high, (), state, why)


def _bounds(
    new: EvidenceRecord, old: EvidenceRecord, bar: Bar
) -> tuple[float, float, float] | None:
    """Difference, lower and upper bound, positive where better; None where nothing is known."""
    mine, theirs = sample_of(new, bar), sample_of(old, bar)
    if mine and theirs and bar.scale.whole is not None:
        return _of_samples(mine, theirs, bar.scale.whole, bar)
    if new.value is None or old.value is None or new.errored or old.errored:
        return None
    difference = (new.value - old.value) * (1.0 if bar.higher else -1.0)
    if bar.scale is Scale.COUNT:
        return difference, difference, difference
    if not (has_usable_error(new, bar.scale) and has_usable_error(old, bar.scale)):
        return None
    squares = (new.stderr or 0.0) ** 2 + (old.stderr or 0.0) ** 2
    reach = normal_quantile(bar.confidence) * sqrt(squares)
    return difference, difference - reach, difference + reach


def _of_samples(new: Sample, old: Sample, whole: float, bar: Bar) -> tuple[float, float, float]:
    low, _ = newcombe(_good(new, bar, 0), _good(old, bar, old.missing), bar.confidence)
    _, high = newcombe(_good(new, bar, new.missing), _good(old, bar, 0), bar.confidence)
    good_new, good_old = new.good(bar.higher), old.good(bar.higher)
    difference = good_new / new.n - good_old / old.n
    return whole * difference, whole * low, whole * high


def _good(sample: Sample, bar: Bar, missing_that_are_good: int) -> tuple[int, int]:
    return sample.good(bar.higher) + missing_that_are_good, sample.planned


def _inconclusive(baseline: Baseline, why: str, differences: Iterable[str] = ()) -> Comparison:
    return Comparison(
        baseline=baseline.ref,
        difference=None,
        low=None,
        high=None,
        differences=tuple(differences),
        state=GateState.INCONCLUSIVE,
        why=why,
    )
