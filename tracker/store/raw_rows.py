"""Rows as the database holds them, value by value, however somebody left them.

Read the ordinary way, one value that is no date fails a whole query. Here each value is converted
alone, and on SQLite converted back, so that a value that only looks equal is told apart.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Dialect, Float, LargeBinary, Table, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import Session

Processor = Callable[[Any], Any]
UNREADABLE: Final = object()
"""Stands for a value that no release wrote."""
_AT_ONCE: Final = {"yield_per": 200}


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the values of one column are converted, and back."""

    name: str
    take: Processor | None
    put: Processor | None

    def value(self, raw: Any) -> Any:
        if raw is None:
            return None
        try:
            value = self.take(raw) if self.take else raw
            unchanged = self.put is None or _same(self.put(value), raw)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            return UNREADABLE
        return value if unchanged else UNREADABLE


def raw_rows(
    session: Session, table: Table, columns: Sequence[str], order_by: Iterable[str] = ()
) -> Generator[Mapping[str, Any]]:
    """Stream the rows of a table by column, `UNREADABLE` in place of what nobody wrote."""
    session.flush()
    connection = session.connection()
    readers = [_reader(table.c[name], connection.dialect) for name in columns]
    wanted = [type_coerce(table.c[name], NullType()).label(name) for name in columns]
    statement = select(*wanted).order_by(*[table.c[name] for name in order_by])
    with connection.execute(statement, execution_options=_AT_ONCE) as rows:
        for row in rows:
            yield {reader.name: reader.value(raw) for reader, raw in zip(readers, row, strict=True)}


def _reader(column: Column[Any], dialect: Dialect) -> _Reader:
    kind = column.type.dialect_impl(dialect)
    written_as_text = dialect.name == "sqlite" and not isinstance(column.type, LargeBinary)
    back = kind.bind_processor(dialect) if written_as_text else None
    # Both drivers give floats as they are; PostgreSQL's asks for the type of the column to say so.
    take = None if isinstance(column.type, Float) else kind.result_processor(dialect, None)
    return _Reader(column.name, take, back)


def _same(written: Any, found: Any) -> bool:
    return type(written) is type(found) and written == found
