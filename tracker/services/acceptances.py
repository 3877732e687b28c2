"""Accepting what is left of a risk for a time: asked for, signed by level, ended, failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.review_state import AcceptanceStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.roles import Action, require
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import Level
from tracker.readiness.authority import ACCEPTANCE_DAYS, Signature, signature_of
from tracker.services.act import Act, perform
from tracker.services.launch_state import state_within
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Acceptance, acceptance_ref, launch_of
from tracker.store.writes import next_number


@dataclass(frozen=True, slots=True)
class SeenRisk:
    """What the acting person looked at: the risk's row version and current level, the release."""

    version: int
    level: Level
    release: Release


def ask_acceptance(
    store: Store,
    act: Act,
    profile: ScoringProfile,
    risk: str,
    draft: AcceptanceDraft,
    seen: SeenRisk | None = None,
) -> str:
    """Ask to accept what is left of a risk; it counts once those have signed whom the level asks.

    It is bound to the level, the harm score and the release as they are inside the transaction.

    Args:
        store: The register.
        act: Who asks, and when.
        profile: By which the level is worked out.
        risk: Reference of the risk.
        draft: Why, what would end it, what it counts on, and until when.
        seen: What the acting person looked at; not compared if left out.

    Returns:
        The reference of the acceptance.

    Raises:
        NotPermitted: The acting person may not ask for acceptances here.
        StaleEdit: Risk, level or release changed since the acting person looked.
        RuleViolation: The risk is closed, Critical, UNASSESSED or outdated, or an acceptance of it
            is asked for or in force.
        InvalidInput: The last day has passed or is later than the level allows, or a mitigation
            that it counts on is not verified on the launch.
    """
    reasoned = act.because(draft.justification)

    def work(session: Session) -> str:
        launch = queries.get_launch(session, queries.get_risk(session, risk).launch)
        require(act.actor, Action.ASK_ACCEPTANCE, launch)
        state = state_within(session, profile, act.at.date(), launch.key)
        found = _risk_in(state, risk)
        _require_as_seen(found, launch, seen)
        score = _acceptable_score(found)
        _require_free(risk, _latest(state, risk))
        _require_time(act, draft, found.current.level)
        _require_verified(state, draft)
        number = next_number(session, Acceptance, launch.key)
        row = Acceptance(
            ref=acceptance_ref(launch.key, number),
            number=number,
            level=found.current.level,
            harm_score=score,
            **_as_asked(act, risk, launch, draft),
        )
        session.add(row)
        session.flush()
        return acceptance_ref(launch.key, number)

    return perform(store, reasoned, Action.ASK_ACCEPTANCE, work)


def sign_acceptance(
    store: Store, act: Act, profile: ScoringProfile, acceptance: str, version: int
) -> str:
    """Sign an acceptance in the authority that its level asks for.

    Very low and Low are signed by the lead of the risk's policy area, Moderate by the policy lead,
    High by the launch's responsible officer and by its approver.

    Raises:
        SelfApproval: The acting person asked for it, or owns the launch and the level is above Low.
        NotPermitted: The acting person does not hold the authority.
        StaleEdit: Somebody signed or ended it since the acting person read it.
        RuleViolation: It counts no more, or is signed in this authority already.
    """

    def work(session: Session) -> str:
        found = queries.get_acceptance(session, acceptance)
        launch = queries.get_launch(session, found.launch)
        _require_other(act, found, launch)
        require(act.actor, Action.SIGN_ACCEPTANCE, launch)
        row = _fresh_row(session, found, version)
        signature = _signature(session, act, found, launch)
        _require_signable(session, act, profile, found)
        _sign(row, act, signature)
        return acceptance

    return perform(store, act, Action.SIGN_ACCEPTANCE, work)


def end_acceptance(store: Store, act: Act, acceptance: str, version: int) -> str:
    """End an acceptance before its day, or take back the wish for one; needs a reason.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not end acceptances here.
        StaleEdit: Somebody signed or ended it since the acting person read it.
        RuleViolation: It was ended already.
    """

    def write(row: Acceptance) -> None:
        if row.row_version != version:
            raise StaleEdit("acceptance", acceptance)
        _end(row, act)

    return _ending(store, act, acceptance, Action.END_ACCEPTANCE, write)


def report_failure(store: Store, act: Act, acceptance: str) -> str:
    """Report that a failure condition of an acceptance has come true, which ends it at once.

    Needs a reason that says which and how. No version is asked for: whatever else changed
    meanwhile, the report counts.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person has no duty on the launch.
        RuleViolation: It was ended already.
    """

    def write(row: Acceptance) -> None:
        _end(row, act)
        row.fired_on = act.at.date()

    return _ending(store, act, acceptance, Action.REPORT_BREACH, write)


def _ending(
    store: Store, act: Act, acceptance: str, action: Action, write: Callable[[Acceptance], None]
) -> str:
    def work(session: Session) -> str:
        act.require_reason("ending an acceptance")
        found = queries.get_acceptance(session, acceptance)
        require(act.actor, action, queries.get_launch(session, found.launch))
        write(session.get_one(Acceptance, acceptance))
        return acceptance

    return perform(store, act, action, work)


def _end(row: Acceptance, act: Act) -> None:
    if row.ended_by is not None:
        raise RuleViolation(f"Acceptance {row.ref} was ended already: {row.ended_because}")
    row.ended_by = act.actor.key
    row.ended_because = act.reason.strip()


def _risk_in(state: LaunchState, ref: str) -> RiskState:
    return next(risk for risk in state.risks if risk.ref == ref)


def _latest(state: LaunchState, risk: str) -> AcceptanceStatus | None:
    return next((one for one in state.acceptances if one.acceptance.risk == risk), None)


def _require_as_seen(risk: RiskState, launch: LaunchRecord, seen: SeenRisk | None) -> None:
    now = SeenRisk(risk.risk.version, risk.current.level, launch.release)
    if seen not in (None, now):
        raise StaleEdit("risk", risk.ref)


def _acceptable_score(risk: RiskState) -> float:
    """Return the harm score of a risk that somebody may accept."""
    if not risk.is_open:
        raise RuleViolation(f"{risk.ref} is closed; there is nothing to accept.")
    level, score = risk.current.level, risk.current.harm_score
    if level not in ACCEPTANCE_DAYS or score is None:
        remedy = {
            Level.CRITICAL: "Verify mitigations that lower it first.",
            Level.UNASSESSED: "Have it assessed first: unknown is never low.",
        }
        raise RuleViolation(f"{risk.ref} is {level}, which nobody may accept.", remedy[level])
    if risk.outdated:
        raise RuleViolation(
            f"{risk.ref} was assessed for another model version, configuration or stage.",
            "Have it assessed again, or the assessment confirmed, first.",
        )
    return score


def _require_free(risk: str, latest: AcceptanceStatus | None) -> None:
    if latest is not None and latest.state is not AcceptanceState.ENDED:
        raise RuleViolation(
            f"An acceptance of {risk} is {latest.state} already: {latest.acceptance.ref}.",
            "Sign that one, or end it before another is asked for.",
        )


def _require_time(act: Act, draft: AcceptanceDraft, level: Level) -> None:
    days = ACCEPTANCE_DAYS[level]
    last = act.at.date() + timedelta(days=days)
    if draft.until <= act.at.date():
        raise InvalidInput({"until": f"{draft.until.isoformat()} is not in the future"})
    if draft.until > last:
        raise InvalidInput(
            {
                "until": f"a risk at {level} is accepted for at most {days} days, until "
                f"{last.isoformat()} if asked for today"
            }
        )


def _require_verified(state: LaunchState, draft: AcceptanceDraft) -> None:
    verified = {one.mitigation.ref for one in state.mitigations if one.verified_now}
    missing = [ref for ref in draft.compensating if ref not in verified]
    if missing:
        listed = ", ".join(missing)
        raise InvalidInput({"compensating": f"not verified on this launch and version: {listed}"})


def _as_asked(act: Act, risk: str, launch: LaunchRecord, draft: AcceptanceDraft) -> dict[str, Any]:
    return {
        "launch": launch.key,
        "risk": risk,
        "justification": draft.justification,
        "fails_if": list(draft.fails_if),
        "compensating": list(draft.compensating),
        "until": draft.until,
        "requested_by": act.actor.key,
        "requested_at": act.at,
        "model_version": launch.model_version,
        "configuration": launch.configuration,
        "exposure_stage": launch.exposure_asked,
    }


def _require_other(act: Act, found: AcceptanceRecord, launch: LaunchRecord) -> None:
    if act.actor.key == found.requested_by:
        raise SelfApproval(
            f"{act.actor.person.name} asked for this acceptance.", "Somebody else has to sign it."
        )
    if act.actor.key == launch.owner and found.level not in (Level.VERY_LOW, Level.LOW):
        raise SelfApproval(
            f"{act.actor.person.name} owns {launch.name}.",
            "A launch owner accepts nothing above Low; somebody else has to sign it.",
        )


def _fresh_row(session: Session, found: AcceptanceRecord, version: int) -> Acceptance:
    if found.version != version:
        raise StaleEdit("acceptance", found.ref)
    return session.get_one(Acceptance, found.ref)


def _signature(
    session: Session, act: Act, found: AcceptanceRecord, launch: LaunchRecord
) -> Signature:
    """Return as what the acting person signs; the areas that they lead are the register's."""
    risk = queries.get_risk(session, found.risk)
    person = queries.people(session)[act.actor.key]
    signature = signature_of(person, Level(found.level), risk, launch)
    if signature is None:
        who = {
            Level.VERY_LOW: f"the lead of the policy area {risk.area}",
            Level.LOW: f"the lead of the policy area {risk.area}",
            Level.MODERATE: "the policy lead",
        }.get(Level(found.level), "the responsible officer and the approver of the launch")
        raise NotPermitted(
            f"{act.actor.person.name} may not accept a risk at {found.level}.",
            f"Ask {who} to sign.",
        )
    return signature


def _require_signable(
    session: Session, act: Act, profile: ScoringProfile, found: AcceptanceRecord
) -> None:
    state = state_within(session, profile, act.at.date(), launch_of(found.ref))
    latest = _latest(state, found.risk)
    if latest is None or latest.acceptance.ref != found.ref:
        raise RuleViolation(f"A later acceptance of {found.risk} was asked for.", "Look at that.")
    if latest.state is AcceptanceState.ENDED:
        raise RuleViolation(
            f"Acceptance {found.ref} counts no more: {latest.why}.", "Ask for a new one."
        )


def _sign(row: Acceptance, act: Act, signature: Signature) -> None:
    if getattr(row, signature.value) is not None:
        raise RuleViolation(f"Acceptance {row.ref} is signed already by the {signature.words}.")
    setattr(row, signature.value, act.actor.key)
