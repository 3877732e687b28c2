"""Values of a JSON document that nobody checked: each taken as the kind it should be, or not."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, TypeGuard

from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.limits import MAX_COUNT

Json = Mapping[str, Any]

_NOTHING: Final[Json] = {}


def json_object(source: BinaryIO, most: int) -> Json:
    """The object that a JSON document is; NaN and infinity are let through as floats.

    Args:
        source: The document, read from where it stands.
        most: Bytes that it may have.

    Raises:
        ImportRejected: Not UTF-8, not JSON, not an object, too large or nested too deeply.
    """
    content = source.read(most + 1)
    if len(content) > most:
        raise refused("whole file", f"is larger than {most:,} bytes")
    value = parsed(content, "whole file")
    if not is_mapping(value):
        raise refused("whole file", "is not a JSON object")
    return value


def parsed(content: bytes, place: str) -> object:
    """The value that JSON text in UTF-8 stands for.

    Raises:
        ImportRejected: Naming the place, and the line in it where there is one.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_unrepeated)
    except UnicodeDecodeError as error:
        raise refused(place, f"is not UTF-8 at byte {error.start + 1:,}") from None
    except json.JSONDecodeError as error:
        raise refused(place, f"is not JSON at line {error.lineno:,}: {error.msg}") from None
    except RecursionError:
        raise refused(place, "is nested too deeply") from None
    except _RepeatedKeyError as error:
        raise refused(place, f"says “{error}” twice in one object") from None
    except ValueError:
        raise refused(place, "is not JSON that can be read: a number has too many digits") from None


class _RepeatedKeyError(Exception):
    """The key, of which readers of JSON would take one value or the other."""


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise _RepeatedKeyError(twice[:40])
    return values


def is_mapping(value: object) -> TypeGuard[Json]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a JSON array."""
    return isinstance(value, list)


def inner(value: object, *path: str) -> Any:
    """What lies at a path of keys, or None."""
    for key in path:
        value = value.get(key) if is_mapping(value) else None
    return value


def mapping(value: object, *path: str) -> Json:
    """The object at a path of keys; an empty one where there is none."""
    found = inner(value, *path)
    return found if is_mapping(found) else _NOTHING


def items(value: object, *path: str) -> list[Any]:
    """The array at a path of keys; an empty one where there is none."""
    found = inner(value, *path)
    return found if is_list(found) else []


def text(value: object, *path: str) -> str:
    """The text at a path of keys; a number or truth value is written out, all else is empty."""
    found = inner(value, *path)
    return str(found) if isinstance(found, str | int | float) else ""


def number(value: object) -> float | None:
    """A finite number; None for anything else, a truth value too."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        real = float(value)
    except OverflowError:
        return None
    return real if math.isfinite(real) else None


def count(value: object) -> int | None:
    """A whole number from 0 on; None for anything else."""
    real = number(value)
    whole = real is not None and 0 <= real <= MAX_COUNT and real == math.floor(real)
    return int(real) if whole and real is not None else None


def moment(value: object) -> datetime | None:
    """A time in UTC, from seconds since 1970 or ISO text; None where it is neither.

    A time without a zone is taken as UTC; who calls says so, see `is_naive`.
    """
    try:
        if isinstance(value, str):
            time = datetime.fromisoformat(value)
            return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        seconds = number(value)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def is_naive(value: object) -> bool:
    """Whether a value is a time in ISO text without a zone."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False
