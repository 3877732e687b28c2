"""Engines: how each connection is set up and how its transactions begin.

SQLite: WAL, `synchronous=FULL`, foreign keys on, five seconds of patience. A transaction that
writes takes the write lock at once (`BEGIN IMMEDIATE`), since one that reads first and writes
later is refused whenever somebody else wrote in between. PostgreSQL: a transaction that writes
takes one advisory lock first, so that writers follow each other as on SQLite; a transaction that
reads sees one snapshot. On both, a transaction that was not opened for writing cannot write.
"""

import sqlite3
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from tracker.domain.errors import StoreError

PATIENCE_MS: Final = 5000
WRITE_LOCK: Final = 4_711_2026
WRITES: Final = "holdpoint_writes"

_PRAGMAS = (
    f"PRAGMA busy_timeout = {PATIENCE_MS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_WRITE_AHEAD = "PRAGMA journal_mode = WAL"


def parse_url(url: str | URL) -> URL:
    """Read a database address.

    Raises:
        StoreError: It is not an address, or names neither a SQLite file nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "The address of the register is not a database address.",
            "Give one such as sqlite:///register.db or postgresql+psycopg://host/name.",
        ) from error
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(
        f"A register cannot be kept in {parsed.render_as_string()}.",
        "Use a SQLite file or PostgreSQL.",
    )


def sqlite_path(url: URL) -> Path:
    """Return the file of a SQLite address."""
    return Path(str(url.database))


def make_engine(url: URL) -> Engine:
    """Make the engine of a register; nothing is opened yet, and no file is made."""
    if url.get_backend_name() != "sqlite":
        return _postgres_engine(url)
    engine = _sqlite_engine(url)
    event.listen(engine, "connect", _write_ahead)
    return engine


def make_inspecting_engine(url: URL) -> Engine:
    """Make an engine that leaves a file as it is, since it may be somebody else's."""
    return _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _postgres_engine(url)


def _sqlite_engine(url: URL) -> Engine:
    address = f"file:{quote(str(sqlite_path(url)))}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address,
            uri=True,
            timeout=PATIENCE_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine(url, creator=connect, poolclass=QueuePool, pool_size=10, max_overflow=50)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "commit", _commit_sqlite)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _write_ahead(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute(_WRITE_AHEAD)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _commit_sqlite(connection: Connection) -> None:
    """Commit, or roll back at once: SQLite leaves a transaction open whose commit it refuses."""
    try:
        connection.exec_driver_sql("COMMIT")
    except DBAPIError:
        connection.exec_driver_sql("ROLLBACK")
        raise


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
