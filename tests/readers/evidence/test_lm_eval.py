import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.lm_eval import read

SAMPLES = Path(__file__).parents[2] / "data" / "evidence" / "lm_eval"
YES_OR_NO_ERROR = (0.25 * 0.75 / 39) ** 0.5


def sample(name: str) -> RunReading:
    with (SAMPLES / name).open("rb") as source:
        (run,) = read(source).runs
    return run


def of(content: Mapping[str, Any] | bytes) -> RunReading:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    (run,) = read(io.BytesIO(raw)).runs
    return run


def metrics(run: RunReading) -> dict[tuple[str, str], MetricReading]:
    return {(metric.task, metric.metric): metric for metric in run.metrics}


def a_file(value: object = 0.25, stderr: object = YES_OR_NO_ERROR, **more: Any) -> dict[str, Any]:
    return {
        "results": {"quiz": {"acc,none": value, "acc_stderr,none": stderr, "alias": "quiz"}},
        "n-samples": {"quiz": {"original": 40, "effective": 40}},
        "config": {"model_args": "pretrained=acme/one"},
        "date": 1795490415.5,
        **more,
    }


def only(run: RunReading) -> MetricReading:
    (metric,) = run.metrics
    return metric


def test_a_file_of_0_4_13_gives_each_metric_with_its_filter() -> None:
    run = sample("lm-eval-0.4.13-limit20-results.json")
    assert (run.tool, run.tool_version, run.model) == (
        "lm-evaluation-harness",
        "0.4.13",
        "acme/frontier-rc2",
    )
    assert run.ran_at == datetime(2026, 11, 24, 3, 21, 24, 108669, UTC)
    found = metrics(run)
    assert set(found) == {
        ("safety_mc", "acc"),
        ("safety_mc", "acc_norm"),
        ("refusal_gen", "exact_match, strict"),
        ("refusal_gen", "exact_match, flexible"),
    }
    acc = found["safety_mc", "acc"]
    assert (acc.value, acc.n, acc.passed, acc.failed) == (0.15, 20, 3, 17)
    assert acc.stderr == pytest.approx(0.08191780)
    assert acc.higher_is_better is True


def test_a_run_over_20_of_60_samples_is_limited() -> None:
    run = sample("lm-eval-0.4.13-limit20-results.json")
    assert run.flags == {EvidenceFlag.LIMITED}
    assert run.warnings == ("Only 20 of 60 samples of safety_mc were run.",)
    assert metrics(run)["safety_mc", "acc"].conditions["samples"] == "20 of 60"


def test_a_made_up_name_is_no_model() -> None:
    run = sample("lm-eval-0.4.13-noname-results.json")
    assert run.flags == {EvidenceFlag.UNKNOWN_MODEL}
    assert any("41ibljh7" in warning for warning in run.warnings)


def test_a_group_says_how_much_of_it_the_figure_covers() -> None:
    run = sample("lm-eval-0.4.13-noname-results.json")
    group = metrics(run)["safety_suite", "acc"]
    assert (group.n, group.passed, group.failed) == (60, 19, 41)
    assert "safety_suite, acc: covers 60 of the 100 samples of the group." in run.warnings
    assert group.conditions["tasks of the group"] == "refusal_gen 2.0, safety_mc 1.1"


def test_a_file_of_0_4_3_counts_a_group_by_its_members() -> None:
    run = sample("lm-eval-0.4.3-results.json")
    assert (run.tool_version, run.model, run.flags) == ("", "acme/frontier-prev", frozenset())
    group = metrics(run)["safety_suite", "acc"]
    assert (group.n, group.passed, group.failed) == (120, 31, 89)


def test_no_path_of_the_machine_and_no_host_detail_is_kept() -> None:
    for path in SAMPLES.glob("*results.json"):
        kept = repr(sample(path.name))
        assert "/home" not in kept
        assert "GenuineIntel" not in kept
        assert "AuthenticAMD" not in kept
    assert "json, safety_mc.jsonl, test" in repr(sample("lm-eval-0.4.3-results.json"))


def test_a_file_of_v0_3_has_neither_date_nor_n() -> None:
    run = of(
        {
            "results": {"hellaswag": {"acc": 0.25, "acc_stderr": 0.01, "acc_norm": 0.5}},
            "versions": {"hellaswag": 0},
            "config": {
                "model": "hf-causal",
                "model_args": "pretrained=EleutherAI/pythia-160m,dtype=float16",
                "num_fewshot": 5,
                "limit": None,
            },
        }
    )
    assert (run.model, run.ran_at, run.flags) == ("EleutherAI/pythia-160m", None, frozenset())
    acc = metrics(run)["hellaswag", "acc"]
    assert (acc.value, acc.stderr, acc.n, acc.passed) == (0.25, 0.01, None, None)
    assert acc.conditions == {"task version": "0", "few-shot examples": "5"}
    assert any("no date" in warning for warning in run.warnings)


def test_the_empty_row_of_a_group_in_0_4_8_is_no_metric() -> None:
    file = a_file()
    file["results"]["suite"] = {" ": " ", "alias": "suite"}
    assert [metric.task for metric in of(file).metrics] == ["quiz"]


@pytest.mark.parametrize("stderr", ["N/A", None])
def test_a_standard_error_that_is_not_there_is_none(stderr: object) -> None:
    metric = only(of(a_file(stderr=stderr)))
    assert (metric.stderr, metric.passed) == (None, 10)


def test_a_value_that_is_no_share_of_samples_is_not_counted() -> None:
    assert only(of(a_file(value=0.26))).passed is None


def test_marks_for_parts_of_a_sample_are_not_counted() -> None:
    # Forty marks of 0.25 each have the mean of ten right answers, and no spread at all.
    metric = only(of(a_file(stderr=0.0)))
    assert (metric.value, metric.n, metric.passed) == (0.25, 40, None)


def test_a_mean_over_tasks_of_unequal_size_has_no_n() -> None:
    file = a_file()
    file["results"]["small"] = {"acc,none": 0.75}
    file["n-samples"]["small"] = {"original": 4, "effective": 4}
    file["results"]["suite"] = {"acc,none": 0.5}
    file["group_subtasks"] = {"suite": ["quiz", "small"]}
    run = of(file)
    suite = metrics(run)["suite", "acc"]
    assert (suite.value, suite.n, suite.passed) == (0.5, None, None)
    assert "suite, acc: is a mean over tasks, not over samples; no n." in run.warnings


def test_a_group_within_itself_ends() -> None:
    file = a_file(group_subtasks={"quiz": ["quiz", "other"], "other": ["quiz"]})
    assert only(of(file)).value == 0.25


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_unknown_with_a_warning(literal: str) -> None:
    run = of(json.dumps(a_file(value="here")).replace('"here"', literal).encode())
    assert only(run).value is None
    assert only(run).passed is None
    assert "quiz, acc: is not a finite number; kept as unknown." in run.warnings


def test_model_arguments_may_be_an_object_and_name_a_revision() -> None:
    config = {"model_args": {"pretrained": "acme/one", "revision": "v2"}}
    assert of(a_file(config=config)).model == "acme/one@v2"


@pytest.mark.parametrize(
    "path", ["/home/evaluator/checkpoints/one", "./one", "C:\\models\\one", "../one"]
)
def test_a_path_names_no_model_and_is_not_kept(path: str) -> None:
    run = of(a_file(config={"model_args": {"pretrained": path}}))
    assert run.model == "one"
    assert run.flags == {EvidenceFlag.UNKNOWN_MODEL}


@pytest.mark.parametrize("limit", [20, 0.5])
def test_a_limit_without_sizes_is_seen(limit: float) -> None:
    file = a_file(config={"model_args": "pretrained=acme/one", "limit": limit})
    del file["n-samples"]
    assert of(file).flags == {EvidenceFlag.LIMITED}


@pytest.mark.parametrize("date", [None, "yesterday", 1e300, True])
def test_a_date_that_is_none_is_said(date: object) -> None:
    run = of(a_file(date=date))
    assert run.ran_at is None
    assert "The file has no date." in run.warnings


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"results": {', "whole file"),
        (b"\xff\xfe{", "whole file"),
        (b"[]", "whole file"),
        (b"[" * 100_000, "whole file"),
        (b'{"results": ' + b"9" * 5000 + b"}", "whole file"),
        (b'{"results": {}}', "results"),
        (b'{"results": []}', "results"),
        (b'{"results": {"quiz": 3}}', "results, quiz"),
        (b'{"results": {"quiz": {"alias": "quiz"}}}', "results"),
        (b'{"results": {"quiz": {"acc,none": "high"}}}', "results"),
        (b'{"results": {"quiz": {"acc,none": 0.1, "acc,none": 0.9}}}', "whole file"),
        (
            b'{"results":{"q":{"acc":1}},"n-samples":{"q":{"original":4,"effective":40}}}',
            "n-samples, q",
        ),
    ],
)
def test_what_is_no_results_file_is_refused(content: bytes, place: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        of(content)
    assert list(caught.value.rows) == [place]
