"""Whatever is changed behind the record's back shows, in every recorded table and column."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import opened, opened_copy
from tests.evidence_factories import a_waiver
from tests.factories import AURORA, stamp
from tests.review_factories import one_of_everything
from tracker.sealing.chain import GENESIS, seal
from tracker.store.engine import Store
from tracker.store.history import CHANGES, all_changes, verify_chain
from tracker.store.reconciling import Disagreement, Fault, audited_tables, disagreements
from tracker.store.tables import GateWaiver, Person, Risk

NOUNS = {str(kind.__tablename__): kind.noun for kind in audited_tables()}
TABLES = [*NOUNS]
COLUMNS = {name: [c.name for c in Risk.metadata.tables[name].columns] for name in TABLES}
MOST_COLUMNS = max(map(len, COLUMNS.values()))


def found_in(store: Store) -> list[Disagreement]:
    with store.reading() as session:
        return [*disagreements(session, all_changes(session))]


@pytest.fixture(scope="module")
def whole(
    register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Store, sqlite3.Connection]]:
    """A register with one of everything, and a connection of one's own that no trigger stops."""
    with opened_copy(register_with_cast, tmp_path_factory.mktemp("whole")) as store:
        one_of_everything(store)
        with closing(sqlite3.connect(str(store.engine.url.database))) as own:
            unlock(own)
            yield store, own


def unlock(own: sqlite3.Connection) -> None:
    """Drop every trigger and let go of every rule, as who holds the file can."""
    own.execute("PRAGMA foreign_keys = OFF")
    own.execute("PRAGMA ignore_check_constraints = ON")
    names = own.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        own.execute(f'DROP TRIGGER "{name}"')
    own.commit()


def another(value: Any) -> Any:
    """A value that differs in as little as one byte."""
    match value:
        case None:
            return "x"
        case int():
            return value + 1000
        case float():
            return value + 0.5
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case "":
            return " "
        case _:
            return value[:-1] + chr(ord(value[-1]) ^ 1)


def test_a_register_with_one_of_everything_agrees_with_its_record(
    whole: tuple[Store, sqlite3.Connection],
) -> None:
    store, own = whole
    counts = [own.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in TABLES]
    assert all(counts), "a table without rows shows nothing"
    assert found_in(store) == []


@pytest.mark.postgres
@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_so_does_one_in_postgresql(store: Store) -> None:
    one_of_everything(store)
    assert found_in(store) == []


@pytest.mark.parametrize("place", range(MOST_COLUMNS))
def test_a_changed_byte_shows_in_any_column_of_any_table(
    whole: tuple[Store, sqlite3.Connection], place: int
) -> None:
    store, own = whole
    cells = [(name, columns[place]) for name, columns in COLUMNS.items() if place < len(columns)]
    changed = [(*cell, *changed_byte(own, *cell)) for cell in cells]
    found = found_in(store)
    for table, column, row, before in changed:
        change(own, table, column, row, before)
    for table, column in cells:
        shown = [one for one in found if one.noun == NOUNS[table]]
        if column in [key.name for key in Risk.metadata.tables[table].primary_key]:
            assert {one.fault for one in shown} == {Fault.MISSING, Fault.UNKNOWN}, table
        elif (table, column) in (("risk", "row_version"), ("mitigation", "row_version")):
            assert shown == []  # rises with what belongs to them
        else:
            assert [one.field for one in shown] == [column], table
            assert shown[0].fault in (Fault.CHANGED, Fault.UNREADABLE)
    assert {one.noun for one in found} <= {NOUNS[table] for table, _ in cells}
    assert found_in(store) == []


def changed_byte(own: sqlite3.Connection, table: str, column: str) -> tuple[int, Any]:
    """Change one cell; return where its row is now, and what it held."""
    row, before = own.execute(f'SELECT rowid, "{column}" FROM "{table}" LIMIT 1').fetchone()
    after = another(before)
    change(own, table, column, row, after)
    moved = own.execute(f'SELECT 1 FROM "{table}" WHERE rowid = ?', (row,)).fetchone() is None
    return (after if moved else row), before


def change(own: sqlite3.Connection, table: str, column: str, row: int, value: Any) -> None:
    own.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))
    own.commit()


def test_a_deleted_row_shows_in_any_table(sqlite_store: Store) -> None:
    one_of_everything(sqlite_store)
    with closing(sqlite3.connect(str(sqlite_store.engine.url.database))) as own:
        unlock(own)
        for table in TABLES:
            own.execute(f'DELETE FROM "{table}" WHERE rowid = (SELECT max(rowid) FROM "{table}")')
        own.commit()
    found = found_in(sqlite_store)
    assert sorted(one.noun for one in found) == sorted(NOUNS.values())
    assert {one.fault for one in found} == {Fault.MISSING}
    assert all(one.seq for one in found)


def test_a_version_that_fell_shows(whole: tuple[Store, sqlite3.Connection]) -> None:
    store, own = whole
    change(own, "risk", "row_version", 1, 0)
    found = found_in(store)
    change(own, "risk", "row_version", 1, 1)
    assert [one.field for one in found] == ["row_version"]


def test_two_rows_in_each_others_place_show(whole: tuple[Store, sqlite3.Connection]) -> None:
    store, own = whole
    swap = "UPDATE person SET name = CASE key WHEN 'ada' THEN 'Ben' ELSE 'Ada' END"
    own.execute(f"{swap} WHERE key IN ('ada', 'ben')")
    own.commit()
    found = found_in(store)
    own.execute(
        swap.replace("'Ben' ELSE 'Ada'", "'Ada' ELSE 'Ben'") + " WHERE key IN ('ada','ben')"
    )
    own.commit()
    assert [(one.ref, one.field) for one in found] == [("ada", "name"), ("ben", "name")]


def test_a_chain_cut_at_its_end_is_sound_but_leaves_rows_that_nobody_entered(
    sqlite_store: Store,
) -> None:
    one_of_everything(sqlite_store)
    with closing(sqlite3.connect(str(sqlite_store.engine.url.database))) as own:
        unlock(own)
        own.execute("DELETE FROM change WHERE seq > ?", (sqlite_store.revision() - 1,))
        own.commit()
    with sqlite_store.reading() as session:
        assert verify_chain(session) is None
    (found,) = found_in(sqlite_store)
    assert (found.noun, found.fault) == ("risk not taken over", Fault.UNKNOWN)


@pytest.mark.parametrize("column", CHANGES.c.keys())
def test_a_changed_byte_of_a_record_shows_where_it_is(sqlite_store: Store, column: str) -> None:
    with closing(sqlite3.connect(str(sqlite_store.engine.url.database))) as own:
        unlock(own)
        before = own.execute(f'SELECT "{column}" FROM change WHERE seq = 7').fetchone()[0]
        value = 5000 if column == "seq" else another(before)
        own.execute(f'UPDATE change SET "{column}" = ? WHERE seq = 7', (value,))
        own.commit()
    with sqlite_store.reading() as session:
        assert verify_chain(session) == 7


def test_two_records_in_each_others_place_show(sqlite_store: Store) -> None:
    with closing(sqlite3.connect(str(sqlite_store.engine.url.database))) as own:
        unlock(own)
        for old, new in ((7, 9000), (8, 7), (9000, 8)):
            own.execute("UPDATE change SET seq = ? WHERE seq = ?", (new, old))
        own.commit()
    with sqlite_store.reading() as session:
        assert verify_chain(session) == 7


def test_a_record_made_up_of_a_row_that_never_was_shows(sqlite_store: Store) -> None:
    head = sqlite_store.revision()
    with sqlite_store.reading() as session:
        last = [*all_changes(session)][-1]
    entry: dict[str, Any] = {
        "seq": head + 1,
        "at": last.at,
        "actor": "ada",
        "actor_name": "Ada",
        "authenticated": False,
        "action": "edit a risk",
        "entity": "risk",
        "subject": f"{AURORA}/R-9",
        "launch": AURORA,
        "fields": {"title": ["Old", "New"]},
        "reason": "",
    }
    entry |= {"hash": seal(last.hash or GENESIS, entry), "previous_hash": last.hash}
    with sqlite_store.engine.execution_options(holdpoint_writes=True).begin() as connection:
        connection.execute(CHANGES.insert(), entry)
    (found,) = found_in(sqlite_store)
    assert (found.fault, found.seq) == (Fault.UNEXPLAINED, head + 1)


def test_which_of_several_waivers_was_ended_is_recorded(sqlite_store: Store) -> None:
    one_of_everything(sqlite_store)
    second = a_waiver(sqlite_store, f"{AURORA}/G-1")
    with sqlite_store.writing(stamp()) as session:
        session.get_one(GateWaiver, second).ended_by = "ben"
    with sqlite_store.reading() as session:
        newest = [*all_changes(session)][-1]
    assert newest.fields["id"] == (str(second), str(second))
    assert newest.fields["ended_by"] == (None, "ben")
    assert found_in(sqlite_store) == []


def test_a_row_edited_deleted_and_entered_again_agrees(sqlite_store: Store) -> None:
    with sqlite_store.writing(stamp()) as session:
        session.add(Person(key="ida", name="Ida"))
    for name in ("Ida B.", "Ida C."):
        with sqlite_store.writing(stamp()) as session:
            session.get_one(Person, "ida").name = name
    with opened(sqlite_store.engine.url) as again:
        assert found_in(again) == []
