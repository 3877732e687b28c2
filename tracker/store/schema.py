"""What stands at a database address: a whole register of this release, or something else."""

from enum import StrEnum

from sqlalchemy import URL, Connection, inspect
from sqlalchemy.exc import DBAPIError

from tracker.domain.errors import SchemaOutOfDate, SchemaUnknown, StoreCorrupt, StoreError
from tracker.store.connect import make_inspecting_engine, parse_url, sqlite_path
from tracker.store.failures import translate
from tracker.store.revisions import VERSION_TABLE, head, known, recorded


class SchemaState(StrEnum):
    """What stands at a database address."""

    ABSENT = "absent"
    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"
    DAMAGED = "damaged"


def schema_state(url: str | URL) -> SchemaState:
    """Find out what stands at an address, without changing anything there.

    Raises:
        StoreError: The database does not answer, or the file cannot be read.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = sqlite_path(parsed)
        if not path.exists():
            return SchemaState.ABSENT
        if path.is_file() and path.stat().st_size == 0:
            return SchemaState.EMPTY
    return _inspected(parsed)


def require_current(url: URL) -> None:
    """Refuse anything but a whole register of this release.

    Raises:
        StoreError: There is no register.
        SchemaOutOfDate: An older release made it.
        SchemaUnknown: A newer release made it, or it is no register.
        StoreCorrupt: The file is damaged or no database.
    """
    shown = url.render_as_string(hide_password=True)
    match schema_state(url):
        case SchemaState.CURRENT:
            return
        case SchemaState.ABSENT | SchemaState.EMPTY:
            raise StoreError(
                f"There is no register at {shown}.",
                "Run: holdpoint init, or holdpoint demo to look around first.",
            )
        case SchemaState.OLDER:
            raise SchemaOutOfDate(
                f"The register at {shown} was made by an older release.", "Run: holdpoint migrate"
            )
        case SchemaState.NEWER:
            raise SchemaUnknown(
                f"The register at {shown} was made by a newer release.",
                "Install that release of Holdpoint, or a later one.",
            )
        case SchemaState.FOREIGN:
            raise SchemaUnknown(
                f"The database at {shown} holds something that is not a register.",
                "Point HOLDPOINT_DATABASE_URL at a register, or at a new place.",
            )
        case SchemaState.DAMAGED:
            raise StoreCorrupt(
                f"The file at {shown} is damaged, or is not a database.",
                "Put a back-up in its place; keep the damaged file.",
            )


def _inspected(url: URL) -> SchemaState:
    engine = make_inspecting_engine(url)
    try:
        with engine.connect() as connection:
            return _state_of(connection)
    except DBAPIError as error:
        translated = translate(error)
        if isinstance(translated, StoreCorrupt):
            return SchemaState.DAMAGED
        if translated is None:
            raise
        raise translated from error
    finally:
        engine.dispose()


def _state_of(connection: Connection) -> SchemaState:
    if connection.dialect.name == "sqlite" and not _is_sound(connection):
        return SchemaState.DAMAGED
    tables = inspect(connection).get_table_names()
    if not tables:
        return SchemaState.EMPTY
    if VERSION_TABLE not in tables:
        return SchemaState.FOREIGN
    revision = recorded(connection)
    if revision == head():
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision in known() else SchemaState.NEWER


def _is_sound(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
