"""Decisions with their conditions, changes of exposure, and accepted residual risks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
)
from tracker.store.fetching import fetch
from tracker.store.queries.reviews import by_number, in_order, on_launches, only
from tracker.store.queries.rows import T, columns_for
from tracker.store.queries.selections import Keys

DECISION = columns_for(DecisionRecord, "decision")
CONDITION = columns_for(ConditionRecord, "condition")
EXPOSURE = columns_for(ExposureRecord, "exposure")
ACCEPTANCE = columns_for(AcceptanceRecord, "acceptance")
_ACCEPTANCE_FIELDS = [
    "version" if column.name == "row_version" else column.name for column in ACCEPTANCE
]
_CONDITION, _ACCEPTANCE = T["condition"].c, T["acceptance"].c


def decision_records(session: Session, keys: Keys) -> tuple[DecisionRecord, ...]:
    """Read the decisions on launches, in order of launch and number."""
    which = on_launches(T["decision"].c.launch, keys)
    return by_number(DecisionRecord(*row) for row in fetch(session, select(*DECISION).where(which)))


def condition_records(session: Session, keys: Keys) -> tuple[ConditionRecord, ...]:
    """Read the conditions on launches, only proposed ones too, in order of launch and number."""
    return _conditions(session, on_launches(_CONDITION.launch, keys))


def get_condition(session: Session, ref: str) -> ConditionRecord:
    """Read one condition.

    Raises:
        NotFound: No condition has this reference; similar ones are named.
    """
    return only(session, "condition", ref, _conditions(session, _CONDITION.ref == ref))


def exposure_records(session: Session, keys: Keys) -> tuple[ExposureRecord, ...]:
    """Read the changes of exposure of launches, oldest first."""
    which = on_launches(T["exposure"].c.launch, keys)
    return in_order(ExposureRecord(*row) for row in fetch(session, select(*EXPOSURE).where(which)))


def acceptance_records(session: Session, keys: Keys) -> tuple[AcceptanceRecord, ...]:
    """Read the acceptances of risks of launches, in order of launch and number."""
    return _acceptances(session, on_launches(_ACCEPTANCE.launch, keys))


def get_acceptance(session: Session, ref: str) -> AcceptanceRecord:
    """Read one acceptance.

    Raises:
        NotFound: No acceptance has this reference; similar ones are named.
    """
    return only(session, "acceptance", ref, _acceptances(session, _ACCEPTANCE.ref == ref))


def _conditions(session: Session, which: ColumnElement[bool]) -> tuple[ConditionRecord, ...]:
    rows = fetch(session, select(*CONDITION).where(which))
    return by_number(ConditionRecord(*row) for row in rows)


def _acceptances(session: Session, which: ColumnElement[bool]) -> tuple[AcceptanceRecord, ...]:
    rows = fetch(session, select(*ACCEPTANCE).where(which))
    return by_number(_acceptance_record(row) for row in rows)


def _acceptance_record(row: Sequence[Any]) -> AcceptanceRecord:
    values: dict[str, Any] = dict(zip(_ACCEPTANCE_FIELDS, row, strict=True))
    values["fails_if"] = tuple(values["fails_if"])
    values["compensating"] = tuple(values["compensating"])
    return AcceptanceRecord(**values)
