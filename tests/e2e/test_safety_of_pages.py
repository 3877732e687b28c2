"""Nothing leaves the machine, nothing hostile runs, and every page can be used by everybody."""

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog

from tests.e2e.conftest import Screen, Site
from tracker.ui.navigation import ENTRIES

PAGES = [entry.name for entry in ENTRIES if entry.path.is_file()]
ADDRESS = "/{page}?launch=gpt-4v-2023-09&risk=R-6"

ACCEPTED: dict[str, frozenset[str]] = {"light": frozenset(), "dark": frozenset()}
"""Findings in the framework's own markup that are accepted, by axe's rule, per theme."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_beyond_the_accepted_list_and_nothing_is_asked_for_elsewhere(
    browser: Browser, site: Site, page: str, theme: Any
) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, color_scheme=theme)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    screen = Screen(context.new_page(), site).open(ADDRESS.format(page=page))
    screen.page.wait_for_timeout(500)
    found = Axe().run(screen.page).response["violations"]
    context.close()
    assert _lines([finding for finding in found if finding["id"] not in ACCEPTED[theme]]) == []
    own = (site.url, site.url.replace("http", "ws"), "data:", "blob:")
    assert [address for address in asked if not address.startswith(own)] == []


def _lines(violations: Sequence[dict[str, Any]]) -> list[str]:
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_title_makes_no_link_no_picture_and_no_dialog(
    context: BrowserContext, hostile_site: Site, outgoing: list[str], page: str
) -> None:
    tab = context.new_page()
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    tab.on("dialog", dismiss)
    screen = Screen(tab, hostile_site).open(f"/{page}?launch=hostile-1&risk=R-1")
    assert screen.page.locator("a[href*='evil']").count() == 0
    assert screen.page.locator("img[src*='evil']").count() == 0
    assert not dialogs
    assert not [address for address in outgoing if "evil" in address]
    width = "() => document.scrollingElement.scrollWidth <= window.innerWidth"
    assert screen.page.evaluate(width)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_register_is_drawn_without_an_error(
    context: BrowserContext, empty_site: Site, page: str
) -> None:
    screen = Screen(context.new_page(), empty_site).open(f"/{page}")
    assert screen.page.get_by_text("Something unexpected happened").count() == 0
    assert screen.page.get_by_text("identity not authenticated").count() >= 1
