"""The store: one register, opened once per process, read and written in short transactions."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cached_property

from pydantic import ValidationError
from sqlalchemy import URL, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.store.connect import WRITES, make_engine, parse_url
from tracker.store.failures import translate
from tracker.store.history import (
    EDITED,
    RecordingSession,
    Stamp,
    bind_stamp,
    chain_head,
    let_unaudited,
)
from tracker.store.schema import require_current


class Store:
    """A register in a database.

    Safe to share between threads; sessions are not. Hold no session longer than one transaction,
    and let nothing but plain records out of it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str | URL) -> "Store":
        """Open a register after checking that it is one, whole and of this release.

        Raises:
            StoreError: There is no register there, or the database does not answer.
            SchemaOutOfDate: An older release made it.
            SchemaUnknown: A newer release made it, or it is no register.
            StoreCorrupt: The file is damaged or no database.
        """
        parsed = parse_url(url)
        require_current(parsed)
        return cls(make_engine(parsed))

    @property
    def url(self) -> str:
        """The address, without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the register is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(**{WRITES: True})

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Read in one transaction that sees one state of the register throughout.

        Raises:
            UnrecordedWrite: Something tried to write.
            StoreError: The database cannot be used.
        """
        with _session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self, stamp: Stamp) -> Generator[Session]:
        """Write in one transaction under a stamp: all of it and its record, or nothing.

        The write lock is held from the first line of the block on, so what is read inside is
        what will be written upon. Keep the block short; no network and no screen inside.

        Raises:
            StaleEdit: Somebody else changed a row that was edited here.
            StoreLocked: Another process writes for longer than five seconds.
            InvalidInput: A row breaks a rule of the tables.
            RuleViolation: A row that is never changed was to be changed.
            StoreError: The database cannot be used.
        """
        with _session(self._writer) as session:
            bind_stamp(session, stamp)
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def unaudited(self) -> Generator[Session]:
        """Write what is no change of the register, such as a half-made assessment.

        Raises:
            UnrecordedWrite: A row of which a record is kept was to be written.
            StoreLocked: Another process writes for longer than five seconds.
            StoreError: The database cannot be used.
        """
        with _session(self._writer) as session:
            let_unaudited(session)
            session.connection()
            yield session
            session.commit()

    def revision(self) -> int:
        """Return the number of recorded changes: it rises with each, across all processes."""
        with self.reading() as session:
            return chain_head(session).length

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


@contextmanager
def _session(engine: Engine) -> Generator[Session]:
    """Open a session that is rolled back unless it was committed, its errors put into ours."""
    session = RecordingSession(engine, expire_on_commit=False)
    try:
        with session:
            yield session
    except (SQLAlchemyError, ValidationError) as error:
        writes = bool(engine.get_execution_options().get(WRITES))
        translated = translate(error, session.info.get(EDITED, {}), writes=writes)
        if translated is None:
            raise
        raise translated from error
