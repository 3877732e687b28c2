"""Entering, editing, closing and re-opening risks."""

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from tracker.domain.drafts import RiskChange, RiskClosure, RiskDraft
from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.records import RiskRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import MitigationStatus, Origin, RiskStatus
from tracker.services.act import Act, perform
from tracker.services.risk_rows import (
    add_risk,
    open_again,
    replace_areas,
    replace_tags,
    require_coming_due,
    require_covers_nothing_new,
    require_known,
)
from tracker.services.withholding import require_sight
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Risk


def create_risk(store: Store, act: Act, launch: str, draft: RiskDraft) -> str:
    """Enter a risk on a launch and return its reference, such as `gpt-4v-2023-09/R-6`.

    Raises:
        NotFound: The launch does not exist.
        InvalidInput: An area, person or tag is unknown, or the title is taken on this launch.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require(act.actor, Action.EDIT_RISK, record)
        require_known(session, launch, draft)
        require_coming_due(draft.due, act)
        return add_risk(session, act, launch, draft, Origin.ENTERED)

    return perform(store, act, Action.EDIT_RISK, work)


def edit_risk(store: Store, act: Act, ref: str, change: RiskChange, version: int) -> str:
    """Change a risk's description, areas, tags, owner or due date.

    Raises:
        RuleViolation: The risk is closed, or was assessed and would now alone cover a policy area.
        StaleEdit: Somebody changed the risk since the acting person opened it.
        InvalidInput: An area, person or tag is unknown, the title is taken on this launch, or a
            scenario that somebody has judged is reworded without a reason.
    """

    def work(session: Session) -> str:
        risk, row = _open_for(session, act, ref, version, Action.EDIT_RISK)
        if risk.status is RiskStatus.CLOSED:
            raise RuleViolation(
                f"Risk {ref} is closed, and what two people closed stays as it was.",
                "Re-open it to change it.",
            )
        require_known(session, risk.launch, change, but=ref)
        if change.due != risk.due:
            require_coming_due(change.due, act)
        _require_reason_to_reword(session, act, risk, change)
        require_covers_nothing_new(session, risk, change)
        given = change.model_dump(exclude_unset=True, exclude={"also_touches", "tags"})
        for field, value in given.items():
            setattr(row, field, value)
        if change.also_touches is not None or "area" in change.model_fields_set:
            touches = risk.touches if change.also_touches is None else change.also_touches
            replace_areas(session, ref, change.area or risk.area, touches)
        if change.tags is not None:
            replace_tags(session, ref, change.tags)
        # The version rises when only areas or tags changed, too. Flagging forgets an old value, so
        # it is done to a column that nobody edits.
        flag_modified(row, "origin")
        return ref

    return perform(store, act, Action.EDIT_RISK, work)


def ask_closure(store: Store, act: Act, ref: str, closure: RiskClosure, version: int) -> str:
    """Ask to close a risk; it stays open, and holds, until a second person confirms.

    Raises:
        RuleViolation: It is closed already, or a mitigation that introduces it is not rejected.
        InvalidInput: The risk that it is said to repeat does not exist or is closed.
    """

    def work(session: Session) -> str:
        risk, row = _open_for(session, act, ref, version, Action.CLOSE_RISK)
        if risk.status is RiskStatus.CLOSED:
            raise RuleViolation(f"Risk {ref} is closed already.", "Re-open it to change that.")
        _require_closable(session, risk)
        if closure.duplicate_of:
            _require_twin(session, risk, closure.duplicate_of)
        row.close_reason = closure.close_reason
        row.close_note = closure.note
        row.duplicate_of = closure.duplicate_of
        row.closure_asked_by = act.actor.key
        return ref

    return perform(store, act, Action.CLOSE_RISK, work)


def confirm_closure(store: Store, act: Act, ref: str, version: int) -> str:
    """Close a risk that somebody else asked to close.

    Raises:
        SelfApproval: The acting person asked for it or owns the launch.
        RuleViolation: Nobody asked to close it, or a mitigation introduces it.
        InvalidInput: The risk that it is said to repeat was closed meanwhile.
    """

    def work(session: Session) -> str:
        risk = queries.get_risk(session, ref)
        launch = queries.get_launch(session, risk.launch)
        if act.actor.key in (risk.closure_asked_by, launch.owner):
            raise SelfApproval(
                f"{act.actor.person.name} asked to close {ref} or owns the launch.",
                "A second person who is not the launch owner has to confirm it.",
            )
        risk, row = _open_for(session, act, ref, version, Action.CONFIRM_CLOSURE)
        if risk.closure_asked_by is None or risk.status is RiskStatus.CLOSED:
            raise RuleViolation(f"Nobody has asked to close {ref}.", "Ask for its closure first.")
        _require_closable(session, risk)
        if risk.duplicate_of:
            _require_twin(session, risk, risk.duplicate_of)
        row.status = RiskStatus.CLOSED
        row.closure_confirmed_by = act.actor.key
        return ref

    return perform(store, act, Action.CONFIRM_CLOSURE, work)


def reopen_risk(store: Store, act: Act, ref: str, version: int) -> str:
    """Open a closed risk again, or take back the wish to close it; needs a reason."""

    def work(session: Session) -> str:
        act.require_reason("re-opening a risk")
        risk, row = _open_for(session, act, ref, version, Action.CLOSE_RISK)
        if risk.closure_asked_by is None and risk.status is RiskStatus.OPEN:
            raise RuleViolation(f"Risk {ref} is open, and nobody has asked to close it.")
        open_again(row)
        return ref

    return perform(store, act, Action.CLOSE_RISK, work)


def _open_for(
    session: Session, act: Act, ref: str, version: int, action: Action
) -> tuple[RiskRecord, Risk]:
    risk = queries.get_risk(session, ref)
    require(act.actor, action, queries.get_launch(session, risk.launch))
    if risk.withheld is not None:
        require_sight(session, act.actor, ref)
    if risk.version != version:
        raise StaleEdit("risk", ref)
    return risk, session.get_one(Risk, ref)


def _require_reason_to_reword(
    session: Session, act: Act, risk: RiskRecord, change: RiskChange
) -> None:
    """Ask why a judged scenario may be worded anew: its assessments answered the old words."""
    reworded = change.scenario not in (None, risk.scenario)
    if reworded and queries.risk_assessments(session, risk.ref):
        act.require_reason("rewording a scenario that somebody has assessed")


def _require_closable(session: Session, risk: RiskRecord) -> None:
    placements = {
        item.mitigation: item.status for item in queries.placements_on(session, risk.launch)
    }
    for effect in queries.effects_on(session, risk.ref):
        status = placements.get(effect.mitigation)
        if effect.introduces and status not in (None, MitigationStatus.REJECTED):
            raise RuleViolation(
                f"Risk {risk.ref} is introduced by {effect.mitigation}, which is {status}.",
                "It may close only when that mitigation is rejected.",
            )


def _require_twin(session: Session, risk: RiskRecord, twin_ref: str) -> None:
    if twin_ref == risk.ref:
        raise InvalidInput({"duplicate_of": "a risk cannot repeat itself"})
    twin = queries.get_risk(session, twin_ref)
    if twin.launch != risk.launch or twin.status is RiskStatus.CLOSED:
        raise InvalidInput({"duplicate_of": "must be an open risk of the same launch"})
