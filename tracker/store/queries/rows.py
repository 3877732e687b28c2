"""How rows become records: the columns of each noun, in order, and what makes the record.

Columns and not objects, since a page may read tens of thousands of rows. `T` holds the tables by
name, so that a query can name any column without the types of the table classes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Table, Text, cast

from tracker.domain.changes import ChangeRecord
from tracker.domain.picks import Picks
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    PolicyAreaRecord,
    ProposedHolder,
    RiskRecord,
    ScopeRecord,
    TeamRecord,
    VerificationRecord,
)
from tracker.domain.words import Factor, LaunchRoleName
from tracker.store.tables import Risk

T: Mapping[str, Table] = Risk.metadata.tables

Columns = Sequence[Column[Any]]
K = TypeVar("K")
V = TypeVar("V")


def columns_for(kind: type[Any], table: str, without: Sequence[str] = ()) -> Columns:
    """Return the columns that hold the fields of a record, in their order."""
    names = [field.name for field in fields(kind) if field.name not in without]
    return [T[table].c["row_version" if name == "version" else name] for name in names]


AREA = columns_for(PolicyAreaRecord, "policy_area")
TEAM = columns_for(TeamRecord, "team")
LAUNCH = columns_for(LaunchRecord, "launch", without=["holders", "proposed"])
PROPOSED = columns_for(ProposedHolder, "holder_proposal")
SCOPE = columns_for(ScopeRecord, "launch_scope")
RISK = columns_for(RiskRecord, "risk", without=["touches", "tags"])
EFFECT = columns_for(EffectRecord, "mitigation_effect")
PLACEMENT = columns_for(PlacementRecord, "launch_mitigation")
VERIFICATION = columns_for(VerificationRecord, "mitigation_verification")
CHANGE = columns_for(ChangeRecord, "change")
MITIGATION: Columns = [
    T["mitigation"].c[name]
    for name in (
        *("ref", "number", "title", "summary", "mechanism", "layer", "owner", "team"),
        *("duration_shortest", "duration_likely", "duration_longest"),
        *("source", "origin", "row_version"),
    )
]
ASSESSMENT: Sequence[ColumnElement[Any]] = [
    # The reasons as text: they are made into a mapping once, however often they are read.
    cast(T["assessment"].c[name], Text) if name == "reasons" else T["assessment"].c[name]
    for name in (
        *("id", "risk", "assessor"),
        *(factor.value for factor in Factor),
        *("grade", "reasons", "rationale", "model_version", "configuration"),
        *("exposure_stage", "submitted_at", "confirms", "origin"),
    )
]

_FACTORS = {factor.value: factor for factor in Factor}
_PICKS_END = 3 + len(Factor)
_REST = _PICKS_END + 2


def launch_record(
    row: Sequence[Any],
    holders: Mapping[LaunchRoleName, str],
    proposed: tuple[ProposedHolder, ...],
) -> LaunchRecord:
    """Make the record of a row of `LAUNCH`."""
    values: list[Any] = [*row[:-1], holders, row[-1], proposed]
    return LaunchRecord(*values)


def risk_record(
    row: Sequence[Any], touches: tuple[str, ...], tags: tuple[tuple[str, str], ...]
) -> RiskRecord:
    """Make the record of a row of `RISK`."""
    values: list[Any] = [*row[:6], touches, tags, *row[6:]]
    return RiskRecord(*values)


def assessment_record(row: Sequence[Any]) -> AssessmentRecord:
    """Make the record of a row of `ASSESSMENT`."""
    picks, reasons = _picks(*row[3:_PICKS_END]), _reasons(row[_PICKS_END + 1])
    values: list[Any] = [*row[:3], picks, row[_PICKS_END], reasons, *row[_REST:]]
    return AssessmentRecord(*values)


def mitigation_record(row: Sequence[Any], efforts: Mapping[str, float]) -> MitigationRecord:
    """Make the record of a row of `MITIGATION`."""
    duration = None if row[8] is None else (row[8], row[9], row[10])
    values: list[Any] = [*row[:8], duration, efforts, *row[11:]]
    return MitigationRecord(*values)


@cache
def _picks(*picks: int) -> Picks:
    """Return the picks in the order of `Factor`; at most 5^5 of them exist, each made once."""
    return Picks(**dict(zip(_FACTORS, picks, strict=True)))


@lru_cache(maxsize=65_536)
def _reasons(text: str) -> Mapping[Factor, str]:
    return {_FACTORS[name]: reason for name, reason in json.loads(text).items()}


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Gather second elements by the first, in their order."""
    gathered: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return {key: tuple(values) for key, values in gathered.items()}
