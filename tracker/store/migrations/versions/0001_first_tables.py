"""The first tables: people, launches, risks, assessments, mitigations, and the audit chain."""

from alembic import op

from tracker.store.migrations.first_tables import (
    assessments,
    launches,
    mitigations,
    people,
    records,
    risks,
    triggers,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, then the triggers that keep records as they are."""
    people.person()
    people.team()
    launches.policy_area()
    people.person_role()
    people.person_area()
    launches.launch()
    launches.launch_role()
    launches.launch_scope()
    risks.risk()
    risks.risk_area()
    risks.risk_tag()
    assessments.assessment_draft()
    assessments.assessment()
    mitigations.mitigation()
    mitigations.mitigation_effort()
    mitigations.launch_mitigation()
    mitigations.mitigation_effect()
    mitigations.mitigation_verification()
    records.change()
    records.request()
    records.register_info()
    for statement in triggers.statements(op.get_bind().dialect.name):
        op.execute(statement)
