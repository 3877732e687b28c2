"""May this version go out at this stage: cover by a decision and the verdict, taken together."""

from dataclasses import dataclass

from tracker.domain.review_state import Cover
from tracker.domain.review_words import ConditionState
from tracker.domain.reviews import DecisionRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import Verdict


@dataclass(frozen=True, slots=True)
class Clearance:
    """The answer to a pipeline.

    Attributes:
        answer: On the scale of the verdict: only Ready lets the pipeline go on.
        why: One clause, starting in lower case unless with a reference.
    """

    answer: Verdict
    cover: Cover
    why: str


def clearance(cover: Cover, state: LaunchState) -> Clearance:
    """Return whether a deployment may go out, from its cover and the launch as it is today.

    Without cover nothing helps, and neither does cover against a verdict of Not ready that the
    decision did not know. A recorded override, a condition not met, a verdict with conditions and
    one of an earlier day each leave it to a person.
    """
    decision = cover.decision
    if decision is None or not cover.covers:
        return Clearance(Verdict.NOT_READY, cover, cover.why)
    if state.verdict is Verdict.NOT_READY and not _knew(decision):
        why = f"the launch is Not ready, which {decision.short_ref} did not override"
        return Clearance(Verdict.NOT_READY, cover, why)
    reserved = _reserve(decision, state)
    if reserved:
        why = f"{decision.short_ref} covers it, {reserved}"
        return Clearance(Verdict.READY_WITH_CONDITIONS, cover, why)
    return Clearance(Verdict.READY, cover, f"{decision.short_ref} covers it{_until(decision)}")


def _knew(decision: DecisionRecord) -> bool:
    return decision.is_override and decision.gate_result is Verdict.NOT_READY


def _reserve(decision: DecisionRecord, state: LaunchState) -> str:
    """Return what leaves a covered deployment to a person; empty where nothing does."""
    if decision.is_override:
        return f"by an override: {' '.join(decision.override_reason.split())}"
    unmet = [
        one.condition.short_ref
        for one in state.conditions
        if one.condition.decision == decision.ref and one.state is not ConditionState.MET
    ]
    if unmet:
        return f"with conditions not met yet: {', '.join(unmet)}"
    if state.verdict is not Verdict.READY:
        return f"and the launch is {state.verdict}"
    if state.launch.as_of is not None:
        return f"and the launch is {state.verdict} as of {state.launch.as_of.isoformat()} only"
    return ""


def _until(decision: DecisionRecord) -> str:
    return f" until {decision.until.isoformat()}" if decision.until else ""
