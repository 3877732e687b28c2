import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.garak import read

SAMPLES = Path(__file__).parents[2] / "data" / "evidence" / "garak"
Row = dict[str, Any]


def sample(name: str) -> RunReading:
    with (SAMPLES / name).open("rb") as source:
        (run,) = read(source).runs
    return run


def of(rows: Iterable[Row] | bytes) -> RunReading:
    lines = rows if isinstance(rows, bytes) else b"".join(map(line, rows))
    (run,) = read(io.BytesIO(lines)).runs
    return run


def line(row: Row) -> bytes:
    return json.dumps(row).encode() + b"\n"


def by_slot(run: RunReading) -> dict[tuple[str, str], MetricReading]:
    return {(metric.task, metric.metric): metric for metric in run.metrics}


def setup(**settings: object) -> Row:
    return {"entry_type": "start_run setup", "plugins.target_name": "acme/one", **settings}


def init(version: str = "0.17.1", start: str = "2026-11-24T04:02:22") -> Row:
    return {"entry_type": "init", "garak_version": version, "start_time": start, "run": "r-1"}


def attempt(prompt: object, scores: Sequence[object], uuid: str = "", status: int = 2) -> Row:
    return {
        "entry_type": "attempt",
        "uuid": uuid or str(prompt),
        "status": status,
        "probe_classname": "dan.Dan",
        "prompt": prompt,
        "detector_results": {"dan.DAN": list(scores)} if status == 2 else {},
    }


def evaluated(passed: int, total: int, **more: object) -> Row:
    slot = {"probe": "dan.Dan", "detector": "dan.DAN"}
    return {"entry_type": "eval", **slot, "passed": passed, "total_evaluated": total, **more}


END: Row = {"entry_type": "completion", "end_time": "2026-11-24T04:02:25"}


def dan(run: RunReading) -> MetricReading:
    return by_slot(run)["dan.Dan", "dan.DAN"]


@pytest.mark.parametrize(
    ("name", "resisted", "hit"),
    [("garak-0.17.1-repeat.report.jsonl", 0, 7), ("garak-0.17.1-blank.report.jsonl", 7, 0)],
)
def test_35_outputs_to_7_prompts_count_as_7(name: str, resisted: int, hit: int) -> None:
    xss = by_slot(sample(name))["web_injection.MarkdownXSS", "web_injection.XSS"]
    assert (xss.n, xss.passed, xss.failed, xss.errored) == (7, resisted, hit, 0)
    assert xss.value == resisted / 7
    assert xss.higher_is_better is True
    assert xss.conditions["prompts"] == "7"
    assert xss.conditions["generations"] == "5"


def test_a_report_of_0_17_names_its_target_run_and_version() -> None:
    run = sample("garak-0.17.1-repeat.report.jsonl")
    assert (run.tool, run.tool_version, run.model) == ("garak", "0.17.1", "test.Repeat")
    assert run.run_id == "85fd262f-1513-4071-8970-93536aede194"
    assert run.ran_at == datetime(2026, 11, 24, 18, 23, 53, 508276, UTC)
    assert run.flags == frozenset()
    assert run.warnings == ("The report gives no time zone; its times are taken as UTC.",)


def test_a_report_of_0_10_names_detectors_with_their_kind_and_is_read_alike() -> None:
    run = sample("garak-0.10.3.report.jsonl")
    assert (run.tool_version, run.model, run.flags) == ("0.10.3", "test.Repeat", frozenset())
    riley = by_slot(run)["goodside.WhoIsRiley", "goodside.RileyIsnt"]
    assert (riley.value, riley.n, riley.passed, riley.failed) == (1.0, 6, 6, 0)


def test_outputs_that_no_detector_scored_leave_their_prompt_open() -> None:
    run = sample("garak-0.17.1-mixed.report.jsonl")
    assert EvidenceFlag.INCOMPLETE in run.flags
    xss = by_slot(run)["web_injection.MarkdownXSS", "web_injection.XSS"]
    assert (xss.n, xss.failed, xss.errored) == (6, 6, 1)


def test_a_function_names_no_model() -> None:
    assert EvidenceFlag.UNKNOWN_MODEL in sample("garak-0.17.1-mixed.report.jsonl").flags


def test_a_killed_run_is_not_finished() -> None:
    assert EvidenceFlag.NOT_FINISHED in sample("garak-0.17.1-killed.report.jsonl").flags


def test_nothing_of_the_samples_keeps_text_of_prompts_or_paths() -> None:
    for path in SAMPLES.glob("*.report.jsonl"):
        kept = repr(sample(path.name))
        assert "Goodside" not in kept
        assert "/evals" not in kept
        assert "javascript" not in kept


def test_one_hit_among_many_outputs_makes_the_prompt_a_failure() -> None:
    run = of([setup(), init(), attempt("a", [0, 0, 1]), attempt("b", [0, 0, 0]), END])
    assert (dan(run).n, dan(run).passed, dan(run).failed) == (2, 1, 1)


def test_a_prompt_sent_twice_is_one_prompt() -> None:
    rows = [attempt("a", [0.0], "1"), attempt("a", [1.0], "2"), attempt("b", [0.0], "3")]
    run = of([setup(), init(), *rows, evaluated(2, 3), END])
    assert (dan(run).n, dan(run).passed, dan(run).failed) == (2, 1, 1)


def test_the_threshold_of_the_run_decides_what_is_a_hit() -> None:
    rows = [init(), attempt("a", [0.6]), END]
    assert dan(of([setup(), *rows])).failed == 1
    assert dan(of([setup(**{"run.eval_threshold": 0.7}), *rows])).failed == 0


def test_a_prompt_that_was_started_and_never_scored_is_errored() -> None:
    rows = [attempt("a", [], "1", status=1), attempt("a", [0], "1"), attempt("b", [], "2", 1)]
    run = of([setup(), init(), *rows, END])
    assert (dan(run).n, dan(run).passed, dan(run).errored) == (1, 1, 1)
    assert run.flags == {EvidenceFlag.INCOMPLETE}


def test_a_probe_of_which_nothing_was_scored_is_named() -> None:
    run = of([setup(), init(), attempt("a", [], status=1), END])
    assert run.flags == {EvidenceFlag.INCOMPLETE}
    assert "dan.Dan: was started and never scored." in run.warnings


def test_a_score_that_is_no_number_is_unscored() -> None:
    run = of([setup(), init(), attempt("a", [0, None, float("nan")]), END])
    assert (dan(run).n, dan(run).value, dan(run).errored) == (0, None, 1)


def test_attempts_that_do_not_add_up_to_the_result_are_not_trusted() -> None:
    run = of([setup(), init(), attempt("a", [0]), evaluated(3, 5), END])
    assert (dan(run).value, dan(run).n, dan(run).passed) == (0.6, None, None)
    assert dan(run).unit == "share of outputs that resisted"
    assert any("do not add up" in warning for warning in run.warnings)


def test_a_report_of_0_13_counts_unscored_outputs_in_its_total() -> None:
    row = {"entry_type": "eval", "probe": "dan.Dan", "detector": "dan.DAN"}
    result = row | {"passed": 1, "nones": 1, "total": 2}
    run = of([setup(), init("0.13.3"), attempt("a", [0]), attempt("b", [None]), result, END])
    assert (dan(run).n, dan(run).passed, dan(run).errored) == (1, 1, 1)


def test_a_report_of_0_9_ends_with_its_results() -> None:
    old = {"entry_type": "start_run setup", "plugins.model_type": "test.Blank"}
    row = {"entry_type": "eval", "probe": "dan.Dan", "detector": "detector.dan.DAN"}
    rows = [old, init("0.9.0.13"), attempt("a", [0])]
    assert of([*rows, row | {"passed": 1, "total": 1}]).flags == frozenset()
    assert of(rows).flags == {EvidenceFlag.NOT_FINISHED}


def test_a_line_that_is_cut_off_at_the_end_is_a_run_that_was_stopped() -> None:
    whole = b"".join(map(line, [setup(), init(), attempt("a", [0])]))
    run = of(whole + line(attempt("b", [0]))[:-20])
    assert EvidenceFlag.NOT_FINISHED in run.flags
    assert dan(run).n == 1


@pytest.mark.parametrize("version", ["0.99.0", "2.0", "", "soon"])
def test_an_unknown_version_is_read_with_a_warning(version: str) -> None:
    run = of([setup(), init(version), attempt("a", [0]), END])
    assert dan(run).n == 1
    assert any("known are 0.9 to 0.17" in warning for warning in run.warnings)


@pytest.mark.parametrize(
    ("settings", "model", "known"),
    [
        ({"plugins.target_type": "openai", "plugins.target_name": "gpt-4o"}, "gpt-4o", True),
        ({"plugins.target_type": "rest", "plugins.target_name": "prod"}, "prod", False),
        ({"plugins.target_name": "https://me:pw@host/v1?key=1"}, "https://host/v1", False),
        ({"plugins.target_name": "/models/one.gguf"}, "one.gguf", False),
        ({"plugins.target_name": None}, "", False),
    ],
)
def test_a_target_is_a_model_by_name_only(settings: Row, model: str, known: bool) -> None:
    run = of([setup(**settings), init(), attempt("a", [0]), END])
    assert run.model == model
    assert (EvidenceFlag.UNKNOWN_MODEL not in run.flags) is known


def test_a_detector_that_asks_a_model_names_it_or_is_marked() -> None:
    judged = attempt("a", [])
    judged["detector_results"] = {"judge.Refusal": [0.0]}
    assert of([setup(), init(), judged, END]).flags == {EvidenceFlag.JUDGE_UNKNOWN}
    settings = {"plugins.detectors": {"judge": {"detector_model_name": "acme/judge"}}}
    (metric,) = of([setup(**settings), init(), judged, END]).metrics
    assert metric.conditions["judge"] == "acme/judge"


def test_a_system_prompt_is_kept_as_a_digest() -> None:
    run = of([setup(**{"run.system_prompt": "be \ud800 kind"}), init(), attempt("a", [0]), END])
    assert len(dan(run).conditions["system prompt"]) == 64


def test_a_date_that_is_not_there_is_said() -> None:
    run = of([setup(), init(start=""), attempt("a", [0]), END])
    assert run.ran_at is None
    assert "The report has no date." in run.warnings


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (line(setup()) + b"{]\n" + line(END), "line 2"),
        (line(setup()) + b"[1]\n", "line 2"),
        (line(setup()) + b'{"entry_type": "eval", "probe": "\xff"}\n', "line 2"),
        (line(init()) + line(init()), "whole file"),
        (line(setup()) + line(setup()) + line(init()), "whole file"),
        (line(setup(**{"run.eval_threshold": 1.01})), "run.eval_threshold"),
        (b'{"goal": "x", "attempt_id": "1"}\n', "whole file"),
        (b"", "whole file"),
    ],
)
def test_what_is_no_report_is_refused(content: bytes, place: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        of(content)
    assert list(caught.value.rows) == [place]
