"""What was signed and decided on a launch: as of today, and as of the decision on a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.changes import ChangeLine
from tracker.domain.report import Proceedings
from tracker.domain.review_state import (
    AcceptanceStatus,
    ConditionStatus,
    Cover,
    ReviewState,
    SignOffStatus,
)
from tracker.domain.review_words import AcceptanceState, ConditionState, SignOffStanding
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    SignOffRecord,
    SnapshotRecord,
)
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.readiness.conditions import condition_status
from tracker.readiness.document import SnapshotInputs
from tracker.readiness.kept import kept_lines, withheld_on
from tracker.store.queries.decisions import condition_records, decision_records
from tracker.store.queries.edits import confirmed_edits
from tracker.store.queries.reviews import (
    get_review,
    recommendation_records,
    sign_off_records,
)

LATER = "a later one was asked for"


def proceedings_now(
    session: Session,
    inputs: LaunchInputs,
    state: LaunchState,
    review: ReviewState | None,
    cover: Cover,
) -> Proceedings:
    """Return what was signed and decided on a launch as it stands today.

    Args:
        session: Where the confirmed edits are read.
        inputs: The launch without withheld detail.
        state: What it is.
        review: Its latest review; None where there never was one.
        cover: Of the release that it asks for, with blocking changes taken into account.
    """
    found = replace(_on_record(inputs, state), cover=cover, edits=_edits(session, inputs))
    return found if review is None else _of_review(found, review, inputs)


def _on_record(inputs: LaunchInputs, state: LaunchState) -> Proceedings:
    """Return what is decided, accepted and run, without any review."""
    standing = state.standing
    return Proceedings(
        review=None,
        snapshot=None,
        made_from_snapshot=False,
        changes=(),
        seats=(),
        missing=(),
        sign_offs=(),
        recommendations=(),
        decisions=inputs.decisions,
        cover=standing.cover if standing else None,
        uncovered=standing.uncovered if standing else False,
        conditions=_conditions(inputs, state),
        acceptances=_acceptances(inputs.acceptances, state),
        exposures=inputs.exposures,
        notes=(),
        edits=(),
    )


def _edits(session: Session, inputs: LaunchInputs) -> tuple[ChangeLine, ...]:
    return kept_lines(confirmed_edits(session, inputs.launch.key), withheld_on(inputs))


def _of_review(found: Proceedings, review: ReviewState, inputs: LaunchInputs) -> Proceedings:
    ref = review.review.ref
    return replace(
        found,
        review=review.review,
        snapshot=review.snapshot,
        changes=review.changes,
        seats=review.seats,
        missing=review.missing if review.review.closed_at is None else (),
        sign_offs=review.sign_offs,
        recommendations=tuple(one for one in inputs.recommendations if one.review == ref),
        notes=review.notes,
    )


def _conditions(inputs: LaunchInputs, state: LaunchState) -> tuple[ConditionStatus, ...]:
    return tuple(condition_status(one, inputs.launch, state.today) for one in inputs.conditions)


def _acceptances(
    records: Iterable[AcceptanceRecord], state: LaunchState
) -> tuple[AcceptanceStatus, ...]:
    """Return every acceptance; only the latest of a risk can count."""
    latest = {one.acceptance.ref: one for one in state.acceptances}
    return tuple(
        replace(latest[one.ref], acceptance=one)
        if one.ref in latest
        else AcceptanceStatus(one, AcceptanceState.ENDED, LATER)
        for one in records
    )


def proceedings_on(
    session: Session, snapshot: SnapshotRecord, parts: SnapshotInputs, state: LaunchState
) -> Proceedings:
    """Return the proceedings that a summary of a snapshot shows; equal whenever it is asked.

    Up to the decision on the snapshot, where there is one, else up to its taking: what nobody can
    change any more.
    """
    inputs, ref = parts.inputs, snapshot.ref
    review = get_review(session, snapshot.review)
    decided = next(
        (one for one in decision_records(session, [snapshot.launch]) if one.snapshot == ref), None
    )
    open_ = replace(review, closed_by=None, closed_at=None, closed_because="", meeting_on=None)
    taken = replace(
        _on_record(inputs, state),
        review=open_,
        snapshot=snapshot,
        made_from_snapshot=True,
        edits=tuple(one for one in _edits(session, inputs) if one.seq <= parts.chain.length),
    )
    return taken if decided is None else _decided(session, taken, decided, snapshot)


def _decided(
    session: Session, taken: Proceedings, decision: DecisionRecord, snapshot: SnapshotRecord
) -> Proceedings:
    """Add what was signed, recommended and decided, as it was at the moment of the decision."""
    launch, until = [snapshot.launch], decision.decided_at
    signed = sign_off_records(session, launch)
    material = {section.name: section.material for section in snapshot.sections}
    recommended = recommendation_records(session, launch)
    raised = condition_records(session, launch)
    return replace(
        taken,
        sign_offs=_as_signed(_by(signed, decision, until), material),
        recommendations=tuple(
            one
            for one in recommended
            if one.review == decision.review and one.recommended_at <= until
        ),
        decisions=(*taken.decisions, decision),
        conditions=tuple(
            ConditionStatus(_unsettled(one), ConditionState.OPEN, "")
            for one in raised
            if one.review == decision.review and one.raised_at <= until
        ),
        cover=None,
    )


def _by(
    signed: Iterable[SignOffRecord], decision: DecisionRecord, until: datetime
) -> tuple[SignOffRecord, ...]:
    return tuple(one for one in signed if one.review == decision.review and one.signed_at <= until)


def _as_signed(
    signed: tuple[SignOffRecord, ...], material: Mapping[str, str]
) -> tuple[SignOffStatus, ...]:
    latest = {(one.person, one.capacity, one.area): one.id for one in signed}
    return tuple(
        SignOffStatus(one, _standing(one, latest[one.person, one.capacity, one.area], material), ())
        for one in signed
    )


def _standing(one: SignOffRecord, latest: int, material: Mapping[str, str]) -> SignOffStanding:
    if one.id != latest:
        return SignOffStanding.REPLACED
    if all(material.get(name) == rested for name, rested in one.sections.items()):
        return SignOffStanding.STANDS
    return SignOffStanding.VOID


def _unsettled(one: ConditionRecord) -> ConditionRecord:
    return replace(
        one, state=ConditionState.OPEN, settled_by=None, settled_on=None, settled_because=""
    )
