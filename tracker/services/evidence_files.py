"""Reading result files before anything is taken in: all of them, each refusal kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import BinaryIO

from tracker.domain.errors import ImportRejected, NotAResult
from tracker.domain.evidence import EvidenceFile
from tracker.readers.evidence.reading import read_evidence

Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""

Refusals = Mapping[str, Mapping[str, str]]
"""Name of a file to place in it to what is wrong there."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that somebody hands in.

    Attributes:
        name: What it is called.
        open: Gives its bytes, seekable; called once, and what it gives is closed again.
        folder: The folder that was handed in and holds it; empty where it was named itself.
    """

    name: str
    open: Callable[[], BinaryIO]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What was handed in, as far as it could be read.

    Attributes:
        files: Those that were understood, in the order given.
        refused: Those that were not, with what is wrong in them.
        strangers: Files of a folder that are plainly no results, with what they are: passed over.
    """

    files: tuple[EvidenceFile, ...]
    refused: Refusals
    strangers: Refusals = field(default_factory=dict[str, Mapping[str, str]])

    def whole(self) -> tuple[EvidenceFile, ...]:
        """Return the files if every one was understood.

        Raises:
            ImportRejected: Naming each file that was not, and every bad place in it.
        """
        refuse(self.refused)
        return self.files


def read_files(sources: Sequence[Source], on_progress: Progress = no_progress) -> FilesRead:
    """Read result files one after the other; a bad one keeps none of the others from being read.

    A folder may hold what is no result; one that holds nothing else is refused.
    """
    files: list[EvidenceFile] = []
    refused: dict[str, Mapping[str, str]] = {}
    strangers: dict[str, Mapping[str, str]] = {}
    barren = dict.fromkeys(source.folder for source in sources if source.folder)
    for done, source in enumerate(sources, start=1):
        try:
            with source.open() as stream:
                files.append(read_evidence(source.name, stream))
            barren.pop(source.folder, None)
        except ImportRejected as error:
            passed_over = bool(source.folder) and isinstance(error, NotAResult)
            note(strangers if passed_over else refused, source.name, error.rows)
            if not passed_over:
                barren.pop(source.folder, None)
        on_progress(done, len(sources))
    for folder in barren:
        note(refused, folder, {"whole folder": "holds no result"})
    return FilesRead(tuple(files), refused, strangers)


def note(refused: dict[str, Mapping[str, str]], name: str, rows: Mapping[str, str]) -> None:
    """Keep what is wrong in a file beside what is wrong in others, those of the same name too."""
    names = (name if number == 1 else f"{name} ({number})" for number in count(1))
    refused[next(free for free in names if free not in refused)] = rows


def refuse(refused: Refusals) -> None:
    """Refuse an import for the sake of its bad files, if there are any.

    Raises:
        ImportRejected: Naming each bad file and every bad place in it.
    """
    if refused:
        raise ImportRejected(
            "",
            {
                f"{name}, {place}": why
                for name, rows in refused.items()
                for place, why in rows.items()
            },
        )
