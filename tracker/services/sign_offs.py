"""Signatures on the snapshot of a review, and the answers to objections."""

from typing import Final

from sqlmodel import Session

from tracker.domain.errors import NotFound, NotPermitted, RuleViolation, SelfApproval
from tracker.domain.records import LaunchRecord
from tracker.domain.review_drafts import AnswerDraft, SignOffDraft
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import Capacity, Vote
from tracker.domain.reviews import SignOffRecord, SnapshotRecord
from tracker.domain.roles import Action, require
from tracker.domain.snapshots import LAUNCH_SECTION, METHOD_SECTION, area_section
from tracker.domain.validation import build
from tracker.domain.words import LaunchRoleName, Role
from tracker.services.act import Act, perform
from tracker.services.condition_rows import add_conditions
from tracker.services.review_state import Method, require_current, seen_within
from tracker.services.reviews import require_open
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.reviews import sign_off_records
from tracker.store.tables import ObjectionAnswer, SignOff

_ON_LAUNCH: Final = {
    LaunchRoleName.RESPONSIBLE_OFFICER: Capacity.RESPONSIBLE_OFFICER,
    LaunchRoleName.APPROVER: Capacity.APPROVER,
}


def sign_off(store: Store, act: Act, method: Method, review: str, draft: SignOffDraft) -> str:
    """Sign the latest snapshot of a review, for a seat that the acting person holds.

    An area lead names the area for which they sign and rests on its section; everybody else rests
    on all sections. Signing again replaces the earlier signature of the seat; both are kept.

    Args:
        store: The register.
        act: Who signs, and when.
        method: Scoring profile and materiality policy.
        review: Reference of the review.
        draft: Snapshot, vote and what goes with it; conditions become proposed ones.

    Returns:
        The number of the sign-off.

    Raises:
        NotPermitted: The acting person holds no seat of this review, or owns the launch.
        RuleViolation: The review is closed, the snapshot is not its latest, or a material change
            asks for a new one.
        InvalidInput: The owner or the day of a condition is not acceptable.
    """

    def work(session: Session) -> str:
        found = require_open(session, review)
        launch = queries.get_launch(session, found.launch)
        require(act.actor, Action.SIGN_OFF, launch)
        now = seen_within(session, method, act.at.date(), launch.key).review
        capacity = _capacity(session, act, launch, draft)
        _require_seat(now, draft.area)
        require_current(now, draft.snapshot)
        row = _row(act, now, capacity, draft)
        session.add(row)
        add_conditions(session, act, found, draft.conditions)
        session.flush()
        return str(row.id)

    return perform(store, act, Action.SIGN_OFF, work)


def answer_objection(store: Store, act: Act, sign_off_id: int, text: str) -> str:
    """Answer an objection in writing; a decision waits for it. An answer is given once.

    Args:
        store: The register.
        act: Who answers, and when.
        sign_off_id: Number of the sign-off that objects.
        text: The answer, 3 to 2000 characters.

    Returns:
        The number of the sign-off.

    Raises:
        InvalidInput: The answer is empty or too long.
        NotFound: There is no such sign-off.
        NotPermitted: The acting person may not answer objections here.
        SelfApproval: The acting person objected.
        RuleViolation: It is no objection, it is answered, or its review is closed.
    """
    answer = build(AnswerDraft, {"answer": text}).answer

    def work(session: Session) -> str:
        signed = _get_sign_off(session, sign_off_id)
        require(act.actor, Action.ANSWER_OBJECTION, queries.get_launch(session, signed.launch))
        require_open(session, signed.review)
        if signed.vote is not Vote.OBJECT:
            raise RuleViolation(f"Sign-off {sign_off_id} is no objection.")
        if signed.person == act.actor.key:
            raise SelfApproval(
                f"{act.actor.person.name} made this objection.", "Somebody else answers it."
            )
        if signed.answer:
            raise RuleViolation(
                f"The objection of sign-off {sign_off_id} is answered already.",
                "Its answer stays as it is.",
            )
        session.add(
            ObjectionAnswer(
                sign_off=sign_off_id,
                launch=signed.launch,
                answer=answer,
                answered_by=act.actor.key,
                answered_at=act.at,
            )
        )
        return str(sign_off_id)

    return perform(store, act, Action.ANSWER_OBJECTION, work)


def _get_sign_off(session: Session, sign_off_id: int) -> SignOffRecord:
    row = session.get(SignOff, sign_off_id)
    if row is None:
        raise NotFound("sign-off", str(sign_off_id))
    return next(one for one in sign_off_records(session, [row.launch]) if one.id == sign_off_id)


def _capacity(session: Session, act: Act, launch: LaunchRecord, draft: SignOffDraft) -> Capacity:
    """Return as what the acting person signs: an area lead where they name an area.

    A role on the launch goes before one in the register.
    """
    person = queries.people(session)[act.actor.key]
    if draft.area is not None:
        if Role.AREA_LEAD in person.roles and draft.area in person.leads:
            return Capacity.AREA_LEAD
        raise NotPermitted(
            f"{person.name} does not lead the policy area “{draft.area}”.",
            "Its area lead signs for it; sign for another seat, or for none.",
        )
    for role, capacity in _ON_LAUNCH.items():
        if launch.holders.get(role) == person.key:
            return capacity
    if Role.REVIEWER in person.roles:
        return Capacity.REVIEWER
    raise NotPermitted(
        f"{person.name} has no seat in the reviews of {launch.name}.",
        "Area leads name the area for which they sign; reviewers, the responsible officer and the "
        "approver of the launch sign without one.",
    )


def _require_seat(now: ReviewState, area: str | None) -> None:
    if area is not None and area not in {seat.area for seat in now.seats}:
        raise NotPermitted(
            f"{now.review.ref} asks for no signature on the policy area “{area}”.",
            "It is not in scope of the launch; decide its scope anew if it should be.",
        )


def _row(act: Act, now: ReviewState, capacity: Capacity, draft: SignOffDraft) -> SignOff:
    return SignOff(
        launch=now.review.launch,
        review=now.review.ref,
        person=act.actor.key,
        capacity=capacity,
        **draft.model_dump(exclude={"conditions"}),
        sections=rested_on(now.snapshot, draft.area),
        signed_at=act.at,
        authenticated=act.actor.authenticated,
    )


def rested_on(snapshot: SnapshotRecord, area: str | None) -> dict[str, str]:
    """Return the material hashes that a signature rests on, by section."""
    named = None if area is None else (LAUNCH_SECTION, METHOD_SECTION, area_section(area))
    return {
        section.name: section.material
        for section in snapshot.sections
        if named is None or section.name in named
    }
