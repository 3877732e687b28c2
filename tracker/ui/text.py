"""Text of the register inside Markdown: shown letter by letter, whatever it holds.

Streamlit reads Markdown with HTML off, and adds its own marks: `$formula$`, `:red[colour]`,
`:material/icon:`, `:shortcode:`, and addresses that become links by themselves. A backslash stops
what is parsed; what is replaced afterwards in plain text is stopped by an invisible word joiner.
"""

import re
from typing import Final

_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=\"'@/])")
_JOINER: Final = "\N{WORD JOINER}"
_REPLACED_LATER: Final = re.compile(r"(?i)(:(?=\S)|@|www(?=\.)|<(?=-)|-(?=[->])|[<>~](?==))")
_OVERRIDES: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_DIRECTED: Final = re.compile("[\u200e\u200f\u061c\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_BREAKS: Final = re.compile(r"\s*[\n\r\u2028\u2029]+\s*")


def plain(text: str) -> str:
    """Return text as one line of Markdown that shows as that text and does nothing."""
    return escaped(isolated(_BREAKS.sub(" ", text)))


def escaped(text: str) -> str:
    """Take every meaning in Markdown away from a text."""
    return _PUNCTUATION.sub(r"\\\1", _REPLACED_LATER.sub(rf"\1{_JOINER}", text))


def isolated(text: str) -> str:
    """Take out marks that reverse letters, and keep a direction from reaching beyond the text."""
    unpaired = _OVERRIDES.sub("", text)
    if not _DIRECTED.search(unpaired):
        return unpaired
    return f"\N{FIRST STRONG ISOLATE}{unpaired}\N{POP DIRECTIONAL ISOLATE}"


def shortened(text: str, length: int = 80) -> str:
    """Return a text of at most `length` characters, the last of them an ellipsis where cut."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
