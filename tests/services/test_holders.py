"""Who holds a role on a launch: an empty one is filled, a holder is replaced by two people."""

import pytest

from tests.cast import ADA, BEN, CLEO, GIL
from tests.factories import AURORA, a_launch
from tests.services.acts import act, state
from tests.services.evidence_files import OWNER, a_reviewed_launch, as_role, known
from tracker.domain.errors import (
    InvalidInput,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.words import LaunchRoleName, Role
from tracker.services.holders import confirm_holder, propose_holder, withdraw_proposal

L = LaunchRoleName
WHY = "Eli left the team."


def holders(store) -> dict[LaunchRoleName, str]:
    return dict(state(store).launch.holders)


def proposed(store):
    return state(store).launch.proposed


def asked(store, role=L.RESPONSIBLE_OFFICER, person="cleo") -> None:
    a_reviewed_launch(store)
    propose_holder(store, act(BEN, WHY), AURORA, role, person)


def test_an_empty_role_is_filled_at_once(store):
    a_launch(store)
    propose_holder(store, act(BEN), AURORA, L.APPROVER, "fay")
    assert holders(store) == {L.LAUNCH_OWNER: "ada", L.APPROVER: "fay"}
    assert proposed(store) == ()


def test_a_holder_stays_until_a_second_person_confirms_the_next(store):
    asked(store)
    assert holders(store)[L.RESPONSIBLE_OFFICER] == "eli"
    assert [(one.person, one.asked_by, one.reason) for one in proposed(store)] == [
        ("cleo", "ben", WHY)
    ]
    confirm_holder(store, act(GIL), AURORA, L.RESPONSIBLE_OFFICER, "cleo")
    assert holders(store)[L.RESPONSIBLE_OFFICER] == "cleo"
    assert proposed(store) == ()


def test_replacing_a_holder_needs_a_reason(store):
    a_reviewed_launch(store)
    with pytest.raises(InvalidInput, match="replacing the approver of a launch needs a reason"):
        propose_holder(store, act(BEN), AURORA, L.APPROVER, "cleo")


@pytest.mark.parametrize("somebody", [CLEO, ADA, GIL])
def test_only_admin_and_policy_lead_propose(store, somebody):
    a_launch(store)
    with pytest.raises(NotPermitted):
        propose_holder(store, act(somebody, WHY), AURORA, L.APPROVER, "fay")


def test_the_proposer_does_not_confirm(store):
    asked(store)
    with pytest.raises(SelfApproval, match="Ben asked for it"):
        confirm_holder(store, act(BEN), AURORA, L.RESPONSIBLE_OFFICER)


def test_neither_the_present_nor_the_proposed_launch_owner_confirms(store):
    asked(store, L.LAUNCH_OWNER, "gil")
    for somebody in (known(store, OWNER), GIL):
        with pytest.raises(SelfApproval, match="owns Aurora 1 now or would by it"):
            confirm_holder(store, act(somebody), AURORA, L.LAUNCH_OWNER)
    third = known(store, as_role(CLEO, Role.AREA_LEAD))
    confirm_holder(store, act(third), AURORA, L.LAUNCH_OWNER)
    assert holders(store)[L.LAUNCH_OWNER] == "gil"


def test_a_person_without_the_right_does_not_confirm(store):
    asked(store)
    with pytest.raises(NotPermitted):
        confirm_holder(store, act(CLEO), AURORA, L.RESPONSIBLE_OFFICER)


@pytest.mark.parametrize("holder", ["ada", "eli", "fay"])
@pytest.mark.parametrize("role", list(L))
def test_nobody_holds_two_roles_on_a_launch(store, holder, role):
    a_reviewed_launch(store)
    before = holders(store)
    with pytest.raises(RuleViolation, match="at most one role"):
        propose_holder(store, act(BEN, WHY), AURORA, role, holder)
    assert (holders(store), proposed(store)) == (before, ())


def test_nor_by_two_proposals_that_are_confirmed_one_after_the_other(store):
    asked(store, L.RESPONSIBLE_OFFICER, "cleo")
    propose_holder(store, act(BEN, WHY), AURORA, L.APPROVER, "cleo")
    confirm_holder(store, act(GIL), AURORA, L.RESPONSIBLE_OFFICER)
    with pytest.raises(RuleViolation, match="at most one role"):
        confirm_holder(store, act(GIL), AURORA, L.APPROVER)


def test_nobody_is_asked_for_twice_and_nothing_is_confirmed_that_nobody_asked_for(store):
    asked(store)
    with pytest.raises(RuleViolation, match="asked already"):
        propose_holder(store, act(BEN, WHY), AURORA, L.RESPONSIBLE_OFFICER, "hana")
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_holder(store, act(GIL), AURORA, L.APPROVER)


def test_who_confirms_confirms_whom_they_saw(store):
    asked(store)
    with pytest.raises(StaleEdit):
        confirm_holder(store, act(GIL), AURORA, L.RESPONSIBLE_OFFICER, "hana")


def test_a_proposal_is_taken_back(store):
    asked(store)
    with pytest.raises(NotPermitted):
        withdraw_proposal(store, act(GIL), AURORA, L.RESPONSIBLE_OFFICER)
    withdraw_proposal(store, act(BEN), AURORA, L.RESPONSIBLE_OFFICER)
    assert proposed(store) == ()
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_holder(store, act(GIL), AURORA, L.RESPONSIBLE_OFFICER)


def test_only_active_people_of_the_register_hold_a_role(store):
    a_launch(store)
    with pytest.raises(InvalidInput, match="not an active person"):
        propose_holder(store, act(BEN), AURORA, L.APPROVER, "nobody")
