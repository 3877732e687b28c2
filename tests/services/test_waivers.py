"""Letting a launch pass a gate for a time: asked for, signed by two others, ended."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, NOW, TODAY
from tests.factories import AURORA, stamp
from tests.services.acts import act, state
from tests.services.evidence_files import (
    APPROVER,
    LEAD,
    OFFICER,
    OWNER,
    REVIEWER,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_reviewed_launch,
    a_run,
    an_attested_draft,
    as_role,
    imported,
    known,
)
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.gate_drafts import GateChange, WaiverDraft
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import WaiverRecord
from tracker.domain.words import GateState, LaunchRoleName, Role, WaiverState
from tracker.services.corrections import withdraw_run
from tracker.services.gates import (
    ask_gate_withdrawal,
    confirm_gate_withdrawal,
    create_gate,
    edit_gate,
)
from tracker.services.history import history
from tracker.services.waivers import SeenGate, ask_waiver, end_waiver, sign_waiver
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import waiver_records
from tracker.store.tables import Launch, LaunchRole

G1, E1 = "aurora-1/G-1", "aurora-1/E-1"
FAR = a_run(a_reading(500, 1000))
CLOSE = a_run(a_reading(96, 100))


def a_draft(**fields) -> WaiverDraft:
    values = {
        "reason": "The larger run is booked for next week.",
        "compensation": "Every answer is read by a person.",
        "until": TODAY + timedelta(days=30),
    }
    return WaiverDraft(**(values | fields))


def a_waivable_gate(store: Store, *runs, **fields) -> str:
    """A gate of a launch with officer and approver; inconclusive unless given other runs."""
    a_reviewed_launch(store)
    a_definition(store)
    ref = a_gate(store, **fields)
    for number, run in enumerate(runs or (CLOSE,)):
        imported(store, a_file(f"{number}.eval", run))
    return ref


def asked(store: Store, **fields) -> int:
    """A waiver that Ben asked for."""
    return int(ask_waiver(store, act(BEN), G1, a_draft(**fields)))


def the_waiver(store: Store, number: int) -> WaiverRecord:
    with store.reading() as session:
        return queries.get_waiver(session, number)


def waivers(store: Store) -> tuple[WaiverRecord, ...]:
    with store.reading() as session:
        return waiver_records(session, [AURORA])


def status(store: Store) -> GateStatus:
    return next(one for one in state(store).gates if one.gate.ref == G1)


def in_force(store: Store) -> bool:
    found = status(store).waiver
    return found is not None and found.state is WaiverState.IN_FORCE


def test_a_waiver_names_what_it_overrides(store):
    a_waivable_gate(store)
    waiver = the_waiver(store, asked(store))
    assert (waiver.state, waiver.evidence, waiver.latest_run) == (GateState.INCONCLUSIVE, E1, 1)
    assert waiver.threshold == "≥ 95 %"
    assert (waiver.requested_by, waiver.requested_at) == ("ben", NOW)
    assert (waiver.officer, waiver.approver, waiver.ended_by) == (None, None, None)
    assert waiver.release == state(store).launch.release
    assert history(store, subject=G1, limit=1)[0].reason == waiver.reason


def test_a_waiver_of_a_gate_without_a_run_names_none(store):
    a_reviewed_launch(store)
    a_definition(store)
    a_gate(store)
    waiver = the_waiver(store, asked(store))
    assert (waiver.state, waiver.evidence, waiver.latest_run) == (GateState.MISSING, None, 0)


def test_an_attested_gate_can_be_waived(store):
    a_reviewed_launch(store)
    create_gate(store, act(BEN), AURORA, an_attested_draft())
    assert the_waiver(store, asked(store)).threshold == "attested"


def test_a_waiver_counts_once_officer_and_approver_have_signed(store):
    a_waivable_gate(store)
    number = asked(store)
    sign_waiver(store, act(OFFICER), number, 1)
    assert not in_force(store)
    sign_waiver(store, act(APPROVER), number, 2)
    assert in_force(store)
    assert (status(store).state, status(store).waived) == (GateState.INCONCLUSIVE, True)
    waiver = the_waiver(store, number)
    assert (waiver.officer, waiver.approver) == ("eli", "fay")


@pytest.mark.parametrize("who", [CLEO, DANA, REVIEWER])
def test_only_those_who_may_ask_for_waivers(store, who):
    a_waivable_gate(store)
    with pytest.raises(NotPermitted):
        ask_waiver(store, act(who), G1, a_draft())
    assert not waivers(store)


@pytest.mark.parametrize("who", [BEN, LEAD, CLEO, ADA, OWNER, as_role(BEN, Role.APPROVER)])
def test_nobody_but_officer_and_approver_signs(store, who):
    a_waivable_gate(store)
    number = int(
        ask_waiver(store, act(known(store, as_role(DANA, Role.MITIGATION_OWNER))), G1, a_draft())
    )
    with pytest.raises((NotPermitted, SelfApproval)):
        sign_waiver(store, act(known(store, who)), number, 1)
    assert the_waiver(store, number).version == 1


@pytest.mark.parametrize("who", [OFFICER, APPROVER])
def test_who_asked_for_a_waiver_does_not_sign_it(store, who):
    a_waivable_gate(store)
    asking = known(store, as_role(who, Role.POLICY_LEAD))
    number = int(ask_waiver(store, act(asking), G1, a_draft()))
    with pytest.raises(SelfApproval):
        sign_waiver(store, act(asking), number, 1)
    assert the_waiver(store, number).version == 1


def test_a_role_signs_once(store):
    a_waivable_gate(store)
    number = asked(store)
    sign_waiver(store, act(OFFICER), number, 1)
    with pytest.raises(RuleViolation, match="responsible officer has signed"):
        sign_waiver(store, act(OFFICER), number, 2)
    assert the_waiver(store, number).approver is None


def test_a_signature_on_what_changed_meanwhile_is_refused(store):
    a_waivable_gate(store)
    number = asked(store)
    sign_waiver(store, act(OFFICER), number, 1)
    with pytest.raises(StaleEdit):
        sign_waiver(store, act(APPROVER), number, 1)
    end_waiver(store, act(BEN, "The run came early."), number, 2)
    with pytest.raises(StaleEdit):
        sign_waiver(store, act(APPROVER), number, 2)
    with pytest.raises(RuleViolation, match="counts no more: ended early"):
        sign_waiver(store, act(APPROVER), number, 3)
    assert not in_force(store)


def test_of_two_who_sign_at_the_same_time_one_is_asked_to_look_again(store):
    a_waivable_gate(store)
    number = asked(store)
    start, refused = Barrier(2), []

    def sign(who) -> None:
        start.wait()
        try:
            sign_waiver(store, act(who), number, 1)
        except StaleEdit:
            refused.append(who)

    threads = [Thread(target=sign, args=(who,)) for who in (OFFICER, APPROVER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    sign_waiver(store, act(refused[0]), number, 2)
    assert in_force(store)


@pytest.mark.parametrize("days", [-1, 91, 400])
def test_a_waiver_lasts_from_today_to_ninety_days(store, days):
    a_waivable_gate(store)
    with pytest.raises(InvalidInput, match="until"):
        asked(store, until=TODAY + timedelta(days=days))
    assert not waivers(store)


@pytest.mark.parametrize("days", [0, 90])
def test_a_waiver_may_end_today_or_in_ninety_days(store, days):
    a_waivable_gate(store)
    assert the_waiver(store, asked(store, until=TODAY + timedelta(days=days)))


def test_a_gate_of_a_zero_tolerance_area_is_never_waived(store):
    a_waivable_gate(store, area="child_safety")
    with pytest.raises(RuleViolation, match="tolerates no failure"):
        asked(store)
    assert not waivers(store)


def test_a_passed_gate_has_nothing_to_waive(store):
    a_waivable_gate(store, a_run())
    with pytest.raises(RuleViolation, match="is passed"):
        asked(store)


def test_a_withdrawn_gate_has_nothing_to_waive(store):
    a_waivable_gate(store)
    ask_gate_withdrawal(store, act(BEN, "It repeats another."), G1, 1)
    confirm_gate_withdrawal(store, act(LEAD), G1, 2)
    with pytest.raises(RuleViolation, match="is withdrawn"):
        asked(store)


def test_a_second_waiver_is_refused_while_one_is_asked_for_or_in_force(store):
    a_waivable_gate(store)
    number = asked(store)
    with pytest.raises(RuleViolation, match="is asked already"):
        asked(store)
    sign_waiver(store, act(OFFICER), number, 1)
    sign_waiver(store, act(APPROVER), number, 2)
    with pytest.raises(RuleViolation, match="is in force already"):
        asked(store)
    end_waiver(store, act(OFFICER, "The run came early."), number, 3)
    assert asked(store) != number


def test_a_worse_state_ends_a_waiver_before_it_is_signed(store):
    a_waivable_gate(store)
    number = asked(store)
    imported(store, a_file("worse.eval", replace(FAR, ran_at=NOW)))
    with pytest.raises(RuleViolation, match="worse than inconclusive"):
        sign_waiver(store, act(OFFICER), number, 1)
    withdraw_run(store, act(DANA), "aurora-1/E-2", "Wrong checkpoint.")
    with pytest.raises(RuleViolation, match="counts no more"):
        sign_waiver(store, act(OFFICER), number, 1)


def test_an_older_waiver_is_not_signed_in_place_of_a_later_one(store):
    a_waivable_gate(store)
    number = asked(store)
    end_waiver(store, act(BEN, "Worded badly."), number, 1)
    asked(store)
    with pytest.raises(RuleViolation, match="later waiver"):
        sign_waiver(store, act(OFFICER), number, 2)


def test_a_waiver_of_another_release_or_threshold_is_not_signed(store):
    a_waivable_gate(store)
    number = asked(store)
    edit_gate(store, act(BEN), G1, GateChange(threshold=0.955), 1)
    with pytest.raises(RuleViolation, match="threshold"):
        sign_waiver(store, act(OFFICER), number, 1)
    number = asked(store)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    with pytest.raises(RuleViolation, match="another model version"):
        sign_waiver(store, act(OFFICER), number, 1)


def test_an_officer_who_came_later_signs_a_new_waiver_and_not_the_old_one(store):
    a_waivable_gate(store)
    number = asked(store)
    sign_waiver(store, act(OFFICER), number, 1)
    with store.writing(stamp()) as session:
        role = session.get_one(LaunchRole, (AURORA, LaunchRoleName.RESPONSIBLE_OFFICER))
        session.delete(role)
        session.flush()
        session.add(
            LaunchRole(launch=AURORA, role=LaunchRoleName.RESPONSIBLE_OFFICER, person="dana")
        )
    with pytest.raises(NotPermitted):
        sign_waiver(store, act(OFFICER), number, 2)
    with pytest.raises(RuleViolation, match="is not responsible officer now"):
        sign_waiver(store, act(DANA), number, 2)
    assert asked(store) != number


def test_what_the_asking_person_saw_is_what_is_waived(store):
    a_waivable_gate(store)
    release = state(store).launch.release
    seen = SeenGate(1, GateState.INCONCLUSIVE, release)
    others = (
        replace(seen, version=2),
        replace(seen, state=GateState.MISSING),
        replace(seen, release=release._replace(model_version="v0")),
    )
    for other in others:
        with pytest.raises(StaleEdit):
            ask_waiver(store, act(BEN), G1, a_draft(), other)
    assert ask_waiver(store, act(BEN), G1, a_draft(), seen)


def test_a_waiver_is_ended_with_a_reason_and_only_once(store):
    a_waivable_gate(store)
    number = asked(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        end_waiver(store, act(BEN), number, 1)
    with pytest.raises(NotPermitted):
        end_waiver(store, act(ADA, "It is not needed."), number, 1)
    with pytest.raises(StaleEdit):
        end_waiver(store, act(BEN, "It is not needed."), number, 2)
    end_waiver(store, act(APPROVER, "It is not needed."), number, 1)
    assert the_waiver(store, number).ended_by == "fay"
    assert history(store, subject=G1, limit=1)[0].reason == "It is not needed."
    with pytest.raises(RuleViolation, match="ended already"):
        end_waiver(store, act(BEN, "It is not needed."), number, 2)


def test_a_waiver_that_is_not_there_is_neither_signed_nor_ended(store):
    a_reviewed_launch(store)
    with pytest.raises(NotFound):
        sign_waiver(store, act(OFFICER), 7, 1)
    with pytest.raises(NotFound):
        end_waiver(store, act(BEN, "It is not needed."), 7, 1)


def test_a_historical_launch_is_waived_for_what_it_was_on_its_day(store):
    day = TODAY - timedelta(days=100)
    a_reviewed_launch(store, as_of=day)
    a_definition(store)
    a_gate(store)
    imported(store, a_file("then.eval", replace(CLOSE, ran_at=NOW - timedelta(days=200))))
    imported(store, a_file("after.eval", FAR))
    waiver = the_waiver(store, asked(store))
    assert (waiver.state, waiver.evidence, waiver.latest_run) == (GateState.INCONCLUSIVE, E1, 2)
