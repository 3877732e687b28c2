"""What a snapshot is made of, and what differs between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracker.domain.review_words import Materiality

LAUNCH_SECTION: Final = "launch"
METHOD_SECTION: Final = "method"
AREA_PREFIX: Final = "area:"

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
"""What JSON can hold."""


def area_section(code: str) -> str:
    """Return the name of the section of a policy area, such as `area:cbrn`."""
    return f"{AREA_PREFIX}{code}"


@dataclass(frozen=True, slots=True)
class Item:
    """One record as a signature sees it.

    Attributes:
        kind: As the materiality policy names it: `launch`, `role`, `risk`, `risk result`,
            `assessment`, `effect`, `mitigation`, `placement`, `verification`, `scope`, `gate`,
            `gate result`, `run`, `metric`, `attestation`, `waiver`, `determination`, `acceptance`,
            `profile`, `policy`, `metric definition`.
        ref: Tells it apart within its kind, such as `R-12` or `R-12 by ada`.
        label: What a reader calls it, such as "R-12".
        fields: By name, each in its canonical plain form.
    """

    kind: str
    ref: str
    label: str
    fields: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Section:
    """What one part of a sign-off rests on; items in order of kind and ref."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MaterialityPolicy:
    """The published file that says what a change does to signatures (`data/materiality_*.yaml`).

    Attributes:
        editorial: Kind of item to the fields whose change voids nothing.
        blocking: Kind of item to the fields whose change voids every signature and suspends a
            decision; `*` stands for the item coming or going.

    A field named in neither is material, and so is an item that comes or goes.
    """

    version: str
    title: str
    owner: str
    effective: str
    editorial: Mapping[str, frozenset[str]]
    blocking: Mapping[str, frozenset[str]]

    def of(self, kind: str, field: str) -> Materiality:
        """Return what a change of a field does."""
        if field in self.blocking.get(kind, frozenset()):
            return Materiality.BLOCKING
        if field in self.editorial.get(kind, frozenset()):
            return Materiality.EDITORIAL
        return Materiality.MATERIAL


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs between two states of a launch.

    Attributes:
        sections: Names of the sections in which it lies.
        field: Empty where the item itself came or went.
        old, new: In plain form; None where absent.
        words: One line for people, such as "R-12 rose from High to Critical".
    """

    sections: tuple[str, ...]
    kind: str
    label: str
    field: str
    old: Plain
    new: Plain
    materiality: Materiality
    words: str
