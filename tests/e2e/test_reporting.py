"""The readiness summary: previewed, downloaded, and read back."""

import json
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests.e2e.conftest import Screen
from tests.e2e.steps import open_page, sees

LAUNCH = "gpt-4v-2023-09"


def download(screen: Screen, label: str) -> tuple[str, bytes]:
    with screen.page.expect_download(timeout=60_000) as waiting:
        screen.page.get_by_role("button", name=label).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_pdf_that_is_downloaded_holds_the_verdict(screen: Screen) -> None:
    open_page(screen, "report", LAUNCH)
    sees(screen, "identity not authenticated")
    sees(screen, "head ")
    name, content = download(screen, "PDF, .pdf")
    assert name.startswith(f"{LAUNCH}-readiness-")
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "Not ready" in text
    assert "GPT-4V" in text


def test_the_json_that_is_downloaded_is_the_report_on_the_page(screen: Screen) -> None:
    open_page(screen, "report", LAUNCH)
    name, content = download(screen, "JSON, .json")
    assert name.endswith(".json")
    assert "Not ready" in json.dumps(json.loads(content))


def test_each_format_is_offered(screen: Screen) -> None:
    open_page(screen, "report", LAUNCH)
    for ending in ("pdf", "html", "md", "xlsx", "csv", "json"):
        assert screen.page.get_by_role("button", name=f".{ending}").is_visible()
