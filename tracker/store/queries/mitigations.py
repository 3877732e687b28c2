"""Mitigations: themselves, where they are placed, what they do, and what shows it."""

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from tracker.domain.records import (
    EffectRecord,
    MitigationRecord,
    PlacementRecord,
    VerificationRecord,
)
from tracker.store.fetching import fetch, fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import EFFECT, PLACEMENT, VERIFICATION, T
from tracker.store.queries.selections import (
    in_order_of_effects,
    in_order_of_placements,
    mitigation_records,
)

_MITIGATION, _EFFECT = T["mitigation"].c, T["mitigation_effect"].c


def mitigations(session: Session) -> tuple[MitigationRecord, ...]:
    """Read all mitigations, in the order of their numbers; two statements."""
    return mitigation_records(session)


def get_mitigation(session: Session, ref: str) -> MitigationRecord:
    """Read one mitigation.

    Raises:
        NotFound: No mitigation has this reference; similar ones are named.
    """
    found = mitigation_records(session, select(_MITIGATION.ref).where(_MITIGATION.ref == ref))
    if not found:
        raise not_found("mitigation", ref, fetch_values(session, select(_MITIGATION.ref)))
    return found[0]


def effects_of(session: Session, mitigation: str) -> tuple[EffectRecord, ...]:
    """Read what a mitigation does, on risks of every launch."""
    return _effects(session, _EFFECT.mitigation == mitigation)


def effects_on(session: Session, risk: str) -> tuple[EffectRecord, ...]:
    """Read what mitigations do to a risk."""
    return _effects(session, _EFFECT.risk == risk)


def placements_of(session: Session, mitigation: str) -> tuple[PlacementRecord, ...]:
    """Read the launches that a mitigation is placed on, in order of their keys."""
    return _placements(session, T["launch_mitigation"].c.mitigation == mitigation)


def placements_on(session: Session, launch: str) -> tuple[PlacementRecord, ...]:
    """Read the mitigations placed on a launch, in order of their numbers."""
    return _placements(session, T["launch_mitigation"].c.launch == launch)


def verifications_of(
    session: Session, mitigation: str, launch: str | None = None
) -> tuple[VerificationRecord, ...]:
    """Read the verifications of a mitigation, on one launch or on all, newest first."""
    table = T["mitigation_verification"].c
    statement = select(*VERIFICATION).where(table.mitigation == mitigation)
    if launch is not None:
        statement = statement.where(table.launch == launch)
    rows = fetch(session, statement.order_by(table.id.desc()))
    return tuple(VerificationRecord(*row) for row in rows)


def _effects(session: Session, which: ColumnElement[bool]) -> tuple[EffectRecord, ...]:
    rows = fetch(session, select(*EFFECT).where(which))
    return in_order_of_effects(EffectRecord(*row) for row in rows)


def _placements(session: Session, which: ColumnElement[bool]) -> tuple[PlacementRecord, ...]:
    rows = fetch(session, select(*PLACEMENT).where(which))
    return in_order_of_placements(PlacementRecord(*row) for row in rows)
