"""How values of rows are written down in the audit record."""

import hashlib
from datetime import date, datetime
from enum import Enum

from tracker.sealing.canonical import canonical_bytes, instant_text


def as_digest(value: str | bytes) -> str:
    """Write down which text or bytes a large column holds, such as "sha256 9f86d0…"."""
    content = value.encode() if isinstance(value, str) else value
    return f"sha256 {hashlib.sha256(content).hexdigest()}"


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
