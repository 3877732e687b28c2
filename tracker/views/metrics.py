"""What metrics mean: those that wait to be defined, and what is known about the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import CorrectionKind, Direction, EvidenceStanding
from tracker.services.ledger import Ledger, LedgerRow
from tracker.views.figures import frame

DTYPES: Final = {"name": "str", "figures": "Int64", "runs": "str", "stated": "str"}
"""Columns of the table of waiting metrics; `name` is "tool: metric"."""

Pair = tuple[str, str]
"""A tool and one of its metrics."""


@dataclass(frozen=True, slots=True)
class MetricsView:
    """What can be said about metrics.

    Attributes:
        waiting: The launch's metrics of which nobody has said which way is good.
        pairs: "tool: metric" to the two, those that wait first.
        known: What is on record, by "tool: metric".
    """

    waiting: pd.DataFrame
    pairs: Mapping[str, Pair]
    known: Mapping[str, str]

    def pair(self, name: str) -> Pair | None:
        """Return tool and metric of a choice, or of something typed as "tool: metric"."""
        if name in self.pairs:
            return self.pairs[name]
        tool, colon, metric = (part.strip() for part in name.partition(":"))
        return (tool, metric) if tool and colon and metric else None

    def stated(self, name: str) -> str:
        """Say which way of a metric the files say is good; empty where they say nothing."""
        found = self.waiting.loc[self.waiting["name"] == name, "stated"]
        return "" if found.empty else str(found.iloc[0])


def metrics_view(ledger: Ledger, definitions: Sequence[MetricDefinitionRecord]) -> MetricsView:
    """Return the metrics of a launch that wait, and every metric that is known."""
    rows = _waiting(ledger)
    waiting = {_name(pair): pair for pair in sorted(rows)}
    known = {_name((one.tool, one.metric)): one for one in definitions}
    return MetricsView(
        waiting=frame([_line(pair, rows[pair]) for pair in waiting.values()], DTYPES),
        pairs=waiting | {name: (one.tool, one.metric) for name, one in known.items()},
        known={name: f"{one.direction}, {one.scale}" for name, one in known.items()},
    )


def read_by_gates(
    launch: LaunchState, definitions: Sequence[MetricDefinitionRecord]
) -> tuple[MetricDefinitionRecord, ...]:
    """Return the definitions of metrics that a gate of the launch reads."""
    read = {(one.gate.tool, one.gate.metric) for one in launch.gates if not one.gate.withdrawn}
    return tuple(one for one in definitions if (one.tool, one.metric) in read)


def proposal_words(asked: MetricDefinitionRecord, launch: LaunchState) -> str:
    """Say what somebody proposed to make of a metric, and why."""
    return (
        f"{launch.person_name(asked.proposed_by)} proposes that “{asked.metric}” of {asked.tool} "
        f"mean {asked.proposed_direction}, {asked.proposed_scale} in place of {asked.direction}, "
        f"{asked.scale}: {asked.proposed_because}"
    )


def _waiting(ledger: Ledger) -> dict[Pair, list[LedgerRow]]:
    rows: defaultdict[Pair, list[LedgerRow]] = defaultdict(list)
    for row in ledger.rows:
        if row.definition is None and row.standing is not EvidenceStanding.WITHDRAWN:
            rows[row.run.tool, _present_metric(row)].append(row)
    return rows


def _present_metric(row: LedgerRow) -> str:
    moved = [one for one in row.evidence.corrections if one.kind is CorrectionKind.REMAPPED]
    return moved[-1].metric if moved else row.evidence.metric


def _line(pair: Pair, rows: Sequence[LedgerRow]) -> dict[str, object]:
    runs = dict.fromkeys(row.run.short_ref for row in rows)
    return {
        "name": _name(pair),
        "figures": len(rows),
        "runs": ", ".join(runs),
        "stated": _stated({row.evidence.higher_is_better for row in rows}),
    }


def _stated(said: set[bool | None]) -> str:
    ways = {True: str(Direction.HIGHER), False: str(Direction.LOWER)}
    return " and ".join(words for way, words in ways.items() if way in said)


def _name(pair: Pair) -> str:
    return f"{pair[0]}: {pair[1]}"
