"""The board of a launch's criteria: what holds first, in words that stay true."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.views.conftest import TODAY
from tracker.domain.state import LaunchState
from tracker.domain.words import GateState, WaiverState
from tracker.views import gates as view
from tracker.views.gates import GateFilter, Over, gates_view


def board(state: LaunchState, wanted: GateFilter | None = None) -> view.GatesView:
    return gates_view(state, wanted or GateFilter())


def test_the_board_has_its_columns_and_a_line_per_gate(gpt_4v: LaunchState) -> None:
    frame = board(gpt_4v).frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == view.DTYPES
    assert set(frame["ref"]) == {status.gate.short_ref for status in gpt_4v.gates}


def test_what_holds_comes_first_then_the_worst_state(gpt_4v: LaunchState) -> None:
    by_ref = {status.gate.short_ref: status for status in gpt_4v.gates}
    shown = [by_ref[ref] for ref in board(gpt_4v).frame["ref"]]
    holding = [status.holds for status in shown]
    assert holding == sorted(holding, reverse=True)
    held = [status.state.badness for status in shown if status.holds]
    assert held == sorted(held, reverse=True)


def test_the_headline_counts_what_passed_and_what_holds(gpt_4v: LaunchState) -> None:
    assert board(gpt_4v).headline == "2 of 9 gates passed, 4 must-pass hold"
    assert board(replace(gpt_4v, gates=())).headline == "No launch criteria yet"


def test_an_empty_board_and_one_without_a_match_say_how_to_get_on(gpt_4v: LaunchState) -> None:
    empty = board(replace(gpt_4v, gates=())).empty
    assert empty == view.EMPTY
    assert "writes one above, under New gate" in empty
    assert board(gpt_4v, GateFilter(text="nowhere")).empty == view.NO_MATCH


def test_a_filter_narrows_by_state_weight_and_words(gpt_4v: LaunchState) -> None:
    frame = board(gpt_4v, GateFilter(states=["inconclusive"])).frame
    assert set(frame["state"]) == {"inconclusive"}
    frame = board(gpt_4v, GateFilter(must_pass_only=True)).frame
    assert set(frame["counts"]) == {"must pass"}
    assert list(board(gpt_4v, GateFilter(text="SCREENSHOTS")).frame["ref"]) == ["G-3"]


def test_a_waiver_is_a_mark_and_the_state_beneath_stays(gpt_4v: LaunchState) -> None:
    status = next(one for one in gpt_4v.gates if one.gate.short_ref == "G-3")
    assert (view.over(status), status.state) == (Over.WAIVER_ASKED, GateState.INCONCLUSIVE)
    assert view.over_words(status) == "waiver asked: not yet signed by approver"
    assert status.waiver is not None
    signed = replace(status, waiver=replace(status.waiver, state=WaiverState.IN_FORCE))
    until = status.waiver.waiver.until.isoformat()
    assert view.over_words(signed) == f"waived until {until}"
    frame = board(replace(gpt_4v, gates=(signed,))).frame
    assert list(frame[["state", "over"]].iloc[0]) == ["inconclusive", "waived"]


@pytest.mark.parametrize(
    ("asked_by", "confirmed_by", "words"),
    [
        ("ben", None, "withdrawal asked, not confirmed"),
        ("ben", "dana", "withdrawn"),
        (None, None, ""),
    ],
)
def test_a_withdrawal_is_said_and_ranks_last_once_confirmed(
    gpt_4v: LaunchState, asked_by: str | None, confirmed_by: str | None, words: str
) -> None:
    first = next(one for one in gpt_4v.gates if one.gate.short_ref == "G-5")
    gate = replace(first.gate, withdrawal_asked_by=asked_by, withdrawal_confirmed_by=confirmed_by)
    status = replace(first, gate=gate)
    assert view.over_words(status) == words
    others = tuple(one for one in gpt_4v.gates if one is not first)
    refs = list(board(replace(gpt_4v, gates=(status, *others))).frame["ref"])
    assert (refs[-1] == "G-5") == (confirmed_by is not None)


def test_only_gates_with_a_figure_are_drawn_and_the_note_says_so(gpt_4v: LaunchState) -> None:
    shown = board(gpt_4v)
    assert len(shown.bars) == 5
    assert "4 gates have no figure to draw" in shown.bars_note


def test_two_hundred_gates_are_listed_and_the_first_are_drawn(gpt_4v: LaunchState) -> None:
    one = next(status for status in gpt_4v.gates if status.gate.short_ref == "G-1")
    many = tuple(replace(one, gate=replace(one.gate, number=n)) for n in range(1, 201))
    shown = board(replace(gpt_4v, gates=many))
    assert (len(shown.frame), len(shown.bars)) == (200, view.SHOWN_IN_CHART)
    assert "The first 20 are drawn" in shown.bars_note


def test_nothing_on_record_is_said_and_never_an_empty_cell(gpt_4v: LaunchState) -> None:
    frame = board(gpt_4v).frame
    assert not (frame["shows"] == "").any()
    assert frame.set_index("ref").loc["G-5", "shows"] == "nothing on record"
    (booked,) = frame.loc[frame["ref"] == "G-6", "planned"]
    assert pd.Timestamp(booked).date() >= TODAY


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("no run; planned for 2026-04-01", "nothing on record"),
        ("nobody has attested it", "nothing on record"),
        ("E-2 withdrawn and not yet replaced", "nothing that counts"),
        ("every run was taken back", "nothing that counts"),
        ("only run is about another model version, configuration or stage", "nothing that counts"),
    ],
)
def test_what_is_on_record_and_does_not_count_is_never_said_to_be_absent(
    gpt_4v: LaunchState, why: str, words: str
) -> None:
    status = next(one for one in gpt_4v.gates if one.gate.short_ref == "G-5")
    assert view.figures(replace(status, why=why)) == words
