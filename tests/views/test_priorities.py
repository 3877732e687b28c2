import pytest

from tests.views.conftest import GPT_4V, PROFILE
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import Level
from tracker.views import priorities
from tracker.views.priorities import DTYPES, PAGE, QueueFilter, matching, options, priorities_view

Queue = tuple[RankedRisk, ...]
States = tuple[LaunchState, ...]


def _refs(lines: list[RankedRisk]) -> set[str]:
    return {line.state.ref for line in lines}


def test_both_groups_have_the_columns_in_order_and_type(queue: Queue, states: States) -> None:
    for view in (priorities_view(queue, states, 1, PROFILE), priorities_view([], [], 1, PROFILE)):
        for frame in (view.unassessed, view.assessed):
            assert {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES


def test_unassessed_risks_are_a_group_of_their_own_on_top(queue: Queue, states: States) -> None:
    view = priorities_view(queue, states, 1, PROFILE)
    assert view.unassessed_count == len(view.unassessed) == 5
    assert list(view.unassessed["rank"]) == [1, 2, 3, 4, 5]
    assert set(view.unassessed["level"]) == {str(Level.UNASSESSED)}
    assert view.unassessed["priority"].dropna().empty
    assert set(view.unassessed["band"]) == {"unknown"}


def test_the_pages_hold_every_risk_once_and_in_order(queue: Queue, states: States) -> None:
    pages = priorities.page_count(queue)
    ranks = [
        rank
        for page in range(1, pages + 1)
        for view in [priorities_view(queue, states, page, PROFILE)]
        for rank in [*view.unassessed["rank"], *view.assessed["rank"]]
    ]
    assert pages == 2
    assert ranks == list(range(1, len(queue) + 1))
    assert len(queue) > PAGE


def test_a_page_beyond_the_last_is_the_last(queue: Queue, states: States) -> None:
    last, beyond = (priorities_view(queue, states, page, PROFILE) for page in (2, 99))
    assert last.assessed.equals(beyond.assessed)


def test_a_priority_reads_as_one_decimal_with_its_sum_in_words(
    queue: Queue, states: States
) -> None:
    row = priorities_view(queue, states, 1, PROFILE).assessed.iloc[0]
    assert row["priority"] == 7.9
    assert row["sum"].startswith("Priority 7.9; its level, Critical, is that of")
    assert "blocks GPT-4V" in row["reason"]


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (QueueFilter(launches=[GPT_4V]), lambda line: line.launch.key == GPT_4V),
        (QueueFilter(levels=["High"]), lambda line: line.state.current.level is Level.HIGH),
        (QueueFilter(holds=True), lambda line: line.holds_launch),
        (QueueFilter(owners=["red-team"]), lambda line: line.state.risk.owner == "red-team"),
        (QueueFilter(text="voting"), lambda line: "voting" in line.state.risk.scenario.lower()),
        (
            QueueFilter(areas=["cyber_offense"]),
            lambda line: "cyber_offense" in {line.state.risk.area, *line.state.risk.touches},
        ),
    ],
)
def test_a_filter_lets_through_exactly_what_it_names(
    queue: Queue, wanted: QueueFilter, holds: object
) -> None:
    assert callable(holds)
    assert _refs(matching(queue, wanted)) == {line.state.ref for line in queue if holds(line)}


def test_a_team_finds_the_risks_that_its_mitigations_bear_on(queue: Queue, states: States) -> None:
    team = next(iter(options(states).teams))
    found = matching(queue, QueueFilter(teams=[team]))
    assert found
    assert all(team in {item.mitigation.team for item in line.state.mitigations} for line in found)


def test_the_options_offer_what_the_queue_holds(queue: Queue, states: States) -> None:
    known = options(states)
    assert set(known.launches) == {line.launch.key for line in queue}
    assert {line.state.risk.owner or "" for line in queue} == set(known.owners)
    assert next(iter(known.levels)) == "UNASSESSED"


def test_the_headline_counts_the_unknown_first(queue: Queue) -> None:
    assert priorities.headline(queue).startswith("5 UNASSESSED, 4 Critical;")
    assert priorities.headline([]) == "Nothing to prioritise yet"
