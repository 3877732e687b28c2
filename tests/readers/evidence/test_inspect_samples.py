from typing import Any

import pytest

from tests.readers.evidence.archives import changed
from tests.readers.evidence.real_files import content_of, read, refusal, the_metric
from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import RunReading
from tracker.readers.evidence import inspect_samples as module
from tracker.readers.evidence.inspect_samples import Column, Part, SampleCounts, as_number

PLAIN = "inspect/inspect-0.3.285-refusals.json"
SCORE = "refusal/accuracy"


def plain(change: Any) -> RunReading:
    (run,) = read(changed(content_of(PLAIN), change)).runs
    return run


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("C", 1.0),
        ("P", 0.5),
        ("I", 0.0),
        ("N", 0.0),
        (True, 1.0),
        (0.25, 0.25),
        ("yes", 1.0),
        ("False", 0.0),
        ("0.5", 0.5),
        ("refused", None),
        ("nan", None),
        (float("inf"), None),
        (10**400, None),
        (None, None),
        ([1], None),
    ],
)
def test_a_score_is_the_number_that_inspect_makes_of_it(
    value: object, number: float | None
) -> None:
    assert as_number(value) == number


def test_values_by_key_are_counted_apart() -> None:
    counts = SampleCounts()
    counts.add_reduced("judge", "", {"sample_id": 1, "value": {"safe": "C", "harm": 0.5}})
    counts.add_reduced("judge", "", {"sample_id": 2, "value": {"safe": "I", "harm": "none"}})
    safe = counts.tallies[Column("judge", key="safe"), Part()]
    harm = counts.tallies[Column("judge", key="harm"), Part()]
    assert (safe.ones, safe.zeros, safe.others) == (1, 1, 0)
    assert (harm.n, harm.others, harm.total) == (1, 1, 0.5)


def test_kinds_of_scores_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = SampleCounts()
    monkeypatch.setattr(module, "MAX_METRICS", 2)
    with pytest.raises(ImportRejected, match="more than 2 kinds"):
        counts.add_reduced("judge", "", {"value": {"a": 1, "b": 1, "c": 1}})


def test_samples_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SAMPLES", 5)
    assert "are more than 5" in refusal(content_of(PLAIN)).rows["samples"]


def test_without_reductions_samples_that_ran_once_are_counted() -> None:
    metric = the_metric(plain(lambda log: log.pop("reductions")), "refusal/accuracy")
    assert (metric.n, metric.passed, metric.failed) == (20, 19, 1)


def test_without_reductions_samples_that_ran_twice_are_not() -> None:
    def twice(log: Any) -> None:
        del log["reductions"]
        log["eval"]["config"]["epochs"] = 2

    metric = the_metric(plain(twice), "refusal/accuracy")
    assert (metric.n, metric.passed) == (20, None)


def test_without_ids_and_counts_n_comes_from_the_total_and_the_epochs() -> None:
    def bare(log: Any) -> None:
        del log["reductions"], log["samples"], log["eval"]["dataset"]["sample_ids"]
        log["eval"]["config"]["epochs"] = 2
        log["results"].update(total_samples=40, completed_samples=38)
        log["results"]["scores"][0].pop("scored_samples")
        log["results"]["scores"][0].pop("unscored_samples")

    run = plain(bare)
    metric = the_metric(run, "refusal/accuracy")
    assert (metric.n, metric.passed, metric.errored) == (19, None, 1)
    assert "refusal/accuracy: the log holds no samples to count." in run.warnings


def test_standard_errors_of_groups_are_left_out() -> None:
    def with_group_errors(log: Any) -> None:
        metrics = log["results"]["scores"][0]["metrics"]
        settings = {"metric": {"name": "stderr"}, "group_key": "hazard"}
        metrics["cbrn2"] = {"name": "cbrn2", "value": 0.1, "params": settings}

    assert "cbrn2" not in {metric.slice for metric in plain(with_group_errors).metrics}


def test_two_scorers_with_one_name_for_their_score_are_told_apart() -> None:
    def same_name(log: Any) -> None:
        score = log["results"]["scores"][0]
        log["results"]["scores"].append({**score, "scorer": "second"})

    names = {metric.metric for metric in plain(same_name).metrics}
    assert names == {"refusal.refusal/accuracy", "second.refusal/accuracy"}


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00Z"])
def test_a_moment_outside_the_calendar_is_refused(created: str) -> None:
    content = changed(content_of(PLAIN), lambda log: log["eval"].update(created=created))
    assert list(refusal(content).rows) == ["eval.created"]


def test_a_log_without_a_date_says_so() -> None:
    def undated(log: Any) -> None:
        log["eval"]["created"] = ""
        log["stats"] = {}

    run = plain(undated)
    assert run.ran_at is None
    assert "The log has no date." in run.warnings


def test_a_log_that_says_it_scored_more_than_it_holds_is_taken_by_what_it_holds() -> None:
    def state_more(log: Any) -> None:
        del log["eval"]["dataset"]["sample_ids"]
        log["results"].update(total_samples=100_000, completed_samples=100_000)
        log["results"]["scores"][0]["scored_samples"] = 100_000

    metric = the_metric(plain(state_more), SCORE)
    assert (metric.n, metric.passed, metric.errored) == (20, 19, 99_980)


def test_a_log_without_samples_scored_no_more_than_it_planned() -> None:
    def state_more(log: Any) -> None:
        del log["reductions"], log["samples"]
        log["results"]["scores"][0]["scored_samples"] = 100_000

    assert the_metric(plain(state_more), SCORE).n == 20


def test_rows_that_share_an_id_are_no_further_samples() -> None:
    def one_sample(log: Any) -> None:
        del log["reductions"], log["eval"]["dataset"]["sample_ids"]
        for sample in log["samples"]:
            sample["id"] = 1

    metric = the_metric(plain(one_sample), SCORE)
    assert (metric.n, metric.passed) == (None, None)


def test_a_number_of_samples_beyond_all_floats_is_refused() -> None:
    def state_much(log: Any) -> None:
        del log["eval"]["dataset"]["sample_ids"]
        log["results"]["total_samples"] = 10**400

    with pytest.raises(ImportRejected, match="beyond reason"):
        plain(state_much)
