"""The launch review meeting on one screen: what to talk about, in which order, who decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracker.domain.records import PersonRecord
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import AcceptanceState, Capacity, ConditionState, Materiality
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.snapshots import Difference
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import Factor, LaunchRoleName, Level, Role, WaiverState
from tracker.scoring.show import one_decimal
from tracker.views.review import effect_words, sections_words

ANSWERS: Final = "What to talk about first, who decides, and what was said?"
DISPUTED: Final = "Disputed"
CHANGED: Final = "Changed since the pre-read"
DECISIONS: Final = "Decisions needed"
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
        *_changes(launch, review),
        *_acceptances(launch),
        *_waivers(launch),
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
            decider=f"{_answering(launch, one.person)} answers",
        )
        for one in review.unanswered
    ]


def _answering(launch: LaunchState, objector: str) -> str:
    """Whoever may answer an objection: the policy lead, the launch owner or the approver."""
    held = (launch.launch.owner, launch.launch.holders.get(LaunchRoleName.APPROVER))
    return _named(
        launch,
        lambda one: one.key != objector and (Role.POLICY_LEAD in one.roles or one.key in held),
    )


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
    return _named(launch, lambda one: area in one.leads and one.key != launch.launch.owner)


def _named(launch: LaunchState, wanted: Callable[[PersonRecord], bool]) -> str:
    people = launch.people.values()
    return " or ".join(sorted(one.name for one in people if one.active and wanted(one)))


def _changes(launch: LaunchState, review: ReviewState) -> list[AgendaItem]:
    """One item per thing that changed, however many of its fields did."""
    by_thing: dict[str, list[Difference]] = {}
    for one in sorted(review.changes, key=lambda one: -one.materiality.order):
        if one.materiality is not Materiality.EDITORIAL:
            by_thing.setdefault(one.label.partition(",")[0], []).append(one)
    return [_change_item(thing, found, launch) for thing, found in by_thing.items()]


def _change_item(thing: str, found: list[Difference], launch: LaunchState) -> AgendaItem:
    sections = tuple(dict.fromkeys(name for one in found for name in one.sections))
    return AgendaItem(
        key=f"change of {thing}",
        group=CHANGED,
        title=found[0].words,
        details=(
            *(one.words for one in found[1:]),
            f"In {sections_words(sections, launch)}; {effect_words(found[0].materiality)}",
        ),
        decider="",
    )


def _acceptances(launch: LaunchState) -> list[AgendaItem]:
    return [
        AgendaItem(
            key=status.acceptance.short_ref,
            group=DECISIONS,
            title=f"{status.acceptance.short_ref}: accept "
            f"{status.acceptance.risk.rpartition('/')[2]} at "
            f"{status.acceptance.level}?",
            details=(status.acceptance.justification, status.why),
            decider=_signers(launch, status.acceptance),
            risk=status.acceptance.risk.rpartition("/")[2],
        )
        for status in launch.acceptances
        if status.state is AcceptanceState.ASKED
    ]


def _signers(launch: LaunchState, asked: AcceptanceRecord) -> str:
    """Who signs an acceptance, by its level (design, section 7)."""
    level = Level(asked.level)
    if level is Level.HIGH:
        return _both(launch, asked.officer, asked.approver)
    if level is Level.MODERATE:
        return f"{_named(launch, lambda one: Role.POLICY_LEAD in one.roles)} signs"
    area = next(risk.risk.area for risk in launch.risks if risk.ref == asked.risk)
    return f"{_leads(launch, area) or 'nobody leads this area, so nobody'} signs"


def _both(launch: LaunchState, officer: str | None, approver: str | None) -> str:
    """Whose signature is left of the two that officer and approver give."""
    if officer is None and approver is None:
        return f"{_officer(launch)} and {_approver(launch)} sign"
    return f"{_officer(launch) if officer is None else _approver(launch)} signs"


def _waivers(launch: LaunchState) -> list[AgendaItem]:
    return [
        AgendaItem(
            key=f"waiver of {status.gate.short_ref}",
            group=DECISIONS,
            title=f"Waive {status.gate.short_ref} {status.gate.title}, which is {status.state}?",
            details=(status.waiver.waiver.reason, status.waiver.why),
            decider=_both(launch, status.waiver.waiver.officer, status.waiver.waiver.approver),
        )
        for status in launch.gates
        if status.waiver is not None
        and status.waiver.state is WaiverState.ASKED
        and not status.gate.withdrawn
    ]


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
