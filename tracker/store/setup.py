"""Making a register, and bringing one of an older release up to date."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import URL, Connection

from tracker.domain.errors import StoreError
from tracker.domain.words import RegisterKind
from tracker.store.connect import WRITES, make_engine, parse_url, sqlite_path
from tracker.store.history import utc_now
from tracker.store.revisions import upgrade
from tracker.store.schema import SchemaState, require_current, schema_state
from tracker.store.tables import RegisterInfo

Fill = Callable[[URL], None]


def create(
    url: str | URL,
    *,
    kind: RegisterKind = RegisterKind.OWN,
    profile_version: str = "P1",
    demo_loaded_on: date | None = None,
    at: datetime | None = None,
    fill: Fill | None = None,
) -> None:
    """Make a new register at an address where there is none.

    On SQLite it is made and filled beside its place and moved there whole, so that a crash leaves
    no half-made register. On PostgreSQL the tables come in one transaction, and `fill` after it.

    Args:
        url: Where; the folder must exist, or the PostgreSQL database be empty.
        kind: Whether it will hold the demo.
        profile_version: Scoring profile that it is made for.
        demo_loaded_on: Day from which the demo's offsets count.
        at: When, aware; now if left out.
        fill: Puts the first rows in, given the address to open.

    Raises:
        StoreError: Something stands there already, or it cannot be written.
    """
    parsed = parse_url(url)
    _require_vacant(parsed)
    info = RegisterInfo(
        kind=kind,
        created_at=at or utc_now(),
        profile_version=profile_version,
        demo_loaded_on=demo_loaded_on,
    )
    if parsed.get_backend_name() == "sqlite":
        _create_file(parsed, info, fill)
    else:
        _build(parsed, info, fill)


def migrate(url: str | URL) -> None:
    """Bring a register of an older release up to date, in one transaction.

    Raises:
        StoreError: There is no register.
        SchemaUnknown: A newer release made it, or it is no register.
        StoreCorrupt: The file is damaged or no database.
    """
    parsed = parse_url(url)
    if schema_state(parsed) is not SchemaState.OLDER:
        require_current(parsed)
        return
    with _changing_schema(parsed) as connection:
        upgrade(connection)


def _require_vacant(url: URL) -> None:
    state = schema_state(url)
    shown = url.render_as_string(hide_password=True)
    if state not in (SchemaState.ABSENT, SchemaState.EMPTY):
        raise StoreError(
            f"There is already a database at {shown}.", "Choose another place, or move it away."
        )


def _create_file(url: URL, info: RegisterInfo, fill: Fill | None) -> None:
    target = sqlite_path(url)
    _require_room(target)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
            draft = Path(folder) / target.name
            draft.touch(mode=0o600)
            _build(url.set(database=str(draft)), info, fill)
            _move_into_place(draft, target)
    except OSError as error:
        raise StoreError(
            f"The register cannot be made at {target} ({error.strerror}).",
            "Choose another place, or make room.",
        ) from error


def _require_room(target: Path) -> None:
    """Refuse a place beside which a lost database left its journal: SQLite would play it back."""
    for suffix in ("-wal", "-journal"):
        leftover = target.with_name(target.name + suffix)
        if leftover.exists():
            raise StoreError(
                f"{leftover} is left over from a database that is no longer there.",
                "Move it away, then try again.",
            )


def _move_into_place(draft: Path, target: Path) -> None:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    if not target.exists():
        target.touch(mode=0o600, exist_ok=False)
    if target.stat().st_size > 0:
        raise StoreError(f"{target} was made by somebody else meanwhile.", "Open that one.")
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _build(url: URL, info: RegisterInfo, fill: Fill | None) -> None:
    with _changing_schema(url) as connection:
        upgrade(connection)
        connection.execute(
            RegisterInfo.metadata.tables["register_info"].insert(), info.model_dump()
        )
    if fill:
        fill(url)


@contextmanager
def _changing_schema(url: URL) -> Generator[Connection]:
    """Open a transaction that may re-make tables, under the write lock.

    SQLite would otherwise drop the rows that refer to a table while it is made anew; foreign keys
    are checked as a whole before the transaction ends.
    """
    engine = make_engine(url).execution_options(**{WRITES: True})
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                _driver(connection).execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                yield connection
                _require_sound_references(connection)
    finally:
        engine.dispose()


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _require_sound_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(f"A row of {broken[0]} refers to nothing in {broken[2]}; nothing changed.")
