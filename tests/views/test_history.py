from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tracker.domain.changes import FOLDED, ChainHead, ChangeLine
from tracker.services.history import Proven
from tracker.store.base import Audited
from tracker.store.tables import Risk
from tracker.views.history import (
    DTYPES,
    EMPTY,
    KINDS,
    LIMIT,
    NO_MATCH,
    field_name,
    headline,
    history_view,
    sentences,
    verification_words,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HEAD = ChainHead(2, "ab" * 32)
EDIT = ChangeLine(
    seq=2,
    at=AT,
    actor="ada",
    actor_name="Ada",
    authenticated=False,
    action="create or edit a risk",
    entity="risk",
    subject="aurora-1/R-1",
    launch="aurora-1",
    fields={"title": ("Old title", "New title"), "due": (None, "2026-04-01")},
    reason="Clearer.",
    previous_hash="0" * 64,
    hash="ab" * 32,
    first_seq=2,
)
METRICS = replace(EDIT, entity="evidence", subject="aurora-1/E-3", seq=16, first_seq=3, reason="")


def test_each_changed_field_is_a_line_with_old_and_new() -> None:
    frame = history_view([EDIT], HEAD).frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES
    lines = frame[["field", "old", "new"]].values.tolist()
    assert lines == [["title", "Old title", "New title"], ["due", "", "2026-04-01"]]


def test_a_change_without_fields_still_has_a_line() -> None:
    assert len(history_view([replace(EDIT, fields={})], HEAD).frame) == 1


def test_an_edit_reads_as_a_sentence_with_its_reason() -> None:
    told = (
        "2026-03-02 09:30 UTC · Ada · create or edit a risk · risk aurora-1/R-1 "
        "title “Old title” → “New title”, due “nothing” → “2026-04-01” (Clearer.)"
    )
    assert sentences([EDIT]) == [told]


def test_a_new_record_is_entered_and_not_told_field_by_field() -> None:
    entered = replace(EDIT, fields={"title": (None, "New title")}, reason="")
    assert sentences([entered])[0].endswith("risk aurora-1/R-1 entered")


def test_one_act_on_many_records_is_one_sentence() -> None:
    later = replace(EDIT, at=AT + timedelta(minutes=1), seq=6, first_seq=6)
    told = sentences([later, EDIT, EDIT, EDIT])
    assert len(told) == 2
    assert told[1].count("risk aurora-1/R-1") == 2
    assert "and 1 more record" in told[1]


def test_entries_folded_are_one_row_that_says_how_many_they_are_and_where_they_stand() -> None:
    frame = history_view([METRICS], HEAD).frame
    assert frame[["seq", "subject", "field", "old", "new"]].values.tolist() == [
        [16, "aurora-1/E-3", "14 metrics recorded", "", "No. 3 to 16"]
    ]


def test_entries_folded_are_told_in_a_sentence_and_counted_one_by_one() -> None:
    assert sentences([METRICS])[0].endswith(" · aurora-1/E-3: 14 metrics recorded (No. 3 to 16)")
    (told,) = sentences([METRICS, replace(EDIT, reason=""), METRICS])
    assert told.endswith("; and 14 more records")


def test_the_note_counts_what_stands_in_one_line() -> None:
    assert history_view([EDIT, METRICS], HEAD).note == (
        "15 changes shown, newest first. 1 line stands for 14 of them, which one save made alike."
    )


def test_every_kind_of_record_can_be_chosen() -> None:
    rows = [mapper.class_ for mapper in Risk._sa_registry.mappers]
    assert set(KINDS) == {row.noun for row in rows if issubclass(row, Audited)}
    assert set(FOLDED) <= set(KINDS)


def test_one_field_of_a_change_can_be_looked_for_alone() -> None:
    frame = history_view([EDIT], HEAD, field="due").frame
    assert frame["field"].tolist() == ["due"]
    assert (field_name("Target  date"), field_name(" ")) == ("target_date", None)


def test_the_chain_is_told_with_length_and_head() -> None:
    view = history_view([EDIT], HEAD)
    assert headline(HEAD) == "2 changes recorded"
    assert view.chain == f"2 records, head {HEAD.hash}"


def test_an_empty_history_differs_from_one_that_nothing_matches() -> None:
    assert history_view([], HEAD).empty == EMPTY
    assert history_view([], HEAD, narrowed=True).empty == NO_MATCH


def test_a_full_page_says_that_there_is_more() -> None:
    assert "narrow" in history_view([EDIT] * LIMIT, HEAD).note
    assert history_view([EDIT], HEAD).note == "1 change shown, newest first."


def test_a_broken_chain_names_the_first_record_that_does_not_fit() -> None:
    whole = Proven(HEAD, (), 2, 1)
    assert verification_words(whole).startswith("Everything is as it was written")
    altered = replace(whole, faults=("launch aurora-1, name: changed.", "another."))
    assert verification_words(altered).startswith("launch aurora-1, name: changed. And 1 fault")
