"""The migrations of this release, and which of them a database has been through."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

VERSION_TABLE: Final = "holdpoint_schema"
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def config() -> Config:
    """Return Alembic's configuration; no file of settings is needed."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return made


def head() -> str | None:
    """Return the newest migration of this release."""
    return ScriptDirectory.from_config(config()).get_current_head()


def known() -> frozenset[str]:
    """Return all migrations of this release."""
    script = ScriptDirectory.from_config(config())
    return frozenset(revision.revision for revision in script.walk_revisions())


def recorded(connection: Connection) -> str | None:
    """Return the migration that a database says it has reached last."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def upgrade(connection: Connection) -> None:
    """Bring a database to the newest migration, in the transaction that is open."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
