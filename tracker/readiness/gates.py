"""What every launch criterion of a launch is today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.evidence import EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import GateRecord, WaiverRecord
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.state import LaunchInputs
from tracker.domain.words import Direction, GateKind, GateType
from tracker.readiness.attested import judge_attested
from tracker.readiness.findings import Judgement
from tracker.readiness.gate_words import threshold_words
from tracker.readiness.measured import Question, judge_measured, judge_run
from tracker.readiness.regression import Baseline
from tracker.readiness.slots import (
    SlotIndex,
    SlotRun,
    answers_for,
    has_happened,
    runs_by_slot,
)
from tracker.readiness.waivers import RunState, Waivable, waiver_status

Definitions = Mapping[tuple[str, str], MetricDefinitionRecord]


@dataclass(frozen=True, slots=True)
class _Launch:
    """What all gates of a launch share."""

    inputs: LaunchInputs
    areas: Mapping[str, PolicyAreaRecord]
    definitions: Definitions
    index: SlotIndex
    today: date


def gate_statuses(
    inputs: LaunchInputs,
    areas: Iterable[PolicyAreaRecord],
    definitions: Definitions,
    today: date,
) -> tuple[GateStatus, ...]:
    """Return every gate of a launch in order of number, withdrawn ones too.

    Args:
        inputs: Its gates, runs, baselines, attestations and waivers are read.
        areas: All policy areas.
        definitions: What is known about metrics, by tool and metric.
        today: The day as of which the launch is read.
    """
    shared = _Launch(
        inputs, {area.code: area for area in areas}, definitions, runs_by_slot(inputs.runs), today
    )
    ordered = sorted(inputs.gates, key=lambda gate: gate.number)
    return tuple(_status(gate, shared) for gate in ordered)


def _status(gate: GateRecord, shared: _Launch) -> GateStatus:
    area = shared.areas[gate.area]
    question = _question(gate, area, shared)
    judged = _judge(gate, question, shared)
    waivable = Waivable(
        gate=gate,
        area=area,
        threshold=threshold_words(gate, question.definition),
        state=judged.finding.state,
        since=lambda waiver: _runs_since(question, waiver),
    )
    return GateStatus(
        gate=gate,
        area=area,
        definition=question.definition,
        state=judged.finding.state,
        why=judged.finding.why,
        settles=judged.finding.settles,
        run=judged.run,
        reading=judged.reading,
        slices=judged.slices,
        comparison=judged.comparison,
        attestation=judged.attestation,
        waiver=waiver_status(waivable, shared.inputs.waivers, shared.inputs.launch, shared.today),
    )


def _judge(gate: GateRecord, question: Question, shared: _Launch) -> Judgement:
    if gate.kind is GateKind.MEASURED:
        return judge_measured(question)
    return judge_attested(gate, shared.inputs.attestations, question.launch, shared.today)


def _question(gate: GateRecord, area: PolicyAreaRecord, shared: _Launch) -> Question:
    slot, launch = gate.slot, shared.inputs.launch
    runs = shared.index.get(slot, ()) if slot else ()
    return Question(
        gate=gate,
        definition=shared.definitions.get((slot.tool, slot.metric)) if slot else None,
        runs=runs,
        answering=[
            one
            for one in runs
            if has_happened(one.run, shared.today)
            and answers_for(one.run, launch, gate.configuration)
        ],
        baseline=_baseline(gate, shared.inputs),
        flawless=area.gate_type is GateType.ZERO_TOLERANCE,
        launch=launch,
        today=shared.today,
    )


def _baseline(gate: GateRecord, inputs: LaunchInputs) -> Baseline | None:
    if gate.baseline is None:
        return None
    found = inputs.baselines.get(gate.baseline)
    return Baseline(gate.baseline, found, gate.margin or 0.0, inputs.launch)


def _runs_since(question: Question, waiver: WaiverRecord) -> list[RunState]:
    """The runs that a waiver could not know, or that were corrected behind its back."""
    named = next((one for one in question.answering if one.run.ref == waiver.evidence), None)
    known = _value(judge_run(_as_then(question, named), named)) if named else None
    return [
        _run_state(judge_run(_as_then(question, answer), answer), answer.run, known, question)
        for answer in question.answering
        if answer.run.number > waiver.latest_run or _corrected_after(answer, waiver)
    ]


def _run_state(
    judged: Judgement, run: EvidenceRunRecord, known: float | None, question: Question
) -> RunState:
    value = _value(judged)
    if known is None or value is None or question.definition is None:
        return RunState(run, judged.finding.state)
    higher = question.definition.direction is Direction.HIGHER
    return RunState(run, judged.finding.state, value < known if higher else value > known)


def _value(judged: Judgement) -> float | None:
    """The observed value over all data, or of the worst slice, in the metric's own scale."""
    return judged.reading.observed if judged.reading else None


def _corrected_after(answer: SlotRun, waiver: WaiverRecord) -> bool:
    return any(
        correction.corrected_at > waiver.requested_at
        for evidence in answer.evidence
        for correction in evidence.corrections
    )


def _as_then(question: Question, answer: SlotRun) -> Question:
    """A run that newer ones replaced did not age as the latest; one taken back may have."""
    if answer.taken_back:
        return question
    return replace(question, gate=replace(question.gate, max_age_days=None))
