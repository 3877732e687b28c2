"""The result files of the tests have a source, and name no machine and nobody, packed or not."""

import re
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.structure.test_lock import needles
from tests.structure.tree import ROOT, tracked
from tracker.readers.evidence.archive import Archive

EVIDENCE = Path("tests/data/evidence")
FILES = [path for path in tracked() if path.is_relative_to(EVIDENCE)]
RESULTS = [path for path in FILES if path.suffix not in {".md", ".sh", ".py"}]
MAX_BYTES = 2_800_000
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}")


def contents(path: Path) -> Iterator[str]:
    """Text of a file, or of each member of an archive."""
    if not zipfile.is_zipfile(ROOT / path):
        yield (ROOT / path).read_text(encoding="utf-8", errors="ignore")
        return
    with (ROOT / path).open("rb") as source:
        archive = Archive(source)
        for member in archive.names:
            yield archive.open(member).read().decode("utf-8", errors="ignore")


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.name)
def test_a_result_file_names_no_machine_and_nobody(path: Path) -> None:
    for text in contents(path):
        # Anywhere: in a coloured traceback a sign and not a space precedes the path.
        found = [needle for needle in needles() if needle in text]
        assert (found, ADDRESS.findall(text)) == ([], [])


def test_an_archive_is_looked_into() -> None:
    texts = list(contents(EVIDENCE / "inspect" / "inspect-0.3.285-refusals.eval"))
    assert sum("synthetic prompt 7 " in text for text in texts) == 3


def test_every_result_file_has_a_source() -> None:
    """Names in the table stand in full, or as `stem.json`, `.csv` for files that differ there."""
    text = (ROOT / EVIDENCE / "SOURCES.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"(?m)^\| (`.*?`) \|", text)
    patterns = {name for cell in first_cells for name in spelt_out(cell)}
    kept = {path.name for path in FILES if path.parent.parent == EVIDENCE}
    kept -= {path.name for path in FILES if path.is_relative_to(EVIDENCE / "making")}
    assert [name for name in kept if not any(fnmatch(name, known) for known in patterns)] == []
    assert [known for known in patterns if not any(fnmatch(name, known) for name in kept)] == []


def spelt_out(cell: str) -> list[str]:
    names: list[str] = re.findall(r"`(.*?)`", cell)
    stem = names[0].rpartition(".")[0]
    return [stem + name if name.startswith(".") else name for name in names]


def test_the_result_files_stay_small() -> None:
    assert sum((ROOT / path).stat().st_size for path in FILES) < MAX_BYTES
