"""Limits on what people may type, each written once.

Text is stripped, normalised to NFC, and refused with control characters; formatting marks that
change reading direction are kept as typed, since names need them, and made harmless on output.
"""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

TITLE_LENGTH: Final = 200
TEXT_LENGTH: Final = 4000
REASON_LENGTH: Final = 2000
NAME_LENGTH: Final = 120
KEY_LENGTH: Final = 64
REF_LENGTH: Final = 80

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _refuse_control_characters(text: str) -> str:
    found = _CONTROL.search(text)
    if found:
        raise ValueError(
            f"contains the control character U+{ord(found.group()):04X} at position "
            f"{found.start() + 1}; remove it"
        )
    return text


def _normalise(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return value


def _single_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("must be one line, without line breaks or tabs")
    return text


_Clean = (BeforeValidator(_normalise), AfterValidator(_refuse_control_characters))
_Line = (*_Clean, AfterValidator(_single_line))

Title = Annotated[str, *_Line, StringConstraints(min_length=1, max_length=TITLE_LENGTH)]
Name = Annotated[str, *_Line, StringConstraints(min_length=1, max_length=NAME_LENGTH)]
OptionalName = Annotated[str, *_Line, StringConstraints(max_length=NAME_LENGTH)]
Text = Annotated[str, *_Clean, StringConstraints(min_length=1, max_length=TEXT_LENGTH)]
OptionalText = Annotated[str, *_Clean, StringConstraints(max_length=TEXT_LENGTH)]
Reason = Annotated[str, *_Clean, StringConstraints(min_length=3, max_length=REASON_LENGTH)]
OptionalReason = Annotated[str, *_Clean, StringConstraints(max_length=REASON_LENGTH)]

Key = Annotated[
    str,
    BeforeValidator(_normalise),
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", min_length=1, max_length=KEY_LENGTH),
]
RiskRef = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*/R-[1-9][0-9]*$", max_length=REF_LENGTH)
]
MitigationRef = Annotated[str, StringConstraints(pattern=r"^M-[1-9][0-9]*$", max_length=REF_LENGTH)]
TagCode = Annotated[str, *_Line, StringConstraints(min_length=1, max_length=KEY_LENGTH)]

Pick = Annotated[int, Field(ge=1, le=5, strict=True)]
Share = Annotated[float, Field(ge=0.0, lt=1.0, allow_inf_nan=False)]
Days = Annotated[float, Field(ge=0.0, le=10_000.0, allow_inf_nan=False)]
