"""The queue: what should safety work on next, across all launches?"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import Level, View
from tracker.scoring.explain import explain_priority
from tracker.views.figures import band_words, counted, frame, one_place, status_words
from tracker.views.launches import worst_first

DTYPES: Final = {
    "ref": "str",
    "rank": "int64",
    "risk": "str",
    "title": "str",
    "level": "str",
    "priority": "float64",
    "band": "str",
    "business_impact": "Int64",
    "launch": "str",
    "area": "str",
    "owner": "str",
    "status": "str",
    "reason": "str",
    "sum": "str",
}
"""Columns of the queue; `risk` is the reference within the launch, `ref` the whole one."""

PAGE: Final = 50
ANSWERS: Final = "What should safety work on next, across all launches?"
EMPTY: Final = "No open risk is registered. Enter risks on a launch under Launch, Risks."
NO_MATCH: Final = "No open risk matches. Take a filter away to see the others."


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What narrows the queue; an empty collection lets everything through.

    Attributes:
        launches, areas, levels, owners, teams: Keys, codes and words; a team is that of one of
            the risk's mitigations; "" among the owners stands for nobody.
        holds: Only risks that hold their launch.
        text: Looked for in reference, title, scenario and reason.
    """

    launches: Collection[str] = ()
    areas: Collection[str] = ()
    levels: Collection[str] = ()
    owners: Collection[str] = ()
    teams: Collection[str] = ()
    holds: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to filter by: value to its words, in the order to be offered."""

    launches: Mapping[str, str] = field(default_factory=dict[str, str])
    levels: Mapping[str, str] = field(default_factory=dict[str, str])
    areas: Mapping[str, str] = field(default_factory=dict[str, str])
    owners: Mapping[str, str] = field(default_factory=dict[str, str])
    teams: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PrioritiesView:
    """One page of the queue.

    Attributes:
        unassessed: Lines of this page that nobody has judged.
        assessed: The other lines of this page.
        unassessed_count, assessed_count: Of all pages together.
    """

    unassessed: pd.DataFrame
    assessed: pd.DataFrame
    unassessed_count: int
    assessed_count: int


def options(states: Sequence[LaunchState]) -> Options:
    """Return what the queue of these launches can be filtered by."""
    if not states:
        return Options()
    risks = [risk for state in states for risk in state.open_risks]
    owners = {risk.risk.owner or "" for risk in risks}
    shared = states[0]
    return Options(
        launches={state.launch.key: state.launch.name for state in states},
        levels={str(level): str(level) for level in worst_first()},
        areas={status.area.code: status.area.name for status in shared.areas},
        owners=_by_words({key: shared.person_name(key or None) for key in owners}),
        teams=_by_words({key: team.name for key, team in shared.teams.items()}),
    )


def _by_words(words: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda item: item[1].casefold()))


def matching(queue: Sequence[RankedRisk], wanted: QueueFilter) -> list[RankedRisk]:
    """Return the lines of the queue that a filter lets through, in their order."""
    return [line for line in queue if _matches(line, wanted)]


def page_count(lines: Sequence[RankedRisk]) -> int:
    """Return how many pages these lines fill, at least 1."""
    return max(1, -(-len(lines) // PAGE))


def priorities_view(
    lines: Sequence[RankedRisk], states: Sequence[LaunchState], page: int, profile: ScoringProfile
) -> PrioritiesView:
    """Return one page of the lines that match.

    Args:
        lines: Those that match, in the order of the queue.
        states: The launches, for names.
        page: From 1 on; a page beyond the last is the last.
        profile: Says where levels begin, which rounding must not cross.
    """
    start = (min(page, page_count(lines)) - 1) * PAGE
    known = sum(line.state.current.priority is not None for line in lines)
    names = Names.of(states) if states else Names({}, str)
    rows = [_row(line, names, profile) for line in lines[start : start + PAGE]]
    return PrioritiesView(
        unassessed=frame([row for row in rows if row["priority"] is None], DTYPES),
        assessed=frame([row for row in rows if row["priority"] is not None], DTYPES),
        unassessed_count=len(lines) - known,
        assessed_count=known,
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Words for the codes and keys that risks refer to."""

    areas: Mapping[str, str]
    person: Callable[[str | None], str]

    @classmethod
    def of(cls, states: Sequence[LaunchState]) -> "Names":
        """Take the names from launches of one register; there is at least one."""
        areas = {status.area.code: status.area.name for status in states[0].areas}
        return cls(areas, states[0].person_name)


def headline(queue: Sequence[RankedRisk]) -> str:
    """Say how much is unknown, how much is Critical, and how many risks hold a launch."""
    if not queue:
        return "Nothing to prioritise yet"
    unknown = sum(line.state.current.level is Level.UNASSESSED for line in queue)
    critical = sum(line.state.current.level is Level.CRITICAL for line in queue)
    holding = sum(line.holds_launch for line in queue)
    holds = counted(holding, "risk holds", "risks hold")
    return f"{unknown} UNASSESSED, {critical} Critical; {holds} a launch"


def _matches(line: RankedRisk, wanted: QueueFilter) -> bool:
    risk = line.state.risk
    teams = {item.mitigation.team for item in line.state.mitigations}
    return (
        (not wanted.holds or line.holds_launch)
        and (not wanted.launches or risk.launch in wanted.launches)
        and (not wanted.areas or not {risk.area, *risk.touches}.isdisjoint(wanted.areas))
        and (not wanted.levels or str(line.state.current.level) in wanted.levels)
        and (not wanted.owners or (risk.owner or "") in wanted.owners)
        and (not wanted.teams or not teams.isdisjoint(wanted.teams))
        and _mentions(line, wanted.text)
    )


def _mentions(line: RankedRisk, text: str) -> bool:
    risk = line.state.risk
    searched = f"{risk.ref}\n{risk.title}\n{risk.scenario}\n{line.reason}"
    return text.strip().casefold() in searched.casefold()


def _row(line: RankedRisk, names: Names, profile: ScoringProfile) -> dict[str, Any]:
    state, risk, current = line.state, line.state.risk, line.state.current
    whose = state.central_priority
    return {
        "ref": risk.ref,
        "rank": line.rank,
        "risk": risk.short_ref,
        "title": risk.title,
        "level": str(current.level),
        "priority": one_place(current.priority, profile),
        "band": band_words(current.priority_band, profile),
        "business_impact": whose.assessment.picks.business_impact if whose else None,
        "launch": line.launch.name,
        "area": names.areas.get(risk.area, risk.area),
        "owner": names.person(risk.owner),
        "status": status_words(state),
        "reason": line.reason,
        "sum": explain_priority(state, View.CURRENT, profile, names.person),
    }
