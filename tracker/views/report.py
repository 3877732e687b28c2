"""The readiness summary as the report page shows it: the document, and the files that hold it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd

from tracker.domain.report import IDENTITY_NOTE, ReadinessReport
from tracker.domain.words import ExportFormat
from tracker.exports import outline
from tracker.exports.document import Document, Table, Where
from tracker.exports.formats import EXPORTERS, export, file_name

ANSWERS: Final = "What does the launch review read, and what can be handed on?"


@dataclass(frozen=True, slots=True)
class Download:
    """One format of the summary.

    Attributes:
        label: Its name and file ending.
        make: Makes the bytes of exactly the report that is previewed.
    """

    label: str
    format: ExportFormat
    file_name: str
    media_type: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The summary of one launch at one moment.

    Attributes:
        headline: The verdict.
        why: One sentence on why.
        change: One sentence on what would change it.
        sealed: Who made it when, whether that identity was checked, and the head of the chain.
    """

    headline: str
    why: str
    change: str
    sealed: str
    document: Document
    downloads: tuple[Download, ...]


def report_view(report: ReadinessReport) -> ReportView:
    """Return the preview and the downloads of a report."""
    return ReportView(
        headline=f"{report.state.verdict}: {report.state.launch.name}",
        why=report.why,
        change=report.change,
        sealed=_sealed(report),
        document=outline.build(report),
        downloads=tuple(
            Download(
                label=f"{exporter.name}, .{wanted}",
                format=wanted,
                file_name=file_name(report, wanted),
                media_type=exporter.media_type,
                make=partial(export, report, wanted),
            )
            for wanted, exporter in EXPORTERS.items()
        ),
    )


def _sealed(report: ReadinessReport) -> str:
    identity = "" if report.authenticated else f" ({IDENTITY_NOTE})"
    return (
        f"Made {report.generated_at:%Y-%m-%d %H:%M} UTC by {report.generated_by}{identity}. Audit "
        f"chain: {report.chain.length} records, head {report.chain.hash[:12] or 'empty'}."
    )


def on_screen(table: Table) -> pd.DataFrame:
    """Return a table of the document as a frame of texts, with the columns of the paper."""
    shown = table.on(Where.PAPER)
    titles = [column.title for column in shown.columns]
    return pd.DataFrame([[cell.text for cell in row] for row in shown.rows], columns=titles)
