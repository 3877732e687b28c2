"""Things in a register, by the state that a test is about; each returns its reference.

All are written through the store, under the name of somebody of the cast, at a fixed moment.
Fields that a test does not name are ordinary.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.cast import ADA, BEN, DANA, FAY, NOW
from tracker.domain.records import Actor
from tracker.domain.words import (
    Applicability,
    CloseReason,
    EvidenceGrade,
    ExposureStage,
    Factor,
    LaunchRoleName,
    Layer,
    Mechanism,
    MitigationStatus,
    RiskStatus,
    VerificationKind,
)
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.tables import (
    Assessment,
    Launch,
    LaunchMitigation,
    LaunchRole,
    LaunchScope,
    Mitigation,
    MitigationEffect,
    MitigationEffort,
    MitigationVerification,
    Risk,
    RiskArea,
    RiskTag,
    mitigation_ref,
    risk_ref,
)
from tracker.store.writes import next_mitigation_number, next_risk_number

Shares = tuple[float, float, float]

AURORA = "aurora-1"
EVEN_PICKS = (3, 3, 3, 3, 3)


def stamp(actor: Actor = ADA, action: str = "set the scene", at: datetime = NOW) -> Stamp:
    """Return a stamp for a write that a test makes itself."""
    return Stamp(actor, action, at=at)


def a_launch(store: Store, key: str = AURORA, *, owner: str = "ada", **fields: Any) -> str:
    """A launch that asks for a staged rollout in thirty days."""
    values: dict[str, Any] = {
        "name": key.replace("-", " ").title(),
        "model_version": "v1",
        "configuration": "as shipped",
        "exposure_asked": ExposureStage.STAGED_ROLLOUT,
        "exposure_now": ExposureStage.NONE,
        "target_date": NOW.date() + timedelta(days=30),
    }
    with store.writing(stamp()) as session:
        session.add(Launch(key=key, **(values | fields)))
        session.add(LaunchRole(launch=key, role=LaunchRoleName.LAUNCH_OWNER, person=owner))
    return key


def a_scope(
    store: Store,
    launch: str = AURORA,
    area: str = "fraud_scams",
    applicability: Applicability = Applicability.IN_SCOPE,
    **fields: Any,
) -> str:
    """A decision about a policy area, made by Ben and not confirmed."""
    values: dict[str, Any] = {"decided_by": "ben"}
    with store.writing(stamp(BEN)) as session:
        session.add(
            LaunchScope(launch=launch, area=area, applicability=applicability, **(values | fields))
        )
    return area


def a_risk(
    store: Store,
    launch: str = AURORA,
    *,
    touches: tuple[str, ...] = (),
    tags: tuple[tuple[str, str], ...] = (),
    **fields: Any,
) -> str:
    """An open risk that nobody has assessed, the next of its launch."""
    with store.writing(stamp()) as session:
        number = next_risk_number(session, launch)
        ref = risk_ref(launch, number)
        values: dict[str, Any] = {
            "title": f"Risk {number}",
            "scenario": "Somebody does something that harms somebody.",
            "area": "fraud_scams",
            "created_at": NOW,
        }
        session.add(Risk(ref=ref, launch=launch, number=number, **(values | fields)))
        session.add_all(RiskArea(risk=ref, area=area) for area in touches)
        session.add_all(RiskTag(risk=ref, taxonomy=kind, code=code) for kind, code in tags)
    return ref


def a_closed_risk(store: Store, launch: str = AURORA, **fields: Any) -> str:
    """A risk that Ada asked to close and Ben confirmed cannot occur."""
    closed: dict[str, Any] = {
        "status": RiskStatus.CLOSED,
        "close_reason": CloseReason.CANNOT_OCCUR,
        "close_note": "The feature was dropped.",
        "closure_asked_by": "ada",
        "closure_confirmed_by": "ben",
    }
    return a_risk(store, launch, **(closed | fields))


def an_assessment(
    store: Store,
    risk: str,
    assessor: Actor = DANA,
    picks: tuple[int, int, int, int, int] = EVEN_PICKS,
    *,
    at: datetime = NOW,
    **fields: Any,
) -> int:
    """An assessment about the launch as it is; picks in the order of `Factor`."""
    with store.writing(stamp(assessor, "assess a risk", at)) as session:
        launch = session.get_one(Launch, session.get_one(Risk, risk).launch)
        values: dict[str, Any] = {
            "grade": EvidenceGrade.C,
            "model_version": launch.model_version,
            "configuration": launch.configuration,
            "exposure_stage": launch.exposure_asked,
        }
        values |= {factor.value: pick for factor, pick in zip(Factor, picks, strict=True)}
        row = Assessment(risk=risk, assessor=assessor.key, submitted_at=at, **(values | fields))
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def a_mitigation(
    store: Store,
    shares: Mapping[str, Shares] | None = None,
    *,
    introduces: tuple[str, ...] = (),
    efforts: Mapping[str, float] | None = None,
    **fields: Any,
) -> str:
    """A mitigation that Fay owns, on no launch yet; `shares` are low, best and high by risk."""
    with store.writing(stamp(FAY)) as session:
        number = next_mitigation_number(session)
        ref = mitigation_ref(number)
        values: dict[str, Any] = {
            "title": f"Mitigation {number}",
            "mechanism": Mechanism.PREVENT,
            "layer": Layer.SYSTEM,
            "owner": "fay",
        }
        session.add(Mitigation(ref=ref, number=number, **(values | fields)))
        session.add_all(
            MitigationEffect(mitigation=ref, risk=risk, low=low, best=best, high=high)
            for risk, (low, best, high) in (shares or {}).items()
        )
        session.add_all(
            MitigationEffect(mitigation=ref, risk=risk, introduces=True) for risk in introduces
        )
        session.add_all(
            MitigationEffort(mitigation=ref, team=team, days=days)
            for team, days in (efforts or {}).items()
        )
    return ref


def a_placement(
    store: Store,
    mitigation: str,
    launch: str = AURORA,
    status: MitigationStatus = MitigationStatus.PLANNED,
    **fields: Any,
) -> str:
    """A mitigation put on a launch, planned there unless said otherwise."""
    with store.writing(stamp(FAY)) as session:
        session.add(LaunchMitigation(mitigation=mitigation, launch=launch, status=status, **fields))
    return mitigation


def a_verification(
    store: Store,
    mitigation: str,
    risk: str | None,
    share: float | None,
    *,
    launch: str = AURORA,
    kind: VerificationKind = VerificationKind.IN_PLACE,
    **fields: Any,
) -> int:
    """A verification by Ben about the launch as it is; the placement's status stays."""
    with store.writing(stamp(BEN, "verify a mitigation")) as session:
        about = session.get_one(Launch, launch)
        values: dict[str, Any] = {
            "evidence": "Ran it and looked.",
            "verified_by": "ben",
            "verified_on": NOW.date(),
            "model_version": about.model_version,
            "configuration": about.configuration,
            "exposure_stage": about.exposure_asked,
        }
        row = MitigationVerification(
            mitigation=mitigation,
            launch=launch,
            risk=risk,
            kind=kind,
            share=share,
            **(values | fields),
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id
