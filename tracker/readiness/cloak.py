"""Withheld text in items: a seal stands in its place, so that a change shows and the text does not.

`withheld` takes detail away from what people read; here it is hidden from what is hashed and kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from tracker.domain.review_words import WithheldClass
from tracker.domain.snapshots import Item
from tracker.domain.state import LaunchInputs
from tracker.sealing.withheld import sealed

WITHHELD_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "risk": ("title", "scenario", "tags", "source", "note", "close_note"),
    "assessment": ("reasons", "rationale"),
    "effect": ("basis",),
    "verification": ("evidence",),
    "acceptance": ("justification", "fails_if", "ended_because"),
    "run": (
        *("file_name", "part", "run_id", "source", "warnings"),
        *("equivalences", "confirmations"),
    ),
    "metric": (
        *("value", "stderr", "n", "passed", "failed", "qualifier", "unit"),
        *("conditions", "corrections"),
    ),
}
"""Kind of item to its fields that tell the detail of a withheld risk or run.

The names of a metric stay: the gates that read it name them openly.
"""


@dataclass(frozen=True, slots=True)
class Cloak:
    """What hides withheld text: the register's secret, and what is withheld and why."""

    key: bytes
    reasons: Mapping[str, WithheldClass]

    @classmethod
    def of(cls, key: bytes, inputs: LaunchInputs) -> "Cloak":
        """Return the cloak over what is withheld on a launch, baselines of its gates too."""
        runs = (*inputs.runs, *inputs.baselines.values())
        records = (*(one.risk for one in inputs.risks), *(one.run for one in runs))
        return cls(key, {one.ref: one.withheld for one in records if one.withheld})

    def over(self, item: Item, owner: str | None) -> Item:
        """Return an item without its text, where the risk or run that it belongs to is withheld.

        Args:
            item: As it is.
            owner: Full reference of that risk or run; None where the item belongs to none.
        """
        reason = self.reasons.get(owner or "")
        if reason is None:
            return item
        ref = f"{owner} {item.kind} {item.ref}"
        hidden = {
            name: sealed(self.key, ref, name, item.fields[name], reason)
            for name in WITHHELD_FIELDS[item.kind]
        }
        return replace(item, fields={**item.fields, **hidden})
