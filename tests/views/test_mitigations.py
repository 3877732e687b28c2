"""What lowers the risks of a launch, and one mitigation in full."""

import pytest

from tracker.domain.state import LaunchState
from tracker.domain.transitions import MITIGATION_TRANSITIONS
from tracker.domain.words import MitigationStatus
from tracker.views import mitigations as view
from tracker.views.mitigations import MitigationFilter, mitigations_view


def detail(state: LaunchState, states: tuple[LaunchState, ...], ref: str) -> view.MitigationDetail:
    item = view.find_mitigation(state, ref)
    assert item is not None
    return view.mitigation_detail(item, state, states)


def test_the_table_has_its_columns_and_a_line_per_mitigation(gpt_4v: LaunchState) -> None:
    frame = mitigations_view(gpt_4v, MitigationFilter()).frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == view.DTYPES
    assert list(frame["ref"]) == [item.mitigation.ref for item in gpt_4v.mitigations]


def test_only_what_is_verified_is_said_to_count_today(gpt_4v: LaunchState) -> None:
    frame = mitigations_view(gpt_4v, MitigationFilter()).frame
    assert set(frame.loc[frame["counts_today"] == "yes, verified", "status"]) == {"verified"}
    assert frame.loc[frame["status"] == "implemented", "counts_today"].unique().tolist() == [
        "no, implemented"
    ]


def test_a_filter_narrows_by_status_and_words(gpt_4v: LaunchState) -> None:
    wanted = MitigationFilter(statuses=["verified"], text="refus")
    frame = mitigations_view(gpt_4v, wanted).frame
    assert set(frame["status"]) == {"verified"}
    assert 0 < len(frame) < len(gpt_4v.mitigations)


def test_no_match_says_how_to_get_on(gpt_4v: LaunchState) -> None:
    assert mitigations_view(gpt_4v, MitigationFilter(text="nowhere")).empty == view.NO_MATCH


def test_a_mitigation_names_the_risk_that_it_introduces_and_the_one_that_it_lowers(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    frame = mitigations_view(gpt_4v, MitigationFilter()).frame.set_index("ref")
    assert frame.loc["M-23", "lowers"] == "R-1"
    assert frame.loc["M-23", "introduces"] == "R-15"
    effects = detail(gpt_4v, states, "M-23").effects.set_index("risk")
    assert effects.loc["R-15", "does"] == "introduces or worsens it"
    assert effects["counted"].isna().loc["R-15"]


def test_an_unverified_mitigation_counts_nothing_today(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    effects = detail(gpt_4v, states, "M-27").effects
    assert set(effects["counted"]) == {0.0}


@pytest.mark.parametrize("status", list(MitigationStatus))
def test_only_statuses_that_may_follow_are_offered_and_verified_never_by_hand(
    status: MitigationStatus,
) -> None:
    offered = set(view.next_statuses(status))
    assert offered == MITIGATION_TRANSITIONS[status] - {MitigationStatus.VERIFIED}


def test_who_may_verify_excludes_the_owner_and_the_launch_owner(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    said = detail(gpt_4v, states, "M-26").who_verifies
    assert "but not Engineering lead, model training nor Engineering lead, product" in said


def test_a_mitigation_that_is_here_already_cannot_be_put_here_again(
    gpt_4v: LaunchState, states: tuple[LaunchState, ...]
) -> None:
    here = {item.mitigation.ref for item in gpt_4v.mitigations}
    offered = view.placeable(gpt_4v, states)
    assert here.isdisjoint(offered)
    assert offered


def test_the_effects_on_other_launches_are_kept_apart(states: tuple[LaunchState, ...]) -> None:
    shared = [(state, m) for state in states for m in state.mitigations if m.other_launches]
    assert shared
    for state, item in shared:
        elsewhere = view.effects_elsewhere(item.mitigation.ref, state, states)
        assert all(not effect.risk.startswith(f"{state.launch.key}/") for effect in elsewhere)
