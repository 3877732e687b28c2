"""The neutral document that Markdown, HTML, PDF and the spreadsheet render alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Generic, TypeVar

from altair import TopLevelMixin

from tracker.domain.words import GateState, Level, Verdict
from tracker.exports.escape import plain

Look = Level | Verdict | GateState


class Where(Enum):
    """Which renderings a column appears in: what fits on paper is less than what a sheet holds."""

    BOTH = "both"
    PAPER = "paper"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """One text, cleaned on construction, with what a spreadsheet stores and how it looks.

    Attributes:
        value: Number or date that a spreadsheet stores in place of the text.
        look: The level, verdict or state of a gate that the text stands for and begins with; its
            badge takes the colours of it.
    """

    text: str
    value: float | date | datetime | None = None
    look: Look | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        lead: A word or two before the text, such as `Why`; empty where there is none.
        notice: Whether it stands out from the text around it.
    """

    text: str
    lead: str = ""
    notice: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section, with the level that it is about."""

    text: str
    look: Look | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True, slots=True)
class Headline:
    """The few values that answer the question of the document, each apart from the others."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        weight: Width on paper, relative to the other columns.
        numeric: Whether it is aligned to the right.
    """

    title: str
    weight: float = 1.0
    numeric: bool = False
    where: Where = Where.BOTH


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; an empty table says so in words.

    Attributes:
        sheet: Name of the spreadsheet's sheet that it fills; empty where it fills none.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    sheet: str = ""

    def on(self, where: Where) -> "Table":
        """Return the table with the columns that appear there."""
        kept = [i for i, column in enumerate(self.columns) if column.where in (where, Where.BOTH)]
        columns = tuple(self.columns[i] for i in kept)
        rows = tuple(tuple(row[i] for i in kept) for row in self.rows)
        return Table(self.caption, columns, rows, self.empty, self.sheet)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, and the same in words.

    Attributes:
        share: Width on paper as a share of the text's width.
    """

    chart: TopLevelMixin
    alt: str
    caption: str
    share: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "alt", plain(self.alt))
        object.__setattr__(self, "caption", plain(self.caption))


Block = Paragraph | Heading | Headline | Facts | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with a stable anchor."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole summary; the first section is its first page.

    Attributes:
        running: What every page says at its top, one short text each.
        closing: What every page says at its bottom.
    """

    title: str
    subtitle: str
    running: tuple[str, ...]
    closing: str
    generated_at: datetime
    sections: tuple[Section, ...]

    def tables(self) -> tuple[Table, ...]:
        """Return the tables that fill a sheet, in order."""
        return tuple(
            block
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table) and block.sheet
        )


T = TypeVar("T")


@dataclass(frozen=True)
class Plan(Generic[T]):
    """How things of one kind become a table: columns, each with how it reads a thing."""

    caption: str
    empty: str
    sheet: str = ""
    columns: Sequence[tuple[Column, Callable[[T], Cell]]] = field(default_factory=tuple)

    def table(self, things: Iterable[T]) -> Table:
        """Return the table of things, in the order given."""
        rows = tuple(tuple(read(thing) for _, read in self.columns) for thing in things)
        columns = tuple(column for column, _ in self.columns)
        return Table(self.caption, columns, rows, self.empty, self.sheet)
