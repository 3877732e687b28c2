"""Who may accept what is left of a risk, and for how long."""

from dataclasses import replace

import pytest

from tests.cast import ADA, BEN, GIL, NOW, TODAY
from tracker.domain.records import LaunchRecord, PersonRecord, RiskRecord
from tracker.domain.words import ExposureStage, LaunchRoleName, Level, Origin, ReviewStatus, Role
from tracker.domain.words import RiskStatus as Status
from tracker.readiness.authority import (
    ACCEPTANCE_DAYS,
    Signature,
    signature_of,
    signatures_for,
)

ASSESSED = [Level.VERY_LOW, Level.LOW, Level.MODERATE, Level.HIGH]
LAUNCH = LaunchRecord(
    key="aurora-1",
    name="Aurora",
    summary="",
    developer="",
    model_version="v1",
    configuration="as shipped",
    surfaces="",
    exposure_asked=ExposureStage.STAGED_ROLLOUT,
    exposure_now=ExposureStage.NONE,
    review_status=ReviewStatus.DRAFT,
    target_date=TODAY,
    as_of=None,
    note="",
    source="",
    origin=Origin.ENTERED,
    cloned_from=None,
    holders={
        LaunchRoleName.LAUNCH_OWNER: "ada",
        LaunchRoleName.RESPONSIBLE_OFFICER: "eli",
        LaunchRoleName.APPROVER: "fay",
    },
    version=1,
)
RISK = RiskRecord(
    ref="aurora-1/R-1",
    launch="aurora-1",
    number=1,
    title="Fraud",
    scenario="Somebody is defrauded.",
    area="fraud_scams",
    touches=("privacy",),
    tags=(),
    owner=None,
    due=None,
    source="",
    note="",
    origin=Origin.ENTERED,
    status=Status.OPEN,
    close_reason=None,
    close_note="",
    duplicate_of=None,
    closure_asked_by=None,
    closure_confirmed_by=None,
    created_at=NOW,
    version=1,
)


def somebody(key: str, *roles: Role, leads: tuple[str, ...] = ()) -> PersonRecord:
    return PersonRecord(key, key.title(), frozenset(roles), leads, active=True)


EVERY_ROLE = (*Role,)
LEAD = replace(GIL.person, leads=("fraud_scams",))


def signature(person: PersonRecord, level: Level) -> Signature | None:
    return signature_of(person, level, RISK, LAUNCH)


def test_the_higher_the_level_the_shorter_it_is_accepted_and_critical_by_nobody():
    assert [ACCEPTANCE_DAYS[level] for level in ASSESSED] == [365, 365, 180, 90]
    assert Level.CRITICAL not in ACCEPTANCE_DAYS
    assert Level.UNASSESSED not in ACCEPTANCE_DAYS


@pytest.mark.parametrize("level", [Level.CRITICAL, Level.UNASSESSED])
def test_nobody_signs_for_critical_or_unassessed(level):
    assert signatures_for(level) == ()
    for key in ("ada", "ben", "eli", "fay"):
        assert signature(somebody(key, *EVERY_ROLE, leads=("fraud_scams",)), level) is None


@pytest.mark.parametrize("level", [Level.VERY_LOW, Level.LOW])
def test_the_lead_of_the_primary_area_accepts_up_to_low(level):
    assert signatures_for(level) == (Signature.LEAD,)
    assert signature(LEAD, level) is Signature.LEAD
    assert signature(replace(LEAD, leads=("privacy",)), level) is None
    assert signature(somebody("gil", Role.POLICY_LEAD, leads=("fraud_scams",)), level) is None


def test_the_policy_lead_accepts_moderate():
    assert signatures_for(Level.MODERATE) == (Signature.LEAD,)
    assert signature(BEN.person, Level.MODERATE) is Signature.LEAD
    assert signature(LEAD, Level.MODERATE) is None


def test_officer_and_approver_of_the_launch_accept_high_together():
    assert signatures_for(Level.HIGH) == (Signature.OFFICER, Signature.APPROVER)
    assert signature(somebody("eli", Role.ASSESSOR), Level.HIGH) is Signature.OFFICER
    assert signature(somebody("fay", Role.MITIGATION_OWNER), Level.HIGH) is Signature.APPROVER
    assert signature(somebody("ben", Role.POLICY_LEAD, Role.APPROVER), Level.HIGH) is None


def test_the_launch_owner_signs_nothing_above_low():
    owner = replace(ADA.person, roles=frozenset(Role), leads=("fraud_scams",))
    assert signature(owner, Level.LOW) is Signature.LEAD
    assert [signature(owner, level) for level in (Level.MODERATE, Level.HIGH)] == [None, None]
