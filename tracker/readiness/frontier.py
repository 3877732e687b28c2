"""Frontier thresholds on one launch: which determination stands, and are its safeguards verified.

Determinations are read oldest first. A later one stands when it asks for at least as much as what
stood before it (an outcome not lower, every safeguard kept), or when somebody who is neither its
author nor the launch owner confirmed it. What stood last for another release of the launch counts,
too, as far as it gates otherwise: a new version alone brings no “below” after a “reached”. A launch
owner may raise the bar and never lowers it: what the present owner determined opens nothing. Only
what stands for the launch's present release counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.gate_state import FrontierStatus, SafeguardStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.state import AreaStatus, LaunchInputs, MitigationState
from tracker.domain.words import GateType, ThresholdOutcome
from tracker.readiness.scope import asks_for_criteria


def frontier_statuses(
    inputs: LaunchInputs, areas: Iterable[AreaStatus], mitigations: Iterable[MitigationState]
) -> tuple[FrontierStatus, ...]:
    """Return one status per policy area of gate type threshold, in the areas' order.

    Raises:
        KeyError: A named safeguard is not among the launch's mitigations.
    """
    made = _by_area(inputs)
    verified = {state.mitigation.ref for state in mitigations if state.verified_now}
    return tuple(
        _status(status, made.get(status.area.code, ()), inputs, verified)
        for status in areas
        if status.area.gate_type is GateType.THRESHOLD
    )


def _by_area(inputs: LaunchInputs) -> Mapping[str, Sequence[DeterminationRecord]]:
    made: dict[str, list[DeterminationRecord]] = defaultdict(list)
    for one in sorted(inputs.determinations, key=lambda one: (one.determined_on, one.id)):
        made[one.area].append(one)
    return made


def _status(
    status: AreaStatus,
    made: Sequence[DeterminationRecord],
    inputs: LaunchInputs,
    verified: set[str],
) -> FrontierStatus:
    standing, pending = standing_and_pending(made, inputs.launch)
    return FrontierStatus(
        area=status.area,
        required=asks_for_criteria(status),
        standing=standing,
        pending=pending,
        safeguards=tuple(
            SafeguardStatus(inputs.mitigations[ref], ref in verified)
            for ref in (standing.safeguards if standing else ())
        ),
    )


def standing_and_pending(
    made: Iterable[DeterminationRecord], launch: LaunchRecord
) -> tuple[DeterminationRecord | None, DeterminationRecord | None]:
    """Return which determination counts, and a later one that awaits a second person.

    Args:
        made: Of one area, for any release of the launch, oldest first.
        launch: Names the present release and the present launch owner.
    """
    bars: dict[Release, DeterminationRecord] = {}
    pending: dict[Release, DeterminationRecord] = {}
    last: DeterminationRecord | None = None
    for one in made:
        before = _distinct(bars.get(one.release), last)
        if _stands_after(one, before, launch):
            bars[one.release] = last = one
            pending.pop(one.release, None)
        elif one.determined_by != launch.owner and not _all_asked(one, before):
            pending[one.release] = one
    bar = bars.get(launch.release)
    if bar is not None and bar.determined_by == launch.owner:
        bar = None
    return bar, pending.get(launch.release)


def _distinct(*found: DeterminationRecord | None) -> list[DeterminationRecord]:
    return list({one.id: one for one in found if one is not None}.values())


def _stands_after(
    later: DeterminationRecord, before: Sequence[DeterminationRecord], launch: LaunchRecord
) -> bool:
    as_much = _all_asked(later, before)
    if later.determined_by == launch.owner:
        raises = any(not _asks_for_as_much(one, later) for one in before)
        return as_much and (raises or not before)
    return as_much or is_confirmed(later, launch)


def _all_asked(later: DeterminationRecord, before: Iterable[DeterminationRecord]) -> bool:
    return all(_asks_for_as_much(later, one) for one in before)


def _asks_for_as_much(later: DeterminationRecord, bar: DeterminationRecord) -> bool:
    not_lower = later.outcome.order >= bar.outcome.order
    if later.release != bar.release:
        not_lower = not_lower or later.outcome is not ThresholdOutcome.BELOW
    return not_lower and set(bar.safeguards) <= set(later.safeguards)


def is_confirmed(one: DeterminationRecord, launch: LaunchRecord) -> bool:
    """Tell whether a second person, not its author and not the launch owner, confirmed it."""
    return one.confirmed_by not in (None, one.determined_by, launch.owner)
