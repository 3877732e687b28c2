"""A launch's review: who has to sign and has, what changed since, what was decided on it."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from tracker.domain.report import IDENTITY_NOTE, ILLUSTRATIVE_LABEL
from tracker.domain.review_state import (
    CheckItem,
    ConditionStatus,
    ReviewState,
    Seat,
    SignOffStatus,
)
from tracker.domain.review_words import Capacity, Materiality, SignOffStanding, Vote
from tracker.domain.reviews import DecisionRecord, SignOffRecord
from tracker.domain.snapshots import Difference
from tracker.domain.state import LaunchState
from tracker.domain.words import LaunchRoleName, Origin
from tracker.readiness.quorum import not_answered
from tracker.views.figures import counted, frame

ANSWERS: Final = "Who has to sign, who has, what changed since, and what was decided on it?"
SETTLED: Final = "settled"
GOES_OPEN: Final = "goes in open"
UNSETTLED: Final = "keeps it out"
NO_PART: Final = "Nothing here is yours to do: you have no seat in this review."
STALE: Final = (
    "a new snapshot, which the policy lead takes: the launch changed in a way that voids signatures"
)
NO_CHANGES: Final = "Nothing changed since this snapshot."
NO_SIGN_OFFS: Final = "Nobody has signed this review yet."
NOBODY_SIGNED: Final = "Nobody signed in this review."
NO_NOTES: Final = "No minutes."
NO_CONDITIONS: Final = "No condition was raised in this review."

SEATS: Final = {
    "who": "str",
    "capacity": "str",
    "answer": "str",
    "standing": "str",
    "on": "datetime64[s]",
    "because": "str",
    "checks": "str",
}
CHANGES: Final = {"words": "str", "effect": "str", "where": "str"}
SIGN_OFFS: Final = {
    "who": "str",
    "capacity": "str",
    "vote": "str",
    "standing": "str",
    "identity": "str",
    "since": "str",
    "said": "str",
    "on": "datetime64[s]",
    "snapshot": "str",
    "basis": "str",
}
CONDITIONS: Final = {
    "ref": "str",
    "text": "str",
    "test": "str",
    "owner": "str",
    "due": "datetime64[s]",
    "blocking": "str",
    "state": "str",
    "why": "str",
    "decision": "str",
}
NOTES: Final = {"at": "datetime64[s]", "item": "str", "text": "str", "who": "str"}

_NO_SIGNATURE: Final = (Vote.RECUSE, Vote.ABSTAIN)
_VOTES: Final = {
    Vote.APPROVE: "✔",
    Vote.APPROVE_WITH_CONDITIONS: "◐",
    Vote.OBJECT: "✖",
    Vote.ABSTAIN: "○",
    Vote.RECUSE: "⊘",
}


def headline(launch: LaunchState, review: ReviewState | None, checks: Sequence[CheckItem]) -> str:
    """Say in one line where the review stands."""
    if review is not None and review.review.closed_at is None:
        return _running(review)
    latest = launch.standing.latest if launch.standing else None
    if latest is not None:
        return decision_words(latest)
    unmet = sum(not check.met for check in checks)
    if unmet:
        return f"Not in review: {counted(unmet, 'point')} to settle first"
    return "Not in review: nothing keeps it from review"


def _running(review: ReviewState) -> str:
    """How many signatures are there; who recuses or abstains has answered, and not signed."""
    required = [seat for seat in review.seats if seat.required]
    signed = sum(seat.answered and _vote(seat) not in _NO_SIGNATURE for seat in required)
    ready = "" if review.missing or review.stale else "ready to be decided, "
    return f"In review: {ready}{signed} of {counted(len(required), 'required signature')}"


def _vote(seat: Seat) -> Vote | None:
    return seat.sign_off.sign_off.vote if seat.sign_off else None


def check_kind(check: CheckItem) -> str:
    """Tell whether a point is settled, goes into the review open, or keeps the launch out."""
    if not check.met:
        return UNSETTLED
    return GOES_OPEN if check.remedy else SETTLED


def check_words(check: CheckItem) -> str:
    """Return a point without what its kind says already."""
    return check.text.removeprefix("Goes into the review open: ")


def ready_words(launch: LaunchState) -> str:
    """Say who may decide now that nothing is missing."""
    approver = launch.launch.holders.get(LaunchRoleName.APPROVER)
    return f"Everything asked for is there: {launch.person_name(approver)} may decide."


def decision_words(decision: DecisionRecord) -> str:
    """Say a decision in one line: what, for which stage, until when."""
    said = str(decision.outcome).capitalize()
    if decision.until is not None:
        said += f" for {decision.exposure_stage} until {decision.until.isoformat()}"
    return f"{said}, against advice or verdict" if decision.is_override else said


def vote_words(vote: Vote) -> str:
    """Return a vote with its shape, for places without colour."""
    return f"{_VOTES[vote]} {vote}"


def four_records(launch: LaunchState) -> tuple[tuple[str, str, str], ...]:
    """Return gate result, recommendation, decision and dissent: label, what, and by whom."""
    standing = launch.standing
    advice = standing.recommendation if standing else None
    latest = standing.latest if standing else None
    objections = standing.objections if standing else ()
    return (
        ("Gate result", str(launch.verdict), "by rule, today"),
        (
            "Recommendation",
            _outcome(str(advice.outcome), str(advice.exposure_stage)) if advice else "none yet",
            _on(advice.snapshot, _by(launch, advice.recommended_by, advice.authenticated))
            if advice
            else "",
        ),
        (
            "Decision",
            _outcome(str(latest.outcome), str(latest.exposure_stage)) if latest else "none yet",
            _on(latest.snapshot, _by(launch, latest.decided_by, latest.authenticated))
            if latest
            else "",
        ),
        (
            "Dissent",
            counted(len(objections), "objection") if objections else "none",
            ", ".join(launch.person_name(one.person) for one in objections),
        ),
    )


def _outcome(outcome: str, stage: str) -> str:
    return outcome if stage == "none" else f"{outcome} ({stage})"


def _on(snapshot: str, who: str) -> str:
    """Say on which snapshot somebody spoke: the launch may have changed since."""
    return f"on {snapshot.rpartition('/')[2]}, by {who}"


def _by(launch: LaunchState, person: str, authenticated: bool) -> str:
    name = launch.person_name(person)
    return name if authenticated else f"{name}, {IDENTITY_NOTE}"


def seat_frame(review: ReviewState, launch: LaunchState) -> pd.DataFrame:
    """Return one line per signature asked for, in the order of the review."""
    return frame([_seat_line(seat, launch) for seat in review.seats], SEATS)


def _seat_line(seat: Seat, launch: LaunchState) -> dict[str, Any]:
    signed = seat.sign_off
    return {
        "who": launch.person_name(seat.person),
        "capacity": as_what(seat, launch),
        "answer": _answer(seat),
        "standing": _standing(signed.standing) if signed else "",
        "on": pd.Timestamp(signed.sign_off.signed_at.replace(tzinfo=None)) if signed else pd.NaT,
        "because": seat.because if seat.required else f"may sign: {seat.because}",
        "checks": "; ".join(seat.checks),
    }


def _answer(seat: Seat) -> str:
    """The answer of a seat; one that counts no more keeps its word and loses its mark."""
    if seat.sign_off is None:
        return "not signed"
    vote = seat.sign_off.sign_off.vote
    return vote_words(vote) if seat.answered else f"{vote}, no longer counts"


def _standing(standing: SignOffStanding) -> str:
    return f"✖ {standing}" if standing is SignOffStanding.VOID else str(standing)


def since_signed(seats: Sequence[Seat]) -> tuple[str, ...]:
    """Return what happened since somebody signed that their signatures do not survive."""
    signed = [seat.sign_off for seat in seats if seat.sign_off is not None and not seat.answered]
    return tuple(dict.fromkeys(one.words for status in signed for one in status.since))


def as_what(held: Seat | SignOffRecord, launch: LaunchState) -> str:
    """Return the capacity of a seat or a signature, with the policy area of an area lead."""
    if held.capacity is not Capacity.AREA_LEAD or held.area is None:
        return str(held.capacity)
    return f"{held.capacity}, {area_words(held.area, launch)}"


def area_words(area: str | None, launch: LaunchState) -> str:
    """Return the name of a policy area by its code."""
    return next((one.area.name for one in launch.areas if one.area.code == area), str(area))


def change_frame(changes: Sequence[Difference], launch: LaunchState) -> pd.DataFrame:
    """Return what differs from a snapshot, what voids most first."""
    ordered = sorted(changes, key=lambda one: -one.materiality.order)
    return frame(
        [
            {
                "words": one.words,
                "effect": effect_words(one.materiality),
                "where": sections_words(one.sections, launch),
            }
            for one in ordered
        ],
        CHANGES,
    )


def sections_words(sections: Sequence[str], launch: LaunchState) -> str:
    """Return the sections of a snapshot by name, policy areas as people call them."""
    areas = (section.partition(":") for section in sections)
    return "; ".join(area_words(code, launch) if code else name for name, _, code in areas)


def effect_words(materiality: Materiality) -> str:
    """Say what a change does to signatures."""
    return {
        Materiality.EDITORIAL: "editorial: voids nothing",
        Materiality.MATERIAL: "material: voids what rests on it",
        Materiality.BLOCKING: "blocking: voids every signature",
    }[materiality]


def changes_headline(changes: Sequence[Difference]) -> str:
    """Say how many changes there are, and how many of them void signatures."""
    if not changes:
        return NO_CHANGES
    voiding = sum(one.materiality is not Materiality.EDITORIAL for one in changes)
    rest = f", {voiding} of them void signatures" if voiding else ", all editorial"
    return f"{counted(len(changes), 'change')} since the snapshot{rest}"


def sign_off_frame(signed: Sequence[SignOffStatus], launch: LaunchState) -> pd.DataFrame:
    """Return every signature of a review, the newest first."""
    return frame([_signed_line(one, launch) for one in reversed(signed)], SIGN_OFFS)


def _signed_line(status: SignOffStatus, launch: LaunchState) -> dict[str, Any]:
    record = status.sign_off
    return {
        "who": launch.person_name(record.person),
        "capacity": as_what(record, launch),
        "vote": vote_words(record.vote),
        "standing": _standing(status.standing),
        "said": record.dissent or record.comment,
        "on": pd.Timestamp(record.signed_at.replace(tzinfo=None)),
        "snapshot": record.snapshot.rpartition("/")[2],
        "identity": identity_words(record.authenticated),
        "since": "; ".join(one.words for one in status.since),
        "basis": basis_words(record.origin),
    }


def signing_words(snapshot: str, sha256: str, signs_in: bool) -> str:
    """Say what somebody is about to sign, and as what the register will know them."""
    as_whom = "" if signs_in else f" Your signature will say: {IDENTITY_NOTE}."
    return f"You sign {snapshot}, SHA-256 {sha256}.{as_whom}"


def identity_words(authenticated: bool) -> str:
    """Say whether whoever signed had proved who they are."""
    return "signed in" if authenticated else IDENTITY_NOTE


def basis_words(origin: Origin) -> str:
    """Say what a judgement rests on: of the demo's own, that it was made up."""
    return ILLUSTRATIVE_LABEL if origin is Origin.ILLUSTRATIVE else str(origin)


def is_illustrative(review: ReviewState) -> bool:
    """Whether a review shows judgements that were made up for the demo."""
    return review.review.origin is Origin.ILLUSTRATIVE


def waits_for(review: ReviewState, launch: LaunchState) -> tuple[str, ...]:
    """Return what a decision waits for, one line per person for all areas that they owe."""
    owed: dict[str, list[Seat]] = {}
    for seat in review.seats:
        if seat.capacity is Capacity.AREA_LEAD and seat.person and not seat.answered:
            owed.setdefault(seat.person, []).append(seat)
    single = {not_answered(seat, launch) for seats in owed.values() for seat in seats}
    rest = (words for words in review.missing if words not in single)
    renewal = (STALE,) if review.stale else ()
    return (*renewal, *(_owed(seats, launch) for seats in owed.values()), *rest)


def _owed(seats: Sequence[Seat], launch: LaunchState) -> str:
    if len(seats) == 1:
        return not_answered(seats[0], launch)
    who = launch.person_name(seats[0].person)
    areas = "; ".join(area_words(seat.area, launch) for seat in seats if seat.sign_off is None)
    void = "; ".join(area_words(seat.area, launch) for seat in seats if seat.sign_off is not None)
    parts = (areas, f"since the launch changed: {void}" if void else "")
    listed = "; ".join(part for part in parts if part)
    return f"{who} has not answered for {len(seats)} policy areas: {listed}"


def objections(review: ReviewState) -> tuple[SignOffRecord, ...]:
    """Return the objections of a review that nobody replaced, answered or not."""
    return tuple(
        one.sign_off
        for one in review.sign_offs
        if one.sign_off.vote is Vote.OBJECT and one.standing is not SignOffStanding.REPLACED
    )


def condition_frame(conditions: Sequence[ConditionStatus], launch: LaunchState) -> pd.DataFrame:
    """Return one line per condition, in order of number."""
    return frame([_condition_line(status, launch) for status in conditions], CONDITIONS)


def _condition_line(status: ConditionStatus, launch: LaunchState) -> dict[str, Any]:
    record = status.condition
    return {
        "ref": record.short_ref,
        "text": record.text,
        "test": record.test,
        "owner": launch.person_name(record.owner),
        "due": pd.Timestamp(record.due),
        "blocking": "blocks" if record.blocking else "",
        "state": str(status.state),
        "why": status.why,
        "decision": record.decision.rpartition("/")[2] if record.decision else "proposed",
    }


def note_frame(review: ReviewState, launch: LaunchState) -> pd.DataFrame:
    """Return the minutes of a review, oldest first."""
    return frame(
        [
            {
                "at": pd.Timestamp(note.written_at.replace(tzinfo=None)),
                "item": note.item,
                "text": note.text,
                "who": launch.person_name(note.written_by),
            }
            for note in review.notes
        ],
        NOTES,
    )


def own_seats(review: ReviewState, person: str | None) -> tuple[Seat, ...]:
    """Return the seats of a review that a person holds."""
    return tuple(seat for seat in review.seats if person is not None and seat.person == person)
