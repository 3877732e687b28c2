"""The page on evidence names what the code knows, and its examples hold."""

import re
from io import BytesIO

import pytest

from tests.structure.tree import ROOT
from tracker.cli.app import run
from tracker.domain.words import EvidenceFlag, GateState
from tracker.readers.evidence.metric_table_rows import COLUMNS
from tracker.readers.evidence.reading import read_evidence
from tracker.readiness.bounds import needed_n, share_low

PAGE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    found = re.search(rf"(?ms)^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", PAGE)
    assert found, heading
    return found[1]


def first_cells(heading: str) -> list[str]:
    """The first column of a section's table, without its heading."""
    rows = [line for line in section(heading).splitlines() if line.startswith("| ")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def test_every_column_of_a_table_of_metrics_is_explained() -> None:
    listed = [name.strip("`") for cell in first_cells("A table of metrics") for name in
              cell.split(", ")]  # fmt: skip
    assert sorted(listed) == sorted(COLUMNS)


def test_every_flag_is_explained_once() -> None:
    listed = [name for cell in first_cells("What weakens a run") for name in cell.split(", ")]
    assert sorted(listed) == sorted(EvidenceFlag)


def test_the_states_of_a_gate_stand_in_their_order() -> None:
    assert first_cells("What a gate says") == [str(state) for state in GateState]


def test_the_example_of_a_table_reads() -> None:
    lines = re.findall(r"(?m)^    (model,date.*|atlas.*)$", section("A table of metrics"))
    (found,) = read_evidence("example.csv", BytesIO("\n".join(lines).encode())).runs
    assert [(one.task, one.passed, one.n) for one in found.metrics] == [
        ("refusals", 495, 500),
        ("harmless requests", 291, 300),
    ]


def test_the_worked_example_holds() -> None:
    text = section("What a gate says")
    assert "495 of 500 is 99 % observed, yet the lower bound is 97.9 %" in text
    assert share_low(495, 500, 0.95) == pytest.approx(0.97908, abs=1e-5)
    assert "523 with 5 failures would show 98 %, and so would 149 without one" in text
    assert (needed_n(0.98, 5, 0.95), needed_n(0.98, 0, 0.95)) == (523, 149)


@pytest.mark.parametrize("name", ["import evidence", "status", "gates", "evidence", "show"])
def test_the_commands_that_it_names_exist(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert f"holdpoint {name}" in PAGE
    assert run([*name.split(), "--help"]) == 0
    assert "Usage" in capfd.readouterr().out
