"""A back-up is a whole register, taken while others write, and never over something else."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import opened
from tests.databases import EMPTY, Postgres
from tests.factories import AURORA, a_launch, a_risk
from tracker.domain.errors import StoreCorrupt, StoreError
from tracker.store import queries
from tracker.store.backup import backup
from tracker.store.engine import Store
from tracker.store.history import verify_chain


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "register-copy.db"


@pytest.fixture(autouse=True)
def folder(target: Path) -> Path:
    target.parent.mkdir()
    return target.parent


def url_of(store: Store) -> str:
    return store.engine.url.render_as_string()


def test_a_backup_opens_as_the_register_it_was(sqlite_store: Store, target: Path) -> None:
    a_launch(sqlite_store)
    risk = a_risk(sqlite_store)
    backup(url_of(sqlite_store), target)
    a_risk(sqlite_store)
    with opened(f"sqlite:///{target}") as copy, copy.reading() as session:
        (inputs,) = queries.launch_inputs(session)
        assert [item.risk.ref for item in inputs.risks] == [risk]
        assert verify_chain(session) is None


def test_a_backup_is_one_file_that_only_its_owner_reads(sqlite_store: Store, target: Path) -> None:
    backup(url_of(sqlite_store), target)
    assert [*target.parent.iterdir()] == [target]
    assert target.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_backup_taken_while_somebody_writes_is_whole(sqlite_store: Store, target: Path) -> None:
    a_launch(sqlite_store)
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            a_risk(sqlite_store)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(url_of(sqlite_store), target)
    finally:
        enough.set()
        writer.join()
    with opened(f"sqlite:///{target}") as copy, copy.reading() as session:
        assert verify_chain(session) is None
        numbers = [item.risk.number for item in queries.launch_inputs(session)[0].risks]
    assert numbers == [*range(1, len(numbers) + 1)]


def test_a_backup_never_replaces_a_file(sqlite_store: Store, target: Path) -> None:
    target.write_text("precious")
    with pytest.raises(StoreError, match="exists already"):
        backup(url_of(sqlite_store), target)
    assert target.read_text() == "precious"


def test_a_backup_into_no_folder_is_refused(sqlite_store: Store, target: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        backup(url_of(sqlite_store), target.parent / "nowhere" / "copy.db")


def test_there_is_no_backup_of_nothing_or_of_a_damaged_file(tmp_path: Path, target: Path) -> None:
    with pytest.raises(StoreError, match="holdpoint init"):
        backup(f"sqlite:///{tmp_path / 'missing.db'}", target)
    (tmp_path / "damaged.db").write_bytes(b"nothing like a database " * 200)
    with pytest.raises(StoreCorrupt):
        backup(f"sqlite:///{tmp_path / 'damaged.db'}", target)
    assert not target.exists()


@pytest.mark.postgres
def test_for_postgresql_its_own_tool_is_named(postgres: Postgres, target: Path) -> None:
    with postgres.copy(EMPTY) as url, pytest.raises(StoreError, match="pg_dump") as refused:
        backup(url, target)
    assert str(target) in str(refused.value)
    assert AURORA not in str(refused.value)
