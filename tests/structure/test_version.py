"""One version, said in three places."""

import re
import tomllib

import tracker
from tests.structure.tree import ROOT


def test_the_program_the_project_and_the_changelog_agree_on_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog, flags=re.MULTILINE)
    assert newest is not None
    assert tracker.__version__ == project["version"] == newest[1]
