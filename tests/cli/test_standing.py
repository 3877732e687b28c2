"""`status`: the verdict as an exit code, and the way to a better one."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import TODAY, Command, Ran
from tests.cli.registers import (
    FOR_AURORA,
    IMPORT,
    MODERATE,
    SETTLING,
    UNSURE,
    a_launch_without_results,
)
from tests.factories import AURORA
from tracker.cli import keys
from tracker.domain.words import GateState

V = "gpt-4v-2023-09"


def values(ran: Ran, code: int) -> dict[str, Any]:
    assert (ran.code, ran.err) == (code, "")
    return json.loads(ran.out)


def test_a_pipeline_that_imports_results_is_let_through_once_they_settle_the_launch(
    command: Command, home: Path, register_with_cast: Path
) -> None:
    a_launch_without_results(home, register_with_cast)
    before = values(command("status", AURORA, "--json"), 4)
    assert before["verdict"] == "Not ready"
    assert [reason["code"] for reason in before["reasons"]] == ["gate-not-passed"]
    assert before["path"]["target"] == "Ready"
    assert [step["subject"] for step in before["path"]["shared"]] == [f"{AURORA}/G-1"]
    assert command(*IMPORT, str(SETTLING), *FOR_AURORA).code == 0
    after = values(command("status", AURORA, "--json"), 0)
    assert (after["verdict"], after["reasons"]) == ("Ready", [])
    assert after["gates"]["passed"] == 1
    assert after["path"]["target"] is None
    assert command("status", AURORA).out == "Ready: nothing on record holds the launch.\n"


def test_a_launch_with_a_condition_gives_an_exit_code_of_its_own(
    command: Command, home: Path, register_with_cast: Path
) -> None:
    a_launch_without_results(home, register_with_cast, MODERATE, UNSURE)
    command(*IMPORT, str(SETTLING), *FOR_AURORA)
    found = values(command("status", AURORA, "--json"), 3)
    assert found["verdict"] == "Ready with conditions"
    assert [reason["holds"] for reason in found["reasons"]] == [False]
    text = command("status", AURORA)
    assert text.code == 3
    assert "condition  R-1" in text.out


def test_the_demo_says_every_reason_with_its_remedy_and_the_way_out(demo: Command) -> None:
    found = values(demo("status", V, "--json", "--today", TODAY.isoformat()), 4)
    assert list(found) == list(keys.STATUS)
    shown = demo("show", V, "--json", "--today", TODAY.isoformat()).json()
    assert found["reasons"] == shown["verdict_reasons"]
    assert found["gates"] == shown["gates"]
    assert set(found["gates"]) == {str(state) for state in GateState}
    assert found["deploy"] is None
    assert found["path"]["blocked"]
    assert found["path"]["decisions"]
    text = demo("status", V, "--today", TODAY.isoformat())
    assert (text.code, text.err) == (4, "")
    assert "No work on record can turn this: R-9" in text.out
    assert "To do: Have somebody other than the launch owner assess R-8" in text.out
    assert "Instead somebody may decide:" in text.out
    for reason in found["reasons"]:
        assert reason["text"] in text.out
        assert reason["remedy"] in text.out


def test_ways_that_differ_are_told_apart(demo: Command) -> None:
    day = ("--today", TODAY.isoformat())
    paths = {
        key: values(demo("status", key, "--json", *day), 4)["path"]
        for key in (V, "dall-e-3-2023-10", "dall-e-2-2022-04", "gpt-4-2023-03")
    }
    for key, path in paths.items():
        several = [steps for steps in path["alternatives"] if steps]
        text = demo("status", key, *day).out
        assert text.count("\nand either: ") == bool(several)
        assert text.count("\nor: ") == max(0, len(several) - 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("status", "gpt-4v"), "no launch “gpt-4v”"),
        (("status", V, "--deploy", "v1"), "--stage: is missing"),
        (("status", V, "--stage", "open weights"), "--deploy: is missing"),
        (("status", V, "--deploy", "v1", "--stage", "everywhere"), "'everywhere' is not one of"),
        (("status", V, "--configuration", "as shipped"), "--deploy: is missing"),
        (("status",), "Missing argument 'LAUNCH'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(
    demo: Command, arguments: tuple[str, ...], said: str
) -> None:
    assert said in demo(*arguments).refusal()
