"""What a new launch takes over from another: its open risks and its mitigations, unverified.

Nothing that anybody judged or signed comes along: no scope decision, assessment, verification,
evidence, gate, determination, waiver, acceptance, sign-off, decision or condition.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from tracker.domain.drafts import RiskDraft, TagDraft
from tracker.domain.errors import InvalidInput
from tracker.domain.records import RiskRecord
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.words import MitigationStatus, RiskStatus
from tracker.services.act import Act
from tracker.services.risk_rows import add_risk
from tracker.store import queries, tables
from tracker.store.tables import LaunchMitigation, MitigationEffect, Risk


def copy_risks(
    session: Session, act: Act, source: str, target: str, dropped: Sequence[DroppedRisk] = ()
) -> Mapping[str, str]:
    """Copy the open risks of one launch to another; return old reference to new.

    Those that are dropped stay behind, each recorded with its reason. A risk whose detail is
    withheld stays withheld.

    Raises:
        InvalidInput: A dropped risk is no open risk of the source, or is named twice.
    """
    (inputs,) = queries.launch_inputs(session, [source])
    open_risks = [item.risk for item in inputs.risks if item.risk.status is RiskStatus.OPEN]
    _drop(session, act, target, dropped, {risk.ref for risk in open_risks})
    left = {drop.risk for drop in dropped}
    coming = sorted(
        (risk for risk in open_risks if risk.ref not in left), key=lambda risk: risk.number
    )
    return {risk.ref: _copy(session, act, target, risk) for risk in coming}


def _copy(session: Session, act: Act, target: str, risk: RiskRecord) -> str:
    ref = add_risk(session, act, target, _draft_of(risk), risk.origin)
    if risk.withheld is not None:
        session.get_one(Risk, ref).withheld = risk.withheld
    return ref


def _drop(
    session: Session, act: Act, target: str, dropped: Sequence[DroppedRisk], known: set[str]
) -> None:
    named = [drop.risk for drop in dropped]
    for ref in named:
        if ref not in known:
            raise InvalidInput({"dropped": f"{ref} is no open risk of the last launch"})
        if named.count(ref) > 1:
            raise InvalidInput({"dropped": f"{ref} is named twice"})
    session.add_all(
        tables.DroppedRisk(
            launch=target, risk=drop.risk, reason=drop.reason, dropped_by=act.actor.key
        )
        for drop in dropped
    )


def copy_mitigations(
    session: Session, source: str, target: str, renamed: Mapping[str, str]
) -> None:
    """Put the mitigations of one launch on another, with their effects on the copied risks.

    Rejected ones stay behind, unless they are mandatory: cloning takes no mandatory mark away.
    What was verified or implemented there is in progress here: it has to be shown on the new
    model version.
    """
    (inputs,) = queries.launch_inputs(session, [source])
    coming = [
        placement
        for placement in inputs.placements
        if placement.mandatory or placement.status is not MitigationStatus.REJECTED
    ]
    session.add_all(
        LaunchMitigation(
            mitigation=placement.mitigation,
            launch=target,
            status=_carried(placement.status),
            mandatory=placement.mandatory,
            origin=placement.origin,
        )
        for placement in coming
    )
    session.flush()
    carried = {placement.mitigation for placement in coming}
    for effect in inputs.effects:
        if effect.risk in renamed and effect.mitigation in carried:
            session.add(
                MitigationEffect(
                    mitigation=effect.mitigation,
                    risk=renamed[effect.risk],
                    low=effect.low,
                    best=effect.best,
                    high=effect.high,
                    introduces=effect.introduces,
                    basis=effect.basis,
                    origin=effect.origin,
                )
            )


def _carried(status: MitigationStatus) -> MitigationStatus:
    if status in (MitigationStatus.VERIFIED, MitigationStatus.IMPLEMENTED):
        return MitigationStatus.IN_PROGRESS
    return status


def _draft_of(risk: RiskRecord) -> RiskDraft:
    return RiskDraft(
        title=risk.title,
        scenario=risk.scenario,
        area=risk.area,
        also_touches=risk.touches,
        owner=risk.owner,
        source=risk.source,
        tags=tuple(TagDraft(taxonomy=taxonomy, code=code) for taxonomy, code in risk.tags),
    )
