"""The rows of a spreadsheet (XLSX), read without running anything in it."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tracker.readers.evidence.archive import Archive
from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.metric_table_xml import is_looked_through, look_through

Cell = int | float | str | bool | time | date | datetime | timedelta

SHEET_NAME: Final = "metrics"

_MAX_UNPACKED: Final = 100_000_000
_CHUNK: Final = 1 << 20


def sheet_rows(content: bytes) -> Sequence[Sequence[Cell]]:
    """The rows of the sheet called "metrics", or of the first sheet, from its first cell on.

    Raises:
        ImportRejected: Not a sound spreadsheet, with formulas or merged cells, or with cells so
            far out that the sheet between them would fill the memory.
    """
    _check(Archive(io.BytesIO(content)))
    try:
        sheet = _sheet(CalamineWorkbook.from_filelike(io.BytesIO(content)))
        merged = sheet.merged_cell_ranges
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise refused("whole file", f"is not a spreadsheet that can be read ({error})") from None
    if merged:
        row, column = merged[0][0]
        place = f"sheet “{sheet.name}”, row {row + 1}, column {column + 1}"
        raise refused(place, "is a merged cell; split it, so that each row stands by itself")
    return rows


def _sheet(book: CalamineWorkbook) -> CalamineSheet:
    names = book.sheet_names
    if not names:
        raise refused("whole file", "is a spreadsheet without a sheet")
    named = [name for name in names if name.strip().lower() == SHEET_NAME]
    return book.get_sheet_by_name((named or names)[0])


def _check(archive: Archive) -> None:
    unpacked = 0
    for name in archive.names:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > _MAX_UNPACKED:
                    raise refused("whole file", f"unpacks to more than {_MAX_UNPACKED:,} bytes")
    for name in filter(is_looked_through, archive.names):
        with archive.open(name) as member:
            look_through(name, member)
