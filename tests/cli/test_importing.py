"""`import evidence`: real result files through the real command, all of them or nothing."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

from tests.cli.commands import Command, Ran, clean_environment
from tests.cli.registers import IMPORT, RESULTS
from tests.cli.test_output import on_terminal
from tracker.cli import keys

V = "gpt-4v-2023-09"
FOR_V = ("--launch", V, "--as", "eng-product")
ONE_OF_EACH = {
    "inspect/inspect-0.3.285-refusals.eval": "Inspect log (.eval)",
    "inspect/inspect-0.3.285-refusals.json": "Inspect log (JSON)",
    "lm_eval/lm-eval-0.4.13-candidate-results.json": "lm-evaluation-harness results",
    "promptfoo/promptfoo-0.123.1-grid.json": "promptfoo results",
    "garak/garak-0.17.1-mixed.report.jsonl": "garak report",
}
INSPECT, _, LM_EVAL, GRID, GARAK = (str(RESULTS / name) for name in ONE_OF_EACH)
HITS = "garak-0.17.1-mixed.hitlog.jsonl"
UNKNOWN_JSON = {
    *(f"making/lm_eval/{name}.jsonl" for name in ("answers", "choice_privacy", "choice_self_harm")),
    *(f"making/promptfoo/{name}.json" for name in ("attacks", "requests")),
}
"""Data of the tasks behind the files: it might as well be a result of a tool to come."""
TABLE = """model,date,task,metric,value,n
GPT-4V-launch,2023-09-25,refusals,refused,0.98,500
GPT-4V-launch,2023-09-25,refusals,helped,0.9,500
"""


def imported(command: Command, *arguments: str, code: int = 0) -> dict[str, Any]:
    ran = command(*IMPORT, *arguments, "--json")
    assert ran.code == code
    found = json.loads(ran.out)
    assert list(found) == list(keys.IMPORT)
    return found


def runs(command: Command) -> list[dict[str, Any]]:
    return command("evidence", V, "--json").json()


def errors(ran: Ran) -> Sequence[str]:
    """What a command said on standard error, line by line."""
    lines = ran.err.splitlines()
    assert all(line.startswith("error: ") for line in lines)
    return [line.removeprefix("error: ") for line in lines]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(TABLE)
    return path


def test_every_format_is_told_by_its_content(demo: Command, table: Path) -> None:
    before = len(runs(demo))
    files = [str(RESULTS / name) for name in ONE_OF_EACH]
    found = imported(demo, *files, str(table), *FOR_V)
    assert {run["file"]: run["format"] for run in found["runs"]} == {
        **{name.partition("/")[2]: kind for name, kind in ONE_OF_EACH.items()},
        "figures.csv": "table of metrics",
    }
    assert {run["status"] for run in found["runs"]} == {"new"}
    assert found["taken_in"] == [f"{V}/E-{before + 1 + place}" for place in range(9)]
    stored = {run["ref"]: run for run in runs(demo)}
    assert len(stored) == before + 9
    for ref, run in zip(found["taken_in"], found["runs"], strict=True):
        assert stored[ref]["sha256"] == run["sha256"]
        assert [one["value"] for one in stored[ref]["metrics"]] == [
            one["value"] for one in run["metrics"]
        ]


def test_figures_arrive_as_the_file_has_them(demo: Command) -> None:
    (ref,) = imported(demo, INSPECT, *FOR_V)["taken_in"]
    whole = demo("show", ref, "--json").json()["metrics"][0]
    assert (whole["passed"], whole["failed"], whole["n"], whole["slice"]) == (57, 3, 60, "")
    assert whole["value"] == 0.95
    assert whole["stderr"] == pytest.approx(0.0283740, abs=1e-6)


def test_what_is_here_already_is_passed_over_and_no_failure(demo: Command) -> None:
    first = imported(demo, INSPECT, GRID, *FOR_V)
    before = runs(demo)
    again = imported(demo, INSPECT, GRID, *FOR_V)
    assert {run["status"] for run in again["runs"]} == {"already here"}
    assert [run["resembles"] for run in again["runs"]] == first["taken_in"]
    assert again["taken_in"] == []
    assert runs(demo) == before
    text = demo(*IMPORT, INSPECT, *FOR_V)
    assert (text.code, text.err) == (0, "")
    assert text.out.endswith(f"Nothing is new: {V} has {first['taken_in'][0]} already.\n")


def test_the_same_file_twice_counts_once(demo: Command, tmp_path: Path) -> None:
    copy(INSPECT, tmp_path / "another-name.eval")
    found = imported(demo, INSPECT, str(tmp_path / "another-name.eval"), INSPECT, *FOR_V)
    assert [run["status"] for run in found["runs"]] == ["new", "already here", "already here"]
    assert len(found["taken_in"]) == 1


def test_other_contents_under_the_same_name_are_a_further_run(
    demo: Command, tmp_path: Path
) -> None:
    ours = tmp_path / "results.csv"
    ours.write_text(TABLE)
    imported(demo, str(ours), *FOR_V)
    ours.write_text(TABLE.replace("0.98", "0.99"))
    found = imported(demo, str(ours), *FOR_V)
    assert [run["status"] for run in found["runs"]] == ["changed"]
    assert len(found["taken_in"]) == 1
    (warning,) = demo("show", found["taken_in"][0], "--json").json()["warnings"]
    assert warning.startswith(f"Calls itself the same as {found['runs'][0]['resembles']}")


def test_a_preview_writes_nothing_and_needs_nobody(demo: Command) -> None:
    before = runs(demo)
    found = imported(demo, INSPECT, "--launch", V, "--preview")
    assert [run["status"] for run in found["runs"]] == ["new"]
    assert (found["taken_in"], runs(demo)) == ([], before)
    text = demo(*IMPORT, INSPECT, "--launch", V, "--preview")
    assert (text.code, text.err) == (0, "")
    assert text.out.endswith("Nothing was written.\n")


def test_people_see_what_was_found_and_what_to_mind(demo: Command) -> None:
    ran = demo(*IMPORT, GRID, *FOR_V)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "4 runs found: 4 new."
    assert lines[1].split()[:5] == ["File", "Status", "Tool", "Model", "Day"]
    assert "acme:atlas-2-rc2 (not the launch's version)" in ran.out
    assert "warning: promptfoo-0.123.1-grid.json: 2 of 10 scenarios were not scored." in lines
    assert "No gate can read these until somebody has said which way is good:" in ran.out
    assert lines[-1].startswith(f"Took in 4 runs of {V}: {V}/E-")
    assert "\x1b" not in ran.out


def test_one_bad_file_keeps_all_out_and_every_bad_one_is_named(
    demo: Command, tmp_path: Path
) -> None:
    before = runs(demo)
    broken = tmp_path / "broken.eval"
    broken.write_bytes(Path(INSPECT).read_bytes()[:2000])
    note = tmp_path / "note.txt"
    note.write_text("no result at all")
    hits = str(RESULTS / "garak" / HITS)
    paths = (INSPECT, str(broken), GRID, str(note), hits)
    ran = demo(*IMPORT, *paths, *FOR_V)
    assert ran.code == 2
    said = errors(ran)
    assert [line.partition(",")[0] for line in said[:-1]] == ["broken.eval", "note.txt", HITS]
    assert "hit log of garak" in said[2]
    assert said[-1].startswith("Nothing was taken in")
    found = imported(demo, *paths, *FOR_V, code=2)
    assert [one["file"] for one in found["refused"]] == ["broken.eval", "note.txt", HITS]
    assert {run["file"] for run in found["runs"]} == {Path(INSPECT).name, Path(GRID).name}
    assert runs(demo) == before


def test_a_folder_stands_for_its_files_and_those_below(demo: Command, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    (folder / "later" / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.csv").write_text("nothing")
    (folder / ".DS_Store").write_text("nothing")
    copy(INSPECT, folder / "b.eval")
    copy(GARAK, folder / "later" / "deep" / "a.jsonl")
    copy(LM_EVAL, folder / "a.json")
    (folder / "linked").symlink_to(folder)
    (folder / "z.eval").symlink_to(folder / "b.eval")
    found = imported(demo, str(folder), *FOR_V)
    assert [run["file"] for run in found["runs"]] == [
        *("a.json", "b.eval", "later/deep/a.jsonl", "z.eval")
    ]
    assert [run["status"] for run in found["runs"]] == ["new", "new", "new", "already here"]


def test_what_lies_beside_results_is_passed_over_with_a_line(demo: Command, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    copy(GARAK, folder / "a.report.jsonl")
    copy(RESULTS / "garak" / HITS, folder / "b.hitlog.jsonl")
    (folder / "README.md").write_text("# What we ran\n")
    shown = demo(*IMPORT, str(folder), "--launch", V, "--preview")
    assert (shown.code, shown.err) == (0, "")
    lines = [line for line in shown.out.splitlines() if line.startswith("passed over: ")]
    assert lines[0] == "passed over: README.md is none of the files that can be read."
    assert lines[1].startswith("passed over: b.hitlog.jsonl is a hit log of garak")
    found = imported(demo, str(folder), *FOR_V)
    assert len(found["taken_in"]) == 1
    assert [one["file"] for one in found["passed_over"]] == ["README.md", "b.hitlog.jsonl"]
    named = imported(demo, str(folder), str(folder / "README.md"), *FOR_V, code=2)
    assert [one["file"] for one in named["refused"]] == [str(folder / "README.md")]


def test_a_broken_result_in_a_folder_keeps_all_out(demo: Command, tmp_path: Path) -> None:
    before = runs(demo)
    folder = tmp_path / "results"
    folder.mkdir()
    copy(INSPECT, folder / "a.eval")
    (folder / "b.eval").write_bytes(Path(INSPECT).read_bytes()[:2000])
    (folder / "c.json").write_text('{"results')
    found = imported(demo, str(folder), *FOR_V, code=2)
    assert [one["file"] for one in found["refused"]] == ["b.eval", "c.json"]
    assert (found["taken_in"], runs(demo)) == ([], before)


def test_a_folder_that_holds_no_result_is_refused(demo: Command, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    copy(RESULTS / "garak" / HITS, folder / HITS)
    (folder / "run.log").write_text("started\n")
    ran = demo(*IMPORT, str(folder), *FOR_V)
    assert ran.code == 2
    assert errors(ran)[0] == f"{folder}, whole folder: holds no result."


def test_whole_folders_of_every_tool_go_in_as_the_tools_left_them(
    demo: Command, tmp_path: Path
) -> None:
    whole = imported(demo, str(RESULTS), *FOR_V, "--preview", code=2)
    refused = {one["file"] for one in whole["refused"]}
    assert refused == UNKNOWN_JSON
    folder = tmp_path / "results"
    copytree(RESULTS, folder)
    for name in refused:
        (folder / name).unlink()
    found = imported(demo, str(folder), *FOR_V)
    taken_in = [run for run in found["runs"] if run["status"] != "already here"]
    assert len(found["taken_in"]) == len(taken_in)
    assert found["refused"] == []
    passed = {one["file"] for one in found["passed_over"]}
    assert {"SOURCES.md", f"garak/{HITS}", "other/hf-model-index-README.md"} <= passed
    assert {Path(name).suffix for name in passed} >= {".csv", ".xml", ".jsonl", ".sh", ".yaml"}
    assert passed | {run["file"] for run in found["runs"]} | refused == {
        path.relative_to(RESULTS).as_posix() for path in RESULTS.rglob("*") if path.is_file()
    }


def test_files_of_one_name_are_told_apart_by_their_paths(demo: Command, tmp_path: Path) -> None:
    for name, start in (("one", INSPECT), ("two", LM_EVAL)):
        (tmp_path / name).mkdir()
        copy(start, tmp_path / name / "results.json")
    paths = [str(tmp_path / name / "results.json") for name in ("one", "two")]
    found = imported(demo, *paths, *FOR_V)
    assert [run["file"] for run in found["runs"]] == paths


def test_fifty_files_are_one_import(demo: Command, tmp_path: Path) -> None:
    before = len(runs(demo))
    folder = tmp_path / "fifty"
    folder.mkdir()
    for number in range(50):
        figures = TABLE.replace("500", str(500 + number))
        (folder / f"run-{number:02}.csv").write_text(figures)
    found = imported(demo, str(folder), *FOR_V)
    assert len(found["taken_in"]) == 50
    assert len(runs(demo)) == before + 50
    assert demo("verify", "--json").json()["sound"]


def test_a_terminal_sees_how_far_it_is_and_a_log_does_not(demo_file: Path, tmp_path: Path) -> None:
    copy(demo_file, tmp_path / "demo.db")
    env = clean_environment() | {
        "HOLDPOINT_DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}",
        "TERM": "xterm-256color",
        "COLUMNS": "200",
    }
    seen = on_terminal([sys.executable, "-m", "tracker", *IMPORT, INSPECT, *FOR_V], env)
    assert "Reading files" in seen
    assert "Writing runs" in seen
    assert "Took in 1 run" in seen


def refused_paths(folder: Path) -> dict[str, str]:
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "gone").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    (folder / "empty").mkdir()
    (folder / "nothing.json").touch()
    (folder / "memory").symlink_to("/proc/self/mem")
    return {
        "loop": "whole file: is a link that leads back to itself",
        "gone": "whole file: is a link to nothing",
        "pipe": "whole file: is a pipe, a socket or a device; hand in a file",
        "empty": "whole folder: holds no file",
        "missing": "whole file: does not exist",
        "nothing.json": "whole file: is empty",
        "memory": "whole file: cannot be read (Input/output error)",
    }


def test_a_path_that_names_no_readable_file_is_said_in_a_line(
    demo: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "paths"
    folder.mkdir()
    expected = refused_paths(folder)
    before = runs(demo)
    ran = demo(*IMPORT, INSPECT, *(str(folder / name) for name in expected), *FOR_V)
    assert ran.code == 2
    said = errors(ran)
    assert len(said) == len(expected) + 1
    for name, why in expected.items():
        assert any(line.endswith(f"{name}, {why}.") for line in said), name
    assert runs(demo) == before


def test_a_folder_with_what_is_no_file_is_refused_by_name(demo: Command, tmp_path: Path) -> None:
    folder = tmp_path / "paths"
    folder.mkdir()
    refused_paths(folder)
    said = errors(demo(*IMPORT, str(folder), *FOR_V))
    named = {Path(line.partition(",")[0]).name for line in said[:-1]}
    assert named == {"loop", "gone", "pipe", "nothing.json", "memory"}


def test_what_the_importer_says_is_kept_with_the_runs(demo: Command, tmp_path: Path) -> None:
    undated = tmp_path / "undated.csv"
    undated.write_text("model,task,metric,value,n\nGPT-4V-launch,t,m,0.5,10\n")
    (ref,) = imported(
        demo,
        str(undated),
        *FOR_V,
        *("--configuration", "no filter", "--safeguards", "off", "--ran-on", "2026-11-20"),
        *("--risk", "R-6", "--risk", f"{V}/R-4"),
    )["taken_in"]
    run = demo("show", ref, "--json").json()
    assert (run["configuration"], run["safeguards"]) == ("no filter", "off")
    assert run["ran_at"] == "2026-11-20T00:00:00+00:00"
    assert run["imported_by"] == "eng-product"
    assert run["metrics"][0]["risks"] == [f"{V}/R-4", f"{V}/R-6"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((INSPECT, "--launch", "gpt-4v", "--as", "eng-product"), "no launch “gpt-4v”"),
        ((INSPECT, "--launch", V), "--as: name the person who acts"),
        ((INSPECT, "--launch", V, "--as", "nobody"), "no person “nobody”"),
        ((INSPECT, "--launch", V, "--as", "auditor"), "may not import evidence"),
        ((INSPECT, *FOR_V, "--risk", "R-99"), f"{V}/R-99 is not on"),
        ((INSPECT, *FOR_V, "--risk", "M-1"), "risks"),
        ((INSPECT, *FOR_V, "--ran-on", "2099-01-01"), "has not come yet"),
        ((INSPECT, *FOR_V, "--ran-on", "yesterday"), "is not a day written as YYYY-MM-DD"),
        ((INSPECT, *FOR_V, "--safeguards", "maybe"), "'maybe' is not one of"),
        ((INSPECT,), "Missing option '--launch'. Run: holdpoint import evidence --help"),
        (FOR_V, "Missing argument 'PATH...'"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_line(
    demo: Command, arguments: tuple[str, ...], said: str
) -> None:
    before = runs(demo)
    assert said in demo(*IMPORT, *arguments).refusal()
    assert runs(demo) == before


def test_the_group_alone_says_what_it_holds(demo: Command) -> None:
    assert "Missing command. Run: holdpoint import --help" in demo("import").refusal()
    assert "evidence" in demo("import", "--help").out
