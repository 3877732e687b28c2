"""Running a statement that reads columns, after what waits to be written has been."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Executable, Row
from sqlmodel import Session

AnyRow = Row[*tuple[Any, ...]]
ROWS_AT_ONCE: Final = 1000


def fetch(session: Session, statement: Executable) -> Sequence[AnyRow]:
    """Return the rows of a statement over columns.

    A session writes what waits before it reads objects, but not before it reads columns; so it is
    told to.
    """
    session.flush()
    return session.connection().execute(statement).all()


def fetch_first(session: Session, statement: Executable) -> AnyRow | None:
    """Return the first row of a statement over columns, if there is one."""
    session.flush()
    return session.connection().execute(statement).first()


def fetch_values(session: Session, statement: Executable) -> Sequence[Any]:
    """Return the values of a statement over one column."""
    session.flush()
    return session.connection().execute(statement).scalars().all()


def stream(session: Session, statement: Executable) -> Iterator[AnyRow]:
    """Yield the rows of a statement, so that few are held at once.

    Tens of thousands of rows held beside their records let Python's collector of cycles go
    through all of memory again and again: that took half of the time.
    """
    session.flush()
    for part in session.connection().execute(statement).partitions(ROWS_AT_ONCE):
        yield from part
