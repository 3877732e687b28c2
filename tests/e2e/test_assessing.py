"""An assessor at work: what is typed stays, what is submitted counts once and changes the order."""

from playwright.sync_api import BrowserContext, expect

from tests.conftest import opened
from tests.e2e.conftest import Screen, Site
from tests.e2e.steps import fill, open_page, pick, picks, press, sees
from tracker.domain.records import AssessmentRecord
from tracker.services.assessments import assessments_of

LAUNCH = "gpt-4v-2023-09"
WHO = "assessor-fairness"


def recorded(site: Site, risk: str) -> list[AssessmentRecord]:
    """What the register holds of this assessor on a risk."""
    with opened(f"sqlite:///{site.log.with_suffix('.db')}") as store:
        made = assessments_of(store, f"{LAUNCH}/{risk}")
    return [record for record in made if record.assessor == WHO]


def pick_all(screen: Screen) -> None:
    pick(screen, "Likelihood", 3)
    pick(screen, "Severity", 3)
    pick(screen, "Exposure", 2)
    pick(screen, "Reversibility", 2)
    pick(screen, "Business impact", 3)


def test_no_pick_is_made_beforehand_and_no_level_shows_before_its_picks_are_there(
    screen: Screen,
) -> None:
    open_page(screen, "assess", LAUNCH, actor=WHO, risk="R-13")
    for question in ("Likelihood", "Severity", "Exposure", "Reversibility", "Business impact"):
        for each in picks(screen, question).all():
            expect(each).not_to_be_checked()
    pick(screen, "Likelihood", 5)
    pick(screen, "Severity", 5)
    pick(screen, "Exposure", 5)
    sees(screen, "Still to pick: reversibility, business impact.")
    expect(screen.page.get_by_text("Harm score")).to_have_count(0)
    pick(screen, "Reversibility", 5)
    sees(screen, "Harm score 10.4")
    expect(screen.page.get_by_text("priority 10.")).to_have_count(0)


def test_a_reload_and_another_browser_show_everything_that_was_typed(
    screen: Screen, context: BrowserContext, site: Site
) -> None:
    open_page(screen, "assess", LAUNCH, actor=WHO, risk="R-8")
    pick(screen, "Likelihood", 4)
    screen.page.get_by_label("Why 4?").press_sequentially("Every red team managed it")
    screen.page.wait_for_timeout(800)
    screen.settled()
    fill(screen, "Rationale for the whole", "Photos carry more than people think.")
    sees(screen, "Draft kept")

    screen.page.reload()
    for shown in (screen.settled(), Screen(context.new_page(), site)):
        open_page(shown, "assess", LAUNCH, actor=WHO, risk="R-8")
        expect(picks(shown, "Likelihood").nth(3)).to_be_checked()
        expect(shown.page.get_by_label("Why 4?")).to_have_value("Every red team managed it")
        expect(shown.page.get_by_label("Rationale for the whole")).to_have_value(
            "Photos carry more than people think."
        )

    open_page(screen, "assess", LAUNCH, actor="policy-lead", risk="R-8")
    expect(picks(screen, "Likelihood").nth(3)).not_to_be_checked()
    assert recorded(site, "R-8") == []


def test_a_refused_assessment_says_what_is_missing_and_keeps_what_was_typed(
    screen: Screen, site: Site
) -> None:
    before = recorded(site, "R-14")
    open_page(screen, "assess", LAUNCH, actor=WHO, risk="R-14")
    pick_all(screen)
    pick(screen, "Severity", 5)
    press(screen, "Submit and next")
    sees(screen, "Grade is missing")
    pick(screen, "Evidence grade", 2)
    press(screen, "Submit and next")
    sees(screen, "a pick of 4 or 5 needs a reason; missing for severity")
    expect(picks(screen, "Severity").nth(4)).to_be_checked()
    assert recorded(site, "R-14") == before


def test_a_double_click_on_submit_makes_one_assessment_and_the_confirmation_stays(
    screen: Screen, site: Site
) -> None:
    before = len(recorded(site, "R-10"))
    open_page(screen, "assess", LAUNCH, actor=WHO, risk="R-10")
    pick_all(screen)
    pick(screen, "Evidence grade", 3)
    screen.page.get_by_role("button", name="Submit and next").dblclick()
    screen.settled().settled()
    sees(screen, "Submitted: R-10")
    assert len(recorded(site, "R-10")) == before + 1
    screen.page.reload()
    screen.settled()
    sees(screen, "Submitted: R-10")
    assert len(recorded(site, "R-10")) == before + 1


def test_others_picks_show_only_after_ones_own_submission(screen: Screen) -> None:
    open_page(screen, "assess", LAUNCH, actor="assessor-bio", risk="R-6")
    sees(screen, "Blind first round")
    expect(screen.page.get_by_text("Assessments on record")).to_have_count(0)
    pick_all(screen)
    pick(screen, "Evidence grade", 4)
    press(screen, "Submit and next")
    open_page(screen, "assess", LAUNCH, actor="assessor-bio", risk="R-6")
    sees(screen, "Assessments on record")


def test_the_scales_are_picked_with_the_keyboard_alone(screen: Screen) -> None:
    open_page(screen, "assess", LAUNCH, actor=WHO, risk="R-12")
    picks(screen, "Likelihood").first.focus()
    screen.page.keyboard.press("Space")
    screen.page.keyboard.press("ArrowDown")
    screen.settled()
    expect(picks(screen, "Likelihood").nth(1)).to_be_checked()
