"""Whom the claims of a sign-in name, and whom they do not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tracker.domain.errors import SignInRefused
from tracker.domain.records import PersonRecord
from tracker.domain.sign_in import (
    SignInPolicy,
    claimed_name,
    claimed_roles,
    person_named,
    sign_in_name,
)
from tracker.domain.words import Role

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
POLICY = SignInPolicy("email", "holdpoint", timedelta(hours=12))
BY_GROUPS = SignInPolicy(
    "email",
    "holdpoint",
    timedelta(hours=12),
    "groups",
    (("safety", Role.REVIEWER), ("safety", Role.ASSESSOR), ("hq", Role.ADMIN)),
)
GOOD: dict[str, Any] = {
    "aud": "holdpoint",
    "iat": int(NOW.timestamp()) - 60,
    "email": "Ada@Lab.example ",
    "email_verified": True,
}


def refusal(claims: dict[str, Any], policy: SignInPolicy = POLICY) -> str:
    with pytest.raises(SignInRefused) as caught:
        claimed_name(claims, policy, NOW)
    return caught.value.what


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_the_claim_names_the_person_in_small_letters() -> None:
    assert claimed_name(GOOD, POLICY, NOW) == "ada@lab.example"
    assert claimed_name(without("email_verified"), POLICY, NOW) == "ada@lab.example"
    assert claimed_name(GOOD | {"aud": ["other", "holdpoint"]}, POLICY, NOW) == "ada@lab.example"


@pytest.mark.parametrize("audience", ["other", ["other"], [], None, "holdpoint-2"])
def test_a_sign_in_meant_for_another_program_is_refused(audience: object) -> None:
    assert "another program" in refusal(GOOD | {"aud": audience})


@pytest.mark.parametrize("issued", [None, "yesterday", True, float("nan"), 1e300])
def test_a_sign_in_that_does_not_say_when_is_refused(issued: object) -> None:
    assert "did not say when" in refusal(GOOD | {"iat": issued})


def test_a_sign_in_ends_after_its_hours_to_the_second() -> None:
    last = int((NOW - timedelta(hours=12)).timestamp())
    assert claimed_name(GOOD | {"iat": last}, POLICY, NOW) == "ada@lab.example"
    assert "lasts 12 hours" in refusal(GOOD | {"iat": last - 1})


def test_a_sign_in_from_the_future_is_refused_beyond_what_clocks_differ() -> None:
    assert claimed_name(GOOD | {"iat": NOW.timestamp() + 299}, POLICY, NOW)
    assert "clocks" in refusal(GOOD | {"iat": NOW.timestamp() + 301})


@pytest.mark.parametrize("verified", [False, "false", "False"])
def test_an_e_mail_that_is_not_verified_names_nobody(verified: object) -> None:
    assert "not verified" in refusal(GOOD | {"email_verified": verified})
    by_subject = SignInPolicy("sub", "holdpoint", timedelta(hours=12))
    claims = GOOD | {"email_verified": verified, "sub": "ada-1"}
    assert claimed_name(claims, by_subject, NOW) == "ada-1"


@pytest.mark.parametrize("email", [None, "", "  ", 7, ["ada@lab.example"]])
def test_a_missing_claim_names_nobody(email: object) -> None:
    assert "the claim “email” is missing" in refusal(GOOD | {"email": email})
    assert "the claim “email” is missing" in refusal(without("email"))


@pytest.mark.parametrize("look_alike", ["straße@x", "\u212aay@x", "ADA\u0130@x"])
def test_only_ascii_letters_are_made_small(look_alike: str) -> None:
    """Else a mailbox with a look-alike letter would be taken for another person's."""
    assert sign_in_name(look_alike) not in {"strasse@x", "kay@x", "adai@x"}


def test_groups_give_roles() -> None:
    assert claimed_roles(GOOD, POLICY) is None
    both = GOOD | {"groups": ["safety", "hq", "canteen"]}
    assert claimed_roles(both, BY_GROUPS) == {Role.REVIEWER, Role.ASSESSOR, Role.ADMIN}
    assert claimed_roles(GOOD | {"groups": "hq"}, BY_GROUPS) == {Role.ADMIN}


@pytest.mark.parametrize("groups", [None, [], "canteen", {"hq": True}, ["h", "q"]])
def test_without_a_group_that_gives_a_role_nobody_is_let_in(groups: object) -> None:
    with pytest.raises(SignInRefused, match="give you no role"):
        claimed_roles(GOOD | {"groups": groups}, BY_GROUPS)


def test_strangers_and_inactive_people_are_refused_by_name() -> None:
    ada = PersonRecord("ada", "Ada", frozenset({Role.VIEWER}), (), active=True, sign_in="ada@x")
    eve = PersonRecord("eve", "Eve", frozenset({Role.VIEWER}), (), active=False, sign_in="eve@x")
    nameless = PersonRecord("cleo", "Cleo", frozenset({Role.VIEWER}), (), active=True)
    everybody = (nameless, ada, eve)
    assert person_named(everybody, "ada@x") is ada
    with pytest.raises(SignInRefused, match="Nobody in this register signs in as “mallory@x”"):
        person_named(everybody, "mallory@x")
    with pytest.raises(SignInRefused, match="Eve is no longer active"):
        person_named(everybody, "eve@x")
