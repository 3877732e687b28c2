"""The one table of exporters: a new format is one line here and one file beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tracker.domain.errors import ExportUnavailable
from tracker.domain.report import ReadinessReport
from tracker.domain.words import ExportFormat
from tracker.exports import html, markdown, pdf, register_csv, summary_json, xlsx
from tracker.exports.escape import file_part


@dataclass(frozen=True, slots=True)
class Exporter:
    """How one format is made and named.

    Attributes:
        name: The format in words, for people.
        media_type: What a browser is told.
        render: From report to bytes; equal reports give equal bytes.
    """

    name: str
    media_type: str
    render: Callable[[ReadinessReport], bytes]


_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTERS: Final[Mapping[ExportFormat, Exporter]] = MappingProxyType(
    {
        ExportFormat.PDF: Exporter("PDF", "application/pdf", pdf.render),
        ExportFormat.HTML: Exporter("HTML page", "text/html; charset=utf-8", html.render),
        ExportFormat.MARKDOWN: Exporter(
            "Markdown", "text/markdown; charset=utf-8", markdown.render
        ),
        ExportFormat.XLSX: Exporter("Spreadsheet (XLSX)", _SHEET, xlsx.render),
        ExportFormat.CSV: Exporter(
            "Register (CSV)", "text/csv; charset=utf-8", register_csv.render
        ),
        ExportFormat.JSON: Exporter("JSON", "application/json", summary_json.render),
    }
)


def export(report: ReadinessReport, wanted: ExportFormat | str) -> bytes:
    """Return the readiness summary in one format.

    Raises:
        ExportUnavailable: There is no such format.
    """
    return exporter(wanted).render(report)


def exporter(wanted: ExportFormat | str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        ExportUnavailable: There is no such format.
    """
    known = {str(each): found for each, found in EXPORTERS.items()}
    if str(wanted) not in known:
        raise ExportUnavailable(
            f"There is no export as “{str(wanted)[:20]}”.", f"Choose one of {', '.join(known)}."
        )
    return known[str(wanted)]


def file_name(report: ReadinessReport, wanted: ExportFormat | str) -> str:
    """Return a safe file name, such as `gpt-4v-2023-09-readiness-2026-11-24.pdf`."""
    exporter(wanted)
    launch = file_part(report.state.launch.key)
    return f"{launch}-readiness-{report.generated_at:%Y-%m-%d}.{wanted}"
