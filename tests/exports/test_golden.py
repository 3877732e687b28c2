"""One fixed report in every format: a change of an export shows as a difference to look at."""

from collections.abc import Callable

import pytest

from tests.exports import reading
from tests.exports.factories import a_report
from tracker.domain.words import ExportFormat
from tracker.exports.formats import export

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("wanted", [ExportFormat.MARKDOWN, ExportFormat.CSV, ExportFormat.JSON])
def test_text_formats_are_as_they_were(golden: Golden, wanted: ExportFormat) -> None:
    golden(f"readiness.{wanted}", export(a_report(), wanted).decode())


def test_the_html_page_is_as_it_was_its_drawings_aside(golden: Golden) -> None:
    golden("readiness.html", reading.without_drawings(export(a_report(), "html").decode()))


def test_the_text_of_the_pdf_is_as_it_was(golden: Golden) -> None:
    pages = reading.pdf_pages(export(a_report(), "pdf"))
    golden("readiness.pdf.txt", "\n\f\n".join(pages) + "\n")


def test_the_cells_of_the_spreadsheet_are_as_they_were(golden: Golden) -> None:
    golden("readiness.xlsx.txt", reading.workbook_text(export(a_report(), "xlsx")))
