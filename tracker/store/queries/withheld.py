"""Risks and runs whose detail is withheld from most."""

from operator import attrgetter

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.review_words import WithheldClass
from tracker.readiness.withheld import WithheldItem
from tracker.store.fetching import fetch
from tracker.store.queries.rows import T, grouped
from tracker.store.tables import launch_of

_RISK, _AREA, _ASSESSMENT = T["risk"].c, T["risk_area"].c, T["assessment"].c
_RUN, _SAID = T["evidence_run"].c, T["evidence_withholding"].c
_METRIC, _SPEAKS = T["evidence"].c, T["evidence_risk"].c


def withheld_items(session: Session) -> tuple[WithheldItem, ...]:
    """Read every withheld risk and run, in order of their references.

    Six statements at most, two where nothing is withheld, which is nearly always so.
    """
    return tuple(sorted((*_risks(session), *_runs(session)), key=attrgetter("ref")))


def _risks(session: Session) -> list[WithheldItem]:
    which = select(_RISK.ref).where(_RISK.withheld.is_not(None))
    rows = fetch(
        session,
        select(_RISK.ref, _RISK.launch, _RISK.area, _RISK.owner, _RISK.withheld).where(
            _RISK.withheld.is_not(None)
        ),
    )
    if not rows:
        return []
    touched = grouped(
        (row.risk, row.area)
        for row in fetch(session, select(_AREA.risk, _AREA.area).where(_AREA.risk.in_(which)))
    )
    judged = fetch(
        session,
        select(_ASSESSMENT.risk, _ASSESSMENT.assessor)
        .where(_ASSESSMENT.risk.in_(which))
        .distinct(),
    )
    assessors = grouped((row.risk, row.assessor) for row in judged)
    return [
        WithheldItem(
            ref=row.ref,
            launch=row.launch,
            withheld=WithheldClass(row.withheld),
            areas=(row.area, *touched.get(row.ref, ())),
            people=tuple(filter(None, (row.owner, *assessors.get(row.ref, ())))),
        )
        for row in rows
    ]


def _runs(session: Session) -> list[WithheldItem]:
    said = fetch(session, select(_SAID.run, _SAID.withheld).order_by(_SAID.id))
    if not said:
        return []
    latest = {row.run: row.withheld for row in said}
    which = select(_SAID.run)
    areas = grouped(
        (row.run, row.area)
        for row in fetch(
            session,
            select(_METRIC.run, _RISK.area)
            .join(T["evidence_risk"], _SPEAKS.evidence == _METRIC.id)
            .join(T["risk"], _RISK.ref == _SPEAKS.risk)
            .where(_METRIC.run.in_(which))
            .distinct(),
        )
    )
    imported = fetch(session, select(_RUN.ref, _RUN.imported_by).where(_RUN.ref.in_(which)))
    return [
        WithheldItem(
            ref=row.ref,
            launch=launch_of(row.ref),
            withheld=WithheldClass(latest[row.ref]),
            areas=areas.get(row.ref, ()),
            people=(row.imported_by,),
        )
        for row in imported
        if latest[row.ref] is not None
    ]
