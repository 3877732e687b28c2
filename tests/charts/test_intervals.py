import pytest

from tracker.charts import intervals, theme
from tracker.charts.intervals import IntervalRow
from tracker.domain.words import GateState


def row(low, high, observed, threshold, higher=True, state=GateState.INCONCLUSIVE):
    return IntervalRow("G-1", state, low, high, observed, threshold, higher, "38/40")


def test_good_lies_to_the_right_whichever_way_the_metric_is_good() -> None:
    rates = intervals.frame([row(0.96, 0.99, 0.98, 0.95), row(0.01, 0.04, 0.02, 0.05, False)])
    assert (rates["start"] > 0).all()
    assert (rates["point"] > rates["start"]).all()


def test_a_line_that_crosses_the_rule_shows_nothing_although_its_point_is_on_the_good_side() -> (
    None
):
    (line,) = intervals.frame([row(0.979, 0.996, 0.99, 0.98)]).to_dict("records")
    assert line["start"] < 0 < line["point"] < line["end"]


def test_the_farthest_figure_touches_the_edge_and_none_leaves_the_picture() -> None:
    (line,) = intervals.frame([row(0.2, 0.6, 0.4, 0.95)]).to_dict("records")
    assert line["start"] == pytest.approx(-1.0)
    assert -1.0 <= line["point"] <= line["end"] <= 1.0


def test_without_bounds_the_line_runs_over_the_whole_width() -> None:
    (line,) = intervals.frame([row(None, None, 0.98, 0.98)]).to_dict("records")
    assert (line["start"], line["end"], line["point"]) == (-1.0, 1.0, 0.0)


def test_each_state_has_a_colour_of_its_own_and_only_passed_is_green() -> None:
    scale = intervals.spec()["layer"][1]["encoding"]["color"]["scale"]
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    assert set(fills) == {str(state) for state in GateState}
    assert len(set(fills.values())) == len(fills)
    assert [state for state in GateState if theme.GATES[state].badge == "green"] == [
        GateState.PASSED
    ]


def test_the_spec_is_built_once_and_holds_no_data() -> None:
    assert intervals.spec() is intervals.spec()
    assert all("data" not in layer for layer in intervals.spec()["layer"])


def test_the_alternative_text_names_gate_state_and_figures() -> None:
    assert intervals.alt_text([row(0.9, 0.99, 0.95, 0.98)]) == "G-1: inconclusive, 38/40."
    assert intervals.alt_text([]) == "No figures."
