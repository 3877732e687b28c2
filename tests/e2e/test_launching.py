"""A new launch: from nothing, and as a clone of another."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import Screen
from tests.e2e.steps import choose, fill, open_page, press, sees, set_day

TARGET = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
OWNER = "Engineering lead, product; owns the launches"


def describe(screen: Screen, name: str) -> None:
    fill(screen, "Name", name)
    fill(screen, "Model version", "GPT-4V-next")
    fill(screen, "Configuration", "images and text in, text out")
    choose(screen, "Exposure asked for", "staged rollout")
    choose(screen, "Exposure now", "internal limited")
    set_day(screen, "Target date", TARGET)
    choose(screen, "Launch owner", OWNER)


def test_a_clone_brings_risks_and_mitigations_and_leaves_judgements_behind(screen: Screen) -> None:
    open_page(screen, "new_launch", actor="policy-lead")
    choose(screen, "Start from", "GPT-4V (GPT-4 with vision)")
    sees(screen, "Does not come along: assessments")
    describe(screen, "Vision, second try")
    press(screen, "Register launch")
    expect(screen.page.locator("h1")).to_contain_text("Not ready")
    key = f"vision-second-try-{TARGET[:7]}"
    assert f"launch={key}" in screen.page.url

    open_page(screen, "risks", key)
    assert screen.headline() == "15 open risks: 15 UNASSESSED, 0 Critical, 0 High"
    open_page(screen, "mitigations", key)
    expect(screen.page.locator("h1")).to_contain_text("0 verified today")
    open_page(screen, "scope", key, actor="policy-lead")
    assert screen.headline() == "25 policy areas undecided, 0 exclusions unconfirmed"


def test_a_new_launch_starts_with_every_area_undecided_and_exclusions_need_a_second_person(
    screen: Screen,
) -> None:
    open_page(screen, "new_launch", actor="policy-lead")
    describe(screen, "Small helper")
    choose(screen, "Likeness, voice cloning and synthetic-media provenance", "not applicable")
    fill(screen, "Why not applicable?", "Only text comes out.")
    choose(screen, "Privacy, surveillance and biometric inference", "in scope")
    press(screen, "Register launch")
    key = f"small-helper-{TARGET[:7]}"
    open_page(screen, "scope", key, actor="policy-lead")
    assert screen.headline() == "23 policy areas undecided, 1 exclusion unconfirmed"
    press(screen, "Confirm “not applicable”")
    sees(screen, "decided this or owns the launch")
    open_page(screen, "scope", key, actor="assessor-integrity")
    press(screen, "Confirm “not applicable”")
    assert screen.headline() == "23 policy areas undecided, 0 exclusions unconfirmed"


def test_a_refused_launch_keeps_what_was_typed(screen: Screen) -> None:
    open_page(screen, "new_launch", actor="policy-lead")
    fill(screen, "Name", "GPT-4V (GPT-4 with vision)")
    press(screen, "Register launch")
    sees(screen, "Not saved:")
    expect(screen.page.get_by_label("Name").first).to_have_value("GPT-4V (GPT-4 with vision)")
