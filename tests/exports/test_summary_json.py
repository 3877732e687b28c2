import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.exports.factories import a_report, an_empty_report, with_hostile_text
from tracker.domain import gate_state, review_words, words
from tracker.domain.report import ReadinessReport
from tracker.domain.words import Level, View
from tracker.exports import summary_json

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "data" / "schemas" / "readiness-summary-1.2.json").read_bytes()
)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def written(report: ReadinessReport) -> dict[str, Any]:
    return json.loads(summary_json.render(report))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema_version"] == {"const": summary_json.SCHEMA_VERSION}


@pytest.mark.parametrize(
    "report",
    [a_report(), an_empty_report(), with_hostile_text("\u202e=<b>\x00")],
    ids=["standard", "empty", "hostile"],
)
def test_every_summary_keeps_the_published_schema(report: ReadinessReport) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(written(report))] == []


def enumerations(node: Any) -> Iterator[frozenset[str]]:
    if isinstance(node, dict):
        if "enum" in node:
            yield frozenset(node["enum"])
        for value in node.values():
            yield from enumerations(value)


def test_the_schema_names_exactly_the_words_of_the_domain() -> None:
    known = {
        frozenset(map(str, kind))
        for kind in (
            *vars(words).values(),
            *vars(review_words).values(),
            gate_state.ChangeKind,
        )
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    found = set(enumerations(SCHEMA))
    assert found <= known
    assert frozenset(map(str, Level)) in found
    assert frozenset(map(str, words.Verdict)) in found


def test_an_unassessed_risk_has_the_level_unassessed_and_null_scores() -> None:
    first = written(a_report())["risks"][0]
    assert first["ref"] == "aurora-2026/R-3"
    assert first["unassessed_because"] == "nobody has assessed it"
    for view in View:
        figures = first[view]
        assert figures["level"] == "UNASSESSED"
        assert figures["harm_score"] is figures["priority"] is figures["band"] is None


@pytest.mark.parametrize(
    "change", [{"harm_score": 1.0}, {"priority": 1.0}, {"band": [0.0, 1.0]}, {"level": "Low"}]
)
def test_the_schema_refuses_scores_of_an_unassessed_risk(change: dict[str, Any]) -> None:
    summary = written(a_report())
    summary["risks"][0]["current"] |= change
    assert not VALIDATOR.is_valid(summary)


def test_the_schema_refuses_a_missing_and_an_unknown_field() -> None:
    for spoil in (lambda it: it.pop("verdict"), lambda it: it.update(readiness_percent=83)):
        summary = written(a_report())
        spoil(summary)
        assert not VALIDATOR.is_valid(summary)


def test_numbers_are_not_rounded() -> None:
    report = a_report()
    summary = written(report)
    for item, shown in zip(report.risks, summary["risks"], strict=True):
        for view in View:
            assert shown[view]["harm_score"] == item.ranked.state.figures(view).harm_score
            assert shown[view]["remain"] == item.ranked.state.figures(view).remain


def test_the_four_records_of_a_decision_stand_apart() -> None:
    verdict = written(a_report())["verdict"]
    assert verdict["gate_result"] == "Not ready"
    assert verdict["recommendation"] == "restricted at trusted testers"
    assert verdict["decision"] == "go with conditions at limited preview until 2026-12-31"
    assert verdict["dissent_count"] == 1


def test_without_proceedings_the_records_of_a_decision_are_null_and_named() -> None:
    summary = written(an_empty_report())
    assert summary["proceedings"] is None
    assert summary["verdict"]["decision"] is None
    assert summary["verdict"]["dissent_count"] is None
    assert set(summary["not_yet_recorded"]) >= {"acceptances", "decisions", "sign_offs"}


def test_the_dissent_and_its_answer_are_written_to_the_letter() -> None:
    signed = written(a_report())["proceedings"]["sign_offs"]
    (objection,) = [one for one in signed if one["vote"] == "object"]
    assert objection["dissent"] == "Nobody measured it in German."
    assert objection["answer"] == "German is not offered in this stage."
    assert objection["identity_authenticated"] is False


def test_an_override_its_reason_and_the_uncovered_step_are_written() -> None:
    found = written(a_report())["proceedings"]
    (decision,) = found["decisions"]
    assert decision["gate_result"] == "Not ready"
    assert decision["recommended"] == "restricted"
    assert decision["override_reason"].startswith("The partner")
    assert [one["covered"] for one in found["exposures"]] == [True, False]
    assert found["uncovered"] is True


def test_what_is_not_recorded_is_named_and_so_is_the_chain() -> None:
    summary = written(a_report())
    assert summary["not_yet_recorded"] == []
    assert summary["audit_chain"] == {"length": 2, "head": f"{2:064x}"}
    assert summary["generated"]["identity_authenticated"] is False


def test_closed_risks_are_listed_with_both_persons() -> None:
    (closed,) = written(a_report())["closed_risks"]
    assert closed["close_reason"] == "duplicate"
    assert closed["closure_asked_by"] == "ada"
    assert closed["closure_confirmed_by"] == "ben"


def test_illustrative_risks_are_marked() -> None:
    marked = {
        it["ref"].rpartition("/")[2]: it["illustrative"] for it in written(a_report())["risks"]
    }
    assert marked == {"R-1": True, "R-2": True, "R-3": False, "R-4": True, "R-5": True}


def test_keys_are_sorted_at_every_depth() -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            assert list(node) == sorted(node)
            for value in node.values():
                check(value)
        if isinstance(node, list):
            for value in node:
                check(value)

    check(written(a_report()))
