"""What lies over gates or takes them away: waivers and withdrawals, with who and why."""

from dataclasses import dataclass

from tracker.domain.gate_state import GateStatus, WaiverStatus
from tracker.domain.gates import WaiverRecord
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState
from tracker.domain.words import WaiverState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Plan, Table

REPLACED = "a later one was asked for"


def waiver_words(status: WaiverStatus | None) -> str:
    """Say whether the latest waiver of a gate counts, and until when or why not."""
    if status is None:
        return wording.NONE
    return f"{status.state}: {status.why}"


@dataclass(frozen=True, slots=True)
class _Waiver:
    record: WaiverRecord
    gate: str
    state: WaiverState
    why: str


def waivers(report: ReadinessReport) -> Table:
    """Return every waiver that was ever asked for, newest first, in force or not."""
    state = report.state
    listed = [_waiver(one, state) for one in reversed(report.waivers)]
    return Plan[_Waiver](
        caption="Waivers, in force and ended",
        empty="Nobody has asked to waive a gate.",
        columns=(
            (Column("Gate", 1.5), lambda it: Cell(it.gate)),
            (Column("Counts", 1.6), lambda it: Cell(f"{it.state}: {it.why}")),
            (Column("Overrides", 1.3), lambda it: Cell(_overridden(it.record))),
            (Column("Until", 1), lambda it: wording.day(it.record.until)),
            (Column("Reason and what compensates", 3), lambda it: Cell(_reasons(it.record))),
            (Column("Asked and signed by", 2), lambda it: Cell(_people(it.record, state))),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.record.origin))),
        ),
    ).table(listed)


def _waiver(record: WaiverRecord, state: LaunchState) -> _Waiver:
    status = next(one for one in state.gates if one.gate.ref == record.gate)
    name = f"{status.gate.short_ref} {status.gate.title}"
    if status.waiver is not None and status.waiver.waiver.id == record.id:
        return _Waiver(record, name, status.waiver.state, status.waiver.why)
    return _Waiver(record, name, WaiverState.ENDED, REPLACED)


def _overridden(record: WaiverRecord) -> str:
    evidence = record.evidence.rpartition("/")[2] if record.evidence else "no run"
    return wording.lines(str(record.state), record.threshold, evidence)


def _reasons(record: WaiverRecord) -> str:
    return wording.lines(record.reason.rstrip("."), f"compensated by: {record.compensation}")


def _people(record: WaiverRecord, state: LaunchState) -> str:
    asked = f"{state.person_name(record.requested_by)}, {record.requested_at.date().isoformat()}"
    return wording.lines(
        f"asked: {asked}",
        f"responsible officer: {state.person_name(record.officer)}",
        f"approver: {state.person_name(record.approver)}",
    )


def withdrawals(state: LaunchState) -> Table:
    """Return every gate whose withdrawal was asked for, confirmed or not."""
    asked = [one for one in state.gates if one.gate.withdrawal_asked_by is not None]
    return Plan[GateStatus](
        caption="Gates withdrawn, or asked to be",
        empty="No gate was withdrawn, and nobody has asked for it.",
        columns=(
            (Column("Gate", 2), lambda it: Cell(f"{it.gate.short_ref} {it.gate.title}")),
            (Column("State beneath", 1.3), lambda it: Cell(str(it.state), look=it.state)),
            (Column("Reason", 3), lambda it: Cell(it.gate.withdrawal_reason)),
            (Column("Asked by", 1.3), lambda it: Cell(_asked_by(it, state))),
            (Column("Confirmed by", 1.6), lambda it: Cell(_confirmed_by(it, state))),
            (Column("Basis", 1.1), lambda it: Cell(wording.origin(it.gate.origin))),
        ),
    ).table(asked)


def _asked_by(status: GateStatus, state: LaunchState) -> str:
    return state.person_name(status.gate.withdrawal_asked_by)


def _confirmed_by(status: GateStatus, state: LaunchState) -> str:
    if status.gate.withdrawal_confirmed_by is None:
        return "nobody: it still counts"
    return state.person_name(status.gate.withdrawal_confirmed_by)
