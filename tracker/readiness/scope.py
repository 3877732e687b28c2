"""Policy areas on one launch: decided or not, confirmed or not, covered by a risk or not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.records import LaunchRecord, PolicyAreaRecord, ScopeRecord
from tracker.domain.state import AreaStatus, RiskState
from tracker.domain.words import Applicability, AreaState, Level


def is_confirmed(scope: ScopeRecord, launch: LaunchRecord) -> bool:
    """Tell whether an exclusion was confirmed by somebody other than the launch owner."""
    return scope.confirmed_by is not None and scope.confirmed_by != launch.owner


def asks_for_criteria(status: AreaStatus) -> bool:
    """Tell whether the area has to have gates or a determination: in scope or none found."""
    return status.scope is not None and status.scope.applicability in (
        Applicability.IN_SCOPE,
        Applicability.NONE_FOUND,
    )


def area_statuses(
    areas: Sequence[PolicyAreaRecord],
    scopes: Iterable[ScopeRecord],
    risks: Iterable[RiskState],
    launch: LaunchRecord,
) -> tuple[AreaStatus, ...]:
    """Return one status per policy area, in the areas' order."""
    decided = {scope.area: scope for scope in scopes}
    covering = _open_risks_by_area(risks)
    return tuple(
        _area_status(area, decided.get(area.code), covering.get(area.code, []), launch)
        for area in areas
    )


def _open_risks_by_area(risks: Iterable[RiskState]) -> Mapping[str, list[RiskState]]:
    covering: dict[str, list[RiskState]] = defaultdict(list)
    for state in risks:
        if state.is_open:
            for code in {state.risk.area, *state.risk.touches}:
                covering[code].append(state)
    return covering


def _area_status(
    area: PolicyAreaRecord,
    scope: ScopeRecord | None,
    risks: Sequence[RiskState],
    launch: LaunchRecord,
) -> AreaStatus:
    levels = [state.current.level for state in risks]
    return AreaStatus(
        area=area,
        scope=scope,
        state=_state(scope, levels, launch),
        worst=max(levels, key=lambda level: level.severity_rank, default=None),
        risks=tuple(state.ref for state in risks),
    )


def _state(scope: ScopeRecord | None, levels: Sequence[Level], launch: LaunchRecord) -> AreaState:
    if scope is None:
        return AreaState.UNDECIDED
    if scope.applicability is not Applicability.IN_SCOPE and not is_confirmed(scope, launch):
        return AreaState.UNCONFIRMED
    if Level.UNASSESSED in levels:
        return AreaState.UNASSESSED
    if levels:
        return AreaState.ASSESSED
    return {
        Applicability.IN_SCOPE: AreaState.GAP,
        Applicability.NONE_FOUND: AreaState.NONE_FOUND,
        Applicability.NOT_APPLICABLE: AreaState.NOT_APPLICABLE,
    }[scope.applicability]
