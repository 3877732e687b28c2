"""A copy of a register while it is in use."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from tracker.domain.errors import StoreCorrupt, StoreError
from tracker.store.connect import parse_url, sqlite_path
from tracker.store.schema import SchemaState, require_current, schema_state


def backup(url: str | URL, target: Path) -> None:
    """Copy a SQLite register, of this release or an older one, as it is at one moment.

    The copy is made beside its place, checked, and moved there whole. Work on the register goes
    on meanwhile.

    Raises:
        StoreError: The target exists or cannot be written, there is no register, or it is kept
            in PostgreSQL, which has a tool of its own for this.
        SchemaUnknown: A newer release made it, or it is no register.
        StoreCorrupt: The register or its copy is damaged.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(
            "A register in PostgreSQL is backed up by PostgreSQL's own tool.",
            f"Run: pg_dump --format=custom --file={target} {parsed.database}",
        )
    if schema_state(parsed) is not SchemaState.OLDER:
        require_current(parsed)
    if target.exists():
        raise StoreError(f"{target} exists already.", "Choose another name for the back-up.")
    try:
        _copy(sqlite_path(parsed), target)
    except OSError as error:
        raise StoreError(
            f"The back-up cannot be written to {target} ({error.strerror}).",
            "Choose another place, or make room.",
        ) from error


def _copy(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        draft = Path(folder) / target.name
        draft.touch(mode=0o600)
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(draft)) as there:
            here.backup(there)
            there.execute("PRAGMA journal_mode = DELETE")
            _require_sound(there, source)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.rename(target)


def _require_sound(copy: sqlite3.Connection, source: Path) -> None:
    if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise StoreCorrupt(f"The copy of {source} is damaged.", "Check the disk, then try again.")
