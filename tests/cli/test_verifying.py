"""`verify`: what was changed behind the record's back is named; what was not is proved."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.commands import Command
from tests.cli.registers import own_register
from tests.factories import AURORA
from tests.review_factories import EXPORT, an_export, one_of_everything
from tests.store.test_reconciling import unlock
from tracker.cli import keys

S1 = f"{AURORA}/S-1"


@pytest.fixture
def reviewed(home: Path, register_with_cast: Path, command: Command) -> Command:
    """The command on a register with one of everything."""
    home.mkdir()
    (home / "register.db").write_bytes(register_with_cast.read_bytes())
    with own_register(home) as store:
        one_of_everything(store)
    return command


def tamper(path: Path, statement: str = "UPDATE change SET reason = 'none' WHERE seq = 7") -> None:
    """Change something as somebody with the file in hand could; a record, unless told."""
    with closing(sqlite3.connect(path)) as own:
        unlock(own)
        own.execute(statement)
        own.commit()


def test_it_reads_the_whole_demo_and_finds_nothing(demo: Command) -> None:
    found = demo("verify", "--json").json()
    assert list(found) == list(keys.VERIFY)
    assert found["sound"]
    assert (found["broken"], found["rows"], found["documents"]) == (None, [], [])
    assert found["length"] > 1000
    told = demo("verify").out
    assert found["head"] in told
    assert "Every row is what the record says." in told


def test_a_changed_record_is_named_with_who_when_and_what(demo: Command, home: Path) -> None:
    tamper(home / "demo.db")
    ran = demo("verify")
    assert ran.code == 2
    assert "broken at record 7" in ran.out
    assert "No. 7 says: 2026-11-24 09:30 UTC, system (system), " in ran.out
    ran = demo("verify", "--json")
    assert ran.code == 2
    assert '"first_break": 7' in ran.out


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change WHERE seq = 7",
        "UPDATE change SET at = 'yesterday' WHERE seq = 7",
        "UPDATE change SET fields = '[' WHERE seq = 7",
        "UPDATE change SET fields = '{\"a\": 1}' WHERE seq = 7",
    ],
)
def test_a_record_gone_or_unreadable_is_named(demo: Command, home: Path, statement: str) -> None:
    tamper(home / "demo.db", statement)
    for arguments in (["verify"], ["verify", "--json"]):
        ran = demo(*arguments)
        assert (ran.code, ran.err) == (2, "")
    assert "broken at record 7" in demo("verify").out


def test_a_changed_row_is_named_with_the_record_that_told_it(reviewed: Command, home: Path) -> None:
    tamper(home / "register.db", "UPDATE assessment SET likelihood = 1")
    ran = reviewed("verify")
    assert ran.code == 2
    assert "The audit chain is sound" in ran.out
    assert "assessment 1, likelihood: is not what the record says (No. " in ran.out


def test_a_deleted_signature_is_named(reviewed: Command, home: Path) -> None:
    tamper(home / "register.db", "DELETE FROM sign_off")
    ran = reviewed("verify")
    assert ran.code == 2
    assert "sign-off 1: is gone from the register (No. " in ran.out


def test_a_date_that_is_none_is_named_and_stops_nothing(reviewed: Command, home: Path) -> None:
    tamper(home / "register.db", "UPDATE launch SET target_date = 'soon' WHERE key = 'aurora-1'")
    ran = reviewed("verify")
    assert ran.code == 2
    assert "launch aurora-1, target_date: holds something that was never written" in ran.out


def test_a_snapshot_and_its_export_are_proved_unaltered(reviewed: Command, tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(EXPORT)
    ran = reviewed("verify", "--snapshot", S1, "--export", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert f"{S1} is unaltered: taken 2026-03-02 09:30 UTC by ben" in ran.out
    assert "summary.pdf is the stored export (pdf) made 2026-03-02 09:30 UTC by ben" in ran.out
    found = reviewed("verify", "--snapshot", S1, "--export", str(file), "--json").json()
    assert (found["snapshot"]["ref"], found["snapshot"]["export"]["format"]) == (S1, "pdf")


def test_an_export_changed_by_one_byte_is_none_of_the_snapshot(
    reviewed: Command, tmp_path: Path
) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(EXPORT + b" ")
    ran = reviewed("verify", "--snapshot", S1, "--export", str(file))
    assert ran.code == 2
    assert "summary.pdf is none of the exports of this snapshot, or was altered." in ran.out


def test_an_export_that_was_only_noted_is_known_by_its_hash(
    reviewed: Command, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "empty.zip"
    file.write_bytes(b"")
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with own_register(home) as store:
        an_export(store, snapshot=S1, sha256=nothing)
    ran = reviewed("verify", "--snapshot", S1, "--export", str(file))
    assert ran.code == 0
    assert "empty.zip is the noted export (bundle)" in ran.out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE snapshot SET document = document || ' '", f"{S1}: the document does not fit"),
        ("UPDATE stored_export SET content = x'00'", f"{S1} pdf: the content does not fit"),
    ],
)
def test_an_altered_document_is_named(
    reviewed: Command, home: Path, statement: str, told: str
) -> None:
    tamper(home / "register.db", statement)
    ran = reviewed("verify", "--snapshot", S1)
    assert ran.code == 2
    assert told in ran.out
    assert f"{S1} is unaltered" not in ran.out


def test_what_does_not_exist_is_refused(reviewed: Command, tmp_path: Path) -> None:
    assert S1 in reviewed("verify", "--snapshot", f"{AURORA}/S-2").refusal()
    missing = str(tmp_path / "none.pdf")
    assert "cannot be read" in reviewed("verify", "--snapshot", S1, "--export", missing).refusal()
    assert "needs --snapshot" in reviewed("verify", "--export", missing).refusal()
