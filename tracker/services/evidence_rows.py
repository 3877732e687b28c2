"""Rows of runs and their metrics, inside somebody else's transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter

from sqlmodel import Session, col, select

from tracker.domain.evidence import MetricReading
from tracker.domain.records import LaunchRecord
from tracker.domain.words import Origin
from tracker.services.act import Act
from tracker.services.evidence_plan import ImportSetting, KnownRun, PlannedRun, exact, name_of
from tracker.store.tables import Evidence, EvidenceRisk, EvidenceRun, Risk
from tracker.store.writes import next_run_number


def import_setting(session: Session, launch: LaunchRecord, at: datetime) -> ImportSetting:
    """Read what an import is held against."""
    of_launch = select(EvidenceRun).where(EvidenceRun.launch == launch.key)
    known = [
        KnownRun(
            ref=run.ref,
            sha256=run.sha256,
            part=run.part,
            tool=run.tool,
            run_id=run.run_id,
            file_name=run.file_name,
            ran_at=exact(run.ran_at),
            configuration=run.configuration,
            exposure_stage=run.exposure_stage,
        )
        for run in session.exec(of_launch.order_by(col(EvidenceRun.number)))
    ]
    return ImportSetting(
        launch=launch,
        known=tuple(known),
        next_number=next_run_number(session, launch.key),
        risks=risks_of(session, launch.key),
        at=at,
    )


def risks_of(session: Session, launch: str) -> frozenset[str]:
    """Return the references of all risks of a launch."""
    return frozenset(session.exec(select(Risk.ref).where(Risk.launch == launch)))


def add_run(
    session: Session,
    act: Act,
    launch: LaunchRecord,
    planned: PlannedRun,
    origin: Origin = Origin.ENTERED,
) -> list[EvidenceRisk]:
    """Add a run with its metrics; return the links of these to risks, which are to be added."""
    run = planned.reading
    session.add(
        EvidenceRun(
            ref=planned.ref,
            launch=launch.key,
            number=int(planned.ref.rpartition("-")[2]),
            file_name=name_of(planned.file),
            sha256=planned.file.sha256,
            size=planned.file.size,
            part=run.part,
            format=planned.file.format,
            tool=run.tool,
            tool_version=run.tool_version,
            run_id=run.run_id,
            ran_at=planned.ran_at,
            model_version=planned.model_version,
            configuration=planned.configuration,
            exposure_stage=planned.exposure_stage,
            safeguards=planned.safeguards,
            flags=sorted(planned.flags),
            warnings=list(planned.warnings),
            source=run.source,
            imported_by=act.actor.key,
            imported_at=act.at,
            origin=origin,
        )
    )
    metrics = [_metric_row(planned.ref, metric) for metric in run.metrics]
    session.add_all(metrics)
    session.flush()
    return [*_links(metrics, planned)]


def _metric_row(run: str, metric: MetricReading) -> Evidence:
    return Evidence(
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
        conditions=dict(metric.conditions),
    )


def add_links(session: Session, links: Iterable[EvidenceRisk]) -> None:
    """Add links of metrics to risks, risk by risk, so that the history tells each in one line."""
    session.add_all(sorted(links, key=attrgetter("risk")))


def _links(metrics: list[Evidence], planned: PlannedRun) -> Iterator[EvidenceRisk]:
    for row, named in zip(metrics, planned.risks, strict=True):
        if row.id is not None:
            yield from (EvidenceRisk(evidence=row.id, risk=risk) for risk in named)
