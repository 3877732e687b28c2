import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from io import BytesIO

from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.factories import a_report, an_empty_report
from tests.exports.reading import workbook
from tracker.exports import xlsx

SHEETS = [
    "Summary",
    "Reasons",
    "Criteria",
    "Scope",
    "Frontier",
    "Risks",
    "Mitigations",
    "Acceptances",
    "Conditions",
    "Sign-offs",
    "Dissent",
    "Exposure",
    "Recommendations",
    "Decisions",
    "Overrides",
    "Assessments",
    "Closed risks",
    "Changes",
    "Evidence",
]


@cache
def sheet(name: str) -> Worksheet:
    return workbook(xlsx.render(a_report()))[name]


def column(name: str, title: str) -> Sequence[object]:
    columns = [list(cells) for cells in sheet(name).iter_cols(values_only=True)]
    (found,) = [cells[1:] for cells in columns if cells[0] == title]
    return found


def test_each_kind_of_record_has_its_sheet() -> None:
    assert workbook(xlsx.render(a_report())).sheetnames == SHEETS


def test_scores_are_numbers_and_an_unassessed_risk_has_none() -> None:
    scores = column("Risks", "Today harm score")
    assert scores[0] == "—"
    assert all(isinstance(score, float) for score in scores[1:])
    assert column("Risks", "Today level")[0] == "UNASSESSED"


def test_dates_are_dates() -> None:
    assert column("Risks", "Due")[0] == datetime(2026, 11, 27)  # noqa: DTZ001 - a sheet has no zone
    assert column("Changes", "When")[0] == datetime(2026, 11, 19, 16, 2)  # noqa: DTZ001


def test_picks_are_numbers() -> None:
    assert list(column("Assessments", "Severity")) == [5, 5, 3, 1, 5]


def test_headers_stay_in_view_and_columns_can_be_filtered() -> None:
    for name in SHEETS[1:]:
        assert sheet(name).freeze_panes == "B2"
        assert sheet(name).auto_filter.ref.startswith("A1:")


def test_the_first_sheet_answers_the_question_of_the_launch() -> None:
    pairs = {row[0]: row[1] for row in sheet("Summary").iter_rows(values_only=True) if row[0]}
    assert pairs["Gate result"] == "Not ready"
    assert str(pairs["Decision"]).startswith("go with conditions at limited preview")
    assert str(pairs["Decision"]).endswith("(override)")
    assert pairs["Dissent"] == "1"
    assert "illustrative judgement" in str(pairs["Note"])


def test_unassessed_cells_have_the_fill_of_no_other_level() -> None:
    headers = [cell.value for cell in sheet("Risks")[1]]
    place = headers.index("Today level")
    fills = {row[place].value: row[place].fill.fgColor.rgb for row in sheet("Risks").iter_rows(2)}
    assert fills["UNASSESSED"] == "FF6B7280"
    assert len(set(fills.values())) == len(fills)


def test_the_file_says_when_the_report_was_made_and_nothing_of_now() -> None:
    with zipfile.ZipFile(BytesIO(xlsx.render(a_report()))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count("2026-11-20T09:30:00Z") == 2


def test_an_empty_sheet_says_so() -> None:
    book = workbook(xlsx.render(an_empty_report()))
    assert book["Risks"]["A2"].value == "No open risks."
