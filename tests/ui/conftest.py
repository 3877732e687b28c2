"""Pages run by Streamlit itself, without a browser, on registers that tests make."""

import shutil
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from tests.conftest import opened
from tracker.services.demo import create_demo_register
from tracker.store.engine import Store

ROOT = Path(__file__).resolve().parents[2]
PAGES = "tracker/ui/pages"

Visit = Callable[..., AppTest]
"""`visit("risks", launch="aurora-1")` opens a page with these parameters in its address."""


@pytest.fixture(autouse=True)
def _errors_are_shown_whole() -> Generator[None]:
    """What a page raises reaches the test; the product shows a reference number instead.

    The serialisation check is off because the test's own bookkeeping does not pass it; the browser
    tests run with it.
    """
    options = {
        "client.showErrorDetails": "full",
        "runner.enforceSerializableSessionState": False,
    }
    before = {name: config.get_option(name) for name in options}
    for name, value in options.items():
        config.set_option(name, value)
    yield
    for name, value in before.items():
        config.set_option(name, value)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio as loaded today, to copy from."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    now = datetime.now(UTC)
    create_demo_register(f"sqlite:///{path}", now.date(), now)
    return path


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open pages of the register that `HOLDPOINT_DATABASE_URL` names."""
    monkeypatch.chdir(ROOT)

    def open_page(page: str = "launches", **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in parameters.items():
            app.query_params[name] = value
        if page != "launches":
            app.switch_page(f"{PAGES}/{page}.py")
        return app.run()

    return open_page


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Store]:
    """The screen shows a fresh copy of the demo."""
    yield from _shown(demo_template, tmp_path, monkeypatch)


@pytest.fixture
def cast_register(
    register_with_cast: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Store]:
    """The screen shows a register with the cast and nothing else."""
    yield from _shown(register_with_cast, tmp_path, monkeypatch)


@pytest.fixture
def nobodys_register(
    register_without_cast: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Store]:
    """The screen shows a register without people."""
    yield from _shown(register_without_cast, tmp_path, monkeypatch)


def _shown(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Store]:
    path = folder / "register.db"
    shutil.copy(template, path)
    url = f"sqlite:///{path}"
    monkeypatch.setenv("HOLDPOINT_DATABASE_URL", url)
    with opened(url) as store:
        yield store


def words(app: AppTest) -> str:
    """Everything that a page says in text elements, for looking into."""
    parts = [
        *app.title,
        *app.header,
        *app.markdown,
        *app.caption,
        *app.text,
        *app.error,
        *app.warning,
        *app.info,
        *app.success,
    ]
    return "\n".join(str(part.value) for part in parts)
