"""The page on reviews says of signatures what the materiality policy says."""

import re

from tests.docs.pages import tables
from tests.structure.tree import ROOT
from tracker.readers.materiality import POLICY_FILE, packaged_materiality

PAGE = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")


def named(cell: str) -> frozenset[str]:
    return frozenset(re.findall(r"`([^`]+)`", cell))


def test_the_table_of_what_voids_a_signature_is_the_policy() -> None:
    heading, *rows = next(table for table in tables(PAGE) if "Editorial" in table[0])
    assert heading == ["Record", "Editorial", "Blocking"]
    policy = packaged_materiality()
    told = {row[0].strip("`"): (named(row[1]), named(row[2])) for row in rows}
    assert told == {
        kind: (
            policy.editorial.get(kind, frozenset()),
            policy.blocking.get(kind, frozenset()),
        )
        for kind in {*policy.editorial, *policy.blocking}
    }


def test_the_page_names_the_file_in_force() -> None:
    assert f"`data/{POLICY_FILE}`" in PAGE
