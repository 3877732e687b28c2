"""Who holds a role on a launch: filling an empty one, and replacing somebody with two people.

One person holds at most one of launch owner, responsible officer and approver on a launch.
"""

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.records import LaunchRecord, ProposedHolder
from tracker.domain.roles import Action, require
from tracker.domain.words import LaunchRoleName
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import HolderProposal, LaunchRole


def propose_holder(store: Store, act: Act, launch: str, role: LaunchRoleName, person: str) -> str:
    """Fill an empty role on a launch, or ask to put somebody in the place of its holder.

    A replacement needs a reason and counts once a second person has confirmed it.

    Raises:
        NotFound: The launch does not exist.
        NotPermitted: The acting person may not propose holders.
        InvalidInput: Nobody active is named, or a replacement has no reason.
        RuleViolation: The person holds a role on the launch already, or a replacement for this
            one is asked for already.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require(act.actor, Action.SET_HOLDERS, record)
        _require_eligible(session, record, person)
        if role not in record.holders:
            session.add(LaunchRole(launch=launch, role=role, person=person))
            return launch
        act.require_reason(f"replacing the {role} of a launch")
        if session.get(HolderProposal, (launch, role)) is not None:
            raise RuleViolation(
                f"Somebody asked already to replace the {role} of {record.name}.",
                "A second person confirms that, or it is taken back first.",
            )
        session.add(
            HolderProposal(
                launch=launch,
                role=role,
                person=person,
                asked_by=act.actor.key,
                reason=act.reason.strip(),
            )
        )
        return launch

    return perform(store, act, Action.SET_HOLDERS, work)


def confirm_holder(
    store: Store, act: Act, launch: str, role: LaunchRoleName, person: str | None = None
) -> str:
    """Put the proposed person in the place of the present holder.

    Args:
        store: The register.
        act: Who confirms, and when.
        launch: The launch.
        role: The role that changes hands.
        person: Whom the acting person saw proposed; not compared if left out.

    Raises:
        NotFound: The launch does not exist.
        SelfApproval: The acting person asked for it, or owns the launch now or by it.
        NotPermitted: The acting person may not confirm holders.
        InvalidInput: The proposed person is no longer active.
        RuleViolation: Nobody asked, or the proposed person holds another role there by now.
        StaleEdit: Somebody else is proposed by now.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        proposal = _proposal(record, role)
        _require_second_person(act, record, proposal)
        require(act.actor, Action.CONFIRM_HOLDERS, record)
        if person not in (None, proposal.person):
            raise StaleEdit("proposed holder", f"{role} of {launch}")
        _require_eligible(session, record, proposal.person)
        session.get_one(LaunchRole, (launch, role)).person = proposal.person
        session.delete(session.get_one(HolderProposal, (launch, role)))
        return launch

    return perform(store, act, Action.CONFIRM_HOLDERS, work)


def withdraw_proposal(store: Store, act: Act, launch: str, role: LaunchRoleName) -> str:
    """Take back the wish to replace the holder of a role.

    Raises:
        NotFound: The launch does not exist.
        NotPermitted: The acting person may not propose holders.
        RuleViolation: Nobody asked.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require(act.actor, Action.SET_HOLDERS, record)
        _proposal(record, role)
        session.delete(session.get_one(HolderProposal, (launch, role)))
        return launch

    return perform(store, act, Action.SET_HOLDERS, work)


def _proposal(launch: LaunchRecord, role: LaunchRoleName) -> ProposedHolder:
    found = next((one for one in launch.proposed if one.role is role), None)
    if found is None:
        raise RuleViolation(
            f"Nobody has asked to replace the {role} of {launch.name}.", "Ask for it first."
        )
    return found


def _require_second_person(act: Act, launch: LaunchRecord, proposal: ProposedHolder) -> None:
    by_it = proposal.person if proposal.role is LaunchRoleName.LAUNCH_OWNER else None
    if act.actor.key in (proposal.asked_by, launch.owner, by_it):
        raise SelfApproval(
            f"{act.actor.person.name} asked for it, or owns {launch.name} now or would by it.",
            "A second person who is none of these has to confirm it.",
        )


def _require_eligible(session: Session, launch: LaunchRecord, person: str) -> None:
    known = queries.people(session).get(person)
    if known is None or not known.active:
        raise InvalidInput({"person": f"“{person}” is not an active person of this register"})
    held = next((role for role, holder in launch.holders.items() if holder == person), None)
    if held is not None:
        raise RuleViolation(
            f"{known.name} is {held} of {launch.name} already.",
            "One person holds at most one role on a launch.",
        )
