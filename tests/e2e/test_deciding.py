"""A launch review from the first signature to the decision, and the meeting by keyboard alone."""

import shutil
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import opened
from tests.e2e.conftest import Screen, Site, served
from tests.e2e.steps import choose, fill, open_page, press, sees, set_day
from tests.factories import AURORA
from tests.ui.review_scene import review_today, seen_today, today
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import Outcome, Vote


@pytest.fixture
def reviewed_site(register_with_cast: Path, tmp_path: Path) -> Generator[Site]:
    """A dashboard on a register with one launch, whose review has just begun."""
    shutil.copy(register_with_cast, tmp_path / "register.db")
    with opened(f"sqlite:///{tmp_path / 'register.db'}") as store:
        review_today(store)
    with served(tmp_path / "register.db") as running:
        yield running


@pytest.fixture
def reviewed(context: BrowserContext, reviewed_site: Site) -> Screen:
    """A tab on that dashboard."""
    return Screen(context.new_page(), reviewed_site)


def recorded(screen: Screen) -> ReviewState:
    """The review as the register holds it."""
    with opened(f"sqlite:///{screen.site.log.with_suffix('.db')}") as store:
        return seen_today(store)


def sign(screen: Screen, actor: str, vote: str) -> None:
    open_page(screen, "review", AURORA, actor=actor)
    choose(screen, "Your answer", vote)
    if vote == "object":
        fill(screen, "Why you object", "The pilot was too small.")
        fill(screen, "What would change your mind", "A pilot with 1000 people.")
    sees(screen, "Your signature will say: identity not authenticated.")
    press(screen, "Sign S-1")


def decide(screen: Screen) -> None:
    choose(screen, "Decision", "restricted")
    choose(screen, "Covers the stage", "limited preview")
    set_day(screen, "Until", (today().date() + timedelta(days=60)).isoformat())
    fill(screen, "Why", "The preview shows whether R-2 is real.")
    screen.page.locator("[class*='st-key-decide-'][class*='-save'] button").click()
    screen.settled()


def minute(screen: Screen, text: str) -> None:
    """Write a line with the keyboard alone: Tab until the line has the focus, type, Enter."""
    line = screen.page.get_by_label("Line for the minutes")
    for _ in range(40):
        if line.evaluate("field => field === document.activeElement"):
            break
        screen.page.keyboard.press("Tab")
    screen.page.keyboard.type(text)
    screen.page.keyboard.press("Enter")
    screen.settled()


def test_a_launch_is_signed_objected_to_answered_discussed_and_decided(reviewed: Screen) -> None:
    sign(reviewed, "gil", "approve")
    expect(reviewed.page.locator("h1")).to_have_text("In review: 1 of 3 required signatures")
    sign(reviewed, "hana", "object")
    sees(reviewed, "No answer yet; a decision waits for one.")

    open_page(reviewed, "meeting", AURORA, actor="ben")
    sees(reviewed, "Item 1 of 3")
    minute(reviewed, "Ask for the pilot of the second site.")
    reviewed.page.keyboard.press("n")
    sees(reviewed.settled(), "Item 2 of 3")
    minute(reviewed, "Dana and Eli look again.")
    reviewed.page.keyboard.press("p")
    sees(reviewed.settled(), "Item 1 of 3")
    assert [(note.item, note.text) for note in recorded(reviewed).notes] == [
        ("objection 2", "Ask for the pilot of the second site."),
        ("R-2", "Dana and Eli look again."),
    ]

    open_page(reviewed, "review", AURORA, actor="ben")
    fill(reviewed, "Written answer", "We took a pilot of 2000.")
    press(reviewed, "Answer the objection")
    sees(reviewed, "Answer by Ben")
    sign(reviewed, "eli", "approve")
    sign(reviewed, "fay", "approve")
    sees(reviewed, "Everything asked for is there: Fay may decide.")
    decide(reviewed)
    expect(reviewed.page.locator("h1")).to_contain_text("Restricted for limited preview until")

    (made,) = recorded(reviewed).decisions
    assert (made.outcome, made.decided_by, made.authenticated) == (Outcome.RESTRICTED, "fay", False)
    votes = [one.sign_off.vote for one in recorded(reviewed).sign_offs]
    assert votes == [Vote.APPROVE, Vote.OBJECT, Vote.APPROVE, Vote.APPROVE]
