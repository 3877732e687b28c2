"""A register of an older release is brought up to date whole, or left as it was."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from tests.factories import AURORA, a_launch, a_risk
from tracker.domain.errors import SchemaOutOfDate, StoreError
from tracker.store import queries, revisions
from tracker.store.engine import Store
from tracker.store.history import verify_chain
from tracker.store.schema import SchemaState, schema_state
from tracker.store.setup import migrate

NEXT = '''
"""A migration of a release to come."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("team") as team:
        team.add_column(sa.Column("slots", sa.Integer(), server_default="1", nullable=False))
        team.create_check_constraint("slots_from_one", "slots >= 1")
    {then}
'''

Release = Callable[[str], None]


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Let one more migration exist; what it does last is the argument."""

    def release(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(revisions.MIGRATIONS, folder)
        head = revisions.head()
        number = f"{int(head or 0) + 1:04d}"
        text = NEXT.format(number=number, head=head, then=then)
        (folder / "versions" / f"{number}_slots.py").write_text(text)
        monkeypatch.setattr(revisions, "MIGRATIONS", folder)

    return release


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def test_an_older_register_asks_for_migrate_and_keeps_its_rows(
    store: Store, next_release: Release
) -> None:
    a_launch(store)
    risk = a_risk(store)
    before = store.revision()
    next_release("pass")
    with pytest.raises(SchemaOutOfDate, match="holdpoint migrate"):
        Store.open(address(store))
    migrate(address(store))
    assert schema_state(address(store)) is SchemaState.CURRENT
    migrated = Store.open(address(store))
    with migrated.reading() as session:
        assert queries.get_risk(session, risk).launch == AURORA
        assert [*queries.teams(session)] == ["product", "safety"]
        assert verify_chain(session) is None
    assert migrated.revision() == before
    migrated.dispose()


def test_a_migration_that_fails_leaves_the_register_as_it_was(
    store: Store, next_release: Release
) -> None:
    a_launch(store)
    next_release('op.execute("INSERT INTO no_such VALUES (1)")')
    with pytest.raises(DBAPIError, match="no_such"):
        migrate(address(store))
    assert schema_state(address(store)) is SchemaState.OLDER
    with store.reading() as session:
        assert queries.get_launch(session, AURORA).key == AURORA
        assert [*queries.teams(session)] == ["product", "safety"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_migration_that_breaks_references_is_undone(store: Store, next_release: Release) -> None:
    next_release("op.execute(\"INSERT INTO risk_area VALUES ('none/R-1', 'privacy')\")")
    with pytest.raises(StoreError, match="risk_area refers to nothing"):
        migrate(address(store))
    assert schema_state(address(store)) is SchemaState.OLDER


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_register_is_migrated_once_when_two_ask(store: Store, next_release: Release) -> None:
    next_release("pass")
    migrate(address(store))
    migrate(address(store))
    assert schema_state(address(store)) is SchemaState.CURRENT
