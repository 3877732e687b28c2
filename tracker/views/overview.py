"""One launch at a glance: the verdict, what holds it, and what would remedy that."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.charts.levels import LevelRow
from tracker.domain.state import AreaStatus, LaunchState, VerdictReason
from tracker.domain.words import AreaState, LaunchRoleName, Level, ReasonCode, Verdict, View
from tracker.readiness.path import path_to_green
from tracker.readiness.words import summarised, what_would_change_it, when
from tracker.views.criteria import GatePairs, area_words, frontier_words, gate_pairs
from tracker.views.figures import counted, frame
from tracker.views.gates import headline as gates_headline
from tracker.views.launches import worst_first
from tracker.views.path import PathView, path_view

AREA_DTYPES: Final = {
    "code": "str",
    "area": "str",
    "family": "str",
    "gate_type": "str",
    "state": "str",
    "worst": "str",
    "risks": "int64",
    "criteria": "str",
    "reason": "str",
}
"""Columns of the policy areas; `worst` is a level or empty, `risks` counts the open ones,
`criteria` names gates with their states and what is determined about a frontier threshold."""

LEVEL_DTYPES: Final = {"level": "str", "now": "int64", "inherent": "int64", "projected": "int64"}

ANSWERS: Final = "Can this launch go out, what holds it, and what would remedy that?"
NO_AREAS: Final = (
    "No policy area has been decided yet. Decide the scope under Portfolio, New launch."
)
_VIEWS: Final = ((View.CURRENT, "now"), (View.INHERENT, "inherent"), (View.PROJECTED, "projected"))


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """All reasons of one kind.

    Attributes:
        title: The kind with its count, such as "2 risks UNASSESSED".
        holds: Whether it makes the launch Not ready.
    """

    code: ReasonCode
    title: str
    holds: bool
    reasons: tuple[VerdictReason, ...]


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The overview of one launch.

    Attributes:
        headline: The verdict with the number of reasons.
        first_step: What comes first on the way to a better verdict.
        groups: Every reason, by kind, those that hold first.
        bars: Open risks by level in the three views.
        levels: The same counts as a table, UNASSESSED first.
        path: What turns the verdict, and what may be decided instead.
        gates: How many gates in force stand in each state, the worst first.
        gates_headline: How many of them are passed, and how many hold the launch.
        thresholds: How many frontier thresholds are determined, and what they ask for.
        areas: Policy areas in scope or not yet settled, the least settled first.
        excluded: How many areas do not apply, confirmed.
        facts: Label and value, in the order of reading.
        note: What the register says about the launch as a whole.
    """

    headline: str
    first_step: str
    groups: tuple[ReasonGroup, ...]
    bars: tuple[LevelRow, ...]
    levels: pd.DataFrame
    path: PathView
    gates: GatePairs
    gates_headline: str
    thresholds: str
    areas: pd.DataFrame
    excluded: int
    facts: tuple[tuple[str, str], ...]
    note: str


def overview_view(state: LaunchState) -> OverviewView:
    """Return the overview of a launch."""
    areas = [one for one in state.areas if one.state is not AreaState.NOT_APPLICABLE]
    return OverviewView(
        headline=_headline(state),
        first_step=what_would_change_it(state),
        groups=reason_groups(state.reasons),
        bars=tuple(LevelRow(name, state.level_counts(view)) for view, name in _VIEWS),
        levels=frame(_level_rows(state), LEVEL_DTYPES),
        path=path_view(path_to_green(state)),
        gates=gate_pairs(state),
        gates_headline=gates_headline(state),
        thresholds=frontier_words(state),
        areas=frame(
            [_area_row(status, state) for status in sorted(areas, key=_urgency)], AREA_DTYPES
        ),
        excluded=len(state.areas) - len(areas),
        facts=tuple(_facts(state).items()),
        note=state.launch.note or state.launch.summary,
    )


def _headline(state: LaunchState) -> str:
    holding = sum(reason.holds for reason in state.reasons)
    if state.verdict is Verdict.NOT_READY:
        return f"{state.verdict}: {counted(holding, 'reason holds', 'reasons hold')} it"
    return str(state.verdict)


def reason_groups(reasons: Sequence[VerdictReason]) -> tuple[ReasonGroup, ...]:
    """Gather the reasons by kind; the order of the kinds is that of the verdict's rules."""
    grouped: dict[ReasonCode, list[VerdictReason]] = defaultdict(list)
    for reason in reasons:
        grouped[reason.code].append(reason)
    return tuple(
        ReasonGroup(code, _capital(summarised(tuple(listed))[0]), listed[0].holds, tuple(listed))
        for code, listed in grouped.items()
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _level_rows(state: LaunchState) -> list[dict[str, Any]]:
    counts = {name: state.level_counts(view) for view, name in _VIEWS}
    return [
        {"level": str(level), **{name: counts[name][level] for _, name in _VIEWS}}
        for level in worst_first()
    ]


def _urgency(status: AreaStatus) -> tuple[int, int, int]:
    worst = status.worst.severity_rank if status.worst else -1
    return list(AreaState).index(status.state), -worst, status.area.position


def _area_row(status: AreaStatus, state: LaunchState) -> dict[str, Any]:
    return {
        "code": status.area.code,
        "area": status.area.name,
        "family": status.area.family_name,
        "gate_type": str(status.area.gate_type),
        "state": _state_words(status),
        "worst": str(status.worst) if status.worst else "",
        "risks": len(status.risks),
        "criteria": area_words(status, state),
        "reason": status.scope.reason if status.scope else "",
    }


def _state_words(status: AreaStatus) -> str:
    excluded = f"“{status.scope.applicability}” not confirmed" if status.scope else ""
    return {
        AreaState.UNDECIDED: "scope undecided",
        AreaState.UNCONFIRMED: excluded,
        AreaState.GAP: "in scope, no risk entered",
        AreaState.UNASSESSED: f"holds {Level.UNASSESSED} risks",
        AreaState.ASSESSED: "assessed",
    }.get(status.state, str(status.state))


def _facts(state: LaunchState) -> dict[str, str]:
    launch = state.launch
    named = {role: launch.holders.get(role) for role in LaunchRoleName}
    return {
        "Target date": f"{launch.target_date.isoformat()} ({when(launch, state.today)})",
        "Exposure": f"{launch.exposure_now} now, asks for {launch.exposure_asked}",
        "Review": str(launch.review_status),
        "Model version": launch.model_version,
        "Configuration": launch.configuration,
        "Surfaces": launch.surfaces or "not stated",
        "Developer": launch.developer or "not stated",
        **{str(role).capitalize(): state.person_name(key) for role, key in named.items()},
        "Source": launch.source or "entered here",
    }
