"""The last launch, what became of it, and the next one held against both."""

from dataclasses import dataclass
from enum import StrEnum


class LineageChange(StrEnum):
    """How a draft differs from the launch that it was cloned from."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


class LineageKind(StrEnum):
    """What is held against its like on the last launch."""

    RISK = "risk"
    MITIGATION = "mitigation"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class LineageRow:
    """One thing on the last launch, in its reality and in the draft.

    References and levels only, so that nothing withheld is told.

    Attributes:
        last: Reference on the last launch; None for what is new in the draft.
        here: Reference in the draft; None for what is not there.
        decided: How it stood when the last launch was decided; empty where it was not there.
        reality: How it stands there today; empty where it never was there.
        now: How it stands in the draft; empty where it is not there.
        words: One sentence on what differs.
    """

    kind: LineageKind
    change: LineageChange
    last: str | None
    here: str | None
    decided: str
    reality: str
    now: str
    words: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """A three-way comparison: the last launch as decided, its reality since, and this draft.

    Attributes:
        last: Key of the launch that the draft was cloned from.
        decided_as: Reference of the decision whose snapshot stands for the past; None where there
            is none, and the last launch is compared as it stands.
        since: What happened after it was decided, one sentence each, oldest first within a kind.
        rows: Removed, new, changed, then same; within each in order of kind and reference.
    """

    last: str
    decided_as: str | None
    since: tuple[str, ...]
    rows: tuple[LineageRow, ...]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A risk of the last launch that the draft did not take over; immutable."""

    risk: str
    reason: str
    dropped_by: str
