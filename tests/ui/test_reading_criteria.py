"""What a reader finds about gates, evidence and the path to green, and where a click leads."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.evidence_factories import a_gate, a_metric
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    an_assessment,
)
from tests.ui.conftest import Visit, words
from tracker.domain.words import Applicability, Mechanism, MitigationStatus
from tracker.readers.areas import packaged_areas
from tracker.store.engine import Store

GPT_4V = "gpt-4v-2023-09"
HIGH = (4, 3, 3, 3, 1)


def said(app: AppTest) -> str:
    """The words of a page without the marks that keep them harmless in Markdown."""
    return words(app).replace("\\", "")


def column(app: AppTest, name: str) -> list[object]:
    """A column of the first table that has it."""
    found = next(one.value[name] for one in app.dataframe if name in one.value.columns)
    return [list(cell) if isinstance(cell, np.ndarray) else cell for cell in found]


@pytest.mark.usefixtures("demo")
def test_the_board_counts_gates_by_state_in_shape_and_number(visit: Visit) -> None:
    app = visit("launches")
    assert column(app, "gates")[0] == ["1 ✖", "2 ?", "1 ◷", "3 ≈", "2 ✔"]
    legend = "✖ failed, ? missing, ◷ planned, ↺ stale, ≈ inconclusive, ✔ passed"
    assert f"Gates by state: {legend}." in said(app)


def test_a_launch_without_gates_is_said_to_have_none(visit: Visit, cast_register: Store) -> None:
    a_launch(cast_register)
    assert column(visit("launches"), "gates") == [["no gates ?"]]
    a_metric(cast_register)
    a_gate(cast_register)
    assert column(visit("launches"), "gates") == [["1 ?"]]


@pytest.mark.usefixtures("demo")
def test_the_overview_shows_reasons_and_path_and_decisions_apart(visit: Visit) -> None:
    app = visit("overview", launch=GPT_4V)
    headings = [header.value for header in app.header]
    assert headings[:2] == ["What holds it, and the remedy", "Path to green"]
    assert [heading.value for heading in app.subheader] == ["Decisions, never the path"]
    told = said(app)
    assert (
        "No work on record is enough for Ready with conditions: 6 risks stay High or above; "
        "these 21 steps are needed all the same."
    ) in told
    assert "Needed in any case: 21 steps" in told
    assert "Known cost: 13 person-days, for 2 of 21 steps; nobody has estimated" in told
    assert "they are never part of the path" in told


@pytest.mark.usefixtures("demo")
def test_the_overview_leads_to_the_gates_of_its_launch(visit: Visit) -> None:
    app = visit("overview", launch=GPT_4V)
    link = next(one for one in app.get("page_link") if "gates passed" in one.proto.label)
    assert link.proto.label == "2 of 9 gates passed, 4 must\\-pass hold"
    assert link.proto.query_string == f"launch={GPT_4V}"
    assert "5 of 5 frontier thresholds determined" in said(app)


@pytest.mark.usefixtures("demo")
def test_a_remedy_of_its_own_stands_with_its_reason(visit: Visit) -> None:
    told = said(visit("overview", launch=GPT_4V))
    reason = told.index("G-5 “Medical pictures: no left-right swaps” is missing: no run")
    remedy = told.index("Run it on this model version", reason)
    assert remedy < told.index("G-1 “Refuses to name people” is inconclusive", reason)


@pytest.mark.usefixtures("demo")
def test_the_policy_areas_name_gates_and_determinations(visit: Visit) -> None:
    app = visit("overview", launch="dall-e-3-2023-10")
    lines = dict(zip(column(app, "area"), column(app, "criteria"), strict=True))
    assert lines["Automated AI R&D and self-improvement"] == "below"
    assert lines["Youth and age-appropriate experience"] == "no must-pass gate"
    assert str(lines["Manipulation, influence operations and elections"]).startswith(
        "cannot rule out: M-"
    )


@pytest.fixture
def two_ways(cast_register: Store) -> Store:
    """A launch that one High risk holds, which either of two mitigations would lower."""
    a_launch(cast_register)
    for area in packaged_areas():
        a_scope(
            cast_register,
            area=area.code,
            applicability=Applicability.NOT_APPLICABLE,
            reason="Not in this product.",
            confirmed_by="dana",
        )
    risk = a_risk(cast_register)
    an_assessment(cast_register, risk, picks=HIGH)
    for mechanism in (Mechanism.PREVENT, Mechanism.DETECT):
        shares = {risk: (0.8, 0.85, 0.9)}
        made = a_mitigation(cast_register, shares, mechanism=mechanism)
        a_placement(cast_register, made, status=MitigationStatus.IMPLEMENTED)
    return cast_register


@pytest.mark.usefixtures("two_ways")
def test_choices_are_drawn_as_choices(visit: Visit) -> None:
    told = said(visit("overview", launch=AURORA))
    assert "One of 2 choices makes it Ready, if what is assumed comes out." in told
    assert "One of these" in told
    for ref in ("M-1", "M-2"):
        assert f"- Have {ref} “Mitigation {ref[2:]}” verified" in told
    assert told.count("cost not estimated") == 2
    assert "What no work on record can turn" not in told


@pytest.mark.usefixtures("demo")
def test_a_risk_lists_the_evidence_that_speaks_to_it_and_opens_its_run(visit: Visit) -> None:
    app = visit("risk", launch=GPT_4V, risk="R-4")
    assert column(app, "run") == ["E-5", "E-3"]
    assert "G-2 inconclusive" in column(app, "gates")
    app.session_state["risk.evidence.open"] = {"row": 1, "label": "E-3"}
    app.run()
    assert not app.exception
    assert (app.query_params["launch"], app.query_params["run"]) == (GPT_4V, "E-3")
    assert "All evidence of this launch" in [button.label for button in app.button]


def test_a_risk_without_evidence_says_how_to_bring_some(visit: Visit, cast_register: Store) -> None:
    a_risk(cast_register, a_launch(cast_register))
    assert "No result on record speaks to this risk." in said(visit("risk", risk="R-1"))


@pytest.mark.usefixtures("cast_register")
def test_the_templates_say_whose_thresholds_they_are_and_can_be_narrowed(visit: Visit) -> None:
    app = visit("templates")
    assert app.title[0].value == "32 templates of gates for 24 of 25 policy areas"
    assert "no publisher set them" in said(app)
    assert "Without a template: Manipulation" in said(app)
    app.multiselect(key="templates.area").select("child_safety").run()
    assert len(column(app, "asks")) == 2
    assert {str(source)[:5] for source in column(app, "source")} == {"GPT-5"}
    app.text_input(key="templates.text").set_value("read by trained").run()
    assert "None of these templates has a published figure" in said(app)
    app.text_input(key="templates.text").set_value("no such words").run()
    assert "No template matches." in said(app)
    assert not app.dataframe
