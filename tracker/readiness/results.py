"""Results of a launch in words, as a signature sees them beside the records that they come from."""

from tracker.domain.gate_state import GateStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.snapshots import Item, Plain
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import GateState, GateType
from tracker.readiness.gate_words import bad_side_words, decimals_of


def risk_result(risk: RiskState, state: LaunchState) -> Item:
    """Return what an open risk comes to today, and whether an acceptance is in force for it."""
    label = risk.risk.short_ref
    accepted = any(
        one.acceptance.risk == risk.ref and one.state is AcceptanceState.IN_FORCE
        for one in state.acceptances
    )
    fields: dict[str, Plain] = {
        "current_level": risk.current.level.value,
        "inherent_level": risk.inherent.level.value,
        "outdated": risk.outdated,
        "accepted": accepted,
    }
    return Item("risk result", label, label, fields)


def gate_result(status: GateStatus) -> Item:
    """Return what a launch criterion comes to today; booked work shows nothing, so it is missing.

    `zero_tolerance_failure` is empty unless the gate failed in an area that tolerates none.
    """
    label = status.gate.short_ref
    state = GateState.MISSING if status.state is GateState.PLANNED else status.state
    flawless = status.area.gate_type is GateType.ZERO_TOLERANCE
    failed = flawless and not status.gate.withdrawn and state is GateState.FAILED
    fields: dict[str, Plain] = {
        "state": state.value,
        "waived": status.waived,
        "reading": _reading(status),
        "zero_tolerance_failure": True if failed else None,
    }
    return Item("gate result", label, label, fields)


def _reading(status: GateStatus) -> Plain:
    """Return the run that speaks and its figure, such as `["E-3", "91 %"]`; None without one."""
    if status.run is None:
        return None
    hidden = status.run.withheld
    return [status.run.short_ref, hidden.marker if hidden else _figure(status)]


def _figure(status: GateStatus) -> str:
    reading, definition, threshold = status.reading, status.definition, status.gate.threshold
    if reading is None or definition is None or threshold is None or reading.observed is None:
        return "no figure"
    figure = bad_side_words(reading.observed, definition, decimals_of(threshold, definition.scale))
    return f"{reading.qualifier} {figure}".lstrip()
