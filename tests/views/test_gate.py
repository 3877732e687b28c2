"""One launch criterion in full."""

from collections.abc import Mapping
from dataclasses import replace

from tests.readiness.gates import a_gate as measured
from tests.readiness.gates import a_run as measuring
from tests.readiness.gates import an_evidence
from tests.readiness.gates_today import status_of
from tracker.domain.state import LaunchState
from tracker.domain.words import GateCoverage
from tracker.views import gate as view


def detail(state: LaunchState, short: str) -> view.GateDetail:
    status = view.find_gate(state, short)
    assert status is not None
    return view.gate_detail(status, state)


def test_a_gate_that_is_not_on_the_launch_is_not_found(gpt_4v: LaunchState) -> None:
    assert view.find_gate(gpt_4v, "G-99") is None


def test_the_facts_name_people_and_say_what_is_not_limited(gpt_4v: LaunchState) -> None:
    facts = detail(gpt_4v, "G-3").facts
    assert facts["Asks for"] == "≥ 99 %"
    assert facts["Confidence"] == "95 %, one-sided"
    assert facts["Written by"] == "Safety policy lead"
    assert facts["Latest run"].startswith("E-7, published_figures.csv")


def test_an_attested_gate_shows_whose_word_it_is_and_the_hash(gpt_4v: LaunchState) -> None:
    facts = detail(gpt_4v, "G-7").facts
    assert len(facts["SHA-256"].replace(" ", "")) == 64
    assert "until" in facts["By"]
    assert "Confidence" not in facts


def test_a_waiver_says_what_it_overrides_and_who_has_signed(gpt_4v: LaunchState) -> None:
    waiver = detail(gpt_4v, "G-3").waiver
    assert waiver["State"] == "asked: not yet signed by approver"
    assert waiver["Overrides"] == "inconclusive, ≥ 99 %, gpt-4v-2023-09/E-7"
    signed = "responsible officer: Responsible safety officer; approver: not signed"
    assert waiver["Signed"] == signed
    assert detail(gpt_4v, "G-1").waiver == {}


def test_people_who_attest_are_named_where_a_gate_failed(
    by_key: Mapping[str, LaunchState],
) -> None:
    shown = detail(by_key["dall-e-2-2022-04"], "G-4")
    assert shown.status.why == "attested as not met"
    assert shown.facts["By"].startswith("Assessor, fairness, representation and access")


def test_slices_are_listed_worst_first_and_drawn_instead_of_the_whole(
    gpt_4v: LaunchState,
) -> None:
    run = measuring(
        1,
        an_evidence(500, 500),
        an_evidence(200, 200, slice="de"),
        an_evidence(40, 100, slice="fr"),
    )
    status = status_of(measured(threshold=0.9, coverage=GateCoverage.EVERY_SLICE), run)
    shown = view.gate_detail(replace(status, waiver=None), gpt_4v)
    assert shown.slices["slice"].tolist()[0] == "fr"
    assert next(bar.gate for bar in shown.bars) == "fr"
    assert shown.slices["state"].tolist()[0] == "failed"


def test_without_slices_the_whole_is_drawn_once(gpt_4v: LaunchState) -> None:
    assert [bar.gate for bar in detail(gpt_4v, "G-1").bars] == ["overall"]
    assert detail(gpt_4v, "G-5").bars == ()
