from dataclasses import replace

import pytest

from tests.exports.factories import Case, a_report, an_empty_report, report_of, state_of
from tests.exports.reading import csv_rows
from tests.exports.rows import a_risk, judged
from tracker.domain.state import RiskState
from tracker.exports import register_csv

SCORES = ("harm_score_inherent", "harm_score_current", "harm_score_projected", "priority")
BANDS = ("band_low", "band_high")


def rows() -> list[dict[str, str]]:
    return csv_rows(register_csv.render(a_report()))


def test_the_file_begins_with_a_mark_by_which_excel_knows_utf8() -> None:
    assert register_csv.render(a_report()).startswith(b"\xef\xbb\xbf")


def test_there_is_one_row_per_open_risk_in_queue_order() -> None:
    assert [row["ref"].rpartition("/")[2] for row in rows()] == ["R-3", "R-1", "R-4", "R-5", "R-2"]
    assert [row["rank"] for row in rows()] == ["1", "2", "3", "4", "5"]


def test_every_row_carries_the_verdict_the_decision_and_the_chain() -> None:
    for row in rows():
        assert row["launch"] == "aurora-2026"
        assert row["verdict"] == "Not ready"
        assert row["recommendation"] == "restricted at trusted testers"
        decision = "go with conditions at limited preview until 2026-12-31 (override)"
        assert row["decision"] == decision
        assert row["dissent_count"] == "1"
        assert row["override_reason"].startswith("The partner’s date does not move")
        assert row["accepted_risks"] == "R-2"
        assert row["open_conditions"] == "C-1 C-2"
        assert row["snapshot_sha256"] == f"{7:064x}"
        assert row["identity"] == "not authenticated"
        assert (row["chain_length"], row["chain_head"]) == ("2", f"{2:064x}")
        assert row["closed_risks"] == "R-6"
        assert row["excluded_areas"] == "child_safety"


def test_every_row_says_which_gates_hold_and_what_was_passed_over_or_taken_away() -> None:
    for row in rows():
        assert row["holding_gates"] == "G-2 G-4 G-9"
        assert row["waived_gates"] == "G-3"
        assert row["withdrawn_gates"] == "G-7"
        assert row["withdrawn_evidence"] == "E-9"
        assert row["confirmed_determinations"] == ""


def test_a_determination_that_a_second_person_confirmed_is_named_in_every_row() -> None:
    report = a_report()
    first, *others = report.determinations
    lowered = replace(report, determinations=(replace(first, confirmed_by="cleo"), *others))
    for row in csv_rows(register_csv.render(lowered)):
        assert row["confirmed_determinations"] == "bio_uplift"


def test_an_unassessed_risk_has_the_word_and_empty_scores() -> None:
    first = rows()[0]
    assert {first[f"level_{view}"] for view in ("inherent", "current", "projected")} == {
        "UNASSESSED"
    }
    assert {first[column] for column in (*SCORES, *BANDS, "business_impact")} == {""}


def test_illustrative_rows_say_so() -> None:
    assert [row["illustrative"] for row in rows()] == ["", *["illustrative judgement"] * 4]


def test_the_columns_are_those_that_are_published() -> None:
    assert tuple(rows()[0]) == register_csv.COLUMNS


def with_harm(points: float) -> dict[str, str]:
    risk = a_risk(1, "Edge", "self_harm")
    state = state_of([Case(risk, (judged(risk, (3, 3, 3, 3, 3)),))])
    (found,) = state.risks
    changed: RiskState = replace(found, current=replace(found.current, harm_score=points))
    (row,) = csv_rows(register_csv.render(report_of(replace(state, risks=(changed,)))))
    return row


@pytest.mark.parametrize(
    ("points", "printed"), [(6.998, "6.99"), (7.0, "7.00"), (5.004, "5.00"), (-1.25, "-1.25")]
)
def test_scores_have_two_decimals_that_never_cross_a_level_and_stay_numbers(
    points: float, printed: str
) -> None:
    assert with_harm(points)["harm_score_current"] == printed
    assert float(printed) == pytest.approx(points, abs=0.01)


def test_a_launch_without_risks_has_one_row_with_its_verdict_and_nothing_about_a_risk() -> None:
    (row,) = csv_rows(register_csv.render(an_empty_report()))
    assert tuple(row) == register_csv.COLUMNS
    assert (row["launch"], row["verdict"]) == ("aurora-2026", "Not ready")
    assert (row["identity"], row["chain_length"]) == ("not authenticated", "2")
    first, last = (register_csv.COLUMNS.index(name) for name in ("illustrative", "reason"))
    about_a_risk = register_csv.COLUMNS[first : last + 1]
    assert {row[column] for column in about_a_risk} == {""}
    assert {"ref", "level_current", "due", "status"} < set(about_a_risk)


def test_a_launch_without_risks_still_says_which_gates_hold() -> None:
    report = a_report()
    (row,) = csv_rows(register_csv.render(replace(report, risks=())))
    assert row["holding_gates"] == "G-2 G-4 G-9"
    assert row["closed_risks"] == "R-6"
