"""What stands beside the forms of a launch."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tracker.domain.errors import InvalidInput
from tracker.domain.state import LaunchState
from tracker.domain.transitions import REVIEW_TRANSITIONS
from tracker.domain.words import Applicability, LaunchRoleName, ReviewStatus, Role
from tracker.readers.areas import packaged_areas
from tracker.views import launch_form as view


def test_every_policy_area_stands_in_one_family() -> None:
    grouped = view.families(packaged_areas())
    assert len(grouped) == 6
    assert sorted(area.code for family in grouped for area in family.areas) == sorted(
        area.code for area in packaged_areas()
    )


def test_an_area_left_undecided_is_no_decision() -> None:
    drafts = view.scope_drafts({"scope.cbrn": None, "scope.privacy": "in scope"})
    assert [(draft.area, draft.applicability) for draft in drafts] == [
        ("privacy", Applicability.IN_SCOPE)
    ]


def test_an_exclusion_without_a_reason_is_refused() -> None:
    with pytest.raises(InvalidInput, match="needs a reason"):
        view.scope_drafts({"scope.cbrn": "not applicable", "reason.cbrn": " "})


def test_a_reason_left_over_from_an_exclusion_does_not_go_with_in_scope() -> None:
    (draft,) = view.scope_drafts({"scope.cbrn": "in scope", "reason.cbrn": "Left over."})
    assert draft.reason == ""


def test_what_is_recorded_already_is_not_decided_again(gpt_4v: LaunchState) -> None:
    decided = view.scope_view(gpt_4v).decided
    same = {f"scope.{code}": str(record.applicability) for code, record in decided.items()}
    same |= {f"reason.{code}": record.reason for code, record in decided.items()}
    seen = {code: view.as_seen(record) for code, record in decided.items()}
    assert view.scope_drafts(same, seen) == ()
    changed = same | {"scope.ai_rnd": "in scope"}
    assert [draft.area for draft in view.scope_drafts(changed, seen)] == ["ai_rnd"]


def test_what_somebody_else_changed_meanwhile_is_no_decision_of_mine() -> None:
    seen = {"cbrn": ("in scope", "", 1)}
    assert view.scope_drafts({"scope.cbrn": "in scope"}, seen) == ()


def test_a_clone_says_what_comes_along_and_what_does_not(gpt_4v: LaunchState) -> None:
    comes, stays = view.what_a_clone_takes(gpt_4v)
    assert "15 open risks" in comes
    assert "unverified" in comes
    for word in ("assessments", "scope decisions", "verifications"):
        assert word in stays


def test_the_scope_of_the_demo_is_confirmed_and_marked_illustrative(gpt_4v: LaunchState) -> None:
    shown = view.scope_view(gpt_4v)
    assert shown.headline == "0 policy areas undecided, 0 exclusions unconfirmed"
    frame = view.decisions(shown, gpt_4v)
    assert len(frame) == 25
    assert set(frame["basis"]) == {"illustrative judgement"}
    excluded = frame[frame["decision"] != "in scope"]
    assert "nobody yet" not in set(excluded["confirmed_by"])


def _waiting(state: LaunchState, decided_by: str, **of_person: Any) -> str:
    """Who confirms an exclusion of a launch, once every person of its register is like this."""
    area = next(s for s in state.areas if s.scope and s.scope.applicability != "in scope")
    assert area.scope is not None
    scope = replace(area.scope, confirmed_by=None, decided_by=decided_by)
    people = {key: replace(person, **of_person) for key, person in state.people.items()}
    shown = view.scope_view(replace(state, areas=(replace(area, scope=scope),), people=people))
    (said,) = shown.who_confirms.values()
    return said


def test_an_exclusion_that_waits_says_who_may_confirm_it_and_who_may_not(
    gpt_4v: LaunchState,
) -> None:
    owner = gpt_4v.launch.owner
    assert owner is not None
    other = next(key for key in gpt_4v.people if key != owner)
    names = {key: gpt_4v.person_name(key) for key in (owner, other)}
    assert _waiting(gpt_4v, other) == (
        f"May confirm: area lead or policy lead, but not {names[other]} (decided it) "
        f"nor {names[owner]} (launch owner)."
    )
    assert f"but not {names[owner]} (decided it, launch owner)." in _waiting(gpt_4v, owner)


@pytest.mark.parametrize(
    "of_everybody",
    [{"active": False}, {"roles": frozenset({Role.ASSESSOR})}, {"roles": frozenset()}],
)
def test_an_exclusion_that_nobody_active_could_confirm_says_what_to_do(
    gpt_4v: LaunchState, of_everybody: Mapping[str, Any]
) -> None:
    said = _waiting(gpt_4v, next(iter(gpt_4v.people)), **of_everybody)
    assert said.endswith(view.NOBODY_CONFIRMS)


@pytest.mark.parametrize("owns", [False, True])
def test_neither_the_one_who_decided_nor_the_launch_owner_is_left_to_confirm(
    gpt_4v: LaunchState, owns: bool
) -> None:
    owner = gpt_4v.launch.owner
    left = {key: gpt_4v.people[key] for key in list(gpt_4v.people)[:1]}
    (only,) = left
    lead = {only: replace(left[only], roles=frozenset({Role.POLICY_LEAD}))}
    launch = replace(gpt_4v.launch, holders={LaunchRoleName.LAUNCH_OWNER: only if owns else owner})
    state = replace(gpt_4v, people=lead, launch=launch)
    assert _waiting(state, "somebody else" if owns else only).endswith(view.NOBODY_CONFIRMS)
    free = replace(state, launch=replace(launch, holders={}))
    assert view.NOBODY_CONFIRMS not in _waiting(free, "somebody else")


@pytest.mark.parametrize("status", list(ReviewStatus))
def test_a_review_status_goes_only_where_it_may(status: ReviewStatus) -> None:
    assert set(view.next_review_statuses(status)) == REVIEW_TRANSITIONS[status]


def test_every_launch_of_the_demo_has_a_scope_to_show(by_key: Mapping[str, LaunchState]) -> None:
    assert {len(view.scope_view(state).statuses) for state in by_key.values()} == {25}
