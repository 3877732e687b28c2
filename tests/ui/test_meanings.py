"""A metric that a gate reads gets another meaning by two people, on the page of the evidence."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.factories import AURORA
from tests.services.evidence_files import (
    METRIC,
    TOOL,
    a_definition,
    a_gate,
    a_reviewed_launch,
    imported,
)
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import field, keys, said, save
from tracker.domain.words import Direction, Scale
from tracker.services.metrics import metric_definitions
from tracker.store.engine import Store

PROPOSE = f"meaning.{AURORA}"
CONFIRM, BACK = (f"meaning.{what}.{TOOL}.{METRIC}" for what in ("confirm", "back"))


@pytest.fixture
def read(cast_register: Store) -> Store:
    """A launch whose one gate reads a metric of which more is better."""
    a_reviewed_launch(cast_register)
    a_definition(cast_register)
    a_gate(cast_register)
    imported(cast_register)
    return cast_register


def evidence(visit: Visit, actor: str) -> AppTest:
    app = visit("evidence", launch=AURORA, **{"as": actor})
    assert not app.exception
    return app


def propose(visit: Visit) -> AppTest:
    app = evidence(visit, "dana")
    field(app, "selectbox", "Metric").set_value(f"{TOOL}: {METRIC}")
    field(app, "selectbox", "Which way would").set_value(str(Direction.LOWER))
    field(app, "selectbox", "Values would").set_value(str(Scale.SHARE))
    field(app, "text_input", "Reason for the new").set_value("It counts failures.")
    return save(app, PROPOSE)


def direction(store: Store) -> Direction:
    return metric_definitions(store)[0].direction


def test_a_proposal_changes_nothing_until_a_second_person_confirms_it(
    visit: Visit, read: Store
) -> None:
    app = propose(visit)
    assert "Dana proposes that “refused” of Inspect mean" in said(app)
    assert direction(read) is Direction.HIGHER
    save(evidence(visit, "gil"), CONFIRM)
    assert direction(read) is Direction.LOWER
    assert "proposes that" not in said(evidence(visit, "gil"))


def test_whoever_proposed_it_is_not_offered_to_confirm_but_may_take_it_back(
    visit: Visit, read: Store
) -> None:
    app = propose(visit)
    assert f"{CONFIRM}.save" not in keys(app)
    save(app, BACK)
    assert metric_definitions(read)[0].proposed_by is None


@pytest.mark.usefixtures("read")
def test_a_viewer_is_offered_no_new_meaning(visit: Visit) -> None:
    propose(visit)
    app = evidence(visit, "cleo")
    assert "Dana proposes" in said(app)
    assert not [key for key in keys(app) if key.startswith("meaning.")]
