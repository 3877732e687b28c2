"""Text that people typed, made harmless for each format that it is printed in.

Every text of a document passes `plain`, which removes what no reader can see but every reader
suffers from: control characters, and the marks that override the direction of text (U+202A to
U+202E, U+2066 to U+2069), which could reorder neighbouring cells. They are stripped, not shown.
Implicit marks (U+200E, U+200F, U+061C) stay, since names need them. JSON keeps everything and
writes such characters as escapes.
"""

import json
import re
import unicodedata
from typing import Any, Final

_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
_REMOVED: Final = re.compile(f"[{_CONTROL}{_BIDI}]")
_LINE_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_ESCAPED_IN_JSON: Final = re.compile(
    f"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\ud800-\udfff{_BIDI}]"
)

CELL_LIMIT: Final = 32_767
"""Characters that one spreadsheet cell can hold."""
_CUT: Final = "… [cut]"

_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the full-width twins count too
_ISOLATE: Final = ("\u2068", "\u2069")


def plain(text: str) -> str:
    """Return text without control characters and direction overrides, lines parted alike."""
    if text.isprintable():
        return text
    return _REMOVED.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " "))


def one_line(text: str) -> str:
    """Return plain text with every run of white space as one space."""
    return " ".join(plain(text).split())


def shorten(text: str, length: int) -> str:
    """Return one line of at most `length` characters, with an ellipsis where it was cut."""
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


_MARKDOWN: Final = re.compile(r"([\\`*_\[\]|~$@])")
_MARKDOWN_START: Final = re.compile(r"^([#+\-=>:]|\d+(?=[.)]))")


def markdown(text: str) -> str:
    """Return text that Markdown prints as it is, on one line, in a table cell or outside.

    No mark-up, HTML, table border, heading, list, mathematics or link comes of it; an address
    stays readable but is not a link.
    """
    escaped = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _MARKDOWN.sub(r"\\\1", escaped)
    escaped = escaped.replace("://", "\\://").replace("www.", "www\\.")
    return _isolated(_MARKDOWN_START.sub(_backslashed, escaped))


def _backslashed(start: re.Match[str]) -> str:
    found = start.group(1)
    return f"\\{found}" if not found.isdigit() else f"&#{ord(found[0])};{found[1:]}"


def _isolated(text: str) -> str:
    """Wrap text that runs from right to left, so that its neighbours on the line stay in place."""
    if any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text):
        return f"{_ISOLATE[0]}{text}{_ISOLATE[1]}"
    return text


def spreadsheet(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, within the limit of a cell.

    A text that begins like a formula, white space aside, gets a visible apostrophe in front.
    """
    cleaned = plain(text)
    start = cleaned.lstrip()[:1]
    defused = f"'{cleaned}" if start in _FORMULA and start else cleaned
    return defused if len(defused) <= CELL_LIMIT else defused[: CELL_LIMIT - len(_CUT)] + _CUT


BREAK: Final = "\u200b"
"""A zero-width space: where a renderer may start a new line."""


def breakable(text: str, longest: int = 24, every: int = 8) -> str:
    """Return text in which no run of characters is too long to wrap.

    A run without white space of more than `longest` characters gets a zero-width space after
    each `every` of them; shorter runs, such as words, are never parted.
    """
    cleaned = plain(text).replace(BREAK, "")
    if len(cleaned) <= longest:
        return cleaned
    runs = re.compile(rf"\S{{{longest + 1},}}")
    return runs.sub(lambda run: re.sub(rf"(.{{{every}}})(?=.)", f"\\1{BREAK}", run[0]), cleaned)


def json_text(value: Any) -> str:
    """Return indented JSON with sorted keys, in which no character acts on the text around it.

    Raises:
        ValueError: A number is not finite.
    """
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=2)
    return _ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def file_part(text: str) -> str:
    """Return text as part of a file name: small letters, digits, `.`, `_` and `-`."""
    safe = re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.")
    return safe[:64] or "launch"
