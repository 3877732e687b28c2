"""What is folded away at first can be used by everybody too."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import Screen
from tests.e2e.steps import choose, open_page, pick, press, unfold

GPT_4V = "gpt-4v-2023-09"


def a_new_mitigation(screen: Screen) -> None:
    open_page(screen, "mitigations", GPT_4V, actor="policy-lead")
    unfold(screen, "New mitigation")
    choose(screen, "Risks that it lowers", "R-9")
    choose(screen, "Risks that it introduces", "R-8")
    press(screen, "Enter mitigation")


def a_mitigation_in_full(screen: Screen) -> None:
    open_page(screen, "mitigations", GPT_4V, actor="red-team-lead", mitigation="M-27")
    unfold(screen, "Edit, for")
    pick(screen, "What was shown", 2)


def the_actions_of_a_risk(screen: Screen) -> None:
    open_page(screen, "risk", GPT_4V, actor="policy-lead", risk="R-6")
    unfold(screen, "Edit")
    unfold(screen, "Ask to close")


def a_refused_assessment(screen: Screen) -> None:
    open_page(screen, "assess", GPT_4V, actor="assessor-integrity", risk="R-6")
    pick(screen, "Likelihood", 5)
    press(screen, "Submit and next")


def people_and_teams(screen: Screen) -> None:
    open_page(screen, "people", actor="policy-lead")
    unfold(screen, "Invite a person")
    unfold(screen, "Add a team")


def sections_of_the_report(screen: Screen) -> None:
    open_page(screen, "report", GPT_4V)
    unfold(screen, "3 Risks")
    unfold(screen, "4 Top")


def the_path_to_green(screen: Screen) -> None:
    open_page(screen, "overview", GPT_4V)
    folded = screen.page.locator("summary").all()
    assert len(folded) > 5
    for part in folded:
        part.click()
    screen.settled()


def an_own_register(screen: Screen) -> None:
    screen.open("/")
    press(screen, "Start my own register")


@pytest.mark.parametrize(
    "opened",
    [
        a_new_mitigation,
        a_mitigation_in_full,
        the_actions_of_a_risk,
        a_refused_assessment,
        people_and_teams,
        sections_of_the_report,
        the_path_to_green,
        an_own_register,
    ],
    ids=lambda opened: opened.__name__,
)
def test_axe_finds_nothing_in_what_was_folded_away(
    screen: Screen, opened: Callable[[Screen], None]
) -> None:
    opened(screen)
    found = Axe().run(screen.page).response["violations"]
    assert [finding["id"] for finding in found] == []
