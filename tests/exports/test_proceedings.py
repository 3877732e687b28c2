from dataclasses import replace

import pytest

from tests.exports import proceedings
from tests.exports.factories import a_report
from tests.exports.sections import facts, rows, section, table, texts
from tracker.domain.report import Proceedings
from tracker.exports import outline
from tracker.exports.document import Document, Headline

REASON = "D-1: The partner’s date does not move; the pilot is watched by hand."


@pytest.fixture(scope="module")
def document() -> Document:
    return outline.build(a_report())


def built(found: Proceedings) -> Document:
    return outline.build(replace(a_report(), proceedings=found))


def headline(document: Document) -> dict[str, str]:
    (found,) = [it for it in document.sections[0].blocks if isinstance(it, Headline)]
    return {label: cell.text for label, cell in found.items}


def test_an_override_says_why_on_page_one_and_in_the_record_of_the_decision(
    document: Document,
) -> None:
    assert REASON in texts(document.sections[0])
    assert REASON in texts(section(document, "decision"))
    (shown,) = rows(table(document, "decision", "Decisions"))
    assert shown["Override"] == REASON.removeprefix("D-1: ")
    assert shown["Gate result"] == "Not ready"
    assert shown["Recommended"] == "restricted"
    assert "benefits: Blind people can read letters." in shown["Reason and benefits"]


def test_nothing_signed_and_nothing_decided_is_said_in_words() -> None:
    bare = built(
        replace(proceedings.standard(), sign_offs=(), recommendations=(), decisions=(), edits=())
    )
    assert headline(bare) == {
        "Gate result": "Not ready",
        "Advisers’ recommendation": "nobody has recommended",
        "Decision": "pending",
        "Dissent": "0",
    }
    assert facts(bare, "glance")["Signatures"] == "nobody has signed REV-1"
    assert table(bare, "decision", "Decisions").empty == "Nobody has decided."


def test_page_one_names_the_signers_by_role_and_the_snapshot_by_its_whole_hash(
    document: Document,
) -> None:
    shown = facts(document, "glance")
    assert shown["Signatures"] == (
        "responsible officer Eli: approve with conditions; 1 object; 1 required not yet given; "
        "identity not authenticated"
    )
    assert f"S-1 as of 2026-11-14, {7:064x}; this summary shows the launch" in shown["Snapshot"]


def test_a_signature_says_whether_it_counts_and_that_nobody_checked_who_signed(
    document: Document,
) -> None:
    officer, objection, lead = rows(table(document, "dissent", "Signatures of"))
    assert "identity not authenticated" in officer["Who"]
    assert "not authenticated" not in lead["Who"]
    assert officer["Counts"] == "stands"
    assert lead["Counts"] == "void;\nsince: R-1 rose from High to Critical"
    assert objection["Vote"] == "object"
    (waiting,) = rows(table(document, "dissent", "Signatures not"))
    assert (waiting["As"], waiting["Who"], waiting["Required"]) == ("approver", "Fay", "yes")


def test_an_objection_is_printed_to_the_letter_with_its_answer(document: Document) -> None:
    (shown,) = rows(table(document, "dissent", "Objections"))
    assert shown["Why"] == "Nobody measured it in German."
    assert shown["What would change it"] == "A run in German."
    assert shown["Answer"] == "German is not offered in this stage.;\nFay, 2026-11-17"


def test_an_objection_without_an_answer_is_counted_on_page_one() -> None:
    first, objection, *others = proceedings.sign_offs()
    silent = replace(objection, sign_off=replace(objection.sign_off, answer=""))
    shown = built(replace(proceedings.standard(), sign_offs=(first, silent, *others)))
    assert headline(shown)["Dissent"] == "1, 1 not answered"
    assert rows(table(shown, "dissent", "Objections"))[0]["Answer"] == "not answered"


def test_an_accepted_risk_shows_its_clock_and_what_would_end_it(document: Document) -> None:
    (shown,) = rows(table(document, "acceptances", "Residual"))
    assert shown["Risk"] == "R-2 Uplift for weapons"
    assert (shown["Until"], shown["Days left"]) == ("2026-11-27", "7")
    assert shown["Counts"] == "in force: until 2026-11-27"
    assert shown["Ends at once if"] == "a tool is attached;\nan expert calls an answer useful"
    assert "responsible officer: Eli" in shown["Asked and signed by"]


def test_binding_conditions_are_told_from_those_only_proposed(document: Document) -> None:
    binding, proposed = rows(table(document, "conditions", "Conditions"))
    assert (binding["Bound by"], proposed["Bound by"]) == ("D-1", "only proposed")
    assert binding["State"] == "open: due in 10 days"
    assert binding["Blocking"] == "yes"


def test_a_step_that_no_decision_covered_is_called_uncovered(document: Document) -> None:
    shown = [row["Covered by"] for row in rows(table(document, "exposure", "Changes"))]
    assert shown == ["D-1", "UNCOVERED: no decision"]
    (cover,) = [text for text in texts(section(document, "decision")) if "stage asked" in text]
    assert cover.endswith("The model runs where no decision covers it.")


def test_changes_that_help_a_verdict_are_listed_with_their_second_person(
    document: Document,
) -> None:
    (shown,) = rows(table(document, "decision", "Changes that can"))
    assert shown["Confirmed by"] == "Cleo;\nidentity not authenticated"
    assert "mandatory: yes → no; release_asked_by: ben → —" in shown["Fields, old and new"]
    assert shown["Reason"] == "The stage has no such surface."
