"""The tracked files of the project, read once for the tests of its shape."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks and that is there, relative to the root, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    names = [Path(name) for name in listed.split("\0") if name]
    return tuple(name for name in names if (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Tracked Python files, of the whole project or below some of its folders."""
    files = [path for path in tracked() if path.suffix == ".py"]
    return [path for path in files if not folders or path.as_posix().startswith(folders)]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


@cache
def imported(path: Path) -> frozenset[str]:
    """Full names of the modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def packages(path: Path) -> set[str]:
    """First names of what a file imports: the packages."""
    return {name.partition(".")[0] for name in imported(path)}
