"""What people type: cleaned where that is harmless, refused with words where it is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.drafts import RiskDraft
from tracker.domain.errors import InvalidInput
from tracker.domain.types import TEXT_LENGTH, TITLE_LENGTH
from tracker.domain.validation import build

GOOD = {"title": "A title", "scenario": "A scenario", "area": "cbrn"}


def problems(**fields: object) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        build(RiskDraft, GOOD | fields)
    return refused.value.fields


def test_white_space_is_stripped_and_line_ends_are_unified():
    draft = build(RiskDraft, GOOD | {"title": "  A title ", "scenario": "one\r\ntwo\rthree"})
    assert (draft.title, draft.scenario) == ("A title", "one\ntwo\nthree")


def test_composed_and_decomposed_letters_are_the_same_text():
    assert build(RiskDraft, GOOD | {"title": "Cafe\u0301"}).title == "Caf\u00e9"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\uffff"])
def test_a_control_character_is_named_with_its_place(character):
    found = problems(title=f"A{character}title")
    assert f"U+{ord(character):04X} at position 2" in found["title"]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_title_is_refused(text):
    assert "must not be empty" in problems(title=text)["title"]


@pytest.mark.parametrize(("field", "length"), [("title", TITLE_LENGTH), ("scenario", TEXT_LENGTH)])
def test_a_text_may_be_as_long_as_its_limit_and_not_longer(field, length):
    assert build(RiskDraft, GOOD | {field: "x" * length})
    assert f"at most {length} characters" in problems(**{field: "x" * (length + 1)})[field]


@pytest.mark.parametrize("text", ["two\nlines", "a\ttab", "two\u2028lines", "two\u2029lines"])
def test_a_title_is_one_line(text):
    assert "one line" in problems(title=text)["title"]


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("http://x")',
        "<script>alert(1)</script>",
        "| a | b |",
        "#let x = 1",
        "\u202eesrever",
        "😀 日本語 עברית",
    ],
)
def test_a_hostile_title_is_kept_as_typed(hostile):
    assert build(RiskDraft, GOOD | {"title": hostile}).title == hostile


@pytest.mark.parametrize("key", ["CBRN", "a b", "-x", "ä", "x/y"])
def test_a_key_has_small_letters_digits_dots_dashes_and_underscores(key):
    assert "small letters" in problems(area=key)["area"]


def test_every_wrong_field_is_named_at_once():
    assert set(problems(title="", area="CBRN", colour="red")) == {"title", "area", "colour"}


def test_a_missing_field_is_called_missing():
    with pytest.raises(InvalidInput, match="scenario: is missing"):
        build(RiskDraft, {"title": "A title", "area": "cbrn"})


def test_a_long_wrong_value_is_shown_shortened():
    assert problems(title="x" * 5000)["title"].endswith("…)")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=TITLE_LENGTH))
def test_a_title_that_is_taken_is_stripped_and_holds_no_control_character(text: str):
    try:
        title = build(RiskDraft, GOOD | {"title": text}).title
    except InvalidInput:
        title = "refused"
    assert title == title.strip()
    assert not any(unicodedata.category(character) == "Cc" for character in title)
