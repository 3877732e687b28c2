"""`export`: whole or not at all, never over another file by accident."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import TODAY, Command, shell
from tracker.domain.words import ExportFormat

LAUNCH = "gpt-4v-2023-09"
STARTS = {
    ExportFormat.PDF: b"%PDF-",
    ExportFormat.HTML: b"<!DOCTYPE html>",
    ExportFormat.MARKDOWN: b"# ",
    ExportFormat.XLSX: b"PK",
    ExportFormat.CSV: b"",
    ExportFormat.JSON: b"{",
}


@pytest.mark.parametrize("format_", list(ExportFormat))
def test_every_format_is_written(demo: Command, tmp_path: Path, format_: ExportFormat) -> None:
    target = tmp_path / f"summary.{format_}"
    ran = demo("export", LAUNCH, "--format", format_, "-o", str(target))
    assert (ran.code, ran.err) == (0, "")
    assert str(target) in ran.out
    content = target.read_bytes()
    assert len(content) > 1000
    assert content.lower().startswith(STARTS[format_].lower())
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_text_format_goes_to_standard_output(demo_file: Path, tmp_path: Path) -> None:
    env = {"HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}"}
    ran = shell("export", LAUNCH, "--format", "json", "-o", "-", env=env, cwd=tmp_path)
    assert LAUNCH in json.dumps(ran.json())
    assert list(tmp_path.iterdir()) == []


def test_standard_output_and_a_file_hold_the_same(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "register.csv"
    demo("export", LAUNCH, "--format", "csv", "-o", str(target))
    printed = demo("export", LAUNCH, "--format", "csv", "-o", "-").out.encode()
    assert printed.count(b"gpt-4v-2023-09/R-6") == target.read_bytes().count(b"gpt-4v-2023-09/R-6")


@pytest.mark.parametrize("format_", ["pdf", "xlsx"])
def test_bytes_do_not_go_to_standard_output(demo: Command, format_: str) -> None:
    assert "no text" in demo("export", LAUNCH, "--format", format_, "-o", "-").refusal()


def test_a_file_that_is_there_is_replaced_only_when_told(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    target.write_text("somebody's own")
    asked = ("export", LAUNCH, "--format", "md", "-o", str(target))
    assert "is there already" in demo(*asked).refusal()
    assert target.read_text() == "somebody's own"
    assert demo(*asked, "--force").code == 0
    assert "GPT-4V" in target.read_text()


def test_the_acting_person_is_named_in_the_document(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    asked = ("export", LAUNCH, "--format", "md", "-o", str(target), "--force")
    assert demo(*asked).code == 0
    assert "somebody at the command line" in target.read_text()
    assert demo(*asked, "--as", "auditor").code == 0
    assert "Internal auditor" in target.read_text()


def test_the_day_can_be_given(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    day = ("--today", TODAY.isoformat())
    assert demo("export", LAUNCH, "--format", "md", "-o", str(target), *day).code == 0
    assert "in 9 days" in target.read_text()


@pytest.mark.parametrize(
    ("launch", "target", "more", "said"),
    [
        ("gpt-4v", "out.md", (), "Did you mean gpt-4v-2023-09"),
        (LAUNCH, "no/such/folder/out.md", (), "cannot be written"),
        (LAUNCH, ".", (), "is a folder"),
        (LAUNCH, "out.md", ("--as", "nobody-here"), "no person “nobody-here”"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    demo: Command, tmp_path: Path, launch: str, target: str, more: tuple[str, ...], said: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    ran = demo("export", launch, "--format", "md", "-o", str(folder / target), *more)
    assert said in ran.refusal()
    assert list(folder.iterdir()) == []
