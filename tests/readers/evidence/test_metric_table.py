import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from tests.readers.evidence.archives import members_of, packed
from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag, Safeguards
from tracker.readers.evidence.metric_table import read

CARD = """\
run,tool,model,configuration,safeguards,date,task,metric,slice,value,n,passed,failed,unit,better,\
data,source,risks
card,,acme-1,low effort,on,2026-03-02,refusals,refused,,0.98,500,490,10,,higher,\
set v2,Card 3.1,one/R-1 one/R-2
card,,acme-1,low effort,on,2026-03-02,refusals,refused,cbrn,0.95,,19,1,,higher,set v2,Card 3.1,
,StrongREJECT,acme-1,,,,jailbreaks,score,,12.5,,,,% of prompts,lower,,Card 3.2,
"""


def runs(content: str | bytes) -> tuple[RunReading, ...]:
    raw = content.encode() if isinstance(content, str) else content
    return read(io.BytesIO(raw)).runs


def only(content: str | bytes) -> MetricReading:
    (run,) = runs(content)
    (metric,) = run.metrics
    return metric


def problems(content: str | bytes) -> dict[str, str]:
    with pytest.raises(ImportRejected) as caught:
        runs(content)
    return dict(caught.value.rows)


def sheet(
    rows: Sequence[Sequence[object]], title: str = "Sheet"
) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    for row in rows:
        page.append(list(row))
    return book, page


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_rows_that_say_the_same_run_make_one() -> None:
    card, other = runs(CARD)
    assert (card.part, card.tool, card.model) == ("card", "table of metrics", "acme-1")
    assert (card.configuration, card.safeguards) == ("low effort", Safeguards.ON)
    assert (card.source, card.ran_at) == ("Card 3.1", datetime(2026, 3, 2, tzinfo=UTC))
    overall, part = card.metrics
    assert (overall.value, overall.n, overall.passed, overall.failed) == (0.98, 500, 490, 10)
    assert (overall.risks, overall.conditions) == (("one/R-1", "one/R-2"), {"data": "set v2"})
    assert (part.slice, part.value, part.n) == ("cbrn", 0.95, 20)
    assert (other.tool, other.part, other.ran_at) == ("StrongREJECT", "", None)
    (score,) = other.metrics
    assert (score.value, score.unit, score.higher_is_better) == (12.5, "% of prompts", False)


def test_every_run_is_self_reported() -> None:
    assert [run.flags for run in runs(CARD)] == [{EvidenceFlag.SELF_REPORTED}] * 2


def test_a_run_without_a_model_is_marked() -> None:
    (run,) = runs("metric,value\nrefused,0.5\n")
    assert run.flags == {EvidenceFlag.SELF_REPORTED, EvidenceFlag.UNKNOWN_MODEL}
    assert len(run.warnings) == 2


def test_runs_without_a_name_of_their_own_are_numbered() -> None:
    found = runs("run,model,metric,value\na,one,m,1\na,two,m,1\nb,one,m,1\n")
    assert [run.part for run in found] == ["a 1", "a 2", "b"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_marks_and_line_ends_make_no_difference(
    delimiter: str, mark: str, end: str
) -> None:
    table = mark + CARD.replace(",", delimiter).replace("\n", end)
    assert runs(table) == runs(CARD)


def test_columns_stand_in_any_order_and_case() -> None:
    assert only("Value,STANDARD_ERROR, Metric \n0.5,0.01,refused\n").stderr == 0.01


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ("passed,failed\nm,9,1", (0.9, 10, 9, 1)),
        ("passed,n\nm,9,10", (0.9, 10, 9, 1)),
        ("n,failed,passed\nm,10,1,", (0.9, 10, 9, 1)),
    ],
)
def test_a_value_follows_from_counts(counts: str, found: tuple[float, int, int, int]) -> None:
    metric = only(f"metric,{counts}\n")
    assert (metric.value, metric.n, metric.passed, metric.failed) == found


@pytest.mark.parametrize("value", ["0.81", "0.815", "81.5", "81", "0.8148148148148148"])
def test_a_rounded_value_fits_its_counts(value: str) -> None:
    metric = only(f"metric,value,passed,n\nm,{value},22,27\n")
    assert (metric.value, metric.passed) == (float(value), 22)


@pytest.mark.parametrize(
    ("value", "passed", "n"),
    [
        ("0.9", 5, 10),
        ("0.82", 22, 27),
        ("1", 199, 200),
        ("0", 1, 200),
        ("100", 199, 200),
        ("5", 1, 20000),
    ],
)
def test_a_value_that_its_counts_contradict_is_refused(value: str, passed: int, n: int) -> None:
    found = problems(f"metric,value,passed,n\nm,{value},{passed},{n}\n")
    assert list(found) == ["row 2"]
    assert "not what the counts make" in found["row 2"]


def test_a_word_is_kept_as_a_unit_that_no_gate_reads() -> None:
    (run,) = runs("model,date,metric,value\nacme-1,2026-03-02,refusals,ineffective\n")
    assert (run.metrics[0].value, run.metrics[0].unit) == (None, "ineffective")
    assert run.warnings == (
        "not stated, refusals: “ineffective” is no figure; no gate can read it.",
    )


@pytest.mark.parametrize(
    "value", ["<0.1", "0,95", "95%", "nan", "inf", "-Infinity", "1e999", "~5", "1 000"]
)
def test_what_looks_like_a_number_and_is_none_is_refused(value: str) -> None:
    assert list(problems(f'metric,value\nm,"{value}"\n')) == ["row 2"]


def test_every_bad_row_is_named_and_nothing_is_taken() -> None:
    found = problems(
        "metric,value,n,better,safeguards,date,risks,standard error\n"
        "good,0.5,,,,,,\n"
        "m1,,,,,,,\n"
        ",0.5,,,,,,\n"
        "m3,0.5,ten,,,,,\n"
        "m4,0.5,,up,maybe,1.2.2026,R-1,-1\n"
        "good,0.6,,,,,,\n"
    )
    assert list(found) == ["row 3", "row 4", "row 5", "row 6", "row 7"]
    for column in ("better", "safeguards", "date", "risks", "standard error"):
        assert column in found["row 6"]
    assert found["row 7"] == "has the run, task, metric and slice of row 2"


@pytest.mark.parametrize(
    ("counts", "row"),
    [("passed", "5"), ("failed,n", "9,5"), ("passed,failed,n", "5,5,11"), ("passed,n", "-1,5")],
)
def test_counts_that_do_not_add_up_are_refused(counts: str, row: str) -> None:
    assert list(problems(f"metric,value,{counts}\nm,0.5,{row}\n")) == ["row 2"]


def test_an_unknown_column_is_refused_with_the_known_ones() -> None:
    found = problems("metric,value,score\nm,1,2\n")
    assert "safeguards" in found["column “score”"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "whole file"),
        ("metric,value\n", "whole file"),
        ("metric,metric,value\nm,m,1\n", "column “metric”"),
        ("value\n1\n", "header"),
        ("metric\nm\n", "header"),
        ("metric,value\nm,1,extra\n", "row 2"),
        ('metric,value\n"m,1\n', "row 2"),
        (b"metric,value\n\xe9,1\n", "byte 14"),
        (b"PK\x03\x04 and no more", "whole file"),
    ],
)
def test_what_is_no_table_is_refused(content: str | bytes, place: str) -> None:
    assert list(problems(content)) == [place]


def test_a_spreadsheet_says_what_its_csv_says() -> None:
    rows: list[list[object]] = [list(row) for row in csv.reader(io.StringIO(CARD))]
    for row in rows[1:]:
        row[5] = date.fromisoformat(str(row[5])) if row[5] else None
        row[9:13] = [float(str(cell)) if cell else None for cell in row[9:13]]
    book, _ = sheet(rows)
    assert runs(saved(book)) == runs(CARD)


def test_the_sheet_called_metrics_is_read() -> None:
    book, _ = sheet([["notes"]])
    page = book.create_sheet("Metrics")
    page.append(["metric", "value"])
    page.append(["refused", 0.5])
    assert only(saved(book)).value == 0.5


def test_rows_of_a_spreadsheet_are_numbered_as_it_shows_them() -> None:
    book, _ = sheet([[], [], ["metric", "value"], ["good", 1], [], ["bad", "1,5"]])
    assert list(problems(saved(book))) == ["row 6"]


@pytest.mark.parametrize("cell", ["=1/2", "=SUM(B3:B9)"])
def test_a_formula_is_refused_whatever_it_showed(cell: str) -> None:
    book, _ = sheet([["metric", "value"], ["refused", cell]])
    (problem,) = problems(saved(book)).values()
    assert "formulas" in problem


def test_a_merged_cell_is_refused() -> None:
    book, page = sheet([["metric", "value"], ["a", 1], [None, 2]])
    page.merge_cells("A2:A3")
    assert list(problems(saved(book))) == ["sheet “Sheet”, row 2, column 1"]


def test_a_day_that_is_a_bare_number_is_refused() -> None:
    book, _ = sheet([["metric", "value", "date"], ["refused", 1, 46000]])
    assert "format the cell" in problems(saved(book))["row 2"]


@pytest.mark.parametrize("cell", ["XFD2", "A1048576"])
def test_a_cell_far_out_is_refused_before_the_sheet_is_laid_out(cell: str) -> None:
    book, page = sheet([["metric", "value"], ["refused", 1]])
    page[cell] = 1
    (problem,) = problems(saved(book)).values()
    assert "too far out" in problem


def renamed(
    content: bytes, name: str, change: Callable[[bytes], bytes] = lambda sheet: sheet
) -> bytes:
    """The spreadsheet with its sheet changed and called otherwise."""
    held = members_of(content)
    moved = {
        name if key == SHEET else key: change(inner) if key == SHEET else inner
        for key, inner in held.items()
    }
    links = moved["xl/_rels/workbook.xml.rels"]
    own, other = (place.removeprefix("xl/").encode() for place in (SHEET, name))
    return packed(moved | {"xl/_rels/workbook.xml.rels": links.replace(own, other)})


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.foo", "xl/charts/sheet1.xml"])
@pytest.mark.parametrize("cell", ["A9", "XFD1048576"])
def test_a_sheet_called_like_none_is_never_laid_out(name: str, cell: str) -> None:
    book, page = sheet([["metric", "value"], ["refused", 1]])
    page[cell] = "=1/2"
    (problem,) = problems(renamed(saved(book), name)).values()
    assert "which no sheet is called" in problem or "too far out" in problem


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b'<c s=">" r="XFD1048576">', "too far out"),
        (b"<c " + b" " * 2_000_000 + b' r="XFD1048576">', "too far out"),
        (b'<c r="&#88;FD1048576">', "too far out"),
        (b"<c r=>", "not sound XML"),
    ],
)
def test_no_way_of_writing_hides_a_cell_far_out(written: bytes, why: str) -> None:
    book, page = sheet([["metric", "value"], ["refused", 1]])
    page["B7"] = 5
    cell = b'<c r="B7" t="n">'
    content = saved(book)
    assert cell in members_of(content)[SHEET]
    hidden = renamed(content, "xl/worksheets/SHEET1.XML", lambda page: page.replace(cell, written))
    (problem,) = problems(hidden).values()
    assert why in problem


def test_a_document_type_is_refused() -> None:
    book, _ = sheet([["metric", "value"], ["refused", 1]])
    typed = renamed(saved(book), SHEET, lambda page: b"<!DOCTYPE worksheet []>" + page)
    (problem,) = problems(typed).values()
    assert "document type" in problem


@pytest.mark.parametrize(
    "day",
    ["2026-02-30", "2026-13-01", "0001-01-01T00:00+14:00", "20260101", "2026-W01-1", "1.2.26"],
)
def test_a_date_that_is_none_is_refused(day: str) -> None:
    assert list(problems(f"metric,value,date\nm,1,{day}\n")) == ["row 2"]


def test_a_moment_with_a_zone_is_taken_in_utc() -> None:
    (run,) = runs("metric,value,date\nm,1,2026-03-02T01:30+02:00\n")
    assert run.ran_at == datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def test_a_truth_value_is_no_figure() -> None:
    book, _ = sheet([["metric", "n", "value"], ["refused", True, 1]])
    assert list(problems(saved(book))) == ["row 2"]


NAMES = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=20,
)
ROWS = st.lists(
    st.tuples(NAMES, NAMES, st.integers(0, 10_000), st.integers(1, 10_000)),
    min_size=1,
    max_size=20,
    unique_by=lambda row: row[:2],
)
Counted = list[tuple[str, str, int, int]]


def expected(rows: Counted) -> list[tuple[str, str, float, int, int]]:
    return [(task, name, k / (k + f), k, f) for task, name, k, f in rows]


def read_back(content: bytes) -> list[tuple[str, str, float | None, int | None, int | None]]:
    (run,) = runs(content)
    return [(m.task, m.metric, m.value, m.passed, m.failed) for m in run.metrics]


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"))
def test_any_counts_written_as_csv_are_read_back(rows: Counted, delimiter: str) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow(["task", "metric", "passed", "failed", "value"])
    writer.writerows([*row, row[2] / (row[2] + row[3])] for row in rows)
    assert read_back(target.getvalue().encode()) == expected(rows)


@given(rows=ROWS)
def test_any_counts_written_as_a_spreadsheet_are_read_back(rows: Counted) -> None:
    book, page = sheet([["task", "metric", "passed", "failed"]])
    for position, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = page.cell(position, column, value)
            cell.data_type = "s" if isinstance(value, str) else "n"
    assert read_back(saved(book)) == expected(rows)
