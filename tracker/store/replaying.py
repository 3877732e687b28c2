"""What every audited row must hold, told by the audit chain alone.

Pure: it takes the entries in their order and reads nothing. Two things keep it from being a plain
replay. Columns that a later release added are in no entry of an older one: they hold what the
migration put there (`ADDED`). And until release 0.2 an entry did not name which waiver or
determination of several it changed, so that a column then may hold either of two values.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.changes import ChangeRecord

Text = str | None
Key = tuple[Text, ...]

ADDED: Final[Mapping[tuple[str, str], Text]] = {
    ("person", "sign_in"): None,
    ("risk", "withheld"): None,
    ("gate", "after_run"): "0",
    ("gate", "confirmed_by"): None,
    ("launch_mitigation", "release_asked_by"): None,
    ("launch_mitigation", "release_reason"): "",
    ("metric_definition", "proposed_direction"): None,
    ("metric_definition", "proposed_scale"): None,
    ("metric_definition", "proposed_by"): None,
    ("metric_definition", "proposed_because"): "",
}
"""Table and column to the value that a migration gave to the rows that were there."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the replay has to know about a table: its name and the columns of its key."""

    table: str
    key: tuple[str, ...]


@dataclass(slots=True)
class Told:
    """What the chain tells about one row.

    Attributes:
        values: Column to the values that it may hold; one, but for old ambiguous entries.
        by: Column to the position of the entry that told it last.
        entered: Position of the entry that told of the row first.
        edits: How many entries changed it since.
    """

    values: dict[str, frozenset[Text]]
    by: dict[str, int]
    entered: int
    edits: int = 0


@dataclass(slots=True)
class Replay:
    """The rows that exist by the chain, by table and key, as its entries are taken in."""

    shapes: Mapping[str, Shape]
    rows: dict[str, dict[Key, Told]] = field(
        default_factory=lambda: defaultdict(dict[Key, Told]), init=False
    )
    unexplained: list[int] = field(default_factory=list[int], init=False)
    _on_subject: dict[tuple[str, str], list[Key]] = field(
        default_factory=lambda: defaultdict(list[Key]), init=False
    )

    def take_all(self, entries: Iterable[ChangeRecord]) -> None:
        """Take in entries in their order."""
        for entry in entries:
            self.take(entry)

    def take(self, entry: ChangeRecord) -> None:
        """Take in the next entry; one that changes what no entry told of is `unexplained`."""
        shape = self.shapes.get(entry.entity)
        if shape is None:
            self.unexplained.append(entry.seq)
            return
        pairs = [entry.fields.get(name) for name in shape.key]
        known = [pair for pair in pairs if pair is not None]
        if len(known) == len(pairs):
            self._take_named(entry, shape, known)
        else:
            self._change(entry, shape, self._candidates(entry, shape))

    def _take_named(
        self, entry: ChangeRecord, shape: Shape, pairs: Sequence[tuple[Text, Text]]
    ) -> None:
        old, new = (tuple(pair[side] for pair in pairs) for side in (0, 1))
        table = self.rows[shape.table]
        if None in old:
            table[new] = _entered(entry)
            self._on_subject[shape.table, entry.subject].append(new)
        elif old not in table:
            self.unexplained.append(entry.seq)
        elif None in new:
            self._on_subject[shape.table, entry.subject].remove(old)
            del table[old]
        else:
            self._change(entry, shape, [new])

    def _candidates(self, entry: ChangeRecord, shape: Shape) -> list[Key]:
        rows = self.rows[shape.table]
        on_subject = self._on_subject[shape.table, entry.subject]
        return [key for key in on_subject if _fits(rows[key], entry, shape.table)]

    def _change(self, entry: ChangeRecord, shape: Shape, keys: Sequence[Key]) -> None:
        if not keys:
            self.unexplained.append(entry.seq)
        for key in keys:
            told = self.rows[shape.table][key]
            told.edits += 1
            for name, (old, new) in entry.fields.items():
                told.values[name] = frozenset((new,) if len(keys) == 1 else (old, new))
                told.by[name] = entry.seq


def may_hold(told: Told, table: str, column: str) -> frozenset[Text]:
    """Return the values that a column of a row may hold; none where the chain cannot say."""
    if column in told.values:
        return told.values[column]
    added = (table, column)
    return frozenset((ADDED[added],)) if added in ADDED else frozenset()


def _entered(entry: ChangeRecord) -> Told:
    values = {name: frozenset((new,)) for name, (_, new) in entry.fields.items()}
    return Told(values, dict.fromkeys(values, entry.seq), entry.seq)


def _fits(told: Told, entry: ChangeRecord, table: str) -> bool:
    return all(old in may_hold(told, table, name) for name, (old, _) in entry.fields.items())
