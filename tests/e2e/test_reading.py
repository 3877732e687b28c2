"""What a policy lead reads: the board, a launch, its risks, one risk, the queue, the history."""

from playwright.sync_api import expect

from tests.e2e.conftest import Screen

BOARD_ROW = 94


def test_a_click_on_the_board_opens_the_launch_and_the_address_carries_it(screen: Screen) -> None:
    screen.open()
    assert screen.headline() == "0 of 4 launches can go out"
    screen.open_row("launches.table", 0, BOARD_ROW)
    expect(screen.page.locator("h1").first).to_contain_text("Not ready")
    assert "launch=gpt-4v-2023-09" in screen.page.url


def test_a_link_opens_what_its_sender_saw(screen: Screen) -> None:
    screen.open("/risks?launch=dall-e-3-2023-10&risks.level=UNASSESSED&risks.view=Inherent")
    expect(screen.page.get_by_text("3 of 14 risks shown")).to_be_visible()
    expect(screen.page.get_by_role("radio", name="Inherent")).to_be_checked()


def test_a_click_on_a_cell_of_the_matrix_narrows_the_register(screen: Screen) -> None:
    screen.open("/risks?launch=gpt-4v-2023-09")
    expect(screen.page.get_by_text("15 of 15 risks shown")).to_be_visible()
    cell = screen.page.locator(".st-key-risks-matrix svg text", has_text="C Critical").first
    cell.click(force=True)
    screen.settled()
    expect(screen.page.get_by_text("1 of 15 risks shown")).to_be_visible()


def test_a_cell_can_be_chosen_without_a_mouse(screen: Screen) -> None:
    screen.open("/risks?launch=gpt-4v-2023-09")
    chooser = screen.page.get_by_role("combobox", name="Cell of the matrix")
    chooser.focus()
    screen.page.keyboard.type("Critical")
    screen.page.keyboard.press("Enter")
    screen.settled()
    expect(screen.page.get_by_text("1 of 15 risks shown")).to_be_visible()


def test_a_click_in_the_queue_opens_the_risk(screen: Screen) -> None:
    screen.open("/priorities")
    screen.open_row("queue.assessed", 0)
    expect(screen.page.locator("h1").first).to_contain_text("Unsafe reading of medical images")
    assert "risk=R-9" in screen.page.url
    expect(screen.page.get_by_text("How the score adds up")).to_be_visible()


def test_a_click_on_evidence_of_a_risk_opens_its_run(screen: Screen) -> None:
    screen.open("/risk?launch=gpt-4v-2023-09&risk=R-4")
    screen.page.get_by_text("Evidence that speaks to it").scroll_into_view_if_needed()
    screen.open_row("risk.evidence", 1)
    expect(screen.page.get_by_role("button", name="All evidence of this launch")).to_be_visible()
    assert "run=E-3" in screen.page.url


def test_verdict_first_step_reasons_and_path_are_read_without_scrolling(screen: Screen) -> None:
    screen.open("/overview?launch=gpt-4v-2023-09")
    for words in ("First: R-8", "2 risks UNASSESSED", "What no work on record can turn"):
        expect(screen.page.get_by_text(words).first).to_be_in_viewport()
    reasons = screen.page.get_by_role("heading", name="What holds it, and the remedy")
    path = screen.page.get_by_role("heading", name="Path to green")
    beside, left = path.bounding_box(), reasons.bounding_box()
    assert beside is not None
    assert left is not None
    assert abs(beside["y"] - left["y"]) < 2
    screen.page.get_by_role("link", name="2 of 9 gates passed").click()
    screen.settled()
    expect(screen.page.get_by_role("heading", name="2 of 9 gates passed")).to_be_visible()
    assert "launch=gpt-4v-2023-09" in screen.page.url


def test_the_acting_person_stays_chosen_on_the_next_page_and_after_a_reload(
    screen: Screen,
) -> None:
    screen.open("/history")
    screen.page.get_by_role("combobox", name="Acting as").click()
    screen.page.get_by_role("option", name="Accountable executive").click()
    screen.settled()
    screen.page.get_by_role("button", name="Portfolio").click()
    screen.page.get_by_role("menuitem", name="Priorities").click()
    screen.settled()
    actor = screen.page.get_by_role("combobox", name="Acting as")
    expect(actor).to_have_value("Accountable executive")
    screen.page.reload()
    screen.settled()
    expect(actor).to_have_value("Accountable executive")


def test_the_history_verifies_the_chain_on_request(screen: Screen) -> None:
    screen.open("/history")
    screen.page.get_by_role("button", name="Verify the register").click()
    expect(screen.page.get_by_text("Everything is as it was written")).to_be_visible()
