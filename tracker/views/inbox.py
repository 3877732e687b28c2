"""What waits for somebody: theirs first, and everybody's on demand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from tracker.domain.review_state import InboxItem
from tracker.views.figures import counted, frame

ANSWERS: Final = "What waits for you, what is due, and what is about to run out?"
EMPTY: Final = "Nothing waits for you. Switch to everybody to see what waits for others."
EMPTY_FOR_ALL: Final = "Nothing waits for anybody."

DTYPES: Final = {
    "subject": "str",
    "launch": "str",
    "kind": "str",
    "text": "str",
    "due": "datetime64[s]",
    "clock": "str",
    "who": "str",
}
"""Columns of the inbox; `subject` is a reference within its launch."""


@dataclass(frozen=True, slots=True)
class InboxView:
    """What waits, the earliest day first.

    Attributes:
        kinds: What to do and how often, the most frequent first; whatever is chosen below.
        empty: What to say where nothing waits; empty where something does.
    """

    headline: str
    frame: pd.DataFrame
    items: tuple[InboxItem, ...]
    kinds: Mapping[str, int]
    empty: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people and launches by key."""

    people: Mapping[str, str]
    launches: Mapping[str, str]


def inbox_view(
    items: Sequence[InboxItem],
    names: Names,
    today: date,
    person: str | None = None,
    kind: str | None = None,
) -> InboxView:
    """Return what waits for a person, or for everybody where None; of one kind where named."""
    theirs = [item for item in items if person in (None, item.person)]
    kinds = Counter(str(item.kind) for item in theirs)
    shown = [item for item in theirs if kind in (None, str(item.kind)) or kind not in kinds]
    ordered = sorted(shown, key=lambda item: (item.due or date.max, item.subject, item.person))
    overdue = sum(item.due is not None and item.due < today for item in ordered)
    late = f", {overdue} overdue" if overdue else ""
    empty = EMPTY_FOR_ALL if person is None else EMPTY
    return InboxView(
        headline=f"{counted(len(ordered), 'thing')} waiting{late}" if ordered else "Nothing waits",
        frame=frame([_line(item, names, today) for item in ordered], DTYPES),
        items=tuple(ordered),
        kinds=dict(kinds.most_common()),
        empty="" if ordered else empty,
    )


def _line(item: InboxItem, names: Names, today: date) -> dict[str, Any]:
    return {
        "subject": item.subject.rpartition("/")[2] or item.launch,
        "launch": names.launches.get(item.launch, item.launch),
        "kind": str(item.kind),
        "text": item.text,
        "due": pd.Timestamp(item.due) if item.due else pd.NaT,
        "clock": clock(item.due, today),
        "who": names.people.get(item.person, item.person),
    }


def clock(due: date | None, today: date) -> str:
    """Say how far away a day is; empty where there is none."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days, 'day')} overdue"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
