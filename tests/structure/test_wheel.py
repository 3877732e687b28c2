"""The wheel carries everything that the program needs away from its clone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, tracked

BUNDLED = {"app.py", ".streamlit/config.toml"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(folder.glob("holdpoint-*.whl")))


def test_every_file_of_the_package_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    ours = {path.as_posix() for path in tracked() if path.parts[0] == "tracker"}
    assert ours - set(wheel.namelist()) == set()


def test_the_screen_its_configuration_and_the_data_travel_along(wheel: zipfile.ZipFile) -> None:
    data = {path.as_posix() for path in tracked() if path.parts[0] == "data"}
    assert data
    wanted = {f"tracker/_bundle/{name}" for name in BUNDLED | data}
    assert wanted - set(wheel.namelist()) == set()


def test_the_wheel_installs_one_command_and_no_tests(wheel: zipfile.ZipFile) -> None:
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "holdpoint = tracker.cli:main" in wheel.read(entry_points).decode()
    assert {Path(name).parts[0].split("-")[0] for name in wheel.namelist()} == {
        "tracker",
        "holdpoint",
    }
