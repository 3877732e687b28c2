"""A small launch with one record of every kind that a signature sees, made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.readiness.gates import (
    AREA,
    GATED_LAUNCH,
    ZERO_TOLERANCE_AREA,
    a_definition,
    a_gate,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_evidence,
    confirmed,
    corrected,
    equivalent,
)
from tests.readiness.launches import (
    LAUNCH,
    SETTING,
    TODAY,
    a_determination,
    a_placement,
    a_scope,
    a_verification,
    an_assessment,
    launch_inputs,
    mitigation_on,
    risk_inputs,
)
from tracker.domain.changes import ChainHead
from tracker.domain.records import PersonRecord
from tracker.domain.review_words import Capacity, Vote
from tracker.domain.reviews import AcceptanceRecord, SectionHash, SignOffRecord
from tracker.domain.snapshots import Section
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.domain.words import (
    CorrectionKind,
    ExposureStage,
    MitigationStatus,
    Origin,
    RegisterKind,
    Role,
)
from tracker.readers.materiality import packaged_materiality
from tracker.readiness.document import Judged, SnapshotInputs, Taking, make_document
from tracker.readiness.launch import Setting, launch_states
from tracker.readiness.materiality import section_hashes
from tracker.readiness.sections import sections_of

SEAL_KEY = bytes(range(32))
POLICY = packaged_materiality()
DEFINITION = a_definition()
CODES = (AREA, "cbrn", ZERO_TOLERANCE_AREA)
TAKEN_AT = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
PEOPLE = {
    key: PersonRecord(key, key.capitalize(), frozenset({Role.VIEWER}), (), True)
    for key in ("ada", "ben", "olga", "paul")
}
SEALED_SETTING = replace(
    SETTING,
    areas=tuple(area for area in SETTING.areas if area.code in CODES),
    people=PEOPLE,
    definitions={(DEFINITION.tool, DEFINITION.metric): DEFINITION},
)


def an_acceptance(risk: str = "launch/R-1", number: int = 1) -> AcceptanceRecord:
    """Somebody asked to accept a risk."""
    return AcceptanceRecord(
        ref=f"launch/A-{number}",
        launch="launch",
        number=number,
        risk=risk,
        level="Low",
        harm_score=2.5,
        justification="Nobody is harmed for long.",
        fails_if=("a harm is reported",),
        compensating=("M-1",),
        until=date(2026, 12, 24),
        requested_by="ben",
        requested_at=TAKEN_AT,
        lead=None,
        officer=None,
        approver=None,
        fired_on=None,
        ended_by=None,
        ended_because="",
        model_version="v1",
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        origin=Origin.ENTERED,
        version=1,
    )


def a_sealed_launch() -> LaunchInputs:
    """The launch; R-1 lies in two areas, M-90 in none."""
    on_risk = mitigation_on("launch/R-1", 1, MitigationStatus.VERIFIED, 0.6)
    first = risk_inputs(1, an_assessment((2, 1, 2, 1, 5)), area=AREA, mitigations=(on_risk,))
    first = replace(first, risk=replace(first.risk, touches=("cbrn",), tags=(("OWASP", "LLM01"),)))
    second = risk_inputs(2, an_assessment((4, 2, 4, 2, 1), "cleo"), area="cbrn")
    run = confirmed(equivalent(a_run(1, an_evidence(), an_evidence(90, 100, "de")), LAUNCH.release))
    older = corrected(a_run(2, an_evidence(940, 1000), days_ago=3), CorrectionKind.WITHDRAWN)
    return launch_inputs(
        first,
        second,
        scopes=tuple(a_scope(code) for code in CODES),
        placements=(a_placement(90, MitigationStatus.PLANNED),),
        verifications=(a_verification(90, None, None),),
        determinations=(a_determination("cbrn", safeguards=("M-1",)),),
        launch=GATED_LAUNCH,
        gates=(
            a_gate(1, baseline="launch/E-3", margin=0.05),
            an_attested_gate(2, area=ZERO_TOLERANCE_AREA),
        ),
        runs=(run, older),
        baselines={"launch/E-3": a_run(3, an_evidence(985, 1000), days_ago=9)},
        attestations=(an_attestation("launch/G-2"),),
        waivers=(a_waiver("launch/G-1"),),
        acceptances=(an_acceptance(),),
    )


def sealed_state(inputs: LaunchInputs, setting: Setting = SEALED_SETTING) -> LaunchState:
    """What the launch is."""
    return launch_states([inputs], setting)[0]


def sealed_sections(inputs: LaunchInputs, setting: Setting = SEALED_SETTING) -> tuple[Section, ...]:
    """What signatures on the launch rest on."""
    return sections_of(inputs, setting, sealed_state(inputs, setting), POLICY, SEAL_KEY)


def sealed_hashes(
    inputs: LaunchInputs, setting: Setting = SEALED_SETTING
) -> tuple[SectionHash, ...]:
    """The hashes of these sections."""
    return section_hashes(sealed_sections(inputs, setting), POLICY)


def sealed_document(inputs: LaunchInputs, setting: Setting = SEALED_SETTING) -> bytes:
    """The snapshot document of the launch."""
    judged = Judged(
        sealed_sections(inputs, setting),
        sealed_hashes(inputs, setting),
        sealed_state(inputs, setting),
    )
    parts = SnapshotInputs(
        inputs=inputs,
        areas=setting.areas,
        people=setting.people,
        teams=setting.teams,
        profile=setting.profile,
        today=setting.today,
        definitions=setting.definitions,
        runs=tuple(one.run for one in inputs.runs),
        lines=(),
        ledger_day=TODAY,
        changes=(),
        chain=ChainHead(7, "a" * 64),
        kind=RegisterKind.OWN,
    )
    taking = Taking("launch/REV-1", TAKEN_AT, "ben", authenticated=True, product_version="0")
    return make_document(taking, judged, parts, POLICY)


def a_sign_off(hashes: tuple[SectionHash, ...], *names: str) -> SignOffRecord:
    """Ben's approval, resting on the named sections."""
    return SignOffRecord(
        id=1,
        launch="launch",
        review="launch/REV-1",
        snapshot="launch/S-1",
        person="ben",
        capacity=Capacity.REVIEWER,
        area=None,
        vote=Vote.APPROVE,
        comment="",
        dissent="",
        would_change="",
        sections={one.name: one.material for one in hashes if one.name in names},
        signed_at=TAKEN_AT,
        authenticated=True,
        answer="",
        answered_by=None,
        answered_at=None,
        origin=Origin.ENTERED,
    )
