"""How values of rows are written down in the audit record."""

from datetime import date, datetime
from enum import Enum

from tracker.sealing.canonical import canonical_bytes, instant_text


def as_text(value: object) -> str | None:
    """Write a value of a row as text; None stays None.

    Raises:
        TypeError: The value is of a kind that no column holds.
    """
    if value is None:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return canonical_bytes(value).decode("utf-8")
