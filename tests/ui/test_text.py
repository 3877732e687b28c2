"""Text of the register inside Markdown; the browser tests look at what becomes of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ui.text import plain, shortened

JOINER = "\N{WORD JOINER}"


def _as_shown(markdown: str) -> str:
    """What a reader sees: escapes gone, invisible marks gone."""
    return re.sub(r"\\(.)", r"\1", markdown).replace(JOINER, "")


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters="\r\n\x0b\x0c")))
def test_plain_text_reads_letter_by_letter_as_it_was_typed(text: str) -> None:
    assert _as_shown(plain(text)) == text


@pytest.mark.parametrize(
    "text",
    [":material/home:", ":smile:", ":red[x]", "a@b.example", "http://a.example", "www.a.example"],
)
def test_what_streamlit_replaces_after_parsing_is_broken_by_an_invisible_mark(text: str) -> None:
    assert JOINER in plain(text)


@pytest.mark.parametrize("mark", list("\\`*_{}[]()<>#+-.!|~$&^"))
def test_every_sign_with_a_meaning_in_markdown_is_escaped(mark: str) -> None:
    assert plain(f"a{mark}b") == f"a\\{mark}b"


def test_line_breaks_become_spaces_so_that_no_block_begins() -> None:
    assert plain("a\n\n# b\u2028c") == "a \\# b c"


def test_a_mark_that_reverses_letters_is_taken_out_so_that_nothing_reads_as_something_else() -> (
    None
):
    assert plain("safe\u202egnp.exe") == "safegnp\\.exe"


def test_a_turn_of_the_reading_direction_ends_with_the_text() -> None:
    told = plain("\u05d0\u05d1 safe")
    assert told.startswith("\N{FIRST STRONG ISOLATE}")
    assert told.endswith("\N{POP DIRECTIONAL ISOLATE}")


def test_an_isolate_that_closes_too_early_is_taken_out() -> None:
    told = plain("\u05d0\u2069\u202etail")
    assert told.count("\N{POP DIRECTIONAL ISOLATE}") == 1


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert shortened("x" * 90, 80) == "x" * 79 + "…"
    assert shortened("short") == "short"
