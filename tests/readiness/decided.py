"""Acceptances, conditions, decisions and steps of exposure, made by hand; the rest is ordinary."""

from datetime import timedelta
from typing import Any

from tests.readiness.gates import APPROVER, OFFICER, SECOND, moment
from tests.readiness.launches import LAUNCH, TODAY
from tracker.domain.records import PersonRecord
from tracker.domain.review_words import ConditionState, ExposureStep, Outcome
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
)
from tracker.domain.words import ExposureStage, Level, Origin, Role, Verdict

LEAD, POLICY_LEAD, REVIEWER = "lena", "pia", "rob"


def a_person(key: str, *roles: Role, leads: tuple[str, ...] = (), **fields: Any) -> PersonRecord:
    """Somebody active, named after their key."""
    values: dict[str, Any] = {
        "key": key,
        "name": key.title(),
        "roles": frozenset(roles),
        "leads": leads,
        "active": True,
    }
    return PersonRecord(**(values | fields))


def an_acceptance(risk: str = "launch/R-1", number: int = 1, **fields: Any) -> AcceptanceRecord:
    """A High of 6.5 points, accepted yesterday by officer and approver for another month."""
    values: dict[str, Any] = {
        "ref": f"launch/A-{number}",
        "launch": "launch",
        "number": number,
        "risk": risk,
        "level": Level.HIGH.value,
        "harm_score": 6.5,
        "justification": "the layers behind it were tried",
        "fails_if": ("a jailbreak stays open for a week",),
        "compensating": (),
        "until": TODAY + timedelta(days=30),
        "requested_by": SECOND,
        "requested_at": moment(1),
        "lead": None,
        "officer": OFFICER,
        "approver": APPROVER,
        "fired_on": None,
        "ended_by": None,
        "ended_because": "",
        "origin": Origin.ENTERED,
        "version": 1,
    }
    return AcceptanceRecord(**(values | LAUNCH.release._asdict() | fields))


def a_condition(number: int = 1, **fields: Any) -> ConditionRecord:
    """An open condition of the first decision, due in a month, that blocks nothing."""
    values: dict[str, Any] = {
        "ref": f"launch/C-{number}",
        "launch": "launch",
        "number": number,
        "text": "Watch the abuse reports",
        "test": "Four weekly reports are on record.",
        "owner": "dana",
        "due": TODAY + timedelta(days=30),
        "blocking": False,
        "raised_by": OFFICER,
        "raised_at": moment(1),
        "review": "launch/REV-1",
        "decision": "launch/D-1",
        "state": ConditionState.OPEN,
        "settled_by": None,
        "settled_on": None,
        "settled_because": "",
        "origin": Origin.ENTERED,
        "version": 1,
    }
    return ConditionRecord(**(values | fields))


def met(by: str = SECOND, number: int = 1, **fields: Any) -> ConditionRecord:
    """The same condition, said to be met."""
    settled = {"state": ConditionState.MET, "settled_by": by, "settled_on": TODAY}
    return a_condition(number, **(settled | fields))


def a_decision(number: int = 1, **fields: Any) -> DecisionRecord:
    """A go of yesterday for the release that the launch asks for, good for another 100 days."""
    values: dict[str, Any] = {
        "ref": f"launch/D-{number}",
        "launch": "launch",
        "number": number,
        "review": f"launch/REV-{number}",
        "snapshot": f"launch/S-{number}",
        "outcome": Outcome.GO,
        "until": TODAY + timedelta(days=100),
        "reason": "nothing holds it",
        "benefits": "",
        "gate_result": Verdict.READY,
        "recommended": Outcome.GO,
        "override_reason": "",
        "decided_by": APPROVER,
        "decided_at": moment(1),
        "authenticated": True,
        "origin": Origin.ENTERED,
    }
    against = {"exposure_stage": ExposureStage.NONE, "until": None}
    nothing_out = {} if fields.get("outcome", Outcome.GO).lets_out else against
    return DecisionRecord(**(values | LAUNCH.release._asdict() | nothing_out | fields))


def an_exposure(after: ExposureStage = LAUNCH.exposure_asked, **fields: Any) -> ExposureRecord:
    """A step of today to a stage that the first decision covered."""
    values: dict[str, Any] = {
        "id": 1,
        "launch": "launch",
        "step": ExposureStep.EXPOSE,
        "before": ExposureStage.NONE,
        "after": after,
        "model_version": LAUNCH.model_version,
        "configuration": LAUNCH.configuration,
        "decision": "launch/D-1",
        "covered": True,
        "reason": "",
        "recorded_by": "ada",
        "recorded_at": moment(0),
        "origin": Origin.ENTERED,
    }
    return ExposureRecord(**(values | fields))
