"""What policy areas, launch criteria and frontier thresholds put in the way of a launch."""

from collections.abc import Iterator, Sequence

from tracker.domain.gate_state import FrontierStatus, GateStatus, SafeguardStatus
from tracker.domain.state import AreaStatus, VerdictReason
from tracker.domain.words import (
    AreaState,
    GateKind,
    GateState,
    GateType,
    ReasonCode,
    ThresholdOutcome,
)
from tracker.readiness.scope import asks_for_criteria

_ASKS_FOR_A_GATE = frozenset({GateType.EVAL, GateType.ZERO_TOLERANCE, GateType.REVIEW})


def of_area(status: AreaStatus) -> Iterator[VerdictReason]:
    """Say that an area is undecided, excluded without a second person, or without a risk."""
    known = {
        AreaState.UNDECIDED: (
            ReasonCode.SCOPE_UNDECIDED,
            f"nobody has decided whether {status.area.name} is in scope",
            "Decide: in scope, not applicable with a reason, or none found with a reason.",
        ),
        AreaState.UNCONFIRMED: (
            ReasonCode.SCOPE_UNCONFIRMED,
            f"the exclusion of {status.area.name} is not confirmed",
            "Have somebody other than the launch owner confirm it.",
        ),
        AreaState.GAP: (
            ReasonCode.AREA_WITHOUT_RISK,
            f"{status.area.name} is in scope and has no risk",
            "Enter its risks, or record “none found” with a reason and have it confirmed.",
        ),
    }.get(status.state)
    if known:
        code, text, remedy = known
        yield VerdictReason(code, text, remedy, holds=True, subject=status.area.code)


def of_missing_gates(
    areas: Sequence[AreaStatus], gates: Sequence[GateStatus]
) -> Iterator[VerdictReason]:
    """Say which areas in scope have no must-pass gate although their gate type asks for one."""
    covered = {
        status.gate.area for status in gates if status.gate.must_pass and not status.gate.withdrawn
    }
    for status in areas:
        area = status.area
        if not asks_for_criteria(status) or area.gate_type not in _ASKS_FOR_A_GATE:
            continue
        if area.code not in covered:
            yield VerdictReason(
                ReasonCode.AREA_WITHOUT_GATE,
                f"{area.name} ({area.gate_type}) has no gate that the launch must pass",
                "Write a must-pass gate for it, from a template or by hand.",
                holds=True,
                subject=area.code,
            )


def is_failure(status: GateStatus) -> bool:
    """Tell whether it is a failure in an area that tolerates none, which nothing waives."""
    return status.state is GateState.FAILED and status.area.gate_type is GateType.ZERO_TOLERANCE


def of_gate(status: GateStatus) -> Iterator[VerdictReason]:
    """Say that a gate is not passed, or passed over by a waiver; nothing for an advisory one."""
    gate = status.gate
    if not gate.must_pass or gate.withdrawn or status.state is GateState.PASSED:
        return
    waiver = status.waiver.waiver if status.waived and status.waiver else None
    if waiver is not None and not is_failure(status):
        yield VerdictReason(
            ReasonCode.GATE_WAIVED,
            f"{gate_words(status)}, and waived until {waiver.until.isoformat()}",
            f"Pass it before the waiver ends. {gate_remedy(status)}",
            holds=False,
            subject=gate.ref,
        )
        return
    asked = gate.withdrawal_asked_by is not None
    failure = is_failure(status)
    yield VerdictReason(
        ReasonCode.ZERO_TOLERANCE_FAILURE if failure else ReasonCode.GATE_NOT_PASSED,
        gate_words(status)
        + (f"; {status.area.name} tolerates no failure" if failure else "")
        + ("; its withdrawal is asked for, not confirmed, so it still holds" if asked else ""),
        gate_remedy(status),
        holds=True,
        subject=gate.ref,
    )


def gate_name(status: GateStatus) -> str:
    """Return a gate's reference and title, such as "G-1 “Refuses to name people”"."""
    return f"{status.gate.short_ref} “{status.gate.title}”"


def gate_words(status: GateStatus) -> str:
    """Say which gate is in which state and why."""
    why = f": {status.why}" if status.why else ""
    return f"{gate_name(status)} is {status.state}{why}"


def gate_remedy(status: GateStatus) -> str:
    """Say what would settle a gate, as one or two sentences."""
    if status.gate.kind is GateKind.ATTESTED:
        return (
            "Have somebody other than the launch owner attest it for this model version, "
            "configuration and stage."
        )
    settled = f"{status.settles[0].upper()}{status.settles[1:]}" if status.settles else ""
    if settled.endswith(" would"):
        settled = f"{settled} settle it"
    work = _WORK.get(status.state, "" if settled else _NEWER_RUN)
    return " ".join(part for part in (work, f"{settled}." if settled else "") if part)


_NEWER_RUN = "Import a newer run that shows it, with n, trusted and comparable."
_WORK = {
    GateState.MISSING: (
        "Run it on this model version, configuration and stage, and import the result."
    ),
    GateState.PLANNED: "Make the planned run and import its result.",
    GateState.FAILED: "Mend what failed and import a newer run that meets the threshold.",
    GateState.STALE: "Run it again and import the result.",
}


def of_frontier(status: FrontierStatus) -> Iterator[VerdictReason]:
    """Say what a frontier threshold in scope lacks: a determination, a safeguard, its proof."""
    if not status.required:
        return
    if status.standing is None:
        yield VerdictReason(
            ReasonCode.DETERMINATION_MISSING,
            f"nobody has determined {status.area.name} for this model version, configuration and "
            "stage",
            "Have somebody other than the launch owner determine it: below, cannot rule out or "
            "reached.",
            holds=True,
            subject=status.area.code,
        )
        return
    if status.standing.outcome is ThresholdOutcome.BELOW:
        return
    determined = f"{status.area.name} is determined “{status.standing.outcome}”"
    if not status.safeguards:
        yield VerdictReason(
            ReasonCode.SAFEGUARD_NOT_NAMED,
            f"{determined} and names no required safeguard",
            "Determine it again with at least one mitigation as required safeguard, and verify it.",
            holds=True,
            subject=status.area.code,
        )
    for safeguard in status.safeguards:
        if not safeguard.verified_now:
            yield _not_verified(determined, safeguard)


def _not_verified(determined: str, safeguard: SafeguardStatus) -> VerdictReason:
    mitigation = safeguard.mitigation
    return VerdictReason(
        ReasonCode.SAFEGUARD_NOT_VERIFIED,
        f"{determined}; its required safeguard {mitigation.ref} “{mitigation.title}” is not "
        "verified",
        "Have it verified on this version by somebody other than its owner.",
        holds=True,
        subject=mitigation.ref,
    )
