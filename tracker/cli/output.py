"""What the command prints: plain tables for people, JSON with stable keys for machines."""

import io
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from tracker.domain.errors import HoldpointError
from tracker.domain.words import Level

PIPED_WIDTH: Final = 10_000
"""Without a terminal nothing is cut or folded: a line of a table stays one line."""

FOLDED_WIDTH: Final = 16
"""A column that folds keeps this many characters, however narrow the terminal is."""

_TURNS_DIRECTION: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile(r"\s*[\n\r\u2028\u2029]+\s*")
_STYLES: Final = {
    Level.CRITICAL: "bold red",
    Level.HIGH: "red",
    Level.MODERATE: "yellow",
    Level.LOW: "cyan",
    Level.VERY_LOW: "dim",
    Level.UNASSESSED: "bold reverse",
}


class ReaderLeft(Exception):
    """Whoever read the output closed it, as `head` does; nothing is wrong."""


class OutputFailed(HoldpointError):
    """What was to be printed could not be written."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The output cannot be written ({why}).", "Make room, then try again.")


def say(text: str) -> None:
    """Print one line for a person on standard output."""
    _write(sys.stdout, f"{_harmless(text)}\n")


def complain(text: str) -> None:
    """Print one line on standard error, whatever the text holds."""
    _write(sys.stderr, f"{_harmless(_BREAKS.sub(' ', text))}\n")


def print_json(value: Any) -> None:
    """Print a value as JSON: numbers unrounded, keys in their order, equal input equal output."""
    text = json.dumps(value, indent=2, ensure_ascii=not _prints_unicode(), allow_nan=False)
    say(text)


def print_table(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table.

    Args:
        columns: Heading to how it stands: `left`, `right`, or `fold` for the one that may wrap.
        rows: Cells in the order of the columns; a level is coloured where there are colours.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    cells = [[_cell(value) for value in row] for row in rows]
    for place, (heading, way) in enumerate(columns.items()):
        widest = max([cell_len(heading), *(row[place].cell_len for row in cells)])
        table.add_column(
            heading,
            justify="right" if way == "right" else "left",
            min_width=min(widest, FOLDED_WIDTH) if way == "fold" else widest,
        )
    for row in cells:
        table.add_row(*row)
    _draw(table)


def write_bytes(content: bytes) -> None:
    """Write a document to standard output as it is."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise ReaderLeft from None
    except OSError as error:
        raise OutputFailed(error.strerror or "no reason given") from error


def _draw(what: RenderableType) -> None:
    drawn = io.StringIO()
    on_terminal = sys.stdout.isatty()
    console = Console(
        file=drawn,
        force_terminal=on_terminal,
        no_color=None if on_terminal else True,
        width=None if on_terminal else PIPED_WIDTH,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.width = max(console.width, console.measure(what).minimum)
    console.print(what)
    _write(sys.stdout, "".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines()))


def _cell(value: object) -> Text:
    text = "" if value is None else _harmless(_BREAKS.sub(" ", str(value)))
    return Text(text, style=_STYLES.get(value, "") if isinstance(value, Level) else "")


def _harmless(text: str) -> str:
    """Spell out marks that would turn the reading direction of everything after them."""
    return _TURNS_DIRECTION.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _prints_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, errors="replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        raise ReaderLeft from None
    except OSError as error:
        raise OutputFailed(error.strerror or "no reason given") from error
