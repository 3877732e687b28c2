"""The shape of a text file, from its first megabyte: which keys or columns it starts with."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import ijson  # pyright: ignore[reportMissingTypeStubs]

from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.limits import MAX_DEPTH

_STARTS: Final = {"start_map": "{", "start_array": "["}
_ENDS: Final = frozenset({"end_map", "end_array"})
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What recognition looks at.

    Attributes:
        keys: Of the first JSON object: of the file, of its first line, or of its first item.
        inner: Keys one level below, by key; those of a list are those of its first objects.
        columns: Of the first line read as a row of a table, in small letters.
        text: The first megabyte.
        is_list: Whether the file is a JSON list.
    """

    text: str
    keys: frozenset[str] = frozenset()
    inner: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    columns: frozenset[str] = frozenset()
    is_list: bool = False


def outline_of(head: bytes) -> Outline:
    """Outline the first bytes of a file.

    Raises:
        ImportRejected: The bytes are not UTF-8 text.
    """
    text = _decoded(head)
    start = text.lstrip()[:1]
    if start and start in "{[":
        keys, inner = _json_keys(text.encode(), is_list=start == "[")
        return Outline(text, keys, inner, is_list=start == "[")
    return Outline(text, columns=_columns(text))


def _decoded(head: bytes) -> str:
    if head.startswith(_UTF16) or b"\x00" in head[:1000]:
        raise refused("whole file", "is not UTF-8 text (it may be UTF-16); save it as UTF-8")
    try:
        # A character that the first megabyte cuts in two is no fault of the file.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError as error:
        raise refused(
            f"byte {error.start + 1}", "is not UTF-8 (it may be Latin-1); save the file as UTF-8"
        ) from None


def _columns(text: str) -> frozenset[str]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader([first], delimiter=delimiter))
    except csv.Error:
        return frozenset()
    return frozenset(cell.strip().lower() for row in rows for cell in row)


def _json_keys(
    head: bytes, *, is_list: bool
) -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """Keys of the first object and of what lies in it, as far as the head can be parsed."""
    base = int(is_list)
    keys: dict[str, set[str]] = {}
    key = ""
    for containers, event, value in _events(head):
        depth = len(containers) - base
        if event == "map_key" and depth == 1:
            key = str(value)
            keys[key] = set()
        elif event == "map_key" and (depth == 2 or (depth == 3 and containers[-2] == "[")):
            keys[key].add(str(value))
        elif event == "end_map" and depth == 0:
            break
    return frozenset(keys), {key: frozenset(inner) for key, inner in keys.items()}


def _events(head: bytes) -> Iterator[tuple[str, str, object]]:
    """The parser's events with the containers that are open: "{" for objects, "[" for lists."""
    containers = ""
    try:
        for event, value in ijson.basic_parse(
            io.BytesIO(head), multiple_values=True, use_float=True
        ):
            if event in _ENDS:
                containers = containers[:-1]
            elif event in _STARTS:
                containers += _STARTS[event]
            if len(containers) > MAX_DEPTH:
                raise refused("whole file", f"is nested more than {MAX_DEPTH} levels deep")
            yield containers, event, value
    except ijson.JSONError:
        return  # the head ends inside a value, or the file is broken: its reader will say where
