"""Two people edited the same thing: each field as it was, as it is now, and as one typed it."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from tracker.views.figures import frame

DTYPES: Final = {"field": "str", "opened": "str", "now": "str", "yours": "str", "kept": "str"}
EMPTY: Final = "empty"
NOTHING_DIFFERS: Final = "What the other person changed is not among these fields. Save again."

BOTH: Final = "yours, in place of theirs"
THEIRS: Final = "theirs, as you left it"
YOURS: Final = "yours"
SAME: Final = "the same"


def compared(
    opened: Mapping[str, str], now: Mapping[str, str], yours: Mapping[str, str]
) -> pd.DataFrame:
    """Return a line for each field that differs anywhere, and what saving again would keep.

    Args:
        opened: Words by label, as the form showed them first.
        now: As the register holds them.
        yours: As they stand in the form.
    """
    lines = [
        {
            "field": label,
            "opened": before or EMPTY,
            "now": now[label] or EMPTY,
            "yours": yours[label] or EMPTY,
            "kept": _kept(before, now[label], yours[label]),
        }
        for label, before in opened.items()
        if not before == now[label] == yours[label]
    ]
    return frame(lines, DTYPES)


def _kept(opened: str, now: str, yours: str) -> str:
    if now == yours:
        return SAME
    if yours == opened:
        return THEIRS
    return YOURS if now == opened else BOTH
