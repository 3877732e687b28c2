"""Who may do what: by role, by role on the launch, and never by the owner where barred."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.readiness.launches import LAUNCH
from tracker.domain.errors import NotPermitted
from tracker.domain.records import Actor, PersonRecord
from tracker.domain.roles import BARRED_FOR_LAUNCH_OWNER, Action, allows, may, require
from tracker.domain.words import LaunchRoleName, Role

PRINTED: Final = Path(__file__).parents[2] / "docs" / "roles.md"
MAY, MAY_NOT, BARRED = "yes", "–", "no, even with another role"
COLUMNS: Final[tuple[Role | LaunchRoleName, ...]] = (*Role, *LaunchRoleName)


def printed() -> dict[str, list[str]]:
    """The table of the docs: its cells by action, in the order of its columns."""
    lines = PRINTED.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    heading = [f"{role} (launch)" if isinstance(role, LaunchRoleName) else role for role in COLUMNS]
    assert rows[0] == ["Action", *heading]
    return {row[0]: row[1:] for row in rows[2:]}


TABLE: Final = printed()


def test_the_printed_table_has_a_row_for_every_action_and_no_other():
    assert list(TABLE) == [action.value for action in Action]
    assert {len(cells) for cells in TABLE.values()} == {len(COLUMNS)}


@pytest.mark.parametrize("role", COLUMNS, ids=lambda role: f"{type(role).__name__} {role}")
@pytest.mark.parametrize("action", list(Action))
def test_each_cell_of_the_printed_table_says_what_the_code_does(action, role):
    place = next(at for at, column in enumerate(COLUMNS) if column is role)
    cell = TABLE[action.value][place]
    assert cell in (MAY, MAY_NOT, BARRED)
    if isinstance(role, Role):
        holder, launch = somebody(role), LAUNCH
    else:
        holder, launch = somebody(), replace(LAUNCH, holders={role: "gina"})
    assert may(holder, action, launch) is (cell == MAY)
    if cell == BARRED:
        assert not may(somebody(*Role), action, launch)


def somebody(*roles: Role, key: str = "gina", active: bool = True) -> Actor:
    return Actor(PersonRecord(key, key.title(), frozenset(roles), (), active))


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_just_what_the_table_says(action, role):
    assert may(somebody(role), action, LAUNCH) is allows(action, role)


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(LaunchRoleName))
def test_a_role_on_the_launch_counts_on_that_launch_only(action, role):
    launch = replace(LAUNCH, holders={role: "gina"})
    barred = role is LaunchRoleName.LAUNCH_OWNER and action in BARRED_FOR_LAUNCH_OWNER
    assert may(somebody(), action, launch) is (allows(action, role) and not barred)
    assert not may(somebody(), action)


@pytest.mark.parametrize("action", sorted(BARRED_FOR_LAUNCH_OWNER))
def test_the_launch_owner_is_barred_whatever_else_they_are(action):
    assert not may(somebody(*Role, key="ada"), action, LAUNCH)


@pytest.mark.parametrize("action", list(Action))
def test_a_person_who_left_may_do_nothing(action):
    assert not may(somebody(*Role, active=False), action, LAUNCH)


def test_a_refusal_says_who_may():
    with pytest.raises(NotPermitted, match="Gina may not verify a mitigation on Launch") as refused:
        require(somebody(Role.VIEWER), Action.VERIFY_MITIGATION, LAUNCH)
    assert "policy lead or reviewer but never its launch owner" in refused.value.remedy


def test_an_approver_of_the_register_is_not_the_approver_of_a_launch():
    assert not may(somebody(Role.APPROVER), Action.SIGN_WAIVER, LAUNCH)
    assert not may(somebody(Role.APPROVER), Action.END_WAIVER, LAUNCH)
    named = replace(LAUNCH, holders={LaunchRoleName.APPROVER: "gina"})
    assert may(somebody(Role.APPROVER), Action.SIGN_WAIVER, named)
    assert may(somebody(Role.VIEWER), Action.END_WAIVER, named)
