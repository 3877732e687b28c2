"""Withholding the detail of a risk or of evidence from most, and showing it again."""

from sqlmodel import Session

from tracker.domain.errors import NotPermitted, RuleViolation, StaleEdit
from tracker.domain.records import Actor, EffectRecord, LaunchRecord, VerificationRecord
from tracker.domain.review_words import WithheldClass
from tracker.domain.roles import Action, require
from tracker.readiness.withheld import (
    WithheldItem,
    hidden_from,
    withhold_effect,
    withhold_verification,
)
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.withheld import withheld_items
from tracker.store.tables import EvidenceWithholding, Risk


def withhold_risk(
    store: Store, act: Act, ref: str, withheld: WithheldClass | None, version: int
) -> str:
    """Withhold the detail of a risk, or show it again (None); needs a reason.

    The reason stays in the record, so it should not tell the detail either.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not withhold on this launch.
        StaleEdit: Somebody changed the risk since the acting person opened it.
        RuleViolation: It is so already.
    """

    def work(session: Session) -> str:
        act.require_reason("withholding the detail of a risk, or showing it again,")
        risk = queries.get_risk(session, ref)
        _require(session, act, risk.launch)
        if risk.version != version:
            raise StaleEdit("risk", ref)
        _require_another(ref, risk.withheld, withheld)
        session.get_one(Risk, ref).withheld = withheld
        return ref

    return perform(store, act, Action.WITHHOLD, work)


def withhold_run(store: Store, act: Act, ref: str, withheld: WithheldClass | None) -> str:
    """Withhold the detail of an imported run, or show it again (None); needs a reason.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not withhold on this launch.
        RuleViolation: It is so already.
    """

    def work(session: Session) -> str:
        act.require_reason("withholding the detail of evidence, or showing it again,")
        run = queries.get_run(session, ref).run
        _require(session, act, run.launch)
        _require_another(ref, run.withheld, withheld)
        session.add(
            EvidenceWithholding(
                run=ref, withheld=withheld, stated_by=act.actor.key, stated_at=act.at
            )
        )
        return ref

    return perform(store, act, Action.WITHHOLD, work)


def read_withheld(
    store: Store,
) -> tuple[tuple[WithheldItem, ...], tuple[LaunchRecord, ...]]:
    """Return what is withheld, with the launches that it is about."""
    with store.reading() as session:
        items = withheld_items(session)
        return items, queries.launches(session) if items else ()


def mitigation_records(
    store: Store, ref: str
) -> tuple[tuple[EffectRecord, ...], tuple[VerificationRecord, ...]]:
    """Return what a mitigation does to risks and how it was verified, without withheld words."""
    with store.reading() as session:
        markers = {one.ref: one.withheld.marker for one in withheld_items(session)}
        effects = queries.effects_of(session, ref)
        verifications = queries.verifications_of(session, ref)
    return (
        tuple(withhold_effect(one, markers) for one in effects),
        tuple(withhold_verification(one, markers) for one in verifications),
    )


def hidden_within(session: Session, actor: Actor | None) -> frozenset[str]:
    """Return the references whose detail a person may not see, as a transaction sees it."""
    items = withheld_items(session)
    return hidden_from(actor, items, queries.launches(session)) if items else frozenset()


def require_sight(session: Session, actor: Actor, ref: str) -> None:
    """Refuse to let somebody judge or change what they may not see.

    Raises:
        NotPermitted: The detail of the risk or run is withheld from the acting person.
    """
    if ref in hidden_within(session, actor):
        raise NotPermitted(
            f"The detail of {ref} is withheld from {actor.person.name}.",
            "Ask somebody who may see it: its owner, its assessors, the area lead or the policy "
            "lead.",
        )


def _require(session: Session, act: Act, launch: str) -> None:
    require(act.actor, Action.WITHHOLD, queries.get_launch(session, launch))


def _require_another(ref: str, now: WithheldClass | None, wanted: WithheldClass | None) -> None:
    if now is wanted:
        so = "shown to everybody" if now is None else f"withheld ({now})"
        raise RuleViolation(f"The detail of {ref} is {so} already.")
