"""`export --snapshot`, and what an export leaves in the record."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlmodel import select

from tests.cli.commands import Command
from tracker.store.engine import Store
from tracker.store.tables import ExportLog, StoredExport

DECIDED, OPEN = "gpt-4-2023-03", "gpt-4v-2023-09"


def rows(home: Path, table: Any) -> list[Any]:
    store = Store.open(f"sqlite:///{home / 'demo.db'}")
    try:
        with store.reading() as session:
            return list(session.exec(select(table)).all())
    finally:
        store.dispose()


def written(demo: Command, target: Path, launch: str, *more: str) -> bytes:
    ran = demo("export", launch, "--format", "json", "-o", str(target), "--force", *more)
    assert (ran.code, ran.err) == (0, "")
    return target.read_bytes()


def noted_by(home: Path, person: str) -> list[ExportLog]:
    return [one for one in rows(home, ExportLog) if one.exported_by == person]


def test_an_export_of_a_named_person_leaves_its_hash_in_the_record(
    demo: Command, home: Path, tmp_path: Path
) -> None:
    content = written(demo, tmp_path / "it.json", OPEN, "--as", "auditor")
    (logged,) = noted_by(home, "auditor")
    assert (logged.launch, logged.snapshot, logged.format) == (OPEN, None, "json")
    assert logged.sha256 == sha256(content).hexdigest()


def test_an_export_of_nobody_named_is_recorded_as_such(
    demo: Command, home: Path, tmp_path: Path
) -> None:
    content = written(demo, tmp_path / "it.json", OPEN)
    *_, logged = noted_by(home, "command-line")
    assert logged.sha256 == sha256(content).hexdigest()


def test_the_export_of_a_decided_snapshot_is_kept_and_written_again_byte_for_byte(
    demo: Command, home: Path, tmp_path: Path
) -> None:
    named = ("--snapshot", "S-1", "--as", "auditor")
    once = written(demo, tmp_path / "it.json", DECIDED, *named)
    again = written(demo, tmp_path / "it.json", DECIDED, *named)
    (kept,) = rows(home, StoredExport)
    assert once == again == kept.content
    assert [one.snapshot for one in noted_by(home, "auditor")][-2:] == [f"{DECIDED}/S-1"] * 2


def test_a_snapshot_that_nobody_decided_on_is_exported_and_not_kept(
    demo: Command, home: Path, tmp_path: Path
) -> None:
    named = ("--snapshot", "S-1", "--as", "auditor")
    once = written(demo, tmp_path / "it.json", OPEN, *named)
    assert once == written(demo, tmp_path / "it.json", OPEN, *named)
    assert rows(home, StoredExport) == []


def test_a_snapshot_that_is_not_there_is_bad_input(demo: Command, tmp_path: Path) -> None:
    target = str(tmp_path / "it.json")
    ran = demo("export", OPEN, "--format", "json", "-o", target, "--snapshot", "S-9")
    assert ran.code == 2
    assert "S-9" in ran.err
