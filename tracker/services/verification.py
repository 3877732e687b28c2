"""Verifying that a mitigation works on one launch and model version."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.drafts import VerificationDraft
from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.records import EffectRecord, LaunchRecord
from tracker.domain.release import Release
from tracker.domain.roles import Action, require
from tracker.domain.words import MitigationStatus, Origin, VerificationKind
from tracker.services.act import Act, perform
from tracker.services.mitigations import placement_row
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import MitigationVerification


@dataclass(frozen=True, slots=True)
class Looked:
    """What the acting person looked at: the placement's row version and the release asked for."""

    version: int
    release: Release


def verify_mitigation(
    store: Store, act: Act, ref: str, launch: str, draft: VerificationDraft, looked: Looked
) -> str:
    """Record that a mitigation works on this launch, version, configuration and stage.

    "In place" counts the low estimate of each risk that it lowers here; "effect measured" counts
    the shares given. Both are kept as they are now: later edits of estimates change neither.
    Where the mitigation had left `verified`, what an earlier verification showed counts no more.

    Raises:
        StaleEdit: The placement or the release changed since the acting person looked.
        SelfApproval: The acting person owns the mitigation or the launch.
        RuleViolation: The mitigation is not implemented on the launch, or has no owner.
        InvalidInput: A measured share names a risk that the mitigation does not lower here.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        owner = queries.get_mitigation(session, ref).owner
        if act.actor.key in (owner, record.owner):
            raise SelfApproval(
                f"{act.actor.person.name} owns {ref} or the launch.",
                "Somebody else has to verify it.",
            )
        require(act.actor, Action.VERIFY_MITIGATION, record)
        if looked.release != record.release:
            raise StaleEdit("launch", launch)
        row = placement_row(session, ref, launch, looked.version)
        if row.status not in (MitigationStatus.IMPLEMENTED, MitigationStatus.VERIFIED):
            raise RuleViolation(
                f"{ref} is {row.status} on {record.name}.",
                "Only an implemented mitigation can be verified.",
            )
        if owner is None:
            raise RuleViolation(
                f"{ref} has no owner, so nobody can be told apart from its owner.",
                "Name the owner first.",
            )
        shares = _shares(draft, _lowered_here(session, ref, launch))
        session.add_all(
            _row(act, record, ref, draft, risk, share) for risk, share in shares.items()
        )
        if row.status is MitigationStatus.IMPLEMENTED:
            session.add_all(_ended(session, act, record, ref, draft, shares))
        row.status = MitigationStatus.VERIFIED
        return ref

    return perform(store, act, Action.VERIFY_MITIGATION, work)


def _lowered_here(session: Session, ref: str, launch: str) -> dict[str, EffectRecord]:
    return {
        effect.risk: effect
        for effect in queries.effects_of(session, ref)
        if not effect.introduces and effect.risk.startswith(f"{launch}/")
    }


def _shares(
    draft: VerificationDraft, lowered: dict[str, EffectRecord]
) -> dict[str | None, float | None]:
    if draft.kind is VerificationKind.EFFECT_MEASURED:
        stray = sorted({share.risk for share in draft.shares} - lowered.keys())
        if stray:
            raise InvalidInput({"shares": f"the mitigation does not lower {', '.join(stray)} here"})
        return {share.risk: share.share for share in draft.shares}
    if not lowered:
        return {None: None}
    return {risk: effect.low for risk, effect in lowered.items()}


def _ended(
    session: Session,
    act: Act,
    launch: LaunchRecord,
    ref: str,
    draft: VerificationDraft,
    shares: dict[str | None, float | None],
) -> list[MitigationVerification]:
    """Make rows that count nothing for each risk that only an earlier verification spoke of."""
    earlier = {found.risk for found in queries.verifications_of(session, ref, launch.key)}
    in_place = draft.model_copy(update={"kind": VerificationKind.IN_PLACE})
    return [
        _row(act, launch, ref, in_place, risk, 0.0)
        for risk in sorted(risk for risk in earlier - shares.keys() if risk is not None)
    ]


def _row(
    act: Act,
    launch: LaunchRecord,
    ref: str,
    draft: VerificationDraft,
    risk: str | None,
    share: float | None,
) -> MitigationVerification:
    return MitigationVerification(
        mitigation=ref,
        launch=launch.key,
        risk=risk,
        kind=draft.kind,
        share=share,
        evidence=draft.evidence,
        verified_by=act.actor.key,
        verified_on=act.at.date(),
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        origin=Origin.ENTERED,
    )
