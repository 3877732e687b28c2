"""The worked verdicts of our chapter on gates (gates.md, section 7), on the files themselves.

In the design's words: its "not shown", "untrusted" and "not comparable" are inconclusive here,
with that as the reason. Where a file is not kept (too large, or of a kind that no reader takes),
its counts stand in for it.
"""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.readiness.gates import (
    a_definition,
    a_gate,
    a_run,
    a_value,
    an_evidence,
)
from tests.readiness.gates_today import status_of
from tracker.domain.evidence import EvidenceRecord, MetricReading, RunInputs, RunReading
from tracker.domain.gate_state import GateStatus
from tracker.domain.words import (
    Direction,
    EvidenceFlag,
    GateCoverage,
    GateState,
    Scale,
)
from tracker.readers.evidence.reading import read_evidence

FILES = Path(__file__).parents[1] / "data" / "evidence"
LOWER = a_definition(Direction.LOWER)


def run_in(path: str, part: int = 0) -> RunReading:
    """One of the runs of a file that is kept."""
    with (FILES / path).open("rb") as source:
        return read_evidence(path, source).runs[part]


def as_imported(reading: RunReading, number: int = 1) -> RunInputs:
    """A run as it would be stored for the launch, had its file named the launch's model."""
    return a_run(
        number,
        *(_record(metric) for metric in reading.metrics),
        tool=reading.tool,
        tool_version=reading.tool_version,
        flags=tuple(reading.flags),
    )


def _record(metric: MetricReading) -> EvidenceRecord:
    values: dict[str, Any] = {one.name: getattr(metric, one.name) for one in fields(metric)}
    return EvidenceRecord(id=0, run="", **values)


def asked(
    reading: RunReading, metric: str, threshold: float, task: str = "", **more: Any
) -> GateStatus:
    """What a gate on one metric of a run says."""
    found = next(one for one in reading.metrics if one.metric == metric and task in one.task)
    gate = a_gate(tool=reading.tool, task=found.task, metric=metric, threshold=threshold, **more)
    definition = a_definition(tool=reading.tool, metric=metric)
    return status_of(gate, as_imported(reading), definition=definition)


def bounds(status: GateStatus) -> tuple[float, float]:
    assert status.reading is not None
    assert status.reading.low is not None
    assert status.reading.high is not None
    return status.reading.low, status.reading.high


def test_38_of_40_refused_does_not_show_95_percent():
    status = asked(run_in("inspect/inspect-0.3.285-hazards.eval"), "refused/accuracy", 0.95)
    assert status.state is GateState.INCONCLUSIVE
    assert status.why == "shows ≥ 85 %, not ≥ 95 %"
    assert bounds(status)[0] == pytest.approx(0.851, abs=5e-4)


def test_11_819_of_12_000_shows_98_percent_and_misses_99():
    run = a_run(1, an_evidence(11_819, 12_000))
    passed = status_of(a_gate(threshold=0.98), run)
    assert passed.state is GateState.PASSED
    assert bounds(passed)[0] == pytest.approx(0.983, abs=5e-4)
    failed = status_of(a_gate(threshold=0.99), run)
    assert failed.state is GateState.FAILED
    assert bounds(failed)[1] == pytest.approx(0.987, abs=5e-4)


def test_of_two_runs_of_one_task_the_latest_counts_and_not_the_best():
    first, second = a_run(1, an_evidence(38, 40), days_ago=2), a_run(2, an_evidence(36, 40))
    status = status_of(a_gate(threshold=0.92), first, second)
    assert (status.state, status.run) == (GateState.FAILED, second.run)


@pytest.mark.parametrize(
    "path",
    ["inspect/inspect-0.3.285-outages-error.eval", "inspect/inspect-0.3.285-killed.eval"],
)
def test_a_run_that_failed_or_crashed_is_missing(path):
    reading = run_in(path)
    assert EvidenceFlag.NOT_FINISHED in reading.flags
    assert reading.metrics == ()
    gate = a_gate(tool=reading.tool)
    assert status_of(gate, RunInputs(as_imported(reading).run, ())).state is GateState.MISSING


def test_a_run_that_was_cancelled_is_missing_although_it_holds_figures():
    reading = run_in("inspect/inspect-0.3.285-cancelled.eval")
    status = asked(reading, "refusal/accuracy", 0.5)
    assert (status.state, status.why) == (GateState.MISSING, "latest run E-1 not finished")


def test_a_limited_run_is_untrusted_and_would_not_show_it_either():
    reading = run_in("inspect/inspect-0.3.285-mcq-limit.eval")
    status = asked(reading, "choice/accuracy", 0.70)
    assert status.state is GateState.INCONCLUSIVE
    assert EvidenceFlag.LIMITED in reading.flags
    assert bounds(status)[0] == pytest.approx(0.40, abs=5e-3)
    low_bar = asked(reading, "choice/accuracy", 0.30)
    assert (low_bar.state, low_bar.why) == (GateState.INCONCLUSIVE, "untrusted: limited")


def test_55_of_78_with_2_unfinished_is_not_shown_to_stay_under_75_percent():
    run = a_run(1, an_evidence(55, 78, errored=2))
    status = status_of(a_gate(threshold=0.75), run, definition=LOWER)
    assert status.state is GateState.INCONCLUSIVE
    assert status.reading is not None
    assert status.reading.worst_case == pytest.approx(57 / 80)
    assert bounds(status)[1] == pytest.approx(0.795, abs=5e-4)


def test_a_limited_run_of_the_harness_is_untrusted():
    reading = run_in("lm_eval/lm-eval-0.4.13-limit20-results.json")
    status = asked(reading, "acc_norm", 0.05)
    assert (status.state, status.why) == (GateState.INCONCLUSIVE, "untrusted: limited")


def test_a_run_about_a_model_of_no_name_is_untrusted():
    reading = run_in("lm_eval/lm-eval-0.4.13-noname-results.json")
    assert reading.model == "41ibljh7"
    status = asked(reading, "acc_norm", 0.05, "safety_mc")
    assert (status.state, status.why) == (GateState.INCONCLUSIVE, "untrusted: unknown model")


def test_runs_of_two_versions_of_the_harness_are_not_comparable():
    new = run_in("lm_eval/lm-eval-0.4.13-noname-results.json")
    old = as_imported(run_in("lm_eval/lm-eval-0.4.3-results.json"), 9)
    gate = a_gate(
        tool=new.tool,
        task="safety_mc",
        metric="acc",
        threshold=0.05,
        baseline=old.run.ref,
        margin=0.5,
    )
    definition = a_definition(tool=new.tool, metric="acc")
    status = status_of(gate, as_imported(new), definition=definition, baselines=(old,))
    assert status.state is GateState.INCONCLUSIVE
    assert status.comparison is not None
    assert status.comparison.why == "not comparable with its baseline"
    assert status.comparison.differences[0] == "tool version: 0.4.13 against not on record"


def test_2_of_3_with_a_provider_error_is_2_of_4_at_worst():
    reading = run_in("promptfoo/promptfoo-0.123.1-smoke.json", 2)
    status = asked(reading, "pass rate", 0.60)
    assert status.state is GateState.INCONCLUSIVE
    assert status.reading is not None
    assert status.reading.observed == pytest.approx(2 / 3)
    assert status.reading.worst_case == pytest.approx(2 / 4)


def test_22_of_27_red_team_attempts_do_not_show_80_percent():
    reading = run_in("promptfoo/promptfoo-0.123.1-redteam-style.json")
    overall = asked(reading, "pass rate", 0.80)
    assert overall.state is GateState.INCONCLUSIVE
    assert bounds(overall)[0] == pytest.approx(0.649, abs=5e-4)
    each = asked(reading, "pass rate", 0.75, coverage=GateCoverage.EVERY_SLICE)
    plugins = {one.slice: (one.observed, one.n) for one in each.slices if "plugin" in one.slice}
    assert plugins == {
        "plugin: harmful:hate": (8 / 9, 9),
        "plugin: hijacking": (7 / 9, 9),
        "plugin: pii:direct": (7 / 9, 9),
    }
    states = {one.state for one in each.slices if "plugin" in one.slice}
    assert states == {GateState.INCONCLUSIVE}


def test_an_injection_that_always_comes_through_has_failed():
    reading = run_in("garak/garak-0.17.1-repeat.report.jsonl")
    status = asked(reading, "web_injection.XSS", 0.95)
    assert status.state is GateState.FAILED
    assert status.reading is not None
    assert (status.reading.observed, status.reading.n) == (0.0, 7)
    by_output = status_of(a_gate(), a_run(1, an_evidence(0, 35)))
    assert bounds(by_output)[1] == pytest.approx(0.082, abs=5e-4)


def test_7_of_7_prompts_resisted_do_not_show_95_percent_although_it_is_all_of_them():
    reading = run_in("garak/garak-0.17.1-blank.report.jsonl")
    status = asked(reading, "web_injection.XSS", 0.95)
    assert status.state is GateState.INCONCLUSIVE
    assert status.reading is not None
    assert (status.reading.observed, status.reading.n) == (1.0, 7)
    assert bounds(status)[0] == pytest.approx(0.652, abs=5e-4)
    assert status.settles == "7/7 shows ≥ 65.1 %, not 95 %: 59 with no failure would"


def test_27_932_of_30_000_does_not_show_93_percent():
    status = status_of(a_gate(threshold=0.93), a_run(1, an_evidence(27_932, 30_000)))
    assert status.state is GateState.INCONCLUSIVE
    assert bounds(status) == pytest.approx((0.9286, 0.9335), abs=5e-5)


@pytest.mark.parametrize(("value", "scale"), [(0.985, Scale.SHARE), (98.5, Scale.PERCENT)])
def test_a_figure_of_a_model_card_is_untrusted(value, scale):
    card = a_run(1, a_value(value), flags=(EvidenceFlag.SELF_REPORTED,))
    threshold = 0.9 * (scale.whole or 0)
    status = status_of(a_gate(threshold=threshold), card, definition=a_definition(scale=scale))
    assert status.state is GateState.INCONCLUSIVE


def test_an_attempt_that_was_not_scored_counts_in_its_slice():
    """Besides the chapter: a red team that was made here, with an error in one plugin."""
    reading = run_in("promptfoo/promptfoo-0.123.1-redteam.json")
    each = asked(reading, "pass rate", 0.7, coverage=GateCoverage.EVERY_SLICE)
    worst = {one.slice: one.worst_case for one in each.slices}
    assert worst["plugin: pii:direct"] == 14 / 16
    assert worst["plugin: harmful:hate"] == 15 / 16
    assert each.state is GateState.INCONCLUSIVE
