"""What work brings a risk back to what was accepted, where only that ended an acceptance.

An acceptance ends when the score rises or when a mitigation that it counts on is no longer
verified. Verified work that undoes this lets the signatures that are there count again; nobody has
to accept anything.
"""

from dataclasses import replace

from tracker.domain.review_state import AcceptanceStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchState, RiskState
from tracker.readiness.acceptances import Grounds, counts, grounds_of
from tracker.readiness.lowering import Clears, Lowering, level_with, lowering, workable
from tracker.scoring.mitigations import residual


def back_to_accepted(risk: RiskState, state: LaunchState) -> Lowering:
    """Return the smallest sets of mitigations that let an ended acceptance count again.

    None of them where there is none, or where something else ended it.
    """
    nothing = Lowering(frozenset(), (), more=False)
    status = next((one for one in state.acceptances if one.acceptance.risk == risk.ref), None)
    if status is None or status.state is not AcceptanceState.ENDED:
        return nothing
    grounds = grounds_of(state.launch, state.people, state.mitigations, state.today)
    again = frozenset(status.acceptance.compensating) - grounds.verified
    if not again <= workable(state).keys():
        return nothing
    then = replace(grounds, verified=grounds.verified | again)
    found = lowering(risk, state, _clears(status, then), again)
    return Lowering(
        found.needed | again, tuple(option | again for option in found.options), found.more
    )


def _clears(status: AcceptanceStatus, grounds: Grounds) -> Clears:
    def clears(risk: RiskState, remain: float, profile: ScoringProfile) -> bool:
        return counts(status.acceptance, _at(risk, remain, profile), grounds)

    return clears


def _at(risk: RiskState, remain: float, profile: ScoringProfile) -> RiskState:
    """The risk with another share of its expected loss left."""
    score = risk.inherent.harm_score
    current = replace(
        risk.current,
        harm_score=None if score is None else residual(score, remain),
        level=level_with(risk, remain, profile),
        remain=remain,
    )
    return replace(risk, current=current)
