"""The written documents say what the code says."""

from datetime import date

import pytest

from tests.docs.pages import tables
from tests.structure.tree import ROOT
from tools.docs import PAGES
from tracker.domain.records import Actor, LaunchRecord, PersonRecord
from tracker.domain.roles import BARRED_FOR_LAUNCH_OWNER, Action, may
from tracker.domain.words import ExposureStage, LaunchRoleName, Origin, ReviewStatus, Role


@pytest.mark.parametrize("name", list(PAGES))
def test_a_written_page_is_what_make_docs_writes(name: str) -> None:
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == PAGES[name](), "run: make docs"


def role_table() -> dict[tuple[str, str], str]:
    (heading, *rows), *_ = tables((ROOT / "docs" / "roles.md").read_text(encoding="utf-8"))
    return {
        (row[0], role): cell
        for row in rows
        for role, cell in zip(heading[1:], row[1:], strict=True)
    }


def launch_held_by(holder: str, role: LaunchRoleName) -> LaunchRecord:
    return LaunchRecord(
        key="x",
        name="X",
        summary="",
        developer="",
        model_version="1",
        configuration="c",
        surfaces="",
        exposure_asked=ExposureStage.INTERNAL_LIMITED,
        exposure_now=ExposureStage.NONE,
        review_status=ReviewStatus.DRAFT,
        target_date=date(2099, 1, 1),
        as_of=None,
        note="",
        source="",
        origin=Origin.ENTERED,
        cloned_from=None,
        holders={role: holder},
        version=1,
    )


def somebody(*roles: Role) -> Actor:
    return Actor(PersonRecord("ada", "Ada", frozenset(roles), (), active=True))


def test_the_table_has_every_action_and_every_role() -> None:
    roles = [*map(str, Role), *(f"{role} (launch)" for role in LaunchRoleName)]
    assert set(role_table()) == {(str(action), role) for action in Action for role in roles}


@pytest.mark.parametrize("action", Action)
def test_each_cell_of_the_roles_is_what_services_decide(action: Action) -> None:
    cells = role_table()
    for role in Role:
        assert (cells[action, role] == "yes") == may(somebody(role), action)
    for role in LaunchRoleName:
        launch = launch_held_by("ada", role)
        cell = cells[action, f"{role} (launch)"]
        assert (cell == "yes") == may(somebody(), action, launch)
        alone = any(may(somebody(one), action) for one in Role)
        barred = alone and not may(somebody(*Role), action, launch)
        barred |= role is LaunchRoleName.LAUNCH_OWNER and action in BARRED_FOR_LAUNCH_OWNER
        assert cell.startswith("no,") == barred
