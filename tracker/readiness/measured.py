"""A measured gate: what the latest run of its slot shows.

The latest run is read, never the best. Where it was taken back or did not finish, an older one
does not step in; where nobody can say which of several is the latest, the worst of them counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Final

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.gate_state import Comparison, Reading
from tracker.domain.gates import GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.words import (
    UNTRUSTED_FLAGS,
    EvidenceFlag,
    GateCoverage,
    GateState,
    Scale,
)
from tracker.readiness import settles
from tracker.readiness.attested import unmet
from tracker.readiness.findings import Finding, Judgement, decisive
from tracker.readiness.readings import Bar, read
from tracker.readiness.regression import Baseline, compare
from tracker.readiness.slots import SlotRun, has_happened, is_confirmed, latest, speaks_for

NO_RUN: Final = "no run"
"""How the reason of a measured gate begins in whose slot nothing ever stood."""


WRITTEN_AFTER: Final = "written after its evidence, and not confirmed by a second person"
"""The reason of a must-pass gate whose writer could know the run that answers it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A measured gate with all that stays the same whichever run answers it.

    Attributes:
        definition: Which way its metric is good; None where nobody said.
        runs: Everything that stands or ever stood in its slot.
        answering: Those of them that speak for the launch, finished or not, taken back or not,
            or would if somebody independent had found them equivalent.
        baseline: What it must not be worse than; None where it need not compare.
        flawless: Whether its area tolerates no failure.
    """

    gate: GateRecord
    definition: MetricDefinitionRecord | None
    runs: Sequence[SlotRun]
    answering: Sequence[SlotRun]
    baseline: Baseline | None
    flawless: bool
    launch: LaunchRecord
    today: date


def judge_measured(question: Question) -> Judgement:
    """Return what the latest run in the gate's slot gives."""
    if not question.answering:
        return Judgement(_unmet(question, _why_none(question)))
    newest = latest(question.answering)
    alone = next((one.run for one in newest if not _speaks(question, one)), None)
    if alone is not None:
        return Judgement(_unmet(question, _why_alone(question, alone)), run=alone)
    corrected = next((one for one in newest if one.taken_back), None)
    if corrected is not None:
        why = f"{corrected.run.short_ref} {corrected.taken_back} and not yet replaced"
        beside = [judge_run(question, one).finding for one in newest if not one.taken_back]
        return Judgement(
            decisive([Finding(GateState.INCONCLUSIVE, why, settles.NEWER_RUN), *beside])
        )
    unfinished = next((one for one in newest if not one.finished), None)
    if unfinished is not None:
        why = f"latest run {unfinished.run.short_ref} not finished"
        return Judgement(_unmet(question, why), run=unfinished.run)
    judged = [judge_run(question, one) for one in newest]
    worst = decisive(one.finding for one in judged)
    chosen = next(one for one in judged if one.finding is worst)
    if _disagree(newest) and worst.state is not GateState.FAILED:
        refs = ", ".join(one.run.short_ref for one in newest)
        conflict = Finding(GateState.INCONCLUSIVE, f"runs in conflict: {refs}", settles.NEWER_RUN)
        return replace(chosen, finding=decisive([worst, conflict]))
    return chosen


def _speaks(question: Question, answer: SlotRun) -> bool:
    return speaks_for(answer.run, question.launch, question.gate.configuration)


def _why_alone(question: Question, run: EvidenceRunRecord) -> str:
    if not any(_speaks(question, one) for one in question.answering):
        return _why_none(question)
    return f"equivalence of latest run {run.short_ref} not stated by an independent person"


def judge_run(question: Question, answer: SlotRun) -> Judgement:
    """Return what one run gives, as if it were the latest and nothing of it were taken back."""
    if not answer.finished:
        return Judgement(_unmet(question, "run not finished"), run=answer.run)
    if not _speaks(question, answer):
        return Judgement(_unmet(question, _why_alone(question, answer.run)), run=answer.run)
    gate, definition = question.gate, question.definition
    if definition is None or gate.threshold is None:
        why = "nobody has said which way the metric is good"
        return Judgement(Finding(GateState.INCONCLUSIVE, why), run=answer.run)
    bar = Bar(gate.threshold, definition, gate.confidence, gate.min_n, question.flawless)
    figures = _figures(answer, gate.coverage)
    read_off = [(one, read(one, bar)) for one in figures]
    worst = min(read_off, key=lambda pair: _goodness(pair[1], bar), default=None)
    comparison = _comparison(question, answer.run, figures, bar)
    every = gate.coverage is GateCoverage.EVERY_SLICE
    findings = [
        *_of_figures(worst, bar),
        *_of_other_slices(answer, bar),
        *_of_comparison(comparison),
        *_of_age(answer.run, gate, question.today),
        *_of_slices(question, figures),
        *_of_trust(answer.run, figures, question.launch, bar.scale),
        *_of_order(answer.run, gate, question.launch),
    ]
    return Judgement(
        finding=decisive(findings),
        run=answer.run,
        reading=worst[1] if worst else None,
        slices=tuple(reading for _, reading in read_off) if every else (),
        comparison=comparison,
    )


def _unmet(question: Question, why: str) -> Finding:
    gate = question.gate
    return unmet(gate, question.today, why, settles.of_nothing(gate, question.definition))


def _why_none(question: Question) -> str:
    if not question.runs:
        return NO_RUN
    standing = [one for one in question.runs if not one.taken_back]
    if not standing:
        return "every run was taken back"
    if any(has_happened(one.run, question.today) for one in standing):
        return "only run is about another model version, configuration or stage"
    return "only run is dated after today"


def _figures(answer: SlotRun, coverage: GateCoverage) -> list[EvidenceRecord]:
    if coverage is GateCoverage.EVERY_SLICE:
        sliced = (one for one in answer.evidence if one.slice)
        return sorted(sliced, key=attrgetter("slice"))
    return [one for one in answer.evidence if not one.slice]


def _goodness(reading: Reading, bar: Bar) -> tuple[int, float]:
    """Lower is worse: the state first, then the figure itself."""
    bound = reading.low if bar.higher else reading.high
    shown = reading.observed if bound is None else bound
    if shown is None:
        return -reading.state.badness, float("-inf")
    return -reading.state.badness, shown if bar.higher else -shown


def _of_figures(worst: tuple[EvidenceRecord, Reading] | None, bar: Bar) -> Iterator[Finding]:
    if worst is None:
        return
    evidence, reading = worst
    prefix = f"{reading.slice}: " if reading.slice else ""
    settled = settles.of_reading(evidence, reading, bar)
    yield Finding(reading.state, prefix + reading.why, settled and prefix + settled)


def _of_other_slices(answer: SlotRun, bar: Bar) -> Iterator[Finding]:
    """Where no failure is tolerated, one in any part of the data is one."""
    if not bar.flawless:
        return
    any_will_do = replace(bar, threshold=float("-inf" if bar.higher else "inf"), min_n=None)
    for one in answer.evidence:
        reading = read(one, any_will_do)
        if reading.state is GateState.FAILED:
            why = f"{one.slice or 'all data'}: {reading.why}"
            yield Finding(GateState.FAILED, why, "only a better result would")


def _of_comparison(comparison: Comparison | None) -> Iterator[Finding]:
    if comparison is None or comparison.state is GateState.PASSED:
        return
    settled = {
        GateState.FAILED: "only a better result would",
        GateState.INCONCLUSIVE: "more samples in this run and in its baseline would",
    }[comparison.state]
    if comparison.difference is None:
        settled = "a run and a baseline that can be compared would"
    yield Finding(comparison.state, comparison.why, settled)


def _comparison(
    question: Question, run: EvidenceRunRecord, figures: Iterable[EvidenceRecord], bar: Bar
) -> Comparison | None:
    """The comparison that decides, over every figure that the gate reads."""
    baseline = question.baseline
    if baseline is None:
        return None
    compared = [compare(run, one, baseline, bar) for one in figures]
    return max(compared, key=lambda one: one.state.badness, default=None)


def _of_age(run: EvidenceRunRecord, gate: GateRecord, today: date) -> Iterator[Finding]:
    most = gate.max_age_days
    if most is None:
        return
    settled = f"a run at most {most} days old would"
    if run.ran_at is None:
        yield Finding(GateState.STALE, f"no date on record, at most {most} days asked for", settled)
    elif (age := (today - run.ran_at.date()).days) > most:
        yield Finding(GateState.STALE, f"{age} days old, at most {most} asked for", settled)


def _of_order(run: EvidenceRunRecord, gate: GateRecord, launch: LaunchRecord) -> Iterator[Finding]:
    """Whoever writes a gate that must pass after its evidence knows what it has to ask for."""
    confirmed = gate.confirmed_by not in (None, gate.written_by, launch.owner)
    if gate.must_pass and run.number <= gate.after_run and not confirmed:
        settled = f"a second person who confirms the gate, or a run after E-{gate.after_run}, would"
        yield Finding(GateState.INCONCLUSIVE, WRITTEN_AFTER, settled)


def _of_slices(question: Question, figures: Sequence[EvidenceRecord]) -> Iterator[Finding]:
    """Slices that another run of the slot has, taken back or not, may not go missing."""
    if question.gate.coverage is GateCoverage.OVERALL:
        if not figures:
            why = "latest run has no figure over all data"
            yield Finding(GateState.INCONCLUSIVE, why, "a run with a figure over all data would")
        return
    if not figures:
        yield Finding(GateState.INCONCLUSIVE, "latest run has no slices", "a run with slices would")
    there = {one.slice for one in figures}
    known = {one.slice for run in question.runs for one in run.evidence if one.slice}
    gone = sorted(known - there)
    if gone and figures:
        why = f"slices of another run missing: {', '.join(gone)}"
        yield Finding(GateState.INCONCLUSIVE, why, "a run with every slice would")


def _of_trust(
    run: EvidenceRunRecord,
    figures: Iterable[EvidenceRecord],
    launch: LaunchRecord,
    scale: Scale,
) -> Iterator[Finding]:
    unsound = sorted(run.flags & UNTRUSTED_FLAGS)
    if unsound:
        why = f"untrusted: {', '.join(unsound)}"
        yield Finding(GateState.INCONCLUSIVE, why, "a newer run without that would")
    if EvidenceFlag.SELF_REPORTED not in run.flags:
        return
    if scale is not Scale.COUNT and any(one.n is None for one in figures):
        yield Finding(GateState.INCONCLUSIVE, "self-reported without n", "")
    if not is_confirmed(run, launch):
        why = "self-reported and not confirmed by a second person"
        settled = "a confirmation by neither importer nor launch owner would"
        yield Finding(GateState.INCONCLUSIVE, why, settled)


def _disagree(answers: Sequence[SlotRun]) -> bool:
    """Tell whether runs of one moment differ in any figure of the slot."""
    figures = [
        sorted(
            (one.slice, repr((one.value, one.n, one.passed, one.errored)))
            for one in answer.evidence
        )
        for answer in answers
    ]
    return any(one != figures[0] for one in figures[1:])
