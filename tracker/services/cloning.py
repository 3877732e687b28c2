"""What a new launch takes over from another: its open risks and its mitigations, unverified."""

from collections.abc import Mapping

from sqlmodel import Session

from tracker.domain.drafts import RiskDraft, TagDraft
from tracker.domain.records import RiskRecord
from tracker.domain.words import MitigationStatus, RiskStatus
from tracker.services.act import Act
from tracker.services.risk_rows import add_risk
from tracker.store import queries
from tracker.store.tables import LaunchMitigation, MitigationEffect


def copy_risks(session: Session, act: Act, source: str, target: str) -> Mapping[str, str]:
    """Copy the open risks of one launch to another; return old reference to new."""
    (inputs,) = queries.launch_inputs(session, [source])
    open_risks = [item.risk for item in inputs.risks if item.risk.status is RiskStatus.OPEN]
    return {
        risk.ref: add_risk(session, act, target, _draft_of(risk), risk.origin)
        for risk in sorted(open_risks, key=lambda risk: risk.number)
    }


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
