"""Whether the rows of the register are those that the audit chain tells of."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, Float, inspect
from sqlmodel import Session

from tracker.domain.changes import ChangeRecord
from tracker.store.base import REGISTRY, Audited, Editable
from tracker.store.history import NOT_RECORDED, recorded
from tracker.store.raw_rows import UNREADABLE, raw_rows
from tracker.store.replaying import Key, Replay, Shape, Text, Told, may_hold
from tracker.store.tables import Risk

VERSION: Final = "row_version"
_RISES_UNRECORDED: Final = frozenset({"risk", "mitigation"})
"""An edit of these lets their version rise even where only what belongs to them changed."""


class Fault(StrEnum):
    """In which way a row and the audit chain disagree; ends a sentence about the row."""

    CHANGED = "is not what the record says"
    UNREADABLE = "holds something that was never written"
    MISSING = "is gone from the register"
    UNKNOWN = "is in the register, but not in the record"
    UNEXPLAINED = "tells of a row that no record entered"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One row, or one field of it, that is not as the chain tells.

    Attributes:
        noun: What the row is called in the record.
        ref: Its key, parts joined by commas.
        field: Empty where it is about the whole row.
        seq: Position of the record that told it last; None where no record tells of it.
    """

    noun: str
    ref: str
    field: str
    fault: Fault
    seq: int | None


def audited_tables() -> tuple[type[Audited], ...]:
    """Return every table of which a record is kept, in order of their names."""
    found = (mapper.class_ for mapper in REGISTRY.mappers)
    audited = [kind for kind in found if issubclass(kind, Audited)]
    return tuple(sorted(audited, key=lambda kind: str(kind.__tablename__)))


def disagreements(session: Session, entries: Iterable[ChangeRecord]) -> Generator[Disagreement]:
    """Compare every audited row with a sound chain; nothing where all agree.

    Args:
        session: Reads the register in one state.
        entries: The whole chain in order.
    """
    kinds = {kind.noun: kind for kind in audited_tables()}
    replay = Replay({noun: _shape(kind) for noun, kind in kinds.items()})
    replay.take_all(entries)
    for seq in replay.unexplained:
        yield Disagreement("record", f"No. {seq}", "", Fault.UNEXPLAINED, seq)
    for kind in kinds.values():
        yield from _of_table(session, kind, replay.rows[str(kind.__tablename__)])


def _shape(kind: type[Audited]) -> Shape:
    keys = tuple(str(column.name) for column in inspect(kind).primary_key)
    return Shape(str(kind.__tablename__), keys)


def _of_table(
    session: Session, kind: type[Audited], told: Mapping[Key, Told]
) -> Iterator[Disagreement]:
    shape, table = _shape(kind), Risk.metadata.tables[str(kind.__tablename__)]
    found: set[Key] = set()
    for row in raw_rows(session, table, table.columns.keys()):
        key = tuple(_as_recorded(kind, table.c[name], row[name]) for name in shape.key)
        found.add(key)
        if key not in told:
            yield Disagreement(kind.noun, _ref(key), "", Fault.UNKNOWN, None)
            continue
        yield from _of_row(kind, row, _ref(key), told[key])
    for key in told.keys() - found:
        yield Disagreement(kind.noun, _ref(key), "", Fault.MISSING, told[key].entered)


def _of_row(
    kind: type[Audited], row: Mapping[str, Any], ref: str, told: Told
) -> Iterator[Disagreement]:
    table = Risk.metadata.tables[str(kind.__tablename__)]
    for name, value in row.items():
        fault = _fault(kind, table.c[name], value, told)
        if fault is not None:
            yield Disagreement(kind.noun, ref, name, fault, told.by.get(name, told.entered))


def _fault(kind: type[Audited], column: Column[Any], value: Any, told: Told) -> Fault | None:
    if value is UNREADABLE:
        return Fault.UNREADABLE
    if column.name in NOT_RECORDED:
        return None if _version_fits(kind, value, told) else Fault.CHANGED
    here = _as_recorded(kind, column, value)
    allowed = may_hold(told, column.table.name, column.name)
    return None if here in {_normal(column, text) for text in allowed} else Fault.CHANGED


def _version_fits(kind: type[Audited], version: Any, told: Told) -> bool:
    """Compare how often a row was edited: exactly, but for what rises unrecorded."""
    if not issubclass(kind, Editable):
        return True
    least = 1 + told.edits
    return version >= least if kind.__tablename__ in _RISES_UNRECORDED else version == least


def _as_recorded(kind: type[Audited], column: Column[Any], value: Any) -> Text:
    if value is UNREADABLE:
        return "(cannot be read)"
    try:
        return _normal(column, recorded(kind, column.name, value))
    except (TypeError, ValueError):
        return "(cannot be read)"


def _normal(column: Column[Any], text: Text) -> Text:
    """Write a number with a fraction in one way: the record may say 2 where the row holds 2.0."""
    return text if text is None or not isinstance(column.type, Float) else repr(float(text))


def _ref(key: Key) -> str:
    return ", ".join(str(part) for part in key)
