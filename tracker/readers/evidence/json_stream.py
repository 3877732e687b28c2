"""Chosen parts of a JSON file of any size, one after the other, without holding the whole.

The streaming parser (yajl) refuses NaN, infinities and integers beyond 64 bits, which Python's own
writer produces; such a file is read whole instead, if it is not too large for that.
"""

import json
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.limits import MAX_DEPTH, MAX_ITEM_EVENTS, MAX_TEXT_BYTES

Opener = Callable[[], BinaryIO]
_Events = Iterator[tuple[str, Any]]

_STARTS: Final = frozenset({"start_map", "start_array"})
_ENDS: Final = frozenset({"end_map", "end_array"})
_BUFFER: Final = 1 << 16
_TOO_DEEP: Final = f"is nested more than {MAX_DEPTH} levels deep"
_BOM: Final = b"\xef\xbb\xbf"


def selected(
    opened: Opener,
    wanted: Collection[str],
    *,
    ends: Collection[str] = (),
    place: str = "whole file",
) -> Iterator[tuple[str, object]]:
    """Yield the values at the wanted paths, in the order in which the file has them.

    Args:
        opened: Opens the file from its start; called once more where it must be read whole.
        wanted: Keys joined by dots, "item" for the items of a list: "samples.item.scores". No
            path may lie below another.
        ends: Paths of objects and lists whose end is told, by the path and None.
        place: What the file is called in a refusal.

    Raises:
        ImportRejected: Not JSON, nested too deeply, or too large to be read whole when it must.
    """
    given = 0
    try:
        for found in _streamed(opened(), wanted, ends, place):
            yield found
            given += 1
    except ijson.JSONError:
        # What was handed out already is the same in both parsers.
        yield from islice(_walked(_loaded(opened(), place), "", wanted, ends), given, None)


def from_start(source: BinaryIO) -> BinaryIO:
    """The file at its first character, a byte order mark left out."""
    source.seek(0)
    if source.read(len(_BOM)) != _BOM:
        source.seek(0)
    return source


def _streamed(
    source: BinaryIO, wanted: Collection[str], ends: Collection[str], place: str
) -> Iterator[tuple[str, object]]:
    """Follow only the paths that lead to something wanted.

    The parser's own paths are not used: it makes one for each event ahead of time, and a forged
    file can make them as long as it likes.
    """
    branches = _branches((*wanted, *ends))
    events = ijson.basic_parse(source, use_float=True, buf_size=_BUFFER)
    containers: list[tuple[str, bool]] = []
    key = ""
    for event, value in events:
        if event == "map_key":
            key = value
        elif event in _ENDS:
            path, _ = containers.pop()
            if path in ends:
                yield path, None
        else:
            path = _below(*containers[-1], key) if containers else ""
            if path in wanted:
                yield path, _built(event, value, events, place)
            elif event in _STARTS and path in branches:
                containers.append((path, event == "start_array"))
            elif event in _STARTS:
                _skip(events, place)


def _branches(paths: Collection[str]) -> frozenset[str]:
    """The paths, and all paths that lead to them."""
    steps = [path.split(".") for path in paths]
    return frozenset(".".join(step[:end]) for step in steps for end in range(len(step) + 1))


def _below(path: str, is_list: bool, key: str) -> str:
    step = "item" if is_list else key
    return f"{path}.{step}" if path else step


def _built(event: str, value: object, events: _Events, place: str) -> object:
    """The value that starts with this event; takes its events off the stream."""
    if event not in _STARTS:
        return value
    builder: Any = ijson.ObjectBuilder()
    builder.event(event, None)
    for count, (kind, inner) in enumerate(_until_closed(events, place)):
        if count > MAX_ITEM_EVENTS:
            raise refused(place, f"has a part of more than {MAX_ITEM_EVENTS:,} values")
        builder.event(kind, inner)
    return cast(object, builder.value)


def _skip(events: _Events, place: str) -> None:
    for _ in _until_closed(events, place):
        pass


def _until_closed(events: _Events, place: str) -> _Events:
    """The events of a container that was just opened, with the one that closes it."""
    depth = 1
    for event in events:
        depth += (event[0] in _STARTS) - (event[0] in _ENDS)
        if depth > MAX_DEPTH:
            raise refused(place, _TOO_DEEP)
        yield event
        if not depth:
            return


def _loaded(source: BinaryIO, place: str) -> object:
    text = source.read(MAX_TEXT_BYTES + 1)
    if len(text) > MAX_TEXT_BYTES:
        raise refused(
            place,
            "is broken off, or holds NaN or an infinity, and is too large to be read whole "
            f"(more than {MAX_TEXT_BYTES:,} bytes)",
        )
    try:
        return json.loads(text, object_pairs_hook=_unrepeated)
    except json.JSONDecodeError as error:
        problem = f"is not JSON at line {error.lineno}, column {error.colno}"
        raise refused(place, f"{problem}; it may have been cut off") from None
    except UnicodeDecodeError as error:
        raise refused(place, f"is not UTF-8 at byte {error.start + 1}") from None
    except RecursionError:
        raise refused(place, _TOO_DEEP) from None
    except ValueError as error:
        raise refused(place, f"cannot be read: {error}") from None


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return values


def _walked(
    value: object, path: str, wanted: Collection[str], ends: Collection[str]
) -> Iterator[tuple[str, object]]:
    if path in wanted:
        yield path, value
    elif isinstance(value, dict | list) and path in _branches((*wanted, *ends)):
        for step, inner in _steps(cast(object, value)):
            yield from _walked(inner, _below(path, False, step), wanted, ends)
        if path in ends:
            yield path, None


def _steps(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from cast(dict[str, object], value).items()
    elif isinstance(value, list):
        yield from (("item", inner) for inner in cast(list[object], value))
