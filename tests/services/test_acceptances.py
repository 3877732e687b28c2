"""Accepting what is left of a risk for a time: asked for, signed by level, ended, failed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.cast import ADA, BEN, CLEO, DANA, ELI, FAY, GIL, HANA, TODAY
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
    stamp,
)
from tests.services.acts import act, risk_state, state
from tests.services.evidence_files import a_reviewed_launch, as_role, known
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.review_state import AcceptanceStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.words import LaunchRoleName, Level, MitigationStatus, ReasonCode, Role
from tracker.readers.profile import packaged_profile
from tracker.services.acceptances import (
    SeenRisk,
    ask_acceptance,
    end_acceptance,
    report_failure,
    sign_acceptance,
)
from tracker.services.history import history
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Launch, LaunchRole, PersonArea

PROFILE = packaged_profile()
R1, A1 = f"{AURORA}/R-1", f"{AURORA}/A-1"
PICKS = {
    Level.LOW: (3, 2, 3, 2, 3),
    Level.MODERATE: (4, 2, 4, 2, 1),
    Level.HIGH: (3, 4, 3, 3, 3),
    Level.CRITICAL: (5, 5, 5, 5, 5),
}
FIRED = "Complaints doubled on 4 March."


def a_draft(**fields) -> AcceptanceDraft:
    values = {
        "justification": "What is left is small beside the good that it does.",
        "fails_if": ("Complaints double within a week.",),
        "until": TODAY + timedelta(days=60),
    }
    return AcceptanceDraft(**(values | fields))


def a_risk_at(store: Store, level: Level) -> str:
    """A risk on a launch with officer and approver; Gil leads its area."""
    a_reviewed_launch(store)
    with store.writing(stamp()) as session:
        session.add(PersonArea(person="gil", area="fraud_scams"))
    ref = a_risk(store)
    an_assessment(store, ref, DANA, PICKS[level])
    assert risk_state(store, ref).current.level is level
    return ref


def asked(store: Store, actor=BEN, **fields) -> str:
    return ask_acceptance(store, act(actor), PROFILE, R1, a_draft(**fields))


def sign(store: Store, actor, version: int = 1) -> None:
    sign_acceptance(store, act(actor), PROFILE, A1, version)


def the_acceptance(store: Store, ref: str = A1) -> AcceptanceRecord:
    with store.reading() as session:
        return queries.get_acceptance(session, ref)


def status(store: Store) -> AcceptanceStatus:
    (found,) = state(store).acceptances
    return found


def reasons(store: Store) -> set[ReasonCode]:
    return {reason.code for reason in state(store).reasons if reason.subject == R1}


def test_an_acceptance_is_bound_to_level_score_and_release_as_they_are(store):
    risk = a_risk_at(store, Level.HIGH)
    assert asked(store) == A1
    found = the_acceptance(store)
    assert (found.risk, found.level) == (risk, "High")
    assert found.harm_score == risk_state(store, risk).current.harm_score
    assert found.release == state(store).launch.release
    assert (found.requested_by, found.lead, found.officer, found.approver) == ("ben", *[None] * 3)
    assert history(store, subject=A1, limit=1)[0].reason == found.justification


def test_a_high_counts_once_officer_and_approver_have_signed(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    assert status(store).state is AcceptanceState.ASKED
    sign(store, ELI)
    assert status(store).state is AcceptanceState.ASKED
    assert ReasonCode.HIGH_NOT_ACCEPTED in reasons(store)
    sign(store, FAY, 2)
    assert status(store).state is AcceptanceState.IN_FORCE
    assert ReasonCode.HIGH_NOT_ACCEPTED not in reasons(store)
    assert ReasonCode.HIGH_ACCEPTED in reasons(store)


@pytest.mark.parametrize(
    ("level", "signer", "others"),
    [
        (Level.LOW, GIL, (HANA, DANA, ELI, FAY, CLEO)),
        (Level.MODERATE, BEN, (GIL, HANA, DANA, ELI, FAY, CLEO)),
    ],
)
def test_a_lower_level_needs_the_one_signature_that_it_asks_for(store, level, signer, others):
    a_risk_at(store, level)
    asked(store, ADA)
    for other in others:
        with pytest.raises(NotPermitted):
            sign(store, other)
    sign(store, signer)
    assert the_acceptance(store).lead == signer.key
    assert status(store).state is AcceptanceState.IN_FORCE


@pytest.mark.parametrize("actor", [BEN, CLEO, DANA, GIL, HANA])
def test_a_high_is_signed_by_officer_and_approver_of_the_launch_alone(store, actor):
    a_risk_at(store, Level.HIGH)
    asked(store, ADA)
    with pytest.raises(NotPermitted):
        sign(store, actor)
    assert the_acceptance(store).version == 1


def test_an_area_lead_of_another_area_does_not_accept(store):
    a_risk_at(store, Level.LOW)
    with store.writing(stamp()) as session:
        session.delete(session.get_one(PersonArea, ("gil", "fraud_scams")))
        session.add(PersonArea(person="gil", area="privacy"))
    asked(store)
    with pytest.raises(NotPermitted, match="fraud_scams"):
        sign(store, GIL)


def test_who_asks_does_not_sign(store):
    a_risk_at(store, Level.MODERATE)
    asked(store, BEN)
    with pytest.raises(SelfApproval, match="asked for this acceptance"):
        sign(store, BEN)


def test_the_owner_of_the_launch_signs_nothing_above_low(store):
    a_risk_at(store, Level.MODERATE)
    owner = known(store, as_role(ADA, Role.POLICY_LEAD))
    asked(store, GIL)
    with pytest.raises(SelfApproval, match="owns"):
        sign(store, owner)


def test_the_owner_of_the_launch_signs_low_where_they_lead_the_area(store):
    a_risk_at(store, Level.LOW)
    with store.writing(stamp()) as session:
        session.add(PersonArea(person="ada", area="fraud_scams"))
    owner = known(store, as_role(ADA, Role.AREA_LEAD))
    asked(store, GIL)
    sign(store, owner)
    assert status(store).state is AcceptanceState.IN_FORCE


def test_critical_is_accepted_by_nobody(store):
    a_risk_at(store, Level.CRITICAL)
    with pytest.raises(RuleViolation, match="Critical, which nobody may accept"):
        asked(store)


def test_unknown_is_not_accepted(store):
    a_reviewed_launch(store)
    a_risk(store)
    with pytest.raises(RuleViolation, match="UNASSESSED, which nobody may accept"):
        asked(store)


def test_an_outdated_or_closed_risk_is_not_accepted(store):
    a_risk_at(store, Level.MODERATE)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    with pytest.raises(RuleViolation, match="another model version"):
        asked(store)
    closed = a_closed_risk(store)
    with pytest.raises(RuleViolation, match="closed"):
        ask_acceptance(store, act(BEN), PROFILE, closed, a_draft())


@pytest.mark.parametrize(
    ("level", "days"), [(Level.LOW, 365), (Level.MODERATE, 180), (Level.HIGH, 90)]
)
def test_an_acceptance_lasts_no_longer_than_its_level_allows(store, level, days):
    a_risk_at(store, level)
    with pytest.raises(InvalidInput, match=f"at most {days} days"):
        asked(store, until=TODAY + timedelta(days=days + 1))
    asked(store, until=TODAY + timedelta(days=days))


@pytest.mark.parametrize("days", [0, -1])
def test_an_acceptance_ends_in_the_future(store, days):
    a_risk_at(store, Level.LOW)
    with pytest.raises(InvalidInput, match="not in the future"):
        asked(store, until=TODAY + timedelta(days=days))


def test_only_verified_mitigations_compensate(store):
    risk = a_risk_at(store, Level.MODERATE)
    planned, verified = a_mitigation(store), a_mitigation(store, {risk: (0.1, 0.2, 0.3)})
    a_placement(store, planned)
    a_placement(store, verified, status=MitigationStatus.VERIFIED)
    a_verification(store, verified, None, None)
    with pytest.raises(InvalidInput, match=f"not verified on this launch.*{planned}"):
        asked(store, compensating=(verified, planned))
    asked(store, compensating=(verified,))
    assert the_acceptance(store).compensating == (verified,)


def test_a_risk_has_one_acceptance_at_a_time(store):
    a_risk_at(store, Level.MODERATE)
    asked(store, ADA)
    with pytest.raises(RuleViolation, match="asked already"):
        asked(store, ADA)
    sign(store, BEN)
    with pytest.raises(RuleViolation, match="in force already"):
        asked(store, ADA)
    end_acceptance(store, act(BEN, "Better ask for less."), A1, 2)
    assert asked(store, ADA) == f"{AURORA}/A-2"
    with pytest.raises(RuleViolation, match="A later acceptance"):
        sign(store, BEN, 3)


@pytest.mark.parametrize("actor", [CLEO, DANA, HANA])
def test_who_has_no_duty_for_it_asks_for_no_acceptance(store, actor):
    a_risk_at(store, Level.MODERATE)
    with pytest.raises(NotPermitted):
        asked(store, actor)


def test_what_changed_since_somebody_looked_is_not_accepted(store):
    risk = a_risk_at(store, Level.MODERATE)
    looked = SeenRisk(1, Level.LOW, state(store).launch.release)
    with pytest.raises(StaleEdit):
        ask_acceptance(store, act(BEN), PROFILE, risk, a_draft(), looked)
    same = SeenRisk(1, Level.MODERATE, state(store).launch.release)
    assert ask_acceptance(store, act(BEN), PROFILE, risk, a_draft(), same) == A1


def test_an_acceptance_is_signed_as_it_was_read_and_once_in_each_authority(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    sign(store, ELI)
    with pytest.raises(StaleEdit):
        sign(store, FAY, 1)
    with pytest.raises(RuleViolation, match="signed already by the responsible officer"):
        sign(store, ELI, 2)


def test_a_risk_that_rose_since_is_not_accepted_by_an_older_wish(store):
    risk = a_risk_at(store, Level.MODERATE)
    asked(store, ADA)
    an_assessment(store, risk, ELI, PICKS[Level.CRITICAL])
    with pytest.raises(RuleViolation, match="counts no more"):
        sign(store, BEN)


def test_an_acceptance_is_ended_early_with_a_reason_by_those_who_may(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    with pytest.raises(InvalidInput, match="reason"):
        end_acceptance(store, act(ELI), A1, 1)
    with pytest.raises(NotPermitted):
        end_acceptance(store, act(DANA, "I do not like it."), A1, 1)
    with pytest.raises(StaleEdit):
        end_acceptance(store, act(ELI, "We know more."), A1, 7)
    end_acceptance(store, act(ELI, "We know more."), A1, 1)
    found = the_acceptance(store)
    assert (found.ended_by, found.ended_because, found.fired_on) == ("eli", "We know more.", None)
    assert status(store).state is AcceptanceState.ENDED
    with pytest.raises(RuleViolation, match="ended already"):
        end_acceptance(store, act(ELI, "Again."), A1, 2)


@pytest.mark.parametrize("actor", [ADA, BEN, DANA, ELI, FAY, GIL, HANA])
def test_anybody_with_a_duty_reports_a_failure_and_it_ends_at_once(sqlite_store, actor):
    store = sqlite_store
    a_risk_at(store, Level.HIGH)
    asked(store)
    sign(store, ELI)
    sign(store, FAY, 2)
    report_failure(store, act(actor, FIRED), A1)
    found = the_acceptance(store)
    assert (found.fired_on, found.ended_by, found.ended_because) == (TODAY, actor.key, FIRED)
    assert status(store).state is AcceptanceState.ENDED
    assert ReasonCode.HIGH_NOT_ACCEPTED in reasons(store)


def test_a_failure_needs_a_duty_and_a_reason(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    with pytest.raises(NotPermitted):
        report_failure(store, act(CLEO, FIRED), A1)
    with pytest.raises(InvalidInput, match="reason"):
        report_failure(store, act(DANA), A1)
    assert the_acceptance(store).fired_on is None


def test_a_signer_who_no_longer_holds_the_role_signs_nothing(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    with store.writing(stamp()) as session:
        held = select(LaunchRole).where(LaunchRole.role == LaunchRoleName.APPROVER)
        session.exec(held).one().person = "hana"
    with pytest.raises(NotPermitted):
        sign(store, FAY)


def test_an_acceptance_that_is_not_there_is_named(store):
    a_risk_at(store, Level.HIGH)
    asked(store)
    with pytest.raises(NotFound, match="A-1"):
        sign_acceptance(store, act(ELI), PROFILE, f"{AURORA}/A-2", 1)


def test_asking_again_under_the_same_request_asks_once(store):
    a_risk_at(store, Level.MODERATE)
    once = act(BEN, request_id="the-same")
    first = ask_acceptance(store, once, PROFILE, R1, a_draft())
    assert ask_acceptance(store, once, PROFILE, R1, a_draft()) == first
    assert [one.acceptance.number for one in state(store).acceptances] == [1]
