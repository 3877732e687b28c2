"""The cells of a table of metrics as text, from CSV or from a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import BinaryIO, Final, NamedTuple

from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.metric_table_sheet import Cell, sheet_rows

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 50_000

_ZIP: Final = b"PK\x03\x04"
_DELIMITERS: Final = ",;\t"


class Line(NamedTuple):
    """One row of a table; the number is the one that an editor or a spreadsheet shows."""

    number: int
    cells: tuple[str, ...]


def lines_of(source: BinaryIO) -> tuple[Line, ...]:
    """The rows of a table that hold anything, its header row first.

    Raises:
        ImportRejected: Neither CSV in UTF-8 nor a sound spreadsheet, or too large.
    """
    content = source.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise refused("whole file", f"is larger than {MAX_BYTES:,} bytes")
    found = _of_sheet(content) if content.startswith(_ZIP) else _of_csv(content)
    lines = tuple(line for line in found if any(line.cells))
    if len(lines) > MAX_ROWS:
        raise refused("whole file", f"has more than {MAX_ROWS:,} rows")
    return lines


def _of_csv(content: bytes) -> Iterator[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(
            f"byte {error.start + 1:,}", "is not UTF-8; save the table as UTF-8"
        ) from None
    header = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield Line(reader.line_num, tuple(cell.strip() for cell in row))
    except csv.Error as error:
        raise refused(f"row {reader.line_num:,}", f"is not CSV ({error})") from None


def _of_sheet(content: bytes) -> Iterator[Line]:
    for number, row in enumerate(sheet_rows(content), start=1):
        yield Line(number, tuple(_text(cell).strip() for cell in row))


def _text(cell: Cell) -> str:
    """A cell as somebody would type it: 20, not 20.0; a date without a time that it has not."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
