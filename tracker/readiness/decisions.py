"""What somebody may decide instead of doing work: never part of a path, always listed beside it."""

from collections.abc import Callable, Iterable, Iterator

from tracker.domain.gates import WAIVER_DAYS
from tracker.domain.state import LaunchState, VerdictReason
from tracker.domain.words import Applicability, GateType, Level, ReasonCode
from tracker.readiness.authority import ACCEPTANCE_DAYS
from tracker.readiness.obstacles import in_the_way

_OF_A_RISK = frozenset(
    {
        ReasonCode.RISK_UNASSESSED,
        ReasonCode.RISK_OUTDATED,
        ReasonCode.LEVEL_CRITICAL,
        ReasonCode.HIGH_NOT_ACCEPTED,
        ReasonCode.HIGH_ACCEPTED,
    }
)


def decisions_of(state: LaunchState) -> tuple[str, ...]:
    """Return the decisions that would take reasons away without new evidence or work."""
    reasons = in_the_way(state)
    return tuple(sentence for write in _WRITERS for sentence in write(state, reasons))


def _accept(_state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    high = _subjects(reasons, ReasonCode.HIGH_NOT_ACCEPTED)
    if high:
        yield (
            f"Responsible officer and approver together may accept {_listed(high)} for at most "
            f"{ACCEPTANCE_DAYS[Level.HIGH]} days, which leaves a condition."
        )


def _waive(state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    held = set(_subjects(reasons, ReasonCode.GATE_NOT_PASSED, short=False))
    open_to_it = [
        one.gate.short_ref
        for one in state.gates
        if one.gate.ref in held and one.area.gate_type is not GateType.ZERO_TOLERANCE
    ]
    if open_to_it:
        yield (
            f"Responsible officer and approver may waive {_listed(open_to_it)} for at most "
            f"{WAIVER_DAYS} days, which leaves a condition."
        )


def _withdraw(state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    in_way = set(_subjects(reasons, *_OF_A_GATE, short=False))
    asked = [
        one.gate.short_ref
        for one in state.gates
        if one.gate.ref in in_way and one.gate.withdrawal_asked_by is not None
    ]
    if asked:
        yield (
            f"A second person who is not the launch owner may confirm the withdrawal of "
            f"{_listed(asked)}."
        )


def _close(_state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    risks = list(dict.fromkeys(_subjects(reasons, *_OF_A_RISK)))
    if risks:
        yield (
            f"{_listed(risks)} may be closed with a reason and a second person, where it is a "
            "duplicate, out of scope or cannot occur."
        )


def _exclude(state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    undecided = set(_subjects(reasons, ReasonCode.SCOPE_UNDECIDED))
    names = [one.area.name for one in state.areas if one.area.code in undecided]
    if names:
        yield (
            f"{_listed(names)} may be decided not applicable, with a reason and a second person "
            "who is not the launch owner."
        )
    unconfirmed = set(_subjects(reasons, ReasonCode.SCOPE_UNCONFIRMED))
    waiting = [
        one.area.name
        for one in state.areas
        if one.area.code in unconfirmed
        and one.scope is not None
        and one.scope.applicability is Applicability.NOT_APPLICABLE
    ]
    if waiting:
        yield (
            f"Somebody other than the launch owner may confirm that {_listed(waiting)} does not "
            "apply."
        )


def _unmark(_state: LaunchState, reasons: Iterable[VerdictReason]) -> Iterator[str]:
    marked = _subjects(reasons, ReasonCode.MANDATORY_NOT_VERIFIED)
    if marked:
        yield (
            f"The mandatory mark of {_listed(marked)} may be taken off, with a reason and a second "
            "person who is not the launch owner."
        )


def _lower(state: LaunchState, _reasons: Iterable[VerdictReason]) -> Iterator[str]:
    for status in state.frontier:
        if status.required and status.pending is not None:
            yield (
                f"Somebody other than its author and the launch owner may confirm that "
                f"{status.area.name} is “{status.pending.outcome}”."
            )


_OF_A_GATE = (
    ReasonCode.ZERO_TOLERANCE_FAILURE,
    ReasonCode.GATE_NOT_PASSED,
    ReasonCode.GATE_WAIVED,
)
_WRITERS: tuple[Callable[[LaunchState, Iterable[VerdictReason]], Iterator[str]], ...] = (
    _accept,
    _waive,
    _withdraw,
    _close,
    _exclude,
    _unmark,
    _lower,
)


def _subjects(
    reasons: Iterable[VerdictReason], *codes: ReasonCode, short: bool = True
) -> list[str]:
    """The subjects of some kinds of reasons; short references leave the launch's key out."""
    found = [reason.subject for reason in reasons if reason.code in codes]
    return [subject.rpartition("/")[2] for subject in found] if short else found


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
