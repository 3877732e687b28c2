from tests.views.conftest import GPT_4V
from tracker.domain.state import LaunchState
from tracker.domain.words import Level
from tracker.views.launches import DTYPES, NO_MATCH, SHOWN_IN_CHART, headline, launches_view

States = tuple[LaunchState, ...]


def test_the_board_has_its_columns_in_order_and_type_with_and_without_launches(
    states: States,
) -> None:
    for view in (launches_view(states), launches_view([])):
        assert {name: str(kind) for name, kind in view.frame.dtypes.items()} == DTYPES
        assert list(view.frame.columns) == list(DTYPES)


def test_launches_under_way_stand_before_historical_ones(states: States) -> None:
    keys = list(launches_view(states).frame["key"])
    assert keys == [GPT_4V, "dall-e-3-2023-10", "dall-e-2-2022-04", "gpt-4-2023-03"]


def test_the_headline_counts_what_can_go_out(states: States) -> None:
    assert headline(states) == "0 of 4 launches can go out"
    assert headline(states[:1]) == "0 of 1 launch can go out"
    assert headline([]) == "No launches yet"


def test_unassessed_risks_come_first_among_the_counts(states: States) -> None:
    cell = launches_view(states).frame["levels"].iloc[0]
    assert cell[0] == (Level.UNASSESSED, 2)
    assert [level.severity_rank for level, _ in cell] == sorted(
        (level.severity_rank for level, _ in cell), reverse=True
    )


def test_a_historical_launch_is_marked_with_its_day(states: States) -> None:
    view = launches_view(states)
    assert "GPT-4 as of 2023-03-14" in view.note
    row = view.frame.set_index("key").loc["gpt-4-2023-03"]
    assert row["target"].replace("\N{NO-BREAK SPACE}", " ") == "2023-03-14 as of 2023-03-14"


def test_the_reasons_are_said_in_words(states: States) -> None:
    reasons = launches_view(states).frame["reasons"].iloc[0]
    assert reasons.startswith("2 risks UNASSESSED, 1 Critical risk")


def test_filters_narrow_the_board_and_the_bars_together(states: States) -> None:
    view = launches_view(states, statuses=["decided"], text="gpt")
    assert list(view.frame["name"]) == ["GPT-4"]
    assert [bar.launch for bar in view.bars] == ["GPT-4"]
    assert launches_view(states, verdicts=["Ready"]).empty == NO_MATCH
    assert not launches_view(states).empty


def test_more_launches_than_bars_are_said(states: States) -> None:
    many = launches_view(states * 5)
    assert len(many.bars) == SHOWN_IN_CHART
    assert "The first 15 of 20 launches" in many.bars_note
    assert "first" not in launches_view(states).bars_note


def test_what_runs_without_cover_says_so_on_the_board(
    states: States,
) -> None:
    frame = launches_view(states).frame.set_index("key")
    uncovered = {one.launch.key for one in states if one.standing and one.standing.uncovered}
    assert uncovered
    said = {key for key, words in frame["exposure"].items() if "UNCOVERED" in words}
    assert said == uncovered
