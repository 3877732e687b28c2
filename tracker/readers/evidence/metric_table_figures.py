"""Value and counts of one row of a table of metrics, held against each other."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from tracker.readers.evidence.limits import MAX_COUNT

_NUMBER: Final = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_COUNT: Final = re.compile(r"\d{1,16}(\.0*)?")
_LIKE_A_NUMBER: Final = re.compile(r"[\s+\-.,<>=≤≥~≈±−]*\d|[+-]?(nan|inf(inity)?)$", re.IGNORECASE)
_EXACT: Final = 1e-9
_LARGEST_ROUNDING: Final = 0.005


class FigureError(Exception):
    """What is wrong with a figure; completes a sentence that starts with its column."""


class Figures(NamedTuple):
    """The figures of a row; `words` instead of a value where it is text, such as "ineffective"."""

    value: float | None
    words: str
    n: int | None
    passed: int | None
    failed: int | None
    errored: int


def figures_of(cells: Mapping[str, str]) -> Figures:
    """Complete the figures of a row: n and counts by addition, the value as passed / n.

    Raises:
        FigureError: A figure cannot be read, is missing, or contradicts another.
    """
    n, passed, failed = _counts(*(_count(cells, column) for column in ("n", "passed", "failed")))
    errored = _count(cells, "errored") or 0
    written = cells.get("value", "")
    if not written:
        if passed is None or not n:
            raise FigureError("value is empty, and so are the counts that it would follow from")
        return Figures(passed / n, "", n, passed, failed, errored)
    if not _LIKE_A_NUMBER.match(written):
        if passed is not None:
            raise FigureError("value is text, beside counts that make a number")
        return Figures(None, written, n, None, None, errored)
    try:
        value = number_of(written)
    except FigureError as error:
        raise FigureError(f"value {error}") from None
    if passed is not None and n:
        percent = "%" in cells.get("unit", "") or "percent" in cells.get("unit", "").lower()
        _check_share(value, written, passed / n, whole=100 if percent or value > 1 else 1)
    return Figures(value, "", n, passed, failed, errored)


def number_of(text: str) -> float:
    """A number with a decimal point and nothing around it.

    Raises:
        FigureError: It is written otherwise, or beyond what a computer can hold.
    """
    if not _NUMBER.fullmatch(text):
        raise FigureError(
            f"is “{text[:40]}”; write a plain number with a decimal point, signs such as < in "
            "the column qualifier and % in the column unit"
        )
    value = float(text)
    if abs(value) == float("inf"):
        raise FigureError("is too large")
    return value


def _count(cells: Mapping[str, str], column: str) -> int | None:
    text = cells.get(column, "")
    if not text:
        return None
    if not _COUNT.fullmatch(text) or int(text.split(".")[0]) > MAX_COUNT:
        raise FigureError(f"{column} is “{text[:40]}”; write a whole number without separators")
    return int(text.split(".")[0])


def _counts(
    n: int | None, passed: int | None, failed: int | None
) -> tuple[int | None, int | None, int | None]:
    known = sum(count is not None for count in (n, passed, failed))
    if known == 1 and n is None:
        raise FigureError("passed or failed needs the other one, or n")
    if n is None and passed is not None and failed is not None:
        n = passed + failed
    elif passed is None and n is not None and failed is not None:
        passed = n - failed
    elif failed is None and n is not None and passed is not None:
        failed = n - passed
    if known > 1 and (min(passed or 0, failed or 0) < 0 or (passed or 0) + (failed or 0) != n):
        raise FigureError(f"passed {passed} and failed {failed} do not make n {n}")
    return n, passed, failed


def _check_share(value: float, written: str, share: float, *, whole: int) -> None:
    """Refuse a value that is not the share that was counted, as far as it is rounded.

    All or nothing is never a rounded figure: 0 and the whole must be what was counted.
    """
    rounding = min(_rounding(written) / whole, _LARGEST_ROUNDING)
    allowed = _EXACT if value in (0, whole) else rounding + _EXACT
    if abs(value / whole - share) > allowed:
        raise FigureError(f"value {written} is not what the counts make, {share * whole:.4g}")


def _rounding(written: str) -> float:
    """Half of the last digit that is written."""
    digits, _, exponent = written.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    return float(0.5 * 10.0 ** (int(exponent or 0) - decimals))
