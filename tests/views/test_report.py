"""The report page: a preview of the document, and the files that hold it."""

import json

import pytest

from tests.cast import BEN, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tracker.domain.report import ReadinessReport
from tracker.domain.words import ExportFormat
from tracker.exports.document import Table
from tracker.readers.profile import packaged_profile
from tracker.services.reports import Reader, readiness_report
from tracker.store.engine import Store
from tracker.views.report import on_screen, report_view


@pytest.fixture
def report(sqlite_store: Store) -> ReadinessReport:
    """A launch with one risk that nobody has assessed."""
    a_launch(sqlite_store)
    a_risk(sqlite_store, title="A risk nobody has looked at")
    return readiness_report(sqlite_store, Reader(BEN, TODAY, NOW), packaged_profile(), AURORA)


def test_the_headline_is_the_verdict(report: ReadinessReport) -> None:
    assert report_view(report).headline == "Not ready: Aurora 1"


def test_who_made_it_is_said_not_to_be_authenticated_and_the_chain_head_is_printed(
    report: ReadinessReport,
) -> None:
    sealed = report_view(report).sealed
    assert "by Ben (identity not authenticated)" in sealed
    assert f"{report.chain.length} records, head {report.chain.hash[:12]}" in sealed


def test_each_format_is_offered_once_under_a_name_of_its_own(report: ReadinessReport) -> None:
    downloads = report_view(report).downloads
    endings = [download.file_name.rpartition(".")[2] for download in downloads]
    assert sorted(endings) == sorted(ExportFormat)
    assert len({download.label for download in downloads}) == len(downloads)


def test_a_download_holds_the_report_that_is_previewed(report: ReadinessReport) -> None:
    files = {
        download.file_name.rpartition(".")[2]: download
        for download in report_view(report).downloads
    }
    assert "A risk nobody has looked at" in json.dumps(json.loads(files["json"].make()))
    assert b"A risk nobody has looked at" in files["md"].make()
    assert files["csv"].make() == files["csv"].make()


def test_the_preview_shows_every_row_of_every_table(report: ReadinessReport) -> None:
    tables = [
        block
        for section in report_view(report).document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]
    assert tables
    for table in tables:
        assert len(on_screen(table)) == len(table.rows)
