"""The stand-alone verifier: the product's own pure modules in one file that Python runs.

Only what the rules need goes in, found by following imports from what the verifier uses; NumPy and
SciPy give way to the small modules in `standalone`. What is not there cannot be imported, so a
rule that begins to need another library fails here and not at the auditor's desk.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from tracker.exports.bundle.archive import archive

_STANDALONE: Final = "tracker.exports.bundle.standalone"
_ENTRY: Final = f"{_STANDALONE}.checking"
_STAND_INS: Final = {"tracker.scoring.band": f"{_STANDALONE}.band"}
_MAIN: Final = b"""import sys

from tracker.exports.bundle.standalone.checking import main

sys.exit(main(sys.argv))
"""
_PACKAGE: Final = b'"""Part of the stand-alone verifier of Holdpoint."""\n'


@cache
def verifier() -> bytes:
    """Return the verifier as a Python zip application, the same bytes for the same release.

    Raises:
        ImportError: A module that it needs imports something beyond the standard library.
    """
    sources = dict(sorted(_closure().items()))
    packages = {parent: _PACKAGE for name in sources for parent in _parents(name)}
    members = {f"{package}/__init__.py": content for package, content in sorted(packages.items())}
    members |= {f"{name.replace('.', '/')}.py": content for name, content in sources.items()}
    members["scipy/__init__.py"] = _PACKAGE
    members["scipy/special.py"] = _source(f"{_STANDALONE}.special")
    return archive({"__main__.py": _MAIN, **members})


def _closure() -> dict[str, bytes]:
    """Return every module that the verifier reaches, by its name."""
    found: dict[str, bytes] = {}
    waiting = [_ENTRY]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _source(_STAND_INS.get(name, name))
            waiting.extend(_imports(name, found[name]))
    return found


def _imports(name: str, source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for one in node.names:
                _require_standard(name, one.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith("tracker"):
                yield from _modules(node)
            elif node.module != "scipy.special":
                _require_standard(name, node.module)


def _modules(node: ast.ImportFrom) -> Iterator[str]:
    """Return the modules that an import names: itself, or modules of the package."""
    package = str(node.module)
    if _is_module(package):
        yield package
        return
    for one in node.names:
        yield f"{package}.{one.name}"


def _is_module(name: str) -> bool:
    package, _, module = name.rpartition(".")
    return bool(package) and files(package).joinpath(f"{module}.py").is_file()


def _source(name: str) -> bytes:
    package, _, module = name.rpartition(".")
    return files(package).joinpath(f"{module}.py").read_bytes()


def _parents(name: str) -> Iterator[str]:
    parts = name.split(".")[:-1]
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _require_standard(name: str, imported: str) -> None:
    if imported.partition(".")[0] not in sys.stdlib_module_names:
        raise ImportError(f"{name} imports {imported}, which the verifier cannot take along")
