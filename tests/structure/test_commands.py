"""The commands of the Makefile are documented, and set-up explains what it lacks."""

import re
import shutil
import subprocess
from pathlib import Path

from tests.structure.tree import ROOT


def test_every_command_is_explained_to_contributors() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    explained = set(
        re.findall(r"^\| `make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    )
    assert targets == explained


def test_set_up_says_which_python_it_needs(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", tmp_path / "tools")
    ran = subprocess.run(
        ["sh", "tools/setup.sh"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "needs Python 3.11 or newer" in ran.stderr
    assert not (tmp_path / ".venv").exists()
