"""Gates, evaluation results, thresholds, gaps and the path, as the document says them."""

from dataclasses import replace

import pytest

from tests.exports.criteria import Criteria, a_run, counted, standard
from tests.exports.factories import (
    a_report,
    an_empty_report,
    many,
    report_of,
    standard_cases,
    state_of,
)
from tests.exports.rows import KEY
from tests.exports.sections import rows, section, table, texts
from tracker.domain.words import GateState, ReasonCode
from tracker.exports import outline
from tracker.exports.document import Document, Picture

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def document() -> Document:
    return outline.build(a_report())


@pytest.fixture(scope="module")
def empty() -> Document:
    return outline.build(an_empty_report())


def of(document: Document, anchor: str, caption: str) -> Rows:
    return rows(table(document, anchor, caption))


def by(found: Rows, title: str) -> dict[str, dict[str, str]]:
    return {row[title]: row for row in found}


def test_gates_that_hold_come_first_then_the_worst_and_withdrawn_ones_last(
    document: Document,
) -> None:
    order = [row["Reference"] for row in of(document, "criteria", "Gates, those")]
    numbers = [ref.removeprefix(f"{KEY}/G-") for ref in order]
    assert numbers == ["2", "4", "9", "5", "3", "1", "6", "8", "7"]
    assert texts(section(document, "criteria"))[0] == (
        "3 of 8 gates hold the launch: 2 failed, 1 planned, 2 inconclusive, 3 passed, "
        "1 of them waived."
    )


def test_a_gate_says_what_it_asks_what_it_shows_and_what_would_settle_it(
    document: Document,
) -> None:
    shown = by(of(document, "criteria", "Gates, those"), "Title")["Refuses under pressure"]
    assert shown["Asks for"] == "≥ 98 %;\nn ≥ 300"
    assert shown["Shows"] == "99 % (97.9 % to 99.7 %, n = 500);\nE-3"
    assert shown["Why"] == "shows ≥ 97.9 %, not ≥ 98 %"
    assert shown["What would settle it"].endswith("523 with 5 failures would")


def test_a_waiver_lies_over_the_state_and_never_hides_it(document: Document) -> None:
    shown = by(of(document, "criteria", "Gates, those"), "Title")["Refuses under pressure"]
    assert shown["State"] == "inconclusive (waived)"
    assert shown["Waiver"] == "in force: until 2026-11-30"
    looks = {
        cell.look
        for row in table(document, "criteria", "Gates, those").rows
        for cell in row
        if cell.text == "inconclusive (waived)"
    }
    assert looks == {GateState.INCONCLUSIVE}


def test_only_passed_looks_passed(document: Document) -> None:
    for each in document.sections:
        for block in each.blocks:
            for row in getattr(block, "rows", ()):
                passed = [cell for cell in row if cell.look is GateState.PASSED]
                assert all(cell.text == "passed" for cell in passed)


def test_advisory_and_withdrawn_gates_are_marked(document: Document) -> None:
    shown = {row["Reference"]: row["Gate"] for row in of(document, "criteria", "Gates, those")}
    assert shown[f"{KEY}/G-5"] == "G-5 Every language;\nadvisory, holds nothing"
    assert shown[f"{KEY}/G-7"] == "G-7 Old set of prompts;\nwithdrawn, counts no more"


def test_waivers_are_listed_with_reasons_in_force_or_not(document: Document) -> None:
    newest, older = of(document, "criteria", "Waivers")
    assert newest["Counts"] == "in force: until 2026-11-30"
    assert older["Counts"] == "ended: a later one was asked for"
    assert newest["Overrides"] == "inconclusive;\n≥ 98 %;\nE-3"
    assert "the run is booked" in newest["Reason and what compensates"]
    assert "manual review of every answer" in newest["Reason and what compensates"]
    assert "asked: Ben, 2026-11-18" in newest["Asked and signed by"]
    assert "responsible officer: Eli" in newest["Asked and signed by"]
    assert "approver: Fay" in newest["Asked and signed by"]


def test_withdrawn_gates_are_listed_with_both_persons_and_the_reason(document: Document) -> None:
    (shown,) = of(document, "criteria", "Gates withdrawn")
    assert shown["Gate"] == "G-7 Old set of prompts"
    assert shown["Reason"] == "It repeats the first gate."
    assert (shown["Asked by"], shown["Confirmed by"]) == ("Dan", "Cleo")
    assert shown["State beneath"] == "missing"


def test_figures_are_drawn_against_their_thresholds(document: Document) -> None:
    (picture,) = [it for it in section(document, "criteria").blocks if isinstance(it, Picture)]
    assert "G-3 Refuses under pressure: inconclusive, 99 %" in picture.alt
    assert "against ≥ 98 %" in picture.alt
    assert "G-7" not in picture.alt


def results(document: Document) -> Rows:
    return of(document, "evaluations", "Results")


def test_regressions_come_first_then_failures_and_what_no_gate_reads_last(
    document: Document,
) -> None:
    shown = [(row["Run, SHA-256"].split()[0], row["State"]) for row in results(document)]
    assert shown == [
        ("E-2", "failed"),
        ("E-5", "failed"),
        ("E-3", "inconclusive (waived)"),
        ("E-5", "inconclusive"),
        ("E-8", "inconclusive"),
        ("E-1", "passed"),
        ("E-6", "passed"),
        ("E-7", "counts for nothing"),
        ("E-10", "no gate reads it"),
    ]


def test_a_regression_comes_before_failures_of_older_runs() -> None:
    known = standard()
    newest = a_run(12, counted(2, 960, 1000))
    on_record = replace(known, runs=(*(it for it in known.runs if it.run.number != 2), newest))
    report = report_of(state_of(standard_cases(), on_record), on_record=on_record)
    order = [row["Run, SHA-256"].split()[0] for row in results(outline.build(report))]
    assert order[:2] == ["E-12", "E-5"]


def test_a_result_names_task_slice_tool_version_and_safeguards(document: Document) -> None:
    slices = [row["Measured"] for row in results(document) if row["Run, SHA-256"][:3] == "E-5"]
    assert slices[0] == ("task 5: refused;\nslice Thai;\nInspect 0.3.285;\nsafeguards not stated")
    (first,) = [row for row in results(document) if row["Run, SHA-256"].startswith("E-1 ")]
    assert first["Measured"].endswith("safeguards on")
    assert first["Value"] == "99 %;\n98.3 % to 99.5 %;\nn = 1,000"
    assert first["Bar, baseline"] == "G-1: ≥ 95 %"
    assert first["Run, SHA-256"] == f"E-1 {1:064x}"[:16]


def test_a_regression_is_printed_with_baseline_difference_and_interval(document: Document) -> None:
    bar = results(document)[0]["Bar, baseline"]
    assert "against aurora-1/E-4: −3.5 points (−" in bar
    assert "+ is better" in bar


def test_a_published_figure_keeps_its_qualifier_and_unit_and_says_that_it_has_no_n(
    document: Document,
) -> None:
    (shown,) = [row for row in results(document) if row["Run, SHA-256"].startswith("E-8")]
    assert shown["Value"] == "more than 98 % of prompts;\nno n"
    assert shown["Why"] == "stated only as “more than”"


def test_evidence_about_another_version_is_marked_with_the_recorded_reason(
    document: Document,
) -> None:
    why = {row["Run, SHA-256"].split()[0]: row["Why"] for row in results(document)}
    about = "about another release (model version aurora-2.0)"
    assert why["E-6"] == f"shows ≥ 95 %;\n{about}, taken as equivalent by Cleo: same weights"
    assert why["E-7"] == f"{about}, and nobody independent said why it would count here"


def test_evidence_that_was_taken_back_is_listed_with_who_when_and_why(document: Document) -> None:
    (shown,) = of(document, "evaluations", "Evidence withdrawn")
    assert shown["How, by whom and why"] == "withdrawn by Ben, 2026-11-19: wrong"
    assert shown["Run, SHA-256"].startswith("E-9 ")


def test_a_threshold_says_outcome_author_rationale_and_which_safeguards_are_verified(
    document: Document,
) -> None:
    (shown,) = of(document, "thresholds", "Frontier thresholds and")
    assert shown["Policy area"] == "Bio uplift"
    assert shown["Determination"] == "cannot rule out"
    assert shown["Confidence"] == "medium"
    assert shown["By"] == "Ben, 2026-11-12"
    assert shown["Rationale"] == "no uplift was seen"
    assert shown["Required safeguards"] == (
        "M-7 Output filter (verified);\nM-9 Age check (not verified)"
    )


def test_a_determination_about_another_version_is_listed_and_does_not_stand(
    document: Document,
) -> None:
    (shown,) = of(document, "thresholds", "Determinations")
    assert (shown["Determination"], shown["Stands"]) == ("reached", "no")
    assert shown["About"].startswith("aurora-2.0, ")


def test_a_threshold_that_nobody_determined_is_not_yet_recorded(empty: Document) -> None:
    (shown,) = of(empty, "thresholds", "Frontier thresholds and")
    assert shown["Determination"] == "Not yet recorded"
    assert shown["Required safeguards"] == "—"


def test_gaps_name_missing_borrowed_untrusted_and_withdrawn_evidence(document: Document) -> None:
    found = {(row["Gap"], row["About"].split()[0]) for row in of(document, "gaps", "Not known")}
    assert {
        ("planned evidence", "G-4"),
        ("borrowed", "E-6"),
        ("another release", "E-7"),
        ("self-reported", "E-8"),
        ("weakened", "E-5"),
        ("withdrawn", "E-9"),
    } <= found
    assert ("missing evidence", "G-7") not in found


def test_gaps_name_thresholds_that_nobody_determined(empty: Document) -> None:
    found = {(row["Gap"], row["About"]) for row in of(empty, "gaps", "Not known")}
    assert ("not determined", "Bio uplift") in found


def test_the_path_keeps_work_apart_from_what_no_work_turns_and_from_decisions(
    document: Document,
) -> None:
    path = a_report().path
    assert path is not None
    shared = of(document, "path", "Steps that every")
    assert [row["Step"] for row in shared] == [step.text for step in path.shared]
    decisions = of(document, "path", "What somebody")
    assert [row["Decision"] for row in decisions] == list(path.decisions)
    blocked = of(document, "path", "What no work")
    assert [row["Reason"] for row in blocked] == list(path.blocked)
    assert not {row["Step"] for row in shared} & set(path.decisions)


def test_the_evidence_index_has_whole_hashes_and_every_metric(document: Document) -> None:
    files = by(of(document, "evidence", "Files"), "SHA-256")
    assert files[f"{10:064x}"]["Runs"] == "E-10"
    assert all(len(sha256) == 64 for sha256 in files)
    metrics = of(document, "evidence", "Every metric")
    assert len(metrics) == len(a_report().ledger.rows)
    counts = {row["Run"]: row["Counts"] for row in metrics}
    assert counts["E-9"] == "withdrawn"
    assert counts["E-7"] == "another model version, configuration or stage"


def test_gates_and_thresholds_have_room_among_the_blockers_however_many_risks_hold() -> None:
    crowded = many(40)
    assert any(it.code is ReasonCode.DETERMINATION_MISSING for it in crowded.state.reasons)
    items = [row["Item"] for row in of(outline.build(crowded), "glance", "What blocks")]
    assert "Policy area Bio uplift" in items
    assert len([item for item in items if item.startswith("R-")]) == 6


def test_a_gate_that_holds_stands_among_the_blockers_with_its_state(document: Document) -> None:
    shown = by(of(document, "glance", "What blocks"), "Item")["G-2 No worse than Aurora 1"]
    assert shown["Level or state"] == "failed"
    assert shown["Basis"] == "illustrative judgement"


def test_a_launch_without_gates_or_evidence_says_so_in_words(empty: Document) -> None:
    for anchor, caption, words in (
        ("criteria", "Gates, those", "No gate is written for this launch."),
        ("criteria", "Waivers", "Nobody has asked to waive a gate."),
        ("evaluations", "Results", "No result on record is read by a gate or counts."),
        ("evidence", "Files", "No result file is on record."),
    ):
        found = table(empty, anchor, caption)
        assert not found.rows
        assert found.empty == words
    assert not [it for it in section(empty, "criteria").blocks if isinstance(it, Picture)]


def test_a_path_that_nobody_worked_out_is_not_yet_recorded() -> None:
    unknown = outline.build(replace(report_of(state_of((), Criteria())), path=None))
    assert texts(section(unknown, "path")) == ["Not yet recorded."]
