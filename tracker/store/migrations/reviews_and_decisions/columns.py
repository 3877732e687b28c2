"""Columns and values of the third migration; released, so changed only by a later migration."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

CAPACITY = ("area lead", "reviewer", "responsible officer", "approver")
CONDITION_STATE = ("open", "met", "overdue", "breached")
DIRECTION = ("higher is better", "lower is better")
EXPORT_FORMAT = ("pdf", "html", "md", "xlsx", "csv", "json")
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
EXPOSURE_STEP = ("expose", "pause", "roll back", "withdraw")
LAUNCH_ROLE_NAME = ("launch owner", "responsible officer", "approver")
LEVEL = ("Very low", "Low", "Moderate", "High", "Critical", "UNASSESSED")
ORIGIN = ("entered", "published", "illustrative judgement")
OUTCOME = ("go", "go with conditions", "restricted", "more evidence", "no-go")
REGISTER_KIND = ("demo", "own")
SCALE = ("share from 0 to 1", "percent from 0 to 100", "count", "other number")
VERDICT = ("Not ready", "Ready with conditions", "Ready")
VOTE = ("approve", "approve with conditions", "object", "abstain", "recuse")
WITHHELD_CLASS = ("information hazard", "security", "personal data", "legal", "commercial")


def required(name: str, kind: Any) -> sa.Column[Any]:
    """Make a column that always holds something."""
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    """Make a column that may hold nothing."""
    return sa.Column(name, kind, nullable=True)


def choice(values: Sequence[str], name: str) -> sa.Enum:
    """Make the type of a column that holds one of some words, with a CHECK of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    """Make a foreign key that is checked when the transaction ends."""
    return sa.ForeignKeyConstraint([column], [target], initially="DEFERRED", deferrable=True)
