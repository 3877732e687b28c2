"""The locks pin everything by hash, and no file names a place that only one machine knows."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.structure.tree import ROOT, tracked

LOCKS = ["requirements.lock", "requirements-dev.lock"]
SCHEME = ":" + "//"


def requirements(lock: str) -> dict[str, set[str]]:
    """Name to pinned versions (more than one where it depends on the Python)."""
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line.rstrip(" \\"))
            pinned.setdefault(plain(requirement.name), set()).add(str(requirement.specifier))
    return pinned


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    assert SCHEME not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 50
    assert [
        block for block in blocks if not re.match(r"\S+==\S+.*\\\n +--hash=sha256:", block)
    ] == []


def test_what_people_run_is_what_the_tests_ran() -> None:
    run_time, development = (requirements(lock) for lock in LOCKS)
    assert run_time == {name: development[name] for name in run_time}


def test_the_locks_answer_to_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["project"]["dependencies"]
        + project["dependency-groups"]["dev"],
    }
    for lock, lines in wanted.items():
        pinned = requirements(lock)
        for requirement in map(Requirement, lines):
            versions = {pin.removeprefix("==") for pin in pinned[plain(requirement.name)]}
            assert all(version in requirement.specifier for version in versions), (
                lock,
                requirement,
            )


def needles() -> list[str]:
    """Hosts of registries and folders of one machine, put together so as not to be found here."""
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org")]
    folders = ["root", "work", "home/user", "Users"]
    return [".".join(parts) for parts in hosts] + [f"/{folder}/" for folder in folders]


@pytest.mark.parametrize("needle", needles())
def test_no_file_names_a_registry_or_a_folder_of_one_machine(needle: str) -> None:
    # A word may precede the folder in a path of the project, such as docs/x/: look for its start.
    pattern = re.compile(
        rf"(?<![\w.}}-]){re.escape(needle)}" if needle[0] == "/" else re.escape(needle)
    )
    found = [
        str(path)
        for path in tracked()
        if pattern.search((ROOT / path).read_bytes().decode("utf-8", errors="ignore"))
    ]
    assert found == []
