"""The mandatory mark of a mitigation on a launch: set by one person, taken away by two."""

from sqlmodel import Session

from tracker.domain.errors import RuleViolation, SelfApproval
from tracker.domain.roles import Action, require
from tracker.services.act import Act, perform
from tracker.services.mitigations import placement_row
from tracker.services.second_person import require_not_owner
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import LaunchMitigation


def mark_mandatory(store: Store, act: Act, ref: str, launch: str, version: int) -> str:
    """Mark a mitigation mandatory on a launch.

    Raises:
        NotPermitted: The acting person owns the launch or holds no role that allows it.
        RuleViolation: It is mandatory already, or is not on the launch.
        StaleEdit: Somebody changed it since the acting person read it.
    """

    def work(session: Session) -> str:
        row = _row_for(session, act, ref, launch, version)
        if row.mandatory:
            raise RuleViolation(f"{ref} is mandatory on {launch} already.")
        row.mandatory = True
        return ref

    return perform(store, act, Action.SET_MANDATORY, work)


def ask_release(store: Store, act: Act, ref: str, launch: str, version: int) -> str:
    """Ask to take the mandatory mark away; it stays until a second person confirms.

    Raises:
        NotPermitted: The acting person owns the launch or holds no role that allows it.
        InvalidInput: There is no reason.
        RuleViolation: It is not mandatory, or somebody asked already.
        StaleEdit: Somebody changed it since the acting person read it.
    """

    def work(session: Session) -> str:
        row = _row_for(session, act, ref, launch, version)
        act.require_reason("taking a mandatory mark away")
        if not row.mandatory:
            raise RuleViolation(f"{ref} is not mandatory on {launch}.")
        if row.release_asked_by is not None:
            raise RuleViolation(
                f"Somebody asked already to take the mandatory mark of {ref} away.",
                "A second person has to confirm it.",
            )
        row.release_asked_by = act.actor.key
        row.release_reason = act.reason.strip()
        return ref

    return perform(store, act, Action.SET_MANDATORY, work)


def confirm_release(store: Store, act: Act, ref: str, launch: str, version: int) -> str:
    """Take a mandatory mark away that somebody else asked to take away.

    Raises:
        SelfApproval: The acting person asked for it or owns the launch.
        NotPermitted: The acting person may not confirm it.
        RuleViolation: Nobody asked.
        StaleEdit: Somebody changed it since the acting person read it.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        row = placement_row(session, ref, launch, version)
        if act.actor.key == row.release_asked_by:
            raise SelfApproval(
                f"{act.actor.person.name} asked to take the mandatory mark of {ref} away.",
                "A second person who is not the launch owner has to confirm it.",
            )
        require_not_owner(act, record, "confirm it")
        require(act.actor, Action.CONFIRM_RELEASE, record)
        _require_asked(row)
        row.mandatory, row.release_asked_by, row.release_reason = False, None, ""
        return ref

    return perform(store, act, Action.CONFIRM_RELEASE, work)


def withdraw_release(store: Store, act: Act, ref: str, launch: str, version: int) -> str:
    """Take back the wish to take a mandatory mark away.

    Raises:
        NotPermitted: The acting person owns the launch or holds no role that allows it.
        RuleViolation: Nobody asked.
        StaleEdit: Somebody changed it since the acting person read it.
    """

    def work(session: Session) -> str:
        row = _row_for(session, act, ref, launch, version)
        _require_asked(row)
        row.release_asked_by, row.release_reason = None, ""
        return ref

    return perform(store, act, Action.SET_MANDATORY, work)


def _row_for(session: Session, act: Act, ref: str, launch: str, version: int) -> LaunchMitigation:
    require(act.actor, Action.SET_MANDATORY, queries.get_launch(session, launch))
    return placement_row(session, ref, launch, version)


def _require_asked(row: LaunchMitigation) -> None:
    if row.release_asked_by is None:
        raise RuleViolation(
            f"Nobody has asked to take the mandatory mark of {row.mitigation} away.",
            "Ask for it first.",
        )
