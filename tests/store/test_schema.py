"""A register is made whole or not at all, and nothing else is taken for one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine

from tests.cast import NOW
from tests.databases import EMPTY, Postgres
from tracker.domain.errors import SchemaOutOfDate, SchemaUnknown, StoreCorrupt, StoreError
from tracker.domain.words import RegisterKind
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.schema import SchemaState, schema_state
from tracker.store.setup import create, migrate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_new_register_says_what_it_is(url: str) -> None:
    create(url, kind=RegisterKind.DEMO, profile_version="P1", demo_loaded_on=NOW.date(), at=NOW)
    store = Store.open(url)
    with store.reading() as session:
        info = queries.register_info(session)
    assert (info.kind, info.profile_version) == (RegisterKind.DEMO, "P1")
    assert (info.created_at, info.demo_loaded_on) == (NOW, NOW.date())
    store.dispose()


def test_a_new_register_is_one_file_that_only_its_owner_reads(url: str, path: Path) -> None:
    create(url)
    assert [entry.name for entry in path.parent.iterdir()] == ["register.db"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_register_is_not_made_over_another(url: str, path: Path) -> None:
    create(url)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="already a database"):
        create(url)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_register(url: str, path: Path) -> None:
    path.touch()
    create(url)
    assert schema_state(url) is SchemaState.CURRENT


def test_a_register_whose_filling_fails_leaves_nothing(url: str, path: Path) -> None:
    def fail(_url: URL) -> None:
        raise RuntimeError("stopped half way")

    with pytest.raises(RuntimeError, match="half way"):
        create(url, fill=fail)
    assert [*path.parent.iterdir()] == []


def test_a_register_is_not_made_beside_the_journal_of_a_lost_one(url: str, path: Path) -> None:
    path.with_name("register.db-wal").write_bytes(b"old")
    with pytest.raises(StoreError, match="left over"):
        create(url)
    assert not path.exists()


def test_a_register_made_meanwhile_by_somebody_else_is_kept(url: str, path: Path) -> None:
    def somebody_else(_url: URL) -> None:
        path.write_bytes(b"theirs")

    with pytest.raises(StoreError, match="meanwhile"):
        create(url, fill=somebody_else)
    assert path.read_bytes() == b"theirs"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        create(f"sqlite:///{tmp_path / 'nowhere' / 'register.db'}")


def test_a_missing_file_asks_for_init_and_is_not_made(url: str, path: Path) -> None:
    with pytest.raises(StoreError, match="holdpoint init"):
        Store.open(url)
    assert not path.exists()


def test_an_empty_file_asks_for_init(url: str, path: Path) -> None:
    path.touch()
    assert schema_state(url) is SchemaState.EMPTY
    with pytest.raises(StoreError, match="holdpoint init"):
        Store.open(url)


def test_a_file_that_is_no_database_is_refused_untouched(url: str, path: Path) -> None:
    path.write_bytes(b"This is a letter to my grandmother. " * 100)
    before = path.read_bytes()
    for act in (Store.open, migrate):
        with pytest.raises(StoreCorrupt, match="damaged"):
            act(url)
    with pytest.raises(StoreError, match="already"):
        create(url)
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_refused(url: str, path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be reached"):
        Store.open(url)


def test_a_damaged_register_is_refused(url: str, path: Path) -> None:
    create(url)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xa5" * 4096 * 3
    path.write_bytes(content)
    assert schema_state(url) is SchemaState.DAMAGED
    with pytest.raises(StoreCorrupt, match="back-up"):
        Store.open(url)


def test_a_register_cut_short_is_refused(url: str, path: Path) -> None:
    create(url)
    path.write_bytes(path.read_bytes()[: 4096 * 5])
    with pytest.raises(StoreCorrupt):
        Store.open(url)


def test_a_register_of_a_newer_release_is_refused_untouched(url: str, path: Path) -> None:
    create(url)
    run(path, "UPDATE holdpoint_schema SET version_num = '9999'")
    before = path.read_bytes()
    for act in (Store.open, migrate):
        with pytest.raises(SchemaUnknown, match="newer release"):
            act(url)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_untouched(url: str, path: Path) -> None:
    run(path, "CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    for act in (Store.open, migrate):
        with pytest.raises(SchemaUnknown, match="not a register"):
            act(url)
    with pytest.raises(StoreError, match="already"):
        create(url)
    assert path.read_bytes() == before


def test_a_register_of_an_older_release_asks_for_migrate(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(url)
    with monkeypatch.context() as later_release:
        later_release.setattr("tracker.store.schema.head", lambda: "9999")
        with pytest.raises(SchemaOutOfDate, match="holdpoint migrate"):
            Store.open(url)


def test_a_current_register_is_left_as_it_is_by_migrate(url: str, path: Path) -> None:
    create(url)
    before = path.read_bytes()
    migrate(url)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "address",
    ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "no address", ""],
)
def test_an_address_that_can_hold_no_register_is_refused(address: str) -> None:
    with pytest.raises(StoreError):
        Store.open(address)


def test_an_address_is_shown_without_its_password() -> None:
    with pytest.raises(StoreError) as refused:
        Store.open("mysql://ada:secret@host/name")
    assert "secret" not in str(refused.value)


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(StoreError, match="HOLDPOINT_DATABASE_URL") as refused:
        Store.open("postgresql://ada:secret@127.0.0.1:1/name?connect_timeout=2")
    assert "secret" not in str(refused.value)


@pytest.mark.postgres
def test_a_register_is_made_in_an_empty_postgresql_database(postgres: Postgres) -> None:
    url = postgres.bare_database()
    assert schema_state(url) is SchemaState.EMPTY
    with pytest.raises(StoreError, match="holdpoint init"):
        Store.open(url)
    create(url, at=NOW)
    store = Store.open(url)
    with store.reading() as session:
        assert queries.register_info(session).created_at == NOW
    store.dispose()


@pytest.mark.postgres
def test_other_postgresql_databases_are_refused(postgres: Postgres) -> None:
    foreign = postgres.bare_database()
    run_on(foreign, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(SchemaUnknown, match="not a register"):
        Store.open(foreign)
    with postgres.copy(EMPTY) as newer:
        run_on(newer, "UPDATE holdpoint_schema SET version_num = '9999'")
        with pytest.raises(SchemaUnknown, match="newer release"):
            Store.open(newer)


def run_on(url: URL, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
