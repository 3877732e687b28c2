"""Inspect logs: the real ones with the values of their own headers, and changed copies of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.readers.evidence.archives import changed, repacked
from tests.readers.evidence.real_files import content_of, read, refusal, the_metric, the_run
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag

PLAIN = "inspect/inspect-0.3.285-refusals.json"
HAZARDS = "inspect/inspect-0.3.285-hazards.eval"
KILLED = "inspect/inspect-0.3.285-killed.eval"
SCORE = "refusal/accuracy"


def counts(metric: MetricReading) -> tuple[int | None, ...]:
    return metric.n, metric.passed, metric.failed, metric.errored


def the_run_of(content: bytes) -> RunReading:
    (run,) = read(content).runs
    return run


def plain(change: Callable[[Any], None]) -> RunReading:
    return the_run_of(changed(content_of(PLAIN), change))


def flags_after(change: Callable[[Any], None]) -> set[EvidenceFlag]:
    return set(plain(change).flags)


@pytest.mark.parametrize(
    ("name", "metric", "value", "expected"),
    [
        ("0.3.46-two-epochs.eval", SCORE, 0.775, (20, None, None, 0)),
        ("0.3.160-two-epochs.json", SCORE, 0.8125, (8, None, None, 0)),
        ("0.3.200-refusals.eval", SCORE, 0.95, (20, 19, 1, 0)),
        ("0.3.285-refusals.eval", SCORE, 0.95, (60, 57, 3, 0)),
        ("0.3.285-refusals-before.eval", SCORE, 58 / 60, (60, 58, 2, 0)),
        ("0.3.285-refusals.json", SCORE, 0.95, (20, 19, 1, 0)),
        ("0.3.285-two-epochs.eval", SCORE, 0.9, (20, None, None, 0)),
        ("0.3.285-no-samples.eval", SCORE, 0.95, (60, 57, 3, 0)),
        ("0.3.285-limit.eval", SCORE, 11 / 12, (12, 11, 1, 0)),
        ("0.3.285-mcq-limit.eval", "choice/accuracy", 0.75, (8, 6, 2, 0)),
        ("0.3.285-outages-kept.eval", SCORE, 17 / 18, (18, 17, 1, 2)),
        ("0.3.285-cancelled.eval", SCORE, 1.0, (4, 4, 0, 16)),
        ("0.3.285-answers.eval", "four_ways/accuracy", 0.375, (20, None, None, 0)),
        ("0.3.285-judged.eval", "harm_from_judge/mean", 4 / 9, (18, None, None, 2)),
        ("0.3.285-judged.json", "harm_from_judge/mean", 4 / 9, (18, None, None, 2)),
        ("0.3.285-hazards.eval", "refused/accuracy", 0.95, (40, 38, 2, 0)),
        ("0.3.285-hazards.eval", "harmfulness/mean", 0.025, (40, None, None, 0)),
    ],
)
def test_a_real_log_gives_the_value_of_its_header_and_what_its_samples_add_up_to(
    name: str, metric: str, value: float, expected: tuple[int | None, ...]
) -> None:
    found = the_metric(the_run(f"inspect/inspect-{name}"), metric)
    assert found.value == pytest.approx(value)
    assert counts(found) == expected


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("0.3.285-refusals.eval", set[EvidenceFlag]()),
        ("0.3.46-two-epochs.eval", set[EvidenceFlag]()),
        ("0.3.285-limit.eval", {EvidenceFlag.LIMITED}),
        ("0.3.285-outages-kept.eval", {EvidenceFlag.INCOMPLETE}),
        ("0.3.285-judged.json", {EvidenceFlag.INCOMPLETE}),
        ("0.3.285-outages-error.eval", {EvidenceFlag.NOT_FINISHED}),
        ("0.3.285-cancelled.eval", {EvidenceFlag.NOT_FINISHED, EvidenceFlag.INCOMPLETE}),
        ("0.3.285-killed.eval", {EvidenceFlag.NOT_FINISHED}),
        ("0.3.285-log-edited.eval", {EvidenceFlag.EDITED}),
        ("0.3.285-score-edited.eval", {EvidenceFlag.EDITED}),
    ],
)
def test_a_real_log_has_the_flags_of_what_happened_to_it(
    name: str, flags: set[EvidenceFlag]
) -> None:
    run = the_run(f"inspect/inspect-{name}")
    assert run.flags == flags
    assert bool(run.warnings) == bool(flags)


def test_a_run_carries_its_provenance() -> None:
    run = the_run(HAZARDS)
    assert (run.tool, run.tool_version, run.model) == ("Inspect", "0.3.285", "mockllm/model")
    assert run.run_id == "BMcbo7ukpoVUoQtGmUFJ68"
    assert run.ran_at == datetime(2026, 11, 24, 3, 7, 38, tzinfo=UTC)
    assert {metric.task for metric in run.metrics} == {"synthetic_refusals"}


def test_a_log_without_an_id_of_its_own_is_known_by_run_and_task() -> None:
    run = the_run("inspect/inspect-0.3.46-two-epochs.eval")
    assert run.run_id == "hFw9SEF8ENmFUHPwVQdswt/8xUmeQTPvTn89Efn9ksjqj"


def test_groups_become_slices_with_counts_and_their_total_is_the_overall_figure() -> None:
    run = the_run(HAZARDS)
    found = {m.slice: counts(m) for m in run.metrics if m.metric == "refusal_by_hazard/accuracy"}
    assert found == {
        "": (40, 38, 2, 0),
        "violent_crimes": (10, 10, 0, 0),
        "privacy": (10, 9, 1, 0),
        "self_harm": (10, 10, 0, 0),
        "cbrn": (10, 9, 1, 0),
    }


def test_groups_of_older_logs_are_slices_too() -> None:
    run = the_run("inspect/inspect-0.3.160-two-epochs.json")
    assert {m.metric for m in run.metrics} == {SCORE}
    assert {m.slice: m.n for m in run.metrics} == {
        "": 8,
        "cbrn": 2,
        "privacy": 2,
        "self_harm": 2,
        "violent_crimes": 2,
    }


def test_an_outage_counts_in_the_slice_that_it_fell_in() -> None:
    run = the_run("inspect/inspect-0.3.285-outages-kept.eval")
    assert {m.slice: m.errored for m in run.metrics} == {
        "": 2,
        "cbrn": 1,
        "privacy": 0,
        "self_harm": 0,
        "violent_crimes": 1,
    }


def test_a_total_without_a_figure_of_its_own_is_the_overall_figure() -> None:
    def without_plain(log: Any) -> None:
        for name in ("accuracy", "stderr"):
            del log["results"]["scores"][0]["metrics"][name]

    assert counts(the_metric(plain(without_plain), SCORE)) == (20, 19, 1, 0)


def test_two_ways_to_group_are_told_apart() -> None:
    def by_number_too(log: Any) -> None:
        metrics = log["results"]["scores"][0]["metrics"]
        settings = {**metrics["cbrn"]["params"], "group_key": "number"}
        metrics["0"] = {"name": "0", "value": 1.0, "params": settings}

    slices = {metric.slice for metric in plain(by_number_too).metrics}
    assert {"hazard: cbrn", "number: 0"} <= slices


def test_standard_errors_stand_beside_what_they_are_about() -> None:
    run = the_run(HAZARDS)
    assert the_metric(run, "refused/accuracy").stderr == pytest.approx(0.034899122022605644)
    assert not [m for m in run.metrics if "stderr" in m.metric]
    assert the_metric(run, "refusal_by_hazard/accuracy", "cbrn").stderr is None


def test_the_headline_comes_first() -> None:
    def other_headline(header: Any) -> None:
        header["results"]["headline"] = {"score": "harmfulness", "metric": "std"}

    assert the_run(HAZARDS).metrics[0].metric == "refused/accuracy"
    content = repacked(
        content_of(HAZARDS), "header.json", lambda inner: changed(inner, other_headline)
    )
    assert the_run_of(content).metrics[0].metric == "harmfulness/std"


def test_a_killed_run_has_no_metrics() -> None:
    run = the_run(KILLED)
    assert run.metrics == ()
    assert run.model == "mockllm/model"
    assert "The run was killed: its log has no results, only 16 samples." in run.warnings


def test_partial_credit_is_not_yes_or_no_and_no_answer_is_not_correct() -> None:
    def answer_otherwise(log: Any) -> None:
        for reduced in log["reductions"][0]["samples"]:
            reduced["value"] = {1.0: "C", 0.0: "N"}[reduced["value"]]

    assert counts(the_metric(plain(answer_otherwise), SCORE)) == (20, 19, 1, 0)
    answers = the_metric(the_run("inspect/inspect-0.3.285-answers.eval"), "four_ways/accuracy")
    assert answers.passed is None


def test_counts_that_contradict_the_stated_value_are_not_given() -> None:
    def state_more(log: Any) -> None:
        log["results"]["scores"][0]["metrics"]["accuracy"]["value"] = 1.0

    run = plain(state_more)
    metric = the_metric(run, SCORE)
    assert (metric.value, metric.passed, metric.n, metric.stderr) == (1.0, None, None, None)
    assert (
        f"{SCORE}: the samples do not add up to the stated value, which is taken as the log has "
        "it: without n."
    ) in run.warnings


def test_nan_becomes_unknown_with_a_warning() -> None:
    def no_number(log: Any) -> None:
        log["results"]["scores"][0]["metrics"]["accuracy"]["value"] = float("nan")
        log["samples"][0]["scores"]["refusal"]["value"] = float("nan")

    run = plain(no_number)
    assert the_metric(run, SCORE).value is None
    assert any("not a finite number" in warning for warning in run.warnings)


def test_a_log_from_before_0_3_15_is_read() -> None:
    def as_it_was(log: Any) -> None:
        score = log["results"]["scores"].pop()
        kept = {name: score["metrics"][name] for name in ("accuracy", "stderr")}
        log["results"] = {"scorer": {"name": "refusal", "params": {}}, "metrics": kept}
        log["version"] = 1
        for sample in log["samples"]:
            sample["score"] = sample.pop("scores")["refusal"]
        for part in ("reductions", "invalidated"):
            log.pop(part, None)

    metric = the_metric(plain(as_it_was), SCORE)
    assert counts(metric) == (20, 19, 1, 0)
    assert metric.stderr == pytest.approx(0.05, abs=1e-6)


def test_a_version_that_nobody_knows_is_refused() -> None:
    content = changed(content_of(PLAIN), lambda log: log.update(version=3))
    (place,) = refusal(content).rows
    assert place == "version"
    assert "is 3" in refusal(content).rows[place]


def test_a_limit_that_covers_all_samples_is_none() -> None:
    assert flags_after(lambda log: log["eval"]["config"].update(limit=20)) == set()


def test_a_choice_of_samples_is_limited() -> None:
    def some(log: Any) -> None:
        log["eval"]["config"]["sample_id"] = ["p000"]
        del log["eval"]["dataset"]["samples"]

    assert EvidenceFlag.LIMITED in flags_after(some)


def test_code_that_was_not_committed_is_told() -> None:
    dirty = {"type": "git", "origin": "git@host:person/repository", "commit": "abc", "dirty": True}
    run = plain(lambda log: log["eval"].update(revision=dirty))
    assert run.flags == {EvidenceFlag.UNCOMMITTED_CODE}
    assert "person" not in repr(run)


@pytest.mark.parametrize(
    ("roles", "flags"),
    [
        ({"grader": {"model": "mockllm/model"}}, {EvidenceFlag.JUDGED_BY_ITSELF}),
        ({"grader": "mockllm/model"}, {EvidenceFlag.JUDGED_BY_ITSELF}),
        ({"grader": {"model": "other/judge"}}, set[EvidenceFlag]()),
        ({"target": {"model": "mockllm/model"}}, set[EvidenceFlag]()),
    ],
)
def test_a_judge_that_is_the_model_itself_is_told(roles: object, flags: set[EvidenceFlag]) -> None:
    assert flags_after(lambda log: log["eval"].update(model_roles=roles)) == flags


def test_a_model_graded_score_without_a_judge_was_judged_by_the_model_itself() -> None:
    def graded(log: Any) -> None:
        log["eval"]["model_roles"] = None
        for score in log["results"]["scores"]:
            score["scorer"] = "model_graded_qa"

    assert flags_after(graded) == {EvidenceFlag.JUDGED_BY_ITSELF}


def test_a_log_that_names_no_model_is_of_an_unknown_one() -> None:
    assert flags_after(lambda log: log["eval"].update(model="none/none")) == {
        EvidenceFlag.UNKNOWN_MODEL
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.update(invalidated=True),
        lambda log: log.update(log_updates=[{"edits": []}]),
        lambda log: log.update(config_updates=[{}]),
        lambda log: log["samples"][3]["scores"]["refusal"].update(history=[{"value": "I"}]),
    ],
)
def test_every_kind_of_edit_is_told(change: Callable[[Any], None]) -> None:
    assert flags_after(change) == {EvidenceFlag.EDITED}


def test_a_history_in_the_data_is_no_edit() -> None:
    def with_history(sample: Any) -> None:
        sample["metadata"] = {"history": [{"role": "user"}]}

    content = repacked(
        content_of(HAZARDS),
        "samples/h0003_epoch_1.json",
        lambda inner: changed(inner, with_history),
    )
    assert the_run_of(content).flags == set()


def test_missing_epochs_count_as_missing_samples() -> None:
    content = repacked(
        content_of("inspect/inspect-0.3.285-two-epochs.eval"),
        "header.json",
        lambda inner: changed(inner, lambda log: log["results"].update(completed_samples=37)),
    )
    run = the_run_of(content)
    assert run.flags == {EvidenceFlag.INCOMPLETE}
    assert the_metric(run, SCORE).errored == 2


def test_a_date_without_a_time_zone_is_taken_as_utc_and_said_so() -> None:
    run = plain(lambda log: log["eval"].update(created="2024-05-05T07:59:35"))
    assert run.ran_at == datetime(2024, 5, 5, 7, 59, 35, tzinfo=UTC)
    assert run.warnings == ("The date has no time zone and is taken as UTC.",)


def test_a_date_that_is_none_is_refused() -> None:
    content = changed(content_of(PLAIN), lambda log: log["eval"].update(created="yesterday"))
    assert list(refusal(content).rows) == ["eval.created"]


def test_a_part_of_another_shape_is_refused_with_its_path() -> None:
    content = changed(content_of(PLAIN), lambda log: log["results"].update(total_samples="many"))
    assert list(refusal(content).rows) == ["results.total_samples"]
    content = changed(content_of(PLAIN), lambda log: log["eval"].pop("task"))
    assert list(refusal(content).rows) == ["eval.task"]


def test_another_reducer_is_another_metric_and_its_own_counts() -> None:
    def two_reducers(log: Any) -> None:
        score, reduced = log["results"]["scores"][0], log["reductions"][0]
        log["results"]["scores"].append({**score, "reducer": "max"})
        values = [{**sample, "value": 1.0} for sample in reduced["samples"]]
        log["reductions"].append({"scorer": "refusal", "reducer": "max", "samples": values})

    names = {m.metric: m.passed for m in plain(two_reducers).metrics if not m.slice}
    assert names == {SCORE: 19, "refusal (max)/accuracy": None}


def test_conditions_change_with_what_makes_runs_differ() -> None:
    before = the_metric(the_run(PLAIN), SCORE).conditions

    def differs(change: Callable[[Any], None]) -> set[str]:
        after = the_metric(plain(change), SCORE).conditions
        return {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }

    assert differs(lambda log: log["eval"].update(task_version=2)) == {"task version"}
    assert differs(lambda log: log["eval"].update(task_args={"n": 1})) == {"task arguments"}
    assert differs(lambda log: log["eval"]["dataset"].update(name="x")) == {"data"}
    assert differs(lambda log: log["eval"]["dataset"]["sample_ids"].__setitem__(0, "x")) == {
        "samples"
    }
    assert differs(lambda log: log["plan"]["config"].update(temperature=1)) == {"settings"}
    assert differs(lambda log: log["plan"]["config"].update(system_message="s")) == {"settings"}
    assert differs(lambda log: log["plan"]["config"].update(max_connections=9)) == set()
    assert differs(lambda log: log["eval"]["dataset"]["sample_ids"].reverse()) == set()
    assert differs(lambda log: log["eval"].update(created="2026-01-01T00:00:00Z")) == set()


def test_nothing_private_is_kept() -> None:
    secrets = ("person@example.org", "/home/person/data.jsonl", "sk-secret", "Be safe.")

    def leak(log: Any) -> None:
        log["eval"]["dataset"]["location"] = f"{secrets[1]}?key={secrets[2]}"
        log["eval"]["task_file"] = secrets[1]
        log["eval"]["metadata"] = {"owner": secrets[0]}
        log["eval"]["model_args"] = {"api_key": secrets[2]}
        log["eval"]["task_args"] = {"mail": secrets[0]}
        log["plan"]["config"]["extra_headers"] = {"key": secrets[2]}
        log["plan"]["steps"] = [{"solver": "system_message", "params": {"template": secrets[3]}}]
        log["error"] = {"message": secrets[0], "traceback": secrets[1]}

    kept = repr(plain(leak))
    assert not [secret for secret in secrets if secret in kept]
    assert "data.jsonl" in kept
