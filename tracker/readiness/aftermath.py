"""What became of a launch after it was decided, in sentences with references and levels only."""

from collections.abc import Iterator

from tracker.domain.review_words import AcceptanceState, ConditionState, ExposureStep
from tracker.domain.reviews import ExposureRecord
from tracker.domain.state import LaunchState


def since_decided(decided: LaunchState, today: LaunchState) -> Iterator[str]:
    """Say what happened between the state that was decided on and today's.

    Where the launch is compared with itself only what is on record today is said: exposure,
    breached and overdue conditions, and acceptances that ended.
    """
    yield from _exposures(today)
    yield from _conditions(today)
    yield from _acceptances(today)
    yield from _found_later(decided, today)
    yield from _levels(decided, today)


def _exposures(today: LaunchState) -> Iterator[str]:
    for one in today.standing.exposures if today.standing else ():
        cover = "" if one.covered else ", which no decision covered"
        yield f"{one.recorded_at.date().isoformat()}: {_step(one)}{cover}."


def _step(one: ExposureRecord) -> str:
    if one.step is ExposureStep.EXPOSE:
        return f"exposed at {one.after}"
    done = {
        ExposureStep.PAUSE: "paused",
        ExposureStep.ROLL_BACK: "rolled back",
        ExposureStep.WITHDRAW: "withdrawn",
    }
    return f"{done[one.step]} from {one.before} to {one.after}"


def _conditions(today: LaunchState) -> Iterator[str]:
    for one in today.conditions:
        if one.state in (ConditionState.BREACHED, ConditionState.OVERDUE):
            yield f"Condition {one.condition.short_ref} is {one.state}."


def _acceptances(today: LaunchState) -> Iterator[str]:
    for one in today.acceptances:
        risk = one.acceptance.risk.rpartition("/")[2]
        if one.acceptance.fired_on is not None:
            day = one.acceptance.fired_on.isoformat()
            yield f"A failure condition of {one.acceptance.short_ref} ({risk}) came true on {day}."
        elif one.state is AcceptanceState.ENDED:
            yield f"{one.acceptance.short_ref} ({risk}) counts no more."


def _found_later(decided: LaunchState, today: LaunchState) -> Iterator[str]:
    known = {risk.ref for risk in decided.risks}
    for risk in today.open_risks:
        if risk.ref not in known:
            yield f"{risk.risk.short_ref} was found later and is {risk.current.level}."


def _levels(decided: LaunchState, today: LaunchState) -> Iterator[str]:
    then = {risk.ref: risk.current.level for risk in decided.open_risks}
    for risk in today.open_risks:
        before, now = then.get(risk.ref), risk.current.level
        if before is not None and before is not now:
            yield f"{risk.risk.short_ref} was {before} and is {now} now."
