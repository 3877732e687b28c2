"""Whether a waiver of a gate counts today, and why not.

A waiver covers the state that it names and no worse one; one that names a failure covers no
further fall below the value of the run that it names. A run that came after it and is worse
ends it for good, even where that run was withdrawn or re-mapped since: taking evidence back
brings no waiver into force again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.gate_state import WaiverStatus
from tracker.domain.gates import WAIVER_DAYS, GateRecord, WaiverRecord
from tracker.domain.records import LaunchRecord, PolicyAreaRecord
from tracker.domain.words import GateState, GateType, LaunchRoleName, WaiverState


class RunState(NamedTuple):
    """What a run gives as if it were the latest and uncorrected.

    `fell`: Whether its value is worse than that of the run which the waiver names.
    """

    run: EvidenceRunRecord
    state: GateState
    fell: bool = False


@dataclass(frozen=True, slots=True)
class Waivable:
    """A gate today, as far as a waiver of it depends on it.

    Attributes:
        threshold: In words.
        state: What its evidence gives today.
        since: For a waiver, the runs that came after it or were corrected after it, each with
            the state that it gives as if it were the latest and uncorrected.
    """

    gate: GateRecord
    area: PolicyAreaRecord
    threshold: str
    state: GateState
    since: Callable[[WaiverRecord], Sequence[RunState]]


def waiver_status(
    waivable: Waivable, waivers: Sequence[WaiverRecord], launch: LaunchRecord, today: date
) -> WaiverStatus | None:
    """Return the latest waiver of a gate with its state today; None where there is none."""
    own = [one for one in waivers if one.gate == waivable.gate.ref]
    if not own:
        return None
    waiver = max(own, key=lambda one: one.id)
    ended = next(_ends(waivable, waiver, launch, today), "")
    if ended:
        return WaiverStatus(waiver, WaiverState.ENDED, ended)
    unsigned = [
        role
        for role, person in (
            (LaunchRoleName.RESPONSIBLE_OFFICER, waiver.officer),
            (LaunchRoleName.APPROVER, waiver.approver),
        )
        if person is None
    ]
    if unsigned:
        return WaiverStatus(
            waiver, WaiverState.ASKED, f"not yet signed by {' and '.join(unsigned)}"
        )
    return WaiverStatus(waiver, WaiverState.IN_FORCE, f"until {waiver.until.isoformat()}")


def _ends(
    waivable: Waivable, waiver: WaiverRecord, launch: LaunchRecord, today: date
) -> Iterator[str]:
    """Every reason why a waiver counts no more, or never did."""
    if waiver.ended_by is not None:
        yield f"ended early by {waiver.ended_by}"
    if waivable.area.gate_type is GateType.ZERO_TOLERANCE:
        yield "a gate of a zero-tolerance area cannot be waived"
    if waiver.release != launch.release:
        yield "it is about another model version, configuration or stage"
    if today > waiver.until:
        yield f"it ran out on {waiver.until.isoformat()}"
    if waiver.until > waiver.requested_at.date() + timedelta(days=WAIVER_DAYS):
        yield f"it asks for more than {WAIVER_DAYS} days"
    if waiver.threshold != waivable.threshold:
        yield f"it is about the threshold {waiver.threshold}"
    yield from _wrong_signatures(waiver, launch)
    yield from _worse(waivable, waiver)


def _wrong_signatures(waiver: WaiverRecord, launch: LaunchRecord) -> Iterator[str]:
    signed = (
        (LaunchRoleName.RESPONSIBLE_OFFICER, waiver.officer),
        (LaunchRoleName.APPROVER, waiver.approver),
    )
    for role, person in signed:
        if person is None:
            continue
        if person == waiver.requested_by:
            yield f"{person} asked for it and signed it"
        if launch.holders.get(role) != person:
            yield f"{person}, who signed it, is not {role} now"


def _worse(waivable: Waivable, waiver: WaiverRecord) -> Iterator[str]:
    named = _badness(waiver.state)
    if _badness(waivable.state) > named:
        yield f"the gate is {waivable.state}, worse than {waiver.state}"
    for run, state, fell in waivable.since(waiver):
        if _badness(state) > named:
            yield f"{run.short_ref} came after it and was {state}, worse than {waiver.state}"
        elif fell and waiver.state is GateState.FAILED:
            yield f"{run.short_ref} came after it and fell further than the run that it names"


def _badness(state: GateState) -> int:
    """Booking a run, which one person does alone, brings no waiver into force and ends none."""
    return (GateState.MISSING if state is GateState.PLANNED else state).badness
