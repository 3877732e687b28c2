"""A score as a sum in numbers and words, so that anybody can check and contest it."""

from collections.abc import Callable, Sequence

from tracker.domain.scales import ScoringProfile
from tracker.domain.state import AssessorScore, Part, RiskState
from tracker.domain.words import Factor, Level, View
from tracker.scoring.mitigations import shift
from tracker.scoring.score import business_share
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


def sentence(
    parts: Sequence[Part],
    level: Level,
    profile: ScoringProfile,
    business: float = 0.0,
    whose: str = "",
) -> str:
    """Return a sum in words, with its total and the level of its risk.

    Args:
        parts: Summands, as `harm_parts` and `priority_parts` return them.
        level: The level of the risk in the same view.
        profile: Says where levels begin, which rounding must not cross.
        business: Share of the priority's loss owed to business; said from more than half on.
        whose: Whose sum it is, as a sentence; empty where only one person assessed.
    """
    total = sum(part.points for part in parts)
    sum_text = _sum_in_words(parts)
    said = [f"{one_decimal(total, profile)} {level}. {sum_text}."]
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
    return sentence(
        priority_parts(score, figures.remain, profile),
        figures.level,
        profile,
        business_share(score.assessment.picks, profile),
        whose_sum(state.scores, score, name_of),
    )


def whose_sum(
    scores: Sequence[AssessorScore], central: AssessorScore, name_of: Callable[[str], str]
) -> str:
    """Return a sentence that names whose sum stands for several; empty where one assessed."""
    if len(scores) == 1:
        return ""
    name = name_of(central.assessment.assessor)
    return f"The sum is that of {name}, the upper median of {len(scores)} assessors."
