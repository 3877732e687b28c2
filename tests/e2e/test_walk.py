"""One walk through the main job, as a safety-policy lead and colleagues do it on the demo.

It is one story on one register: what is entered in an early step shows in the later ones.
"""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader

from tests.e2e.conftest import Screen, Site
from tests.e2e.steps import (
    choose,
    fill,
    first_of,
    open_page,
    pick,
    press,
    sees,
    set_day,
    unfold,
)
from tests.e2e.test_launching import OWNER, TARGET

GPT_4V = "gpt-4v-2023-09"
BOARD_ROW = 94


@pytest.fixture
def lead(context: BrowserContext, site: Site) -> Screen:
    """The safety policy lead at the dashboard."""
    return Screen(context.new_page(), site)


def test_a_policy_lead_finds_what_holds_a_launch_acts_on_it_and_hands_on_a_summary(
    lead: Screen,
) -> None:
    the_board_shows_what_holds_each_launch(lead)
    the_queue_puts_what_is_unknown_first(lead)
    the_overview_says_why_and_what_to_do(lead)
    ref = a_new_risk_is_entered_and_is_unassessed(lead)
    an_assessment_moves_it_in_the_queue(lead, ref)
    a_mitigation_lowers_it_once_somebody_else_verified_it(lead, ref)
    the_summary_can_be_handed_on(lead)
    the_library_answers_which_areas_cover_confabulation(lead)
    the_next_launch_starts_from_this_one(lead)


def the_board_shows_what_holds_each_launch(lead: Screen) -> None:
    lead.open()
    assert lead.headline() == "0 of 4 launches can go out"
    sees(lead, "illustrative judgement")
    sees(lead, "identity not authenticated")
    lead.open_row("launches.table", 0, BOARD_ROW)
    assert f"launch={GPT_4V}" in lead.page.url


def the_queue_puts_what_is_unknown_first(lead: Screen) -> None:
    open_page(lead, "priorities")
    headings = lead.page.locator("h2").all_inner_texts()
    assert headings[0].startswith("UNASSESSED: ")
    assert headings[1].startswith("Assessed: ")
    assert first_of(lead, "queue.assessed") == "R-9"


def the_overview_says_why_and_what_to_do(lead: Screen) -> None:
    open_page(lead, "overview", GPT_4V)
    expect(lead.page.locator("h1")).to_contain_text("Not ready")
    sees(lead, "What holds it, and the remedy")


def a_new_risk_is_entered_and_is_unassessed(lead: Screen) -> str:
    open_page(lead, "risks", GPT_4V, actor="policy-lead")
    assert lead.headline() == "15 open risks: 2 UNASSESSED, 1 Critical, 8 High"
    unfold(lead, "New risk")
    fill(lead, "Title", "A stranger is found from one holiday photo")
    fill(lead, "Scenario", "Somebody uploads a photo of a stranger and is told who and where.")
    choose(lead, "Policy area", "Privacy, surveillance and biometric inference")
    choose(lead, "Codes of public taxonomies", "GAI-4")
    press(lead, "Enter risk")
    expect(lead.page.locator("h1")).to_contain_text("A stranger is found")
    sees(lead, "UNASSESSED")
    open_page(lead, "risks", GPT_4V)
    assert lead.headline() == "16 open risks: 3 UNASSESSED, 1 Critical, 8 High"
    return "R-16"


def an_assessment_moves_it_in_the_queue(lead: Screen, ref: str) -> None:
    open_page(lead, "assess", GPT_4V, actor="assessor-integrity", risk=ref)
    sees(lead, "Still to pick: likelihood, severity, exposure, reversibility, business impact.")
    pick(lead, "Likelihood", 5)
    pick(lead, "Severity", 4)
    pick(lead, "Exposure", 3)
    pick(lead, "Reversibility", 3)
    pick(lead, "Business impact", 5)
    pick(lead, "Evidence grade", 3)
    press(lead, "Submit and next")
    sees(lead, "a pick of 4 or 5 needs a reason")
    fill(lead, "Rationale for the whole", "Tried on the first day; stalking ends in injury.")
    sees(lead, "Harm score 7.9")
    press(lead, "Submit and next")
    sees(lead, f"Submitted: {ref}")
    open_page(lead, "priorities")
    assert first_of(lead, "queue.assessed") == ref


def a_mitigation_lowers_it_once_somebody_else_verified_it(lead: Screen, ref: str) -> None:
    open_page(lead, "mitigations", GPT_4V, actor="eng-product")
    unfold(lead, "New mitigation")
    fill(lead, "Title: what it does", "No name for a face")
    choose(lead, "Mechanism", "prevent")
    choose(lead, "Layer", "model")
    choose(lead, "Owner", "Engineering lead, model training")
    choose(lead, "Risks that it lowers", f"{ref} A stranger")
    for estimate, share in (("Low", "95"), ("Best", "97"), ("High", "99")):
        fill(lead, f"{estimate} estimate, {ref}", share)
    press(lead, "Enter mitigation, as proposed")
    for now, after in (("proposed", "in progress"), ("in progress", "implemented")):
        choose(lead, f"Status, now “{now}”", after)
        press(lead, "Change status")
    mitigation = lead.page.url.partition("mitigation=")[2].partition("&")[0]

    open_page(lead, "risk", GPT_4V, risk=ref)
    sees(lead, "Critical, 7.9 today")
    open_page(lead, "mitigations", GPT_4V, actor="red-team-lead", mitigation=mitigation)
    pick(lead, "What was shown", 2)
    fill(lead, "Evidence: what was looked at", "2 000 photos of consenting people; 60 named.")
    fill(lead, f"Share removed of {ref}", "96")
    press(lead, "Verify")
    sees(lead, "counts today: yes, verified")
    open_page(lead, "risk", GPT_4V, risk=ref)
    sees(lead, "High, 6.5 today")


def the_summary_can_be_handed_on(lead: Screen) -> None:
    open_page(lead, "report", GPT_4V, actor="policy-lead")
    with lead.page.expect_download(timeout=60_000) as waiting:
        lead.page.get_by_role("button", name="PDF, .pdf").click()
    pages = PdfReader(BytesIO(Path(waiting.value.path()).read_bytes())).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "Not ready" in pages[0].extract_text()
    assert "A stranger is found from one holiday photo" in text


def the_library_answers_which_areas_cover_confabulation(lead: Screen) -> None:
    open_page(lead, "areas")
    choose(lead, "Taxonomy", "NIST")
    choose(lead, "Item", "Confabulation")
    sees(lead, "is covered by: ")
    open_page(lead, "profile")
    sees(lead, "A risk that is ten times rarer may be ten times worse and keep its score.")


def the_next_launch_starts_from_this_one(lead: Screen) -> None:
    open_page(lead, "new_launch", actor="policy-lead")
    choose(lead, "Start from", "GPT-4V (GPT-4 with vision)")
    fill(lead, "Name", "GPT-4V, next version")
    fill(lead, "Model version", "GPT-4V-2")
    fill(lead, "Configuration", "images and text in, text out")
    choose(lead, "Exposure asked for", "general availability")
    choose(lead, "Exposure now", "none")
    set_day(lead, "Target date", TARGET)
    choose(lead, "Launch owner", OWNER)
    press(lead, "Register launch")
    expect(lead.page.locator("h1")).to_contain_text("Not ready")
    lead.open()
    assert lead.headline() == "0 of 5 launches can go out"
