"""Deciding and confirming which policy areas a launch has to answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from tracker.domain.drafts import ScopeDraft
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.records import LaunchRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import Applicability, Origin, RiskStatus
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import LaunchScope

NOTHING_SEEN: Final[Mapping[str, int]] = MappingProxyType({})


def decide_scope(
    store: Store,
    act: Act,
    key: str,
    scopes: Sequence[ScopeDraft],
    seen: Mapping[str, int] = NOTHING_SEEN,
) -> str:
    """Decide policy areas of a launch; a decision that changes loses its confirmation.

    Args:
        store: The register.
        act: Who decides, when and why.
        key: The launch.
        scopes: The decisions, one per area.
        seen: Row version of the decision that the acting person saw, by area; an area left out
            was seen undecided.

    Raises:
        StaleEdit: Somebody decided one of these areas since the acting person looked.
        InvalidInput: An area is unknown, is named twice, or is left out with an open risk in it.
        NotPermitted: The acting person may not decide scope here.
    """

    def work(session: Session) -> str:
        launch = queries.get_launch(session, key)
        require(act.actor, Action.DECIDE_SCOPE, launch)
        _require_known_areas(session, scopes)
        _require_no_open_risk(session, key, scopes)
        for draft in scopes:
            row = session.get(LaunchScope, (key, draft.area))
            _require_seen(row, key, draft.area, seen.get(draft.area, 0))
        write_scopes(session, launch, act, scopes)
        return key

    return perform(store, act, Action.DECIDE_SCOPE, work)


def _require_seen(row: LaunchScope | None, key: str, area: str, version: int) -> None:
    if (row.row_version if row else 0) != version:
        raise StaleEdit("scope", f"{area} of {key}")


def write_scopes(
    session: Session, launch: LaunchRecord, act: Act, scopes: Sequence[ScopeDraft]
) -> None:
    """Write scope decisions inside somebody else's transaction."""
    _require_known_areas(session, scopes)
    for draft in scopes:
        row = session.get(LaunchScope, (launch.key, draft.area))
        if row is None:
            session.add(
                LaunchScope(
                    launch=launch.key,
                    area=draft.area,
                    applicability=draft.applicability,
                    reason=draft.reason,
                    decided_by=act.actor.key,
                    origin=Origin.ENTERED,
                )
            )
        elif (row.applicability, row.reason) != (draft.applicability, draft.reason):
            row.applicability = draft.applicability
            row.reason = draft.reason
            row.decided_by = act.actor.key
            row.confirmed_by = None
            row.origin = Origin.ENTERED


def confirm_scope(store: Store, act: Act, key: str, area: str, version: int) -> str:
    """Confirm that an area is not applicable or that no risk was found in it.

    Raises:
        StaleEdit: The decision changed since the acting person read it.
        SelfApproval: The acting person decided it or owns the launch.
        RuleViolation: The area is in scope, so there is nothing to confirm.
    """

    def work(session: Session) -> str:
        launch = queries.get_launch(session, key)
        row = session.get(LaunchScope, (key, area))
        if row is None:
            raise NotFound("scope decision", f"{key}, {area}")
        if row.decided_by == act.actor.key or launch.owner == act.actor.key:
            raise SelfApproval(
                f"{act.actor.person.name} decided this or owns the launch.",
                "Somebody else has to confirm it.",
            )
        require(act.actor, Action.CONFIRM_SCOPE, launch)
        if row.applicability is Applicability.IN_SCOPE:
            raise RuleViolation(f"{area} is in scope; there is nothing to confirm.")
        _require_seen(row, key, area, version)
        row.confirmed_by = act.actor.key
        return key

    return perform(store, act, Action.CONFIRM_SCOPE, work)


def _require_no_open_risk(session: Session, key: str, scopes: Sequence[ScopeDraft]) -> None:
    """Refuse to leave out an area that an open risk has as its own or touches."""
    (inputs,) = queries.launch_inputs(session, [key])
    open_risks = [item.risk for item in inputs.risks if item.risk.status is RiskStatus.OPEN]
    problems = {
        draft.area: f"cannot be “{draft.applicability}”: {', '.join(held)} in it is open"
        for draft in scopes
        if draft.applicability is not Applicability.IN_SCOPE
        and (
            held := [
                risk.short_ref for risk in open_risks if draft.area in (risk.area, *risk.touches)
            ]
        )
    }
    if problems:
        raise InvalidInput(problems, "Close the risk or take the area off it first.")


def _require_known_areas(session: Session, scopes: Sequence[ScopeDraft]) -> None:
    known = {area.code for area in queries.policy_areas(session)}
    named = [draft.area for draft in scopes]
    problems = {area: "is not a policy area" for area in named if area not in known}
    problems |= {area: "is named twice" for area in named if named.count(area) > 1}
    if problems:
        raise InvalidInput(problems)
