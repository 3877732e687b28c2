"""Reading files before an import, and importing real ones of every tool at once."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.cast import DANA
from tests.factories import AURORA, a_launch
from tests.readers.evidence.real_files import ALL
from tests.services.acts import act
from tests.services.evidence_files import NOTHING_STATED
from tracker.domain.errors import ImportRejected, RuleViolation
from tracker.domain.words import EvidenceFormat
from tracker.services.evidence import import_evidence
from tracker.services.evidence_files import FilesRead, Source, read_files
from tracker.services.evidence_preview import preview_import
from tracker.store import queries

AFTER_THEM = datetime(2027, 1, 1, tzinfo=UTC)
"""The tools stamp a run with the clock of the machine that made it."""


def of_path(path: Path) -> Source:
    return Source(path.name, lambda: path.open("rb"))


def of_bytes(name: str, content: bytes) -> Source:
    return Source(name, lambda: BytesIO(content))


@pytest.fixture(scope="module")
def real() -> FilesRead:
    return read_files([of_path(path) for path in ALL])


def test_a_bad_file_keeps_no_other_from_being_read(real):
    assert len(real.files) + len(real.refused) == len(ALL)
    assert {file.format for file in real.files} >= {
        EvidenceFormat.INSPECT_EVAL,
        EvidenceFormat.INSPECT_JSON,
        EvidenceFormat.LM_EVAL,
        EvidenceFormat.PROMPTFOO,
        EvidenceFormat.GARAK,
    }
    assert real.refused
    with pytest.raises(ImportRejected) as refused:
        real.whole()
    assert all(name in str(refused.value) for name in real.refused)


def test_real_files_of_every_tool_go_in_together_and_once(store, real):
    a_launch(store)
    later = replace(act(DANA), at=AFTER_THEM)
    shown = preview_import(store, AURORA, real.files, NOTHING_STATED, AFTER_THEM)
    assert shown.can_import
    outcome = import_evidence(store, later, AURORA, real.files, NOTHING_STATED)
    with store.reading() as session:
        stored = queries.ledger(session, AURORA)
    assert outcome.split(", ") == [one.run.ref for one in stored]
    assert [one.run.ref for one in shown.runs if one.run.ref] == outcome.split(", ")
    assert sum(len(one.evidence) for one in stored) == sum(
        len(run.reading.metrics) for run in (one.run for one in shown.runs) if run.ref
    )
    again = replace(act(DANA), at=AFTER_THEM)
    with pytest.raises(RuleViolation, match="Nothing in these files is new"):
        import_evidence(store, again, AURORA, real.files, NOTHING_STATED)


def test_one_bad_file_is_named_with_what_is_wrong():
    read = read_files([of_bytes("empty.json", b"")])
    assert read.refused == {"empty.json": {"whole file": "is empty"}}
    with pytest.raises(ImportRejected, match=r"empty\.json, whole file: is empty"):
        read.whole()


def test_progress_is_told_file_by_file_and_every_file_is_closed_again():
    told: list[tuple[int, int]] = []
    opened: list[BytesIO] = []

    def opening() -> BytesIO:
        opened.append(BytesIO(b"no result"))
        return opened[-1]

    sources = [Source(f"{number}.txt", opening) for number in range(3)]
    read_files(sources, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [file.closed for file in opened] == [True, True, True]


def test_two_bad_files_of_one_name_are_both_named():
    read = read_files([of_bytes("same.txt", b""), of_bytes("same.txt", b"no result")])
    assert list(read.refused) == ["same.txt", "same.txt (2)"]


def in_folder(source: Source, folder: str = "results") -> Source:
    return replace(source, folder=folder)


def test_what_is_no_result_is_passed_over_in_a_folder_and_refused_by_itself():
    table = of_bytes("table.csv", b"metric,value,n\nm,0.5,10\n")
    note = of_bytes("README.md", b"# Results\n")
    read = read_files([in_folder(table), in_folder(note), in_folder(of_bytes("x.json", b"{"))])
    assert [file.name for file in read.files] == ["table.csv"]
    assert (list(read.strangers), list(read.refused)) == (["README.md"], ["x.json"])
    by_itself = read_files([in_folder(table), note])
    assert (list(by_itself.strangers), list(by_itself.refused)) == ([], ["README.md"])


def test_each_folder_without_a_result_is_refused():
    table = in_folder(of_bytes("table.csv", b"metric,value,n\nm,0.5,10\n"))
    note = in_folder(of_bytes("README.md", b"# Notes\n"), "notes")
    assert read_files([table, note]).refused == {"notes": {"whole folder": "holds no result"}}
