"""The records of several launches or risks at once, each in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, Row, Select, select
from sqlmodel import Session

from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    ProposedHolder,
    RiskRecord,
    ScopeRecord,
    VerificationRecord,
)
from tracker.domain.words import LaunchRoleName
from tracker.store.fetching import fetch, stream
from tracker.store.queries.rows import (
    ASSESSMENT,
    EFFECT,
    LAUNCH,
    MITIGATION,
    PLACEMENT,
    PROPOSED,
    RISK,
    SCOPE,
    VERIFICATION,
    Columns,
    T,
    assessment_record,
    grouped,
    launch_record,
    mitigation_record,
    risk_record,
)
from tracker.store.tables import launch_of

Keys = Sequence[str] | None
"""Keys of launches; None stands for all."""


def launch_records(session: Session, keys: Keys) -> tuple[LaunchRecord, ...]:
    """Read launches by key, in order, with who holds a role on them or is proposed for one."""
    holders: defaultdict[str, dict[LaunchRoleName, str]] = defaultdict(dict)
    role = T["launch_role"].c
    for row in _rows(session, [role.launch, role.role, role.person], role.launch, keys):
        holders[row.launch][row.role] = row.person
    proposed = _proposed_holders(session, keys)
    rows = _rows(session, LAUNCH, T["launch"].c.key, keys)
    ordered = sorted(rows, key=attrgetter("key"))
    return tuple(launch_record(row, holders[row.key], proposed.get(row.key, ())) for row in ordered)


def _proposed_holders(session: Session, keys: Keys) -> dict[str, tuple[ProposedHolder, ...]]:
    launch = T["holder_proposal"].c.launch
    rows = _rows(session, [launch, *PROPOSED], launch, keys)
    order = list(LaunchRoleName)
    ordered = sorted(rows, key=lambda row: order.index(row.role))
    return grouped((row.launch, _proposed_holder(row[1:])) for row in ordered)


def _proposed_holder(values: Sequence[Any]) -> ProposedHolder:
    return ProposedHolder(*values)


def scope_records(session: Session, keys: Keys) -> tuple[ScopeRecord, ...]:
    """Read what was decided about the policy areas of launches, in order of launch and area."""
    rows = _rows(session, SCOPE, T["launch_scope"].c.launch, keys)
    return tuple(sorted((ScopeRecord(*row) for row in rows), key=attrgetter("launch", "area")))


def risk_records(session: Session, keys: Keys) -> tuple[RiskRecord, ...]:
    """Read the risks of launches, in the order of launch and number."""
    rows = _rows(session, RISK, T["risk"].c.launch, keys)
    area, tag = T["risk_area"].c, T["risk_tag"].c
    touches = grouped(tuple(row) for row in _rows_of_risks(session, [area.risk, area.area], keys))
    tags = grouped(
        (row.risk, (row.taxonomy, row.code))
        for row in _rows_of_risks(session, [tag.risk, tag.taxonomy, tag.code], keys)
    )
    records = [
        risk_record(row, _sorted(touches.get(row.ref)), _sorted(tags.get(row.ref))) for row in rows
    ]
    return tuple(sorted(records, key=attrgetter("launch", "number")))


def latest_assessments(session: Session, keys: Keys) -> tuple[AssessmentRecord, ...]:
    """Read each assessor's latest assessment of each risk: by time of submission, then by id."""
    table = T["assessment"]
    other = table.alias("other")
    latest = (
        # A look-up in the index per row: planners do worse with "no later one exists".
        select(other.c.id)
        .where(other.c.risk == table.c.risk, other.c.assessor == table.c.assessor)
        .order_by(other.c.submitted_at.desc(), other.c.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
    statement = _of_risks(select(*ASSESSMENT), table, keys).where(table.c.id == latest)
    records = [assessment_record(row) for row in stream(session, statement)]
    return tuple(sorted(records, key=attrgetter("id")))


def effect_records(session: Session, keys: Keys) -> tuple[EffectRecord, ...]:
    """Read what mitigations do to the risks of launches."""
    return in_order_of_effects(EffectRecord(*row) for row in _rows_of_risks(session, EFFECT, keys))


def placement_records(session: Session, keys: Keys) -> tuple[PlacementRecord, ...]:
    """Read the mitigations placed on launches."""
    launch = T["launch_mitigation"].c.launch
    rows = _rows(session, PLACEMENT, launch, keys)
    return in_order_of_placements(PlacementRecord(*row) for row in rows)


def verification_records(session: Session, keys: Keys) -> tuple[VerificationRecord, ...]:
    """Read the verifications on launches, oldest first."""
    launch = T["mitigation_verification"].c.launch
    records = [VerificationRecord(*row) for row in _rows(session, VERIFICATION, launch, keys)]
    return tuple(sorted(records, key=attrgetter("id")))


def mitigation_records(
    session: Session, only: Select[Any] | None = None
) -> tuple[MitigationRecord, ...]:
    """Read mitigations in the order of their numbers, with their efforts.

    Args:
        session: Where to read.
        only: Selects the references of those wanted; all if left out.
    """
    effort = T["mitigation_effort"].c
    efforts_of = select(effort.mitigation, effort.team, effort.days)
    mitigations = select(*MITIGATION)
    if only is not None:
        efforts_of = efforts_of.where(effort.mitigation.in_(only))
        mitigations = mitigations.where(T["mitigation"].c.ref.in_(only))
    efforts: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in fetch(session, efforts_of):
        efforts[row.mitigation][row.team] = row.days
    rows = sorted(fetch(session, mitigations), key=lambda row: row.number)
    return tuple(mitigation_record(row, efforts[row.ref]) for row in rows)


def in_order_of_effects(effects: Iterable[EffectRecord]) -> tuple[EffectRecord, ...]:
    """Order effects by mitigation, then by risk, as their numbers count."""
    return tuple(
        sorted(
            effects,
            key=lambda effect: (
                _number(effect.mitigation),
                launch_of(effect.risk),
                _number(effect.risk),
            ),
        )
    )


def in_order_of_placements(placements: Iterable[PlacementRecord]) -> tuple[PlacementRecord, ...]:
    """Order placements by mitigation, as their numbers count, then by launch."""
    return tuple(sorted(placements, key=lambda item: (_number(item.mitigation), item.launch)))


def _number(ref: str) -> int:
    return int(ref.rpartition("-")[2])


def _rows(session: Session, wanted: Columns, launch: Column[Any], keys: Keys) -> list[Row[Any]]:
    statement = select(*wanted)
    if keys is not None:
        statement = statement.where(launch.in_(keys))
    return [*fetch(session, statement)]


def _rows_of_risks(session: Session, wanted: Columns, keys: Keys) -> list[Row[Any]]:
    return [*fetch(session, _of_risks(select(*wanted), wanted[0].table, keys))]


def _of_risks(statement: Select[Any], table: Any, keys: Keys) -> Select[Any]:
    if keys is None:
        return statement
    risk = T["risk"].c
    return statement.where(table.c.risk.in_(select(risk.ref).where(risk.launch.in_(keys))))


def _sorted(values: tuple[Any, ...] | None) -> tuple[Any, ...]:
    return tuple(sorted(values)) if values else ()
