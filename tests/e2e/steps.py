"""What a person does on a page, in words."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Screen


def open_page(screen: Screen, page: str, launch: str | None = None, **named: str) -> Screen:
    """Open a page by its name in the address."""
    parts = {"launch": launch, "as": named.pop("actor", None), **named}
    query = "&".join(f"{name}={value}" for name, value in parts.items() if value)
    return screen.open(f"/{page}?{query}")


def press(screen: Screen, name: str) -> Screen:
    """Press the button of this name."""
    screen.page.get_by_role("button", name=name).click()
    return screen.settled()


def unfold(screen: Screen, name: str) -> Screen:
    """Open the part of the page that is folded under this name."""
    screen.page.locator("summary", has_text=name).click()
    return screen.settled()


def fill(screen: Screen, label: str, text: str) -> Screen:
    """Type into a field and leave it."""
    field = screen.page.get_by_label(label).first
    field.fill(text)
    field.press("Tab")
    return screen.settled()


def choose(screen: Screen, label: str, option: str) -> Screen:
    """Choose one option of a list, or add it where several may be chosen."""
    chooser = screen.page.get_by_role("combobox", name=label).first
    chooser.click()
    chooser.press_sequentially(option)
    screen.page.get_by_role("option", name=option).first.click()
    screen.page.keyboard.press("Tab")
    return screen.settled()


def set_day(screen: Screen, label: str, day: str) -> Screen:
    """Type a day given as YYYY-MM-DD, digit by digit as on a keyboard."""
    screen.page.get_by_label(f"year, {label}").click()
    screen.page.keyboard.type(day.replace("-", ""), delay=30)
    screen.page.keyboard.press("Tab")
    return screen.settled()


def picks(screen: Screen, question: str) -> Locator:
    """The five or four picks under a question."""
    group = screen.page.get_by_role("radiogroup", name=re.compile(rf"^{re.escape(question)}"))
    return group.get_by_role("radio")


def pick(screen: Screen, question: str, number: int) -> Screen:
    """Pick the anchor of this number, from 1 on."""
    picks(screen, question).nth(number - 1).check(force=True)
    return screen.settled()


def sees(screen: Screen, text: str) -> None:
    """Find a text on the page."""
    expect(screen.page.get_by_text(text).first).to_be_visible()


def first_of(screen: Screen, table: str) -> str:
    """The first cell of a table by its key."""
    place = screen.page.locator(f".st-key-{table.replace('.', '-')}")
    return place.locator("[role=gridcell]").first.inner_text()
