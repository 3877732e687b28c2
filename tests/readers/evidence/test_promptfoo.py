import io
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents
from tracker.readers.evidence.promptfoo import read

SAMPLES = Path(__file__).parents[2] / "data" / "evidence" / "promptfoo"
Row = dict[str, Any]


def sample(name: str) -> dict[str, RunReading]:
    with (SAMPLES / name).open("rb") as source:
        return {run.part: run for run in read(source).runs}


def contents(file: object) -> Contents:
    raw = file if isinstance(file, bytes) else json.dumps(file).encode()
    return read(io.BytesIO(raw))


def only(file: object) -> RunReading:
    (run,) = contents(file).runs
    return run


def metric(run: RunReading, name: str = "pass rate", part: str = "") -> MetricReading:
    return next(m for m in run.metrics if (m.metric, m.slice) == (name, part))


def counts(found: MetricReading) -> tuple[int | None, int | None, int | None, int]:
    return found.n, found.passed, found.failed, found.errored


def a_row(question: str = "one", *, success: bool = True, **more: Any) -> Row:
    assertion = {"type": "contains", "metric": "refused"}
    return {
        "success": success,
        "failureReason": 0 if success else 1,
        "provider": {"id": "acme:one", "label": "candidate"},
        "promptIdx": 0,
        "testCase": {"vars": {"question": question}, "assert": [assertion]},
        "gradingResult": {"componentResults": [{"pass": success, "assertion": assertion}]},
    } | more


def a_file(*rows: Row, **more: Any) -> Row:
    results = {"version": 3, "timestamp": "2026-11-24T03:18:18Z", "results": list(rows)}
    file = {"evalId": "eval-1", "results": results, "config": {"description": "Refusals"}}
    return file | more


def judged(provider: object, **more: Any) -> Row:
    assertion = {"type": "llm-rubric", "value": "is polite", "provider": provider}
    return a_row(testCase={"vars": {"question": "one"}, "assert": [assertion]}, **more)


def test_a_grid_of_two_models_and_two_prompts_gives_four_runs() -> None:
    runs = sample("promptfoo-0.123.1-grid.json")
    found = {part: counts(metric(run)) for part, run in runs.items()}
    assert found == {
        "acme:atlas-2-rc3|0": (10, 9, 1, 0),
        "acme:atlas-2-rc3|1": (10, 9, 1, 0),
        "acme:atlas-2-rc2|2": (9, 7, 2, 1),
        "acme:atlas-2-rc2|3": (8, 6, 2, 2),
    }
    tasks = {run.metrics[0].task for run in runs.values()}
    assert tasks == {
        f"Synthetic refusals, two models and two system prompts, prompt {n}" for n in (1, 2)
    }
    run = runs["acme:atlas-2-rc3|0"]
    assert (run.tool, run.tool_version, run.model) == ("promptfoo", "0.123.1", "acme:atlas-2-rc3")
    assert run.ran_at == datetime(2026, 11, 24, 18, 36, 40, 841000, UTC)
    assert run.flags == frozenset()


def test_an_outage_is_no_failure_and_leaves_the_run_incomplete() -> None:
    run = sample("promptfoo-0.123.1-smoke.json")["canned-refuser-v1|2"]
    assert counts(metric(run)) == (3, 2, 1, 1)
    assert EvidenceFlag.INCOMPLETE in run.flags


def test_named_metrics_are_counted_and_never_exceed_one() -> None:
    # The tool's own namedScores say 3 of 2 here, since one assertion weighs 2.
    run = sample("promptfoo-0.123.1-smoke.json")["echo|0"]
    over_refusal = metric(run, "over-refusal")
    assert (over_refusal.value, *counts(over_refusal)) == (1.0, 2, 2, 0, 0)
    assert over_refusal.unit == "share of scenarios whose assertions passed"


def test_a_script_is_no_model_whatever_it_is_called() -> None:
    runs = sample("promptfoo-0.123.1-redteam-style.json")
    run = runs["acme-assistant-rc2|0"]
    assert run.flags == {EvidenceFlag.UNKNOWN_MODEL}


def test_a_red_team_is_sliced_by_plugin_strategy_and_severity() -> None:
    run = sample("promptfoo-0.123.1-redteam-style.json")["acme-assistant-rc2|0"]
    assert counts(metric(run)) == (27, 22, 5, 0)
    slices = {m.slice: (m.passed, m.n) for m in run.metrics if m.slice}
    assert slices == {
        "plugin: harmful:hate": (8, 9),
        "plugin: hijacking": (7, 9),
        "plugin: pii:direct": (7, 9),
        "severity: critical": (8, 9),
        "severity: high": (14, 18),
        "strategy: base64": (8, 9),
        "strategy: basic": (7, 9),
        "strategy: jailbreak": (7, 9),
    }
    assert metric(run, "Harmful/Jailbreak").passed == 2


def test_a_prompt_is_named_by_its_file_and_never_by_its_text() -> None:
    runs = sample("promptfoo-0.123.1-smoke.json")
    assert runs["echo|1"].metrics[0].task.endswith("provider), prompt2.txt")
    for path in SAMPLES.glob("*.json"):
        kept = repr(sample(path.name))
        assert "assistant." not in kept
        assert "answer briefly" not in kept
        assert "refuser.js" not in kept


def test_no_address_header_or_variable_is_kept() -> None:
    row = a_row("my secret", response={"metadata": {"http": {"headers": {"x": "token"}}}})
    file = a_file(row, metadata={"author": "ada@example.org", "promptfooVersion": "0.120.0"})
    kept = repr(contents(file))
    assert not [word for word in ("ada@", "token", "my secret") if word in kept]


def test_the_list_form_of_the_database_is_read_alike() -> None:
    file = {
        "id": "eval-4",
        "createdAt": 1795490298469,
        "config": {"description": "Refusals"},
        "results": [a_row("one"), a_row("two", success=False)],
        "prompts": [],
        "persisted": True,
    }
    run = only(file)
    assert (run.run_id, counts(metric(run))) == ("eval-4", (2, 1, 1, 0))
    assert run.ran_at == datetime(2026, 11, 24, 3, 18, 18, 469000, UTC)


def test_version_2_has_no_reason_and_no_index() -> None:
    def old(question: str, **more: Any) -> Row:
        provider, prompt = {"id": "openai:gpt-4"}, {"raw": question, "display": "{{question}}"}
        return {"provider": provider, "prompt": prompt, "vars": {"question": question}} | more

    grade = {"pass": True, "score": 1}
    rows = [
        old("one", success=True, gradingResult=grade),
        old("two", success=False, error="Expected", gradingResult=grade | {"pass": False}),
        old("three", success=False, error="API error: 500"),
    ]
    results = {"version": 2, "timestamp": "2024-05-01T00:00:00Z", "results": rows, "table": {}}
    run = only({"results": results, "config": {"description": "Old"}})
    assert (run.model, run.tool_version) == ("openai:gpt-4", "")
    assert counts(metric(run)) == (2, 1, 1, 1)


def test_repeats_of_a_scenario_count_once_and_pass_only_together() -> None:
    run = only(a_file(a_row("one"), a_row("one", success=False), a_row("two"), a_row("two")))
    assert counts(metric(run)) == (2, 1, 1, 0)
    assert any("repeats of one count as one" in warning for warning in run.warnings)


def test_a_test_that_asserts_nothing_is_not_passed() -> None:
    bare = a_row(testCase={"vars": {}, "assert": []}, gradingResult={"pass": True})
    run = only(a_file(a_row("one"), bare))
    assert counts(metric(run)) == (1, 1, 0, 1)
    assert EvidenceFlag.INCOMPLETE in run.flags


def test_a_metric_called_pass_rate_does_not_replace_the_tests_own() -> None:
    assertion = {"type": "contains", "metric": "pass rate"}
    part = {"pass": True, "assertion": assertion}
    row = a_row(success=False, gradingResult={"componentResults": [part]})
    assert counts(metric(only(a_file(row)))) == (1, 0, 1, 0)


@pytest.mark.parametrize("provider", ["acme:judge", {"id": "acme:judge"}])
def test_a_judge_is_a_condition(provider: object) -> None:
    run = only(a_file(judged(provider)))
    assert metric(run).conditions["judge"] == "acme:judge"
    assert run.flags == frozenset()


def test_a_judge_named_for_all_tests_is_found() -> None:
    default = {"options": {"provider": {"text": "acme:judge"}}}
    run = only(a_file(judged(None), config={"description": "Refusals", "defaultTest": default}))
    assert metric(run).conditions["judge"] == "acme:judge"


def test_a_judge_that_nobody_named_is_marked() -> None:
    assert only(a_file(judged(None))).flags == {EvidenceFlag.JUDGE_UNKNOWN}


def test_a_model_that_grades_itself_is_marked() -> None:
    assert only(a_file(judged("acme:one"))).flags == {EvidenceFlag.JUDGED_BY_ITSELF}


def test_a_grade_changed_by_hand_is_an_edit() -> None:
    human = {"pass": True, "assertion": {"type": "human"}}
    row = a_row(gradingResult={"componentResults": [human]})
    assert only(a_file(row)).flags == {EvidenceFlag.EDITED}


def test_results_that_are_missing_from_the_file_are_an_edit() -> None:
    file = a_file(a_row("one"), a_row("two"))
    file["results"]["stats"] = {"successes": 2, "failures": 0, "errors": 0}
    assert not only(file).flags
    file["results"]["stats"]["failures"] = 1
    assert only(file).flags == {EvidenceFlag.EDITED}
    assert contents(file).warnings[0] == "The file holds 2 results, and the tool counted 3."


def test_a_row_that_says_both_ways_whether_it_passed_has_failed() -> None:
    grade = {"pass": False, "componentResults": [{"pass": False, "assertion": {"type": "equals"}}]}
    assert counts(metric(only(a_file(a_row(gradingResult=grade))))) == (1, 0, 1, 0)


@pytest.mark.parametrize("option", ["filterFirstN", "filterSample", "filterPattern"])
def test_a_filter_limits_the_run(option: str) -> None:
    assert only(a_file(a_row(), runtimeOptions={option: 5})).flags == {EvidenceFlag.LIMITED}


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("https://me:pw@host.example/v1?key=1", "https://host.example/v1"),
        ("file:///home/evaluator/target.py", "file://target.py"),
        ("python:/home/evaluator/target.py", "target.py"),
        ("exec:run-model", "exec:run-model"),
        ("http", "http"),
    ],
)
def test_an_address_or_a_script_names_no_model(provider: str, model: str) -> None:
    run = only(a_file(a_row(provider={"id": provider})))
    assert (run.model, run.flags) == (model, {EvidenceFlag.UNKNOWN_MODEL})


def test_a_label_never_stands_in_for_a_model() -> None:
    assert only(a_file(a_row())).model == "acme:one"


def test_long_descriptions_that_are_cut_stay_apart() -> None:
    tasks = {
        only(a_file(a_row(), config={"description": "x" * 300 + end})).metrics[0].task
        for end in ("a", "b")
    }
    assert len(tasks) == 2
    assert max(map(len, tasks)) <= 200


def test_what_the_file_does_not_say_is_said() -> None:
    results = {"version": 3, "results": [a_row()]}
    found = contents({"results": results})
    assert len(found.warnings) == 3
    assert found.runs[0].ran_at is None
    assert found.runs[0].metrics[0].task == "prompt 1"


def test_memory_does_not_grow_with_the_texts_of_a_file() -> None:
    rows = [a_row(str(number), response={"output": "x" * 20_000}) for number in range(1000)]
    source = io.BytesIO(json.dumps(a_file(*rows)).encode())
    del rows
    tracemalloc.start()
    (run,) = read(source).runs
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert metric(run).n == 1000
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"results": {"version": 3, "results": [{', "whole file"),
        (b'{"results": {"version": 5, "results": []}}', "results, version"),
        (b'{"results": {"version": 3, "results": []}}', "results"),
        (b'{"results": {"version": 3, "results": [1]}}', "result 1"),
        (b'{"results": {"version": 3, "results": [{}]}}', "result 1"),
        (b'{"promptIdx": 0, "testIdx": 0, "success": true}\n', "results"),
    ],
)
def test_what_is_no_results_file_is_refused(content: bytes, place: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        contents(content)
    assert list(caught.value.rows) == [place]
