"""Profile P1 as design section 4 prints it, and records by what the tests are about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from tracker.domain.picks import Picks
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    RiskRecord,
    VerificationRecord,
)
from tracker.domain.scales import Anchor, GradeMeaning, Scale, ScoringProfile
from tracker.domain.state import MitigationInputs, RiskInputs
from tracker.domain.words import (
    EvidenceGrade,
    ExposureStage,
    Factor,
    LaunchRoleName,
    Layer,
    Level,
    Mechanism,
    MitigationStatus,
    Origin,
    ReviewStatus,
    RiskStatus,
    VerificationKind,
)

T = TypeVar("T")

POINTS = {
    Factor.LIKELIHOOD: (-3.5, -2.5, -1.5, -0.65, -0.15),
    Factor.SEVERITY: (0.0, 1.0, 2.0, 3.0, 4.0),
    Factor.EXPOSURE: (0.0, 0.5, 1.0, 1.5, 2.0),
    Factor.REVERSIBILITY: (0.0, 0.25, 0.5, 0.75, 1.0),
    Factor.BUSINESS_IMPACT: (1.0, 2.0, 3.0, 4.0, 5.0),
}
WORDS = {
    Factor.LIKELIHOOD: ("remote", "unlikely", "possible", "likely", "expected"),
    Factor.SEVERITY: ("annoyance", "minor", "moderate", "severe", "catastrophic"),
    Factor.EXPOSURE: ("a few", "hundreds", "thousands", "millions", "tens of millions"),
    Factor.REVERSIBILITY: (
        "undone within hours",
        "undone within days",
        "partly irreversible",
        "mostly irreversible",
        "irreversible",
    ),
    Factor.BUSINESS_IMPACT: ("negligible", "local", "press", "regulator", "licence to operate"),
}
HALF_WIDTHS = {
    EvidenceGrade.A: 0.25,
    EvidenceGrade.B: 0.5,
    EvidenceGrade.C: 1.0,
    EvidenceGrade.D: 1.5,
}


def a_scale(factor: Factor) -> Scale:
    anchors = tuple(
        Anchor(pick, word, f"{word} in full", points)
        for pick, (word, points) in enumerate(
            zip(WORDS[factor], POINTS[factor], strict=True), start=1
        )
    )
    return Scale(factor, factor.value, f"How much {factor.value}?", anchors)


def profile_p1() -> ScoringProfile:
    return ScoringProfile(
        version="P1",
        title="Profile of the tests",
        owner="policy lead",
        effective="2026-11-24",
        base=3.5,
        scales={factor: a_scale(factor) for factor in Factor},
        grades={grade: GradeMeaning(grade, "", width) for grade, width in HALF_WIDTHS.items()},
        lower_bounds=(
            (Level.CRITICAL, 7.0),
            (Level.HIGH, 6.0),
            (Level.MODERATE, 5.0),
            (Level.LOW, 4.0),
        ),
        common_cause=0.1,
        remain_floor=0.01,
        floor_severity=5,
        floor_reversibility=4,
        floor_level=Level.HIGH,
        harm_cuts=(2.0, 3.0, 4.0, 5.0),
        likelihood_cuts=(-3.0, -2.0, -1.0, -0.301029995663981),
        trade_offs=(),
    )


def picks(numbers: Sequence[int]) -> Picks:
    """Picks in the order likelihood, severity, exposure, reversibility, business impact."""
    return Picks(**dict(zip(map(str, Factor), numbers, strict=True)))


def present(value: T | None) -> T:
    """What an assessed risk has, so that a test may read on."""
    assert value is not None
    return value


def a_launch(
    key: str = "gpt-x",
    target_date: date = date(2026, 12, 1),
    model_version: str = "x-1",
    configuration: str = "chat",
    owner: str = "ada",
) -> LaunchRecord:
    """A launch that Ada owns and that asks for general availability of version x-1 as a chat."""
    return LaunchRecord(
        key=key,
        name=key,
        summary="",
        developer="",
        model_version=model_version,
        configuration=configuration,
        surfaces="",
        exposure_asked=ExposureStage.GENERAL_AVAILABILITY,
        exposure_now=ExposureStage.INTERNAL_BROAD,
        review_status=ReviewStatus.ASSESSING,
        target_date=target_date,
        as_of=None,
        note="",
        source="",
        origin=Origin.ENTERED,
        cloned_from=None,
        holders={LaunchRoleName.LAUNCH_OWNER: owner},
        version=1,
    )


def a_risk(number: int = 1, launch: str = "gpt-x") -> RiskRecord:
    return RiskRecord(
        ref=f"{launch}/R-{number}",
        launch=launch,
        number=number,
        title=f"Risk {number}",
        scenario="Something goes wrong.",
        area="self_harm",
        touches=(),
        tags=(),
        owner=None,
        due=None,
        source="",
        note="",
        origin=Origin.ENTERED,
        status=RiskStatus.OPEN,
        close_reason=None,
        close_note="",
        duplicate_of=None,
        closure_asked_by=None,
        closure_confirmed_by=None,
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
        version=1,
    )


def an_assessment(
    numbers: Sequence[int] = (3, 3, 3, 3, 3),
    assessor: str = "ben",
    grade: EvidenceGrade = EvidenceGrade.B,
    submitted_at: datetime = datetime(2026, 11, 10, tzinfo=UTC),
    id_: int = 1,
) -> AssessmentRecord:
    """An assessment of the launch of `a_launch` as it stands."""
    return AssessmentRecord(
        id=id_,
        risk="gpt-x/R-1",
        assessor=assessor,
        picks=picks(numbers),
        grade=grade,
        reasons={},
        rationale="because",
        model_version="x-1",
        configuration="chat",
        exposure_stage=ExposureStage.GENERAL_AVAILABILITY,
        submitted_at=submitted_at,
        confirms=None,
        origin=Origin.ENTERED,
    )


def a_mitigation(number: int = 1, mechanism: Mechanism = Mechanism.PREVENT) -> MitigationRecord:
    return MitigationRecord(
        ref=f"M-{number}",
        number=number,
        title=f"Mitigation {number}",
        summary="",
        mechanism=mechanism,
        layer=Layer.SYSTEM,
        owner="ben",
        team=None,
        duration=None,
        efforts={},
        source="",
        origin=Origin.ENTERED,
        version=1,
    )


def a_placement(
    status: MitigationStatus = MitigationStatus.VERIFIED, mitigation: str = "M-1"
) -> PlacementRecord:
    return PlacementRecord(mitigation, "gpt-x", status, False, None, Origin.ENTERED, 1)


def an_effect(best: float = 0.8, low: float = 0.5, mitigation: str = "M-1") -> EffectRecord:
    return EffectRecord(
        mitigation, "gpt-x/R-1", min(low, best), best, best, False, "", Origin.ENTERED
    )


def a_verification(
    share: float | None = 0.5, kind: VerificationKind = VerificationKind.IN_PLACE
) -> VerificationRecord:
    """A verification of the launch of `a_launch` as it stands, by Cleo."""
    return VerificationRecord(
        id=1,
        mitigation="M-1",
        launch="gpt-x",
        risk="gpt-x/R-1",
        kind=kind,
        share=share,
        evidence="report",
        verified_by="cleo",
        verified_on=date(2026, 11, 12),
        model_version="x-1",
        configuration="chat",
        exposure_stage=ExposureStage.GENERAL_AVAILABILITY,
        origin=Origin.ENTERED,
    )


def verified(
    share: float, number: int = 1, mechanism: Mechanism = Mechanism.PREVENT
) -> MitigationInputs:
    """A mitigation whose measured share counts today."""
    ref = f"M-{number}"
    return MitigationInputs(
        mitigation=a_mitigation(number, mechanism),
        placement=a_placement(mitigation=ref),
        effect=an_effect(share, share, ref),
        verification=a_verification(share, VerificationKind.EFFECT_MEASURED),
    )


def planned(
    best: float, number: int = 1, mechanism: Mechanism = Mechanism.PREVENT
) -> MitigationInputs:
    """A mitigation that only the projected view counts."""
    ref = f"M-{number}"
    return MitigationInputs(
        mitigation=a_mitigation(number, mechanism),
        placement=a_placement(MitigationStatus.PLANNED, ref),
        effect=an_effect(best, best, ref),
        verification=None,
    )


def risk_inputs(
    *assessments: AssessmentRecord,
    mitigations: tuple[MitigationInputs, ...] = (),
    number: int = 1,
    launch: LaunchRecord | None = None,
) -> RiskInputs:
    launch = launch or a_launch()
    return RiskInputs(a_risk(number, launch.key), launch, assessments, mitigations)
