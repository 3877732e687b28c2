"""The path to green in words: what is known, what is not, and decisions apart from work."""

from dataclasses import replace

import pytest

from tracker.domain.gate_state import ChangeKind, PathStep, PathToGreen
from tracker.domain.state import LaunchState
from tracker.domain.words import Verdict
from tracker.readiness.path import path_to_green
from tracker.views.path import READY, path_view

ASSESS = PathStep(ChangeKind.ASSESS_RISK, "l/R-1", "Assess R-1.", "it comes out low", None)
VERIFY = PathStep(ChangeKind.VERIFY_MITIGATION, "M-1", "Verify M-1.", "it is in place", 9.0)
OTHER = PathStep(ChangeKind.VERIFY_MITIGATION, "M-2", "Verify M-2.", "it is in place", 0.5)
DONE = PathToGreen(Verdict.READY, (ASSESS, VERIFY, OTHER), ((),), False, (), ())


def test_a_launch_that_is_ready_has_no_path() -> None:
    shown = path_view(PathToGreen(None, (), (), False, (), ()))
    assert shown.sentence == READY
    assert not shown.needed_title
    assert not shown.cost
    assert not shown.choices_title


def test_steps_that_do_it_by_themselves_name_the_verdict_and_what_it_rests_on() -> None:
    shown = path_view(DONE)
    assert shown.sentence == "The 3 steps below make it Ready, if what is assumed comes out."
    assert shown.needed_title == "Needed in any case: 3 steps"
    assert shown.choices == ()
    single = path_view(replace(DONE, shared=(ASSESS,)))
    assert single.sentence == "The 1 step below makes it Ready, if what is assumed comes out."


def test_steps_are_gathered_by_kind_and_say_once_what_they_assume() -> None:
    first, second = path_view(DONE).needed
    assert first.title == "Assess a risk: 1 step"
    assert first.assumes == "Assumes that it comes out low."
    assert second.title == "Verify a mitigation: 2 steps"
    assert second.lines == ("Verify M-1 (9 person-days).", "Verify M-2 (0.5 person-days).")


def test_a_cost_that_nobody_estimated_is_said_and_never_counted_as_nothing() -> None:
    cost = path_view(DONE).cost
    assert cost == "Known cost: 9.5 person-days, for 2 of 3 steps; nobody has estimated the others."
    assert path_view(replace(DONE, shared=(VERIFY,))).cost == "Known cost: 9 person-days."
    unknown = path_view(replace(DONE, shared=(ASSESS,))).cost
    assert unknown == "Nobody has estimated what these steps cost."


def test_each_choice_says_by_itself_what_it_assumes_and_costs() -> None:
    shown = path_view(replace(DONE, shared=(ASSESS,), alternatives=((VERIFY,), (OTHER, ASSESS))))
    assert shown.sentence.startswith("The 1 step below and one of 2 choices make it Ready")
    assert shown.choices_title == "One of these besides"
    assert shown.choices_assume == ""
    assert shown.choices[0] == ("Verify M-1 (assumes that it is in place; 9 person-days).",)
    assert shown.choices[1][1] == "Assess R-1 (assumes that it comes out low; cost not estimated)."


def test_what_all_choices_assume_is_said_once() -> None:
    shown = path_view(replace(DONE, shared=(), alternatives=((VERIFY,), (OTHER,))))
    assert shown.choices_assume == "Assumes that it is in place."
    assert shown.choices == (("Verify M-1 (9 person-days).",), ("Verify M-2 (0.5 person-days).",))


def test_choices_without_a_common_step_stand_by_themselves() -> None:
    shown = path_view(replace(DONE, shared=(), alternatives=((VERIFY,), (OTHER,))))
    assert shown.sentence.startswith("One of 2 choices makes it Ready")
    assert shown.choices_title == "One of these"


def test_further_choices_are_said_to_exist() -> None:
    shown = path_view(replace(DONE, shared=(), alternatives=((VERIFY,), (OTHER,)), more=True))
    assert shown.choices_title == "One of these (the 2 smallest; more exist)"
    assert "one of more than 2 choices" in shown.sentence.casefold()


def test_a_blocked_launch_is_never_said_to_be_turned_by_the_steps_it_needs() -> None:
    blocked = replace(DONE, alternatives=(), blocked=("R-9 stays High.",))
    shown = path_view(blocked)
    assert shown.sentence == (
        "No work on record is enough for Ready: 1 risk stays High or above; "
        "these 3 steps are needed all the same."
    )
    assert shown.blocked == ("R-9 stays High.",)
    assert path_view(replace(blocked, shared=())).sentence.endswith("1 risk stays High or above.")
    one = replace(blocked, shared=blocked.shared[:1], blocked=("R-9 stays High.", "R-8 too."))
    assert path_view(one).sentence.endswith(
        "2 risks stay High or above; this step is needed all the same."
    )


@pytest.mark.parametrize("place", range(4))
def test_decisions_never_stand_among_the_steps_of_the_demo(
    states: tuple[LaunchState, ...], place: int
) -> None:
    path = path_to_green(states[place])
    shown = path_view(path)
    lines = [line for group in shown.needed for line in group.lines]
    assert len(lines) == len(path.shared)
    assert shown.decisions == path.decisions
    assert not set(lines) & set(shown.decisions)
