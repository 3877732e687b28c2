"""Signing in with a real OpenID provider, over real HTTP, in a real browser."""

import json
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cast import BEN
from tests.conftest import opened
from tests.e2e.conftest import Screen, Site, free_port, served
from tests.e2e.steps import choose, fill, open_page, press, sees, unfold
from tests.factories import a_launch
from tests.services.acts import act
from tracker.domain.drafts import PersonChange, PersonDraft
from tracker.domain.words import Role
from tracker.services.history import history
from tracker.services.people import add_person, people
from tracker.services.person_changes import change_person, seen_as, set_active
from tracker.store.engine import Store

LEAD = "lea@lab.example"
CLIENT_SECRET = "client-s3cret-of-the-tests"
COOKIE_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
PROVIDER = Path(__file__).with_name("openid_provider.py")
NOT_HELD = "the answer of the provider does not hold"


class Provider:
    """The OpenID provider as tests use it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def alter(self, **claims: Any) -> None:
        """Change the claims of the tokens that come; None takes a claim out."""
        self._put("/alter", claims)

    def knows(self, email: str, **claims: Any) -> None:
        """Let somebody sign in whose claims are these."""
        self._put(f"/users/{email}", {"email": email, "email_verified": True, **claims})

    def _put(self, path: str, body: object) -> None:
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method="PUT")
        urllib.request.urlopen(request, timeout=10).close()


@pytest.fixture(scope="module")
def running_provider() -> Generator[str]:
    port = free_port()
    program = [sys.executable, str(PROVIDER), str(port)]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    try:
        _wait_for(f"{url}/.well-known/openid-configuration", process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the OpenID provider did not start")


@pytest.fixture
def provider(running_provider: str) -> Provider:
    """A provider that knows the policy lead and issues good tokens."""
    found = Provider(running_provider)
    found.alter()
    found.knows(LEAD)
    return found


@pytest.fixture(scope="module")
def register(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register to which Lea was invited, and Ida, who is no longer active."""
    path = tmp_path_factory.mktemp("signing_in") / "register.db"
    shutil.copy(register_with_cast, path)
    with opened(f"sqlite:///{path}") as store:
        a_launch(store, "aurora-1", name="Aurora")
        for name, role in (("Lea", Role.POLICY_LEAD), ("Ida", Role.VIEWER)):
            email = f"{name.lower()}@lab.example"
            draft = PersonDraft(key=name.lower(), name=name, roles=frozenset({role}), sign_in=email)
            add_person(store, act(BEN), draft)
        set_active(store, act(BEN, "Left."), "ida", False, seen_as(people(store)["ida"]))
    return path


@pytest.fixture
def store(register: Path) -> Generator[Store]:
    with opened(f"sqlite:///{register}") as found:
        yield found


@pytest.fixture(scope="module")
def signing_site(register: Path, running_provider: str) -> Generator[Site]:
    """A dashboard at which people sign in."""
    settings = {
        "SIGN_IN": "oidc",
        "PUBLIC_URL": "http://localhost:{port}",
        "OIDC_METADATA_URL": f"{running_provider}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "holdpoint",
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_COOKIE_SECRET": COOKIE_SECRET,
    }
    with served(register, **settings) as site:
        yield Site(site.url.replace("127.0.0.1", "localhost"), site.log)


@pytest.fixture
def screen(context: BrowserContext, signing_site: Site) -> Screen:
    """A tab on the dashboard at which people sign in."""
    return Screen(context.new_page(), signing_site)


def at_the_provider(screen: Screen, email: str = LEAD, *, agree: bool = True) -> Screen:
    """Go from the dashboard to the provider and back."""
    screen.page.get_by_role("button", name="Sign in").click()
    if agree:
        screen.page.get_by_placeholder("sub").fill(email)
    screen.page.get_by_role("button", name="Authorize" if agree else "Deny", exact=True).click()
    screen.page.wait_for_url(f"{screen.site.url}/**")
    return screen.settled()


def sign_in(screen: Screen, email: str = LEAD) -> Screen:
    screen.open()
    return at_the_provider(screen, email)


def nothing_of_the_register(screen: Screen) -> None:
    expect(screen.page.locator("h1")).to_have_text("Holdpoint")
    drawn = screen.page.content()
    assert "Aurora" not in drawn
    assert "Portfolio" not in drawn


def is_let_in(screen: Screen) -> None:
    sees(screen, "Lea")
    drawn = screen.page.content()
    assert "Aurora" in drawn
    assert "Portfolio" in drawn


@pytest.mark.usefixtures("provider")
def test_a_person_signs_in_acts_under_their_name_and_logs_out(screen: Screen, store: Store) -> None:
    screen.open("/people?as=ben")
    nothing_of_the_register(screen)
    is_let_in(at_the_provider(screen))
    expect(screen.page.get_by_text("not authenticated")).to_have_count(0)

    open_page(screen, "people", actor="ben")
    expect(screen.page.get_by_role("combobox", name="Acting as")).to_have_count(0)
    unfold(screen, "Invite a person")
    fill(screen, "Name", "Max Planck")
    choose(screen, "Roles", "assessor")
    press(screen, "Invite person")
    newest = history(store, subject="max-planck")[0]
    assert (newest.actor, newest.authenticated) == ("lea", True)

    screen.page.get_by_role("button", name="Log out").click()
    screen.page.get_by_role("button", name="End session").click()
    screen.page.wait_for_url(f"{screen.site.url}/**")
    screen.settled()
    nothing_of_the_register(screen)
    expect(screen.page.get_by_text(NOT_HELD)).to_have_count(0)
    screen.open("/people")
    nothing_of_the_register(screen)


NOW = int(time.time())


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"iat": NOW - 7200, "exp": NOW - 3600}, NOT_HELD),
        ({"aud": ["other"]}, NOT_HELD),
        ({"aud": ["other"], "azp": "holdpoint"}, "was meant for another program"),
        ({"iss": "http://elsewhere.example"}, NOT_HELD),
        ({"nonce": "another"}, NOT_HELD),
        ({"sub": None}, NOT_HELD),
        ({"forged": True}, NOT_HELD),
        ({"email": None}, "the claim “email” is missing"),
        ({"email_verified": False}, "is not verified"),
        ({"iat": NOW - 13 * 3600}, "Your sign-in has ended: it lasts 12 hours"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_a_token_that_does_not_hold_is_refused_in_words(
    screen: Screen, provider: Provider, claims: dict[str, Any], words: str
) -> None:
    provider.alter(**claims)
    sign_in(screen)
    sees(screen, words)
    nothing_of_the_register(screen)


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("mallory@lab.example", "Nobody in this register signs in as “mallory@"),
        ("ida@lab.example", "Ida is no longer active in this register"),
    ],
)
def test_strangers_and_inactive_people_see_why_and_nothing_else(
    screen: Screen, provider: Provider, email: str, words: str
) -> None:
    provider.knows(email)
    sign_in(screen, email)
    sees(screen, words)
    nothing_of_the_register(screen)
    expect(screen.page.get_by_role("button", name="Log out")).to_have_count(1)


@pytest.mark.usefixtures("provider")
def test_a_sign_in_that_was_cancelled_is_explained_and_can_be_repeated(screen: Screen) -> None:
    screen.open()
    at_the_provider(screen, agree=False)
    sees(screen, "it was cancelled")
    screen.open("/risks?launch=aurora-1")
    nothing_of_the_register(screen)
    is_let_in(at_the_provider(screen))


def test_who_is_deactivated_while_a_page_is_open_saves_nothing_more(
    screen: Screen, provider: Provider, store: Store
) -> None:
    provider.knows("gil@lab.example")
    lead = PersonChange(roles=frozenset({Role.ADMIN}), sign_in="gil@lab.example")
    change_person(store, act(BEN, "Signs in."), "gil", lead, seen_as(people(store)["gil"]))
    sign_in(screen, "gil@lab.example")
    open_page(screen, "people")
    unfold(screen, "Invite a person")
    fill(screen, "Name", "Eve Left")
    choose(screen, "Roles", "admin")
    out = PersonDraft(key="ann", name="Ann", roles=frozenset({Role.ADMIN}))
    add_person(store, act(BEN), out)
    set_active(store, act(BEN, "Left."), "gil", False, seen_as(people(store)["gil"]))
    press(screen, "Invite person")
    sees(screen, "no longer active")
    nothing_of_the_register(screen)
    assert "eve-left" not in people(store)


@pytest.mark.usefixtures("provider")
def test_files_of_the_register_are_given_to_nobody_who_has_not_signed_in(screen: Screen) -> None:
    file = f"{screen.site.url}/media/0f1e2d.pdf"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(file, timeout=10)
    assert refused.value.code == 403
    refused.value.close()
    forged = {"Cookie": "_streamlit_user=eyJlbWFpbCI6ImxlYSJ9.sig"}
    assert screen.page.request.get(file, headers=forged).status == 403
    sign_in(screen)
    assert screen.page.request.get(file).status == 404


@pytest.mark.usefixtures("provider")
def test_secrets_are_neither_printed_nor_sent(screen: Screen) -> None:
    sign_in(screen)
    sent = screen.page.content() + screen.site.log.read_text()
    assert CLIENT_SECRET not in sent
    assert COOKIE_SECRET not in sent
    cookies = {cookie.get("name"): cookie for cookie in screen.page.context.cookies()}
    assert cookies["_streamlit_user"].get("httpOnly")
    assert cookies["_streamlit_user"].get("sameSite") == "Lax"
