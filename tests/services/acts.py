"""Acts of the cast, and states as the services see them."""

from itertools import count

from tests.cast import NOW, TODAY
from tests.factories import AURORA
from tracker.domain.drafts import AssessmentSubmission, LaunchDraft, PicksDraft, RiskDraft
from tracker.domain.records import Actor
from tracker.domain.state import LaunchState, MitigationState, RiskState
from tracker.domain.words import EvidenceGrade, ExposureStage
from tracker.readers.profile import packaged_profile
from tracker.services.act import Act
from tracker.services.launch_state import launch_state
from tracker.services.verification import Looked
from tracker.store.engine import Store

_numbers = count(1)


def act(actor: Actor, reason: str = "", request_id: str | None = None) -> Act:
    """An act with a request id of its own unless given."""
    return Act(actor, NOW, request_id or f"request-{next(_numbers)}", reason)


def state(store: Store, launch: str = AURORA) -> LaunchState:
    """The launch as it is now."""
    return launch_state(store, packaged_profile(), TODAY, launch)


def risk_state(store: Store, ref: str) -> RiskState:
    """One risk as it is now."""
    launch = state(store, ref.split("/")[0])
    return next(risk for risk in launch.risks if risk.ref == ref)


def mitigation_state(store: Store, ref: str, launch: str = AURORA) -> MitigationState:
    """One mitigation of a launch as it is now."""
    return next(item for item in state(store, launch).mitigations if item.mitigation.ref == ref)


def looked(store: Store, version: int, launch: str = AURORA) -> Looked:
    """What somebody looks at who verifies a mitigation now."""
    return Looked(version, state(store, launch).launch.release)


def a_launch_draft(key: str = "borealis-1", **fields: object) -> LaunchDraft:
    """A launch that Ada may register."""
    values: dict[str, object] = {
        "key": key,
        "name": key.title(),
        "model_version": "v1",
        "configuration": "as shipped",
        "exposure_asked": ExposureStage.STAGED_ROLLOUT,
        "exposure_now": ExposureStage.NONE,
        "target_date": TODAY.replace(month=12),
        "owner": "ada",
    }
    return LaunchDraft.model_validate(values | fields)


def a_risk_draft(**fields: object) -> RiskDraft:
    """A risk that Dana may enter."""
    values: dict[str, object] = {
        "title": "Voice of a relative is cloned",
        "scenario": "A scammer clones a voice and calls the family.",
        "area": "fraud_scams",
    }
    return RiskDraft.model_validate(values | fields)


def a_submission(
    picks: tuple[int, int, int, int, int] = (3, 3, 3, 3, 3),
    grade: EvidenceGrade = EvidenceGrade.B,
) -> AssessmentSubmission:
    """A complete assessment with one rationale for all its picks."""
    likelihood, severity, exposure, reversibility, business_impact = picks
    return AssessmentSubmission(
        picks=PicksDraft(
            likelihood=likelihood,
            severity=severity,
            exposure=exposure,
            reversibility=reversibility,
            business_impact=business_impact,
        ),
        grade=grade,
        rationale="Seen in the pilot.",
    )
