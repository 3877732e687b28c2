"""Fixtures that every folder of tests shares: a register on either database, counted queries."""

import shutil
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.databases import EMPTY, TEMPLATE, Postgres, postgres_server, sqlite_template
from tracker.store.engine import Store

BOTH_DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET ", "SELECT pg_advisory")


@pytest.fixture(scope="session")
def postgres() -> Generator[Postgres]:
    """A PostgreSQL, started once for the session."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def register_with_cast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register with the cast, to copy from."""
    return sqlite_template(tmp_path_factory.mktemp("with_cast"), cast=True)


@pytest.fixture(scope="session")
def register_without_cast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register with nothing in it, to copy from."""
    return sqlite_template(tmp_path_factory.mktemp("without_cast"), cast=False)


@contextmanager
def opened(url: Any) -> Generator[Store]:
    """Open a register and let go of it afterwards."""
    store = Store.open(url)
    try:
        yield store
    finally:
        store.dispose()


@contextmanager
def opened_copy(template: Path, folder: Path) -> Generator[Store]:
    """Open a copy of a SQLite register."""
    path = folder / "register.db"
    shutil.copy(template, path)
    with opened(f"sqlite:///{path}") as store:
        yield store


@contextmanager
def a_register(request: pytest.FixtureRequest, folder: Path, template: str) -> Generator[Store]:
    """Open a fresh register on the database that the fixture is parametrised with."""
    if request.param == "sqlite":
        with opened_copy(request.getfixturevalue(f"register_{template}"), folder) as store:
            yield store
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.copy(template) as url, opened(url) as store:
            yield store


@pytest.fixture(params=BOTH_DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """A register with the cast of `tests.cast` and the packaged policy areas, on each database."""
    with a_register(request, tmp_path, TEMPLATE) as found:
        yield found


@pytest.fixture(params=BOTH_DATABASES)
def bare_store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Store]:
    """A register just made, with nothing in it, on each database."""
    with a_register(request, tmp_path, EMPTY) as found:
        yield found


@pytest.fixture(params=BOTH_DATABASES, scope="module")
def shared_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Store]:
    """One register for all tests of a file; only for tests that leave it as it was."""
    with a_register(request, tmp_path_factory.mktemp("shared"), TEMPLATE) as found:
        yield found


@pytest.fixture
def sqlite_store(register_with_cast: Path, tmp_path: Path) -> Generator[Store]:
    """A register with the cast in a SQLite file, for tests that are not about the database."""
    with opened_copy(register_with_cast, tmp_path) as found:
        yield found


@dataclass
class QueryCount:
    """The statements that a block executed, without the ones that begin a transaction."""

    statements: list[str] = field(default_factory=list[str])

    def __len__(self) -> int:
        return len(self.statements)


QueryCounter = Callable[[Store], AbstractContextManager[QueryCount]]


@pytest.fixture
def query_counter() -> QueryCounter:
    """Count statements: `with query_counter(store) as counted: ...; assert len(counted) == 3`."""

    @contextmanager
    def counting(store: Store) -> Generator[QueryCount]:
        counted = QueryCount()

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(_BOOKKEEPING):
                counted.statements.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            event.remove(store.engine, "before_cursor_execute", note)

    return counting
