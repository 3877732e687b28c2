"""The demo's launches as snapshots: whole, the same on both databases, and rendered the same."""

from collections.abc import Generator
from datetime import UTC, datetime

import pytest

from tests.conftest import opened, opened_copy
from tests.databases import EMPTY, Postgres
from tests.services.reviewing import METHOD
from tracker import __version__
from tracker.domain.records import Actor
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchInputs
from tracker.domain.words import ExportFormat, RegisterKind, Role
from tracker.exports.formats import export
from tracker.readiness.document import Judged, Taking, inputs_of, make_document, read_document
from tracker.readiness.kept import kept_lines
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import as_plain, from_plain
from tracker.services.demo import load_demo
from tracker.services.launch_state import state_within
from tracker.services.ledger import ledger_within
from tracker.services.sections import present_within
from tracker.services.snapshots import (
    RECENT_CHANGES,
    report_of,
    snapshot_inputs,
    state_of,
)
from tracker.services.summaries import Sheet, summary
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import determination_records, waiver_records

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = AT.date()
LAUNCHES = ("gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10")

SHORTEST = "dall-e-2-2022-04"


@pytest.fixture(scope="module")
def demo(register_without_cast, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """The demo in a file, only to be read."""
    with opened_copy(register_without_cast, tmp_path_factory.mktemp("demo")) as store:
        load_demo(store, TODAY, AT)
        yield store


def policy_lead(store: Store) -> Actor:
    with store.reading() as session:
        people = queries.people(session).values()
    return Actor(next(one for one in people if Role.POLICY_LEAD in one.roles))


def document_of(store: Store, launch: str) -> bytes:
    """The document of a snapshot of the launch, as it would be taken."""
    with store.reading() as session:
        present = present_within(session, METHOD.profile, METHOD.policy, TODAY, launch)
        parts = snapshot_inputs(session, present)
    taking = Taking(f"{launch}/REV-1", AT, policy_lead(store).key, False, __version__)
    judged = Judged(present.sections, present.hashes, state_of(parts))
    return make_document(taking, judged, parts, METHOD.policy)


def live_report(store: Store, launch: str) -> ReadinessReport:
    """The summary of a launch at the same moment, from the register itself."""
    by = policy_lead(store)
    with store.reading() as session:
        state = state_within(session, METHOD.profile, TODAY, launch)
        recent = queries.change_lines(session, launch=launch, limit=RECENT_CHANGES)
        sheet = Sheet(
            generated_at=AT,
            generated_by=by.person.name,
            authenticated=by.authenticated,
            recent=kept_lines(recent, frozenset()),
            ledger=ledger_within(session, state.launch, TODAY),
            waivers=waiver_records(session, [launch]),
            determinations=determination_records(session, [launch]),
            chain=queries.chain_head(session),
            product_version=__version__,
            is_demo=queries.register_info(session).kind is RegisterKind.DEMO,
        )
    return summary(state, sheet)


@pytest.mark.parametrize("launch", LAUNCHES)
def test_what_is_stored_about_a_launch_comes_back_equal(demo: Store, launch: str) -> None:
    with demo.reading() as session:
        (inputs,) = queries.launch_inputs(session, [launch])
    assert from_plain(LaunchInputs, as_plain(inputs)) == inputs
    document = document_of(demo, launch)
    assert inputs_of(read_document(document)).inputs == inputs


@pytest.mark.parametrize("launch", LAUNCHES)
def test_a_document_is_made_twice_with_the_same_bytes(demo: Store, launch: str) -> None:
    document = document_of(demo, launch)
    assert document == document_of(demo, launch)
    assert canonical_bytes(read_document(document)) == document


@pytest.fixture(scope="module")
def summaries(demo: Store) -> tuple[ReadinessReport, ...]:
    """The summary of a snapshot, made twice, and that of the launch at the same moment."""
    document = document_of(demo, SHORTEST)
    return report_of(document), report_of(document.decode()), live_report(demo, SHORTEST)


@pytest.mark.parametrize("wanted", ExportFormat)
def test_a_snapshot_renders_like_the_launch_at_that_moment_and_always_the_same(
    summaries: tuple[ReadinessReport, ...], wanted: ExportFormat
) -> None:
    assert len({export(report, wanted) for report in summaries}) == 1


@pytest.mark.parametrize("launch", [one for one in LAUNCHES if one != SHORTEST])
def test_a_snapshot_gives_the_summary_of_that_moment(demo: Store, launch: str) -> None:
    document = document_of(demo, launch)
    again = export(report_of(document), ExportFormat.JSON)
    assert again == export(live_report(demo, launch), ExportFormat.JSON)


@pytest.mark.postgres
def test_both_databases_give_the_same_sections_and_inputs(demo: Store, postgres: Postgres) -> None:
    with postgres.copy(EMPTY) as url, opened(url) as other:
        load_demo(other, TODAY, AT)
        for launch in LAUNCHES:
            mine, theirs = (read_document(document_of(one, launch)) for one in (demo, other))
            assert mine["sections"] == theirs["sections"]
            assert mine["results"] == theirs["results"]
            assert mine["inputs"]["inputs"] == theirs["inputs"]["inputs"]
