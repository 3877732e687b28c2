"""`launches`, `risks` and `rank`, on the demo as of one day."""

import re
from pathlib import Path

import pytest

from tests.cli.commands import AT, TODAY, Command
from tests.services.demo_by_hand import order_by_hand
from tracker.cli import keys
from tracker.domain.drafts import RiskClosure
from tracker.domain.words import CloseReason, GateState, Level
from tracker.services.act import Act
from tracker.services.people import actor_for
from tracker.services.risks import ask_closure, confirm_closure
from tracker.store.engine import Store

RISKS_BEGIN_AT = 1
ON_THE_DAY = ("--today", TODAY.isoformat())


def test_rank_gives_the_order_that_a_second_computation_gives(demo: Command) -> None:
    ranked = demo("rank", "--json", *ON_THE_DAY).json()
    expected = order_by_hand(TODAY)
    assert [risk["ref"] for risk in ranked] == [ref for ref, _ in expected]
    assert [risk["rank"] for risk in ranked] == list(range(1, len(expected) + 1))
    for risk, (_, figures) in zip(ranked, expected, strict=True):
        if figures is None:
            assert (risk["priority"], risk["harm_score"]) == (None, None)
        else:
            assert (risk["priority"], risk["harm_score"]) == pytest.approx(figures, abs=1e-8)


def test_rank_puts_unassessed_risks_first_without_any_figure(demo: Command) -> None:
    ranked = demo("rank", "--json", *ON_THE_DAY).json()
    unassessed = [risk["level"] == "UNASSESSED" for risk in ranked]
    assert unassessed == sorted(unassessed, reverse=True)
    assert any(unassessed)
    figures = ("harm_score", "priority", "business_impact", "band", "priority_band")
    for risk in ranked:
        for key in figures:
            assert (risk[key] is None) == (risk["level"] == "UNASSESSED")


def test_rank_prints_the_documented_keys_in_their_order(demo: Command) -> None:
    asked_for = [
        *("rank", "ref", "launch", "title", "policy_area", "level", "harm_score", "priority"),
        *("business_impact", "status", "reason"),
    ]
    for risk in demo("rank", "--json").json():
        assert list(risk) == list(keys.RANK)
        assert list(risk)[: len(asked_for)] == asked_for


def test_rank_gives_the_business_impact_of_whoever_stands_for_the_priority(demo: Command) -> None:
    risk = next(r for r in demo("rank", "--json").json() if r["ref"] == "gpt-4v-2023-09/R-6")
    shown = demo("show", risk["ref"], "--json").json()
    whose = {part["assessor"] for part in shown["parts"]}
    picks = {one["assessor"]: one["picks"] for one in shown["assessments"] if one["counted"]}
    assert {picks[assessor]["business_impact"] for assessor in whose} == {risk["business_impact"]}


def test_rank_of_one_launch_keeps_the_places_in_the_whole_queue(demo: Command) -> None:
    whole = demo("rank", "--json").json()
    own = demo("rank", "--launch", "gpt-4v-2023-09", "--json").json()
    assert own == [risk for risk in whole if risk["launch"] == "gpt-4v-2023-09"]
    assert demo("rank", "--top", "3", "--json").json() == whole[:3]


def test_rank_says_the_same_twice(demo: Command) -> None:
    first = demo("rank", "--json", *ON_THE_DAY)
    assert first == demo("rank", "--json", *ON_THE_DAY)


def test_the_clock_moves_the_reasons_and_not_the_figures(demo: Command) -> None:
    now, later = (
        demo("rank", "--json", "--today", day).json() for day in ("2026-11-24", "2027-01-10")
    )
    assert [risk["priority"] for risk in now] == [risk["priority"] for risk in later]
    assert "overdue" in " ".join(risk["reason"] for risk in later)


def test_launches_lists_verdict_reasons_and_all_six_levels(demo: Command) -> None:
    listed = demo("launches", "--json", *ON_THE_DAY).json()
    assert {launch["launch"] for launch in listed} == {
        *("gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10")
    }
    for launch in listed:
        assert list(launch) == list(keys.LAUNCH)
        assert launch["verdict"] == "Not ready"
        assert launch["reasons"]
        assert set(launch["levels"]) == {str(level) for level in Level}
        assert set(launch["gates"]) == {str(state) for state in GateState}
    ranked = demo("rank", "--json").json()
    for launch in listed:
        own = [risk["level"] for risk in ranked if risk["launch"] == launch["launch"]]
        assert launch["levels"] == {str(level): own.count(level) for level in Level}


def test_launches_counts_the_gates_that_gates_lists(demo: Command) -> None:
    for launch in demo("launches", "--json", *ON_THE_DAY).json():
        listed = demo("gates", launch["launch"], "--json", *ON_THE_DAY).json()
        states = [gate["state"] for gate in listed if not gate["withdrawn"]]
        assert launch["gates"] == {str(state): states.count(state) for state in GateState}


def test_risks_can_be_narrowed_by_launch_area_and_level(demo: Command) -> None:
    every = demo("risks", "--json").json()
    assert len(every) == len(demo("rank", "--json").json())
    launch = demo("risks", "--launch", "gpt-4v-2023-09", "--json").json()
    numbers = [int(risk["ref"].rpartition("-")[2]) for risk in launch]
    assert numbers == sorted(numbers)
    high = demo("risks", "--level", "high", "--json").json()
    assert {risk["level"] for risk in high} == {"High"}
    private = demo("risks", "--area", "privacy", "--json").json()
    assert private
    assert {risk["ref"] for risk in every if risk["policy_area"] == "privacy"} <= {
        risk["ref"] for risk in private
    }


def close_a_risk(home: Path) -> str:
    """Close a risk as two people of the demo would."""
    ref = "gpt-4v-2023-09/R-8"
    url = f"sqlite:///{home / 'demo.db'}"
    store = Store.open(url)
    closure = RiskClosure(close_reason=CloseReason.OUT_OF_SCOPE, note="The feature was dropped.")
    version = RISKS_BEGIN_AT
    for who, step in (("policy-lead", "ask"), ("red-team-lead", "confirm")):
        act = Act(actor_for(store, who), AT, f"{step}-closure", reason=step)
        if step == "ask":
            ask_closure(store, act, ref, closure, version)
        else:
            confirm_closure(store, act, ref, version + 1)
    store.dispose()
    return ref


def test_a_closed_risk_has_no_rank_and_is_listed_only_when_asked_for(
    demo: Command, home: Path
) -> None:
    before = len(demo("rank", "--json").json())
    ref = close_a_risk(home)
    assert len(demo("rank", "--json").json()) == before - 1
    assert ref not in [risk["ref"] for risk in demo("risks", "--json").json()]
    (closed,) = [risk for risk in demo("risks", "--all", "--json").json() if risk["ref"] == ref]
    assert (closed["rank"], closed["status"]) == (None, "closed")
    assert "out of scope" in closed["reason"]
    shown = demo("show", ref, "--json").json()
    assert shown["closure"]["asked_by"] == "policy-lead"
    assert shown["closure"]["confirmed_by"] == "red-team-lead"
    assert "closed as out of scope" in demo("show", ref).out
    assert "closed  gpt-4v-2023-09/R-8" in demo("risks", "--all").out


def test_an_empty_register_says_what_to_do(command: Command) -> None:
    command("init")
    assert "holdpoint new-launch" in command("launches").out
    assert command("rank").out == "No risk fits.\n"
    assert command("risks", "--area", "privacy", "--json").json() == []


def test_people_see_tables_that_name_what_is_illustrative(demo: Command) -> None:
    ran = demo("rank", "--top", "8")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1].split()[:3] == ["1", "gpt-4v-2023-09/R-8", "UNASSESSED"]
    assert "illustrative judgement" in ran.out
    assert "Not ready" in demo("launches").out


def test_a_table_has_neither_colours_nor_cuts_without_a_terminal(demo: Command) -> None:
    out = demo("rank").out
    assert "\x1b" not in out
    assert "…" not in out
    assert len(out.splitlines()) == len(demo("rank", "--json").json()) + 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rank", "--launch", "gpt-4v"), "no launch “gpt-4v”.*Did you mean gpt-4v-2023-09"),
        (("risks", "--launch", "nothing-like-it"), "no launch “nothing-like-it”"),
        (
            ("risks", "--area", "fraud_scam"),
            "no policy area “fraud_scam”.*Did you mean fraud_scams",
        ),
        (
            ("risks", "--level", "Huge"),
            "Invalid value for '--level': 'Huge' is not one of .*'critical'",
        ),
        (("rank", "--top", "0"), "--top"),
        (("launches", "--today", "24.11.2026"), "“24.11.2026” is not a day written as YYYY-MM-DD"),
        (("launches", "--today", "2026-02-30"), "2026-02-30"),
        (("rank", "--frobnicate"), "--frobnicate.*holdpoint rank --help"),
        (("frobnicate",), "frobnicate.*holdpoint --help"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(
    demo: Command, arguments: tuple[str, ...], said: str
) -> None:

    assert re.search(said, demo(*arguments).refusal())
