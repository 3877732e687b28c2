"""The demo's mitigations: what the documents tell, what we judge of it, and what we propose."""

from collections.abc import Iterator

from tracker.domain.records import (
    EffectRecord,
    MitigationRecord,
    PlacementRecord,
    VerificationRecord,
)
from tracker.domain.words import MitigationStatus, Origin, VerificationKind
from tracker.readers import demo_words
from tracker.readers.demo_files import (
    LaunchFiles,
    MitigationFacts,
    MitigationJudgement,
    VerifiedEntry,
)
from tracker.readers.loading import Loading

_Published = tuple[LaunchFiles, MitigationFacts, MitigationJudgement]


def mitigations(loading: Loading) -> Iterator[MitigationRecord]:
    """Yield the published mitigations in the order of the files, then our proposals."""
    for _, facts, judged in _published(loading):
        yield MitigationRecord(
            ref=facts.ref,
            number=_number(facts.ref),
            title=facts.title,
            summary=demo_words.mitigation_summary(facts),
            mechanism=judged.mechanism,
            layer=facts.layer,
            owner=judged.owner,
            team=judged.team,
            duration=judged.duration,
            efforts=judged.days,
            source=demo_words.cited(facts.source, loading.documents),
            origin=Origin.PUBLISHED,
            version=1,
        )
    for proposal in loading.demo.proposals.mitigations:
        yield MitigationRecord(
            ref=proposal.ref,
            number=_number(proposal.ref),
            title=proposal.title,
            summary=proposal.summary,
            mechanism=proposal.mechanism,
            layer=proposal.layer,
            owner=proposal.owner,
            team=proposal.team,
            duration=proposal.duration,
            efforts=proposal.days,
            source="",
            origin=Origin.ILLUSTRATIVE,
            version=1,
        )


def effects(loading: Loading) -> Iterator[EffectRecord]:
    """Yield what each mitigation does to each risk: shares are ours, links to harm as published."""
    for files, facts, judged in _published(loading):
        basis = demo_words.effect_basis(judged)
        for ref, (low, best, high) in judged.shares.items():
            yield _lowers(facts.ref, f"{files.key}/{ref}", (low, best, high), basis)
        for ref in facts.worsens:
            cited = demo_words.cited(facts.source, loading.documents)
            basis_told = f"As published: {cited}."
            yield _worsens(facts.ref, f"{files.key}/{ref}", basis_told, Origin.PUBLISHED)
    for proposal in loading.demo.proposals.mitigations:
        for risk, shares in proposal.shares.items():
            yield _lowers(proposal.ref, risk, shares, proposal.basis)
        for risk in proposal.worsens:
            yield _worsens(proposal.ref, risk, proposal.basis, Origin.ILLUSTRATIVE)


def placements(loading: Loading) -> Iterator[PlacementRecord]:
    """Yield each mitigation on its launch, and each proposal as proposed on each of its own."""
    for files, facts, judged in _published(loading):
        due = loading.day(judged.due) if judged.due else None
        yield PlacementRecord(
            facts.ref, files.key, judged.status, judged.mandatory, due, Origin.ILLUSTRATIVE, 1
        )
    for proposal in loading.demo.proposals.mitigations:
        for launch in proposal.launches:
            yield PlacementRecord(
                mitigation=proposal.ref,
                launch=launch,
                status=MitigationStatus.PROPOSED,
                mandatory=proposal.mandatory,
                due=loading.day(proposal.due),
                origin=Origin.ILLUSTRATIVE,
                version=1,
            )


def verifications(loading: Loading) -> Iterator[VerificationRecord]:
    """Yield one verification "in place" per risk that a verified mitigation lowers.

    Each counts the low estimate of its share: a published figure shows that the mitigation
    stands, not how much of the harm it removes here (design, section 3).
    """
    number = 0
    for files, facts, judged in _published(loading):
        if judged.verified is None:
            continue
        for ref, (low, _, _) in judged.shares.items():
            number += 1
            yield _verification(loading, number, (files, facts, judged.verified), ref, low)


def _verification(
    loading: Loading,
    number: int,
    verified: tuple[LaunchFiles, MitigationFacts, VerifiedEntry],
    ref: str,
    low: float,
) -> VerificationRecord:
    files, facts, entry = verified
    return VerificationRecord(
        id=number,
        mitigation=facts.ref,
        launch=files.key,
        risk=f"{files.key}/{ref}",
        kind=VerificationKind.IN_PLACE,
        share=low,
        evidence=demo_words.verification_evidence(facts.figures, loading.documents),
        verified_by=entry.by,
        verified_on=loading.day(entry.date),
        model_version=files.judgements.model_version,
        configuration=files.judgements.configuration,
        exposure_stage=files.judgements.exposure_asked,
        origin=Origin.ILLUSTRATIVE,
    )


def _published(loading: Loading) -> Iterator[_Published]:
    for files in loading.demo.launches:
        for facts in files.facts.mitigations:
            yield files, facts, files.judgements.mitigations[facts.ref]


def _lowers(
    mitigation: str, risk: str, shares: tuple[float, float, float], basis: str
) -> EffectRecord:
    low, best, high = shares
    return EffectRecord(
        mitigation, risk, low, best, high, introduces=False, basis=basis, origin=Origin.ILLUSTRATIVE
    )


def _worsens(mitigation: str, risk: str, basis: str, origin: Origin) -> EffectRecord:
    return EffectRecord(
        mitigation, risk, None, None, None, introduces=True, basis=basis, origin=origin
    )


def _number(ref: str) -> int:
    return int(ref.removeprefix("M-"))
