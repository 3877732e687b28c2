"""What `check` finds on gates, waivers, booked runs and evidence."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Command
from tests.cli.registers import (
    FOR_AURORA,
    IMPORT,
    METRIC,
    RESULTS,
    SETTLING,
    TASK,
    a_launch_without_results,
    own_register,
)
from tests.cli.test_checking import found
from tests.evidence_factories import a_gate, a_waiver, an_attested_gate
from tests.factories import AURORA, stamp
from tracker.domain.words import GateState, LaunchRoleName
from tracker.store.tables import Launch, LaunchRole


@pytest.fixture
def register(home: Path, register_with_cast: Path) -> Path:
    """The data folder of a register whose one launch lacks results."""
    a_launch_without_results(home, register_with_cast)
    return home


def today() -> date:
    return datetime.now(UTC).date()


def write_gate(home: Path, **fields: Any) -> str:
    with own_register(home) as store:
        return a_gate(store, **({"task": TASK, "metric": METRIC} | fields))


def test_a_safety_gate_without_a_counterweight_is_pointed_out(
    command: Command, register: Path
) -> None:
    assert found(command)["HP-W008"]["what"] == (
        "G-1 of aurora-1 could be passed by refusing everything."
    )
    write_gate(register, area="over_refusal", task="harmless requests", must_pass=False)
    assert "HP-W008" not in found(command)


def test_a_gate_that_waits_while_a_run_about_another_release_is_there_is_pointed_out(
    command: Command, register: Path
) -> None:
    assert "HP-W009" not in found(command)
    other = str(RESULTS / "inspect" / "inspect-0.3.200-refusals.eval")
    assert command(*IMPORT, other, *FOR_AURORA).code == 0
    with own_register(register) as store, store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "mockllm/model-2"
    assert found(command)["HP-W009"]["what"] == (
        "G-1 of aurora-1 has no run about the present release, while E-1 is about another one."
    )


def test_a_gate_that_has_its_run_does_not_wait(command: Command, register: Path) -> None:
    assert register.exists()
    command(*IMPORT, str(SETTLING), *FOR_AURORA)
    assert "HP-W009" not in found(command)


@pytest.mark.parametrize(("days", "ends_soon"), [(14, True), (15, False)])
def test_a_waiver_that_ends_within_two_weeks_is_pointed_out(
    command: Command, register: Path, days: int, ends_soon: bool
) -> None:
    until = today() + timedelta(days=days)
    with own_register(register) as store:
        with store.writing(stamp()) as session:
            for role, person in (
                (LaunchRoleName.RESPONSIBLE_OFFICER, "eli"),
                (LaunchRoleName.APPROVER, "fay"),
            ):
                session.add(LaunchRole(launch=AURORA, role=role, person=person))
        a_waiver(
            store,
            f"{AURORA}/G-1",
            state=GateState.MISSING,
            threshold="≥ 85 %",
            until=until,
            requested_at=datetime.now(UTC),
            officer="eli",
            approver="fay",
        )
    (gate,) = command("gates", AURORA, "--json").json()
    assert gate["waived_until"] == until.isoformat()
    assert ("HP-W010" in found(command)) == ends_soon


@pytest.mark.parametrize(("days", "overdue"), [(1, True), (0, False)])
def test_a_booked_run_whose_day_has_passed_is_pointed_out(
    command: Command, register: Path, days: int, overdue: bool
) -> None:
    planned = today() - timedelta(days=days)
    ref = write_gate(register, task="not measured", planned_on=planned, planned_by="dana")
    said = found(command).get("HP-W011", {"what": ""})["what"]
    assert said == (
        f"What was booked for {ref} on {planned.isoformat()} is not on record." * overdue
    )


def test_a_booked_attestation_whose_day_has_passed_is_pointed_out(
    command: Command, register: Path
) -> None:
    planned = today() - timedelta(days=3)
    with own_register(register) as store:
        ref = an_attested_gate(store, planned_on=planned, planned_by="dana")
    assert ref in found(command)["HP-W011"]["what"]


def test_a_booked_run_that_came_is_not_overdue(command: Command, register: Path) -> None:
    before_it_ran = date(2026, 11, 23)
    command(*IMPORT, str(SETTLING), *FOR_AURORA)
    write_gate(register, threshold=0.99, planned_on=before_it_ran, planned_by="dana")
    states = [gate["state"] for gate in command("gates", AURORA, "--json").json()]
    assert states == ["passed", "failed"]
    assert "HP-W011" not in found(command)


def test_metrics_that_nobody_has_explained_are_named(command: Command, register: Path) -> None:
    assert register.exists()
    assert "HP-I003" not in found(command)
    results = str(RESULTS / "lm_eval" / "lm-eval-0.4.13-candidate-results.json")
    command(*IMPORT, results, *FOR_AURORA)
    said = found(command)["HP-I003"]["what"]
    assert "“acc” of lm-evaluation-harness" in said
    assert said.endswith("and 1 more.")
