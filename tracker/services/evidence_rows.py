"""Rows of runs and their metrics, inside somebody else's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain.evidence import MetricReading
from tracker.domain.records import LaunchRecord
from tracker.domain.words import Origin
from tracker.services.act import Act
from tracker.services.evidence_plan import ImportSetting, KnownRun, PlannedRun, name_of
from tracker.store.tables import Evidence, EvidenceRisk, EvidenceRun, Risk
from tracker.store.writes import next_run_number


def import_setting(session: Session, launch: LaunchRecord, at: datetime) -> ImportSetting:
    """Read what an import is held against."""
    of_launch = select(EvidenceRun).where(EvidenceRun.launch == launch.key)
    known = [
        KnownRun(run.ref, run.sha256, run.part, run.tool, run.run_id, run.file_name)
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
) -> str:
    """Add a run with its metrics and their links to risks; return its reference."""
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
            exposure_stage=launch.exposure_asked,
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
    session.add_all(_links(metrics, planned.risks))
    session.flush()
    return planned.ref


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


def _links(metrics: Sequence[Evidence], risks: Sequence[Iterable[str]]) -> list[EvidenceRisk]:
    return [
        EvidenceRisk(evidence=row.id, risk=risk)
        for row, named in zip(metrics, risks, strict=True)
        if row.id is not None
        for risk in named
    ]
