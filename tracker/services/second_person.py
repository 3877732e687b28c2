"""Refusing what the owner of a launch may not do on it, whatever else they are."""

from tracker.domain.errors import SelfApproval
from tracker.domain.records import LaunchRecord
from tracker.services.act import Act


def require_not_owner(act: Act, launch: LaunchRecord, what: str) -> None:
    """Refuse the launch owner; `what` completes "somebody else has to".

    Raises:
        SelfApproval: The acting person owns the launch.
    """
    if act.actor.key == launch.owner:
        raise SelfApproval(
            f"{act.actor.person.name} owns {launch.name}.", f"Somebody else has to {what}."
        )
