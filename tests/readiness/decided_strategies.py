"""What may have been decided on a launch that Hypothesis made: acceptances and conditions."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from tests.readiness.decided import a_condition, a_decision, an_acceptance, met
from tests.readiness.gates import APPROVER, OFFICER
from tests.readiness.launches import OWNER, TODAY
from tracker.domain.review_words import ConditionState, Outcome
from tracker.domain.reviews import AcceptanceRecord, ConditionRecord
from tracker.domain.state import LaunchInputs
from tracker.domain.words import Level


@st.composite
def decided(draw: st.DrawFn, inputs: LaunchInputs) -> LaunchInputs:
    """The launch with an acceptance of some of its risks and now and then a condition."""
    acceptances = [
        draw(_acceptance(risk.risk.ref, number, sorted(inputs.mitigations)))
        for number, risk in enumerate(inputs.risks, start=1)
        if draw(st.booleans())
    ]
    count = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2]))
    conditions = [draw(_condition(number)) for number in range(1, count + 1)]
    decisions = (a_decision(1), a_decision(2, outcome=Outcome.NO_GO))
    return replace(
        inputs,
        acceptances=tuple(acceptances),
        conditions=tuple(conditions),
        decisions=draw(st.sampled_from([decisions, decisions[:1]])),
    )


@st.composite
def _acceptance(
    draw: st.DrawFn, risk: str, number: int, mitigations: list[str]
) -> AcceptanceRecord:
    """Mostly sound; the score may have risen since, and what it counts on may be unverified."""
    compensating = st.sampled_from([(), (), ("M-999",), *((one,) for one in mitigations)])
    return an_acceptance(
        risk,
        number,
        harm_score=draw(st.sampled_from([6.9, 6.9, 6.3, 5.4, 1.0])),
        level=draw(st.sampled_from([Level.HIGH, Level.HIGH, Level.HIGH, Level.MODERATE])).value,
        compensating=draw(compensating),
        until=TODAY + timedelta(days=draw(st.sampled_from([30, 30, 2, -1]))),
        officer=draw(st.sampled_from([OFFICER, OFFICER, OFFICER, None])),
        approver=draw(st.sampled_from([APPROVER, APPROVER, APPROVER, "eli"])),
        fired_on=draw(st.sampled_from([None, None, None, TODAY])),
    )


@st.composite
def _condition(draw: st.DrawFn, number: int) -> ConditionRecord:
    due = TODAY + timedelta(days=draw(st.sampled_from([30, 2, 0, -1])))
    blocking = draw(st.booleans())
    state = draw(st.sampled_from([*ConditionState, ConditionState.MET]))
    if state is ConditionState.MET:
        by = draw(st.sampled_from(["ben", "ben", "dana", OWNER]))
        return met(by, number, due=due, blocking=blocking)
    stored = state if state is ConditionState.BREACHED else ConditionState.OPEN
    return a_condition(number, due=due, blocking=blocking, state=stored)
