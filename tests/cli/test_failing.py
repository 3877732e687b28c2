"""However it fails, the command says so in one line and never shows a traceback for a mistake."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Command, Ran, clean_environment, shell
from tracker.cli import reading


@pytest.mark.parametrize("program", ["holdpoint", "module"])
def test_the_installed_command_and_the_module_are_the_same(
    program: str, demo_file: Path, tmp_path: Path
) -> None:
    env = {"HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}"}
    ran = shell("rank", "--top", "2", "--json", env=env, cwd=tmp_path, program=program)
    assert [risk["rank"] for risk in ran.json()] == [1, 2]
    refused = shell("show", "M-999", env=env, cwd=tmp_path, program=program)
    assert "There is no mitigation “M-999”" in refused.refusal()


def test_the_version_is_printed(command: Command) -> None:
    ran = command("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("holdpoint 0.")


def broken_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)


def some_text(path: Path) -> None:
    path.write_text("this is not a database\n" * 200)


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE groceries (name TEXT)")


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (nothing, "There is no register at .*holdpoint init.*holdpoint demo"),
        (broken_file, "damaged"),
        (some_text, "not a database"),
        (other_database, "not a register"),
    ],
)
@pytest.mark.parametrize(
    "asked", [("rank", "--json"), ("show", "M-1"), ("migrate",), ("backup", "b")]
)
def test_a_database_that_is_no_register_is_said_in_one_line(
    make: Callable[[Path], None],
    said: str,
    asked: tuple[str, ...],
    command: Command,
    home: Path,
) -> None:
    home.mkdir()
    make(home / "register.db")
    assert re.search(said, command(*asked).refusal())


def test_a_register_of_a_newer_release_is_refused(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE holdpoint_schema SET version_num = '9999'")
    assert "made by a newer release" in demo("rank").refusal()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HOLDPOINT_DATABASE_URL", "mysql://ada:s3cret@db/x", "must begin with sqlite:///"),
        ("HOLDPOINT_DATABASE_ULR", "sqlite:///x.db", "did you mean HOLDPOINT_DATABASE_URL"),
        ("HOLDPOINT_LOG_LEVEL", "LOUD", "HOLDPOINT_LOG_LEVEL"),
        ("HOLDPOINT_ADDRESS", "0.0.0.0", "nobody signs in"),
    ],
)
def test_a_bad_setting_is_said_by_its_name(
    name: str, value: str, said: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    refusal = command("launches").refusal()
    assert said in refusal
    assert "s3cret" not in refusal


def fail(demo: Command, monkeypatch: pytest.MonkeyPatch) -> Ran:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("a secret of the register")

    monkeypatch.setattr(reading, "print_json", broken)
    return demo("rank", "--json")


def test_a_mistake_of_ours_gives_a_reference_whose_details_are_logged(
    demo: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = fail(demo, monkeypatch)
    assert (ran.code, ran.out) == (1, "")
    said = re.fullmatch(r"error: .*reference (\w{8})\).*errors\.log\.\n", ran.err)
    assert said
    assert "secret" not in ran.err
    log = (home / "errors.log").read_text()
    assert f"reference {said[1]}" in log
    assert "ZeroDivisionError" in log


def test_a_mistake_of_ours_shows_its_traceback_to_whoever_debugs(
    demo: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDPOINT_LOG_LEVEL", "debug")
    ran = fail(demo, monkeypatch)
    assert ran.code == 1
    assert "Traceback" in ran.err


def test_an_interruption_is_no_mistake(demo: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "print_json", interrupted)
    assert demo("rank", "--json") == Ran(130, "", "")


def test_a_mistake_that_cannot_be_logged_is_said_all_the_same(
    demo: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "errors.log").mkdir()
    ran = fail(demo, monkeypatch)
    assert ran.code == 1
    assert "could not be written" in ran.err


def test_a_reader_that_leaves_is_no_error(demo_file: Path) -> None:
    env = clean_environment() | {"HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}"}
    command = [sys.executable, "-m", "tracker", "rank", "--json"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == 141


def test_a_terminal_without_unicode_gets_json_that_can_be_read(demo_file: Path) -> None:
    env = {"HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}", "PYTHONIOENCODING": "ascii"}
    shown = shell("show", "gpt-4v-2023-09/R-6", "--json", env=env)
    assert shown.out.isascii()
    assert "likely −0.65" in shown.json()["explanation"]
    assert shell("show", "gpt-4v-2023-09/R-6", env=env).code == 0


@pytest.mark.parametrize("asked", [("--help",), ()])
def test_help_lists_every_command(command: Command, asked: tuple[str, ...]) -> None:
    ran = command(*asked)
    assert (ran.code, ran.err) == (0, "")
    names = ("init", "demo", "serve", "migrate", "launches", "risks", "rank", "show", "export")
    for name in (*names, "status", "gates", "evidence", "import"):
        assert f" {name} " in ran.out


def test_standard_output_that_is_full_is_said(demo_file: Path) -> None:
    env = clean_environment() | {"HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}"}
    with Path("/dev/full").open("w") as device:
        ran = subprocess.run(
            [sys.executable, "-m", "tracker", "rank"],
            env=env,
            stdout=device,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: ")
    assert "Traceback" not in ran.stderr
