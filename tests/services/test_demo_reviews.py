"""What the rules make of the demo's reviews, decisions and acceptances."""

from collections.abc import Generator
from datetime import UTC, date, datetime

import pytest

from tracker.domain.records import Actor
from tracker.domain.review_words import AcceptanceState, ConditionState, CoverState, SignOffStanding
from tracker.domain.state import LaunchState
from tracker.domain.words import ExportFormat, Level, Origin, ReasonCode
from tracker.exports.formats import export
from tracker.readers.materiality import packaged_materiality
from tracker.readers.profile import packaged_profile
from tracker.services.demo import create_demo_register
from tracker.services.launch_state import launch_states
from tracker.services.reports import Reader, readiness_report, snapshot_report
from tracker.services.review_state import review_state
from tracker.services.snapshots import prove
from tracker.store import queries
from tracker.store.engine import Store

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """The demo in a file, only to be read."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    create_demo_register(f"sqlite:///{path}", TODAY, AT)
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.dispose()


@pytest.fixture(scope="module")
def states(demo: Store) -> dict[str, LaunchState]:
    return {state.launch.key: state for state in launch_states(demo, packaged_profile(), TODAY)}


def reader(store: Store) -> Reader:
    with store.reading() as session:
        return Reader(Actor(queries.people(session)["auditor"]), TODAY, AT)


def test_every_level_of_an_acceptance_is_the_one_that_the_rules_compute(
    states: dict[str, LaunchState],
) -> None:
    for state in states.values():
        levels = {risk.ref: risk.current.level for risk in state.risks}
        for one in state.acceptances:
            assert one.acceptance.level == levels[one.acceptance.risk]


def test_acceptances_of_history_are_in_force_as_of_their_day(
    states: dict[str, LaunchState],
) -> None:
    found = states[G4].acceptances
    assert len(found) == 6
    assert {one.state for one in found} == {AcceptanceState.IN_FORCE}
    critical = {risk.risk.short_ref for risk in states[G4].risks
                if risk.current.level is Level.CRITICAL}  # fmt: skip
    assert critical == {"R-3", "R-10"}


def test_the_expired_acceptance_of_dall_e_3_holds_it(states: dict[str, LaunchState]) -> None:
    found = {one.acceptance.short_ref: one for one in states[D3].acceptances}
    assert found["A-1"].state is AcceptanceState.ENDED
    assert found["A-2"].state is AcceptanceState.IN_FORCE
    held = {
        reason.subject
        for reason in states[D3].reasons
        if reason.code is ReasonCode.HIGH_NOT_ACCEPTED
    }
    assert f"{D3}/R-12" in held


def test_the_decisions_cover_their_launches_as_of_their_day(
    states: dict[str, LaunchState],
) -> None:
    for key in (G4, D2):
        standing = states[key].standing
        assert standing is not None
        assert standing.cover.state is CoverState.COVERED
        assert [one.state for one in states[key].conditions] == [ConditionState.OPEN]
    later = states[D2].standing
    assert later is not None
    assert later.uncovered


def test_the_open_review_waits_and_its_signatures_stand_on_a_real_snapshot(demo: Store) -> None:
    found = review_state(demo, packaged_profile(), packaged_materiality(), TODAY, V)
    assert found is not None
    assert found.changes == ()
    assert {one.standing for one in found.sign_offs} == {SignOffStanding.STANDS}
    assert [one.person for one in found.unanswered] == ["reviewer-2"]
    assert any("no written answer" in waiting for waiting in found.missing)
    assert found.snapshot.origin is Origin.ILLUSTRATIVE
    assert found.snapshot.as_of == date(2026, 11, 22)


@pytest.mark.parametrize("launch", [G4, V, D2])
def test_every_snapshot_is_proven_and_its_export_is_the_same_when_made_again(
    demo: Store, launch: str
) -> None:
    assert prove(demo, f"{launch}/S-1") == ()
    once = snapshot_report(demo, reader(demo), f"{launch}/S-1")
    again = snapshot_report(demo, reader(demo), f"{launch}/S-1")
    for wanted in (ExportFormat.JSON, ExportFormat.CSV):
        assert export(once, wanted) == export(again, wanted)


def test_the_summary_of_a_decided_snapshot_shows_the_decision_and_why_it_overrides(
    demo: Store,
) -> None:
    found = snapshot_report(demo, reader(demo), f"{G4}/S-1").proceedings
    assert found is not None
    assert found.made_from_snapshot
    assert found.decision is not None
    assert found.decision.is_override
    assert [one.condition.short_ref for one in found.conditions] == ["C-1"]


def test_the_four_records_of_each_launch_stand_in_its_summary(demo: Store) -> None:
    said = {}
    for key in (G4, V, D3):
        report = readiness_report(demo, reader(demo), packaged_profile(), key)
        said[key] = (report.recommendation, report.decision, report.dissent_count)
    go = "go with conditions at general availability"
    assert said == {
        G4: (go, f"{go} until 2023-09-10", 0),
        V: ("restricted at limited preview", None, 1),
        D3: (None, None, 0),
    }
