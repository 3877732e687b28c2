"""`gates` and `evidence`, on the demo as of one day."""

from pathlib import Path

import pytest

from tests.cli.commands import TODAY, Command
from tests.cli.registers import IMPORT, RESULTS
from tracker.cli import keys
from tracker.domain.words import GateState

V = "gpt-4v-2023-09"
LAUNCHES = (V, "dall-e-3-2023-10", "dall-e-2-2022-04", "gpt-4-2023-03")
ON_THE_DAY = ("--today", TODAY.isoformat())


def test_every_gate_has_the_documented_keys_and_says_why(demo: Command) -> None:
    for launch in LAUNCHES:
        for gate in demo("gates", launch, "--json", *ON_THE_DAY).json():
            assert list(gate) == list(keys.GATE)
            assert gate["why"]
            assert gate["holds"] == (
                gate["must_pass"] and gate["state"] != "passed" and not gate["waived_until"]
            )


def test_a_gate_says_what_was_shown_and_what_would_settle_it(demo: Command) -> None:
    gates = {gate["ref"]: gate for gate in demo("gates", V, "--json", *ON_THE_DAY).json()}
    first = gates[f"{V}/G-1"]
    assert (first["state"], first["threshold"]) == ("inconclusive", "≥ 98 %")
    assert first["shown"] == "more than 98 % (no n)"
    assert first["run"].startswith(f"{V}/E-")
    missing = gates[f"{V}/G-5"]
    assert (missing["state"], missing["shown"], missing["run"]) == ("missing", "", None)
    assert "300" in missing["settles"]
    assert "773" in missing["settles"]


def test_a_waived_gate_shows_the_state_beneath(demo: Command) -> None:
    waived = [
        gate
        for launch in LAUNCHES
        for gate in demo("gates", launch, "--json", *ON_THE_DAY).json()
        if gate["waived_until"]
    ]
    assert [(gate["ref"], gate["state"], gate["holds"]) for gate in waived] == [
        ("gpt-4-2023-03/G-4", "missing", False)
    ]
    assert "missing, waived" in demo("gates", "gpt-4-2023-03", *ON_THE_DAY).out


def test_people_see_one_line_for_each_gate(demo: Command) -> None:
    ran = demo("gates", V, *ON_THE_DAY)
    assert (ran.code, ran.err) == (0, "")
    heading, *lines = ran.out.splitlines()
    assert heading.split()[:3] == ["Gate", "State", "Counts"]
    assert [line.split()[0] for line in lines] == [f"G-{number}" for number in range(1, 10)]
    assert {line.split()[1] for line in lines} <= {str(state) for state in GateState}


def test_the_ledger_has_every_run_newest_first_with_its_provenance(demo: Command) -> None:
    listed = demo("evidence", V, "--json").json()
    numbers = [int(run["ref"].rpartition("-")[2]) for run in listed]
    assert numbers == sorted(numbers, reverse=True)
    for run in listed:
        assert list(run) == list(keys.RUN)
        assert len(run["sha256"]) == 64
        assert run["imported_by"]
        for metric in run["metrics"]:
            for key in metric:
                assert f"`{key}`" in keys.RUN["metrics"]


def test_a_run_that_a_gate_reads_names_it(demo: Command) -> None:
    runs = {run["ref"]: run for run in demo("evidence", V, "--json", *ON_THE_DAY).json()}
    for gate in demo("gates", V, "--json", *ON_THE_DAY).json():
        if gate["run"]:
            assert gate["ref"] in [one for m in runs[gate["run"]]["metrics"] for one in m["gates"]]


def test_a_run_without_a_metric_is_named_to_people(demo: Command) -> None:
    killed = str(RESULTS / "inspect" / "inspect-0.3.285-killed.eval")
    assert demo(*IMPORT, killed, "--launch", V, "--as", "eng-product").code == 0
    text = demo("evidence", V)
    assert (text.code, text.err) == (0, "")
    listed = demo("evidence", V, "--json").json()
    newest = listed[0]
    assert newest["file"] == Path(killed).name
    assert "not finished" in newest["flags"]
    assert (f"E-14 ({newest['file']}) has no metric." in text.out) == (not newest["metrics"])


def test_an_empty_launch_says_what_to_do(command: Command) -> None:
    command("init")
    created = command(
        *("new-launch", "--key", "new", "--name", "New", "--model-version", "v1"),
        *("--configuration", "as shipped", "--exposure-asked", "staged rollout"),
        *("--target-date", "2099-01-31", "--owner", "policy-lead", "--as", "policy-lead"),
    )
    assert created.code == 0
    assert "no launch criteria yet" in command("gates", "new").out
    assert "holdpoint import evidence" in command("evidence", "new").out
    assert command("gates", "new", "--json").json() == []
    assert command("evidence", "new", "--json").json() == []


@pytest.mark.parametrize("what", ["gates", "evidence"])
def test_an_unknown_launch_is_refused_in_one_line(demo: Command, what: str) -> None:
    assert "no launch “gpt-4v”" in demo(what, "gpt-4v").refusal()
