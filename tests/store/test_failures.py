"""What goes wrong with a database is told in our words, with what to do next."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tests.conftest import opened
from tests.databases import TEMPLATE, Postgres
from tests.factories import AURORA, a_launch, stamp
from tracker.domain.errors import HoldpointError, StoreCorrupt, StoreError, StoreLocked
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.failures import UnrecordedWrite, translate
from tracker.store.tables import Launch


class Said(Exception):
    """What a driver said, with the code that PostgreSQL gives beside its words."""

    def __init__(self, words: str, sqlstate: str | None = None) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


def failed(words: str, state: str | None = None, *, lost: bool = False) -> DBAPIError:
    error = OperationalError("SELECT 1", {}, Said(words, state))
    error.connection_invalidated = lost
    return error


@pytest.mark.parametrize(
    ("error", "kind", "remedy"),
    [
        (failed("database is locked"), StoreLocked, "save again"),
        (failed("canceling statement due to lock timeout", "55P03"), StoreLocked, "save again"),
        (failed("deadlock detected", "40P01"), StoreLocked, "save again"),
        (failed("database disk image is malformed"), StoreCorrupt, "back-up"),
        (failed("file is not a database"), StoreCorrupt, "back-up"),
        (failed("database or disk is full"), StoreError, "Make room"),
        (failed("disk I/O error"), StoreError, "Make room"),
        (failed("unable to open database file"), StoreError, "HOLDPOINT_DATABASE_URL"),
        (PoolTimeout("QueuePool limit"), StoreLocked, "save again"),
        (failed("server closed the connection", lost=True), StoreError, "HOLDPOINT_DATABASE_URL"),
    ],
)
def test_a_failure_says_what_to_do(
    error: SQLAlchemyError, kind: type[HoldpointError], remedy: str
) -> None:
    translated = translate(error)
    assert type(translated) is kind
    assert remedy in translated.remedy  # type: ignore[union-attr]


def test_a_write_that_the_database_refuses_to_a_reader_is_a_mistake_of_ours() -> None:
    assert isinstance(translate(failed("read-only transaction", "25006")), UnrecordedWrite)


def test_a_register_that_this_user_may_not_write_says_so() -> None:
    for said in (failed("attempt to write a readonly database"), failed("read-only", "25006")):
        assert isinstance(translate(said, writes=True), StoreError)


def test_a_value_that_the_database_cannot_hold_is_bad_input() -> None:
    said = DataError("", {}, Said("value too long for type character varying(64)", "22001"))
    assert "too long" in str(translate(said))


@pytest.mark.postgres
def test_a_server_that_went_away_is_reported(postgres: Postgres) -> None:
    with postgres.copy(TEMPLATE) as url:
        store = Store.open(url)
        store.dispose()
    with pytest.raises(StoreError, match="cannot be reached"):
        store.revision()


@pytest.mark.parametrize("error", [failed("no such column: x"), InvalidRequestError("oops")])
def test_a_failure_that_we_have_no_words_for_stays_itself(error: SQLAlchemyError) -> None:
    assert translate(error) is None


def test_a_failure_without_words_passes_through_the_store(sqlite_store: Store) -> None:
    with pytest.raises(OperationalError, match="no such table"), sqlite_store.reading() as session:
        session.connection().exec_driver_sql("SELECT * FROM no_such")


def test_a_constraint_of_the_database_is_named_where_it_can_be() -> None:
    said = sqlite3.IntegrityError("NOT NULL constraint failed: risk.title")
    assert "risk.title: is missing" in str(translate(IntegrityError("", {}, said)))
    said = sqlite3.IntegrityError("something new")
    assert "not acceptable" in str(translate(IntegrityError("", {}, said)))


def test_a_register_damaged_while_it_is_open_is_reported(
    sqlite_store: Store, tmp_path: Path
) -> None:
    a_launch(sqlite_store)
    sqlite_store.dispose()
    path = tmp_path / "register.db"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match="damaged"), sqlite_store.reading() as session:
        queries.launches(session)


def test_a_connection_that_the_server_ended_is_made_anew(store: Store) -> None:
    a_launch(store)
    if store.is_sqlite:
        store.dispose()
    else:
        end_connections(store)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).name = "Borealis"
    with store.reading() as session:
        assert queries.get_launch(session, AURORA).name == "Borealis"


def end_connections(store: Store) -> None:
    with opened(store.engine.url) as other, other.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_the_address_of_a_store_is_shown_without_its_password(store: Store) -> None:
    shown: Any = Store(store.engine).url
    assert shown == store.engine.url.render_as_string(hide_password=True)
    assert shown.startswith("sqlite:///" if store.is_sqlite else "postgresql+psycopg://")
