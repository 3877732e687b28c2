"""A launch cloned from the last one: what stays behind, and how the two compare."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import ADA, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import a_launch_draft, act
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import field, said, save
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.state import LaunchState
from tracker.readers.profile import packaged_profile
from tracker.services.launch_state import launch_states
from tracker.services.launches import clone_launch
from tracker.store.engine import Store

NEXT = "borealis-1"
R2 = f"{AURORA}/R-2"


@pytest.fixture
def last(cast_register: Store) -> Store:
    """A launch with two open risks."""
    a_launch(cast_register)
    a_risk(cast_register, title="A voice is cloned")
    a_risk(cast_register, title="A face is cloned")
    return cast_register


def start_from_the_last_one(visit: Visit) -> AppTest:
    app = visit("new_launch", **{"as": "ben"})
    field(app, "selectbox", "Start from").set_value(AURORA).run()
    for label, text in (("Name", "Borealis"), ("Model version", "v2"), ("Configuration", "all")):
        field(app, "text_input", label).set_value(text)
    field(app, "selectbox", "Exposure asked").set_value("staged rollout")
    field(app, "selectbox", "Exposure now").set_value("none")
    field(app, "date_input", "Target date").set_value(datetime.now(UTC).date() + timedelta(days=60))
    field(app, "selectbox", "Launch owner").set_value("ada")
    return app


def the_clone(store: Store) -> LaunchState | None:
    found = launch_states(store, packaged_profile(), TODAY)
    return next((one for one in found if one.launch.cloned_from == AURORA), None)


def test_every_risk_comes_along_unless_somebody_says_why_not(visit: Visit, last: Store) -> None:
    app = start_from_the_last_one(visit)
    assert field(app, "multiselect", "Risks that stay behind").value == []
    save(app, "new_launch")
    clone = the_clone(last)
    assert clone is not None
    assert len(clone.risks) == 2


def test_a_risk_stays_behind_with_a_reason_and_never_without(visit: Visit, last: Store) -> None:
    app = start_from_the_last_one(visit)
    field(app, "multiselect", "Risks that stay behind").set_value([R2]).run()
    save(app, "new_launch")
    assert "needs a reason" in said(app)
    assert the_clone(last) is None
    field(app, "text_input", "Why R-2 stays behind").set_value("It makes no pictures.")
    save(app, "new_launch")
    clone = the_clone(last)
    assert clone is not None
    assert [risk.risk.title for risk in clone.risks] == ["A voice is cloned"]


def test_a_clone_is_held_against_the_last_launch_and_what_was_left_is_told(
    visit: Visit, last: Store
) -> None:
    dropped = DroppedRisk(risk=R2, reason="It makes no pictures.")
    clone_launch(last, act(ADA), AURORA, a_launch_draft(NEXT), (), (dropped,))
    app = visit("lineage", launch=NEXT, **{"as": "cleo"})
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == "Against Aurora 1: 1 removed, 1 same"
    assert "Nothing was decided on Aurora 1" in said(app)
    table = app.dataframe[0].value
    assert table[["change", "last", "here"]].values.tolist() == [
        ["removed", "R-2", ""],
        ["same", "R-1", "R-1"],
    ]
    assert "It makes no pictures" in table["words"].iloc[0]


@pytest.mark.usefixtures("last")
def test_what_is_no_clone_has_nothing_to_be_held_against(visit: Visit) -> None:
    assert "was not cloned" in said(visit("lineage", launch=AURORA, **{"as": "cleo"}))


@pytest.mark.parametrize(("launch", "offered"), [(NEXT, True), (AURORA, False)])
def test_the_overview_of_a_clone_alone_leads_there(
    visit: Visit, last: Store, launch: str, offered: bool
) -> None:
    clone_launch(last, act(ADA), AURORA, a_launch_draft(NEXT))
    app = visit("overview", launch=launch, **{"as": "cleo"})
    labels = [link.proto.label for link in app.get("page_link")]
    assert ("Compared with the last launch" in labels) is offered
