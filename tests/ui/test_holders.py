"""Who holds a role on a launch, named on its overview."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.factories import AURORA, a_launch
from tests.services.acts import state
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import field, keys, said, save
from tracker.domain.words import LaunchRoleName
from tracker.store.engine import Store

PROPOSE = f"holder.propose.{AURORA}"
CONFIRM, BACK = (f"holder.{what}.{AURORA}.LAUNCH_OWNER" for what in ("confirm", "back"))
OWNER, OFFICER = LaunchRoleName.LAUNCH_OWNER, LaunchRoleName.RESPONSIBLE_OFFICER


@pytest.fixture
def owned(cast_register: Store) -> Store:
    """A launch that Ada owns, with no other role filled."""
    a_launch(cast_register)
    return cast_register


def overview(visit: Visit, actor: str) -> AppTest:
    app = visit("overview", launch=AURORA, **{"as": actor})
    assert not app.exception
    return app


def name(visit: Visit, role: LaunchRoleName, person: str, reason: str = "") -> AppTest:
    app = overview(visit, "ben")
    assert field(app, "selectbox", "Role").value is None
    field(app, "selectbox", "Role").set_value(str(role))
    field(app, "selectbox", "Person").set_value(person)
    field(app, "text_input", "Reason, needed").set_value(reason)
    return save(app, PROPOSE)


def test_an_empty_role_is_filled_at_once(visit: Visit, owned: Store) -> None:
    name(visit, OFFICER, "eli")
    assert state(owned).launch.holders[OFFICER] == "eli"


def test_a_replacement_waits_for_a_second_person(visit: Visit, owned: Store) -> None:
    assert "reason" in said(name(visit, OWNER, "fay"))
    app = name(visit, OWNER, "fay", "Ada leaves.")
    assert "Fay is proposed as launch owner in place of Ada, by Ben: Ada leaves." in said(app)
    assert state(owned).launch.owner == "ada"
    save(app, CONFIRM)
    assert state(owned).launch.owner == "ada"
    save(overview(visit, "gil"), CONFIRM)
    assert state(owned).launch.owner == "fay"


def test_a_proposal_can_be_taken_back(visit: Visit, owned: Store) -> None:
    app = save(name(visit, OWNER, "fay", "Ada leaves."), BACK)
    assert "is proposed" not in said(app)
    assert state(owned).launch.proposed == ()


def test_whoever_may_not_reads_the_proposal_and_is_offered_nothing(
    visit: Visit, owned: Store
) -> None:
    name(visit, OWNER, "fay", "Ada leaves.")
    app = overview(visit, "cleo")
    assert "Fay is proposed" in said(app)
    assert not [key for key in keys(app) if key.startswith("holder.")]
    assert state(owned).launch.owner == "ada"
