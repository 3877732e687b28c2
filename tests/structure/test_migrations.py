"""Migrations lead from nothing to exactly the tables of the code, in one line."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

from tests.conftest import opened
from tests.databases import EMPTY, Postgres
from tracker.store.base import Base
from tracker.store.engine import Store
from tracker.store.failures import REFUSED_BY_TRIGGER
from tracker.store.migrations.evidence_and_gates import triggers as later
from tracker.store.migrations.first_tables import triggers
from tracker.store.migrations.reviews_and_decisions import triggers as latest
from tracker.store.revisions import VERSION_TABLE, config
from tracker.store.setup import create
from tracker.store.tables import Risk


def revisions() -> list[Any]:
    return [*ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def drift(connection: Connection) -> list[Any]:
    options = {"version_table": VERSION_TABLE, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    found = compare_metadata(context, Base.metadata)
    return found if connection.dialect.name != "sqlite" else _without_equal_references(found)


def _without_equal_references(found: list[Any]) -> list[Any]:
    """Leave out references that differ only in being deferred, which SQLite does not tell.

    It tells so of those that came with their table, not of those that came with a later column.
    """
    named = [(kind, _reference(key)) for kind, key, *_ in found if str(kind).endswith("_fk")]
    both = {ref for kind, ref in named if ("add_fk", ref) in named and ("remove_fk", ref) in named}
    return [
        one for one in found if not (str(one[0]).endswith("_fk") and _reference(one[1]) in both)
    ]


def _reference(key: Any) -> tuple[str, ...]:
    return (key.parent.name, *key.column_keys, *(part.target_fullname for part in key.elements))


def checks(connection: Connection) -> dict[tuple[str, str], str]:
    """Every CHECK by table and name, with its SQL as the database gives it back."""
    inspector = inspect(connection)
    return {
        (table, str(check["name"])): " ".join(check["sqltext"].split())
        for table in Base.metadata.tables
        for check in inspector.get_check_constraints(table)
    }


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_numbers_are_in_order_and_lead_from_one_to_the_next() -> None:
    found = revisions()
    assert [item.revision for item in found] == [f"{n:04d}" for n in range(1, len(found) + 1)]
    assert [item.down_revision for item in found] == [None, *[i.revision for i in found[:-1]]]
    assert all(re.match(rf"{i.revision}_[a-z_]+\.py$", Path(i.path).name) for i in found)


def test_an_empty_file_is_upgraded_without_drift(tmp_path: Path) -> None:
    create(f"sqlite:///{tmp_path / 'register.db'}")
    with opened(f"sqlite:///{tmp_path / 'register.db'}") as store, store.engine.connect() as found:
        assert drift(found) == []


def test_every_reference_is_checked_when_the_transaction_ends(tmp_path: Path) -> None:
    create(f"sqlite:///{tmp_path / 'register.db'}")
    sql = "SELECT sql FROM sqlite_master WHERE type = 'table'"
    with opened(f"sqlite:///{tmp_path / 'register.db'}") as store, store.engine.connect() as found:
        for (text,) in found.exec_driver_sql(sql):
            deferred = re.findall(r"DEFERRABLE INITIALLY DEFERRED", text)
            assert len(deferred) == len(re.findall(r"\bREFERENCES\b", text)), text


@pytest.mark.postgres
def test_an_empty_postgresql_database_is_upgraded_without_drift(postgres: Postgres) -> None:
    with postgres.copy(EMPTY) as url, opened(url) as store, store.engine.connect() as found:
        assert drift(found) == []


def test_the_migrations_make_the_checks_of_the_tables(bare_store: Store, tmp_path: Path) -> None:
    with bare_store.engine.connect() as connection:
        made = checks(connection)
    expected = checks_of_metadata(bare_store, tmp_path)
    assert made.keys() == expected.keys()
    if bare_store.is_sqlite:
        assert made == expected


def checks_of_metadata(store: Store, folder: Path) -> dict[tuple[str, str], str]:
    """The checks that the tables of the code would make, in a fresh SQLite file."""
    engine = create_engine(f"sqlite:///{folder / f'code-{store.is_sqlite}.db'}")
    with engine.begin() as connection:
        Risk.metadata.create_all(connection)
        found = checks(connection)
    engine.dispose()
    return found


def test_the_triggers_are_there(bare_store: Store) -> None:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if bare_store.is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with bare_store.engine.connect() as connection:
        names = {row[0] for row in connection.exec_driver_sql(sql)}
    for table in (*triggers.APPEND_ONLY, *later.APPEND_ONLY, *latest.APPEND_ONLY):
        assert {f"{table}_no_update", f"{table}_no_delete"} <= names
    for table in (*triggers.KEPT_FOREVER, *later.KEPT_FOREVER, *latest.KEPT_FOREVER):
        assert {f"{table}_no_delete", f"{table}_same_reference"} <= names


def test_a_triggers_words_are_recognised() -> None:
    assert triggers.REFUSED == later.REFUSED == latest.REFUSED == REFUSED_BY_TRIGGER
