"""What every reader of result files hands back, and how it refuses."""

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from tracker.domain.errors import ImportRejected, NotAResult
from tracker.domain.evidence import RunReading


class Contents(NamedTuple):
    """The runs of a file, and sentences about the file as a whole."""

    runs: tuple[RunReading, ...]
    warnings: tuple[str, ...] = ()


Reader = Callable[[BinaryIO], Contents]


def refused(place: str, problem: str) -> ImportRejected:
    """The refusal of a file, to be raised by its reader, which does not know the file's name.

    Args:
        place: Where in the file: a line, a member, a path of keys, or "whole file".
        problem: Completes a sentence that starts with the place, such as "is not JSON".
    """
    return ImportRejected("file", {place: problem})


def no_result(sentence: str) -> NotAResult:
    """The refusal of a file that is plainly no result.

    Args:
        sentence: Completes a sentence that starts with the file, such as "is a PDF document".
    """
    return NotAResult("file", {"whole file": sentence})
