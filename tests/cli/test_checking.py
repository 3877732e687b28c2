"""`check`: findings with stable ids, each with a hint."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Command
from tests.cli.test_verifying import tamper
from tracker.cli import keys
from tracker.cli.findings import KINDS
from tracker.readers import data_files, profile

OF_GATES = {"HP-W008", "HP-W009", "HP-W010", "HP-W011"}
"""What waits and what ends depends on the day on which the tests run."""


def found(command: Command, code: int = 0) -> dict[str, Any]:

    ran = command("check", "--json")
    assert (ran.code, ran.err) == (code, "")
    result = json.loads(ran.out)
    assert list(result) == list(keys.CHECK)
    assert result["ok"] == (code == 0)
    for finding in result["findings"]:
        assert finding["id"] in KINDS
        assert finding["what"].endswith(".")
        assert finding["hint"]
    return {finding["id"]: finding for finding in result["findings"]}


def test_the_demo_is_fit_for_use_and_says_what_it_is(demo: Command) -> None:
    findings = found(demo)
    assert {"HP-I001", "HP-I002", "HP-I003"} <= set(findings)
    assert set(findings) <= {"HP-I001", "HP-I002", "HP-I003", *OF_GATES}
    text = demo("check")
    assert (text.code, text.err) == (0, "")
    assert "No error." in text.out


def test_a_register_with_one_person_warns_about_everything_that_needs_more(
    command: Command,
) -> None:
    command("init", "--role", "viewer")
    findings = found(command)
    assert {"HP-W002", "HP-W003", "HP-W004"} <= set(findings)
    assert "25 policy areas" in findings["HP-W004"]["what"]


def test_a_missing_register_is_an_error(command: Command) -> None:
    assert "holdpoint demo" in found(command, code=2)["HP-E002"]["hint"]
    assert "There are errors." in command("check").out


@pytest.mark.parametrize(
    ("revision", "identity"), [("9999", "HP-E004"), (None, "HP-E004"), ("older", "HP-E003")]
)
def test_another_schema_is_an_error(
    demo: Command,
    home: Path,
    revision: str | None,
    identity: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        if revision == "older":
            monkeypatch.setattr("tracker.store.schema.head", lambda: "later")
        elif revision is None:
            connection.execute("DROP TABLE holdpoint_schema")
        else:
            connection.execute("UPDATE holdpoint_schema SET version_num = ?", (revision,))
    assert identity in found(demo, code=2)


def test_a_damaged_file_is_an_error(demo: Command, home: Path) -> None:
    (home / "demo.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert "back-up" in found(demo, code=2)["HP-E005"]["hint"]


def test_a_broken_chain_is_an_error(demo: Command, home: Path) -> None:
    tamper(home / "demo.db")
    assert "record 7" in found(demo, code=2)["HP-E007"]["what"]


def test_a_register_of_another_profile_is_an_error(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE register_info SET profile_version = 'P9'")
    assert "P9" in found(demo, code=2)["HP-E009"]["what"]


def test_a_bad_setting_is_an_error(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDPOINT_PORT", "0")
    assert "HOLDPOINT_PORT" in found(command, code=2)["HP-E001"]["what"]


def test_people_who_left_are_warned_about(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE person SET active = 0")
    assert {"HP-W001", "HP-W005"} <= set(found(demo))


def test_a_taxonomy_of_another_release_is_warned_about(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE policy_area SET name = 'Renamed' WHERE code = 'cbrn'")
    assert "HP-W006" in found(demo)


def test_a_register_that_others_can_read_is_warned_about(demo: Command, home: Path) -> None:
    (home / "demo.db").chmod(0o644)
    assert "chmod 600" in found(demo)["HP-W007"]["hint"]


def test_a_missing_data_file_is_an_error(
    demo: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(data_files, "data_folder", lambda: tmp_path)
    profile.packaged_profile.cache_clear()
    try:
        assert "scoring_profile" in found(demo, code=2)["HP-E008"]["what"]
    finally:
        monkeypatch.undo()
        profile.packaged_profile.cache_clear()
