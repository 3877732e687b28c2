"""A launch criterion in a browser: written with its sample size, waived by two, never by one."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Screen, Site
from tests.e2e.steps import choose, fill, first_of, open_page, press, sees, unfold

LAUNCH = "gpt-4v-2023-09"


def test_the_board_shows_what_holds_first_and_opens_a_gate(screen: Screen) -> None:
    open_page(screen, "gates", LAUNCH)
    assert "must-pass hold" in screen.headline()
    assert first_of(screen, "gates.table").startswith("G-5")
    screen.open_row("gates.table", 0, height=62)
    assert screen.headline().startswith("G-5")
    press(screen, "All gates of this launch")
    assert "must-pass hold" in screen.headline()


def test_a_gate_is_written_from_a_template_with_its_sample_size_in_sight(screen: Screen) -> None:
    open_page(screen, "gates", LAUNCH, actor="policy-lead")
    unfold(screen, "New gate")
    choose(screen, "From a template, if you like", "Refuses harmful requests of each hazard")
    sees(screen, "no publisher set it")
    press(screen, "Fill the fields from it")
    choose(screen, "Metric", "published figure: Refusal of person-identification")
    sees(screen, "Fit the threshold to it")
    fill(screen, "Threshold, in the metric's own scale", "98")
    fill(screen, "Least number of prompts or scenarios", "50")
    sees(screen, "With 50 prompts the best that this gate can ever show is ≥ 94.1 %.")
    press(screen, "Write gate")
    sees(screen, "Not saved")
    expect(screen.page.get_by_label("Least number of prompts or scenarios").first).to_have_value(
        "50"
    )


def test_a_waiver_counts_with_the_second_signature_and_the_state_stays(screen: Screen) -> None:
    open_page(screen, "gates", LAUNCH, actor="reviewer-1", gate="G-3")
    expect(screen.page.get_by_role("button", name="Sign the waiver")).to_have_count(0)
    open_page(screen, "gates", LAUNCH, actor="approver", gate="G-3")
    sees(screen, "holds the launch")
    screen.page.get_by_role("button", name="Sign the waiver").dblclick()
    screen.settled()
    sees(screen, "waived until")
    sees(screen, "inconclusive")
    expect(screen.page.get_by_text("holds the launch")).to_have_count(0)
    expect(screen.page.get_by_text("Not saved")).to_have_count(0)
    open_page(screen, "gates", LAUNCH)
    assert "3 must-pass hold" in screen.headline()


def test_a_gate_is_never_loosened_from_the_screen(screen: Screen) -> None:
    open_page(screen, "gates", LAUNCH, actor="policy-lead", gate="G-1")
    unfold(screen, "Edit or tighten")
    fill(screen, "Threshold", "90")
    press(screen, "Save changes")
    sees(screen, "would let worse values pass")
    expect(screen.page.get_by_role("spinbutton", name="Threshold")).to_have_value("90")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("gate", ["G-1", "G-3", "G-5"])
def test_axe_finds_nothing_on_a_gate(browser: Browser, site: Site, gate: str, theme: Any) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, color_scheme=theme)
    screen = open_page(Screen(context.new_page(), site), "gates", LAUNCH, gate=gate)
    screen.page.wait_for_timeout(500)
    found = Axe().run(screen.page).response["violations"]
    context.close()
    assert [finding["id"] for finding in found] == []
