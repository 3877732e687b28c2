"""The demo portfolio as frozen records, for one day on which it is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.evidence import MetricDefinitionRecord, RunInputs
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PersonRecord,
    PlacementRecord,
    RiskRecord,
    ScopeRecord,
    TeamRecord,
    VerificationRecord,
)
from tracker.domain.words import LaunchRoleName, Origin, RiskStatus
from tracker.readers import demo_words, portfolio_criteria
from tracker.readers.demo_files import LaunchFiles, RiskFacts
from tracker.readers.loading import Loading
from tracker.readers.portfolio_evidence import runs
from tracker.readers.portfolio_mitigations import effects, mitigations, placements, verifications


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that the demo puts into a register, in the order in which it is numbered.

    Records that a register numbers by itself carry ids from 1 on, in the order of the files.
    """

    people: tuple[PersonRecord, ...]
    teams: tuple[TeamRecord, ...]
    launches: tuple[LaunchRecord, ...]
    scopes: tuple[ScopeRecord, ...]
    risks: tuple[RiskRecord, ...]
    assessments: tuple[AssessmentRecord, ...]
    mitigations: tuple[MitigationRecord, ...]
    effects: tuple[EffectRecord, ...]
    placements: tuple[PlacementRecord, ...]
    verifications: tuple[VerificationRecord, ...]
    runs: tuple[RunInputs, ...]
    definitions: tuple[MetricDefinitionRecord, ...]
    gates: tuple[GateRecord, ...]
    attestations: tuple[AttestationRecord, ...]
    waivers: tuple[WaiverRecord, ...]
    determinations: tuple[DeterminationRecord, ...]


def portfolio_of(loading: Loading) -> Portfolio:
    """Return the records of the demo on the day of its loading."""
    launches = loading.demo.launches
    figures = tuple(runs(loading))
    return Portfolio(
        people=tuple(_people(loading)),
        teams=tuple(TeamRecord(**team.model_dump()) for team in loading.demo.portfolio.teams),
        launches=tuple(_launch(loading, files) for files in launches),
        scopes=tuple(scope for files in launches for scope in _scopes(files)),
        risks=tuple(
            _risk(loading, files, risk) for files in launches for risk in files.facts.risks
        ),
        assessments=tuple(_assessments(loading)),
        mitigations=tuple(mitigations(loading)),
        effects=tuple(effects(loading)),
        placements=tuple(placements(loading)),
        verifications=tuple(verifications(loading)),
        runs=figures,
        definitions=tuple(portfolio_criteria.definitions(loading)),
        gates=tuple(portfolio_criteria.gates(loading)),
        attestations=tuple(portfolio_criteria.attestations(loading, figures)),
        waivers=tuple(portfolio_criteria.waivers(loading, figures)),
        determinations=tuple(portfolio_criteria.determinations(loading)),
    )


def _people(loading: Loading) -> Iterator[PersonRecord]:
    for entry in loading.demo.portfolio.people:
        yield PersonRecord(entry.key, entry.name, entry.roles, entry.leads, active=True)


def _launch(loading: Loading, files: LaunchFiles) -> LaunchRecord:
    facts, judged = files.facts, files.judgements
    statement = loading.demo.portfolio.statement
    return LaunchRecord(
        key=files.key,
        name=facts.name,
        summary=demo_words.launch_summary(facts),
        developer=facts.developer,
        model_version=judged.model_version,
        configuration=judged.configuration,
        surfaces=demo_words.launch_surfaces(facts),
        exposure_asked=judged.exposure_asked,
        exposure_now=judged.exposure_now,
        review_status=judged.review_status,
        target_date=loading.day(judged.target) if judged.target else facts.launched,
        as_of=judged.as_of,
        note=demo_words.launch_note(facts, judged, statement, loading.documents),
        source=demo_words.launch_source(facts, loading.documents),
        origin=Origin.PUBLISHED,
        cloned_from=None,
        holders={
            LaunchRoleName.LAUNCH_OWNER: judged.owner,
            LaunchRoleName.RESPONSIBLE_OFFICER: judged.responsible_officer,
            LaunchRoleName.APPROVER: judged.approver,
        },
        version=1,
    )


def _scopes(files: LaunchFiles) -> Iterator[ScopeRecord]:
    for entry in files.judgements.scope:
        yield ScopeRecord(
            launch=files.key,
            area=entry.area,
            applicability=entry.applicability,
            reason=entry.reason,
            decided_by=files.judgements.owner,
            confirmed_by=entry.confirmed_by,
            origin=Origin.ILLUSTRATIVE,
            version=1,
        )


def _risk(loading: Loading, files: LaunchFiles, facts: RiskFacts) -> RiskRecord:
    judged = files.judgements
    added = [touch for touch in judged.also_touches if touch.risk == facts.ref]
    unassessed = next((entry for entry in judged.unassessed if entry.risk == facts.ref), None)
    touches = dict.fromkeys((*facts.touches, *(touch.area for touch in added)))
    reasons = [(loading.area_names[touch.area], touch.reason) for touch in added]
    return RiskRecord(
        ref=f"{files.key}/{facts.ref}",
        launch=files.key,
        number=int(facts.ref.removeprefix("R-")),
        title=facts.title,
        scenario=facts.scenario,
        area=facts.area,
        touches=tuple(area for area in touches if area != facts.area),
        tags=(),
        owner=loading.leads[facts.area],
        due=loading.day(unassessed.due) if unassessed else None,
        source=demo_words.cited(facts.source, loading.documents),
        note=demo_words.risk_note(facts, unassessed, reasons, loading.names),
        origin=Origin.PUBLISHED,
        status=RiskStatus.OPEN,
        close_reason=None,
        close_note="",
        duplicate_of=None,
        closure_asked_by=None,
        closure_confirmed_by=None,
        created_at=loading.at,
        version=1,
    )


def _assessments(loading: Loading) -> Iterator[AssessmentRecord]:
    entries = (
        (files.key, files.judgements, ref, entry)
        for files in loading.demo.launches
        for ref, listed in files.judgements.assessments.items()
        for entry in listed
    )
    for number, (launch, judged, ref, entry) in enumerate(entries, start=1):
        yield AssessmentRecord(
            id=number,
            risk=f"{launch}/{ref}",
            assessor=entry.by,
            picks=entry.picks.record(),
            grade=entry.grade,
            reasons={},
            rationale=entry.reason,
            model_version=judged.model_version,
            configuration=judged.configuration,
            exposure_stage=judged.exposure_asked,
            submitted_at=loading.noon(entry.date),
            confirms=None,
            origin=Origin.ILLUSTRATIVE,
        )
