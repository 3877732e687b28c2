"""Frontier thresholds on one launch: which determination stands, and are its safeguards verified.

Determinations of the launch's release are read oldest first. A later one stands in place of the
one before when it asks for at least as much (an outcome not lower, every safeguard kept), or when
somebody who is neither its author nor the launch owner confirmed it. A launch owner may raise the
bar and never lowers it: what the present owner determined opens nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.gate_state import FrontierStatus, SafeguardStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.state import AreaStatus, LaunchInputs, MitigationState
from tracker.domain.words import GateType
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
        if one.release == inputs.launch.release:
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
        made: Of one area and for the launch's release, oldest first.
        launch: Names the present launch owner.
    """
    bar: DeterminationRecord | None = None
    pending: DeterminationRecord | None = None
    for one in made:
        if bar is None or _replaces(one, bar, launch):
            bar, pending = one, None
        elif one.determined_by != launch.owner and not _asks_for_as_much(one, bar):
            pending = one
    if bar is not None and bar.determined_by == launch.owner:
        return None, pending
    return bar, pending


def _replaces(later: DeterminationRecord, bar: DeterminationRecord, launch: LaunchRecord) -> bool:
    if later.determined_by == launch.owner:
        return _asks_for_as_much(later, bar) and not _asks_for_as_much(bar, later)
    return _asks_for_as_much(later, bar) or is_confirmed(later, launch)


def _asks_for_as_much(later: DeterminationRecord, bar: DeterminationRecord) -> bool:
    not_lower = later.outcome.order >= bar.outcome.order
    return not_lower and set(bar.safeguards) <= set(later.safeguards)


def is_confirmed(one: DeterminationRecord, launch: LaunchRecord) -> bool:
    """Tell whether a second person, not its author and not the launch owner, confirmed it."""
    return one.confirmed_by not in (None, one.determined_by, launch.owner)
