"""Moments, days and words of the vocabulary as the summary for machines writes them."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


def instant(value: datetime | None) -> str | None:
    """Return a moment in UTC as ISO 8601 ending in Z; null where there is none."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601; null where there is none."""
    return None if value is None else value.isoformat()


def word(value: StrEnum | None) -> str | None:
    """Return a word of the vocabulary; null where there is none."""
    return None if value is None else str(value)
