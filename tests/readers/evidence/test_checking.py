from collections.abc import Callable
from dataclasses import replace

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.readers.evidence import checking as module
from tracker.readers.evidence.checking import checked, one_line
from tracker.readers.evidence.contents import Contents

METRIC = MetricReading("quiz", "accuracy", value=0.5, n=4, passed=2, failed=2)
RUN = RunReading("", "tool", "1", "acme/one", "id", None, frozenset(), (), (METRIC,))

Change = Callable[[], object]


def of_metric(**fields: object) -> MetricReading:
    (run,) = checked(Contents((replace(RUN, metrics=(replace(METRIC, **fields),)),))).runs  # pyright: ignore
    return run.metrics[0]


def of_run(**fields: object) -> RunReading:
    (run,) = checked(Contents((replace(RUN, **fields),))).runs  # pyright: ignore
    return run


def test_what_is_sound_stays_as_it_is() -> None:
    contents = Contents((RUN,), ("A warning.",))
    assert checked(contents) == contents


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_finite_number_becomes_unknown_and_is_told(value: float) -> None:
    run = of_run(metrics=(replace(METRIC, value=value, stderr=value),))
    assert (run.metrics[0].value, run.metrics[0].stderr) == (None, None)
    assert run.warnings == (
        "quiz, accuracy: the value is not a finite number; it is kept as unknown.",
    )


def test_a_standard_error_below_nothing_is_none() -> None:
    assert of_metric(stderr=-0.1).stderr is None


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(lambda: of_metric(passed=3), id="counts beyond n"),
        pytest.param(lambda: of_metric(failed=None), id="half a count"),
        pytest.param(lambda: of_metric(n=-1, passed=None, failed=None), id="n below nothing"),
        pytest.param(lambda: of_metric(errored=2**60), id="a count beyond reason"),
        pytest.param(lambda: of_metric(task=""), id="no task"),
        pytest.param(lambda: of_metric(metric=" \n"), id="no metric"),
        pytest.param(lambda: of_metric(metric="m" * 201), id="a metric's name too long"),
        pytest.param(lambda: of_metric(slice="s" * 201), id="a slice's name too long"),
        pytest.param(lambda: of_metric(conditions=dict.fromkeys(map(str, range(41)), "")), id="41"),
        pytest.param(lambda: of_run(metrics=(METRIC, METRIC)), id="one metric twice"),
        pytest.param(lambda: checked(Contents((RUN, RUN))), id="one run twice"),
        pytest.param(lambda: checked(Contents(())), id="no run"),
    ],
)
def test_what_contradicts_itself_is_refused(refused: Change) -> None:
    with pytest.raises(ImportRejected) as caught:
        refused()
    assert len(caught.value.rows) == 1


def test_names_that_are_equal_once_cleaned_are_one_metric_twice() -> None:
    with pytest.raises(ImportRejected, match="appears twice in one run"):
        of_run(metrics=(METRIC, replace(METRIC, task=" quiz\n")))


def test_a_description_that_is_too_long_is_cut_and_shows_it() -> None:
    run = of_run(model="m" * 300, run_id="r" * 300, tool_version="v" * 300)
    assert (len(run.model), len(run.run_id), len(run.tool_version)) == (200, 120, 120)
    assert run.model.endswith("…")


def test_texts_become_one_printable_line() -> None:
    assert one_line("a\x00b\r\n c\u2028d\ud800e") == "a b c d e"
    assert one_line("e\u0301") == "\u00e9"
    assert of_metric(task="two\nlines").task == "two lines"


def test_warnings_are_told_once_and_not_without_end() -> None:
    run = of_run(warnings=("Same.", "Same."))
    assert run.warnings == ("Same.",)
    many = of_run(warnings=tuple(f"Warning {number}." for number in range(70))).warnings
    assert (len(many), many[-1]) == (50, "21 more warnings.")


def test_runs_and_metrics_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RUNS", 1)
    with pytest.raises(ImportRejected, match="holds 2 runs"):
        checked(Contents((RUN, replace(RUN, part="b"))))
    monkeypatch.setattr(module, "MAX_METRICS", 0)
    with pytest.raises(ImportRejected, match="holds 1 metrics"):
        checked(Contents((RUN,)))
