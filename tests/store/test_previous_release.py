"""A register that the release before this one made is refused, then brought over whole."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    column,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from tests.cast import DANA, NOW, bring_in_the_cast
from tests.conftest import BOTH_DATABASES, opened
from tests.evidence_factories import (
    a_confirmation,
    a_correction,
    a_determination,
    a_gate,
    a_link,
    a_metric,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_equivalence,
)
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
)
from tracker.domain.drafts import PartialAssessment
from tracker.domain.errors import SchemaOutOfDate
from tracker.domain.words import RegisterKind
from tracker.sealing.chain import GENESIS, seal
from tracker.store import queries, writes
from tracker.store.backup import backup
from tracker.store.connect import WRITES, make_engine
from tracker.store.engine import Store
from tracker.store.history import CHANGES, Stamp, all_changes, verify_chain
from tracker.store.reconciling import audited_tables, disagreements
from tracker.store.revisions import VERSION_TABLE, config
from tracker.store.schema import SchemaState, schema_state
from tracker.store.setup import create, migrate
from tracker.store.tables import Change, GateWaiver, PersonArea

RELEASES = ("0001", "0002")
"""Last migration of each release before this one: of 0.1 and of 0.2."""


@pytest.fixture(params=RELEASES)
def previous(request: pytest.FixtureRequest) -> str:
    """The last migration of a release before this one."""
    return request.param


@pytest.fixture(params=BOTH_DATABASES)
def addresses(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[URL, URL]:
    """Two places for a register on one kind of database."""
    if request.param == "sqlite":
        first, second = (tmp_path / "old.db", tmp_path / "new.db")
        first.touch()
        return make_url(f"sqlite:///{first}"), make_url(f"sqlite:///{second}")
    server = request.getfixturevalue("postgres")
    return server.bare_database(), server.bare_database()


@pytest.fixture
def old(addresses: tuple[URL, URL], previous: str, tmp_path: Path) -> Generator[Store]:
    """A register of an older release with rows in all of its tables."""
    url = addresses[0]
    make_previous(url, previous, tmp_path / "new-release.db")
    # Not opened as registers are: this release refuses it.
    store = Store(make_engine(url))
    yield store
    store.dispose()


def make_previous(url: URL, previous: str, place: Path) -> None:
    """Make the register that an older release would have made of the same saves."""
    create(f"sqlite:///{place}", kind=RegisterKind.OWN, at=NOW)
    with opened(make_url(f"sqlite:///{place}")) as store:
        fill(store)
        if previous > RELEASES[0]:
            fill_evidence(store)
        engine = make_engine(url).execution_options(**{WRITES: True})
        with engine.connect() as there, there.begin():
            settings = config()
            settings.attributes["connection"] = there
            command.upgrade(settings, previous)
            with store.engine.connect() as here:
                copy_rows(here, there)
        engine.dispose()


def copy_rows(here: Connection, there: Connection) -> None:
    """Copy what the older tables hold, with the chain as that release would have written it."""
    found = MetaData()
    found.reflect(there, only=sorted(tables_of(there) - {"change"}))
    for name, older in found.tables.items():
        kept = [Column(c.name, c.type) for c in Change.metadata.tables[name].c if c.name in older.c]
        table = Table(name, MetaData(), *kept)  # without the defaults of columns to come
        for row in here.execute(select(table)).mappings():
            there.execute(table.insert(), {**row})
    nouns = {
        kind.noun: {*found.tables[str(kind.__tablename__)].columns.keys()}
        for kind in audited_tables()
        if kind.__tablename__ in found.tables
    }
    previous_hash, seq = GENESIS, CHANGES.c.seq
    for row in here.execute(select(CHANGES).order_by(seq)).mappings():
        entry = {name: row[name] for name in row if name not in ("previous_hash", "hash")}
        known = nouns[entry["entity"]]
        entry["fields"] = {k: pair for k, pair in entry["fields"].items() if k in known}
        entry["previous_hash"], entry["hash"] = previous_hash, seal(previous_hash, entry)
        previous_hash = entry["hash"]
        there.execute(CHANGES.insert(), entry)
    if there.dialect.name == "postgresql":
        for name in [name for name, t in found.tables.items() if is_counted(t)]:
            go_on = f"setval(pg_get_serial_sequence('{name}', 'id'), max(id))"
            there.exec_driver_sql(f"SELECT {go_on} FROM {name}")


def is_counted(table: Table) -> bool:
    """Whether the database numbers the rows of a table."""
    return "id" in table.c and isinstance(table.c.id.type, Integer)


def fill_evidence(store: Store) -> None:
    """Put rows into the tables that came with release 0.2."""
    a_metric(store)
    run = a_run(store)
    a_link(store, 1, f"{AURORA}/R-1")
    a_correction(store, 1)
    an_equivalence(store, run)
    a_confirmation(store, run)
    gate = a_gate(store)
    an_attestation(store, an_attested_gate(store))
    number = a_waiver(store, gate)
    a_waiver(store, gate)
    with store.writing(Stamp(DANA, "end a waiver", at=NOW)) as session:
        session.get_one(GateWaiver, number).ended_by = "ben"
    a_determination(store, safeguards=["M-1"])


def fill(store: Store) -> None:
    bring_in_the_cast(store)
    a_launch(store)
    a_scope(store, confirmed_by="dana")
    risk = a_risk(store, touches=("privacy",), tags=(("mit", "2.1"),))
    a_closed_risk(store)
    an_assessment(store, risk, reasons={"likelihood": "Schon öfter gesehen."})
    mitigation = a_mitigation(store, {risk: (0.1, 0.2, 0.3)}, efforts={"safety": 2.5})
    a_placement(store, mitigation)
    a_verification(store, mitigation, risk, 0.1)
    with store.unaudited() as session:
        writes.keep_draft(session, "dana", risk, PartialAssessment(), NOW)
    done = Stamp(DANA, "add a risk", at=NOW, request_id="form-1")
    with store.writing(done) as session:
        session.add(PersonArea(person="eli", area="privacy"))
        writes.remember_request(session, done, risk)


def columns_of(connection: Connection) -> dict[str, list[str]]:
    seen = inspect(connection)
    return {
        table: [column["name"] for column in seen.get_columns(table)]
        for table in tables_of(connection)
    }


def rows(connection: Connection, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Every row of the tables, as the database gives back those columns."""
    return {
        table: sorted(
            repr(tuple(row))
            for row in connection.execute(
                select(*[column(name) for name in names]).select_from(text(f'"{table}"'))
            )
        )
        for table, names in columns.items()
    }


def tables_of(connection: Connection) -> set[str]:
    return {*inspect(connection).get_table_names()} - {VERSION_TABLE}


def triggers(connection: Connection) -> dict[str, str]:
    """The text of every trigger by its name."""
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}


def shape(connection: Connection) -> dict[str, Any]:
    """Everything that a database says about its tables, and its triggers."""
    seen = inspect(connection)
    made: dict[str, Any] = {"triggers": triggers(connection)}
    for table in tables_of(connection):
        parts = (
            seen.get_columns(table),
            *(sorted(part, key=repr) for part in (seen.get_check_constraints(table),)),
            *(sorted(part, key=repr) for part in (seen.get_unique_constraints(table),)),
            *(sorted(part, key=repr) for part in (seen.get_foreign_keys(table),)),
            *(sorted(part, key=repr) for part in (seen.get_indexes(table),)),
        )
        made[table] = (repr(parts), seen.get_pk_constraint(table))
    return made


def test_it_is_refused_with_the_command_that_mends_it(old: Store) -> None:
    assert schema_state(old.engine.url) is SchemaState.OLDER
    with pytest.raises(SchemaOutOfDate, match="holdpoint migrate"):
        Store.open(old.engine.url)


def test_every_row_trigger_and_record_is_as_before(old: Store) -> None:
    with old.engine.connect() as connection:
        columns = columns_of(connection)
        before, guarded = rows(connection, columns), triggers(connection)
    guarded.pop("metric_definition_same_meaning", None)  # lets more through since 0003
    assert all(before.values()), "a table without rows shows nothing"
    with old.reading() as session:
        head = queries.chain_head(session)
    old.dispose()
    migrate(old.engine.url)
    with opened(old.engine.url) as store:
        with store.engine.connect() as connection:
            assert rows(connection, columns) == before
            assert guarded.items() <= triggers(connection).items()
        with store.reading() as session:
            assert queries.chain_head(session) == head
            assert verify_chain(session) is None
            assert [*disagreements(session, all_changes(session))] == []


def test_it_has_the_tables_rules_and_triggers_of_a_new_one(
    old: Store, addresses: tuple[URL, URL]
) -> None:
    migrate(old.engine.url)
    create(addresses[1])
    shapes: list[dict[str, Any]] = []
    for url in addresses:
        with opened(url) as store, store.engine.connect() as connection:
            shapes.append(shape(connection))
    assert shapes[0] == shapes[1]


def test_what_was_permanent_is_so_still_and_work_goes_on(old: Store) -> None:
    migrate(old.engine.url)
    with opened(old.engine.url) as store:
        with (
            pytest.raises(DBAPIError, match="holdpoint refuses"),
            store.engine.execution_options(**{WRITES: True}).begin() as connection,
        ):
            connection.exec_driver_sql("UPDATE assessment SET likelihood = 1")
        a_metric(store, "latency")
        run = a_run(store, AURORA, {"metric": "latency"})
        a_gate(store, metric="latency")
        risk = a_risk(store)
        with store.reading() as session:
            (launch,) = queries.launch_inputs(session, [AURORA])
            assert verify_chain(session) is None
            assert [*disagreements(session, all_changes(session))] == []
        assert launch.runs[-1].run.ref == run
        assert risk == f"{AURORA}/R-3"


def test_it_can_be_backed_up_before_it_is_migrated(tmp_path: Path) -> None:
    url = make_url(f"sqlite:///{tmp_path / 'old.db'}")
    (tmp_path / "old.db").touch()
    make_previous(url, RELEASES[-1], tmp_path / "new-release.db")
    backup(url, tmp_path / "kept.db")
    assert schema_state(f"sqlite:///{tmp_path / 'kept.db'}") is SchemaState.OLDER


def test_every_register_has_a_secret_of_its_own(addresses: tuple[URL, URL], tmp_path: Path) -> None:
    make_previous(addresses[0], RELEASES[-1], tmp_path / "new-release.db")
    migrate(addresses[0])
    create(addresses[1])
    keys: list[bytes] = []
    for url in addresses:
        with opened(url) as store, store.reading() as session:
            keys.append(queries.seal_key(session))
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]
