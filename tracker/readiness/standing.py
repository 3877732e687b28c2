"""What was decided on a launch, whether it still carries, and what it covers.

The latest decision counts. It covers one model version in one configuration, at its stage and the
narrower ones, until the end of its last day, and never anything else. It is suspended while a
condition is breached, overdue or blocks, once a failure condition of an acceptance has come true
after it, and where the launch or those who decided are no longer what they were.
"""

from collections.abc import Iterator
from datetime import date

from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.review_state import Cover, DecisionStanding
from tracker.domain.review_words import Capacity, CoverState, ExposureStep, Vote
from tracker.domain.reviews import DecisionRecord, RecommendationRecord, SignOffRecord
from tracker.domain.state import LaunchInputs
from tracker.domain.words import ExposureStage, LaunchRoleName, ReviewStatus
from tracker.readiness.conditions import conditions_in_force, suspends


def standing_of(inputs: LaunchInputs, today: date) -> DecisionStanding:
    """Return what was decided on a launch and whether it still carries on a day."""
    exposed = _exposed(inputs, today)
    uncovered = exposed is not None and not exposed.covers
    review = _latest_review(inputs)
    asked = inputs.launch.release
    return DecisionStanding(
        decisions=tuple(_decisions(inputs)),
        recommendation=_recommendation(inputs, review),
        objections=_objections(inputs, review),
        cover=cover_of(inputs, asked, asked.exposure_stage, today),
        exposed=exposed,
        uncovered=uncovered,
        review_status=_review_status(inputs, today, uncovered=uncovered),
        exposures=inputs.exposures,
    )


def cover_of(inputs: LaunchInputs, release: Release, stage: ExposureStage, today: date) -> Cover:
    """Return whether the latest decision lets a model run at a stage on a day.

    Args:
        inputs: The launch with its decisions, conditions, acceptances and steps of exposure.
        release: Names model version and configuration; its stage is not looked at.
        stage: Where the model is to run.
        today: UTC.
    """
    decisions = _decisions(inputs)
    if not decisions:
        return Cover(None, CoverState.UNDECIDED, "nobody has decided on this launch")
    latest = decisions[-1]
    state, why = next(_gaps(inputs, latest, release, stage, today), (CoverState.COVERED, ""))
    if state is CoverState.COVERED and latest.until is not None:
        why = f"{latest.short_ref} covers it until {latest.until.isoformat()}"
    return Cover(latest, state, why)


def _decisions(inputs: LaunchInputs) -> list[DecisionRecord]:
    return sorted(inputs.decisions, key=lambda one: one.number)


def _gaps(
    inputs: LaunchInputs,
    decision: DecisionRecord,
    release: Release,
    stage: ExposureStage,
    today: date,
) -> Iterator[tuple[CoverState, str]]:
    """Every reason why a decision does not cover a release at a stage, the plainest first."""
    name = decision.short_ref
    if not decision.outcome.lets_out:
        yield CoverState.NOT_LET_OUT, f"{name} says “{decision.outcome}”"
    for step in inputs.exposures:
        if step.step is ExposureStep.WITHDRAW and step.decision == decision.ref:
            yield CoverState.NOT_LET_OUT, f"{name} was withdrawn: {step.reason}"
    decided = decision.release
    if release[:2] != decided[:2]:
        about = f"{decided.model_version}, {decided.configuration}"
        yield CoverState.OTHER_RELEASE, f"{name} is about {about}"
    if stage.order > decision.exposure_stage.order:
        yield CoverState.BEYOND_STAGE, f"{name} covers no stage beyond {decision.exposure_stage}"
    if _is_expired(decision, today):
        ended = decision.until.isoformat() if decision.until else "no day"
        yield CoverState.EXPIRED, f"{name} covered until {ended}"
    for why in _suspensions(inputs, decision, today):
        yield CoverState.SUSPENDED, f"{name} is suspended: {why}"


def _is_expired(decision: DecisionRecord, today: date) -> bool:
    return decision.until is None or today > decision.until


def _suspensions(inputs: LaunchInputs, decision: DecisionRecord, today: date) -> Iterator[str]:
    for status in conditions_in_force(inputs, today):
        if suspends(status):
            blocks = ", and blocks" if status.condition.blocking else ""
            yield f"{status.condition.short_ref} is {status.state}{blocks}"
    yield from _failures(inputs, decision)
    launch = inputs.launch
    if launch.release[:2] != decision.release[:2]:
        yield f"the launch is about {launch.model_version}, {launch.configuration} now"
    yield from _handed_over(inputs, decision)


def _failures(inputs: LaunchInputs, decision: DecisionRecord) -> Iterator[str]:
    """Failure conditions that came true on the day of the decision or after it."""
    for one in inputs.acceptances:
        if one.fired_on is not None and one.fired_on >= decision.decided_at.date():
            yield f"a failure condition of {one.short_ref} came true on {one.fired_on.isoformat()}"


def _handed_over(inputs: LaunchInputs, decision: DecisionRecord) -> Iterator[str]:
    """Those who decided and co-signed have to hold their roles still."""
    signed = {LaunchRoleName.APPROVER: decision.decided_by}
    for one in sorted(inputs.sign_offs, key=lambda one: one.id):
        if one.review == decision.review and one.capacity is Capacity.RESPONSIBLE_OFFICER:
            signed[LaunchRoleName.RESPONSIBLE_OFFICER] = one.person
    for role, person in signed.items():
        if inputs.launch.holders.get(role) != person:
            yield f"who signed as {role} is not {role} now"


def _exposed(inputs: LaunchInputs, today: date) -> Cover | None:
    """Cover of what runs now: the version of the latest step, where one is recorded."""
    launch = inputs.launch
    if launch.exposure_now is ExposureStage.NONE:
        return None
    return cover_of(inputs, _running(inputs, launch), launch.exposure_now, today)


def _running(inputs: LaunchInputs, launch: LaunchRecord) -> Release:
    if not inputs.exposures:
        return launch.release
    latest = max(inputs.exposures, key=lambda one: one.id)
    return Release(latest.model_version, latest.configuration, launch.exposure_now)


def _review_status(inputs: LaunchInputs, today: date, *, uncovered: bool) -> ReviewStatus:
    """Where the work is: what was decided comes up again once it no longer carries."""
    status, decisions = inputs.launch.review_status, _decisions(inputs)
    if status is not ReviewStatus.DECIDED:
        return status
    latest = decisions[-1] if decisions else None
    lapsed = latest is not None and (
        (latest.outcome.lets_out and _is_expired(latest, today)) or any(_failures(inputs, latest))
    )
    return ReviewStatus.REASSESSMENT if uncovered or lapsed else status


def _latest_review(inputs: LaunchInputs) -> str | None:
    """The review of the highest number in which anybody signed, recommended or decided."""
    found = (*inputs.sign_offs, *inputs.recommendations, *inputs.decisions)
    reviews = {one.review for one in found}
    return max(reviews, key=lambda ref: int(ref.rpartition("-")[2]), default=None)


def _recommendation(inputs: LaunchInputs, review: str | None) -> RecommendationRecord | None:
    own = [one for one in inputs.recommendations if one.review == review]
    return max(own, key=lambda one: one.id, default=None)


def _objections(inputs: LaunchInputs, review: str | None) -> tuple[SignOffRecord, ...]:
    """Those of a review that their author did not replace; a void one was made all the same."""
    latest = {
        (one.person, one.capacity, one.area): one
        for one in sorted(inputs.sign_offs, key=lambda one: one.id)
        if one.review == review
    }
    return tuple(one for one in latest.values() if one.vote is Vote.OBJECT)
