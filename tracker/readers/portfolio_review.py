"""The demo's reviews, sign-offs, decisions, conditions, acceptances and steps of exposure.

What the rules compute comes from outside: harm scores, verdicts and section hashes are those of
the register in which the demo is loaded, never typed.
"""

from collections.abc import Callable, Iterator, Mapping

from tracker.domain.review_words import ConditionState, ExposureStep
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
    RecommendationRecord,
    ReviewRecord,
    SignOffRecord,
)
from tracker.domain.words import ExposureStage, Origin, Verdict
from tracker.readers import demo_words
from tracker.readers.demo_days import When
from tracker.readers.demo_files import LaunchFiles
from tracker.readers.loading import Loading
from tracker.readers.review_files import (
    AcceptanceEntry,
    ConditionEntry,
    DecisionEntry,
    ReviewEntry,
    SignOffEntry,
)

Sections = Callable[[str, SignOffEntry, str | None], Mapping[str, str]]
"""Section name to material hash, for a review's reference, a signature and its policy area."""


def acceptances(loading: Loading, scores: Mapping[str, float]) -> Iterator[AcceptanceRecord]:
    """Yield the acceptances in the order of the files.

    Args:
        loading: The files and their day.
        scores: Current harm score of each risk that somebody accepts, in points.
    """
    for files in loading.demo.launches:
        for entry in files.review.acceptances:
            yield _acceptance(loading, files, entry, scores[f"{files.key}/{entry.risk}"])


def _acceptance(
    loading: Loading, files: LaunchFiles, entry: AcceptanceEntry, score: float
) -> AcceptanceRecord:
    return AcceptanceRecord(
        ref=f"{files.key}/{entry.ref}",
        launch=files.key,
        number=_number(entry.ref),
        risk=f"{files.key}/{entry.risk}",
        level=entry.level,
        harm_score=score,
        justification=demo_words.with_facts(entry.reason, entry.facts, loading.documents),
        fails_if=entry.fails_if,
        compensating=entry.compensating,
        until=loading.day(entry.until),
        requested_by=entry.requested_by,
        requested_at=loading.noon(entry.date),
        lead=entry.lead,
        officer=entry.officer,
        approver=entry.approver,
        fired_on=None,
        ended_by=None,
        ended_because="",
        model_version=files.judgements.model_version,
        configuration=files.judgements.configuration,
        exposure_stage=entry.stage,
        origin=Origin.ILLUSTRATIVE,
        version=1,
    )


def reviews(loading: Loading) -> Iterator[ReviewRecord]:
    """Yield the reviews, open and closed."""
    for files, entry in reviewed(loading):
        closed = entry.closed
        yield ReviewRecord(
            ref=f"{files.key}/{entry.ref}",
            launch=files.key,
            number=_number(entry.ref),
            opened_by=entry.opened_by,
            opened_at=loading.noon(entry.opened),
            meeting_on=loading.day(entry.meeting) if entry.meeting else None,
            closed_by=closed.by if closed else None,
            closed_at=loading.noon(closed.date) if closed else None,
            closed_because=closed.reason if closed else "",
            origin=Origin.ILLUSTRATIVE,
            version=1,
        )


def reviewed(loading: Loading) -> Iterator[tuple[LaunchFiles, ReviewEntry]]:
    """Yield each launch that has a review, with it."""
    for files in loading.demo.launches:
        if files.review.review:
            yield files, files.review.review


def sign_offs(loading: Loading, sections: Sections) -> Iterator[SignOffRecord]:
    """Yield the signatures, one for each policy area of a lead, with ids from 1 on."""
    number = 0
    for files, review in reviewed(loading):
        for entry in review.sign_offs:
            for area in entry.areas or (None,):
                number += 1
                yield _sign_off(loading, files, (review, entry, area), sections, number)


def _sign_off(
    loading: Loading,
    files: LaunchFiles,
    entries: tuple[ReviewEntry, SignOffEntry, str | None],
    sections: Sections,
    number: int,
) -> SignOffRecord:
    review, entry, area = entries
    ref = f"{files.key}/{review.ref}"
    return SignOffRecord(
        id=number,
        launch=files.key,
        review=ref,
        snapshot=f"{files.key}/{review.snapshot.ref}",
        person=entry.by,
        capacity=entry.capacity,
        area=area,
        vote=entry.vote,
        comment=entry.comment,
        dissent=entry.dissent,
        would_change=entry.would_change,
        sections=sections(ref, entry, area),
        signed_at=loading.noon(entry.date),
        authenticated=False,
        answer="",
        answered_by=None,
        answered_at=None,
        origin=Origin.ILLUSTRATIVE,
    )


def recommendations(loading: Loading) -> Iterator[RecommendationRecord]:
    """Yield what was recommended, with ids from 1 on."""
    made = [(*both, it) for both in reviewed(loading) if (it := both[1].recommendation)]
    for number, (files, review, entry) in enumerate(made, start=1):
        yield RecommendationRecord(
            id=number,
            launch=files.key,
            review=f"{files.key}/{review.ref}",
            snapshot=f"{files.key}/{review.snapshot.ref}",
            outcome=entry.outcome,
            exposure_stage=entry.stage,
            reason=entry.reason,
            recommended_by=entry.by,
            recommended_at=loading.noon(entry.date),
            authenticated=False,
            origin=Origin.ILLUSTRATIVE,
        )


def decisions(loading: Loading, verdicts: Mapping[str, Verdict]) -> Iterator[DecisionRecord]:
    """Yield the decisions.

    Args:
        loading: The files and their day.
        verdicts: By key of the launch, as the rules gave it on the day of the decision.
    """
    for files, review in reviewed(loading):
        if review.decision:
            yield _decision(loading, files, review, review.decision, verdicts[files.key])


def _decision(
    loading: Loading,
    files: LaunchFiles,
    review: ReviewEntry,
    entry: DecisionEntry,
    verdict: Verdict,
) -> DecisionRecord:
    recommended = review.recommendation
    return DecisionRecord(
        ref=f"{files.key}/{entry.ref}",
        launch=files.key,
        number=_number(entry.ref),
        review=f"{files.key}/{review.ref}",
        snapshot=f"{files.key}/{review.snapshot.ref}",
        outcome=entry.outcome,
        model_version=files.judgements.model_version,
        configuration=files.judgements.configuration,
        exposure_stage=entry.stage,
        until=loading.day(entry.until) if entry.until else None,
        reason=demo_words.with_facts(entry.reason, entry.facts, loading.documents),
        benefits="",
        gate_result=verdict,
        recommended=recommended.outcome if recommended else None,
        override_reason=entry.override_reason,
        decided_by=entry.by,
        decided_at=loading.noon(entry.date),
        authenticated=False,
        origin=Origin.ILLUSTRATIVE,
    )


def conditions(loading: Loading) -> Iterator[ConditionRecord]:
    """Yield the conditions, those that a decision took over and those only proposed."""
    for files, review in reviewed(loading):
        for entry in review.conditions:
            yield _condition(loading, files, review, entry)


def _condition(
    loading: Loading, files: LaunchFiles, review: ReviewEntry, entry: ConditionEntry
) -> ConditionRecord:
    decision, met = review.decision, entry.met
    taken = decision if decision and entry.ref in decision.conditions else None
    return ConditionRecord(
        ref=f"{files.key}/{entry.ref}",
        launch=files.key,
        number=_number(entry.ref),
        text=entry.text,
        test=entry.test,
        owner=entry.owner,
        due=loading.day(entry.due),
        blocking=entry.blocking,
        raised_by=entry.raised_by,
        raised_at=loading.noon(_raised(review, entry)),
        review=f"{files.key}/{review.ref}",
        decision=f"{files.key}/{taken.ref}" if taken else None,
        state=ConditionState.MET if met else ConditionState.OPEN,
        settled_by=met.by if met else None,
        settled_on=loading.day(met.date) if met else None,
        settled_because=f"Published figures {', '.join(met.evidence)}." if met else "",
        origin=Origin.ILLUSTRATIVE,
        version=1,
    )


def _raised(review: ReviewEntry, entry: ConditionEntry) -> When:
    """Return the day of the sign-off that raised a condition, else that of the snapshot."""
    signed = (it.date for it in review.sign_offs if entry.ref in it.conditions)
    return next(signed, review.snapshot.date)


def exposures(loading: Loading) -> Iterator[ExposureRecord]:
    """Yield the published steps to wider stages, with ids from 1 on; those undecided uncovered."""
    number = 0
    for files in loading.demo.launches:
        before, judged = ExposureStage.NONE, files.judgements
        for step in files.review.exposures:
            number += 1
            yield ExposureRecord(
                id=number,
                launch=files.key,
                step=ExposureStep.EXPOSE,
                before=before,
                after=step.stage,
                model_version=judged.model_version,
                configuration=judged.configuration,
                decision=f"{files.key}/{step.decision}" if step.decision else None,
                covered=step.decision is not None,
                reason=demo_words.fact_words(step.fact, loading.documents),
                recorded_by=judged.owner,
                recorded_at=loading.noon(step.date),
                origin=Origin.PUBLISHED,
            )
            before = step.stage


def _number(ref: str) -> int:
    return int(ref.rpartition("-")[2])
