"""Take a picture of every page, in light and dark, on a fresh demo: `make screenshots`."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tracker.ui.navigation import ENTRIES

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
WIDTH = 1400
LEAST_HEIGHT = 800
MOST_HEIGHT = 2000
COLOURS = 256
NAMED = "launch=gpt-4v-2023-09&risk=R-9"


def main() -> None:
    """Serve the demo on a free port and photograph it."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("make screenshots: no Chromium on this machine (apt-get install chromium).")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for entry in ENTRIES:
            for theme in ("light", "dark"):
                place = "" if entry is ENTRIES[0] else entry.name
                photograph(browser, f"{url}/{place}?{NAMED}", entry.name, theme)
        browser.close()


@contextmanager
def demo() -> Generator[str]:
    """Serve a fresh demo and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOLDPOINT_DATA_DIR": home}
        command = [sys.executable, "-m", "tracker", "serve", "--no-browser", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/healthz")
        yield url
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str, seconds: float = 60) -> None:
    """Wait until the dashboard answers.

    Raises:
        TimeoutError: It does not, in this time.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{address} does not answer")


def photograph(browser: Browser, address: str, name: str, theme: str) -> None:
    """Take one page in one theme, as high as it is within limits."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": LEAST_HEIGHT},
        color_scheme="dark" if theme == "dark" else "light",
    )
    page.goto(address)
    settled = "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    page.wait_for_timeout(400)
    page.wait_for_selector(settled, timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(1500)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size(
        {"width": WIDTH, "height": min(max(LEAST_HEIGHT, int(height)), MOST_HEIGHT)}
    )
    page.wait_for_timeout(800)
    path = FOLDER / f"{name}-{theme}.png"
    page.screenshot(path=path)
    page.close()
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
