"""The document of the data model names every table, and none that is not there."""

import re
from pathlib import Path

from tracker.store.base import Audited
from tracker.store.revisions import VERSION_TABLE
from tracker.store.tables import Risk

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data-model.md"


def rows() -> dict[str, list[str]]:
    """Cells of the table of tables, by name of the table."""
    lines = DOCUMENT.read_text(encoding="utf-8").split("## References")[0].splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    return {row[0].strip("`"): row for row in cells if re.fullmatch(r"`\w+`", row[0])}


def test_every_table_is_documented_and_no_other() -> None:
    assert rows().keys() == {*Risk.metadata.tables, VERSION_TABLE}


def test_the_document_says_which_tables_are_audited() -> None:
    audited = {kind.__tablename__ for kind in every_kind(Audited) if hasattr(kind, "__table__")}
    assert {name for name, row in rows().items() if row[4] == "yes"} == audited


def test_the_document_says_which_tables_carry_a_version() -> None:
    versioned = {n for n, table in Risk.metadata.tables.items() if "row_version" in table.c}
    assert {name for name, row in rows().items() if row[3] == "version"} == versioned


def every_kind(base: type[Audited]) -> set[type[Audited]]:
    below = {kind for kind in base.__subclasses__() if kind.__module__.startswith("tracker.")}
    return below | {kind for child in below for kind in every_kind(child)}
