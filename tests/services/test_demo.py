from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from tests.services.demo_by_hand import order_by_hand
from tracker.domain.errors import RuleViolation, StoreError
from tracker.domain.records import LaunchRecord
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.domain.words import Level, ReasonCode, RegisterKind, Verdict, View
from tracker.readers.profile import packaged_profile
from tracker.services.demo import DemoSummary, create_demo_register, load_demo
from tracker.services.launch_state import launch_states
from tracker.services.portfolio import ranked_queue
from tracker.services.register import register_info
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp, all_changes, chain_head, verify_chain
from tracker.store.tables import Change, Launch, Person, PolicyArea, Risk

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
UNASSESSED = [
    "gpt-4v-2023-09/R-8",
    "gpt-4v-2023-09/R-13",
    "dall-e-3-2023-10/R-6",
    "dall-e-3-2023-10/R-7",
    "dall-e-3-2023-10/R-8",
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """The demo in a file, only to be read."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    create_demo_register(f"sqlite:///{path}", TODAY, AT)
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.dispose()


def states(store: Store, today: date = TODAY) -> tuple[LaunchState, ...]:
    return launch_states(store, packaged_profile(), today)


def inputs(store: Store) -> tuple[LaunchInputs, ...]:
    with store.reading() as session:
        return queries.launch_inputs(session)


def launches(store: Store) -> dict[str, LaunchRecord]:
    with store.reading() as session:
        return {launch.key: launch for launch in queries.launches(session)}


def rows(store: Store, table: Any) -> int:
    with store.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_whole_portfolio_is_loaded(bare_store: Store) -> None:
    summary = load_demo(bare_store, TODAY, AT)
    assert summary == DemoSummary(
        loaded=True,
        loaded_on=TODAY,
        launches=4,
        risks=69,
        mitigations=86,
        assessments=189,
    )
    counted = {row: rows(bare_store, row) for row in (PolicyArea, Launch, Risk, Person)}
    assert counted == {PolicyArea: 25, Launch: 4, Risk: 69, Person: 16}
    with bare_store.reading() as session:
        assert len(queries.mitigations(session)) == 86
        assert len(queries.teams(session)) == 5
    shown = sum(len(item.assessments) for launch in inputs(bare_store) for item in launch.risks)
    assert shown == 185, "the latest of each assessor: four of the 189 are superseded"


def test_the_order_of_work_is_what_a_second_computation_gives(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    queue = ranked_queue(states(bare_store))
    expected = order_by_hand(TODAY)
    assert [line.state.ref for line in queue] == [ref for ref, _ in expected]
    assert [line.rank for line in queue] == list(range(1, 70))
    for line, (ref, figures) in zip(queue, expected, strict=True):
        current = line.state.current
        if figures is None:
            assert (current.priority, current.harm_score) == (None, None), ref
        else:
            assert (current.priority, current.harm_score) == pytest.approx(figures, abs=1e-8), ref


def test_the_order_by_hand_is_worth_comparing_with() -> None:
    expected = order_by_hand(TODAY)
    assert [ref for ref, figures in expected if figures is None] == UNASSESSED
    priorities = [figures[0] for _, figures in expected if figures is not None]
    assert len(set(priorities)) > 40
    assert priorities == sorted(priorities, reverse=True)


def test_verified_mitigations_count_today_and_planned_ones_only_when_projected(
    demo: Store,
) -> None:
    by_ref = {risk.ref: risk for state in states(demo) for risk in state.risks}
    identified = by_ref["gpt-4v-2023-09/R-1"]
    assert identified.current.remain == pytest.approx(0.15)
    medical = by_ref["gpt-4v-2023-09/R-9"]
    assert medical.current.remain == 1.0
    assert medical.projected.remain < 1.0


def test_every_launch_names_all_25_areas(demo: Store) -> None:
    for launch in inputs(demo):
        assert len({scope.area for scope in launch.scopes}) == 25


def test_two_areas_of_dall_e_3_gape_and_hold_it(demo: Store) -> None:
    gaps = {
        (state.launch.key, reason.subject)
        for state in states(demo)
        for reason in state.reasons
        if reason.code is ReasonCode.AREA_WITHOUT_RISK and reason.holds
    }
    assert gaps == {("dall-e-3-2023-10", "child_safety"), ("dall-e-3-2023-10", "model_security")}


def test_no_launch_is_ready(demo: Store) -> None:
    for state in states(demo):
        assert state.verdict is Verdict.NOT_READY


def test_five_risks_are_unassessed_and_come_first(demo: Store) -> None:
    queue = ranked_queue(states(demo))
    assert [line.state.ref for line in queue[:5]] == UNASSESSED
    assert {line.state.current.level for line in queue[:5]} == {Level.UNASSESSED}
    counted = Counter(line.state.current.level for line in queue)
    assert counted[Level.UNASSESSED] == 5
    assert all(counted[level] for level in (Level.CRITICAL, Level.HIGH, Level.MODERATE, Level.LOW))


def test_nothing_in_the_demo_is_outdated(demo: Store) -> None:
    for state in states(demo):
        assert not [risk.ref for risk in state.risks if risk.outdated]
        assert not [m.mitigation.ref for m in state.mitigations if m.verification_outdated]


def test_what_counts_is_marked_as_illustrative(demo: Store) -> None:
    for state in states(demo):
        assessed = [r for r in state.risks if r.figures(View.CURRENT).level is not Level.UNASSESSED]
        assert all(risk.illustrative for risk in assessed)


def test_a_shared_mitigation_is_one_record_on_two_launches(demo: Store) -> None:
    serving = {m.mitigation.ref: m for state in states(demo) for m in state.mitigations}
    assert serving["M-71"].other_launches


def test_dates_of_launches_under_way_move_with_the_day(bare_store: Store) -> None:
    another = TODAY + timedelta(days=100)
    load_demo(bare_store, another, AT)
    found = launches(bare_store)
    assert found["gpt-4v-2023-09"].target_date == another + timedelta(days=9)
    assert found["dall-e-3-2023-10"].target_date == another + timedelta(days=24)
    assert found["gpt-4-2023-03"].target_date == date(2023, 3, 14)
    assert found["dall-e-2-2022-04"].as_of == date(2022, 4, 6)
    assert register_info(bare_store).demo_loaded_on == another


def test_the_register_says_that_it_is_the_demo(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    info = register_info(bare_store)
    assert (info.kind, info.demo_loaded_on, info.profile_version) == (
        RegisterKind.DEMO,
        TODAY,
        packaged_profile().version,
    )


def test_loading_twice_changes_nothing(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    with bare_store.reading() as session:
        before = chain_head(session)
    later = load_demo(bare_store, TODAY + timedelta(days=3), AT + timedelta(days=3))
    assert (later.loaded, later.loaded_on) == (False, TODAY)
    with bare_store.reading() as session:
        assert chain_head(session) == before
    assert launches(bare_store)["gpt-4v-2023-09"].target_date == TODAY + timedelta(days=9)


def test_loading_again_keeps_what_was_entered_since(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    with bare_store.writing(Stamp(None, "rename a launch", at=AT)) as session:
        session.get_one(Launch, "gpt-4v-2023-09").name = "Renamed"
    assert not load_demo(bare_store, TODAY, AT).loaded
    assert launches(bare_store)["gpt-4v-2023-09"].name == "Renamed"


def test_a_register_with_people_or_launches_of_its_own_is_left_alone(store: Store) -> None:
    with store.reading() as session:
        before = chain_head(session)
    with pytest.raises(RuleViolation) as caught:
        load_demo(store, TODAY, AT)
    assert "empty register" in caught.value.what
    assert "HOLDPOINT_DATABASE_URL" in caught.value.remedy
    assert register_info(store).kind is RegisterKind.OWN
    with store.reading() as session:
        assert chain_head(session) == before


@contextmanager
def failing_at(store: Store, table: str) -> Generator[None]:
    """Let the database fail when the first row of one table is written."""

    def fail(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(f"INSERT INTO {table} "):
            raise ConnectionAbortedError(table)

    event.listen(store.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("table", ["team", "assessment", "mitigation_verification"])
def test_a_failure_in_the_middle_leaves_an_empty_register(bare_store: Store, table: str) -> None:
    with failing_at(bare_store, table), pytest.raises(ConnectionAbortedError):
        load_demo(bare_store, TODAY, AT)
    for row in (PolicyArea, Person, Launch, Risk, Change):
        assert rows(bare_store, row) == 0
    assert register_info(bare_store).kind is RegisterKind.OWN
    assert load_demo(bare_store, TODAY, AT).loaded


def test_the_chain_of_changes_is_sound_and_names_every_row(bare_store: Store) -> None:
    load_demo(bare_store, TODAY, AT)
    with bare_store.reading() as session:
        assert verify_chain(session) is None
        head = chain_head(session)
        by_noun = Counter(change.entity for change in all_changes(session))
    assert head.length == sum(by_noun.values())
    assert by_noun["risk"] == 69
    assert by_noun["assessment"] == 189
    assert by_noun["mitigation"] == 86
    assert by_noun["scope"] == 100


def test_a_demo_register_is_made_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    assert create_demo_register(url, TODAY, AT).loaded
    assert [path.name for path in tmp_path.iterdir()] == ["demo.db"]
    with pytest.raises(StoreError, match="already a database"):
        create_demo_register(url, TODAY, AT)
