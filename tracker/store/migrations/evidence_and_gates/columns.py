"""Columns and values of the second migration; released, so changed only by a later migration."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

CONFIDENCE = ("low", "medium", "high")
CORRECTION_KIND = ("withdrawn", "re-mapped")
DIRECTION = ("higher is better", "lower is better")
EVIDENCE_FORMAT = (
    "Inspect log (.eval)",
    "Inspect log (JSON)",
    "lm-evaluation-harness results",
    "promptfoo results",
    "garak report",
    "table of metrics",
)
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
GATE_COVERAGE = ("overall", "every slice")
GATE_KIND = ("measured", "attested")
GATE_STATE = ("missing", "planned", "failed", "stale", "inconclusive", "passed")
ORIGIN = ("entered", "published", "illustrative judgement")
SAFEGUARDS = ("on", "off", "not stated")
SCALE = ("share from 0 to 1", "percent from 0 to 100", "count", "other number")
THRESHOLD_OUTCOME = ("below", "cannot rule out", "reached")


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
    return refers_together([column], [target])


def refers_together(columns: Sequence[str], targets: Sequence[str]) -> sa.ForeignKeyConstraint:
    """Make a foreign key of several columns that is checked when the transaction ends."""
    return sa.ForeignKeyConstraint(columns, targets, initially="DEFERRED", deferrable=True)
