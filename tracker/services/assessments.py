"""Assessing risks: drafts that count for nothing, and submissions that stay for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.drafts import AssessmentSubmission, PartialAssessment, PicksDraft
from tracker.domain.errors import InvalidInput, NotFound, RuleViolation
from tracker.domain.records import (
    Actor,
    AssessmentDraftRecord,
    AssessmentRecord,
    LaunchRecord,
    RiskRecord,
)
from tracker.domain.roles import Action, may, require
from tracker.domain.state import AssessorScore, LaunchState, RiskState
from tracker.domain.words import Origin, ReviewStatus, RiskStatus
from tracker.readiness.withheld import Hidden, withhold_assessment
from tracker.scoring.assessors import is_outdated, latest_of_each
from tracker.services.act import Act, perform
from tracker.services.withholding import require_sight
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Assessment
from tracker.store.writes import discard_draft, keep_draft


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One risk that waits for the acting person's assessment.

    Attributes:
        why: Such as "UNASSESSED" or "you have not assessed it".
        mine: The acting person's own latest score, None where there is none.
    """

    state: RiskState
    launch: LaunchRecord
    why: str
    mine: AssessorScore | None


def save_draft(
    store: Store, actor: Actor, ref: str, partial: PartialAssessment, at: datetime
) -> None:
    """Keep a half-made assessment for its author; it is no change of the register.

    A draft stays about the release that it was begun for, whatever the launch asks for later.

    Raises:
        NotFound: The risk does not exist.
        NotPermitted: The acting person may not assess here.
    """
    with store.unaudited() as session:
        _risk, launch = _assessable(session, actor, ref)
        earlier = queries.find_draft(session, ref, actor.key)
        about = earlier.about if earlier else launch.release
        keep_draft(session, actor.key, ref, partial.model_copy(update={"about": about}), at)


def renew_draft(store: Store, actor: Actor, ref: str, at: datetime) -> None:
    """Say that a draft, begun for another release, is about the one asked for now.

    Raises:
        NotFound: The risk does not exist, or the acting person has no draft of it.
    """
    with store.unaudited() as session:
        _risk, launch = _assessable(session, actor, ref)
        draft = queries.find_draft(session, ref, actor.key)
        if draft is None:
            raise NotFound("draft", ref)
        renewed = PartialAssessment(
            picks=draft.picks,
            grade=draft.grade,
            reasons=draft.reasons,
            rationale=draft.rationale,
            about=launch.release,
        )
        keep_draft(session, actor.key, ref, renewed, at)


def find_draft(store: Store, actor: Actor, ref: str) -> AssessmentDraftRecord | None:
    """Return the acting person's own draft for a risk, if any."""
    with store.reading() as session:
        return queries.find_draft(session, ref, actor.key)


def submit_assessment(store: Store, act: Act, ref: str, submission: AssessmentSubmission) -> str:
    """Submit an assessment; it becomes immutable and supersedes the assessor's earlier one.

    Raises:
        RuleViolation: The risk is closed, or the launch asks for another release than when the
            acting person began to judge.
        NotPermitted: The acting person may not assess here.
    """

    def work(session: Session) -> str:
        risk, launch = _assessable(session, act.actor, ref)
        if risk.withheld is not None:
            require_sight(session, act.actor, ref)
        _require_same_release(queries.find_draft(session, ref, act.actor.key), launch)
        row = _row(act, launch, ref, submission)
        session.add(row)
        discard_draft(session, act.actor.key, ref)
        session.flush()
        return str(row.id)

    return perform(store, act, Action.ASSESS, work)


def confirm_assessment(store: Store, act: Act, ref: str, assessment_id: int) -> str:
    """Confirm, with a reason, that an outdated assessment still holds for the present version.

    The confirmation is a new assessment of the same assessor with the same picks; the acting
    person and the reason stand in its audit record.

    Raises:
        RuleViolation: The assessment is superseded or not outdated, or the acting person owns
            the launch.
        InvalidInput: No reason is given, or the assessment is of another risk.
    """

    def work(session: Session) -> str:
        act.require_reason("confirming an outdated assessment")
        risk = queries.get_risk(session, ref)
        launch = queries.get_launch(session, risk.launch)
        require(act.actor, Action.CONFIRM_ASSESSMENT, launch)
        _require_open(risk)
        old = _latest_outdated(session, ref, launch, assessment_id)
        if launch.owner == act.actor.key:
            raise RuleViolation(
                "The launch owner may not confirm an assessment of the launch.",
                "Ask the assessor, an area lead or the policy lead.",
            )
        row = _row(act, launch, ref, _same(old, act.reason))
        row.assessor = old.assessor
        row.confirms = old.id
        row.origin = old.origin
        session.add(row)
        session.flush()
        return str(row.id)

    return perform(store, act, Action.CONFIRM_ASSESSMENT, work)


def queue_for(states: Sequence[LaunchState], actor: Actor) -> tuple[QueueItem, ...]:
    """Return the open risks that wait for this person, the most urgent first.

    UNASSESSED ones come first, then outdated ones, then those that the person has not assessed;
    within each, areas that the person leads come first. Decided launches ask for nothing.
    """
    waiting = [
        (item, risk.risk.area in actor.person.leads)
        for state in states
        if state.launch.review_status is not ReviewStatus.DECIDED
        and may(actor, Action.ASSESS, state.launch)
        for risk in state.open_risks
        if (item := _queue_item(risk, state.launch, actor)) is not None
    ]
    ordered = sorted(
        waiting,
        key=lambda pair: (
            _URGENCY.index(pair[0].why),
            not pair[1],
            pair[0].launch.target_date,
            pair[0].launch.key,
            pair[0].state.risk.number,
        ),
    )
    return tuple(item for item, _mine in ordered)


_UNASSESSED = "UNASSESSED"
_MINE_OUTDATED = "your assessment is outdated"
_OUTDATED = "another assessor's judgement is outdated"
_NOT_MINE = "you have not assessed it"
_URGENCY = (_UNASSESSED, _MINE_OUTDATED, _OUTDATED, _NOT_MINE)


def _queue_item(risk: RiskState, launch: LaunchRecord, actor: Actor) -> QueueItem | None:
    mine = next((s for s in risk.scores if s.assessment.assessor == actor.key), None)
    if not risk.scores:
        return QueueItem(risk, launch, _UNASSESSED, None)
    if mine is not None and mine.outdated:
        return QueueItem(risk, launch, _MINE_OUTDATED, mine)
    if mine is None:
        return QueueItem(risk, launch, _OUTDATED if risk.outdated else _NOT_MINE, None)
    return None


def _assessable(session: Session, actor: Actor, ref: str) -> tuple[RiskRecord, LaunchRecord]:
    risk = queries.get_risk(session, ref)
    launch = queries.get_launch(session, risk.launch)
    require(actor, Action.ASSESS, launch)
    _require_open(risk)
    return risk, launch


def _require_open(risk: RiskRecord) -> None:
    if risk.status is RiskStatus.CLOSED:
        raise RuleViolation(f"Risk {risk.ref} is closed.", "Re-open it before you assess it.")


def _require_same_release(draft: AssessmentDraftRecord | None, launch: LaunchRecord) -> None:
    if draft is None or draft.about in (None, launch.release):
        return
    begun = ", ".join(draft.about or ())
    raise RuleViolation(
        f"You began to judge {begun}; the launch now asks for {', '.join(launch.release)}.",
        "Look at your picks again, and say that they are about what is asked for now.",
    )


def _latest_outdated(
    session: Session, ref: str, launch: LaunchRecord, assessment_id: int
) -> AssessmentRecord:
    latest = latest_of_each(queries.risk_assessments(session, ref))
    old = next((record for record in latest if record.id == assessment_id), None)
    if old is None:
        raise InvalidInput({"assessment": f"is not anybody's latest assessment of {ref}"})
    if not is_outdated(old, launch):
        raise RuleViolation(
            f"The assessment of {ref} is about the present version; there is nothing to confirm."
        )
    return old


def _same(old: AssessmentRecord, reason: str) -> AssessmentSubmission:
    return AssessmentSubmission(
        picks=PicksDraft.model_validate(old.picks),
        grade=old.grade,
        reasons=old.reasons,
        rationale=old.rationale or reason,
    )


def _row(act: Act, launch: LaunchRecord, ref: str, submission: AssessmentSubmission) -> Assessment:
    return Assessment(
        risk=ref,
        assessor=act.actor.key,
        **submission.picks.model_dump(),
        grade=submission.grade,
        reasons={factor.value: text for factor, text in submission.reasons.items()},
        rationale=submission.rationale,
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        submitted_at=act.at,
        origin=Origin.ENTERED,
    )


def assessments_of(
    store: Store, ref: str, hidden: Hidden | None = None
) -> tuple[AssessmentRecord, ...]:
    """Return every assessment ever submitted for a risk: none is ever changed or removed.

    Args:
        store: The register.
        ref: The risk.
        hidden: References whose detail the reader may not see; everything withheld where None.

    Raises:
        NotFound: The risk does not exist.
    """
    with store.reading() as session:
        risk = queries.get_risk(session, ref)
        records = queries.risk_assessments(session, ref)
    if risk.withheld is None or (hidden is not None and ref not in hidden):
        return records
    return tuple(withhold_assessment(one, risk.withheld.marker) for one in records)
