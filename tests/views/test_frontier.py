"""Frontier thresholds of a launch, what is open first."""

from collections.abc import Mapping
from dataclasses import replace

from tracker.domain.gate_state import FrontierStatus
from tracker.domain.state import LaunchState
from tracker.domain.words import ThresholdOutcome
from tracker.views import frontier as view


def elections(state: LaunchState) -> FrontierStatus:
    return next(one for one in state.frontier if one.area.code == "manipulation_elections")


def test_the_table_has_its_columns_and_what_is_open_comes_first(gpt_4v: LaunchState) -> None:
    frame = view.frontier_frame(gpt_4v)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == view.DTYPES
    assert list(frame[["outcome", "asks"]].iloc[0]) == ["cannot rule out", "M-72 not verified"]
    assert set(frame.loc[1:, "asks"]) == {"nothing more"}


def test_what_nobody_determined_is_said_and_never_below(gpt_4v: LaunchState) -> None:
    open_one = replace(elections(gpt_4v), standing=None)
    frame = view.frontier_frame(replace(gpt_4v, frontier=(open_one,)))
    assert frame.loc[0, "outcome"] == view.UNDETERMINED
    assert frame.loc[0, "asks"] == "a determination for this release"


def test_a_threshold_is_settled_below_or_with_every_safeguard_verified(
    gpt_4v: LaunchState,
) -> None:
    status = elections(gpt_4v)
    assert not view.is_settled(status)
    verified = tuple(replace(one, verified_now=True) for one in status.safeguards)
    assert view.is_settled(replace(status, safeguards=verified))
    assert not view.is_settled(replace(status, safeguards=()))
    assert view.asks(replace(status, safeguards=())) == "at least one named safeguard, verified"


def test_what_waits_for_a_second_person_is_said(by_key: Mapping[str, LaunchState]) -> None:
    status = elections(by_key["gpt-4v-2023-09"])
    assert status.standing is not None
    lower = replace(status.standing, outcome=ThresholdOutcome.BELOW)
    said = view.asks(replace(status, pending=lower))
    assert said.endswith("; “below” waits for a second person")


def test_what_is_out_of_scope_is_not_listed(gpt_4v: LaunchState) -> None:
    out = tuple(replace(one, required=False) for one in gpt_4v.frontier)
    assert len(view.frontier_frame(replace(gpt_4v, frontier=out))) == 0
