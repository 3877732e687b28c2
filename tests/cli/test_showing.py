"""`show`: one risk, launch or mitigation."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.commands import TODAY, Command
from tracker.cli import keys
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import Factor

RISK = "gpt-4v-2023-09/R-6"


def test_a_risk_shows_the_sum_whose_total_is_its_priority(demo: Command) -> None:
    for ref in (RISK, "gpt-4-2023-03/R-2", "gpt-4v-2023-09/R-1"):
        shown = demo("show", ref, "--json").json()
        for parts, total in (("parts", "priority"), ("harm_parts", "harm_score")):
            points = sum(part["points"] for part in shown[parts])
            assert points == pytest.approx(shown["current"][total], abs=1e-8)
            assert len({part["assessor"] for part in shown[parts]}) == 1


def test_a_risk_shows_the_documented_keys_and_three_views(demo: Command) -> None:
    shown = demo("show", RISK, "--json").json()
    assert list(shown) == list(keys.SHOWN_RISK)
    for view in ("inherent", "current", "projected"):
        assert list(shown[view])[:4] == ["harm_score", "priority", "level", "band"]
    assert shown["projected"]["harm_score"] <= shown["current"]["harm_score"]
    assert shown["current"]["harm_score"] <= shown["inherent"]["harm_score"]


def test_an_assessment_shows_its_picks_and_what_they_give(demo: Command) -> None:
    for assessment in demo("show", RISK, "--json").json()["assessments"]:
        assert set(assessment["picks"]) == {factor.value for factor in Factor}
        assert all(1 <= pick <= 5 for pick in assessment["picks"].values())
        assert assessment["harm_score"] < assessment["priority"]
        assert assessment["counted"]
        assert not assessment["superseded"]


def test_a_withheld_risk_shows_its_picks_and_none_of_its_words(demo: Command, home: Path) -> None:
    mark = WithheldClass.SECURITY.marker
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE risk SET withheld = ? WHERE ref = ?", ("security", RISK))
    assert {one["rationale"] for one in demo("show", RISK, "--json").json()["assessments"]} <= {
        mark,
        "",
    }
    bearing = demo("show", RISK, "--json").json()["mitigations"]
    for one in bearing:
        shown = demo("show", one["ref"], "--json").json()
        told = [*shown["effects"], *shown["verifications"]]
        words = {one.get("basis", one.get("evidence")) for one in told if one["risk"] == RISK}
        assert words == {mark}
    assert bearing


def test_superseded_assessments_are_shown_and_marked(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        assessed_twice = connection.execute(
            "SELECT risk, assessor FROM assessment GROUP BY risk, assessor HAVING count(*) = 2"
        ).fetchall()
    assert len(assessed_twice) == 4
    for ref, assessor in assessed_twice:
        shown = demo("show", ref, "--json").json()["assessments"]
        later, earlier = [one for one in shown if one["assessor"] == assessor]
        assert (later["superseded"], later["counted"]) == (False, True)
        assert (earlier["superseded"], earlier["counted"]) == (True, False)
        assert later["submitted_at"] > earlier["submitted_at"]


def test_an_unassessed_risk_shows_why_and_no_figure(demo: Command) -> None:
    shown = demo("show", "gpt-4v-2023-09/R-8", "--json").json()
    assert (shown["level"], shown["parts"], shown["assessments"]) == ("UNASSESSED", [], [])
    assert shown["unassessed_because"] == "nobody has assessed it"
    for view in ("inherent", "current", "projected"):
        assert shown[view]["harm_score"] is None


def test_a_launch_shows_reasons_with_remedies(demo: Command) -> None:
    shown = demo("show", "gpt-4v-2023-09", "--json", "--today", TODAY.isoformat()).json()
    assert list(shown) == list(keys.SHOWN_LAUNCH)
    assert [reason["text"] for reason in shown["verdict_reasons"]] == shown["reasons"]
    assert all(reason["remedy"] for reason in shown["verdict_reasons"])
    assert len(shown["areas"]) == 25
    text = demo("show", "gpt-4v-2023-09").out
    assert "identity not authenticated" in text
    assert "Not ready" in text


def test_a_mitigation_shows_every_launch_that_it_serves(demo: Command) -> None:
    shown = demo("show", "M-27", "--json").json()
    assert list(shown) == list(keys.SHOWN_MITIGATION)
    assert {effect["risk"].partition("/")[0] for effect in shown["effects"]} <= {
        placement["launch"] for placement in shown["launches"]
    }
    assert "M-27" in demo("show", "M-27").out


def test_text_for_people_names_whose_sum_it_is(demo: Command) -> None:
    text = demo("show", RISK).out
    assert "the upper median of 3 assessors" in text
    assert "illustrative judgement" in text
    assert "GPT-4V(ision) System Card, section 2.4.2" in text


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("gpt-4v-2023-09/R-99", "no risk “gpt-4v-2023-09/R-99”.*Did you mean gpt-4v-2023-09/R-9"),
        ("R-6", "no risk “R-6”.*Did you mean .*gpt-4v-2023-09/R-6"),
        ("M-999", "no mitigation “M-999”.*Did you mean M-"),
        ("gpt-4v-2023-10", "no launch “gpt-4v-2023-10”.*Did you mean gpt-4v-2023-09"),
        ("", "no launch “”"),
        ("../etc/passwd", "no risk"),
        ("x" * 5000, "no launch “xxx"),
    ],
)
def test_a_reference_that_names_nothing_is_refused_with_what_is_near(
    demo: Command, ref: str, said: str
) -> None:
    assert re.search(said, demo("show", ref).refusal())
