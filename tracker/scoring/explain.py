"""A score as a sum in numbers and words, so that anybody can check and contest it."""

from collections.abc import Callable, Sequence

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AssessorScore, Figures, Part, RiskState
from tracker.domain.words import Factor, Level, View
from tracker.scoring.mitigations import shift
from tracker.scoring.score import business_share, plain_level
from tracker.scoring.show import one_decimal, plain, signed

START = "start"
MITIGATIONS = "mitigations"

_HARM_FACTORS = (Factor.LIKELIHOOD, Factor.SEVERITY, Factor.EXPOSURE, Factor.REVERSIBILITY)
_SMALLEST_SHOWN = 0.005


def harm_parts(score: AssessorScore, remain: float, profile: ScoringProfile) -> tuple[Part, ...]:
    """Return the summands of one assessor's harm score, mitigations last where any count.

    Args:
        score: Whose sum it is.
        remain: Share of expected loss that the counted mitigations leave, 0.01 to 1.
        profile: Gives the points and their words.
    """
    return (*_picked(score, profile), *_mitigated(remain))


def priority_parts(
    score: AssessorScore, remain: float, profile: ScoringProfile
) -> tuple[Part, ...]:
    """Return the summands of one assessor's priority: those of harm, and what business adds."""
    pick = score.assessment.picks.business_impact
    added = Part(
        name=Factor.BUSINESS_IMPACT.value,
        words=f"business level {pick}",
        points=score.priority - score.harm_score,
    )
    return (*_picked(score, profile), added, *_mitigated(remain))


def _picked(score: AssessorScore, profile: ScoringProfile) -> tuple[Part, ...]:
    anchors = (
        (factor, profile.scales[factor].anchor(score.assessment.picks.of(factor)))
        for factor in _HARM_FACTORS
    )
    return (
        Part(START, START, profile.base),
        *(Part(factor.value, anchor.word, anchor.points) for factor, anchor in anchors),
    )


def _mitigated(remain: float) -> tuple[Part, ...]:
    if remain == 1.0:
        return ()
    return (Part(MITIGATIONS, f"mitigations leave {_percent(remain)}", shift(remain)),)


def _told(lead: str, parts: Sequence[Part], business: float, whose: str) -> str:
    said = [f"{lead} {_sum_in_words(parts)}."]
    if business > 0.5:
        said.append(f"More than half of its priority is business loss ({_percent(business)}).")
    return " ".join([*said, whose]).strip()


def _sum_in_words(parts: Sequence[Part]) -> str:
    picked = ", ".join(
        f"{part.words} {signed(part.points)}" for part in parts if _is_factor_of_harm(part)
    )
    clauses = [f"Start {plain(parts[0].points)}, {picked}"]
    clauses += [_business_clause(part) for part in parts if part.name == Factor.BUSINESS_IMPACT]
    clauses += [
        f"{part.words} ({signed(part.points)})" for part in parts if part.name == MITIGATIONS
    ]
    return "; ".join(clauses)


def _is_factor_of_harm(part: Part) -> bool:
    return part.name in _HARM_FACTORS


def _business_clause(part: Part) -> str:
    amount = plain(part.points) if part.points >= _SMALLEST_SHOWN else "less than 0.01"
    return f"{part.words} adds {amount}"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def explain_priority(
    state: RiskState, view: View, profile: ScoringProfile, name_of: Callable[[str], str]
) -> str:
    """Return the priority of a risk in one view as a sum in words, and whose sum it is.

    Args:
        state: The risk.
        view: Which mitigations count.
        profile: Gives the points and their words.
        name_of: Returns the name of a person by key.
    """
    score = state.central_priority
    if score is None:
        return f"{Level.UNASSESSED}: {state.unassessed_because}."
    figures = state.figures(view)
    parts = priority_parts(score, figures.remain, profile)
    total = one_decimal(sum(part.points for part in parts), profile)
    lead = f"Priority {total}; its level, {_whence(figures, profile)}."
    business = business_share(score.assessment.picks, profile)
    return _told(lead, parts, business, whose_sum(state.scores, score, name_of))


def _whence(figures: Figures, profile: ScoringProfile) -> str:
    """Say where a level comes from: the harm score alone, or the floor that holds it up."""
    harm = figures.harm_score or 0.0
    shown = one_decimal(harm, profile)
    if figures.level is plain_level(harm, profile):
        return f"{figures.level}, is that of the harm score {shown}"
    return (
        f"{figures.level}, is held up by the floor for catastrophic harm that can hardly be "
        f"undone, above the harm score {shown}"
    )


def whose_sum(
    scores: Sequence[AssessorScore], central: AssessorScore, name_of: Callable[[str], str]
) -> str:
    """Return a sentence that names whose sum stands for several; empty where one assessed."""
    if len(scores) == 1:
        return ""
    name = name_of(central.assessment.assessor)
    return f"The sum is that of {name}, the upper median of {len(scores)} assessors."
