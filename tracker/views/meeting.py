"""The launch review meeting on one screen: what to talk about, in which order, who decides."""

from dataclasses import dataclass
from typing import Final

from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import AcceptanceState, Capacity, ConditionState, Materiality
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import Factor, LaunchRoleName
from tracker.scoring.show import one_decimal

ANSWERS: Final = "what to talk about first, who decides, and what was said"
DISPUTED: Final = "Disputed"
CHANGED: Final = "Changed since the pre-read"
DECISIONS: Final = "Decisions needed"
NOTHING: Final = "Nothing is disputed, nothing changed, and no decision waits."
NO_REVIEW: Final = "No review is open on this launch. Start one on the page Review."

_APART: Final = 2
"""Picks or levels that lie this far apart are talked about (design, section 4)."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One thing to talk about.

    Attributes:
        key: Tells it apart in the minutes, such as `R-12`, `objection 3`, `decision`.
        group: `DISPUTED`, `CHANGED` or `DECISIONS`.
        title: One line.
        details: What the room has to know, one line each.
        decider: Who settles it; empty where the room only has to know.
        risk: Short reference of a risk to open, else empty.
    """

    key: str
    group: str
    title: str
    details: tuple[str, ...]
    decider: str
    risk: str = ""


def agenda(launch: LaunchState, review: ReviewState) -> tuple[AgendaItem, ...]:
    """Return the agenda: what is disputed, what changed since the snapshot, what to decide."""
    return (
        *_objections(launch, review),
        *_disputed_risks(launch),
        *_changes(review),
        *_acceptances(launch),
        *_conditions(launch, review),
        *_last_words(launch, review),
    )


def _objections(launch: LaunchState, review: ReviewState) -> list[AgendaItem]:
    return [
        AgendaItem(
            key=f"objection {one.id}",
            group=DISPUTED,
            title=f"{launch.person_name(one.person)} objects",
            details=(one.dissent, f"Would change their mind: {one.would_change}"),
            decider="the policy lead, the launch owner or the approver answers",
        )
        for one in review.unanswered
    ]


def _disputed_risks(launch: LaunchState) -> list[AgendaItem]:
    disputed = [risk for risk in launch.open_risks if _is_disputed(risk)]
    ordered = sorted(disputed, key=lambda risk: -risk.current.level.severity_rank)
    return [_risk_item(risk, launch) for risk in ordered]


def _is_disputed(risk: RiskState) -> bool:
    levels = [score.level.severity_rank for score in risk.scores]
    picks = [[score.assessment.picks.of(factor) for score in risk.scores] for factor in Factor]
    return any(given and max(given) - min(given) >= _APART for given in (levels, *picks))


def _risk_item(risk: RiskState, launch: LaunchState) -> AgendaItem:
    said = tuple(
        f"{launch.person_name(score.assessment.assessor)}: {score.level}, "
        f"{one_decimal(score.harm_score, launch.profile)}. {score.assessment.rationale}".strip()
        for score in risk.scores
    )
    leads = _leads(launch, risk.risk.area)
    return AgendaItem(
        key=risk.risk.short_ref,
        group=DISPUTED,
        title=f"{risk.risk.short_ref} {risk.risk.title}: {risk.current.level} today",
        details=said,
        decider=f"{leads} settles the assessment" if leads else "nobody leads this area",
        risk=risk.risk.short_ref,
    )


def _leads(launch: LaunchState, area: str) -> str:
    leads = sorted(
        person.name for person in launch.people.values() if person.active and area in person.leads
    )
    return " or ".join(leads)


def _changes(review: ReviewState) -> list[AgendaItem]:
    material = [one for one in review.changes if one.materiality is not Materiality.EDITORIAL]
    return [
        AgendaItem(
            key=f"change {number}",
            group=CHANGED,
            title=one.words,
            details=(f"Lies in {', '.join(one.sections)}; voids the signatures that rest on it",),
            decider="",
        )
        for number, one in enumerate(material, start=1)
    ]


def _acceptances(launch: LaunchState) -> list[AgendaItem]:
    return [
        AgendaItem(
            key=status.acceptance.short_ref,
            group=DECISIONS,
            title=f"{status.acceptance.short_ref}: accept {status.acceptance.risk} at "
            f"{status.acceptance.level}?",
            details=(status.acceptance.justification, status.why),
            decider=_signers(launch, status.acceptance.level),
        )
        for status in launch.acceptances
        if status.state is AcceptanceState.ASKED
    ]


def _signers(launch: LaunchState, level: str) -> str:
    if level != "High":
        return "the area lead or the policy lead signs"
    return f"{_officer(launch)} and {_approver(launch)} sign"


def _conditions(launch: LaunchState, review: ReviewState) -> list[AgendaItem]:
    return [
        AgendaItem(
            key=status.condition.short_ref,
            group=DECISIONS,
            title=f"{status.condition.short_ref}: {status.condition.text}",
            details=(
                f"Test: {status.condition.test}",
                f"Owner: {launch.person_name(status.condition.owner)}",
                f"Due {status.condition.due.isoformat()}, {status.state}",
            ),
            decider=f"{_approver(launch)} takes it over or leaves it",
        )
        for status in review.conditions
        if status.condition.decision is None or status.state is not ConditionState.MET
    ]


def _last_words(launch: LaunchState, review: ReviewState) -> list[AgendaItem]:
    waiting = tuple(f"Waits for: {words}" for words in review.missing)
    advice = review.recommendation
    advised = f"Recommended: {advice.outcome}" if advice else "Nobody has recommended yet"
    officers = [s for s in review.seats if s.capacity is Capacity.RESPONSIBLE_OFFICER]
    signed = "has signed" if any(seat.answered for seat in officers) else "has not signed"
    return [
        AgendaItem(
            key="decision",
            group=DECISIONS,
            title=f"Can {launch.launch.name} go out?",
            details=(
                f"Verdict by rule: {launch.verdict}",
                advised,
                f"{_officer(launch)} {signed}",
                *waiting,
            ),
            decider=f"{_approver(launch)} decides",
        )
    ]


def _officer(launch: LaunchState) -> str:
    return launch.person_name(launch.launch.holders.get(LaunchRoleName.RESPONSIBLE_OFFICER))


def _approver(launch: LaunchState) -> str:
    return launch.person_name(launch.launch.holders.get(LaunchRoleName.APPROVER))
