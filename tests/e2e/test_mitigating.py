"""From an idea to a level that falls: proposed, implemented, verified by a second person."""

from playwright.sync_api import expect

from tests.e2e.conftest import Screen
from tests.e2e.steps import choose, fill, open_page, pick, press, sees, unfold

LAUNCH = "gpt-4v-2023-09"


def move_to(screen: Screen, now: str, status: str) -> None:
    choose(screen, f"Status, now “{now}”", status)
    press(screen, "Change status")


def enter(screen: Screen) -> None:
    open_page(screen, "mitigations", LAUNCH, actor="eng-safety-systems")
    unfold(screen, "New mitigation")
    fill(screen, "Title: what it does", "Second look at every medical image")
    choose(screen, "Mechanism", "contain")
    choose(screen, "Layer", "product")
    choose(screen, "Owner", "Engineering lead, safety systems")
    choose(screen, "Risks that it lowers", "R-9")
    fill(screen, "Low estimate, R-9", "90")
    fill(screen, "Best estimate, R-9", "92")
    fill(screen, "High estimate, R-9", "95")
    press(screen, "Enter mitigation, as proposed")


def test_a_verified_mitigation_lowers_the_level_and_a_planned_one_does_not(screen: Screen) -> None:
    open_page(screen, "risk", LAUNCH, risk="R-9")
    sees(screen, "Critical")
    enter(screen)
    expect(screen.page.locator("h1")).to_contain_text("Second look at every medical image")
    move_to(screen, "proposed", "in progress")
    move_to(screen, "in progress", "implemented")
    sees(screen, "counts today: no, implemented")
    address = screen.page.url

    open_page(screen, "risk", LAUNCH, risk="R-9")
    sees(screen, "Critical, ")

    screen.page.goto(address)
    screen.settled()
    expect(screen.page.get_by_role("button", name="Verify", exact=True)).to_have_count(0)

    screen.page.goto(address.replace("as=eng-safety-systems", "as=red-team-lead"))
    screen.settled()
    pick(screen, "What was shown", 1)
    fill(screen, "Evidence: what was looked at", "Two hundred images, none passed unseen.")
    press(screen, "Verify")
    sees(screen, "counts today: yes, verified")

    open_page(screen, "risk", LAUNCH, risk="R-9")
    expect(screen.page.get_by_text("Critical, ")).to_have_count(0)


def test_a_mitigation_that_introduces_a_risk_says_so_on_both_sides(screen: Screen) -> None:
    open_page(screen, "mitigations", LAUNCH, mitigation="M-23")
    sees(screen, "It introduces or worsens R-15.")
    open_page(screen, "risk", LAUNCH, risk="R-15")
    sees(screen, "M-23")


def test_only_the_statuses_that_may_follow_are_offered(screen: Screen) -> None:
    open_page(screen, "mitigations", LAUNCH, actor="eng-product", mitigation="M-36")
    screen.page.get_by_role("combobox", name="Status, now “planned”").click()
    offered = screen.page.get_by_role("option").all_inner_texts()
    assert offered == ["proposed", "in progress", "rejected"]
