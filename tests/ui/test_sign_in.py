"""Before anybody signed in nothing of the register is shown; local mode says what it is."""

import pytest

from tests.factories import a_launch, a_risk
from tests.ui.conftest import Visit, words
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


@pytest.mark.usefixtures("cast_register")
def test_local_mode_is_marked_and_lets_one_choose_who_acts(visit: Visit) -> None:
    app = visit("launches", **{"as": "cleo"})
    assert "Local mode: identity not authenticated" in words(app)
    assert app.selectbox(key="header.actor").value == "cleo"
    assert "Log out" not in [button.label for button in app.button]
