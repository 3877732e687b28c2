"""Whole launches made by hand or by Hypothesis, from records only."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from tracker.domain.gates import DeterminationRecord
from tracker.domain.picks import Picks
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    RiskRecord,
    ScopeRecord,
    VerificationRecord,
)
from tracker.domain.state import LaunchInputs, LaunchState, MitigationInputs, RiskInputs
from tracker.domain.words import (
    Applicability,
    Confidence,
    EvidenceGrade,
    ExposureStage,
    LaunchRoleName,
    Layer,
    Mechanism,
    MitigationStatus,
    Origin,
    ReviewStatus,
    RiskStatus,
    ThresholdOutcome,
    VerificationKind,
)
from tracker.readers.areas import packaged_areas
from tracker.readers.profile import packaged_profile
from tracker.readiness.launch import Setting, launch_states

OWNER = "ada"
ASSESSORS = ("ben", "cleo", "dana", "eli", OWNER)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
SETTING = Setting(
    areas=packaged_areas(), people={}, teams={}, profile=packaged_profile(), today=TODAY
)

LAUNCH = LaunchRecord(
    key="launch",
    name="Launch",
    summary="",
    developer="",
    model_version="v1",
    configuration="as shipped",
    surfaces="",
    exposure_asked=ExposureStage.STAGED_ROLLOUT,
    exposure_now=ExposureStage.NONE,
    review_status=ReviewStatus.ASSESSING,
    target_date=date(2026, 12, 3),
    as_of=None,
    note="",
    source="",
    origin=Origin.ENTERED,
    cloned_from=None,
    holders={LaunchRoleName.LAUNCH_OWNER: OWNER},
    version=1,
)


def a_risk(number: int, area: str = "cbrn", status: RiskStatus = RiskStatus.OPEN) -> RiskRecord:
    """An open risk of the launch."""
    return RiskRecord(
        ref=f"launch/R-{number}",
        launch="launch",
        number=number,
        title=f"Risk {number}",
        scenario="What could go wrong",
        area=area,
        touches=(),
        tags=(),
        owner=None,
        due=None,
        source="",
        note="",
        origin=Origin.ENTERED,
        status=status,
        close_reason=None,
        close_note="",
        duplicate_of=None,
        closure_asked_by=None,
        closure_confirmed_by=None,
        created_at=NOW,
        version=1,
    )


def an_assessment(
    picks: tuple[int, int, int, int, int],
    assessor: str = "ben",
    grade: EvidenceGrade = EvidenceGrade.B,
    version: str = "v1",
) -> AssessmentRecord:
    """A submitted assessment; its risk does not matter to the rules."""
    likelihood, severity, exposure, reversibility, business_impact = picks
    return AssessmentRecord(
        id=ASSESSORS.index(assessor) + 1,
        risk="launch/R-1",
        assessor=assessor,
        picks=Picks(
            likelihood=likelihood,
            severity=severity,
            exposure=exposure,
            reversibility=reversibility,
            business_impact=business_impact,
        ),
        grade=grade,
        reasons={},
        rationale="",
        model_version=version,
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        submitted_at=NOW,
        confirms=None,
        origin=Origin.ENTERED,
    )


def risk_inputs(
    number: int,
    *assessments: AssessmentRecord,
    area: str = "cbrn",
    mitigations: tuple[MitigationInputs, ...] = (),
) -> RiskInputs:
    """A risk with its assessments and mitigations."""
    return RiskInputs(a_risk(number, area), LAUNCH, assessments, mitigations)


def a_mitigation(number: int, mechanism: Mechanism = Mechanism.PREVENT) -> MitigationRecord:
    """A mitigation owned by Fay."""
    return MitigationRecord(
        ref=f"M-{number}",
        number=number,
        title=f"Mitigation {number}",
        summary="",
        mechanism=mechanism,
        layer=Layer.MODEL,
        owner="fay",
        team=None,
        duration=None,
        efforts={},
        source="",
        origin=Origin.ENTERED,
        version=1,
    )


def a_placement(
    number: int, status: MitigationStatus, *, mandatory: bool = False
) -> PlacementRecord:
    """A mitigation on the launch."""
    return PlacementRecord(
        mitigation=f"M-{number}",
        launch="launch",
        status=status,
        mandatory=mandatory,
        due=None,
        origin=Origin.ENTERED,
        version=1,
    )


def a_verification(number: int, risk: str | None, share: float | None, version: str = "v1"):
    """A verification "in place" by Ben."""
    return VerificationRecord(
        id=number,
        mitigation=f"M-{number}",
        launch="launch",
        risk=risk,
        kind=VerificationKind.IN_PLACE,
        share=share,
        evidence="seen",
        verified_by="ben",
        verified_on=TODAY,
        model_version=version,
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        origin=Origin.ENTERED,
    )


def mitigation_on(
    risk: str,
    number: int,
    status: MitigationStatus,
    share: float,
    mechanism: Mechanism = Mechanism.PREVENT,
    version: str = "v1",
) -> MitigationInputs:
    """A mitigation that removes a share of a risk, verified where its status says so."""
    verified = status is MitigationStatus.VERIFIED
    return MitigationInputs(
        mitigation=a_mitigation(number, mechanism),
        placement=a_placement(number, status),
        effect=EffectRecord(
            mitigation=f"M-{number}",
            risk=risk,
            low=share,
            best=share,
            high=share,
            introduces=False,
            basis="",
            origin=Origin.ENTERED,
        ),
        verification=a_verification(number, risk, share, version) if verified else None,
    )


def a_scope(
    area: str,
    applicability: Applicability = Applicability.IN_SCOPE,
    confirmed_by: str | None = None,
) -> ScopeRecord:
    """A scope decision by the launch owner."""
    return ScopeRecord(
        launch="launch",
        area=area,
        applicability=applicability,
        reason="" if applicability is Applicability.IN_SCOPE else "because",
        decided_by=OWNER,
        confirmed_by=confirmed_by,
        origin=Origin.ENTERED,
        version=1,
    )


def everything_excluded(but: tuple[str, ...] = ()) -> tuple[ScopeRecord, ...]:
    """Every policy area confirmed as not applicable, except those in scope."""
    return tuple(
        a_scope(area.code)
        if area.code in but
        else a_scope(area.code, Applicability.NOT_APPLICABLE, confirmed_by="ben")
        for area in SETTING.areas
    )


def a_determination(
    area: str = "cbrn",
    outcome: ThresholdOutcome = ThresholdOutcome.BELOW,
    safeguards: tuple[str, ...] = (),
    *,
    number: int = 1,
    by: str = "ben",
    confirmed_by: str | None = None,
    version: str = "v1",
) -> DeterminationRecord:
    """A determination for the launch; a higher number was made later."""
    return DeterminationRecord(
        id=number,
        launch="launch",
        area=area,
        outcome=outcome,
        confidence=Confidence.MEDIUM,
        rationale="because",
        safeguards=safeguards,
        determined_by=by,
        determined_on=TODAY,
        confirmed_by=confirmed_by,
        model_version=version,
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        origin=Origin.ENTERED,
        version=1,
    )


def launch_inputs(
    *risks: RiskInputs,
    scopes: tuple[ScopeRecord, ...] = (),
    placements: tuple[PlacementRecord, ...] = (),
    verifications: tuple[VerificationRecord, ...] = (),
    determinations: tuple[DeterminationRecord, ...] = (),
    launch: LaunchRecord = LAUNCH,
    **more: Any,
) -> LaunchInputs:
    """All that is stored about the launch; `more` are its gates, runs and what goes with them."""
    mitigations = {item.mitigation.ref: item.mitigation for r in risks for item in r.mitigations}
    placed = {p.mitigation: p for p in placements}
    placed |= {
        item.mitigation.ref: item.placement
        for r in risks
        for item in r.mitigations
        if item.placement
    }
    shown = [i.verification for r in risks for i in r.mitigations if i.verification]
    named = {ref for one in determinations for ref in one.safeguards} | set(placed)
    mitigations |= {ref: a_mitigation(int(ref[2:])) for ref in named if ref not in mitigations}
    return LaunchInputs(
        launch=launch,
        scopes=scopes,
        risks=tuple(replace(r, launch=launch) for r in risks),
        placements=tuple(placed.values()),
        verifications=(*verifications, *shown),
        mitigations=mitigations,
        effects=tuple(item.effect for r in risks for item in r.mitigations),
        launches_by_mitigation=dict.fromkeys(placed, ("launch",)),
        determinations=determinations,
        **more,
    )


def state_of(inputs: LaunchInputs) -> LaunchState:
    """The launch today."""
    return launch_states([inputs], SETTING)[0]


picks = st.tuples(*[st.integers(1, 5)] * 5)


@st.composite
def assessments(draw: st.DrawFn) -> tuple[AssessmentRecord, ...]:
    """None to five assessors, the launch owner perhaps among them."""
    who = draw(st.lists(st.sampled_from(ASSESSORS), unique=True, max_size=5))
    grades = st.sampled_from(EvidenceGrade)
    versions = st.sampled_from(["v1", "v1", "v0"])
    return tuple(an_assessment(draw(picks), key, draw(grades), draw(versions)) for key in who)


@st.composite
def some_risks(draw: st.DrawFn, most: int = 4) -> tuple[RiskInputs, ...]:
    """A few risks in two areas, with assessments and mitigations in any status."""
    risks: list[RiskInputs] = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        ref = f"launch/R-{number}"
        statuses = draw(st.lists(st.sampled_from(MitigationStatus), max_size=3))
        mitigations = tuple(
            mitigation_on(
                ref,
                10 * number + index,
                status,
                draw(st.floats(0, 0.95)),
                draw(st.sampled_from(Mechanism)),
                draw(st.sampled_from(["v1", "v0"])),
            )
            for index, status in enumerate(statuses)
        )
        area = draw(st.sampled_from(["cbrn", "privacy"]))
        risks.append(risk_inputs(number, *draw(assessments()), area=area, mitigations=mitigations))
    return tuple(risks)


@st.composite
def some_scopes(draw: st.DrawFn) -> tuple[ScopeRecord, ...]:
    """Decisions about some areas, confirmed by anybody, the owner or nobody."""
    return tuple(
        a_scope(
            area.code,
            draw(st.sampled_from(Applicability)),
            draw(st.sampled_from([None, OWNER, "ben"])),
        )
        for area in SETTING.areas
        if draw(st.booleans())
    )


@st.composite
def some_launches(draw: st.DrawFn) -> LaunchInputs:
    """A launch as it may stand in a register."""
    return launch_inputs(*draw(some_risks()), scopes=draw(some_scopes()))
