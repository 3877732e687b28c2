from dataclasses import replace

import pytest

from tests.exports.factories import a_report, an_empty_report
from tracker.domain.errors import ExportUnavailable
from tracker.domain.words import ExportFormat
from tracker.exports.formats import EXPORTERS, export, exporter, file_name

SIGNATURES = {
    ExportFormat.PDF: b"%PDF-",
    ExportFormat.HTML: b"<!doctype html>",
    ExportFormat.MARKDOWN: b"# Aurora 2\n",
    ExportFormat.XLSX: b"PK\x03\x04",
    ExportFormat.CSV: b"\xef\xbb\xbf",
    ExportFormat.JSON: b"{\n",
}


def test_every_format_has_an_exporter() -> None:
    assert set(EXPORTERS) == set(ExportFormat)


@pytest.mark.parametrize("wanted", ExportFormat)
def test_each_format_begins_as_its_readers_expect(wanted: ExportFormat) -> None:
    assert export(a_report(), wanted).startswith(SIGNATURES[wanted])


@pytest.mark.parametrize("wanted", ExportFormat)
def test_the_same_report_gives_the_same_bytes(wanted: ExportFormat) -> None:
    assert export(a_report(), wanted) == export(a_report(), wanted)


@pytest.mark.parametrize("wanted", ExportFormat)
def test_a_launch_without_any_entry_can_be_exported(wanted: ExportFormat) -> None:
    assert export(an_empty_report(), wanted)


def test_a_format_may_be_named_by_its_text() -> None:
    assert exporter("md") is EXPORTERS[ExportFormat.MARKDOWN]


def test_an_unknown_format_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ExportUnavailable, match="pdf, html, md, xlsx, csv, json"):
        export(a_report(), "docx")


def test_files_are_named_by_launch_and_day() -> None:
    assert file_name(a_report(), "pdf") == "aurora-2026-readiness-2026-11-20.pdf"


def test_a_file_name_holds_nothing_that_a_file_system_minds() -> None:
    report = a_report()
    launch = replace(report.state.launch, key="../../etc/Pass wd\n")
    report = replace(report, state=replace(report.state, launch=launch))
    assert file_name(report, "csv") == "etc-pass-wd-readiness-2026-11-20.csv"
    with pytest.raises(ExportUnavailable):
        file_name(report, "../x")


def test_media_types_tell_a_browser_to_expect_text_or_a_file() -> None:
    assert EXPORTERS[ExportFormat.PDF].media_type == "application/pdf"
    assert EXPORTERS[ExportFormat.HTML].media_type == "text/html; charset=utf-8"
    assert all("/" in each.media_type and each.name for each in EXPORTERS.values())
