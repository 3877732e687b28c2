"""The first tables: people, launches, risks, assessments, mitigations, and the audit chain."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from tracker.store.migrations.triggers_0001 import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICABILITY = ("in scope", "not applicable", "none found")
CLOSE_REASON = ("duplicate", "out of scope", "cannot occur")
EVIDENCE_GRADE = ("A", "B", "C", "D")
EXPOSURE_STAGE = (
    "none",
    "internal limited",
    "internal broad",
    "trusted testers",
    "limited preview",
    "staged rollout",
    "general availability",
    "open weights",
)
GATE_TYPE = ("threshold", "zero tolerance", "eval", "review")
LAUNCH_ROLE_NAME = ("launch owner", "responsible officer", "approver")
LAYER = ("data", "model", "system", "policy", "access", "product", "process")
MECHANISM = ("prevent", "detect", "contain", "recover")
MITIGATION_STATUS = ("proposed", "planned", "in progress", "implemented", "verified", "rejected")
ORIGIN = ("entered", "published", "illustrative judgement")
REGISTER_KIND = ("demo", "own")
REVIEW_STATUS = (
    "draft",
    "scoping",
    "assessing",
    "mitigating",
    "ready for review",
    "in review",
    "decided",
    "reassessment",
)
RISK_STATUS = ("open", "closed")
ROLE = (
    "policy lead",
    "area lead",
    "assessor",
    "mitigation owner",
    "reviewer",
    "approver",
    "viewer",
    "auditor",
    "admin",
)
VERIFICATION_KIND = ("in place", "effect measured")


def required(name: str, kind: sa.types.TypeEngine[Any], **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **options)


def optional(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def choice(values: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], initially="DEFERRED", deferrable=True)


def upgrade() -> None:
    """Make all tables, then the triggers that keep records as they are."""
    change()
    launch()
    person()
    policy_area()
    register_info()
    request()
    team()
    launch_role()
    launch_scope()
    mitigation()
    person_area()
    person_role()
    risk()
    assessment()
    assessment_draft()
    launch_mitigation()
    mitigation_effect()
    mitigation_effort()
    mitigation_verification()
    risk_area()
    risk_tag()
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)


def change() -> None:
    op.create_table(
        "change",
        required("seq", sa.Integer(), autoincrement=False),
        required("at", UTCDateTime()),
        required("actor", sa.String(64)),
        required("actor_name", sa.String(120)),
        required("authenticated", sa.Boolean()),
        required("action", sa.String(200)),
        required("entity", sa.String(64)),
        required("subject", sa.String(160)),
        optional("launch", sa.String(64)),
        required("fields", sa.JSON()),
        required("reason", sa.String(2000)),
        required("previous_hash", sa.String(64)),
        required("hash", sa.String(64)),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_change_seq_from_one")),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("hash"),
    )
    op.create_index(op.f("ix_change_actor_seq"), "change", ["actor", "seq"])
    op.create_index(op.f("ix_change_launch_seq"), "change", ["launch", "seq"])
    op.create_index(op.f("ix_change_subject_seq"), "change", ["subject", "seq"])


def launch() -> None:
    op.create_table(
        "launch",
        required("row_version", sa.Integer()),
        required("key", sa.String(64)),
        required("name", sa.String(200)),
        required("summary", sa.String(4000)),
        required("developer", sa.String(120)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("surfaces", sa.String(4000)),
        required("exposure_asked", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("exposure_now", choice(EXPOSURE_STAGE, "exposure_now")),
        required("review_status", choice(REVIEW_STATUS, "review_status")),
        required("target_date", sa.Date()),
        optional("as_of", sa.Date()),
        required("note", sa.String(4000)),
        required("source", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        optional("cloned_from", sa.String(64)),
        refers("cloned_from", "launch.key"),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("name"),
    )


def person() -> None:
    op.create_table(
        "person",
        required("row_version", sa.Integer()),
        required("key", sa.String(64)),
        required("name", sa.String(120)),
        required("active", sa.Boolean()),
        sa.PrimaryKeyConstraint("key"),
    )


def policy_area() -> None:
    op.create_table(
        "policy_area",
        required("row_version", sa.Integer()),
        required("code", sa.String(64)),
        required("name", sa.String(200)),
        required("family", sa.String(64)),
        required("family_name", sa.String(200)),
        required("gate_type", choice(GATE_TYPE, "gate_type")),
        required("definition", sa.String(4000)),
        required("position", sa.Integer()),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("position"),
    )


def register_info() -> None:
    op.create_table(
        "register_info",
        required("id", sa.Integer(), autoincrement=False),
        required("kind", choice(REGISTER_KIND, "register_kind")),
        required("created_at", UTCDateTime()),
        required("profile_version", sa.String(64)),
        optional("demo_loaded_on", sa.Date()),
        sa.CheckConstraint("id = 1", name=op.f("ck_register_info_single_row")),
        sa.PrimaryKeyConstraint("id"),
    )


def request() -> None:
    op.create_table(
        "request",
        required("id", sa.String(80)),
        required("at", UTCDateTime()),
        required("actor", sa.String(64)),
        required("action", sa.String(200)),
        required("outcome", sa.String()),
        sa.PrimaryKeyConstraint("id"),
    )


def team() -> None:
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


def launch_role() -> None:
    op.create_table(
        "launch_role",
        required("launch", sa.String(64)),
        required("role", choice(LAUNCH_ROLE_NAME, "launch_role_name")),
        required("person", sa.String(64)),
        refers("launch", "launch.key"),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("launch", "role"),
        sa.UniqueConstraint("launch", "person"),
    )
    op.create_index(op.f("ix_launch_role_person"), "launch_role", ["person"])


def launch_scope() -> None:
    op.create_table(
        "launch_scope",
        required("row_version", sa.Integer()),
        required("launch", sa.String(64)),
        required("area", sa.String(64)),
        required("applicability", choice(APPLICABILITY, "applicability")),
        required("reason", sa.String(2000)),
        required("decided_by", sa.String(64)),
        optional("confirmed_by", sa.String(64)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> decided_by",
            name=op.f("ck_launch_scope_confirmed_by_another"),
        ),
        refers("area", "policy_area.code"),
        refers("confirmed_by", "person.key"),
        refers("decided_by", "person.key"),
        refers("launch", "launch.key"),
        sa.PrimaryKeyConstraint("launch", "area"),
    )


def mitigation() -> None:
    op.create_table(
        "mitigation",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("number", sa.Integer()),
        required("title", sa.String(200)),
        required("summary", sa.String(4000)),
        required("mechanism", choice(MECHANISM, "mechanism")),
        required("layer", choice(LAYER, "layer")),
        optional("owner", sa.String(64)),
        optional("team", sa.String(64)),
        optional("duration_shortest", sa.Float()),
        optional("duration_likely", sa.Float()),
        optional("duration_longest", sa.Float()),
        required("source", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint("ref = 'M-' || number", name=op.f("ck_mitigation_ref_fits")),
        sa.CheckConstraint(
            "(duration_shortest IS NULL AND duration_likely IS NULL AND duration_longest IS NULL) OR (duration_shortest IS NOT NULL AND duration_likely IS NOT NULL AND duration_longest IS NOT NULL AND 0 <= duration_shortest AND duration_shortest <= duration_likely AND duration_likely <= duration_longest)",
            name=op.f("ck_mitigation_duration_rises"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_mitigation_number_from_one")),
        refers("owner", "person.key"),
        refers("team", "team.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_mitigation_owner"), "mitigation", ["owner"])


def person_area() -> None:
    op.create_table(
        "person_area",
        required("person", sa.String(64)),
        required("area", sa.String(64)),
        refers("area", "policy_area.code"),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("person", "area"),
    )


def person_role() -> None:
    op.create_table(
        "person_role",
        required("person", sa.String(64)),
        required("role", choice(ROLE, "role")),
        refers("person", "person.key"),
        sa.PrimaryKeyConstraint("person", "role"),
    )


def risk() -> None:
    op.create_table(
        "risk",
        required("row_version", sa.Integer()),
        required("ref", sa.String(80)),
        required("launch", sa.String(64)),
        required("number", sa.Integer()),
        required("title", sa.String(200)),
        required("scenario", sa.String(4000)),
        required("area", sa.String(64)),
        optional("owner", sa.String(64)),
        optional("due", sa.Date()),
        required("source", sa.String(4000)),
        required("note", sa.String(4000)),
        required("origin", choice(ORIGIN, "origin")),
        required("status", choice(RISK_STATUS, "risk_status")),
        optional("close_reason", choice(CLOSE_REASON, "close_reason")),
        required("close_note", sa.String(2000)),
        optional("duplicate_of", sa.String(80)),
        optional("closure_asked_by", sa.String(64)),
        optional("closure_confirmed_by", sa.String(64)),
        required("created_at", UTCDateTime()),
        sa.CheckConstraint("ref = launch || '/R-' || number", name=op.f("ck_risk_ref_fits")),
        sa.CheckConstraint(
            "status = 'open' OR (close_reason IS NOT NULL AND closure_asked_by IS NOT NULL AND closure_confirmed_by IS NOT NULL)",
            name=op.f("ck_risk_closed_by_two"),
        ),
        sa.CheckConstraint(
            "closure_confirmed_by IS NULL OR closure_confirmed_by <> closure_asked_by",
            name=op.f("ck_risk_closure_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "duplicate_of IS NULL OR duplicate_of <> ref", name=op.f("ck_risk_no_twin_of_itself")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_risk_number_from_one")),
        refers("area", "policy_area.code"),
        refers("closure_asked_by", "person.key"),
        refers("closure_confirmed_by", "person.key"),
        refers("duplicate_of", "risk.ref"),
        refers("launch", "launch.key"),
        refers("owner", "person.key"),
        sa.PrimaryKeyConstraint("ref"),
        sa.UniqueConstraint("launch", "number"),
    )
    op.create_index(op.f("ix_risk_area"), "risk", ["area"])
    op.create_index(op.f("ix_risk_owner"), "risk", ["owner"])


def assessment() -> None:
    op.create_table(
        "assessment",
        required("id", sa.Integer()),
        required("risk", sa.String(80)),
        required("assessor", sa.String(64)),
        required("likelihood", sa.Integer()),
        required("severity", sa.Integer()),
        required("exposure", sa.Integer()),
        required("reversibility", sa.Integer()),
        required("business_impact", sa.Integer()),
        required("grade", choice(EVIDENCE_GRADE, "evidence_grade")),
        required("reasons", sa.JSON()),
        required("rationale", sa.String(2000)),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("submitted_at", UTCDateTime()),
        optional("confirms", sa.Integer()),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "business_impact BETWEEN 1 AND 5", name=op.f("ck_assessment_business_impact_range")
        ),
        sa.CheckConstraint("exposure BETWEEN 1 AND 5", name=op.f("ck_assessment_exposure_range")),
        sa.CheckConstraint(
            "likelihood BETWEEN 1 AND 5", name=op.f("ck_assessment_likelihood_range")
        ),
        sa.CheckConstraint(
            "reversibility BETWEEN 1 AND 5", name=op.f("ck_assessment_reversibility_range")
        ),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_assessment_severity_range")),
        refers("assessor", "person.key"),
        refers("confirms", "assessment.id"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assessment_assessor"), "assessment", ["assessor"])
    op.create_index(
        "ix_assessment_latest",
        "assessment",
        ["risk", "assessor", "submitted_at", "id"],
        unique=False,
    )


def assessment_draft() -> None:
    op.create_table(
        "assessment_draft",
        required("risk", sa.String(80)),
        required("author", sa.String(64)),
        required("payload", sa.JSON()),
        required("saved_at", UTCDateTime()),
        refers("author", "person.key"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "author"),
    )
    op.create_index(op.f("ix_assessment_draft_author"), "assessment_draft", ["author"])


def launch_mitigation() -> None:
    op.create_table(
        "launch_mitigation",
        required("row_version", sa.Integer()),
        required("mitigation", sa.String(80)),
        required("launch", sa.String(64)),
        required("status", choice(MITIGATION_STATUS, "mitigation_status")),
        required("mandatory", sa.Boolean()),
        optional("due", sa.Date()),
        required("origin", choice(ORIGIN, "origin")),
        refers("launch", "launch.key"),
        refers("mitigation", "mitigation.ref"),
        sa.PrimaryKeyConstraint("mitigation", "launch"),
    )
    op.create_index(op.f("ix_launch_mitigation_launch"), "launch_mitigation", ["launch"])


def mitigation_effect() -> None:
    op.create_table(
        "mitigation_effect",
        required("mitigation", sa.String(80)),
        required("risk", sa.String(80)),
        optional("low", sa.Float()),
        optional("best", sa.Float()),
        optional("high", sa.Float()),
        required("introduces", sa.Boolean()),
        required("basis", sa.String(2000)),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "(introduces AND low IS NULL AND best IS NULL AND high IS NULL) OR (NOT introduces AND low IS NOT NULL AND best IS NOT NULL AND high IS NOT NULL AND 0 <= low AND low <= best AND best <= high AND high < 1)",
            name=op.f("ck_mitigation_effect_shares_rise"),
        ),
        refers("mitigation", "mitigation.ref"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("mitigation", "risk"),
    )
    op.create_index(op.f("ix_mitigation_effect_risk"), "mitigation_effect", ["risk"])


def mitigation_effort() -> None:
    op.create_table(
        "mitigation_effort",
        required("mitigation", sa.String(80)),
        required("team", sa.String(64)),
        required("days", sa.Float()),
        sa.CheckConstraint("days >= 0", name=op.f("ck_mitigation_effort_days_not_negative")),
        refers("mitigation", "mitigation.ref"),
        refers("team", "team.key"),
        sa.PrimaryKeyConstraint("mitigation", "team"),
    )


def mitigation_verification() -> None:
    op.create_table(
        "mitigation_verification",
        required("id", sa.Integer()),
        required("mitigation", sa.String(80)),
        required("launch", sa.String(64)),
        optional("risk", sa.String(80)),
        required("kind", choice(VERIFICATION_KIND, "verification_kind")),
        optional("share", sa.Float()),
        required("evidence", sa.String(2000)),
        required("verified_by", sa.String(64)),
        required("verified_on", sa.Date()),
        required("model_version", sa.String(120)),
        required("configuration", sa.String(200)),
        required("exposure_stage", choice(EXPOSURE_STAGE, "exposure_stage")),
        required("origin", choice(ORIGIN, "origin")),
        sa.CheckConstraint(
            "(kind = 'in place' OR share IS NOT NULL) AND (share IS NULL OR (risk IS NOT NULL AND 0 <= share AND share < 1))",
            name=op.f("ck_mitigation_verification_share_fits_kind"),
        ),
        refers("launch", "launch.key"),
        refers("mitigation", "mitigation.ref"),
        refers("risk", "risk.ref"),
        refers("verified_by", "person.key"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_mitigation_verification_launch_mitigation_risk"),
        "mitigation_verification",
        ["launch", "mitigation", "risk"],
    )
    op.create_index(
        op.f("ix_mitigation_verification_mitigation"), "mitigation_verification", ["mitigation"]
    )
    op.create_index(op.f("ix_mitigation_verification_risk"), "mitigation_verification", ["risk"])


def risk_area() -> None:
    op.create_table(
        "risk_area",
        required("risk", sa.String(80)),
        required("area", sa.String(64)),
        refers("area", "policy_area.code"),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "area"),
    )
    op.create_index(op.f("ix_risk_area_area"), "risk_area", ["area"])


def risk_tag() -> None:
    op.create_table(
        "risk_tag",
        required("risk", sa.String(80)),
        required("taxonomy", sa.String(64)),
        required("code", sa.String(64)),
        refers("risk", "risk.ref"),
        sa.PrimaryKeyConstraint("risk", "taxonomy", "code"),
    )
