"""Result files that somebody names on the command line: found, told apart, opened one at a time."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ELOOP
from pathlib import Path
from stat import S_ISREG
from typing import Any, BinaryIO, Final

from tracker.domain.errors import ImportRejected
from tracker.services.evidence_files import Refusals, Source, note

_WHOLE_FILE: Final = "whole file"


@dataclass(frozen=True, slots=True)
class ResultFiles:
    """What the paths name.

    Attributes:
        sources: Files that can be opened, in the order given, those of a folder by name.
        refused: Paths that name nothing to read, with the reason.
    """

    sources: tuple[Source, ...]
    refused: Refusals


@dataclass(frozen=True, slots=True)
class _Found:
    """A path with what it is called inside the folder that was named, or else by itself."""

    path: Path
    name: str
    folder: str = ""


def result_files(paths: Iterable[Path]) -> ResultFiles:
    """Find every file that the paths name.

    Of a folder that is every file in it and in the folders below, but for hidden ones; folders
    that are links are not followed. A file is called by its name, or by its path inside the
    folder that was named; where two would be called the same, by its path as given.
    """
    refused: dict[str, Mapping[str, str]] = {}
    found: list[_Found] = []
    for path in paths:
        try:
            listed = _of_folder(path) if path.is_dir() else [_Found(path, path.name)]
        except OSError as error:
            listed = []
            note(refused, str(path), {_WHOLE_FILE: f"cannot be listed ({error.strerror})"})
        for one in listed:
            problem = _problem(one.path)
            if problem:
                note(refused, str(one.path), {_WHOLE_FILE: problem})
            else:
                found.append(one)
        if path.is_dir() and not listed and str(path) not in refused:
            note(refused, str(path), {"whole folder": "holds no file"})
    return ResultFiles(tuple(_sources(found)), refused)


def _of_folder(folder: Path) -> list[_Found]:
    files: list[Path] = []
    pending = [folder]
    while pending:
        for entry in pending.pop().iterdir():
            if entry.name.startswith("."):
                continue
            if not entry.is_dir():
                files.append(entry)
            elif not entry.is_symlink():
                pending.append(entry)
    return [
        _Found(path, path.relative_to(folder).as_posix(), str(folder)) for path in sorted(files)
    ]


def _problem(path: Path) -> str:
    """Return why a path cannot be read; empty where it is a file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "is a link to nothing" if path.is_symlink() else "does not exist"
    except OSError as error:
        return "is a link that leads back to itself" if error.errno == ELOOP else _why(error)
    return "" if S_ISREG(mode) else "is a pipe, a socket or a device; hand in a file"


def _sources(found: Iterable[_Found]) -> Iterator[Source]:
    listed = list(found)
    called = Counter(one.name for one in listed)
    for one in listed:
        name = one.name if called[one.name] == 1 else str(one.path)
        yield Source(name, _opener(one.path, name), one.folder)


def _opener(path: Path, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        with _refusing(name):
            return io.BufferedReader(_File(path, name))

    return opened


class _File(io.FileIO):
    """A file whose disk may fail while it is read: that is said as anything wrong with a file."""

    def __init__(self, path: Path, called: str) -> None:
        super().__init__(path)
        self.called = called

    def readinto(self, buffer: Any, /) -> int:
        """Read some bytes into a buffer."""
        with _refusing(self.called):
            return super().readinto(buffer)

    def readall(self) -> bytes:
        """Read all bytes that are left."""
        with _refusing(self.called):
            return super().readall()


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ImportRejected(name, {_WHOLE_FILE: _why(error)}) from error


def _why(error: OSError) -> str:
    return f"cannot be read ({error.strerror})"
