"""Keys suggested from what people type; they may always type another."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from itertools import count

from tracker.domain.types import KEY_LENGTH

_ROOM_FOR_A_NUMBER = 4


def suggested_key(name: str, taken: Collection[str] = (), target: date | None = None) -> str:
    """Return a free key made from a name, such as `gpt-4v-2023-09`; empty where none can be.

    Args:
        name: What the key stands for.
        taken: Keys that are in use.
        target: Target date of a launch, whose month ends the key.
    """
    ascii_name = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
    if not stem:
        return ""
    ending = f"-{target:%Y-%m}" if target else ""
    stem = stem[: KEY_LENGTH - len(ending) - _ROOM_FOR_A_NUMBER].rstrip("-") + ending
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(key for key in numbered if key not in taken)
