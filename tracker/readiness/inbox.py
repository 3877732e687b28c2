"""What waits for people, one line for each person and thing.

Texts hold references, codes and levels only, never a title or a reason: they may leave the
register. Historical launches ask for nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.review_state import InboxItem, Seat
from tracker.domain.review_words import AcceptanceState, Capacity, InboxKind
from tracker.domain.reviews import SignOffRecord
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState, MitigationState, RiskState
from tracker.domain.words import LaunchRoleName, Level, MitigationStatus, Role, WaiverState
from tracker.readiness.authority import Signature, signature_of
from tracker.readiness.inbox_confirming import confirmations, meanings_to_confirm
from tracker.readiness.inbox_days import running_out
from tracker.readiness.inbox_people import Waiting, those_who_may


@dataclass(frozen=True, slots=True)
class OpenReview:
    """The open review of a launch, as far as somebody has to act on it.

    Attributes:
        ready: Nothing is missing any more for a decision.
    """

    ref: str
    seats: tuple[Seat, ...]
    unanswered: tuple[SignOffRecord, ...]
    ready: bool


@dataclass(frozen=True, slots=True)
class InboxSource:
    """A launch today, with its open review if there is one."""

    state: LaunchState
    review: OpenReview | None


def inbox_items(
    sources: Sequence[InboxSource], definitions: Iterable[MetricDefinitionRecord]
) -> tuple[InboxItem, ...]:
    """Return what waits for each person: by person, then what is due first, then by kind."""
    current = [source for source in sources if source.state.launch.as_of is None]
    items = [item for source in current for item in _of_launch(source)]
    items += meanings_to_confirm(definitions, [source.state for source in current])
    return tuple(sorted(items, key=_order))


def _order(item: InboxItem) -> tuple[str, bool, str, int, str, str]:
    due = item.due.isoformat() if item.due else ""
    kind = list(InboxKind).index(item.kind)
    return item.person, not due, due, kind, item.subject, item.text


def _of_launch(source: InboxSource) -> Iterator[InboxItem]:
    state = source.state
    yield from _assessments(state)
    yield from _verifications(state)
    yield from confirmations(state)
    yield from _acceptances(state)
    yield from _waivers(state)
    yield from running_out(state)
    if source.review is not None:
        yield from _review(state, source.review)


def _assessments(state: LaunchState) -> Iterator[InboxItem]:
    for risk in state.open_risks:
        level = risk.current.level
        if level is Level.UNASSESSED or risk.outdated:
            why = level if level is Level.UNASSESSED else "its assessment is outdated"
            waiting = Waiting(InboxKind.ASSESS, risk.ref, f"Assess {risk.risk.short_ref}: {why}.")
            yield from waiting.for_each(state, _assessors(state, risk))


def _assessors(state: LaunchState, risk: RiskState) -> Iterator[str]:
    """Those who lead one of the risk's areas, and assessors who are not kept to other areas."""
    areas = {risk.risk.area, *risk.risk.touches}
    for key in those_who_may(state, Action.ASSESS, state.launch.owner):
        person = state.people[key]
        if areas & set(person.leads) or (Role.ASSESSOR in person.roles and not person.leads):
            yield key


def _verifications(state: LaunchState) -> Iterator[InboxItem]:
    for one in state.mitigations:
        implemented = one.placement.status is MitigationStatus.IMPLEMENTED
        if implemented or one.verification_outdated:
            text = f"Verify {one.mitigation.ref}, which is {_stands(one)}."
            waiting = Waiting(InboxKind.VERIFY, one.mitigation.ref, text, one.placement.due)
            owner = one.mitigation.owner
            yield from waiting.for_each(
                state, those_who_may(state, Action.VERIFY_MITIGATION, owner)
            )


def _stands(one: MitigationState) -> str:
    return "verified for another release" if one.verification_outdated else "implemented"


def _acceptances(state: LaunchState) -> Iterator[InboxItem]:
    risks = {risk.ref: risk.risk for risk in state.risks}
    for status in state.acceptances:
        one = status.acceptance
        if status.state is not AcceptanceState.ASKED:
            continue
        signed = {Signature.LEAD: one.lead, Signature.OFFICER: one.officer}
        signed[Signature.APPROVER] = one.approver
        risk = risks[one.risk]
        text = f"Sign or refuse {one.short_ref}: {risk.short_ref} at {one.level}."
        waiting = Waiting(InboxKind.SIGN_ACCEPTANCE, one.ref, text)
        for key in those_who_may(state, Action.SIGN_ACCEPTANCE, one.requested_by):
            as_what = signature_of(state.people[key], Level(one.level), risk, state.launch)
            if as_what is not None and signed[as_what] is None:
                yield waiting.of(state, key)


def _waivers(state: LaunchState) -> Iterator[InboxItem]:
    for status in state.gates:
        found = status.waiver
        if found is None or found.state is not WaiverState.ASKED or status.gate.withdrawn:
            continue
        text = f"Sign or refuse the waiver of {status.gate.short_ref}."
        waiting = Waiting(InboxKind.SIGN_WAIVER, status.gate.ref, text)
        unsigned = {
            LaunchRoleName.RESPONSIBLE_OFFICER: found.waiver.officer,
            LaunchRoleName.APPROVER: found.waiver.approver,
        }
        barred = (None, found.waiver.requested_by, state.launch.owner)
        for role, signer in unsigned.items():
            holder = state.launch.holders.get(role)
            if signer is None and holder is not None and holder not in barred:
                yield waiting.of(state, holder)


def _review(state: LaunchState, review: OpenReview) -> Iterator[InboxItem]:
    short = review.ref.rpartition("/")[2]
    for seat in review.seats:
        if seat.person is not None and not seat.answered:
            text = f"Sign off {short} as {_as_what(seat)}."
            yield Waiting(InboxKind.SIGN_OFF, review.ref, text).of(state, seat.person)
    for objection in review.unanswered:
        text = f"Answer the objection {objection.id} to {objection.snapshot.rpartition('/')[2]}."
        waiting = Waiting(InboxKind.ANSWER_OBJECTION, review.ref, text)
        yield from waiting.for_each(
            state, those_who_may(state, Action.ANSWER_OBJECTION, objection.person)
        )
    if review.ready:
        waiting = Waiting(InboxKind.DECIDE, review.ref, f"Decide {short}.")
        yield from waiting.for_each(state, those_who_may(state, Action.DECIDE))


def _as_what(seat: Seat) -> str:
    if seat.capacity is Capacity.AREA_LEAD:
        return f"{seat.capacity} of {seat.area}"
    return str(seat.capacity)
