"""Entries of the audit chain, and the lines of the history made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One entry of the audit chain.

    Attributes:
        seq: Position in the chain from 1 on, without gaps.
        fields: Field name to (old, new), each as text or None.
        hash: SHA-256 over the canonical form of everything else here and the hash before.
    """

    seq: int
    at: datetime
    actor: str
    actor_name: str
    authenticated: bool
    action: str
    entity: str
    subject: str
    launch: str | None
    fields: Mapping[str, tuple[str | None, str | None]]
    reason: str
    previous_hash: str
    hash: str


FOLDED: Final[Mapping[str, str]] = {
    "evidence": "metrics recorded",
    "evidence for a risk": "metrics linked",
    "correction of evidence": "corrections recorded",
}
"""Nouns of which one save writes very many alike, and what a line says of several of them."""


@dataclass(frozen=True, slots=True)
class ChangeLine(ChangeRecord):
    """A line of the history: one entry, or the newest of several alike that one save made.

    Alike are entries of a noun in `FOLDED` about one subject that follow each other in the chain.

    Attributes:
        first_seq: Position of the oldest entry that it stands for; `seq` where it is one entry.
    """

    first_seq: int

    @classmethod
    def of(cls, entry: ChangeRecord) -> "ChangeLine":
        """Return the line of one entry by itself."""
        values = {field.name: getattr(entry, field.name) for field in fields(ChangeRecord)}
        return cls(**values, first_seq=entry.seq)

    @property
    def entries(self) -> int:
        """Number of entries of the chain that the line stands for, from 1 on."""
        return self.seq - self.first_seq + 1

    @property
    def folded(self) -> str:
        """What the entries are, such as "14 metrics recorded"; empty where it is one entry."""
        return f"{self.entries} {FOLDED[self.entity]}" if self.entries > 1 else ""

    @property
    def span(self) -> str:
        """Where the entries stand in the chain, such as "No. 3 to 16", or "No. 3" for one."""
        return f"No. {self.first_seq} to {self.seq}" if self.entries > 1 else f"No. {self.seq}"


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the audit chain ends: printed in every export."""

    length: int
    hash: str
