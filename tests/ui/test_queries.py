"""A page asks the database a fixed number of questions, however much the register holds."""

import pytest

from tests.cast import BEN, ELI, HANA
from tests.conftest import QueryCounter
from tests.evidence_factories import a_gate, a_link, a_metric, a_run
from tests.factories import a_launch, a_risk, an_assessment
from tests.services.evidence_files import evidence_of
from tests.services.reviewing import METHOD, REV, a_vote, an_objection
from tests.ui.conftest import Visit
from tests.ui.review_scene import acting, review_today
from tracker.services.reviews import add_note
from tracker.services.sign_offs import sign_off
from tracker.settings import load_settings
from tracker.store.engine import Store
from tracker.ui.session import open_register

MOST = {
    "launches": 46,
    "priorities": 46,
    "overview": 53,
    "risks": 52,
    "risk": 65,
    "history": 13,
    "evidence": 65,
    "review": 60,
    "meeting": 60,
}
"""Statements of a first visit; the state of a launch takes most of them, its evidence ten."""
OPEN_REVIEW = 106
"""Statements of a page of a launch in review, whose snapshot is compared with today."""


def _fill(store: Store, launches: int, risks: int) -> None:
    for number in range(launches):
        launch = a_launch(store, f"launch-{store.revision()}-{number}")
        for _ in range(risks):
            risk = a_risk(store, launch)
            an_assessment(store, risk)
            a_link(store, evidence_of(store, a_run(store, launch)), risk)
            a_gate(store, launch)


@pytest.mark.parametrize("page", list(MOST))
def test_a_page_asks_as_little_of_a_large_register_as_of_a_small_one(
    cast_register: Store, visit: Visit, query_counter: QueryCounter, page: str
) -> None:
    a_metric(cast_register)
    counts: list[int] = []
    for launches, risks in ((1, 1), (3, 8)):
        _fill(cast_register, launches, risks)
        with query_counter(open_register(load_settings())) as counted:
            assert not visit(page, risk="R-1").exception
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST[page]


@pytest.mark.parametrize("page", ["launches", "priorities", "risks"])
def test_a_second_visit_of_the_same_edition_asks_for_its_revision_alone(
    cast_register: Store, visit: Visit, query_counter: QueryCounter, page: str
) -> None:
    a_metric(cast_register)
    _fill(cast_register, 1, 3)
    visit(page)
    with query_counter(open_register(load_settings())) as counted:
        assert not visit(page).exception
    assert len(counted) == 2
    assert all("change.seq" in statement for statement in counted.statements)


@pytest.mark.parametrize("page", ["review", "meeting"])
def test_an_open_review_asks_no_more_once_many_signed_and_spoke(
    cast_register: Store, visit: Visit, query_counter: QueryCounter, page: str
) -> None:
    review_today(cast_register)
    counts: list[int] = []
    for signers in ((), (ELI, HANA)):
        for signer in signers:
            sign_off(cast_register, acting(signer), METHOD, REV, a_vote(**an_objection()))
            add_note(cast_register, acting(BEN), REV, "They told the room why.", "decision")
        with query_counter(open_register(load_settings())) as counted:
            assert not visit(page).exception
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[0] <= OPEN_REVIEW
