"""Samples of an Inspect log, counted while they stream by; nothing of their text is kept."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast

from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.limits import MAX_METRICS, MAX_SAMPLES

_LETTERS: Final[Mapping[str, float]] = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0}
_WORDS: Final[Mapping[str, float]] = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}


class Column(NamedTuple):
    """One value per sample: of a scorer, a way to reduce epochs, and a key of its values."""

    scorer: str
    reducer: str = ""
    key: str = ""


class Part(NamedTuple):
    """The samples whose metadata has this text under this key; both empty for all samples."""

    group_key: str = ""
    group: str = ""


@dataclass(slots=True)
class Tally:
    """Values of 1, of 0, and of anything else; what is not a number counts nowhere."""

    ones: int = 0
    zeros: int = 0
    others: int = 0
    total: float = 0.0

    @property
    def n(self) -> int:
        """Samples with a value."""
        return self.ones + self.zeros + self.others

    def add(self, value: float) -> None:
        """Count one value."""
        self.ones += value == 1.0
        self.zeros += value == 0.0
        self.others += value not in (0.0, 1.0)
        self.total += value


Tallies = dict[tuple[Column, Part], Tally]


@dataclass(slots=True)
class SampleCounts:
    """What the samples of a log add up to.

    Attributes:
        group_keys: Keys of the samples' metadata by which the log groups its metrics.
        tallies: Over samples with their epochs reduced, as the log itself reduced them.
        rows: Over samples times epochs, for logs that hold no reductions.
        ids: The samples that were seen.
        edited: Whether the history of any score shows a change after the run.
    """

    group_keys: frozenset[str] = frozenset()
    tallies: Tallies = field(default_factory=dict[tuple[Column, Part], Tally])
    rows: Tallies = field(default_factory=dict[tuple[Column, Part], Tally])
    groups: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    ids: set[str] = field(default_factory=set[str])
    row_count: int = 0
    edited: bool = False

    def add_sample(self, sample_id: object, metadata: object, scores: Mapping[str, object]) -> None:
        """Count one sample of one epoch; of its metadata only the groups are kept."""
        self.row_count += 1
        if self.row_count > MAX_SAMPLES:
            raise refused("samples", f"are more than {MAX_SAMPLES:,}")
        self.edited = self.edited or has_history(scores)
        name = str(sample_id)
        self.ids.add(name)
        known = _mapping(metadata)
        for key in self.group_keys & known.keys():
            self.groups.setdefault(key, {})[name] = str(known[key])
        for scorer, score in scores.items():
            self._count(self.rows, Column(scorer), name, _mapping(score).get("value"))

    def add_reduced(self, scorer: str, reducer: str, sample: object) -> None:
        """Count one sample whose epochs the log has reduced to one value."""
        values = _mapping(sample)
        name = str(values.get("sample_id"))
        self._count(self.tallies, Column(scorer, reducer), name, values.get("value"))

    def planned_by_group(self) -> Mapping[Part, int]:
        """How many samples were seen in each group, scored or not."""
        return Counter(
            Part(key, group) for key, groups in self.groups.items() for group in groups.values()
        )

    def _count(self, tallies: Tallies, column: Column, name: str, value: object) -> None:
        for key, number in _numbers(value):
            for part in self._parts(name):
                place = (column._replace(key=key), part)
                tallies.setdefault(place, Tally()).add(number)
        if len(tallies) > MAX_METRICS:
            raise refused("samples", f"have scores of more than {MAX_METRICS:,} kinds")

    def _parts(self, name: str) -> Iterable[Part]:
        yield Part()
        for key, groups in self.groups.items():
            if name in groups:
                yield Part(key, groups[name])


def has_history(scores: object) -> bool:
    """Whether any score of a sample was changed after the run, as its history tells."""
    return any(_mapping(score).get("history") for score in _mapping(scores).values())


def as_number(value: object) -> float | None:
    """A score as Inspect turns it into a number; None for what is no number at all.

    Correct counts 1, partly correct 0.5, incorrect and no answer 0, as `value_to_float` of
    Inspect has it; words for yes and no likewise.
    """
    if isinstance(value, bool | int | float):
        return _finite(value)
    if isinstance(value, str):
        known = _LETTERS.get(value, _WORDS.get(value.lower()))
        return _parsed(value) if known is None else known
    return None


def _parsed(text: str) -> float | None:
    try:
        return _finite(float(text))
    except ValueError:
        return None


def _finite(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _numbers(value: object) -> list[tuple[str, float]]:
    """The value, or the values by key, that are numbers."""
    named = _mapping(cast(object, value)) if isinstance(value, dict) else {"": value}
    found = ((key, as_number(inner)) for key, inner in named.items())
    return [(key, number) for key, number in found if number is not None]


def _mapping(value: object) -> Mapping[str, object]:
    return cast(Mapping[str, object], value) if isinstance(value, dict) else {}
