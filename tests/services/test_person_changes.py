"""Other roles, another sign-in name, no longer active: who may, and what always stays."""

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, GIL
from tests.factories import a_launch, a_risk
from tests.services.acts import a_risk_draft, a_submission, act
from tracker.domain.drafts import PersonChange, PersonDraft
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    StaleEdit,
)
from tracker.domain.records import Actor
from tracker.domain.words import Role
from tracker.services.assessments import assessments_of, submit_assessment
from tracker.services.history import history
from tracker.services.people import actor_for, add_person, people
from tracker.services.person_changes import change_person, seen_as, set_active
from tracker.services.risks import create_risk
from tracker.store.engine import Store

LEAD = PersonDraft(key="lea", name="Lea", roles=frozenset({Role.POLICY_LEAD}), sign_in="Lea@Lab.x")


def seen(store: Store, key: str) -> str:
    return seen_as(people(store)[key])


def to(*roles: Role, **fields: object) -> PersonChange:
    return PersonChange.model_validate({"roles": roles, **fields})


def off(store: Store, key: str, actor: Actor = BEN, reason: str = "Left the lab.") -> None:
    set_active(store, act(actor, reason), key, False, seen(store, key))


def test_roles_areas_and_sign_in_name_become_what_the_change_says(store: Store) -> None:
    change = to(Role.REVIEWER, Role.ASSESSOR, leads=("privacy",), sign_in=" Dana@Lab.example ")
    change_person(store, act(BEN, "Leads privacy now."), "dana", change, seen(store, "dana"))
    found = people(store)["dana"]
    assert found.roles == {Role.REVIEWER, Role.ASSESSOR}
    assert (found.leads, found.sign_in) == (("privacy",), "dana@lab.example")
    assert {(each.entity, each.reason) for each in history(store) if each.subject == "dana"} >= {
        ("role of a person", "Leads privacy now."),
        ("area of a person", "Leads privacy now."),
        ("person", "Leads privacy now."),
    }
    back = to(Role.VIEWER)
    change_person(store, act(BEN, "Moved on."), "dana", back, seen(store, "dana"))
    found = people(store)["dana"]
    assert (found.roles, found.leads, found.sign_in) == ({Role.VIEWER}, (), None)


@pytest.mark.parametrize("actor", [CLEO, DANA, GIL])
def test_only_admin_and_policy_lead_change_people(store: Store, actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        change_person(store, act(actor, "Me too."), "ada", to(Role.ADMIN), seen(store, "ada"))
    with pytest.raises(NotPermitted):
        off(store, "ada", actor)


def test_a_change_needs_a_reason(sqlite_store: Store) -> None:
    with pytest.raises(InvalidInput, match="needs a reason"):
        change_person(sqlite_store, act(BEN), "ada", to(Role.ADMIN), seen(sqlite_store, "ada"))
    with pytest.raises(InvalidInput, match="needs a reason"):
        off(sqlite_store, "ada", reason="")


def test_nobody_changes_what_they_themselves_may_do(sqlite_store: Store) -> None:
    add_person(sqlite_store, act(BEN), LEAD)
    with pytest.raises(NotPermitted, match="themselves"):
        change_person(
            *(sqlite_store, act(BEN, "More.")),
            *("ben", to(Role.ADMIN, Role.POLICY_LEAD), seen(sqlite_store, "ben")),
        )
    with pytest.raises(NotPermitted, match="themselves"):
        off(sqlite_store, "ben")


def test_ones_own_sign_in_name_may_be_set_once(sqlite_store: Store) -> None:
    mine = to(*BEN.person.roles, sign_in="ben@lab.example")
    change_person(sqlite_store, act(BEN, "First."), "ben", mine, seen(sqlite_store, "ben"))
    assert people(sqlite_store)["ben"].sign_in == "ben@lab.example"
    other = to(*BEN.person.roles, sign_in="eve@lab.example")
    with pytest.raises(NotPermitted, match="themselves"):
        change_person(sqlite_store, act(BEN, "Again."), "ben", other, seen(sqlite_store, "ben"))


def test_two_people_never_share_a_sign_in_name(store: Store) -> None:
    add_person(store, act(BEN), LEAD)
    taken = to(Role.VIEWER, sign_in="LEA@lab.x")
    with pytest.raises(InvalidInput, match="sign-in name of another person"):
        change_person(store, act(BEN, "Her deputy."), "cleo", taken, seen(store, "cleo"))
    with pytest.raises(InvalidInput, match="sign-in name of another person"):
        add_person(store, act(BEN), LEAD.model_copy(update={"key": "leo", "name": "Leo"}))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.POLICY_LEAD])
def test_the_last_admin_and_the_last_policy_lead_stay(sqlite_store: Store, role: Role) -> None:
    """Ben is the policy lead; Ann the administrator, who would take him out, or he her."""
    ann = PersonDraft(key="ann", name="Ann", roles=frozenset({Role.ADMIN}))
    add_person(sqlite_store, act(BEN), ann)
    other, key = (BEN, "ann") if role is Role.ADMIN else (actor_for(sqlite_store, "ann"), "ben")
    with pytest.raises(RuleViolation, match=f"last active {role}"):
        off(sqlite_store, key, other)
    with pytest.raises(RuleViolation, match=f"last active {role}"):
        change_person(
            *(sqlite_store, act(other, "Out.")),
            *(key, to(Role.VIEWER), seen(sqlite_store, key)),
        )
    second = PersonDraft(key="second", name="Second", roles=frozenset({role}))
    add_person(sqlite_store, act(other), second)
    off(sqlite_store, key, other)
    assert not people(sqlite_store)[key].active


def test_the_second_of_two_changes_is_refused_even_if_only_roles_changed(
    sqlite_store: Store,
) -> None:
    before = seen(sqlite_store, "dana")
    change_person(sqlite_store, act(BEN, "Reviews."), "dana", to(Role.REVIEWER), before)
    with pytest.raises(StaleEdit):
        change_person(sqlite_store, act(BEN, "Views."), "dana", to(Role.VIEWER), before)
    with pytest.raises(NotFound):
        set_active(sqlite_store, act(BEN, "Who?"), "nobody", False, before)


def test_whoever_is_deactivated_keeps_all_they_did_and_does_nothing_more(store: Store) -> None:
    launch = a_launch(store)
    risk = a_risk(store, launch)
    submit_assessment(store, act(DANA), risk, a_submission())
    before = [each for each in history(store) if each.actor == "dana"]
    off(store, "dana")
    assert assessments_of(store, risk)
    assert [each for each in history(store) if each.actor == "dana"] == before != []
    with pytest.raises(NotPermitted, match="no longer active"):
        actor_for(store, "dana")
    for who in (DANA, Actor(people(store)["dana"], authenticated=True)):
        with pytest.raises(NotPermitted):
            create_risk(store, act(who), launch, a_risk_draft())
    set_active(store, act(BEN, "Came back."), "dana", True, seen(store, "dana"))
    create_risk(store, act(DANA), launch, a_risk_draft())


def test_a_launch_owner_who_is_deactivated_no_longer_acts_as_owner(sqlite_store: Store) -> None:
    launch = a_launch(sqlite_store)
    off(sqlite_store, "ada")
    with pytest.raises(NotPermitted):
        create_risk(sqlite_store, act(ADA), launch, a_risk_draft())
