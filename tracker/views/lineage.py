"""A clone held against the last launch: as it was decided, as it turned out, and as drafted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.domain.lineage import Lineage, LineageChange
from tracker.domain.state import LaunchState
from tracker.views.figures import frame

ANSWERS: Final = "What differs from the last launch, and how did that one turn out?"
NO_CLONE: Final = (
    "This launch was not cloned from another one. Start from the last launch on the page New "
    "launch to have the two compared."
)
NOTHING: Final = "Neither launch holds a risk, a mitigation or a gate."
NOTHING_SINCE: Final = "Nothing that this register records has happened there since."

DTYPES: Final = {
    "change": "str",
    "kind": "str",
    "last": "str",
    "here": "str",
    "title": "str",
    "decided": "str",
    "reality": "str",
    "now": "str",
    "words": "str",
}


@dataclass(frozen=True, slots=True)
class LineageView:
    """The comparison of a clone.

    Attributes:
        past: What stands for the past.
        since: What happened to the last launch after it was decided, one sentence each.
    """

    headline: str
    past: str
    since: tuple[str, ...]
    frame: pd.DataFrame


def titles(launch: LaunchState) -> dict[str, str]:
    """Return the titles of risks, mitigations and gates by reference, as far as they are shown."""
    return {
        **{one.ref: one.risk.title for one in launch.risks},
        **{one.mitigation.ref: one.mitigation.title for one in launch.mitigations},
        **{one.gate.ref: one.gate.title for one in launch.gates},
    }


def lineage_view(lineage: Lineage, last: str, named: Mapping[str, str]) -> LineageView:
    """Return the comparison with the last launch.

    Args:
        lineage: The comparison.
        last: Name of the last launch.
        named: Titles by reference, those that the reader may see.
    """
    counts = {change: sum(row.change is change for row in lineage.rows) for change in LineageChange}
    told = ", ".join(f"{count} {change}" for change, count in counts.items() if count)
    return LineageView(
        headline=f"Against {last}: {told or 'nothing to compare'}",
        past=_past(lineage, last),
        since=lineage.since,
        frame=frame(
            [
                {
                    "change": str(row.change),
                    "kind": str(row.kind),
                    "last": _short(row.last),
                    "here": _short(row.here),
                    "title": named.get(row.here or row.last or "", ""),
                    "decided": row.decided,
                    "reality": row.reality,
                    "now": row.now,
                    "words": row.words,
                }
                for row in lineage.rows
            ],
            DTYPES,
        ),
    )


def _past(lineage: Lineage, last: str) -> str:
    if lineage.decided_as is None:
        return f"Nothing was decided on {last}; it is compared as it stands today."
    short = lineage.decided_as.rpartition("/")[2]
    return f"{last} as it was when decision {short} was taken, and as it stands today."


def _short(ref: str | None) -> str:
    return ref.rpartition("/")[2] if ref else ""
