"""The frontier thresholds of one launch: what was determined, and what it asks for."""

from typing import Any, Final

import pandas as pd

from tracker.domain.gate_state import FrontierStatus
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import LaunchState
from tracker.domain.words import Origin, ThresholdOutcome
from tracker.views.figures import frame

NONE_IN_SCOPE: Final = "No frontier threshold is in scope of this launch."
UNDETERMINED: Final = "not determined"

DTYPES: Final = {
    "area": "str",
    "outcome": "str",
    "asks": "str",
    "confidence": "str",
    "by": "str",
    "on": "datetime64[s]",
    "rationale": "str",
    "basis": "str",
}
"""Columns of the table; `asks` says what is open or which safeguards answer it."""


def frontier_frame(state: LaunchState) -> pd.DataFrame:
    """Return one line per frontier threshold in scope, what is open first."""
    required = [status for status in state.frontier if status.required]
    ordered = sorted(required, key=lambda one: (is_settled(one), one.area.position))
    return frame([_line(status, state) for status in ordered], DTYPES)


def is_settled(status: FrontierStatus) -> bool:
    """Whether a threshold asks for nothing more on this launch."""
    if status.standing is None:
        return False
    if status.standing.outcome is ThresholdOutcome.BELOW:
        return True
    return bool(status.safeguards) and all(one.verified_now for one in status.safeguards)


def asks(status: FrontierStatus) -> str:
    """Say what a threshold still asks for, or what answers it."""
    if status.standing is None:
        said = "a determination for this release"
    elif status.standing.outcome is ThresholdOutcome.BELOW:
        said = "nothing more"
    elif not status.safeguards:
        said = "at least one named safeguard, verified"
    else:
        said = "; ".join(
            f"{one.mitigation.ref} {'verified' if one.verified_now else 'not verified'}"
            for one in status.safeguards
        )
    if status.pending is not None:
        said += f"; “{status.pending.outcome}” waits for a second person"
    return said


def _line(status: FrontierStatus, state: LaunchState) -> dict[str, Any]:
    standing = status.standing
    if standing is None:
        return {
            **dict.fromkeys(DTYPES, ""),
            "area": status.area.name,
            "outcome": UNDETERMINED,
            "asks": asks(status),
            "on": pd.NaT,
        }
    illustrative = standing.origin is Origin.ILLUSTRATIVE
    return {
        "area": status.area.name,
        "outcome": str(standing.outcome),
        "asks": asks(status),
        "confidence": str(standing.confidence),
        "by": state.person_name(standing.determined_by),
        "on": pd.Timestamp(standing.determined_on),
        "rationale": standing.rationale,
        "basis": ILLUSTRATIVE_LABEL if illustrative else str(standing.origin),
    }
