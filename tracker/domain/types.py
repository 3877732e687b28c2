"""Limits on what people may type, each written once.

Text is stripped, normalised to NFC, and refused with control characters; formatting marks that
change reading direction are kept as typed, since names need them, and made harmless on output.
"""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from tracker.domain.sign_in import sign_in_name

TITLE_LENGTH: Final = 200
TEXT_LENGTH: Final = 4000
REASON_LENGTH: Final = 2000
REASON_LEAST: Final = 3
NAME_LENGTH: Final = 120
KEY_LENGTH: Final = 64
REF_LENGTH: Final = 80
SIGN_IN_LENGTH: Final = 320

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
    if re.search("[\n\t\u2028\u2029]", text):
        raise ValueError("must be one line, without line breaks or tabs")
    return text


def _key(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", text):
        raise ValueError(
            "may hold small letters a to z, digits, dots, dashes and underscores, "
            "and starts with a letter or digit"
        )
    return text


def _risk_ref(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*/R-[1-9][0-9]*", text):
        raise ValueError("must be a risk's reference, such as “gpt-4v-2023-09/R-6”")
    return text


def _mitigation_ref(text: str) -> str:
    if not re.fullmatch(r"M-[1-9][0-9]*", text):
        raise ValueError("must be a mitigation's reference, such as “M-7”")
    return text


_NORMAL = BeforeValidator(_normalise)
_PRINTABLE = AfterValidator(_refuse_control_characters)
_ONE_LINE = AfterValidator(_single_line)


def _length(least: int, most: int) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most)


Title = Annotated[str, _length(1, TITLE_LENGTH), _NORMAL, _PRINTABLE, _ONE_LINE]
Name = Annotated[str, _length(1, NAME_LENGTH), _NORMAL, _PRINTABLE, _ONE_LINE]
OptionalName = Annotated[str, _length(0, NAME_LENGTH), _NORMAL, _PRINTABLE, _ONE_LINE]
OptionalSignIn = Annotated[
    str,
    *(_length(0, SIGN_IN_LENGTH), _NORMAL, _PRINTABLE, _ONE_LINE, AfterValidator(sign_in_name)),
]
Text = Annotated[str, _length(1, TEXT_LENGTH), _NORMAL, _PRINTABLE]
OptionalText = Annotated[str, _length(0, TEXT_LENGTH), _NORMAL, _PRINTABLE]
Reason = Annotated[str, _length(REASON_LEAST, REASON_LENGTH), _NORMAL, _PRINTABLE]
OptionalReason = Annotated[str, _length(0, REASON_LENGTH), _NORMAL, _PRINTABLE]

Key = Annotated[str, _length(1, KEY_LENGTH), _NORMAL, AfterValidator(_key)]
RiskRef = Annotated[str, _length(1, REF_LENGTH), _NORMAL, AfterValidator(_risk_ref)]
MitigationRef = Annotated[str, _length(1, REF_LENGTH), _NORMAL, AfterValidator(_mitigation_ref)]
TagCode = Annotated[str, _length(1, KEY_LENGTH), _NORMAL, _PRINTABLE, _ONE_LINE]

Pick = Annotated[int, Field(ge=1, le=5, strict=True)]
Share = Annotated[float, Field(ge=0.0, lt=1.0, allow_inf_nan=False)]
Days = Annotated[float, Field(ge=0.0, le=10_000.0, allow_inf_nan=False)]
