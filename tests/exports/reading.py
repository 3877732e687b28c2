"""Exports read back by independent readers."""

import csv
import io
import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pypdf import PdfReader


class Page(HTMLParser):
    """The tags, attributes and text of a page, its drawings aside."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self.texts: list[str] = []
        self._inside_cell = False
        self.feed(without_drawings(source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag in {"td", "th"}:
            self.cells.append("")
            self._inside_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._inside_cell = False

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._inside_cell:
            self.cells[-1] += data

    @property
    def text(self) -> str:
        return "".join(self.texts)


def without_drawings(source: str) -> str:
    return re.sub(r"<svg.*?</svg>", "<svg></svg>", source, flags=re.DOTALL)


def markdown_page(source: str) -> Page:
    """What a reader of CommonMark with tables makes of it, HTML allowed."""
    return Page(MarkdownIt("commonmark").enable("table").render(source))


def workbook(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def workbook_text(content: bytes) -> str:
    """Every cell of every sheet with its type, one line each."""
    lines = []
    for sheet in workbook(content).worksheets:
        lines.append(f"== {sheet.title} frozen {sheet.freeze_panes} filter {sheet.auto_filter.ref}")
        lines += [
            f"{cell.coordinate} {cell.data_type} {cell.value!r}"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    return "\n".join(lines) + "\n"


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pdf_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
