"""Result files are dropped, looked at, taken in, and found again with where they come from."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Screen
from tests.e2e.steps import choose, fill, open_page, press, sees, unfold

LAUNCH = "gpt-4v-2023-09"
RESULTS = Path("tests/data/evidence").resolve()
ONE_OF_EACH = (
    "inspect/inspect-0.3.285-refusals.eval",
    "inspect/inspect-0.3.285-refusals.json",
    "lm_eval/lm-eval-0.4.13-candidate-results.json",
    "promptfoo/promptfoo-0.123.1-grid.json",
    "garak/garak-0.17.1-mixed.report.jsonl",
)
TABLE = "tool,model,date,task,metric,value,n\n{tool},{model},2026-01-05,{task},refused,0.97,500\n"


def a_table(folder: Path, name: str, task: str, model: str = "GPT-4V-launch") -> Path:
    path = folder / name
    path.write_text(TABLE.format(tool="our harness", model=model, task=task))
    return path


def drop(screen: Screen, *files: Path) -> Screen:
    """Drop files where results are imported."""
    screen.page.locator("input[type=file]").first.set_input_files([str(file) for file in files])
    expect(screen.page.get_by_text(" found").first).to_be_visible(timeout=60_000)
    return screen.settled()


def search(screen: Screen, text: str) -> Screen:
    """Look for words in the ledger, with the keyboard alone."""
    screen.page.get_by_role("textbox", name="Search").focus()
    screen.page.keyboard.type(text)
    screen.page.keyboard.press("Enter")
    return screen.settled()


def import_them(screen: Screen) -> Screen:
    screen.page.get_by_role("button", name="Import", exact=False).last.click()
    expect(screen.page.get_by_text("taken in").first).to_be_visible(timeout=60_000)
    return screen.settled()


@pytest.fixture
def importing(screen: Screen) -> Generator[Screen]:
    """The page of evidence with the part for imports open; nothing breaks in the browser."""
    broken: list[str] = []
    screen.page.on("pageerror", lambda error: broken.append(str(error)))
    open_page(screen, "evidence", LAUNCH, actor="eng-safety-systems")
    yield unfold(screen, "Import results")
    assert broken == []


def test_files_of_every_format_are_previewed_and_taken_in_and_stay_said(
    importing: Screen, tmp_path: Path
) -> None:
    table = a_table(tmp_path, "ours.csv", "first of ours")
    drop(importing, *(RESULTS / name for name in ONE_OF_EACH), table)
    sees(importing, "9 runs found: 9 new")
    sees(importing, "not about the launch's model version")
    import_them(importing)
    sees(importing, "9 runs taken in: E-")
    expect(importing.page.get_by_text("runs found")).to_have_count(0)
    importing.page.get_by_text("Show only these").click()
    importing.settled()
    sees(importing, "metrics shown")
    press(importing, "Dismiss")
    expect(importing.page.get_by_text("taken in")).to_have_count(0)


def test_fifty_files_are_taken_in_at_once(importing: Screen, tmp_path: Path) -> None:
    files = [a_table(tmp_path, f"part-{n:02}.csv", f"task {n}") for n in range(50)]
    drop(importing, *files)
    sees(importing, "50 runs found: 50 new")
    import_them(importing)
    sees(importing, "50 runs taken in")


def test_a_refused_file_keeps_all_out_until_it_is_taken_off(
    importing: Screen, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    drop(importing, a_table(tmp_path, "good.csv", "beside a bad one"), bad)
    sees(importing, "Nothing is taken in while a file is refused.")
    sees(importing, "bad.json, ")
    imports = importing.page.get_by_role("button", name="Import 1 run")
    expect(imports).to_have_count(0)
    importing.page.get_by_role("button", name="Remove bad.json").click()
    importing.settled()
    expect(imports).to_be_visible()


def test_the_same_file_twice_is_new_once_and_then_already_here(
    importing: Screen, tmp_path: Path
) -> None:
    file = a_table(tmp_path, "twice.csv", "twice")
    drop(importing, file, file)
    sees(importing, "2 runs found: 1 new, 1 already here")
    import_them(importing)
    unfold(importing, "Import results")
    drop(importing, file)
    sees(importing, "1 run found: 1 already here")


def test_a_hostile_name_and_a_long_model_do_nothing_and_fit(
    importing: Screen, tmp_path: Path
) -> None:
    name = "<b>*x*<b> $a$ :red[x] ![i](q).csv"
    drop(importing, a_table(tmp_path, name, "hostile", "m" * 190))
    page = importing.page
    warning = page.get_by_test_id("stCaptionContainer").filter(has_text="<b>*x*<b> $a$ :")
    expect(warning.first).to_be_visible()
    import_them(importing)
    assert page.locator("img[src*=q]").count() == 0
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")


def test_a_run_says_where_it_comes_from_and_can_be_withdrawn(
    importing: Screen, tmp_path: Path
) -> None:
    drop(importing, a_table(tmp_path, "detail.csv", "to be withdrawn"))
    import_them(importing)
    search(importing, "detail.csv")
    importing.open_row("evidence.table", 0, 62)
    expect(importing.page.locator("h1")).to_contain_text("detail.csv")
    assert len(_hash(importing.page)) == 64
    unfold(importing, "Withdraw the whole run")
    fill(importing, "Why the run is withdrawn", "Made with the wrong data.")
    press(importing, "Withdraw the run")
    gone = importing.page.get_by_role("button", name="Withdraw the run")
    expect(gone).to_have_count(0)


def _hash(page: Page) -> str:
    return page.get_by_test_id("stCode").first.inner_text().strip()


def test_a_waiting_metric_is_chosen_with_its_tool_by_one_click(screen: Screen) -> None:
    open_page(screen, "evidence", LAUNCH, actor="policy-lead")
    unfold(screen, "Say which way a metric is good")
    screen.open_row("metric.waiting", 0)
    chosen = screen.page.get_by_role("combobox", name="Tool and metric")
    name = chosen.input_value() or chosen.inner_text()
    assert ": " in name
    choose(screen, "Which way is good", "higher is better")
    choose(screen, "Values are", "other number")
    press(screen, "Remember it")
    sees(screen, "Remembered: ")


def test_a_figure_is_found_by_keyboard_alone(screen: Screen) -> None:
    open_page(screen, "evidence", LAUNCH)
    search(screen, "alpha testers")
    sees(screen, "1 of ")
