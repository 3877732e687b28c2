"""The evidence that speaks to one risk, with whether it counts and the gates that read it."""

from typing import Any, Final

import pandas as pd

from tracker.domain.state import LaunchState
from tracker.services.ledger import Ledger, LedgerRow
from tracker.views.evidence import standing_words, value_words
from tracker.views.figures import frame

EMPTY: Final = (
    "No result on record speaks to this risk. Import one under Launch, Evidence, and name the "
    "risk with it."
)

NOT_READ: Final = "written just now"

DTYPES: Final = {
    "run": "str",
    "standing": "str",
    "metric": "str",
    "task": "str",
    "slice": "str",
    "value": "str",
    "n": "Int64",
    "gates": "str",
}
"""Columns of the table; `standing` says whether a metric counts today, `gates` who reads it."""


def evidence_of(risk: str, ledger: Ledger, state: LaunchState) -> pd.DataFrame:
    """Return one line per metric that speaks to a risk, newest run first.

    Args:
        risk: The risk's whole reference.
        ledger: All evidence of its launch.
        state: The same launch, for the states of its gates.
    """
    states = {one.gate.ref: str(one.state) for one in state.gates}
    return frame([_line(row, states) for row in ledger.rows if risk in row.risks], DTYPES)


def _line(row: LedgerRow, states: dict[str, str]) -> dict[str, Any]:
    one = row.evidence
    return {
        "run": row.run.short_ref,
        "standing": standing_words(row),
        "metric": one.metric,
        "task": one.task,
        "slice": one.slice or "all",
        "value": value_words(one.value, one.qualifier, one.unit),
        "n": one.n,
        "gates": ", ".join(
            f"{gate.short_ref} {states.get(gate.ref, NOT_READ)}" for gate in row.gates
        ),
    }
