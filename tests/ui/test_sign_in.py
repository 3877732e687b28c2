"""Before anybody signed in nothing of the register is shown; local mode says what it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN
from tests.factories import a_launch, a_risk
from tests.services.acts import act
from tests.ui.conftest import Visit, words
from tracker.domain.drafts import PersonChange
from tracker.domain.words import Role
from tracker.services.people import people
from tracker.services.person_changes import change_person, seen_as
from tracker.store.engine import Store
from tracker.ui.navigation import ENTRIES

OIDC = {
    "SIGN_IN": "oidc",
    "PUBLIC_URL": "http://localhost:8501",
    "OIDC_METADATA_URL": "http://localhost:9400/.well-known/openid-configuration",
    "OIDC_CLIENT_ID": "holdpoint",
    "OIDC_CLIENT_SECRET": "c1ient-s3cret",
    "OIDC_COOKIE_SECRET": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
}
PAGES = [entry.name for entry in ENTRIES if entry.path.is_file()]


@pytest.fixture
def with_sign_in(monkeypatch: pytest.MonkeyPatch, cast_register: Store) -> None:
    """A register with a launch and a risk, where people sign in."""
    for name, value in OIDC.items():
        monkeypatch.setenv(f"HOLDPOINT_{name}", value)
    a_launch(cast_register, "aurora-1", name="Aurora")
    a_risk(cast_register, title="Voice of a relative is cloned")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("with_sign_in")
def test_every_page_only_offers_to_sign_in(visit: Visit, page: str) -> None:
    """The parameter `as`, which names the policy lead, changes nothing."""
    app = visit(page, launch="aurora-1", risk="R-1", **{"as": "ben"})
    assert not app.exception
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.selectbox
    assert not app.dataframe
    said = words(app)
    assert "shown to people who sign in" in said
    for secret in ("Aurora", "aurora-1", "Ben", "Voice of a relative", "R-1"):
        assert secret not in said


@pytest.mark.usefixtures("with_sign_in")
def test_a_sign_in_that_failed_is_explained(visit: Visit) -> None:
    said = words(visit("launches", refused="1"))
    assert "It may have expired, be meant for another program" in said


def claims(app: AppTest, *, age: timedelta = timedelta(minutes=1), **more: object) -> AppTest:
    """Let Streamlit say that somebody signed in this long ago."""
    issued = int((datetime.now(UTC) - age).timestamp())
    told = {"email": "ben@lab.example", "aud": "holdpoint", "iat": issued}
    app.user = {"is_logged_in": True, **told, **more}
    return app.run()


@pytest.fixture
def ben_signs_in(with_sign_in: None, cast_register: Store) -> None:  # noqa: ARG001
    """Ben, the policy lead, has a sign-in name."""
    mine = PersonChange(roles=BEN.person.roles, sign_in="ben@lab.example")
    change_person(cast_register, act(BEN, "First."), "ben", mine, seen_as(BEN.person))


@pytest.mark.usefixtures("ben_signs_in")
def test_who_signed_in_acts_whatever_the_address_says(visit: Visit) -> None:
    app = claims(visit("people", **{"as": "cleo"}))
    said = words(app)
    assert ":material/verified_user: Ben" in said
    assert "not authenticated" not in said
    assert "header.actor" not in [box.key for box in app.selectbox]
    assert "Log out" in [button.label for button in app.button]


@pytest.mark.usefixtures("ben_signs_in")
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"age": timedelta(hours=13)}, "has ended: it lasts 12 hours"),
        ({"aud": "other"}, "meant for another program"),
        ({"email": "eve@lab.example"}, "Nobody in this register signs in as"),
        ({"is_logged_in": False}, "shown to people who sign in"),
    ],
)
def test_a_sign_in_that_no_longer_holds_shows_nothing(
    visit: Visit, told: dict[str, Any], why: str
) -> None:
    app = claims(visit("risks", launch="aurora-1"), **told)
    said = words(app)
    assert why in said
    assert "Aurora" not in said
    assert not app.dataframe


@pytest.mark.usefixtures("ben_signs_in")
def test_a_sign_in_that_ends_while_a_page_is_open_saves_nothing_more(
    visit: Visit, cast_register: Store
) -> None:
    app = claims(visit("people"))
    next(box for box in app.text_input if box.label == "Name").set_value("Grace Hopper")
    next(box for box in app.multiselect if box.label == "Roles").set_value(["assessor"])
    app.button(key="person.new.save").click()
    app = claims(app, age=timedelta(hours=13))
    assert "has ended: it lasts 12 hours" in words(app)
    assert "grace-hopper" not in people(cast_register)


@pytest.mark.usefixtures("ben_signs_in")
def test_roles_that_come_from_groups_are_not_changed_by_hand(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, cast_register: Store
) -> None:
    monkeypatch.setenv("HOLDPOINT_OIDC_ROLES_CLAIM", "groups")
    monkeypatch.setenv("HOLDPOINT_OIDC_ROLES", "hq=admin")
    app = claims(visit("people"), groups=["hq"])
    assert people(cast_register)["ben"].roles == {Role.ADMIN}
    app = app.selectbox(key="people.chosen").set_value("dana").run()
    drawn = [box.key or "" for box in app.multiselect]
    assert not [key for key in drawn if key.startswith("person.change.dana.roles")]
    assert "Roles come from the groups" in words(app)


@pytest.mark.usefixtures("cast_register")
def test_local_mode_is_marked_and_lets_one_choose_who_acts(visit: Visit) -> None:
    app = visit("launches", **{"as": "cleo"})
    assert "Local mode: identity not authenticated" in words(app)
    assert app.selectbox(key="header.actor").value == "cleo"
    assert "Log out" not in [button.label for button in app.button]
