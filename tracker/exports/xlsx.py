"""The document as a spreadsheet: page one, then one sheet per table that holds records."""

# xlsxwriter ships no type stubs and leaves the properties of formats untyped.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.domain.report import ReadinessReport
from tracker.exports import outline
from tracker.exports.document import (
    Block,
    Cell,
    Document,
    Facts,
    Headline,
    Look,
    Paragraph,
    Picture,
    Table,
    Where,
)
from tracker.exports.escape import spreadsheet
from tracker.exports.looks import LOOKS

_NARROWEST: Final = 10
_WIDEST: Final = 60
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}


def render(report: ReadinessReport) -> bytes:
    """Return the summary as XLSX; equal reports give equal bytes."""
    document = outline.build(report)
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties(
            {
                "title": spreadsheet(document.title)[:255],
                "author": "Holdpoint",
                "created": document.generated_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        styles = _Styles(book)
        _summary(book.add_worksheet("Summary"), document, styles)
        for table in document.tables():
            _records(book.add_worksheet(table.sheet), table.on(Where.SHEET), styles)
    return content.getvalue()


class _Styles:
    """The few formats of the workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        top = {"valign": "top", "text_wrap": True}
        self.text = book.add_format(top)
        self.bold = book.add_format({**top, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({**top, "bold": True, "bg_color": "#F3F5F8", "bottom": 1})
        self.number = book.add_format({"valign": "top"})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format(
            {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}
        )
        self._looks = {
            word: book.add_format(
                {**top, "bold": True, "bg_color": swatch.fill, "font_color": swatch.ink}
            )
            for word, swatch in LOOKS.items()
        }

    def of(self, look: Look | None) -> Format:
        """Return the format of a word that stands out, or that of plain text."""
        return self.text if look is None else self._looks[look]


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, styles: _Styles) -> None:
    """Write a number as a number and a date as a date; all else as text, never as a formula."""
    value = cell.value
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, styles.moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time.min), styles.day)
    elif value is not None:
        sheet.write_number(row, column, value, styles.number)
    else:
        sheet.write_string(row, column, spreadsheet(cell.text), styles.of(cell.look))


def _records(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, spreadsheet(column.title), styles.head)
        sheet.set_column(place, place, _width(table, place))
    for row, cells in enumerate(table.rows, start=1):
        for place, cell in enumerate(cells):
            _write(sheet, row, place, cell, styles)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    if not table.rows:
        sheet.write_string(1, 0, spreadsheet(table.empty), styles.text)


def _width(table: Table, place: int) -> float:
    texts = [table.columns[place].title, *(row[place].text for row in table.rows[:200])]
    return min(max(_NARROWEST, max(len(text) for text in texts) + 2), _WIDEST)


def _summary(sheet: Worksheet, document: Document, styles: _Styles) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 8, 24)
    sheet.write_string(0, 0, spreadsheet(document.title), styles.title)
    rows = [row for block in document.sections[0].blocks for row in _lines(block)]
    for place, cells in enumerate([*rows, (Cell(document.closing),)], start=1):
        for column, cell in enumerate(cells):
            _write(sheet, place, column, cell, styles)
    sheet.freeze_panes(1, 0)


def _lines(block: Block) -> Sequence[tuple[Cell, ...]]:
    """Return the rows that a block of page one takes on the sheet, a blank one after tables."""
    match block:
        case Headline(items) | Facts(items):
            return [(Cell(label), cell) for label, cell in items]
        case Paragraph(text, lead):
            return [(Cell(lead or "Note"), Cell(text))]
        case Picture():
            return [(Cell("Levels"), Cell(block.caption))]
        case Table():
            table = block.on(Where.PAPER)
            head = tuple(Cell(column.title) for column in table.columns)
            return [(Cell(""),), (Cell(table.caption),), head, *table.rows, (Cell(""),)]
        case _:
            return [(Cell(block.text, look=block.look),)]
