"""Rows of a small launch: Ada owns it, Ben and Cleo assess, Dan delivers."""

from datetime import UTC, date, datetime

from tests.scoring.builders import picks
from tracker.domain.changes import ChangeLine
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PersonRecord,
    PlacementRecord,
    PolicyAreaRecord,
    RiskRecord,
    ScopeRecord,
    TeamRecord,
    VerificationRecord,
)
from tracker.domain.words import (
    Applicability,
    CloseReason,
    EvidenceGrade,
    ExposureStage,
    Factor,
    GateType,
    LaunchRoleName,
    Layer,
    Mechanism,
    MitigationStatus,
    Origin,
    ReviewStatus,
    RiskStatus,
    Role,
    VerificationKind,
)

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = "aurora-2026"
STAGE = ExposureStage.LIMITED_PREVIEW
SHOWN = Origin.ILLUSTRATIVE

LAUNCH = LaunchRecord(
    key=KEY,
    name="Aurora 2",
    summary="A chat model with vision.",
    developer="Example Lab",
    model_version="aurora-2.1",
    configuration="chat with images",
    surfaces="web, phone",
    exposure_asked=STAGE,
    exposure_now=ExposureStage.INTERNAL_BROAD,
    review_status=ReviewStatus.ASSESSING,
    target_date=date(2026, 12, 1),
    as_of=None,
    note="",
    source="Aurora 2 system card, section 1",
    origin=Origin.PUBLISHED,
    cloned_from=None,
    holders={
        LaunchRoleName.LAUNCH_OWNER: "ada",
        LaunchRoleName.RESPONSIBLE_OFFICER: "eli",
        LaunchRoleName.APPROVER: "fay",
    },
    version=1,
)

TEAMS = {"safety": TeamRecord("safety", "Safety", 3, 40.0)}


def a_person(key: str, *roles: Role) -> PersonRecord:
    return PersonRecord(key, key.capitalize(), frozenset(roles), (), True)


PEOPLE = {
    "ada": a_person("ada", Role.POLICY_LEAD),
    "ben": a_person("ben", Role.ASSESSOR),
    "cleo": a_person("cleo", Role.ASSESSOR),
    "dan": a_person("dan", Role.MITIGATION_OWNER),
    "eli": a_person("eli"),
    "fay": a_person("fay"),
}


def an_area(code: str, family: str, gate: GateType, position: int) -> PolicyAreaRecord:
    name = code.replace("_", " ").capitalize()
    return PolicyAreaRecord(
        code, name, family, f"Family {family}", gate, f"About {name}.", position
    )


AREAS = (
    an_area("self_harm", "F1", GateType.EVAL, 1),
    an_area("privacy", "F2", GateType.EVAL, 2),
    an_area("bio_uplift", "F3", GateType.THRESHOLD, 3),
    an_area("child_safety", "F1", GateType.ZERO_TOLERANCE, 4),
    an_area("elections", "F2", GateType.REVIEW, 5),
)


def a_scope(area: str, applicability: Applicability, reason: str = "") -> ScopeRecord:
    confirmed = "ben" if applicability is not Applicability.IN_SCOPE else None
    return ScopeRecord(KEY, area, applicability, reason, "ada", confirmed, SHOWN, 1)


SCOPES = (
    a_scope("self_harm", Applicability.IN_SCOPE),
    a_scope("privacy", Applicability.IN_SCOPE),
    a_scope("bio_uplift", Applicability.IN_SCOPE),
    a_scope("child_safety", Applicability.NOT_APPLICABLE, "No surface that children reach."),
)


def a_risk(number: int, title: str, area: str, owner: str | None = "dan") -> RiskRecord:
    return RiskRecord(
        ref=f"{KEY}/R-{number}",
        launch=KEY,
        number=number,
        title=title,
        scenario=f"Somebody uses the model so that {title.lower()} follows.",
        area=area,
        touches=(),
        tags=(("nist_600_1", "GAI-2"),),
        owner=owner,
        due=date(2026, 11, 27),
        source="Aurora 2 system card, section 3.2",
        note="",
        origin=Origin.PUBLISHED,
        status=RiskStatus.OPEN,
        close_reason=None,
        close_note="",
        duplicate_of=None,
        closure_asked_by=None,
        closure_confirmed_by=None,
        created_at=datetime(2026, 11, 2, tzinfo=UTC),
        version=1,
    )


def closed(risk: RiskRecord) -> dict[str, object]:
    return {
        "status": RiskStatus.CLOSED,
        "close_reason": CloseReason.DUPLICATE,
        "close_note": f"Says the same as {risk.short_ref}.",
        "duplicate_of": risk.ref,
        "closure_asked_by": "ada",
        "closure_confirmed_by": "ben",
    }


def judged(
    risk: RiskRecord,
    numbers: tuple[int, int, int, int, int],
    assessor: str = "ben",
    grade: EvidenceGrade = EvidenceGrade.C,
    version: str = LAUNCH.model_version,
) -> AssessmentRecord:
    """One assessment with a reason for each pick of 4 or 5."""
    chosen = picks(numbers)
    high = {factor: f"seen in tests of {factor}" for factor in Factor if chosen.of(factor) > 3}
    return AssessmentRecord(
        id=risk.number * 10 + len(assessor),
        risk=risk.ref,
        assessor=assessor,
        picks=chosen,
        grade=grade,
        reasons=high,
        rationale="Read from the card.",
        model_version=version,
        configuration=LAUNCH.configuration,
        exposure_stage=STAGE,
        submitted_at=datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
        confirms=None,
        origin=SHOWN,
    )


def a_mitigation(number: int, title: str, mechanism: Mechanism) -> MitigationRecord:
    return MitigationRecord(
        ref=f"M-{number}",
        number=number,
        title=title,
        summary="",
        mechanism=mechanism,
        layer=Layer.SYSTEM,
        owner="dan",
        team="safety",
        duration=(2.0, 5.0, 9.0),
        efforts={"safety": 4.0},
        source="Aurora 2 system card, section 4",
        origin=Origin.PUBLISHED,
        version=1,
    )


def a_placement(ref: str, status: MitigationStatus, mandatory: bool = False) -> PlacementRecord:
    return PlacementRecord(ref, KEY, status, mandatory, date(2026, 11, 28), SHOWN, 1)


def an_effect(ref: str, risk: RiskRecord, best: float) -> EffectRecord:
    return EffectRecord(ref, risk.ref, best / 2, best, best, False, "judgement", SHOWN)


def a_check(ref: str, risk: RiskRecord, share: float) -> VerificationRecord:
    return VerificationRecord(
        id=1,
        mitigation=ref,
        launch=KEY,
        risk=risk.ref,
        kind=VerificationKind.EFFECT_MEASURED,
        share=share,
        evidence="Red-team report 7.",
        verified_by="cleo",
        verified_on=date(2026, 11, 15),
        model_version=LAUNCH.model_version,
        configuration=LAUNCH.configuration,
        exposure_stage=STAGE,
        origin=SHOWN,
    )


def a_change(seq: int, action: str, subject: str, reason: str) -> ChangeLine:
    return ChangeLine(
        seq=seq,
        at=datetime(2026, 11, 19, 16, seq, tzinfo=UTC),
        actor="ada",
        actor_name="Ada",
        authenticated=False,
        action=action,
        entity="risk",
        subject=subject,
        launch=KEY,
        fields={"title": ("Old title", "New title"), "due": (None, "2026-11-27")},
        reason=reason,
        previous_hash=f"{seq - 1:064x}",
        hash=f"{seq:064x}",
        first_seq=seq,
    )


CHANGES = (
    a_change(2, "change", f"{KEY}/R-2", "The card says more."),
    a_change(1, "create", f"{KEY}/R-1", ""),
)
