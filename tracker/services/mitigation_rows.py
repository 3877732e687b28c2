"""Rows of a mitigation and what belongs to it, inside somebody else's transaction."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tracker.domain.drafts import (
    EffectDraft,
    EffortDraft,
    LaunchMitigationDraft,
    MitigationChange,
    MitigationDraft,
)
from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval
from tracker.domain.records import LaunchRecord, MitigationRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import MitigationStatus, Origin, RiskStatus
from tracker.services.act import Act
from tracker.services.risk_rows import open_again, require_coming_due
from tracker.store import queries
from tracker.store.tables import LaunchMitigation, MitigationEffect, MitigationEffort, Risk


def place(session: Session, act: Act, draft: LaunchMitigationDraft, launch: LaunchRecord) -> None:
    """Put a mitigation on a launch as proposed; a mandatory mark needs the right to set it.

    Raises:
        InvalidInput: The due date has passed.
    """
    require_coming_due(draft.due, act)
    if draft.mandatory:
        require(act.actor, Action.SET_MANDATORY, launch)
    session.add(
        LaunchMitigation(
            mitigation=draft.mitigation,
            launch=draft.launch,
            status=MitigationStatus.PROPOSED,
            mandatory=draft.mandatory,
            due=draft.due,
            origin=Origin.ENTERED,
        )
    )
    session.flush()


def replace_efforts(session: Session, ref: str, efforts: Sequence[EffortDraft]) -> None:
    """Make these the person-days per team that the mitigation still needs."""
    wanted = {effort.team: effort.days for effort in efforts}
    rows = session.exec(select(MitigationEffort).where(MitigationEffort.mitigation == ref)).all()
    for row in rows:
        if row.team in wanted:
            row.days = wanted.pop(row.team)
        else:
            session.delete(row)
    session.add_all(
        MitigationEffort(mitigation=ref, team=team, days=days) for team, days in wanted.items()
    )


def replace_effects(session: Session, ref: str, effects: Sequence[EffectDraft]) -> None:
    """Make these the effects of the mitigation, one per risk."""
    wanted = {effect.risk: effect for effect in effects}
    rows = session.exec(select(MitigationEffect).where(MitigationEffect.mitigation == ref)).all()
    for row in rows:
        effect = wanted.pop(row.risk, None)
        if effect is None:
            session.delete(row)
        elif _differs(row, effect):
            for field, value in effect.model_dump(exclude={"risk"}).items():
                setattr(row, field, value)
            row.origin = Origin.ENTERED
    session.add_all(
        MitigationEffect(mitigation=ref, origin=Origin.ENTERED, **effect.model_dump())
        for effect in wanted.values()
    )
    session.flush()


def _differs(row: MitigationEffect, effect: EffectDraft) -> bool:
    return (row.low, row.best, row.high, row.introduces, row.basis) != (
        effect.low,
        effect.best,
        effect.high,
        effect.introduces,
        effect.basis,
    )


def reopen_introduced(session: Session, ref: str) -> None:
    """Open every closed risk that this mitigation introduces where it is planned or further.

    A mitigation that may happen may bring its risk; the risk closes again only once the
    mitigation is rejected.
    """
    coming = {
        placement.launch
        for placement in queries.placements_of(session, ref)
        if placement.status not in (MitigationStatus.PROPOSED, MitigationStatus.REJECTED)
    }
    introduced = [e.risk for e in queries.effects_of(session, ref) if e.introduces]
    for risk_ref in introduced:
        row = session.get_one(Risk, risk_ref)
        if row.status is RiskStatus.CLOSED and row.launch in coming:
            open_again(row)


def require_verified_kept(
    session: Session, before: MitigationRecord, change: MitigationChange
) -> None:
    """Refuse a change under which what is verified now would count otherwise than was verified.

    Mechanisms decide how shares combine, and nobody verifies what they own.

    Raises:
        RuleViolation: The mechanism would change.
        SelfApproval: The new owner verified it, or nobody would own it.
    """
    verified = [
        placement.launch
        for placement in queries.placements_of(session, before.ref)
        if placement.status is MitigationStatus.VERIFIED
    ]
    if not verified:
        return
    on = f"{before.ref} is verified on {', '.join(verified)}"
    remedy = "Move it back to implemented, change it, and have it verified again."
    if change.mechanism not in (None, before.mechanism):
        raise RuleViolation(f"{on} as one that can {before.mechanism}.", remedy)
    if "owner" not in change.model_fields_set or change.owner == before.owner:
        return
    verifiers = {
        found.verified_by
        for launch in verified
        for found in queries.verifications_of(session, before.ref, launch)
    }
    if change.owner is None or change.owner in verifiers:
        raise SelfApproval(f"{on} by somebody other than its owner, and has to stay so.", remedy)


def require_known(session: Session, given: MitigationDraft | MitigationChange) -> None:
    """Refuse unknown people, teams and risks, and a team or risk that is named twice.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    people, teams = queries.people(session), queries.teams(session)
    problems: dict[str, str] = {}
    if given.owner is not None and (given.owner not in people or not people[given.owner].active):
        problems["owner"] = f"“{given.owner}” is not an active person of this register"
    named = [effort.team for effort in given.efforts or ()]
    if given.team is not None:
        problems |= _unknown("team", [given.team], set(teams))
    problems |= _unknown("efforts", named, set(teams)) | _twice("efforts", named)
    risks = [effect.risk for effect in given.effects or ()]
    known = set(session.exec(select(Risk.ref).where(col(Risk.ref).in_(risks))))
    problems |= _unknown("effects", risks, known) | _twice("effects", risks)
    if problems:
        raise InvalidInput(problems)


def _unknown(field: str, named: Sequence[str], known: set[str]) -> dict[str, str]:
    missing = sorted(set(named) - known)
    return {field: f"{', '.join(missing)} is not in this register"} if missing else {}


def _twice(field: str, named: Sequence[str]) -> dict[str, str]:
    doubled = sorted({name for name in named if named.count(name) > 1})
    return {field: f"{', '.join(doubled)} is named twice"} if doubled else {}
