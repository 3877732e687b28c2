"""Registers for the command, and the command itself run inside this process."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import AT, TODAY, Command, Ran
from tracker.cli.app import run
from tracker.services.demo import create_demo_register


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio in a file, only to be read or copied."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    create_demo_register(f"sqlite:///{path}", TODAY, AT)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of one's own, and no other setting."""
    for name in [name for name in os.environ if name.startswith("HOLDPOINT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("HOLDPOINT_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def command(home: Path, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run `holdpoint` with arguments on whatever is in the data folder."""
    assert home.name == "data"

    def running(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run(arguments)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return running


@pytest.fixture
def demo(command: Command, demo_file: Path, home: Path) -> Command:
    """The command on a demo register of its own."""
    home.mkdir()
    shutil.copy(demo_file, home / "demo.db")
    return command
