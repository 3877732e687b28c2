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

_STARTS: Final = frozenset({"start_map", "start_array"})
_ENDS: Final = frozenset({"end_map", "end_array"})
_BUFFER: Final = 1 << 18
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
    depth = 0
    events = ijson.parse(source, use_float=True, buf_size=_BUFFER)
    for prefix, event, value in events:
        starts = event in _STARTS
        if starts:
            depth += 1
            _check_depth(depth, place)
        if event in _ENDS:
            depth -= 1
            if prefix in ends:
                yield prefix, None
        elif prefix in wanted and event != "map_key":
            depth -= starts
            yield prefix, _built(event, events, place) if starts else value


def _built(event: str, events: Iterator[tuple[str, str, object]], place: str) -> object:
    """The value that starts with this event; takes its events off the stream."""
    builder: Any = ijson.ObjectBuilder()
    builder.event(event, None)
    depth = 1
    for count, (_, kind, value) in enumerate(events):
        if count > MAX_ITEM_EVENTS:
            raise refused(place, f"has a part of more than {MAX_ITEM_EVENTS:,} values")
        builder.event(kind, value)
        depth += (kind in _STARTS) - (kind in _ENDS)
        _check_depth(depth, place)
        if not depth:
            break
    return cast(object, builder.value)


def _check_depth(depth: int, place: str) -> None:
    if depth > MAX_DEPTH:
        raise refused(place, f"is nested more than {MAX_DEPTH} levels deep")


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
        raise refused(place, f"is nested more than {MAX_DEPTH} levels deep") from None
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
        return
    for step, inner in _steps(value):
        below = f"{path}.{step}" if path else step
        if _leads_on(below, wanted) or _leads_on(below, ends):
            yield from _walked(inner, below, wanted, ends)
    if path in ends and isinstance(value, dict | list):
        yield path, None


def _leads_on(path: str, targets: Collection[str]) -> bool:
    return any(name == path or name.startswith(f"{path}.") for name in targets)


def _steps(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from cast(dict[str, object], value).items()
    elif isinstance(value, list):
        yield from (("item", inner) for inner in cast(list[object], value))
