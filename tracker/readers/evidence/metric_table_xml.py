"""The parts of a spreadsheet looked through before anything is made of them, as a stream.

The library that reads the cells makes room for all between the first and the last one, and takes
a formula for what it showed when somebody last saved. It finds a sheet by the workbook's links,
whatever the sheet is called.
"""

import re
from collections.abc import Mapping
from typing import BinaryIO, Final
from xml.parsers import expat

from tracker.readers.evidence.contents import refused

LINKS: Final = "xl/_rels/workbook.xml.rels"

_CHUNK: Final = 1 << 20
_WITH_CHARTS: Final = ("xl/charts/", "xl/drawings/")
_SHEET_LIKE: Final = re.compile(r"(?!.*(charts|drawings)/).*\.xml", re.IGNORECASE)
_PLACED: Final = frozenset({"row", "c"})
_NEAR: Final = re.compile(r"[A-Z]{0,2}[0-9]{1,5}")


def is_looked_through(name: str) -> bool:
    """Tell whether a member may be a sheet, or says which are; names know no case here."""
    return name.lower().endswith(".xml") or name.lower() == LINKS


def look_through(name: str, member: BinaryIO) -> None:
    """Read a member of a spreadsheet from its start to its end.

    Raises:
        ImportRejected: Not sound XML, with a document type, with a formula, with a cell far out,
            or with a link to a sheet that is not looked through.
    """
    parser = expat.ParserCreate()

    def no_type(*_: object) -> None:
        raise refused(name, "declares a document type, as no spreadsheet does")

    parser.StartDoctypeDeclHandler = no_type
    parser.StartElementHandler = lambda tag, given: _check(name, tag.rpartition(":")[2], given)
    try:
        while chunk := member.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise refused(name, f"is not sound XML at line {error.lineno:,}") from None


def _check(name: str, tag: str, given: Mapping[str, str]) -> None:
    if name.lower() == LINKS:
        _check_link(name, given.get("Target", ""))
    elif tag == "f" and not name.startswith(_WITH_CHARTS):
        raise refused(name, "holds formulas; paste the figures as values, or save as CSV")
    elif tag in _PLACED and not _NEAR.fullmatch(given.get("r", "A1")):
        place = f"{name}, cell {given['r'][:20]}"
        raise refused(place, "lies too far out for a table of metrics")


def _check_link(name: str, target: str) -> None:
    """What is linked may be read as a sheet, whatever kind of thing the link calls it."""
    if target and not _SHEET_LIKE.fullmatch(target):
        raise refused(name, f"links to “{target[:40]}”, which no sheet is called; save as .xlsx")
