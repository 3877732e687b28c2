"""What people type can do nothing in any format: examples, then properties."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.reading import markdown_page
from tracker.exports import escape

HELLO = "\u05e9\u05dc\u05d5\u05dd"  # shalom, from right to left
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PIECES = [*"=+-@|`*_#$\\", "``", "~~", "[x](javascript:y)", "![", "](", "<b>", "&lt;"]
WORDS = ["://", "www.", "x", "é", "漢", "א", "😀"]
SPACES = ["\t", "\r", "\n", " ", "> ", "1. "]
pieces = st.sampled_from([*PIECES, *WORDS, *SPACES, *OVERRIDES])
texts = st.one_of(
    st.text(max_size=60),
    st.lists(pieces, max_size=12).map("".join),
    st.text("אبx1 |<", max_size=20),
)


@given(texts)
def test_plain_text_holds_no_control_character_and_no_override(text: str) -> None:
    cleaned = escape.plain(text)
    assert not set(cleaned) & set(OVERRIDES)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in cleaned.replace("\n", ""))


@given(texts)
def test_plain_text_stays_as_it_is_when_cleaned_again(text: str) -> None:
    assert escape.plain(escape.plain(text)) == escape.plain(text)


def test_marks_and_joiners_that_names_need_are_kept() -> None:
    for kept in ("\u200e", "\u200f", "\u061c", "👩\u200d🔬", "é", "漢字", HELLO):
        assert escape.plain(kept) == kept


def test_all_line_breaks_become_one_kind() -> None:
    assert escape.plain("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


@given(texts)
def test_markdown_shows_text_in_a_cell_as_it_was_typed(text: str) -> None:
    page = markdown_page(
        f"| head | next |\n| --- | --- |\n| {escape.markdown(text) or ' '} | end |"
    )
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert page.cells[3] == "end"
    assert page.cells[2].strip("\u2068\u2069") == escape.one_line(text)


@given(texts)
def test_markdown_shows_text_in_a_paragraph_as_it_was_typed(text: str) -> None:
    page = markdown_page(escape.markdown(text))
    assert set(page.tags) <= {"p"}
    assert page.text.strip("\n\u2068\u2069") == escape.one_line(text)


def test_markdown_isolates_text_that_runs_from_right_to_left() -> None:
    assert escape.markdown(HELLO) == f"\u2068{HELLO}\u2069"
    assert escape.markdown("hello") == "hello"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "'\n=1"),
        (" =1", "' =1"),
        ("\u202e=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(typed: str, written: str) -> None:
    assert escape.spreadsheet(typed) == written


@given(texts)
def test_no_spreadsheet_text_begins_like_a_formula(text: str) -> None:
    assert not escape.spreadsheet(text).lstrip().startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


@pytest.mark.parametrize("length", [32_766, 32_767, 32_768, 100_000])
def test_spreadsheet_text_fits_its_cell_and_says_when_it_was_cut(length: int) -> None:
    written = escape.spreadsheet("=" * length)
    assert len(written) <= escape.CELL_LIMIT
    assert written.endswith("[cut]") is (length > escape.CELL_LIMIT - 1)


@given(texts)
def test_breakable_text_has_no_long_run_and_loses_nothing(text: str) -> None:
    broken = escape.breakable(text, longest=5, every=3)
    assert all(len(run) <= 5 for part in broken.split(escape.BREAK) for run in part.split())
    assert broken.replace(escape.BREAK, "") == escape.plain(text).replace(escape.BREAK, "")


def test_words_of_usual_length_are_never_parted() -> None:
    assert escape.BREAK not in escape.breakable("reversibility of an extraordinary consequence")
    assert escape.breakable("x" * 20, longest=19, every=8) == "\u200b".join(
        ["x" * 8, "x" * 8, "x" * 4]
    )


@given(texts, st.integers(min_value=2, max_value=40))
def test_shortened_text_is_one_line_of_at_most_its_length(text: str, length: int) -> None:
    shortened = escape.shorten(text, length)
    assert len(shortened) <= length
    assert "\n" not in shortened
    assert shortened == escape.one_line(text) or shortened.endswith("…")


@given(st.dictionaries(texts, texts | st.integers() | st.none(), max_size=4))
def test_json_keeps_every_character_and_lets_none_act(values: dict[str, object]) -> None:
    written = escape.json_text(values)
    assert json.loads(written) == values
    assert not set(written) & (set(OVERRIDES) | {"\x7f", "\x85", "\u2028", "\u2029"})
    written.encode()


def test_json_refuses_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        escape.json_text({"harm_score": float("nan")})


@given(st.text(max_size=200))
def test_a_part_of_a_file_name_is_small_and_safe(text: str) -> None:
    part = escape.file_part(text)
    assert 1 <= len(part) <= 64
    assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not part.startswith((".", "-"))
