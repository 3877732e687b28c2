"""Evidence and what is said about it, gates and their waivers, and frontier determinations."""

from alembic import op

from tracker.store.migrations.evidence_and_gates import (
    determinations,
    evidence,
    gates,
    statements,
    triggers,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, then the triggers that keep records as they are."""
    statements.metric_definition()
    evidence.evidence_run()
    evidence.evidence()
    evidence.evidence_risk()
    statements.evidence_correction()
    statements.evidence_equivalence()
    statements.evidence_confirmation()
    gates.gate()
    gates.gate_attestation()
    gates.gate_waiver()
    determinations.threshold_determination()
    determinations.required_safeguard()
    for statement in triggers.statements(op.get_bind().dialect.name):
        op.execute(statement)
