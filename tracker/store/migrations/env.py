"""Run by Alembic: migrates on the connection that it is handed, in its open transaction."""

from alembic import context

from tracker.store.base import Base
from tracker.store.revisions import VERSION_TABLE
from tracker.store.tables import Launch

# Importing the tables is what fills the metadata.
assert Launch.metadata is Base.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
