"""A launch and its risks in plain sentences: for the board, the queue and page one of a report."""

from collections import Counter
from datetime import date

from tracker.domain.records import LaunchRecord
from tracker.domain.state import LaunchState, RiskState, VerdictReason
from tracker.domain.words import Level, MitigationStatus, ReasonCode

_COUNTED: dict[ReasonCode, tuple[str, str]] = {
    ReasonCode.RISK_UNASSESSED: ("risk UNASSESSED", "risks UNASSESSED"),
    ReasonCode.RISK_OUTDATED: ("assessment outdated", "assessments outdated"),
    ReasonCode.LEVEL_CRITICAL: ("Critical risk", "Critical risks"),
    ReasonCode.HIGH_NOT_ACCEPTED: ("High risk not accepted", "High risks not accepted"),
    ReasonCode.HIGH_ACCEPTED: ("High risk accepted for a time", "High risks accepted for a time"),
    ReasonCode.CONDITION_BREACHED: ("condition breached", "conditions breached"),
    ReasonCode.CONDITION_OVERDUE: ("condition overdue", "conditions overdue"),
    ReasonCode.CONDITION_BLOCKING: ("blocking condition not met", "blocking conditions not met"),
    ReasonCode.CONDITION_OPEN: ("condition open", "conditions open"),
    ReasonCode.MANDATORY_NOT_VERIFIED: (
        "mandatory mitigation not verified",
        "mandatory mitigations not verified",
    ),
    ReasonCode.SCOPE_UNDECIDED: ("policy area undecided", "policy areas undecided"),
    ReasonCode.SCOPE_UNCONFIRMED: ("exclusion unconfirmed", "exclusions unconfirmed"),
    ReasonCode.AREA_WITHOUT_RISK: ("policy area without a risk", "policy areas without a risk"),
    ReasonCode.AREA_WITHOUT_GATE: (
        "policy area without a must-pass gate",
        "policy areas without a must-pass gate",
    ),
    ReasonCode.DETERMINATION_MISSING: (
        "frontier threshold not determined",
        "frontier thresholds not determined",
    ),
    ReasonCode.SAFEGUARD_NOT_NAMED: (
        "frontier threshold without a named safeguard",
        "frontier thresholds without a named safeguard",
    ),
    ReasonCode.SAFEGUARD_NOT_VERIFIED: (
        "required safeguard not verified",
        "required safeguards not verified",
    ),
    ReasonCode.ZERO_TOLERANCE_FAILURE: ("zero-tolerance failure", "zero-tolerance failures"),
    ReasonCode.GATE_NOT_PASSED: ("gate not passed", "gates not passed"),
    ReasonCode.GATE_WAIVED: ("gate waived", "gates waived"),
    ReasonCode.BAND_REACHES_CRITICAL: (
        "risk whose band reaches Critical",
        "risks whose band reaches Critical",
    ),
}


def summarised(reasons: tuple[VerdictReason, ...]) -> tuple[str, ...]:
    """Return the reasons by kind with their counts, such as "2 risks UNASSESSED"."""
    counts = Counter(reason.code for reason in reasons)
    return tuple(counted_reason(code, count) for code, count in counts.items())


def counted_reason(code: ReasonCode, count: int) -> str:
    """Return how often a rule applies, in words: "2 risks UNASSESSED"."""
    one, many = _COUNTED[code]
    return f"{count} {one if count == 1 else many}"


def why(state: LaunchState) -> str:
    """Say in one sentence why the verdict is what it is."""
    holding = tuple(reason for reason in state.reasons if reason.holds)
    if holding:
        return f"{state.verdict}: {', '.join(summarised(holding))}."
    if state.reasons:
        return f"{state.verdict}: nothing holds it; {', '.join(summarised(state.reasons))}."
    return f"{state.verdict}: nothing on record holds the launch."


def what_would_change_it(state: LaunchState) -> str:
    """Say in one sentence what comes first on the way to a better verdict.

    That is what holds the launch; where nothing does, what conditions it.
    """
    listed = [reason for reason in state.reasons if reason.holds] or list(state.reasons)
    if not listed:
        return "Any reason that holds it."
    further = f" ({len(listed) - 1} more after it)" if len(listed) > 1 else ""
    return f"First: {listed[0].text}. {listed[0].remedy}{further}"


def when(launch: LaunchRecord, today: date) -> str:
    """Say how far away the target date is; a historical launch names its own day instead."""
    if launch.as_of:
        return f"as of {launch.as_of.isoformat()}"
    days = (launch.target_date - today).days
    if days < 0:
        return f"{-days} {_days(-days)} overdue"
    return "today" if days == 0 else f"in {days} {_days(days)}"


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def mitigation_words(state: RiskState) -> str:
    """Say how far the mitigations of a risk have come."""
    lowering = [
        item
        for item in state.mitigations
        if not item.effect.introduces
        and item.placement
        and item.placement.status is not MitigationStatus.REJECTED
    ]
    counting = sum(item.counted > 0 for item in lowering)
    if not lowering:
        return "no mitigation"
    if not counting:
        return "no verified mitigation"
    return f"{counting} of {len(lowering)} mitigations verified"


def queue_reason(state: RiskState, launch: LaunchRecord, today: date, holds: bool) -> str:
    """Say why a risk stands where it stands in the queue.

    Such as "Critical, blocks GPT-4V in 9 days, no verified mitigation".
    """
    level = str(state.current.level)
    if state.current.level is Level.UNASSESSED:
        level = f"UNASSESSED ({state.unassessed_because})"
    outdated = ["assessment outdated"] if state.outdated else []
    verb = "blocks" if holds else "on"
    place = f"{verb} {launch.name} {when(launch, today)}"
    return ", ".join([level, *outdated, place, mitigation_words(state)])
