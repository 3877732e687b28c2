"""What waits for the acting person's judgement, and the score as it forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.domain.changes import ChangeRecord
from tracker.domain.drafts import REASON_FROM
from tracker.domain.picks import Picks
from tracker.domain.records import Actor
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.scales import Anchor, ScoringProfile
from tracker.domain.state import AssessorScore, LaunchState, RiskState
from tracker.domain.words import EvidenceGrade, Factor, Level, Origin
from tracker.scoring.score import floored, level_of, sums
from tracker.scoring.show import one_decimal, plain, signed
from tracker.services.assessments import QueueItem, queue_for
from tracker.views.figures import counted, frame, one_place

ANSWERS: Final = "Which risks of this launch wait for your judgement?"
NOTHING_WAITS: Final = (
    "Nothing on this launch waits for you. Open an assessed risk below to judge it anew, "
    "or another launch."
)
NO_RISKS: Final = "This launch has no open risk. Enter one on its page Risks; then assess it here."
BLIND: Final = (
    "Blind first round: what others picked for this risk shows here once you have submitted "
    "yours. Its own page shows all picks to everybody; judge first, then read."
)

QUEUE_DTYPES: Final = {"ref": "str", "title": "str", "area": "str", "why": "str"}
COMPARED_DTYPES: Final = {
    "assessor": "str",
    **{factor.value: "int64" for factor in Factor},
    "grade": "str",
    "harm_score": "float64",
    "priority": "float64",
    "level": "str",
    "submitted": "str",
    "about": "str",
}

_HARM_FACTORS: Final = tuple(factor for factor in Factor if factor is not Factor.BUSINESS_IMPACT)


@dataclass(frozen=True, slots=True)
class AssessView:
    """The queue of one person on one launch.

    Attributes:
        headline: How many risks wait, and how many of them are UNASSESSED.
        waiting: Reference to why it waits, in the order of urgency.
        risks: Every open risk by reference, those that wait first.
        frame: One line per waiting risk.
        elsewhere: Launch key to (name, count) where more waits.
    """

    headline: str
    waiting: Mapping[str, str]
    risks: Mapping[str, RiskState]
    frame: pd.DataFrame
    elsewhere: Mapping[str, tuple[str, int]]


def assess_view(state: LaunchState, states: Sequence[LaunchState], actor: Actor) -> AssessView:
    """Return what waits for a person on one launch, and where more does."""
    items = queue_for([state], actor)
    waiting = {item.state.ref: item.why for item in items}
    first = {item.state.ref: item.state for item in items}
    others = {risk.ref: risk for risk in state.open_risks if risk.ref not in first}
    return AssessView(
        headline=_headline(items),
        waiting=waiting,
        risks={**first, **others},
        frame=frame([_line(item, state) for item in items], QUEUE_DTYPES),
        elsewhere=_elsewhere(
            [other for other in states if other.launch.key != state.launch.key], actor
        ),
    )


def _headline(items: Sequence[QueueItem]) -> str:
    unassessed = sum(not item.state.scores for item in items)
    if not items:
        return "Nothing waits for you here"
    verb = "waits" if len(items) == 1 else "wait"
    return f"{counted(len(items), 'risk')} {verb} for you: {unassessed} UNASSESSED"


def _line(item: QueueItem, state: LaunchState) -> dict[str, str]:
    names = {status.area.code: status.area.name for status in state.areas}
    risk = item.state.risk
    return {
        "ref": risk.short_ref,
        "title": risk.title,
        "area": names.get(risk.area, risk.area),
        "why": item.why,
    }


def _elsewhere(others: Sequence[LaunchState], actor: Actor) -> dict[str, tuple[str, int]]:
    counts = {other.launch.key: len(queue_for([other], actor)) for other in others}
    names = {other.launch.key: other.launch.name for other in others}
    return {key: (names[key], count) for key, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class FormingScore:
    """A score while it is being picked; nothing that is not yet known has a figure.

    Attributes:
        words: The sum so far, and what is still to pick.
        harm_score: Shown with one decimal once the four picks of harm are there, else None.
        level: The level that follows from the harm score, at the same time.
        priority: Shown with one decimal once all five picks are there, else None.
        interval: The 90 % interval of the harm score by the evidence grade, with the levels that
            it reaches; empty until both are there.
        floor: Said where the floor for catastrophic, hardly reversible harm applies.
    """

    words: str
    harm_score: str | None
    level: Level | None
    priority: str | None
    interval: str
    floor: str


def forming_score(
    picked: Mapping[Factor, int], grade: EvidenceGrade | None, profile: ScoringProfile
) -> FormingScore:
    """Return what the picks made so far add up to.

    Args:
        picked: The factors picked so far, each from 1 to 5.
        grade: The evidence grade, None until it is picked.
        profile: Gives points, words and levels.
    """
    words = _sum_so_far(picked, profile)
    if any(factor not in picked for factor in _HARM_FACTORS):
        return FormingScore(words, None, None, None, "", "")
    # Business impact moves neither harm score nor level; any pick stands in until there is one.
    complete = Factor.BUSINESS_IMPACT in picked
    picks = Picks(**{Factor.BUSINESS_IMPACT.value: 1, **_by_name(picked)})
    total = sums(picks, profile)
    return FormingScore(
        words=words,
        harm_score=one_decimal(total.harm_score, profile),
        level=total.level,
        priority=one_decimal(total.priority, profile) if complete else None,
        interval=_interval(total.harm_score, grade, picks, profile),
        floor=_floor(picks, profile),
    )


def _by_name(picked: Mapping[Factor, int]) -> dict[str, int]:
    return {factor.value: pick for factor, pick in picked.items()}


def _sum_so_far(picked: Mapping[Factor, int], profile: ScoringProfile) -> str:
    summands = [
        f"{anchor.word} {signed(anchor.points)}"
        for factor in _HARM_FACTORS
        if factor in picked and (anchor := profile.scales[factor].anchor(picked[factor]))
    ]
    if Factor.BUSINESS_IMPACT in picked:
        summands.append(f"business level {picked[Factor.BUSINESS_IMPACT]}")
    missing = [profile.scales[factor].name.lower() for factor in Factor if factor not in picked]
    still = f" Still to pick: {', '.join(missing)}." if missing else ""
    return f"{', '.join([f'Start {plain(profile.base)}', *summands])}.{still}"


def _interval(
    points: float, grade: EvidenceGrade | None, picks: Picks, profile: ScoringProfile
) -> str:
    if grade is None:
        return ""
    half = profile.grades[grade].half_width
    low, high = points - half, points + half
    levels = list(dict.fromkeys(level_of(edge, picks, profile) for edge in (low, high)))
    return (
        f"Grade {grade}: {one_decimal(low, profile)} to {one_decimal(high, profile)}, "
        f"{' to '.join(levels)}"
    )


def _floor(picks: Picks, profile: ScoringProfile) -> str:
    if not floored(picks, profile):
        return ""
    return f"Catastrophic and hardly reversible: never below {profile.floor_level}."


def beyond_word(anchor: Anchor) -> str:
    """Return what an anchor says beyond its word, which stands above it."""
    return anchor.text.removeprefix(f"{anchor.word}: ")


def reasoned(picked: Mapping[Factor, int]) -> set[Factor]:
    """Return the factors whose pick asks for a reason of its own."""
    return {factor for factor, pick in picked.items() if pick >= REASON_FROM}


def submitted(change: ChangeRecord, launch: LaunchState) -> str:
    """Say what the register holds of somebody's latest assessment on a launch."""
    risk = next((state for state in launch.risks if state.ref == change.subject), None)
    # The title comes last: marks in it that turn the reading direction then turn nothing else.
    title = f": {risk.risk.title}" if risk else "."
    mine = own_score(risk, change.actor) if risk else None
    figures = f", own level {mine.level}" if mine else ""
    return (
        f"Submitted: {change.subject.rpartition('/')[2]}{figures}. Kept for good at "
        f"{change.at:%Y-%m-%d %H:%M:%S} UTC as record {change.seq}{title}"
    )


def own_score(state: RiskState, key: str) -> AssessorScore | None:
    """Return the score of a person's latest assessment of a risk, if it counts."""
    return next((score for score in state.scores if score.assessment.assessor == key), None)


def compared(state: RiskState, launch: LaunchState, profile: ScoringProfile) -> pd.DataFrame:
    """Return the assessors' latest assessments side by side, one line each."""
    lines = [_compared_line(score, launch, profile) for score in state.scores]
    return frame(lines, COMPARED_DTYPES)


def _compared_line(
    score: AssessorScore, launch: LaunchState, profile: ScoringProfile
) -> dict[str, object]:
    made = score.assessment
    label = f" ({ILLUSTRATIVE_LABEL})" if made.origin is Origin.ILLUSTRATIVE else ""
    return {
        "assessor": f"{launch.person_name(made.assessor)}{label}",
        **{factor.value: made.picks.of(factor) for factor in Factor},
        "grade": str(made.grade),
        "harm_score": one_place(score.harm_score, profile),
        "priority": one_place(score.priority, profile),
        "level": str(score.level),
        "submitted": f"{made.submitted_at:%Y-%m-%d %H:%M} UTC",
        "about": f"{made.model_version}, outdated" if score.outdated else made.model_version,
    }
