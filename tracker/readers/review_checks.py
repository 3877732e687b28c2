"""Whether reviews, decisions and acceptances of the demo fit together, and who may sign what."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Final

from tracker.domain.review_words import Capacity, Outcome, Vote
from tracker.domain.words import Applicability, ExposureStage, LaunchRoleName, Level, Role
from tracker.readers.criteria_checks import days_between
from tracker.readers.demo_checks import Problem, gaps, unknown
from tracker.readers.demo_files import DemoFiles, LaunchFiles, PersonEntry
from tracker.readers.review_files import (
    AcceptanceEntry,
    DecisionEntry,
    ReviewEntry,
    SignOffEntry,
)

_LONGEST: Final = {Level.MODERATE: 180, Level.HIGH: 90}
_BELOW_MODERATE: Final = 365


def review_problems(demo: DemoFiles) -> Iterator[Problem]:
    """Yield each place of a launch's review that contradicts another file or a rule of signing.

    Args:
        demo: The files, each sound in itself.
    """
    people = {person.key: person for person in demo.portfolio.people}
    documents = demo.documents.documents.keys()
    for files in demo.launches:
        where = f"{files.key}/review.yaml"
        if files.review.launch != files.key:
            yield f"{where}, launch", f"says “{files.review.launch}”"
        yield from unknown(f"{where}, people", _people(files), people, "in portfolio.yaml")
        yield from unknown(f"{where}, facts", _cited(files), documents, "in sources.yaml")
        refs = [entry.ref for entry in files.review.acceptances]
        yield from gaps(f"{where}, acceptances", refs, "A", 1)
        for acceptance in files.review.acceptances:
            yield from _acceptance_problems(f"{where}, {acceptance.ref}", files, acceptance)
        if files.review.review:
            yield from _review_problems(where, files, files.review.review, people)
        yield from _exposure_problems(where, files)


def _people(files: LaunchFiles) -> Iterator[str]:
    for entry in files.review.acceptances:
        signed = (entry.requested_by, entry.lead, entry.officer, entry.approver)
        yield from (person for person in signed if person)
    if files.review.review:
        yield from _people_of(files.review.review)


def _people_of(review: ReviewEntry) -> Iterator[str]:
    yield review.opened_by
    acts = (review.closed, review.recommendation, review.decision, *review.sign_offs)
    yield from (act.by for act in acts if act)
    for condition in review.conditions:
        yield from (condition.owner, condition.raised_by)
        yield from [condition.met.by] if condition.met else []


def _cited(files: LaunchFiles) -> Iterator[str]:
    for entry in files.review.acceptances:
        yield from (fact.source.document for fact in entry.facts)
    for step in files.review.exposures:
        yield step.fact.source.document
    if files.review.review and files.review.review.decision:
        yield from (fact.source.document for fact in files.review.review.decision.facts)


def _acceptance_problems(
    place: str, files: LaunchFiles, entry: AcceptanceEntry
) -> Iterator[Problem]:
    judged = files.judgements
    risks = {risk.ref for risk in files.facts.risks}
    yield from unknown(place, [entry.risk], risks, "a risk of this launch")
    placed = {mitigation.ref for mitigation in files.facts.mitigations}
    yield from unknown(place, entry.compensating, placed, "a mitigation of this launch")
    both = (judged.responsible_officer, judged.approver)
    if entry.level in (Level.CRITICAL, Level.UNASSESSED):
        yield place, "accepts what nobody may accept"
    elif entry.level is Level.HIGH and (entry.officer, entry.approver) != both:
        yield place, "is High and not signed by responsible officer and approver together"
    elif entry.level is not Level.HIGH and entry.lead is None:
        yield place, "is below High and not signed by a lead"
    if entry.requested_by in (entry.lead, entry.officer, entry.approver):
        yield place, "is signed by whoever asked for it"
    longest = _LONGEST.get(entry.level, _BELOW_MODERATE)
    days = days_between(entry.date, entry.until)
    if days is None or not 0 <= days <= longest:
        yield place, f"lasts more than {longest} days, or none"


def _review_problems(
    where: str, files: LaunchFiles, review: ReviewEntry, people: Mapping[str, PersonEntry]
) -> Iterator[Problem]:
    refs = [condition.ref for condition in review.conditions]
    yield from gaps(f"{where}, conditions", refs, "C", 1)
    yield from _named_conditions(where, review, refs)
    for condition in review.conditions:
        place = f"{where}, {condition.ref}"
        if condition.met:
            yield from unknown(
                place, condition.met.evidence, files.criteria.figures, "a published figure"
            )
            if condition.met.by == condition.owner:
                yield place, "is said to be met by its owner"
    for entry in review.sign_offs:
        if entry.by in people:
            yield from _sign_off_problems(where, files, entry, people[entry.by])
    if review.recommendation and review.recommendation.by == files.judgements.owner:
        yield f"{where}, recommendation", "is made by the launch owner"
    if review.decision:
        yield from _decision_problems(where, files, review, review.decision)


def _named_conditions(where: str, review: ReviewEntry, refs: Collection[str]) -> Iterator[Problem]:
    for entry in review.sign_offs:
        place = f"{where}, sign-off of {entry.by}"
        yield from unknown(place, entry.conditions, refs, "a condition of this review")
        for condition in review.conditions:
            if condition.ref in entry.conditions and condition.raised_by != entry.by:
                yield f"{place}, {condition.ref}", "is raised by somebody else"
    if review.decision:
        place = f"{where}, {review.decision.ref}"
        yield from unknown(place, review.decision.conditions, refs, "a condition of this review")


def _sign_off_problems(
    where: str, files: LaunchFiles, entry: SignOffEntry, person: PersonEntry
) -> Iterator[Problem]:
    place, judged = f"{where}, sign-off of {entry.by}", files.judgements
    holders = {
        Capacity.RESPONSIBLE_OFFICER: judged.responsible_officer,
        Capacity.APPROVER: judged.approver,
    }
    if entry.by == judged.owner:
        yield place, "is made by the launch owner"
    elif entry.capacity in holders and holders[entry.capacity] != entry.by:
        yield place, f"is made by somebody who is not {entry.capacity}"
    elif entry.capacity is Capacity.REVIEWER and Role.REVIEWER not in person.roles:
        yield place, "is made by somebody who is no reviewer"
    in_scope = {e.area for e in judged.scope if e.applicability is Applicability.IN_SCOPE}
    yield from unknown(place, entry.areas, in_scope, "in scope")
    yield from unknown(place, entry.areas, person.leads, "an area that they lead")
    if files.review.review and entry.vote is Vote.RECUSE:
        raised = {condition.raised_by for condition in files.review.review.conditions}
        if entry.by in raised:
            yield place, "raises a condition although they recused themselves"


def _decision_problems(
    where: str, files: LaunchFiles, review: ReviewEntry, entry: DecisionEntry
) -> Iterator[Problem]:
    place = f"{where}, {entry.ref}"
    if entry.by != files.judgements.approver:
        yield place, f"is made by somebody who is not {LaunchRoleName.APPROVER}"
    if entry.outcome.lets_out == (entry.until is None or entry.stage is ExposureStage.NONE):
        yield place, "covers a stage and a time exactly when it lets the model out"
    if (entry.outcome is Outcome.GO_WITH_CONDITIONS) != bool(entry.conditions):
        yield place, "names conditions exactly when it is a go with conditions"
    if review.closed is None:
        yield place, "stands in a review that is not closed"


def _exposure_problems(where: str, files: LaunchFiles) -> Iterator[Problem]:
    """Steps widen, in order of their days, and end where the launch runs now."""
    steps = files.review.exposures
    decisions = _decisions(files)
    for step in steps:
        named = [step.decision] if step.decision else []
        yield from unknown(f"{where}, exposures", named, decisions, "a decision of this launch")
    if not all(one.date < next_.date for one, next_ in pairwise(steps)):
        yield f"{where}, exposures", "are not in the order of their days"
    if not all(one.stage.order < next_.stage.order for one, next_ in pairwise(steps)):
        yield f"{where}, exposures", "do not widen from step to step"
    if steps and steps[-1].stage is not files.judgements.exposure_now:
        yield f"{where}, exposures", "do not end at the stage of judgements.yaml"


def _decisions(files: LaunchFiles) -> Collection[str]:
    review = files.review.review
    return [review.decision.ref] if review and review.decision else []
