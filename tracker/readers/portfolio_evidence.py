"""The demo's published figures as imported runs, and what we say about them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from tracker.domain.evidence import (
    ConfirmationRecord,
    EquivalenceRecord,
    EvidenceRecord,
    EvidenceRunRecord,
    MetricReading,
    RunInputs,
    RunReading,
)
from tracker.domain.words import Origin
from tracker.readers.demo_files import LaunchFiles
from tracker.readers.loading import Loading


def runs(loading: Loading) -> Iterator[RunInputs]:
    """Yield each published figure as a run of its launch, with ids from 1 on.

    The file with its hash is the one that ships. Its documents give no day of measurement, so the
    day is ours, as if the importer had stated it; the figure counts as imported at its noon.
    """
    number = 0
    for files in loading.demo.launches:
        for reading in files.figures.runs:
            number += 1
            run = _run(loading, files, reading, number)
            yield RunInputs(run, (_evidence(run.ref, reading.metrics[0], number),))


def _run(
    loading: Loading, files: LaunchFiles, reading: RunReading, number: int
) -> EvidenceRunRecord:
    judged, figure = files.judgements, files.criteria.figures[reading.part]
    day = loading.day(figure.measured)
    return EvidenceRunRecord(
        ref=f"{files.key}/{reading.part}",
        launch=files.key,
        number=int(reading.part.removeprefix("E-")),
        file_name=files.figures.name,
        sha256=files.figures.sha256,
        size=files.figures.size,
        part=reading.part,
        format=files.figures.format,
        tool=reading.tool,
        tool_version=reading.tool_version,
        run_id=reading.run_id,
        ran_at=reading.ran_at or datetime.combine(day, time(), UTC),
        model_version=reading.model,
        configuration=reading.configuration or judged.configuration,
        exposure_stage=judged.exposure_asked,
        safeguards=reading.safeguards,
        flags=reading.flags,
        warnings=reading.warnings,
        source=reading.source,
        imported_by=files.criteria.imported_by,
        imported_at=loading.noon(figure.measured),
        origin=Origin.PUBLISHED,
        equivalences=tuple(_equivalences(loading, files, reading.part, number)),
        confirmations=tuple(_confirmations(loading, files, reading.part, number)),
    )


def _evidence(run: str, metric: MetricReading, number: int) -> EvidenceRecord:
    return EvidenceRecord(
        id=number,
        run=run,
        task=metric.task,
        metric=metric.metric,
        slice=metric.slice,
        value=metric.value,
        stderr=metric.stderr,
        n=metric.n,
        passed=metric.passed,
        failed=metric.failed,
        errored=metric.errored,
        qualifier=metric.qualifier,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        conditions=metric.conditions,
        risks=metric.risks,
    )


def _equivalences(
    loading: Loading, files: LaunchFiles, part: str, number: int
) -> Iterator[EquivalenceRecord]:
    judged, said = files.judgements, files.criteria.figures[part].equivalence
    if said:
        yield EquivalenceRecord(
            id=number,
            run=f"{files.key}/{part}",
            model_version=judged.model_version,
            configuration=judged.configuration,
            exposure_stage=judged.exposure_asked,
            reason=said.reason,
            stated_by=said.by,
            stated_at=loading.noon(said.date),
            origin=Origin.ILLUSTRATIVE,
        )


def _confirmations(
    loading: Loading, files: LaunchFiles, part: str, number: int
) -> Iterator[ConfirmationRecord]:
    said = files.criteria.figures[part].confirmed
    if said:
        yield ConfirmationRecord(
            id=number,
            run=f"{files.key}/{part}",
            note=said.note,
            confirmed_by=said.by,
            confirmed_at=loading.noon(said.date),
            origin=Origin.ILLUSTRATIVE,
        )
