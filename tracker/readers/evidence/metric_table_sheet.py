"""The rows of a spreadsheet (XLSX), read without running anything in it."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tracker.readers.evidence.archive import Archive
from tracker.readers.evidence.contents import refused

Cell = int | float | str | bool | time | date | datetime | timedelta

SHEET_NAME: Final = "metrics"

_MAX_UNPACKED: Final = 100_000_000
_CHUNK: Final = 1 << 20
_WITH_CHARTS: Final = ("xl/charts/", "xl/drawings/")
_OVERLAP: Final = 1 << 12
_REFERENCE: Final = re.compile(rb"<(?:\w+:)?(?:row|c)\b[^<>]*?\sr\s*=\s*[\"']([^\"']*)[\"']")
_NEAR: Final = re.compile(rb"[A-Z]{0,2}[0-9]{1,5}")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")


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
        for piece in _pieces(archive, name):
            unpacked += min(len(piece), _CHUNK)
            if unpacked > _MAX_UNPACKED:
                raise refused("whole file", f"unpacks to more than {_MAX_UNPACKED:,} bytes")
            if name.endswith(".xml"):
                _check_piece(name, piece)


def _pieces(archive: Archive, name: str) -> Iterator[bytes]:
    """A member piece by piece; each begins with the end of the one before, for what is cut."""
    end = b""
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            yield end + chunk
            end = chunk[-_OVERLAP:]


def _check_piece(name: str, piece: bytes) -> None:
    """A formula shows what it was when somebody last saved, or nothing: no figure to rely on."""
    if b"\x00" in piece:
        raise refused(name, "is not UTF-8")
    if not name.startswith(_WITH_CHARTS) and _FORMULA.search(piece):
        raise refused(name, "holds formulas; paste the figures as values, or save as CSV")
    for found in _REFERENCE.finditer(piece):
        if not _NEAR.fullmatch(found.group(1)):
            place = found.group(1)[:20].decode("ascii", "replace")
            raise refused(f"{name}, cell {place}", "lies too far out for a table of metrics")
