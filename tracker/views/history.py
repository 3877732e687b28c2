"""What was changed, by whom, from what to what, and why; and whether the record is whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import pandas as pd

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.services.history import Proven
from tracker.views.figures import counted, frame

DTYPES: Final = {
    "seq": "int64",
    "at": "datetime64[s]",
    "who": "str",
    "action": "str",
    "entity": "str",
    "subject": "str",
    "field": "str",
    "old": "str",
    "new": "str",
    "reason": "str",
}
"""Columns of the history: a row per changed field, or per line of entries; times are UTC."""

ANSWERS: Final = "What was changed, by whom, and why?"
EMPTY: Final = "Nothing has been recorded yet: the first change will stand here."
NO_MATCH: Final = "No change matches. Take a filter away to see the others."
LIMIT: Final = 300
"""Lines that are read at most; older ones are reached by narrowing."""

KINDS: Final = (
    "launch",
    "role on a launch",
    "proposed role on a launch",
    "risk not taken over",
    "scope",
    "risk",
    "area touched by a risk",
    "tag of a risk",
    "assessment",
    "mitigation",
    "mitigation on a launch",
    "effect of a mitigation",
    "verification of a mitigation",
    "effort of a mitigation",
    "evidence run",
    "evidence",
    "evidence for a risk",
    "correction of evidence",
    "equivalence of a run",
    "confirmation of a run",
    "withholding of evidence",
    "metric definition",
    "gate",
    "attestation of a gate",
    "waiver of a gate",
    "frontier determination",
    "required safeguard",
    "acceptance",
    "review",
    "snapshot",
    "sign-off",
    "answer to an objection",
    "recommendation",
    "decision",
    "condition",
    "change of exposure",
    "line of the minutes",
    "export",
    "stored export",
    "person",
    "role of a person",
    "area of a person",
    "team",
    "policy area",
)
"""What a record of the chain may be about, as the store names it."""
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class HistoryView:
    """A stretch of the audit chain.

    Attributes:
        chain: Length and head, as every export prints them.
        frame: One row per changed field, newest change first; one for entries in one line.
        note: How many changes are shown, how many lines stand for several, and what else there is.
        empty: What it means where there is no line.
    """

    chain: str
    frame: pd.DataFrame
    note: str
    empty: str


def field_name(typed: str) -> str | None:
    """Return the name of a field as the chain holds it; None where nothing is typed."""
    return "_".join(typed.lower().split()) or None


def history_view(
    changes: Sequence[ChangeLine],
    head: ChainHead,
    narrowed: bool = False,
    field: str | None = None,
) -> HistoryView:
    """Return the history of the given changes, newest first; of one field where it is named."""
    return HistoryView(
        chain=f"{counted(head.length, 'record')}, head {head.hash}",
        frame=frame([row for change in changes for row in _rows(change, field)], DTYPES),
        note=_note(changes),
        empty="" if changes else (NO_MATCH if narrowed else EMPTY),
    )


def headline(head: ChainHead) -> str:
    """Say how many changes the chain holds."""
    return f"{counted(head.length, 'change')} recorded"


def _note(changes: Sequence[ChangeLine]) -> str:
    told = _count(changes)
    if len(changes) < LIMIT:
        return f"{counted(told, 'change')} shown, newest first.{_folding(changes)}"
    return (
        f"The newest {counted(told, 'change')} are shown; narrow by person, kind, field or "
        f"reference for more.{_folding(changes)}"
    )


def _folding(changes: Sequence[ChangeLine]) -> str:
    folded = [change for change in changes if change.folded]
    if not folded:
        return ""
    lines = counted(len(folded), "line stands", "lines stand")
    return f" {lines} for {_count(folded)} of them, which one save made alike."


def _count(changes: Sequence[ChangeLine]) -> int:
    return sum(change.entries for change in changes)


def verification_words(proof: Proven) -> str:
    """Say what reading the whole register showed."""
    if proof.faults:
        more = len(proof.faults) - 1
        rest = f" And {counted(more, 'fault')} more." if more else ""
        return (
            f"{proof.faults[0]}{rest} Keep the file and compare it with a back-up; "
            "holdpoint verify lists everything."
        )
    return (
        f"Everything is as it was written: {counted(proof.head.length, 'record')} and every row, "
        f"{counted(proof.snapshots, 'snapshot')} and {counted(proof.exports, 'stored export')}."
    )


def _rows(change: ChangeLine, only: str | None) -> list[dict[str, Any]]:
    shared = {
        "seq": change.seq,
        "at": pd.Timestamp(change.at).tz_convert("UTC").tz_localize(None),
        "who": change.actor_name,
        "action": change.action,
        "entity": change.entity,
        "subject": change.subject,
        "reason": change.reason,
    }
    if change.folded:
        return [{**shared, "field": change.folded, "old": "", "new": change.span}]
    fields = change.fields or {"": (None, None)}
    return [
        {**shared, "field": _plain(name), "old": old or "", "new": new or ""}
        for name, (old, new) in fields.items()
        if only in (None, name)
    ]


def sentences(changes: Sequence[ChangeLine]) -> list[str]:
    """Say changes in sentences, one per act: what was done at one moment by one person."""
    acts = groupby(changes, key=lambda change: (change.at, change.actor, change.action))
    return [_act([*listed]) for _, listed in acts]


def _act(changes: Sequence[ChangeLine]) -> str:
    first = changes[0]
    said = f"{first.at:%Y-%m-%d %H:%M} UTC · {first.actor_name} · {first.action}"
    told = "; ".join(_line(change) for change in changes[:2])
    left = _count(changes[2:])
    more = f"; and {counted(left, 'more record')}" if left else ""
    reason = f" ({first.reason})" if first.reason else ""
    return f"{said} · {told}{more}{reason}"


def _line(change: ChangeLine) -> str:
    if change.folded:
        return f"{change.subject}: {change.folded} ({change.span})"
    return f"{change.entity} {change.subject} {_fields(change)}"


def _fields(change: ChangeLine) -> str:
    edited = {name: both for name, both in change.fields.items() if both[0] != both[1]}
    if all(old is None for old, _ in edited.values()):
        return "entered" if change.fields else "recorded"
    told = [f"{_plain(name)} {_from_to(*edited[name])}" for name in list(edited)[:2]]
    more = len(edited) - len(told)
    return ", ".join([*told, *([f"{more} more"] if more > 0 else [])])


def _from_to(old: str | None, new: str | None) -> str:
    return f"“{_short(old)}” → “{_short(new)}”"


def _short(text: str | None) -> str:
    if text is None:
        return "nothing"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _plain(name: str) -> str:
    return name.replace("_", " ")
