"""`person`: inviting, changing and deactivating people from the command line."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.commands import Command


@pytest.fixture
def own(command: Command, home: Path) -> Path:
    """A register whose only person is the policy lead."""
    command("init", "--sign-in", "Lead@Lab.example")
    return home / "register.db"


def told(register: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(register) as connection:
        return connection.execute(statement).fetchall()


def invite(command: Command, key: str = "ada", *more: str) -> str:
    ran = command(
        *("person", "invite", key, "--name", key.title(), "--role", "assessor"),
        *("--as", "policy-lead", *more),
    )
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_the_first_person_can_be_made_with_a_sign_in_name(own: Path) -> None:
    assert told(own, "SELECT sign_in FROM person") == [("lead@lab.example",)]


def test_a_person_is_invited_under_the_name_that_they_sign_in_with(
    command: Command, own: Path
) -> None:
    out = invite(command, "ada", "--sign-in", "Ada@Lab.example", "--leads", "privacy")
    assert "who signs in as ada@lab.example" in out
    assert told(own, "SELECT area FROM person_area WHERE person = 'ada'") == [("privacy",)]
    assert "who does not sign in" in invite(command, "bob")


def test_what_a_change_does_not_name_stays(command: Command, own: Path) -> None:
    invite(command, "ada", "--sign-in", "ada@lab.example", "--leads", "privacy")
    lead = ("--as", "policy-lead", "--reason", "Moved.")
    out = command("person", "change", "ada", "--role", "reviewer", "--role", "viewer", *lead).out
    assert out == "ada is now reviewer, viewer, who signs in as ada@lab.example.\n"
    assert told(own, "SELECT area FROM person_area WHERE person = 'ada'") == [("privacy",)]
    out = command("person", "change", "ada", "--sign-in", "", *lead).out
    assert out == "ada is now reviewer, viewer, who does not sign in.\n"


def test_whoever_is_deactivated_can_no_longer_act_here(command: Command, own: Path) -> None:
    invite(command)
    lead = ("--as", "policy-lead", "--reason", "Left the lab.")
    assert command("person", "deactivate", "ada", *lead).code == 0
    assert (
        "no longer active"
        in command(
            *("person", "activate", "ada", "--as", "ada", "--reason", "I am back."),
        ).refusal()
    )
    assert command("person", "activate", "ada", *lead).out == "ada may act again.\n"
    assert told(own, "SELECT count(*) FROM change WHERE reason = 'Left the lab.'") == [(2,)]


def test_refusals_are_one_line(command: Command, own: Path) -> None:
    assert own.exists()
    lead = ("--as", "policy-lead", "--reason", "Left.")
    assert "themselves" in command("person", "deactivate", "policy-lead", *lead).refusal()
    assert "no person “eve”" in command("person", "deactivate", "eve", *lead).refusal()
    unnamed = command("person", "deactivate", "policy-lead", "--reason", "Left.")
    assert "name the person who acts" in unnamed.refusal()
