"""Registering, editing and cloning launches."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from tracker.domain.drafts import LaunchChange, LaunchDraft, ScopeDraft
from tracker.domain.errors import InvalidInput, RuleViolation, StaleEdit
from tracker.domain.records import LaunchRecord
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.roles import Action, require
from tracker.domain.transitions import require_review_transition
from tracker.domain.words import Origin, ReviewStatus
from tracker.services.act import Act, perform
from tracker.services.cloning import copy_mitigations, copy_risks
from tracker.services.scope import write_scopes
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Launch, LaunchRole


def create_launch(
    store: Store, act: Act, draft: LaunchDraft, scopes: Sequence[ScopeDraft] = ()
) -> str:
    """Register a launch with its first scope decisions; return its key.

    Raises:
        InvalidInput: The key or name is taken, a person or area is unknown, a date is past.
        NotPermitted: The acting person may not create launches.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.CREATE_LAUNCH)
        launch = _add(session, act, draft, cloned_from=None)
        write_scopes(session, launch, act, scopes)
        return draft.key

    return perform(store, act, Action.CREATE_LAUNCH, work)


def clone_launch(
    store: Store,
    act: Act,
    source: str,
    draft: LaunchDraft,
    scopes: Sequence[ScopeDraft] = (),
    dropped: Sequence[DroppedRisk] = (),
) -> str:
    """Register a launch with the open risks and the mitigations of another.

    Mitigations start unverified: verified and implemented ones are in progress again. Scope
    decisions, and whatever was judged or signed, do not come along.

    Args:
        store: The register.
        act: Who clones, and when.
        source: Key of the launch that is cloned.
        draft: The new launch.
        scopes: First scope decisions of its own.
        dropped: Open risks of the source that it does not take over, each with a reason.

    Returns:
        The key of the new launch.

    Raises:
        NotFound: The source does not exist.
        InvalidInput: As for `create_launch`; or a dropped risk is no open risk of the source.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.CREATE_LAUNCH)
        queries.get_launch(session, source)
        launch = _add(session, act, draft, cloned_from=source)
        write_scopes(session, launch, act, scopes)
        renamed = copy_risks(session, act, source, draft.key, dropped)
        copy_mitigations(session, source, draft.key, renamed)
        return draft.key

    return perform(store, act, Action.CREATE_LAUNCH, work)


def edit_launch(store: Store, act: Act, key: str, change: LaunchChange, version: int) -> str:
    """Change a launch; another version, configuration or stage makes its assessments outdated.

    Reviews and decisions are no edits: only starting a review, closing it and deciding set or leave
    `in review` and set `decided`. A decided launch is reopened for further work with a reason,
    which leaves its decision as it is. Once a review began, a wider stage is asked for as the next
    stage.

    Raises:
        StaleEdit: Somebody changed the launch since the acting person opened it.
        TransitionNotAllowed: The review status cannot follow the present one by hand.
        RuleViolation: A wider stage is asked for although the launch is in review or decided.
        InvalidInput: The name is taken, the target date is past, or reopening a decided launch has
            no reason.
    """

    def work(session: Session) -> str:
        before = queries.get_launch(session, key)
        require(act.actor, Action.EDIT_LAUNCH, before)
        if before.version != version:
            raise StaleEdit("launch", key)
        _check_change(session, act, before, change)
        row = session.get_one(Launch, key)
        for field, value in change.model_dump(exclude_unset=True).items():
            if value is not None:
                setattr(row, field, value)
        return key

    return perform(store, act, Action.EDIT_LAUNCH, work)


def _check_change(session: Session, act: Act, before: LaunchRecord, change: LaunchChange) -> None:
    if change.review_status not in (None, before.review_status):
        _require_by_hand(act, before, change.review_status)
    _require_no_wider_stage(before, change)
    if change.name not in (None, before.name):
        _require_free_name(session, str(change.name))
    if change.target_date not in (None, before.target_date):
        _require_coming(change.target_date, act)


def _require_by_hand(act: Act, before: LaunchRecord, after: ReviewStatus) -> None:
    require_review_transition(before.key, before.review_status, after)
    if before.review_status is ReviewStatus.DECIDED:
        act.require_reason("reopening a decided launch")


def _require_no_wider_stage(before: LaunchRecord, change: LaunchChange) -> None:
    asked = change.exposure_asked
    if before.review_status not in (ReviewStatus.IN_REVIEW, ReviewStatus.DECIDED):
        return
    if asked is not None and asked.order > before.exposure_asked.order:
        raise RuleViolation(
            f"{before.name} is {before.review_status}; it asks for {before.exposure_asked}.",
            "Ask for the next stage once no review is open.",
        )


def _add(session: Session, act: Act, draft: LaunchDraft, cloned_from: str | None) -> LaunchRecord:
    _check_new(session, act, draft)
    session.add(
        Launch(
            **draft.model_dump(exclude={"owner", "responsible_officer", "approver"}),
            review_status=ReviewStatus.DRAFT,
            origin=Origin.ENTERED,
            cloned_from=cloned_from,
        )
    )
    session.flush()
    for role, person in draft.holders().items():
        session.add(LaunchRole(launch=draft.key, role=role, person=person))
    session.flush()
    return queries.get_launch(session, draft.key)


def _check_new(session: Session, act: Act, draft: LaunchDraft) -> None:
    if session.get(Launch, draft.key) is not None:
        raise InvalidInput({"key": f"“{draft.key}” is taken by another launch"})
    _require_free_name(session, draft.name)
    people = queries.people(session)
    unknown = {
        str(role): f"“{person}” is not an active person of this register"
        for role, person in draft.holders().items()
        if person not in people or not people[person].active
    }
    if unknown:
        raise InvalidInput(unknown)
    if draft.as_of is None:
        _require_coming(draft.target_date, act)
    elif draft.as_of > act.at.date():
        raise InvalidInput({"as_of": "a historical launch is read as of a day that has come"})


def _require_free_name(session: Session, name: str) -> None:
    taken = {launch.name.casefold() for launch in queries.launches(session)}
    if name.casefold() in taken:
        raise InvalidInput({"name": f"“{name}” is the name of another launch"})


def _require_coming(target: date | None, act: Act) -> None:
    if target is not None and target < act.at.date():
        raise InvalidInput({"target_date": f"{target.isoformat()} has passed"})
