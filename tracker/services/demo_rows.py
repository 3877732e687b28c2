"""The rows of the demo, group by group in the order in which their record should read."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.records import (
    AssessmentRecord,
    LaunchRecord,
    MitigationRecord,
    PersonRecord,
    RiskRecord,
)
from tracker.domain.words import EvidenceFlag
from tracker.readers.portfolio import Portfolio
from tracker.store.base import Base
from tracker.store.tables import (
    Assessment,
    Evidence,
    EvidenceConfirmation,
    EvidenceEquivalence,
    EvidenceRisk,
    EvidenceRun,
    Gate,
    GateAttestation,
    GateWaiver,
    Launch,
    LaunchMitigation,
    LaunchRole,
    LaunchScope,
    MetricDefinition,
    Mitigation,
    MitigationEffect,
    MitigationEffort,
    MitigationVerification,
    Person,
    PersonArea,
    PersonRole,
    RequiredSafeguard,
    Risk,
    RiskArea,
    Team,
    ThresholdDetermination,
)


def demo_rows(portfolio: Portfolio) -> Iterator[list[Base]]:
    """Yield the rows of the demo; each group refers only to groups before it.

    A group has to be written before the next is asked for: later rows name ids of earlier ones.
    """
    yield [row for person in portfolio.people for row in _person(person)]
    yield [Team(**_values(team)) for team in portfolio.teams]
    yield [row for launch in portfolio.launches for row in _launch(launch)]
    yield [LaunchScope(**_values(scope, "version")) for scope in portfolio.scopes]
    yield [row for risk in portfolio.risks for row in _risk(risk)]
    yield [_assessment(assessment) for assessment in portfolio.assessments]
    yield [row for mitigation in portfolio.mitigations for row in _mitigation(mitigation)]
    yield [MitigationEffect(**_values(effect)) for effect in portfolio.effects]
    yield [LaunchMitigation(**_values(item, "version")) for item in portfolio.placements]
    yield [MitigationVerification(**_values(item, "id")) for item in portfolio.verifications]
    yield from _evidence(portfolio)
    yield [MetricDefinition(**_values(item)) for item in portfolio.definitions]
    yield [Gate(**_values(gate, "version")) for gate in portfolio.gates]
    yield [GateAttestation(**_values(item, "id")) for item in portfolio.attestations]
    yield [GateWaiver(**_values(item, "id", "version")) for item in portfolio.waivers]
    yield from _determinations(portfolio)


def _person(person: PersonRecord) -> Iterator[Base]:
    yield Person(**_values(person, "roles", "leads", "version"))
    for role in sorted(person.roles):
        yield PersonRole(person=person.key, role=role)
    for area in person.leads:
        yield PersonArea(person=person.key, area=area)


def _launch(launch: LaunchRecord) -> Iterator[Base]:
    yield Launch(**_values(launch, "holders", "version"))
    for role, person in launch.holders.items():
        yield LaunchRole(launch=launch.key, role=role, person=person)


def _risk(risk: RiskRecord) -> Iterator[Base]:
    yield Risk(**_values(risk, "touches", "tags", "version"))
    for area in risk.touches:
        yield RiskArea(risk=risk.ref, area=area)


def _assessment(assessment: AssessmentRecord) -> Assessment:
    reasons = {factor.value: text for factor, text in assessment.reasons.items()}
    values = _values(assessment, "id", "picks", "reasons")
    return Assessment(reasons=reasons, **asdict(assessment.picks), **values)


def _mitigation(mitigation: MitigationRecord) -> Iterator[Base]:
    shortest, likely, longest = mitigation.duration or (None, None, None)
    yield Mitigation(
        duration_shortest=shortest,
        duration_likely=likely,
        duration_longest=longest,
        **_values(mitigation, "duration", "efforts", "version"),
    )
    for team, days in mitigation.efforts.items():
        yield MitigationEffort(mitigation=mitigation.ref, team=team, days=days)


def _evidence(portfolio: Portfolio) -> Iterator[list[Base]]:
    runs = [inputs.run for inputs in portfolio.runs]
    yield [_run(run) for run in runs]
    records = [item for inputs in portfolio.runs for item in inputs.evidence]
    rows = [Evidence(**_values(item, "id", "risks", "corrections")) for item in records]
    yield [*rows]
    links = [
        EvidenceRisk(evidence=_id(row.id), risk=risk)
        for row, record in zip(rows, records, strict=True)
        for risk in record.risks
    ]
    yield sorted(links, key=attrgetter("risk"))
    yield [EvidenceEquivalence(**_values(e, "id")) for run in runs for e in run.equivalences]
    yield [EvidenceConfirmation(**_values(c, "id")) for run in runs for c in run.confirmations]


def _run(run: EvidenceRunRecord) -> EvidenceRun:
    flags = [flag for flag in EvidenceFlag if flag in run.flags]
    values = _values(run, "flags", "warnings", "equivalences", "confirmations")
    return EvidenceRun(flags=flags, warnings=list(run.warnings), **values)


def _determinations(portfolio: Portfolio) -> Iterator[list[Base]]:
    records = portfolio.determinations
    rows = [
        ThresholdDetermination(**_values(item, "id", "safeguards", "version")) for item in records
    ]
    yield [*rows]
    yield [
        RequiredSafeguard(determination=_id(row.id), mitigation=ref, launch=record.launch)
        for row, record in zip(rows, records, strict=True)
        for ref in record.safeguards
    ]


def _id(written: int | None) -> int:
    """Return the id that a row got when it was written."""
    if written is None:
        raise ValueError("a row is referred to before it is written")
    return written


def _values(record: Any, *without: str) -> dict[str, Any]:
    """Return the fields of a record that its row has too."""
    names = (field.name for field in fields(record) if field.name not in without)
    return {name: getattr(record, name) for name in names}
