"""`init`, `demo`, `migrate` and `backup`."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.commands import Command


def test_init_makes_an_empty_register_with_areas_and_a_first_person(
    command: Command, home: Path
) -> None:
    ran = command("init", "--person-key", "ada", "--person-name", "Ada", "--role", "policy lead")
    assert (ran.code, ran.err) == (0, "")
    assert (home / "register.db").exists()
    assert command("rank", "--json").json() == []
    assert command("launches", "--json").json() == []
    with sqlite3.connect(home / "register.db") as connection:
        assert connection.execute("SELECT count(*) FROM policy_area").fetchone() == (25,)
        assert connection.execute("SELECT key, name FROM person").fetchall() == [("ada", "Ada")]
        assert connection.execute("SELECT role FROM person_role").fetchall() == [("policy lead",)]


def test_init_alone_names_a_policy_lead_who_can_go_on(command: Command) -> None:
    assert "policy-lead" in command("init").out
    ran = command(
        *("new-launch", "--key", "o9", "--name", "o9", "--model-version", "1"),
        *("--configuration", "chat", "--exposure-asked", "internal limited"),
        *("--target-date", "2099-01-01", "--owner", "policy-lead", "--as", "policy-lead"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert [launch["launch"] for launch in command("launches", "--json").json()] == ["o9"]


def test_init_never_touches_a_register_that_is_there(command: Command, home: Path) -> None:
    command("init")
    before = (home / "register.db").read_bytes()
    assert "already" in command("init").refusal()
    assert (home / "register.db").read_bytes() == before


def test_init_and_demo_go_where_the_setting_points(
    command: Command, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDPOINT_DATABASE_URL", f"sqlite:///{tmp_path}/mine.db")
    assert command("init").code == 0
    assert (tmp_path / "mine.db").exists()
    assert not home.exists()
    assert "empty register" in command("demo").refusal()


def test_the_demo_is_made_once_and_keeps_what_was_entered(command: Command, home: Path) -> None:
    made = command("demo", "--today", "2026-11-24")
    assert (made.code, made.err) == (0, "")
    assert len(command("rank", "--json").json()) == 69
    before = (home / "demo.db").read_bytes()
    again = command("demo")
    assert (again.code, again.err) == (0, "")
    assert "already, as of 2026-11-24" in again.out
    assert (home / "demo.db").read_bytes() == before


def test_the_demo_says_when_commands_open_another_register(command: Command) -> None:
    command("init")
    ran = command("demo")
    assert ran.code == 0
    assert "HOLDPOINT_DATABASE_URL=sqlite:///" in ran.out
    assert command("rank", "--json").json() == []


def test_migrate_says_that_there_is_nothing_to_do(demo: Command) -> None:
    assert "is up to date" in demo("migrate").out


def test_a_backup_holds_everything_and_is_never_written_over_a_file(
    demo: Command, home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert demo("backup", str(copy)).code == 0
    before = demo("rank", "--json", "--today", "2026-11-24").json()
    assert "exists already" in demo("backup", str(copy)).refusal()
    assert "cannot be written" in demo("backup", str(tmp_path / "no" / "copy.db")).refusal()
    shutil.move(copy, home / "register.db")
    assert demo("rank", "--json", "--today", "2026-11-24").json() == before
