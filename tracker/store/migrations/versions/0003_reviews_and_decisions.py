"""Reviews, snapshots and signatures, decisions, acceptances, and changes that wait for a second."""

from alembic import op

from tracker.store.migrations.reviews_and_decisions import (
    acceptances,
    additions,
    decisions,
    reviews,
    signatures,
    triggers,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables and columns, then the triggers that keep records as they are."""
    for statement in additions.statements():
        op.execute(statement)
    additions.register_info()
    reviews.review()
    reviews.snapshot()
    reviews.stored_export()
    reviews.export_log()
    reviews.meeting_note()
    signatures.sign_off()
    signatures.objection_answer()
    signatures.recommendation()
    decisions.decision()
    decisions.condition()
    decisions.exposure()
    acceptances.acceptance()
    acceptances.evidence_withholding()
    acceptances.dropped_risk()
    acceptances.holder_proposal()
    for statement in triggers.statements(op.get_bind().dialect.name):
        op.execute(statement)
