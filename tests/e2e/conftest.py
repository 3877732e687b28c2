"""A real server on a fresh demo, and a real browser that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.conftest import opened
from tests.factories import a_launch, a_risk, an_assessment
from tracker.services.demo import create_demo_register

HOSTILE = (
    "=HYPERLINK(x) <script>alert(1)</script> [a](http://evil.example) ![i](http://evil.example/i) "
    "$x^2$ :material/home: :red[b] | *c* `d` \u202egnp.exe 🚀"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@dataclass(frozen=True)
class Site:
    """A running dashboard."""

    url: str
    log: Path


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio as loaded today."""
    path = tmp_path_factory.mktemp("e2e_demo") / "demo.db"
    now = datetime.now(UTC)
    create_demo_register(f"sqlite:///{path}", now.date(), now)
    return path


@pytest.fixture(scope="module")
def site(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """A dashboard on a fresh copy of the demo, for the tests of one file."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(demo_file, folder / "register.db")
    with served(folder / "register.db") as running:
        yield running


@pytest.fixture(scope="module")
def empty_site(
    register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """A dashboard on a register with the cast and nothing else."""
    folder = tmp_path_factory.mktemp("empty_site")
    shutil.copy(register_with_cast, folder / "register.db")
    with served(folder / "register.db") as running:
        yield running


@pytest.fixture(scope="module")
def hostile_site(
    register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """A dashboard on a register whose every title tries to do something."""
    path = tmp_path_factory.mktemp("hostile_site") / "register.db"
    shutil.copy(register_with_cast, path)
    with opened(f"sqlite:///{path}") as store:
        launch = a_launch(store, "hostile-1", name=HOSTILE, summary=HOSTILE)
        for _ in range(3):
            an_assessment(store, a_risk(store, launch, title=HOSTILE, scenario=HOSTILE * 9))
    with served(path) as running:
        yield running


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class served:  # noqa: N801 - a context manager that reads as a word
    """Run `holdpoint serve` on a register, from a folder that is not the project's."""

    def __init__(self, register: Path, **settings: str) -> None:
        """Name the register, and settings beyond it by their variable without `HOLDPOINT_`.

        `{port}` in a setting stands for the port of the dashboard.
        """
        self.register = register
        self.port = free_port()
        self.settings = {
            f"HOLDPOINT_{name}": value.replace("{port}", str(self.port))
            for name, value in settings.items()
        }
        self.log = register.with_suffix(".log")

    def __enter__(self) -> Site:
        self.process = self._start()
        site = Site(f"http://127.0.0.1:{self.port}", self.log)
        _wait_for(site, self.process)
        return site

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def restart(self) -> None:
        """Stop the program, as an update would, and start it again where it was."""
        self.__exit__()
        self.__enter__()

    def _start(self) -> subprocess.Popen[bytes]:
        database = {"HOLDPOINT_DATABASE_URL": f"sqlite:///{self.register}"}
        environment = {**os.environ, **database, **self.settings}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tracker",
                    "serve",
                    "--no-browser",
                    "--port",
                    str(self.port),
                ],
                cwd=self.register.parent,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


def _wait_for(site: Site, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{site.url}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    process.terminate()
    raise RuntimeError(f"the dashboard did not start:\n{site.log.read_text()}")


def _chromium() -> str | None:
    named = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next(filter(None, map(shutil.which, named)), None)


@pytest.fixture(scope="session")
def playwright() -> Generator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Generator[Browser]:
    """Chromium, as installed on this machine."""
    path = _chromium()
    if path is None:
        reason = "no Chromium on this machine; Debian has it as: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    launched = playwright.chromium.launch(executable_path=path, args=options)
    yield launched
    launched.close()


@dataclass
class Screen:
    """One browser tab, and what left it."""

    page: Page
    site: Site

    def open(self, path: str = "/") -> "Screen":
        """Open an address of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.site.url}{path}")
        return self.settled()

    def settled(self) -> "Screen":
        """Wait until the page has finished drawing."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-connection-state=CONNECTED]"
            "[data-test-script-state=notRunning]",
            timeout=30_000,
        )
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        self.page.wait_for_timeout(150)
        return self

    def headline(self) -> str:
        """The first heading of the page."""
        return self.page.locator("h1").first.inner_text()

    def open_row(self, key: str, row: int, height: int = 35) -> "Screen":
        """Click the button in the first column of a row, counted from 0, of a table by its key."""
        box = self.page.locator(f".st-key-{key.replace('.', '-')} [data-testid=stDataFrame]")
        place = box.bounding_box()
        assert place is not None
        self.page.mouse.click(place["x"] + 30, place["y"] + 35 + height * row + height / 2)
        return self.settled()


@pytest.fixture
def context(browser: Browser) -> Generator[BrowserContext]:
    opened_context = browser.new_context(viewport={"width": 1400, "height": 1000})
    opened_context.set_default_timeout(10_000)
    yield opened_context
    opened_context.close()


@pytest.fixture
def outgoing(context: BrowserContext) -> list[str]:
    """Every address that the pages of a test asked for."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.fixture
def screen(context: BrowserContext, site: Site) -> Screen:
    """A tab on the demo."""
    return Screen(context.new_page(), site)
