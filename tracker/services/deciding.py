"""What reviewers recommend and what the approver decides; two records, never one."""

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation
from tracker.domain.records import LaunchRecord
from tracker.domain.review_drafts import DecisionDraft, RecommendationDraft
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import ConditionState, Outcome
from tracker.domain.reviews import ConditionRecord
from tracker.domain.roles import Action, require
from tracker.domain.types import REASON_LEAST
from tracker.domain.words import ExposureStage, ReviewStatus
from tracker.readiness.overriding import (
    DECISION_DAYS,
    against_the_officer,
    overridden,
    stage_problem,
)
from tracker.services.act import Act, perform
from tracker.services.condition_rows import add_conditions, take_over
from tracker.services.review_state import Method, Seen, require_current, seen_within
from tracker.services.reviews import end_review, require_open, set_review_status
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.decisions import condition_records
from tracker.store.tables import Decision, Recommendation, Review, decision_ref
from tracker.store.writes import next_number


def recommend(
    store: Store, act: Act, method: Method, review: str, draft: RecommendationDraft
) -> str:
    """Recommend a decision to the approver; the latest recommendation of a review counts.

    Returns:
        The number of the recommendation.

    Raises:
        NotPermitted: The acting person may not recommend here.
        RuleViolation: The review is closed, the snapshot is not its latest, or a material change
            asks for a new one.
        InvalidInput: The stage does not go with the outcome.
    """

    def work(session: Session) -> str:
        found = require_open(session, review)
        launch = queries.get_launch(session, found.launch)
        require(act.actor, Action.RECOMMEND, launch)
        _require_stage(draft.outcome, draft.exposure_stage, launch)
        seen = seen_within(session, method, act.at.date(), launch.key)
        require_current(seen.review, draft.snapshot)
        row = Recommendation(
            launch=launch.key,
            review=review,
            **draft.model_dump(),
            recommended_by=act.actor.key,
            recommended_at=act.at,
            authenticated=act.actor.authenticated,
        )
        session.add(row)
        session.flush()
        return str(row.id)

    return perform(store, act, Action.RECOMMEND, work)


def decide(store: Store, act: Act, method: Method, review: str, draft: DecisionDraft) -> str:
    """Decide on the launch, which closes the review.

    Gate result and recommendation are kept beside the decision. Where the decision goes against
    one of them it says why.

    Args:
        store: The register.
        act: Who decides, and when.
        method: Scoring profile and materiality policy.
        review: Reference of the review.
        draft: What is decided; `takes_over` names the proposed conditions that become binding,
            and the reason names each other one (such as `C-2`), and each of an earlier decision
            that is not met, where the model is let out.

    Returns:
        The reference of the decision.

    Raises:
        NotPermitted: The acting person is not the approver of the launch.
        RuleViolation: The review is closed, signatures or answers are missing, the snapshot is
            not the latest, or a material change asks for a new one.
        InvalidInput: Stage, day, conditions or the reason of an override do not go with the rest.
    """

    def work(session: Session) -> str:
        found = require_open(session, review)
        launch = queries.get_launch(session, found.launch)
        require(act.actor, Action.DECIDE, launch)
        seen = seen_within(session, method, act.at.date(), launch.key)
        require_current(seen.review, draft.snapshot)
        _require_quorum(seen.review)
        _require_stage(draft.outcome, draft.exposure_stage, launch)
        _require_time(act, draft)
        _require_override(seen, draft)
        taken = _taken_over(session, seen, draft)
        row = _row(session, act, seen, draft)
        session.add(row)
        session.flush()
        take_over(session, taken, row.ref)
        add_conditions(session, act, found, draft.conditions, row.ref)
        end_review(session.get_one(Review, review), act, f"Decided by {row.ref}: {row.outcome}.")
        set_review_status(session, launch.key, _status_after(draft.outcome))
        return row.ref

    return perform(store, act, Action.DECIDE, work)


def _row(session: Session, act: Act, seen: Seen, draft: DecisionDraft) -> Decision:
    launch, recommended = seen.state.launch, seen.review.recommendation
    number = next_number(session, Decision, launch.key)
    return Decision(
        ref=decision_ref(launch.key, number),
        launch=launch.key,
        number=number,
        review=seen.review.review.ref,
        **draft.model_dump(exclude={"conditions", "takes_over"}),
        model_version=launch.model_version,
        configuration=launch.configuration,
        gate_result=seen.state.verdict,
        recommended=recommended.outcome if recommended else None,
        decided_by=act.actor.key,
        decided_at=act.at,
        authenticated=act.actor.authenticated,
    )


def _status_after(outcome: Outcome) -> ReviewStatus:
    """More evidence sends the launch back to work; anything else is decided."""
    return ReviewStatus.MITIGATING if outcome is Outcome.MORE_EVIDENCE else ReviewStatus.DECIDED


def _require_quorum(review: ReviewState) -> None:
    if review.missing:
        raise RuleViolation(
            f"{review.review.ref} cannot be decided yet: {'; '.join(review.missing)}.",
            "Wait for these, then decide.",
        )


def _require_stage(outcome: Outcome, stage: ExposureStage, launch: LaunchRecord) -> None:
    problem = stage_problem(outcome, stage, launch.exposure_asked)
    if problem:
        raise InvalidInput({"exposure_stage": problem})


def _require_time(act: Act, draft: DecisionDraft) -> None:
    today = act.at.date()
    last = today + timedelta(days=DECISION_DAYS)
    if draft.until is None:
        return
    if draft.until < today:
        raise InvalidInput({"until": f"{draft.until.isoformat()} has passed"})
    if draft.until > last:
        raise InvalidInput(
            {
                "until": f"a decision covers at most {DECISION_DAYS} days, until "
                f"{last.isoformat()} if made today"
            }
        )


def _require_override(seen: Seen, draft: DecisionDraft) -> None:
    against = (
        *overridden(
            draft.outcome, draft.exposure_stage, seen.state.verdict, seen.review.recommendation
        ),
        *against_the_officer(draft.outcome, seen.review.sign_offs),
    )
    if against and len(draft.override_reason) < REASON_LEAST:
        raise InvalidInput(
            {"override_reason": f"this goes against {' and against '.join(against)}; say why"}
        )
    if draft.override_reason and not against:
        raise InvalidInput(
            {"override_reason": "this goes against nothing; leave the reason of an override empty"}
        )


def _taken_over(session: Session, seen: Seen, draft: DecisionDraft) -> tuple[ConditionRecord, ...]:
    """Return the proposed conditions that the decision makes binding.

    Raises:
        InvalidInput: One was not proposed in this review, conditions go with no such outcome, or
            the reason does not name one that is left, or that binds so far and is not met.
    """
    review = seen.review
    proposed = {
        one.number: one
        for one in condition_records(session, [review.review.launch])
        if one.review == review.review.ref and one.decision is None
    }
    _require_conditional(draft)
    unknown = [f"C-{number}" for number in draft.takes_over if number not in proposed]
    if unknown:
        raise InvalidInput({"takes_over": f"{', '.join(unknown)} was not proposed in this review"})
    left = [one for number, one in proposed.items() if number not in draft.takes_over]
    _require_named((*_unmet(seen), *left), draft)
    return tuple(proposed[number] for number in sorted(set(draft.takes_over)))


def _require_conditional(draft: DecisionDraft) -> None:
    bound = bool(draft.conditions or draft.takes_over)
    if bound and draft.outcome not in (Outcome.GO_WITH_CONDITIONS, Outcome.RESTRICTED):
        raise InvalidInput(
            {"conditions": f"“{draft.outcome}” has no conditions; decide “go with conditions”"}
        )


def _unmet(seen: Seen) -> Sequence[ConditionRecord]:
    """The conditions of earlier decisions that one which lets the model out would end."""
    unmet = [one for one in seen.state.conditions if one.state is not ConditionState.MET]
    return [one.condition for one in unmet]


def _require_named(left: Sequence[ConditionRecord], draft: DecisionDraft) -> None:
    """Refuse to let out a model without a word on a condition that was asked for and goes."""
    named = set(re.findall(r"C-[0-9]+", draft.reason))
    silent = [one.short_ref for one in left if one.short_ref not in named]
    if draft.outcome.lets_out and silent:
        raise InvalidInput(
            {"reason": f"say why {', '.join(silent)}, asked for so far, is not taken over"}
        )
