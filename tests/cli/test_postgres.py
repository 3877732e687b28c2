"""The same command on a team's database."""

import socket

import pytest

from tests.cli.commands import TODAY, Command
from tests.cli.registers import IMPORT, SETTLING
from tests.cli.test_checking import found
from tests.cli.test_creating import new_launch
from tests.databases import Postgres
from tests.services.demo_by_hand import order_by_hand

DAY = ("--today", TODAY.isoformat())
FOR_DEMO = ("--launch", "gpt-4v-2023-09", "--as", "eng-product")


@pytest.mark.postgres
def test_the_demo_on_postgresql_ranks_as_on_sqlite(
    command: Command, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.bare_database().render_as_string(hide_password=False)
    monkeypatch.setenv("HOLDPOINT_DATABASE_URL", url)
    assert "There is no register" in command("rank").refusal()
    assert command("demo", *DAY).code == 0
    assert "already" in command("demo").out
    ranked = command("rank", "--json", *DAY).json()
    assert [risk["ref"] for risk in ranked] == [ref for ref, _ in order_by_hand(TODAY)]
    assert new_launch(command, "--clone-from", "gpt-4v-2023-09").code == 0
    assert command("verify", "--json").json()["sound"]
    assert {"HP-I001", "HP-I002"} <= set(found(command))
    for taken_in in (1, 0):
        done = command(*IMPORT, str(SETTLING), *FOR_DEMO, "--json").json()
        assert len(done["taken_in"]) == taken_in
    assert command("status", "gpt-4v-2023-09", *DAY).code == 4
    assert "is up to date" in command("migrate").out
    assert "pg_dump" in command("backup", "copy.db").refusal()


def test_a_database_that_does_not_answer_is_said_in_one_line(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    url = f"postgresql://ada:s3cret@127.0.0.1:{port}/holdpoint"
    monkeypatch.setenv("HOLDPOINT_DATABASE_URL", url)
    refusal = command("rank").refusal()
    assert "HOLDPOINT_DATABASE_URL" in refusal
    assert "s3cret" not in refusal
    assert "HP-E006" in found(command, code=2)
    assert "s3cret" not in command("check").out
