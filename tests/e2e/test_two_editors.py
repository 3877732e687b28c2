"""Two people edit the same risk in two browsers: the second compares, and loses nothing typed."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Screen, Site
from tests.e2e.steps import fill, open_page, press, sees, unfold

LAUNCH = "gpt-4v-2023-09"


@pytest.fixture
def editors(browser: Browser, site: Site) -> Generator[tuple[Screen, Screen]]:
    """Two browsers that know nothing of each other, each with the form of the same risk open."""
    contexts = [browser.new_context(viewport={"width": 1400, "height": 1000}) for _ in range(2)]
    screens = []
    for context in contexts:
        context.set_default_timeout(10_000)
        screen = Screen(context.new_page(), site)
        open_page(screen, "risk", LAUNCH, risk="R-3")
        unfold(screen, "Edit")
        screens.append(screen)
    yield screens[0], screens[1]
    for context in contexts:
        context.close()


def test_the_second_sees_what_differs_keeps_what_was_typed_and_saves_it_then(
    editors: tuple[Screen, Screen],
) -> None:
    first, second = editors
    before = first.page.get_by_label("Source, if published").input_value()
    fill(second, "Title", "Title of the second")
    fill(first, "Title", "Title of the first")
    fill(first, "Source, if published", "Source of the first")
    press(first, "Save changes")
    expect(first.page.locator("h1")).to_contain_text("Title of the first")

    press(second, "Save changes")
    sees(second, "What differs")
    cells = second.page.locator("[class*='-differences'] [role=gridcell]")
    cells.first.wait_for(state="attached")
    shown = cells.all_inner_texts()
    assert shown[2:5] == ["Title of the first", "Title of the second", "yours, in place of theirs"]
    assert ["Source", before, "Source of the first", before] == shown[5:9]
    expect(second.page.get_by_label("Title").first).to_have_value("Title of the second")

    press(second, "Save changes")
    expect(second.page.locator("h1")).to_contain_text("Title of the second")
    open_page(first, "risk", LAUNCH, risk="R-3")
    unfold(first, "Edit")
    expect(first.page.get_by_label("Title").first).to_have_value("Title of the second")
    expect(first.page.get_by_label("Source, if published")).to_have_value("Source of the first")
