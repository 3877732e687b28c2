"""What waits for a second person: nothing of it counts before somebody else confirms it."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_state import GateStatus
from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import InboxKind
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.words import AreaState, EvidenceFlag
from tracker.readiness.inbox_people import Waiting, those_who_may

_Asked = tuple[Action, str, str, tuple[str | None, ...]]
"""What has to be confirmed: the right to, the subject, the sentence, and who may not."""


def confirmations(state: LaunchState) -> Iterator[InboxItem]:
    """Yield what waits for a second person on a launch, for each who may confirm it."""
    found = (_scopes, _closures, _gates, _evidence, _determinations, _releases, _holders)
    for action, subject, text, barred in (asked for find in found for asked in find(state)):
        waiting = Waiting(InboxKind.CONFIRM, subject, text)
        yield from waiting.for_each(
            state, those_who_may(state, action, state.launch.owner, *barred)
        )


def meanings_to_confirm(
    definitions: Iterable[MetricDefinitionRecord], states: Sequence[LaunchState]
) -> Iterator[InboxItem]:
    """Yield the proposed meanings of metrics, which belong to no launch."""
    if not states:
        return
    for one in definitions:
        if one.proposed_by is None:
            continue
        reading = [state for state in states if _reads(state, one)]
        owners = {state.launch.owner for state in reading}
        text = "Confirm another meaning of a metric that a gate may read."
        for key in those_who_may(states[0], Action.REDEFINE_METRIC, one.proposed_by, *owners):
            yield InboxItem(key, InboxKind.CONFIRM, "", f"{one.tool}/{one.metric}", text, None)


def _reads(state: LaunchState, one: MetricDefinitionRecord) -> bool:
    read = {(status.gate.tool, status.gate.metric) for status in state.gates}
    return (one.tool, one.metric) in read


def _scopes(state: LaunchState) -> Iterator[_Asked]:
    for one in state.areas:
        if one.state is AreaState.UNCONFIRMED and one.scope is not None:
            text = f"Confirm that {one.area.code} is {one.scope.applicability}."
            yield Action.CONFIRM_SCOPE, one.area.code, text, (one.scope.decided_by,)


def _closures(state: LaunchState) -> Iterator[_Asked]:
    for one in state.open_risks:
        if one.risk.closure_asked_by is not None:
            text = f"Confirm the closure of {one.risk.short_ref}."
            yield Action.CONFIRM_CLOSURE, one.ref, text, (one.risk.closure_asked_by,)


def _gates(state: LaunchState) -> Iterator[_Asked]:
    for status in state.gates:
        gate = status.gate
        if gate.withdrawn:
            continue
        if gate.withdrawal_asked_by is not None:
            text = f"Confirm the withdrawal of {gate.short_ref}."
            barred = (gate.withdrawal_asked_by,)
            yield Action.CONFIRM_GATE_WITHDRAWAL, gate.ref, text, barred
        if _written_late(status):
            text = f"Confirm {gate.short_ref}, which was written after its evidence."
            yield Action.CONFIRM_GATE, gate.ref, text, (gate.written_by,)


def _written_late(status: GateStatus) -> bool:
    gate, run = status.gate, status.run
    known = run is not None and run.number <= gate.after_run
    return gate.must_pass and known and gate.confirmed_by is None


def _evidence(state: LaunchState) -> Iterator[_Asked]:
    """Self-reported runs that gates read and that nobody but their importer vouches for."""
    runs = {
        status.run.ref: status.run
        for status in state.gates
        if status.run is not None and not status.gate.withdrawn
    }
    for run in runs.values():
        vouched = {one.confirmed_by for one in run.confirmations}
        alone = vouched <= {run.imported_by, state.launch.owner}
        if EvidenceFlag.SELF_REPORTED in run.flags and alone:
            text = f"Compare the self-reported figures of {run.short_ref} with their source."
            yield Action.CONFIRM_EVIDENCE, run.ref, text, (run.imported_by,)


def _determinations(state: LaunchState) -> Iterator[_Asked]:
    for status in state.frontier:
        pending = status.pending
        if pending is not None:
            text = f"Confirm the lower determination of {status.area.code}."
            yield Action.CONFIRM_DETERMINATION, status.area.code, text, (pending.determined_by,)


def _releases(state: LaunchState) -> Iterator[_Asked]:
    for one in state.mitigations:
        asked = one.placement.release_asked_by
        if asked is not None:
            text = f"Confirm that {one.mitigation.ref} is mandatory no more."
            yield Action.CONFIRM_RELEASE, one.mitigation.ref, text, (asked,)


def _holders(state: LaunchState) -> Iterator[_Asked]:
    for one in state.launch.proposed:
        text = f"Confirm who is {one.role}."
        barred = (one.asked_by, one.person)
        yield Action.CONFIRM_HOLDERS, state.launch.key, text, barred
