"""A save happens once: after a double click, an interruption, and a restart of the program."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import opened
from tests.e2e.conftest import Screen, Site, served
from tests.e2e.steps import choose, fill, open_page, sees, unfold
from tracker.services.history import history

LAUNCH = "gpt-4v-2023-09"


@pytest.fixture(scope="module")
def program(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[served]:
    """A dashboard that a test may restart."""
    register = tmp_path_factory.mktemp("saving") / "register.db"
    shutil.copy(demo_file, register)
    running = served(register)
    with running:
        yield running


@pytest.fixture
def form(context: BrowserContext, program: served) -> Screen:
    """The form for a new risk, filled in."""
    screen = Screen(context.new_page(), Site(f"http://127.0.0.1:{program.port}", program.log))
    open_page(screen, "risks", LAUNCH)
    unfold(screen, "New risk")
    fill(screen, "Scenario", "Somebody presses twice.")
    choose(screen, "Policy area", "Fraud")
    return screen


def _saved(program: served, title: str) -> int:
    with opened(f"sqlite:///{program.register}") as store:
        entered = history(store, entity="risk", launch=LAUNCH, limit=500)
    return sum(change.fields.get("title") == (None, title) for change in entered)


def test_a_double_click_enters_one_risk(form: Screen, program: served) -> None:
    fill(form, "Title", "Pressed twice")
    form.page.get_by_role("button", name="Enter risk").dblclick()
    expect(form.page.locator("h1")).to_contain_text("Pressed twice")
    assert _saved(program, "Pressed twice") == 1


def test_a_click_elsewhere_right_after_loses_nothing(form: Screen, program: served) -> None:
    fill(form, "Title", "Left at once")
    save = form.page.get_by_role("button", name="Enter risk").element_handle()
    other = form.page.get_by_role("radio", name="Inherent").element_handle()
    form.page.evaluate("both => both.forEach(each => each.click())", [save, other])
    form.settled()
    form.page.wait_for_timeout(1000)
    assert _saved(program, "Left at once") == 1


def test_the_first_click_after_a_restart_saves_what_was_typed_before_it(
    form: Screen, program: served
) -> None:
    fill(form, "Title", "Typed before the restart")
    program.restart()
    form.settled()
    form.page.get_by_role("button", name="Enter risk").click()
    expect(form.page.locator("h1")).to_contain_text("Typed before the restart", timeout=20_000)
    assert _saved(program, "Typed before the restart") == 1


def test_what_was_refused_stays_typed_and_says_what_is_wrong(form: Screen, program: served) -> None:
    form.page.get_by_role("button", name="Enter risk").click()
    sees(form, "Title")
    expect(form.page.get_by_text("Not saved")).to_be_visible()
    expect(form.page.get_by_label("Scenario")).to_have_value("Somebody presses twice.")
    assert _saved(program, "") == 0
