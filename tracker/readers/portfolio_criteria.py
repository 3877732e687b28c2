"""The demo's launch criteria, what answers and overrides them, and frontier determinations."""

from collections.abc import Iterator
from datetime import timedelta

from tracker.domain.evidence import EvidenceRunRecord, MetricDefinitionRecord, RunInputs
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.release import Release
from tracker.domain.words import GateCoverage, Origin
from tracker.readers.criteria_checks import slots
from tracker.readers.criteria_files import AttestationEntry, GateEntry, WaiverEntry
from tracker.readers.demo_files import LaunchFiles
from tracker.readers.loading import Loading
from tracker.readiness.gate_words import threshold_words


def definitions(loading: Loading) -> Iterator[MetricDefinitionRecord]:
    """Yield what each metric that a gate reads means, once per tool and metric."""
    found: dict[tuple[str, str], MetricDefinitionRecord] = {}
    for files, gate in _entries(loading):
        slot = gate.reads(slots(files))
        if slot and gate.direction and gate.scale:
            found[slot.tool, slot.metric] = MetricDefinitionRecord(
                tool=slot.tool,
                metric=slot.metric,
                direction=gate.direction,
                scale=gate.scale,
                note="",
                defined_by=files.criteria.written_by,
                origin=Origin.ILLUSTRATIVE,
            )
    yield from found.values()


def gates(loading: Loading) -> Iterator[GateRecord]:
    """Yield the criteria in the order of the files, with the runs that are booked for them."""
    for files, gate in _entries(loading):
        yield _gate(loading, files, gate)


def attestations(loading: Loading, runs: tuple[RunInputs, ...]) -> Iterator[AttestationRecord]:
    """Yield what people attest on published findings, with ids from 1 on.

    An attestation is about the launch's release only if its figure speaks for it, and lasts as
    long from the day of the finding as the gate's evidence may be old.
    """
    about = {inputs.run.ref: inputs.run for inputs in runs}
    number = 0
    for files, gate in _entries(loading):
        if gate.attestation:
            number += 1
            run = about[f"{files.key}/{gate.attestation.figure}"]
            yield _attestation(loading, gate, gate.attestation, run, number)


def waivers(loading: Loading, runs: tuple[RunInputs, ...]) -> Iterator[WaiverRecord]:
    """Yield the waivers, with ids from 1 on; those without both signatures are not in force."""
    about = {(item.tool, item.metric): item for item in definitions(loading)}
    number = 0
    for files, entry in _entries(loading):
        if entry.waiver:
            number += 1
            gate = _gate(loading, files, entry)
            words = threshold_words(gate, about.get((gate.tool or "", gate.metric or "")))
            yield _waiver(loading, files, (entry, entry.waiver, words), runs, number)


def determinations(loading: Loading) -> Iterator[DeterminationRecord]:
    """Yield what is determined about frontier thresholds, with ids from 1 on."""
    entries = (
        (files, entry) for files in loading.demo.launches for entry in files.criteria.determinations
    )
    for number, (files, entry) in enumerate(entries, start=1):
        model_version, configuration, stage = _release(files)
        yield DeterminationRecord(
            id=number,
            launch=files.key,
            area=entry.area,
            outcome=entry.outcome,
            confidence=entry.confidence,
            rationale=entry.rationale,
            safeguards=entry.safeguards,
            determined_by=entry.by,
            determined_on=loading.day(entry.date),
            confirmed_by=None,
            model_version=model_version,
            configuration=configuration,
            exposure_stage=stage,
            origin=Origin.ILLUSTRATIVE,
            version=1,
        )


def _entries(loading: Loading) -> Iterator[tuple[LaunchFiles, GateEntry]]:
    for files in loading.demo.launches:
        for gate in files.criteria.gates:
            yield files, gate


def _release(files: LaunchFiles) -> Release:
    judged = files.judgements
    return Release(judged.model_version, judged.configuration, judged.exposure_asked)


def _gate(loading: Loading, files: LaunchFiles, entry: GateEntry) -> GateRecord:
    slot, planned = entry.reads(slots(files)), entry.planned
    return GateRecord(
        ref=f"{files.key}/{entry.ref}",
        launch=files.key,
        number=int(entry.ref.removeprefix("G-")),
        title=entry.title,
        area=entry.area,
        kind=entry.kind,
        tool=slot.tool if slot else None,
        task=slot.task if slot else None,
        metric=slot.metric if slot else None,
        configuration=files.judgements.configuration if slot else None,
        threshold=entry.threshold,
        coverage=GateCoverage.OVERALL,
        confidence=entry.confidence,
        min_n=entry.min_n,
        max_age_days=entry.max_age_days,
        must_pass=entry.must_pass,
        baseline=None,
        margin=None,
        statement=entry.statement,
        rationale=entry.rationale,
        planned_on=loading.day(planned.date) if planned else None,
        planned_by=planned.by if planned else None,
        planned_n=planned.n if planned else None,
        written_by=files.criteria.written_by,
        withdrawal_asked_by=None,
        withdrawal_reason="",
        withdrawal_confirmed_by=None,
        origin=Origin.ILLUSTRATIVE,
        version=1,
    )


def _attestation(
    loading: Loading, gate: GateEntry, entry: AttestationEntry, run: EvidenceRunRecord, number: int
) -> AttestationRecord:
    files = next(files for files in loading.demo.launches if files.key == run.launch)
    model_version, configuration, stage = _release(files) if run.equivalences else run.release
    measured = loading.day(files.criteria.figures[entry.figure].measured)
    return AttestationRecord(
        id=number,
        gate=f"{files.key}/{gate.ref}",
        met=entry.met,
        statement=entry.statement,
        document=f"{run.file_name}, {entry.figure}: {run.source}",
        document_sha256=run.sha256,
        attested_by=entry.by,
        attested_on=loading.day(entry.date),
        expires=measured + timedelta(days=gate.max_age_days),
        model_version=model_version,
        configuration=configuration,
        exposure_stage=stage,
        origin=Origin.ILLUSTRATIVE,
    )


def _waiver(
    loading: Loading,
    files: LaunchFiles,
    entries: tuple[GateEntry, WaiverEntry, str],
    runs: tuple[RunInputs, ...],
    number: int,
) -> WaiverRecord:
    gate, entry, words = entries
    model_version, configuration, stage = _release(files)
    asked = loading.noon(entry.date)
    here = (item.run for item in runs if item.run.launch == files.key)
    return WaiverRecord(
        id=number,
        gate=f"{files.key}/{gate.ref}",
        state=entry.state,
        evidence=f"{files.key}/{gate.figure}" if gate.figure else None,
        latest_run=max((run.number for run in here if run.imported_at <= asked), default=0),
        threshold=words,
        reason=entry.reason,
        compensation=entry.compensation,
        until=loading.day(entry.until),
        requested_by=entry.requested_by,
        requested_at=asked,
        officer=entry.officer,
        approver=entry.approver,
        ended_by=None,
        model_version=model_version,
        configuration=configuration,
        exposure_stage=stage,
        origin=Origin.ILLUSTRATIVE,
        version=1,
    )
