"""Reads Inspect logs in the archive format (.eval), which is the default since 0.3.46."""

import re
from collections.abc import Collection, Iterator
from typing import BinaryIO, Final

from tracker.readers.evidence.archive import Archive
from tracker.readers.evidence.contents import Contents
from tracker.readers.evidence.inspect_header import HEADER_PATHS
from tracker.readers.evidence.inspect_parts import ENDS, REDUCTION_PATHS, SAMPLE_PATHS, LogParts
from tracker.readers.evidence.inspect_samples import has_history
from tracker.readers.evidence.json_stream import selected

_HEADER: Final = "header.json"
_START: Final = "_journal/start.json"
_CHUNK: Final = 1 << 16
_HISTORY: Final = re.compile(rb'(?<!\\)"history"\s{0,80}:\s{0,80}\[\s{0,80}[^\s\]]')
_OVERLAP: Final = 256


def read(source: BinaryIO) -> Contents:
    """Read a log; one without a header is of a run that was killed, and has no results.

    The counts come from the summaries and the reductions; the samples are only searched for
    scores that were changed after the run, which neither of the others tells.

    Raises:
        ImportRejected: A damaged archive, broken JSON, another version than 1 or 2, or parts of
            another shape than Inspect's.
    """
    archive = Archive(source)
    parts = LogParts()
    if _HEADER not in archive:
        parts.take_all(_member(archive, _START, "", HEADER_PATHS))
        held = sum(map(_is_sample, archive.names))
        return parts.contents(f"The run was killed: its log has no results, only {held} samples.")
    parts.take_all(_member(archive, _HEADER, "", HEADER_PATHS))
    parts.take_all(_member(archive, "summaries.json", "samples.", SAMPLE_PATHS))
    parts.take_all(_member(archive, "reductions.json", "reductions.", REDUCTION_PATHS))
    if any(_is_edited(archive, name) for name in archive.names if _is_sample(name)):
        parts.note_edit()
    return parts.contents()


def _member(
    archive: Archive, name: str, below: str, wanted: Collection[str]
) -> Iterator[tuple[str, object]]:
    """The wanted parts of a member, its paths put below the name that they have in a JSON log."""
    if name not in archive:
        return
    own = {path.removeprefix(below) for path in wanted}
    ends = {path.removeprefix(below) for path in ENDS if path.startswith(below)}
    place = f"member “{name}”"
    for path, value in selected(lambda: archive.open(name), own, ends=ends, place=place):
        yield f"{below}{path}", value


def _is_sample(name: str) -> bool:
    return name.startswith("samples/") and name.endswith(".json")


def _is_edited(archive: Archive, name: str) -> bool:
    """Whether a score of the sample has a history; data of its own may have one too."""
    if not _mentions_history(archive.open(name)):
        return False
    found = selected(lambda: archive.open(name), {"scores"}, place=f"member “{name[:80]}”")
    return any(has_history(scores) for _, scores in found)


def _mentions_history(stream: BinaryIO) -> bool:
    """A search that is cheap, so that only few samples have to be parsed."""
    tail = b""
    mentioned = False
    while chunk := stream.read(_CHUNK):
        # Read on after a find: the end of the stream is where a damaged member shows.
        mentioned = mentioned or _HISTORY.search(tail + chunk) is not None
        tail = chunk[-_OVERLAP:]
    return mentioned
