"""Columns and values of the first migration; released, so changed only by a later migration."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

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


def required(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    """Make a column that always holds something."""
    return sa.Column(name, kind, nullable=False, **options)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    """Make a column that may hold nothing."""
    return sa.Column(name, kind, nullable=True)


def choice(values: Sequence[str], name: str) -> sa.Enum:
    """Make the type of a column that holds one of some words, with a CHECK of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    """Make a foreign key that is checked when the transaction ends."""
    return sa.ForeignKeyConstraint([column], [target], initially="DEFERRED", deferrable=True)
