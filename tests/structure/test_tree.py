"""The shape of the tree: sizes, names, and who imports what."""

import ast
import sys
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, packages, parsed, python_files, tracked

LONGEST_FILE = 400
LONGEST_PAGE = 90
MOST_ARGUMENTS = 6
DRAWERS = {"utils", "util", "utilities", "helpers", "helper", "manager", "managers", "misc"}
PURE_ROOMS = ("planning", "readiness", "scoring", "sealing")


def line_count(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def longer_than(limit: int, files: list[Path]) -> dict[str, int]:
    return {str(path): lines for path in files if (lines := line_count(path)) > limit}


def test_the_project_is_seen() -> None:
    assert Path("tracker/settings.py") in python_files("tracker/")
    assert Path("tests/structure/test_tree.py") in python_files("tests/")


def test_no_file_is_too_long_to_hold_in_mind() -> None:
    assert longer_than(LONGEST_FILE, python_files()) == {}


def test_a_page_is_a_short_script() -> None:
    assert longer_than(LONGEST_PAGE, python_files("tracker/ui/pages/")) == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [path for path in python_files() if DRAWERS & set(path.stem.split("_"))]
    assert drawers == []


def test_only_the_screens_and_their_server_import_streamlit() -> None:
    allowed = ("tracker/ui/", "tracker/server.py", "app.py", "tests/")
    importers = [path for path in python_files() if "streamlit" in packages(path)]
    assert [path for path in importers if not path.as_posix().startswith(allowed)] == []


def test_only_the_command_prints() -> None:
    allowed = ("tracker/cli", "tests/", "tools/", "bench/")
    printing = [path for path in python_files() if calls_print(parsed(path))]
    assert [path for path in printing if not path.as_posix().startswith(allowed)] == []


def calls_print(module: ast.Module) -> bool:
    calls = (node.func for node in ast.walk(module) if isinstance(node, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == "print" for func in calls)


def test_the_domain_imports_only_the_standard_library_and_pydantic() -> None:
    assert foreign_imports("tracker/domain/", {"pydantic", "pydantic_core"}) == {}


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_imports_only_arithmetic(room: str) -> None:
    assert foreign_imports(f"tracker/{room}/", {"numpy", "scipy", "pydantic"}) == {}


def foreign_imports(folder: str, allowed: set[str]) -> dict[str, set[str]]:
    known = set(sys.stdlib_module_names) | allowed | {"tracker"}
    found = {str(path): packages(path) - known for path in python_files(folder)}
    return {path: names for path, names in found.items() if names}


def test_no_function_takes_more_than_six_arguments_by_place() -> None:
    """Arguments that must be named, such as the filters of a list, cannot be mixed up."""
    wide = {
        f"{path}:{function.lineno} {function.name}": count
        for path in python_files("tracker/", "app.py")
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef)
        and (count := argument_count(function)) > MOST_ARGUMENTS
    }
    assert wide == {}


def argument_count(function: ast.FunctionDef) -> int:
    by_place = [*function.args.posonlyargs, *function.args.args]
    return len([argument for argument in by_place if argument.arg not in {"self", "cls"}])


def test_the_store_evaluates_its_annotations() -> None:
    """Postponed annotations break the lists of SQLModel's relationships."""
    postponed = [path for path in python_files("tracker/store/") if "__future__" in packages(path)]
    assert postponed == []


def test_nothing_is_left_for_later() -> None:
    marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    left = [
        f"{path}: {mark}"
        for path in python_files()
        for mark in marks
        if mark in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert left == []


def test_no_register_and_no_secret_is_tracked() -> None:
    secrets = {".db", ".sqlite", ".sqlite3", ".pem", ".key"}
    assert [path for path in tracked() if path.suffix in secrets or path.name == ".env"] == []
