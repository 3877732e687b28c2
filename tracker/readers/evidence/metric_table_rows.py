"""One row of a table of metrics, checked cell by cell; every fault is told, not just the first."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from tracker.domain.evidence import MetricReading
from tracker.domain.types import RiskRef
from tracker.domain.words import Safeguards
from tracker.readers.evidence.limits import SLOT_TEXT_LENGTH
from tracker.readers.evidence.metric_table_figures import (
    FigureError,
    Figures,
    figures_of,
    number_of,
)

TOOL: Final = "table of metrics"
NO_TASK: Final = "not stated"

COLUMNS: Final = (
    "run",
    "tool",
    "tool version",
    "model",
    "configuration",
    "safeguards",
    "date",
    "task",
    "metric",
    "slice",
    "value",
    "standard error",
    "n",
    "passed",
    "failed",
    "errored",
    "qualifier",
    "unit",
    "better",
    "data",
    "source",
    "risks",
)

_DIRECTIONS: Final = {
    "": None,
    "higher": True,
    "higher is better": True,
    "lower": False,
    "lower is better": False,
}
_SAFEGUARDS: Final = {"": Safeguards.NOT_STATED} | {str(kind): kind for kind in Safeguards}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
_RISKS: Final = TypeAdapter(tuple[RiskRef, ...])

T = TypeVar("T")


class RunKey(NamedTuple):
    """What rows of one run have in common."""

    run: str
    tool: str
    tool_version: str
    model: str
    configuration: str
    safeguards: Safeguards
    ran_at: datetime | None
    source: str


class TableRow(NamedTuple):
    """A sound row."""

    key: RunKey
    metric: MetricReading
    remark: str


@dataclass(slots=True)
class _Checked:
    """The cells of a row, and what was found wrong with them."""

    cells: Mapping[str, str]
    problems: list[str] = field(default_factory=list[str])

    def take(self, column: str, read: Callable[[str], T], otherwise: T) -> T:
        """A cell's value, or the other one after noting what is wrong with the cell."""
        try:
            return read(self.cells.get(column, ""))
        except (ValueError, FigureError) as error:
            self.problems.append(f"{column} {error}")
            return otherwise


def read_row(cells: Mapping[str, str]) -> TableRow | tuple[str, ...]:
    """Read a row by its cells, named as in `COLUMNS`; gives what is wrong with it instead."""
    row = _Checked(cells)
    for column in ("task", "metric", "slice"):
        row.take(column, _fitting, "")
    if not cells.get("metric"):
        row.problems.append("metric is empty")
    key = _key(row)
    higher = row.take("better", _one_of(_DIRECTIONS), None)
    risks = row.take("risks", _risks, ())
    stderr = row.take("standard error", _standard_error, None)
    figures = _figures(row)
    if row.problems or figures is None:
        return tuple(row.problems)
    data = cells.get("data", "")
    metric = MetricReading(
        task=cells.get("task", "") or NO_TASK,
        metric=cells["metric"],
        slice=cells.get("slice", ""),
        value=figures.value,
        stderr=stderr,
        n=figures.n,
        passed=figures.passed,
        failed=figures.failed,
        errored=figures.errored,
        qualifier=cells.get("qualifier", ""),
        unit=", ".join(piece for piece in (figures.words, cells.get("unit", "")) if piece),
        higher_is_better=higher,
        conditions={"data": data} if data else {},
        risks=risks,
    )
    return TableRow(key, metric, _remark(metric, figures))


def _key(row: _Checked) -> RunKey:
    cells = row.cells
    return RunKey(
        run=row.take("run", _fitting, ""),
        tool=cells.get("tool", "") or TOOL,
        tool_version=cells.get("tool version", ""),
        model=cells.get("model", ""),
        configuration=cells.get("configuration", ""),
        safeguards=row.take("safeguards", _one_of(_SAFEGUARDS), Safeguards.NOT_STATED),
        ran_at=row.take("date", _date, None),
        source=cells.get("source", ""),
    )


def _figures(row: _Checked) -> Figures | None:
    try:
        return figures_of(row.cells)
    except FigureError as error:
        row.problems.append(str(error))
        return None


def _remark(metric: MetricReading, figures: Figures) -> str:
    if not figures.words:
        return ""
    return f"{metric.task}, {metric.metric}: “{figures.words}” is no figure; no gate can read it."


def _fitting(text: str) -> str:
    if len(text) > SLOT_TEXT_LENGTH:
        raise ValueError(f"has more than {SLOT_TEXT_LENGTH} characters")
    return text


def _one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    def read(text: str) -> T:
        if text.lower() not in words:
            known = ", ".join(word for word in words if word)
            raise ValueError(f"is “{text[:40]}”; it may be {known}, or empty")
        return words[text.lower()]

    return read


def _date(text: str) -> datetime | None:
    """A day, which stands for 00:00, or a moment; both in UTC where no zone is given."""
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise ValueError(f"is “{text[:40]}”; write a day as 2026-11-24, or format the cell as one")
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError(f"is “{text[:40]}”, which lies outside the calendar in UTC") from None


def _standard_error(text: str) -> float | None:
    if not text:
        return None
    error = number_of(text)
    if error < 0:
        raise FigureError("is below nothing")
    return error


def _risks(text: str) -> tuple[str, ...]:
    try:
        return _RISKS.validate_python(tuple(dict.fromkeys(text.split())))
    except ValidationError:
        raise ValueError("must be references such as “gpt-4v-2023-09/R-6”, with spaces") from None
