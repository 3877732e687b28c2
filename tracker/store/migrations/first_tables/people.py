"""People and teams, as the first migration makes them."""

import sqlalchemy as sa
from alembic import op

from tracker.store.migrations.first_tables.columns import ROLE, choice, refers, required


def person() -> None:
    """Make the table `person`."""
    op.create_table(
        "person",
        required("row_version", sa.Integer()),
        required("key", sa.String(64)),
        required("name", sa.String(120)),
        required("active", sa.Boolean()),
        sa.PrimaryKeyConstraint("key"),
    )


def person_role() -> None:
    """Make the table `person_role`."""
    op.create_table(
        "person_role",
        required("person", sa.String(64)),
        required("role", choice(ROLE, "role")),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("person", "role"),
    )


def person_area() -> None:
    """Make the table `person_area`."""
    op.create_table(
        "person_area",
        required("person", sa.String(64)),
        required("area", sa.String(64)),
        refers("area", "policy_area.code"),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("person", "area"),
    )


def team() -> None:
    """Make the table `team`."""
    op.create_table(
        "team",
        required("row_version", sa.Integer()),
        required("key", sa.String(64)),
        required("name", sa.String(120)),
        required("people", sa.Integer()),
        required("person_days", sa.Float()),
        sa.CheckConstraint("people BETWEEN 1 AND 10000", name=op.f("ck_team_people_range")),
        sa.CheckConstraint("person_days >= 0", name=op.f("ck_team_person_days_not_negative")),
        sa.PrimaryKeyConstraint("key"),
    )
