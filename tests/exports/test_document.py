from datetime import UTC, datetime

import pytest

from tracker.exports.document import (
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Plan,
    Section,
    Table,
    Where,
)

COLUMNS = (Column("Both"), Column("Paper", where=Where.PAPER), Column("Sheet", where=Where.SHEET))
TABLE = Table("Things", COLUMNS, ((Cell("a"), Cell("b"), Cell("c")),), "None.", "Things")


@pytest.mark.parametrize("block", [Cell, Paragraph, Heading])
def test_text_is_clean_from_the_moment_that_it_enters_a_document(
    block: type[Cell | Paragraph | Heading],
) -> None:
    assert block("a\u202eb\x00c").text == "abc"


@pytest.mark.parametrize(
    ("where", "titles", "texts"),
    [(Where.PAPER, ["Both", "Paper"], ["a", "b"]), (Where.SHEET, ["Both", "Sheet"], ["a", "c"])],
)
def test_a_table_shows_the_columns_that_belong_there(
    where: Where, titles: list[str], texts: list[str]
) -> None:
    shown = TABLE.on(where)
    assert [column.title for column in shown.columns] == titles
    assert [cell.text for cell in shown.rows[0]] == texts
    assert shown.sheet == "Things"


def test_a_plan_reads_each_thing_in_the_order_given() -> None:
    plan = Plan[int]("Numbers", "None.", columns=((Column("N"), lambda it: Cell(str(it), it)),))
    assert [row[0].text for row in plan.table([3, 1]).rows] == ["3", "1"]
    assert plan.table([]).rows == ()


def test_only_tables_with_a_sheet_fill_one() -> None:
    paper = Table("Other", COLUMNS, (), "None.")
    section = Section("s", "S", (Paragraph("x"), TABLE, paper))
    document = Document("t", "s", (), "", datetime(2026, 1, 1, tzinfo=UTC), (section,))
    assert document.tables() == (TABLE,)
