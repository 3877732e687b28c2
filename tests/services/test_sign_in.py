"""From the claims of a sign-in to the person who acts."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import BEN, NOW
from tests.factories import a_launch
from tests.services.acts import a_risk_draft, act
from tracker.domain.drafts import PersonDraft
from tracker.domain.errors import SignInRefused
from tracker.domain.sign_in import SignInPolicy
from tracker.domain.words import Role
from tracker.services.history import history
from tracker.services.people import add_person, people
from tracker.services.person_changes import seen_as, set_active
from tracker.services.risks import create_risk
from tracker.services.sign_in import BY_CLAIM, sign_in
from tracker.store.engine import Store

POLICY = SignInPolicy("email", "holdpoint", timedelta(hours=12))
BY_GROUPS = SignInPolicy(
    *("email", "holdpoint", timedelta(hours=12), "groups"),
    (("safety", Role.REVIEWER), ("hq", Role.POLICY_LEAD)),
)
LEA = PersonDraft(
    key="lea", name="Lea", roles=frozenset({Role.ASSESSOR}), sign_in="Lea@Lab.example"
)


def claims(email: str = "lea@lab.EXAMPLE", **more: Any) -> dict[str, Any]:
    return {"aud": "holdpoint", "iat": NOW.timestamp(), "email": email, **more}


@pytest.fixture
def invited(store: Store) -> Store:
    """A register that Lea was invited to."""
    add_person(store, act(BEN), LEA)
    return store


def test_whoever_signs_in_acts_as_the_person_of_that_name_and_is_authenticated(
    invited: Store,
) -> None:
    actor = sign_in(invited, claims(), POLICY, NOW)
    assert (actor.key, actor.authenticated) == ("lea", True)
    assert actor.person == people(invited)["lea"]
    create_risk(invited, act(actor), a_launch(invited), a_risk_draft())
    newest = history(invited)[0]
    assert (newest.actor, newest.authenticated) == ("lea", True)


@pytest.mark.parametrize("who", ["mallory@lab.example", "lea", "Lea", "ben"])
def test_a_key_or_a_name_of_the_register_is_no_sign_in_name(invited: Store, who: str) -> None:
    with pytest.raises(SignInRefused, match="Nobody in this register signs in as"):
        sign_in(invited, claims(who), POLICY, NOW)


def test_what_the_register_takes_back_counts_at_once(invited: Store) -> None:
    sign_in(invited, claims(), POLICY, NOW)
    set_active(invited, act(BEN, "Left."), "lea", False, seen_as(people(invited)["lea"]))
    with pytest.raises(SignInRefused, match="Lea is no longer active"):
        sign_in(invited, claims(), POLICY, NOW)


def test_groups_write_the_roles_into_the_register_once_and_as_the_system(invited: Store) -> None:
    told = claims(groups=["safety", "hq"])
    for _ in range(2):
        actor = sign_in(invited, told, BY_GROUPS, NOW)
        assert actor.person.roles == {Role.REVIEWER, Role.POLICY_LEAD}
    made = [each for each in history(invited) if each.reason == BY_CLAIM]
    assert {(each.actor, each.subject, each.entity) for each in made} == {
        ("system", "lea", "role of a person")
    }
    assert len(made) == 3  # two given, assessor taken
    assert people(invited)["lea"].roles == {Role.REVIEWER, Role.POLICY_LEAD}


def test_groups_that_give_no_role_change_nothing_and_let_nobody_in(invited: Store) -> None:
    before = len(history(invited))
    with pytest.raises(SignInRefused, match="give you no role"):
        sign_in(invited, claims(groups=["canteen"]), BY_GROUPS, NOW)
    assert len(history(invited)) == before


def test_groups_do_not_invite_a_stranger(invited: Store) -> None:
    with pytest.raises(SignInRefused, match="Nobody in this register"):
        sign_in(invited, claims("eve@lab.example", groups=["hq"]), BY_GROUPS, NOW)
    assert set(people(invited)) >= {"lea", "ben"}
