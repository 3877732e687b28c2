"""Section 11: who signed the snapshot and how, every objection to the letter, and its answer."""

from collections import Counter
from typing import Final

from tracker.domain.report import IDENTITY_NOTE, NOT_YET_RECORDED, Proceedings, ReadinessReport
from tracker.domain.review_state import Seat, SignOffStatus
from tracker.domain.review_words import Capacity, SignOffStanding, Vote
from tracker.domain.reviews import NoteRecord, SignOffRecord
from tracker.domain.state import LaunchState
from tracker.exports import wording
from tracker.exports.document import Block, Cell, Column, Paragraph, Plan, Section, Table
from tracker.exports.escape import shorten

NO_REVIEW: Final = "no review has begun"
NOBODY: Final = "nobody has signed"
_ON_LAUNCH: Final = (Capacity.RESPONSIBLE_OFFICER, Capacity.APPROVER)


def section(report: ReadinessReport) -> Section:
    """Return signatures, open seats, objections with their answers, and the minutes."""
    title = "11 Sign-offs, dissent and answers"
    found = report.proceedings
    if found is None:
        return Section("dissent", title, (Paragraph(f"{NOT_YET_RECORDED}."),))
    state = report.state
    blocks: list[Block] = [
        _about(found, state),
        _signatures(found, state),
        _open_seats(found, state),
        _objections(found, state),
        _minutes(found, state),
    ]
    return Section("dissent", title, tuple(blocks))


def identity(authenticated: bool) -> str:
    """Say that nobody checked who signed; empty where somebody did."""
    return "" if authenticated else IDENTITY_NOTE


def counts_of(report: ReadinessReport) -> str:
    """Return the signatures in one line: officer and approver by name, the others counted."""
    found = report.proceedings
    if found is None:
        return NOT_YET_RECORDED
    if found.review is None:
        return NO_REVIEW
    standing = [one.sign_off for one in found.sign_offs if _stands(one)]
    if not standing:
        return f"{NOBODY} {found.review.short_ref}"
    by_name = [_by_name(one, report.state) for one in standing if one.capacity in _ON_LAUNCH]
    others = Counter(one.vote for one in standing if one.capacity not in _ON_LAUNCH)
    counted = [f"{others[vote]} {vote}" for vote in Vote if others[vote]]
    open_ = sum(seat.required and not seat.answered for seat in found.seats)
    waiting = [f"{open_} required not yet given"] if open_ else []
    unchecked = [] if all(one.authenticated for one in standing) else [IDENTITY_NOTE]
    return "; ".join([*by_name, *counted, *waiting, *unchecked])


def _by_name(one: SignOffRecord, state: LaunchState) -> str:
    return f"{one.capacity} {shorten(state.person_name(one.person), 40)}: {one.vote}"


def snapshot_of(report: ReadinessReport) -> str:
    """Return the snapshot with its hash, and whether the summary shows it or the launch today."""
    found = report.proceedings
    if found is None:
        return NOT_YET_RECORDED
    if found.snapshot is None:
        return "none: no review has begun"
    snapshot = found.snapshot
    shown = "" if found.made_from_snapshot else "; this summary shows the launch as it is now"
    return f"{snapshot.short_ref} as of {snapshot.as_of.isoformat()}, {snapshot.sha256}{shown}"


def _about(found: Proceedings, state: LaunchState) -> Paragraph:
    review = found.review
    if review is None:
        return Paragraph("No review of this launch has begun.")
    opened = f"{state.person_name(review.opened_by)}, {review.opened_at.date().isoformat()}"
    closed = "it is open"
    if review.closed_at is not None:
        by = state.person_name(review.closed_by)
        closed = f"closed by {by}, {review.closed_at.date().isoformat()}: {review.closed_because}"
    said = [f"{review.short_ref} was opened by {opened}; {closed}".rstrip(".") + "."]
    if found.missing:
        said.append(f"A decision waits for: {'; '.join(found.missing)}.")
    material = sum(change.materiality.order > 0 for change in found.changes)
    if material:
        said.append(f"{material} material changes since {_short(found)}.")
    return Paragraph(" ".join(said))


def _short(found: Proceedings) -> str:
    return found.snapshot.short_ref if found.snapshot else "the snapshot"


def _signatures(found: Proceedings, state: LaunchState) -> Table:
    return Plan[SignOffStatus](
        caption="Signatures of the review, oldest first",
        empty="Nobody has signed.",
        sheet="Sign-offs",
        columns=(
            (Column("As", 1.5), lambda it: Cell(_capacity(it.sign_off, state))),
            (Column("Who", 1.4), lambda it: Cell(_signer(it.sign_off, state))),
            (Column("Vote", 1.2), lambda it: Cell(str(it.sign_off.vote))),
            (Column("Signed", 1), lambda it: wording.day(it.sign_off.signed_at.date())),
            (Column("Snapshot", 0.8), lambda it: Cell(it.sign_off.snapshot.rpartition("/")[2])),
            (Column("Counts", 1.8), lambda it: Cell(_standing(it))),
            (Column("Comment", 2.6), lambda it: Cell(it.sign_off.comment or wording.NONE)),
            (Column("Basis", 1), lambda it: Cell(wording.origin(it.sign_off.origin))),
        ),
    ).table(found.sign_offs)


def _capacity(one: SignOffRecord, state: LaunchState) -> str:
    area = wording.area_names([one.area], state) if one.area else ""
    return wording.lines(str(one.capacity), area)


def _signer(one: SignOffRecord, state: LaunchState) -> str:
    return wording.lines(state.person_name(one.person), identity(one.authenticated))


def _stands(one: SignOffStatus) -> bool:
    return one.standing is SignOffStanding.STANDS


def _standing(status: SignOffStatus) -> str:
    since = [f"since: {change.words}" for change in status.since]
    return wording.lines(str(status.standing), *since)


def _open_seats(found: Proceedings, state: LaunchState) -> Table:
    return Plan[Seat](
        caption="Signatures not yet given",
        empty="No signature is waited for.",
        columns=(
            (Column("As", 1.3), lambda it: Cell(str(it.capacity))),
            (Column("Policy area", 1.5), lambda it: Cell(_area(it, state))),
            (Column("Who", 1.6), lambda it: Cell(state.person_name(it.person))),
            (Column("Required", 0.8), lambda it: Cell("yes" if it.required else "no")),
            (Column("Why", 3), lambda it: Cell(it.because)),
        ),
    ).table(seat for seat in found.seats if not seat.answered)


def _area(seat: Seat, state: LaunchState) -> str:
    return wording.area_names([seat.area], state) if seat.area else wording.NONE


def _objections(found: Proceedings, state: LaunchState) -> Table:
    objections = (one for one in found.sign_offs if one.sign_off.vote is Vote.OBJECT)
    return Plan[SignOffStatus](
        caption="Objections to the letter, with their answers",
        empty="Nobody has objected.",
        sheet="Dissent",
        columns=(
            (Column("Who", 1.3), lambda it: Cell(_signer(it.sign_off, state))),
            (Column("Why", 3), lambda it: Cell(it.sign_off.dissent)),
            (Column("What would change it", 1.8), lambda it: Cell(it.sign_off.would_change)),
            (Column("Answer", 2.2), lambda it: Cell(_answer(it.sign_off, state))),
            (Column("Counts", 1), lambda it: Cell(str(it.standing))),
            (Column("Basis", 1), lambda it: Cell(wording.origin(it.sign_off.origin))),
        ),
    ).table(objections)


def _answer(one: SignOffRecord, state: LaunchState) -> str:
    if not one.answer or one.answered_at is None:
        return "not answered"
    by = f"{state.person_name(one.answered_by)}, {one.answered_at.date().isoformat()}"
    return wording.lines(one.answer, by)


def _minutes(found: Proceedings, state: LaunchState) -> Table:
    return Plan[NoteRecord](
        caption="Minutes of the review",
        empty="No minutes were written.",
        columns=(
            (Column("When", 1), lambda it: wording.moment(it.written_at)),
            (Column("Who", 1), lambda it: Cell(state.person_name(it.written_by))),
            (Column("About", 1), lambda it: Cell(it.item or "the meeting")),
            (Column("Note", 4), lambda it: Cell(it.text)),
        ),
    ).table(found.notes)
