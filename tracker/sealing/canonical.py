"""The one canonical form: equal values give equal bytes, today and next year."""

import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import cast

Container = Mapping[object, object] | Sequence[object]


def canonical_bytes(value: object) -> bytes:
    """Write a value as canonical JSON in UTF-8.

    Keys are sorted by code point, there is no insignificant white space, text is in NFC, floats
    are the shortest decimal that reads back equal, datetimes are ISO 8601 in UTC with `Z`,
    dates ISO 8601, enums their value.

    Raises:
        ValueError: A float is not finite, a datetime is naive, two keys become equal in NFC, or
            text holds half a surrogate pair.
        TypeError: A value or key has no canonical form (bytes, sets, decimals, other objects).
    """
    plain = _plain(value)
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")


def instant_text(moment: datetime) -> str:
    """Write an aware datetime as ISO 8601 in UTC, such as `2026-03-01T12:00:00.000001Z`.

    Raises:
        ValueError: The datetime is naive.
    """
    if moment.utcoffset() is None:
        raise ValueError("a datetime without a time zone has no canonical form")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return _plain_text(value)
    if value is None or isinstance(value, bool | int):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, dict | list | tuple | Mapping):
        return _plain_container(cast(Container, value))
    if isinstance(value, float):
        return _finite(value)
    return _plain_moment(value)


def _plain_text(text: str) -> str:
    content = str(text.value) if isinstance(text, Enum) else text
    return content if content.isascii() else unicodedata.normalize("NFC", content)


def _plain_container(value: Container) -> object:
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    return [_plain(item) for item in value]


def _plain_moment(value: object) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _plain_mapping(mapping: Mapping[object, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in mapping.items():
        if not isinstance(key, str):
            raise TypeError(f"a key must be text, not {type(key).__name__}")
        name = _plain_text(key)
        if name in plain:
            raise ValueError(f"two keys are the same text: {name!r}")
        plain[name] = _plain(item)
    return plain


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"{number} has no canonical form")
    return number
