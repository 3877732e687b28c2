"""From plain values to a draft, or to a sentence per field that is wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from tracker.domain.errors import InvalidInput


class Draft(BaseModel):
    """Base of all drafts: immutable, and an unknown field is an error, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


D = TypeVar("D", bound=Draft)


def build(kind: type[D], values: Mapping[str, Any]) -> D:
    """Make a draft from plain values.

    Raises:
        InvalidInput: Naming every field that is wrong, what it holds and what it may hold.
    """
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        raise InvalidInput(describe(error)) from None


def describe(error: ValidationError) -> dict[str, str]:
    """Turn a validation error into a mapping of field to problem, in plain words."""
    return {
        ".".join(str(part) for part in item["loc"]) or "the whole entry": _problem(item)
        for item in error.errors(include_url=False)
    }


_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a field that this entry has",
    "string_too_short": "must not be empty (at least {min_length} characters)",
    "too_short": "must name at least {min_length}",
    "string_too_long": "is too long: at most {max_length} characters",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be below {lt}",
    "int_type": "must be a whole number",
    "enum": "must be one of {expected}",
}


def _problem(item: ErrorDetails) -> str:
    template = _PLAIN.get(item["type"])
    context = item.get("ctx", {})
    message = template.format(**context) if template else item["msg"]
    message = message.removeprefix("Value error, ")
    given = item.get("input")
    if isinstance(given, dict | Draft) or item["type"] in ("missing", "too_short"):
        return message
    shown = repr(given)
    return f"{message} (given: {shown[:60]}{'…' if len(shown) > 60 else ''})"
