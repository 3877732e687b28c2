"""Mitigations: one record for every risk and launch that it serves, and its way to verified."""

from datetime import date

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from tracker.domain.drafts import LaunchMitigationDraft, MitigationChange, MitigationDraft
from tracker.domain.errors import RuleViolation, StaleEdit
from tracker.domain.roles import Action, require
from tracker.domain.transitions import require_mitigation_transition
from tracker.domain.words import MitigationStatus, Origin
from tracker.services.act import Act, perform
from tracker.services.mitigation_rows import (
    place,
    reopen_introduced,
    replace_effects,
    replace_efforts,
    require_known,
    require_verified_kept,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import LaunchMitigation, Mitigation, mitigation_ref
from tracker.store.writes import next_mitigation_number


def create_mitigation(
    store: Store,
    act: Act,
    launch: str,
    draft: MitigationDraft,
    *,
    mandatory: bool = False,
    due: date | None = None,
) -> str:
    """Enter a mitigation, proposed on one launch, and return its reference, such as `M-7`.

    Raises:
        NotFound: The launch does not exist.
        InvalidInput: A person, team or risk is unknown, or a risk is named twice.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require(act.actor, Action.EDIT_MITIGATION, record)
        require_known(session, draft)
        ref = _add(session, draft)
        placement = LaunchMitigationDraft(
            mitigation=ref, launch=launch, mandatory=mandatory, due=due
        )
        place(session, act, placement, record)
        replace_efforts(session, ref, draft.efforts)
        replace_effects(session, ref, draft.effects)
        return ref

    return perform(store, act, Action.EDIT_MITIGATION, work)


def edit_mitigation(
    store: Store, act: Act, ref: str, change: MitigationChange, version: int
) -> str:
    """Change a mitigation for all launches that it serves.

    What was verified stays counted as it was verified: new estimates count only once they are
    verified in turn.

    Raises:
        StaleEdit: Somebody changed the mitigation since the acting person opened it.
        InvalidInput: A person, team or risk is unknown, or a risk is named twice.
        RuleViolation: It is verified somewhere, and its mechanism would change.
        SelfApproval: It is verified somewhere, and its verifier would own it.
    """

    def work(session: Session) -> str:
        before = queries.get_mitigation(session, ref)
        _require_may_edit(session, act, ref)
        if before.version != version:
            raise StaleEdit("mitigation", ref)
        require_known(session, change)
        require_verified_kept(session, before, change)
        row = session.get_one(Mitigation, ref)
        given = change.model_dump(exclude_unset=True, exclude={"efforts", "effects", "duration"})
        for field, value in given.items():
            setattr(row, field, value)
        if "duration" in change.model_fields_set:
            _set_duration(row, change)
        if change.efforts is not None:
            replace_efforts(session, ref, change.efforts)
        if change.effects is not None:
            replace_effects(session, ref, change.effects)
            reopen_introduced(session, ref)
        # The version rises when only effects changed, too. Flagging forgets an old value, so
        # it is done to a column that nobody edits.
        flag_modified(row, "origin")
        return ref

    return perform(store, act, Action.EDIT_MITIGATION, work)


def place_mitigation(store: Store, act: Act, draft: LaunchMitigationDraft) -> str:
    """Put an existing mitigation on a further launch, where it starts as proposed.

    Raises:
        NotFound: The mitigation or the launch does not exist.
        RuleViolation: It is on that launch already.
    """

    def work(session: Session) -> str:
        launch = queries.get_launch(session, draft.launch)
        require(act.actor, Action.EDIT_MITIGATION, launch)
        queries.get_mitigation(session, draft.mitigation)
        if session.get(LaunchMitigation, (draft.mitigation, draft.launch)) is not None:
            raise RuleViolation(f"{draft.mitigation} is on {launch.name} already.")
        place(session, act, draft, launch)
        return draft.mitigation

    return perform(store, act, Action.EDIT_MITIGATION, work)


def change_status(
    store: Store, act: Act, ref: str, launch: str, status: MitigationStatus, version: int
) -> str:
    """Move a mitigation along on one launch; `verified` is reached by verifying it.

    A risk that the mitigation introduces opens again once the mitigation is planned.

    Raises:
        TransitionNotAllowed: The status cannot follow the present one.
        RuleViolation: The status asked for is `verified`.
        StaleEdit: Somebody changed it since the acting person opened it.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.EDIT_MITIGATION, queries.get_launch(session, launch))
        row = placement_row(session, ref, launch, version)
        if status is MitigationStatus.VERIFIED:
            raise RuleViolation(
                f"{ref} becomes verified by a verification, not by a change of status.",
                "Verify it, with the evidence, by somebody other than its owner.",
            )
        require_mitigation_transition(ref, row.status, status)
        row.status = status
        session.flush()
        reopen_introduced(session, ref)
        return ref

    return perform(store, act, Action.EDIT_MITIGATION, work)


def placement_row(session: Session, ref: str, launch: str, version: int) -> LaunchMitigation:
    """Return the row of a mitigation on a launch as the acting person saw it.

    Raises:
        NotFound: The mitigation does not exist.
        RuleViolation: It is not on the launch.
        StaleEdit: Somebody changed it since.
    """
    queries.get_mitigation(session, ref)
    row = session.get(LaunchMitigation, (ref, launch))
    if row is None:
        raise RuleViolation(f"{ref} is not on the launch {launch}.", "Put it on the launch first.")
    if row.row_version != version:
        raise StaleEdit("mitigation", f"{ref} on {launch}")
    return row


def _require_may_edit(session: Session, act: Act, ref: str) -> None:
    """Refuse who may not edit it on each launch that it serves, or in general where it is on none.

    Raises:
        NotPermitted: Saying who may.
    """
    placements = queries.placements_of(session, ref)
    for placement in placements:
        require(act.actor, Action.EDIT_MITIGATION, queries.get_launch(session, placement.launch))
    if not placements:
        require(act.actor, Action.EDIT_MITIGATION)


def _add(session: Session, draft: MitigationDraft) -> str:
    number = next_mitigation_number(session)
    ref = mitigation_ref(number)
    row = Mitigation(
        ref=ref,
        number=number,
        **draft.model_dump(exclude={"efforts", "effects", "duration"}),
        origin=Origin.ENTERED,
    )
    _set_duration(row, draft)
    session.add(row)
    session.flush()
    return ref


def _set_duration(row: Mitigation, given: MitigationDraft | MitigationChange) -> None:
    duration = given.duration
    row.duration_shortest = duration.shortest if duration else None
    row.duration_likely = duration.likely if duration else None
    row.duration_longest = duration.longest if duration else None
