"""A table of metrics that somebody wrote (CSV or XLSX): figures of a card, a paper, another tool.

All its runs are self-reported: they need an n and a second person before a gate reads them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, Final

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.metric_table_cells import Line, lines_of
from tracker.readers.evidence.metric_table_rows import COLUMNS, RunKey, TableRow, read_row
from tracker.readers.evidence.model_names import model_name

_MOST_PROBLEMS: Final = 200

_Runs = Mapping[RunKey, Sequence[TableRow]]


def read(source: BinaryIO) -> Contents:
    """Read a table whose first row names its columns; rows that say the same run make one.

    Raises:
        ImportRejected: Naming every row that is wrong; nothing of the table is taken.
    """
    lines = lines_of(source)
    if not lines:
        raise refused("whole file", "is an empty table")
    header = _header(lines[0])
    if len(lines) == 1:
        raise refused("whole file", "has a header and no row")
    runs = _rows(header, lines[1:])
    return Contents(tuple(_run(part, key, runs[key]) for key, part in _parts(runs).items()))


def _header(line: Line) -> tuple[str, ...]:
    names = tuple(" ".join(cell.lower().replace("_", " ").split()) for cell in line.cells)
    problems = {
        f"column “{name}”": f"is not known; known are {', '.join(COLUMNS)}"
        for name in names
        if name and name not in COLUMNS
    }
    twice = (name for name, times in Counter(names).items() if name and times > 1)
    problems |= {f"column “{name}”": "appears twice" for name in twice}
    if "metric" not in names:
        problems["header"] = "has no column “metric”"
    elif not {"value", "passed"} & set(names):
        problems["header"] = "has neither a column “value” nor a column “passed”"
    _refuse(problems)
    return names


def _rows(header: Sequence[str], lines: Iterable[Line]) -> _Runs:
    runs: dict[RunKey, list[TableRow]] = defaultdict(list)
    seen: dict[tuple[RunKey, str, str, str], int] = {}
    problems: dict[str, str] = {}
    for line in lines:
        row = _row(header, line)
        if not isinstance(row, TableRow):
            problems[f"row {line.number}"] = "; ".join(row)
            continue
        slot = (row.key, row.metric.task, row.metric.metric, row.metric.slice)
        first = seen.setdefault(slot, line.number)
        if first != line.number:
            problems[f"row {line.number}"] = f"has the run, task, metric and slice of row {first}"
        runs[row.key].append(row)
    _refuse(problems)
    return runs


def _row(header: Sequence[str], line: Line) -> TableRow | tuple[str, ...]:
    cells = line.cells + ("",) * (len(header) - len(line.cells))
    named = dict(zip(header, cells, strict=False))
    if named.pop("", "") or any(cells[len(header) :]):
        return ("has a cell under no column",)
    return read_row(named)


def _refuse(problems: Mapping[str, str]) -> None:
    if not problems:
        return
    shown = dict(list(problems.items())[:_MOST_PROBLEMS])
    if len(problems) > len(shown):
        shown["further rows"] = f"{len(problems) - len(shown)} more are wrong"
    raise ImportRejected("file", shown)


def _parts(runs: _Runs) -> dict[RunKey, str]:
    """A name for each run: its own where no other has it, else with a number behind it."""
    names = Counter(key.run for key in runs)
    given: Counter[str] = Counter()
    parts: dict[RunKey, str] = {}
    for key in runs:
        given[key.run] += 1
        alone = names[key.run] == 1
        parts[key] = key.run if alone else f"{key.run or 'run'} {given[key.run]}"
    return parts


def _run(part: str, key: RunKey, rows: Sequence[TableRow]) -> RunReading:
    model = model_name(key.model)
    flags = {EvidenceFlag.SELF_REPORTED}
    warnings = [row.remark for row in rows if row.remark]
    if not model.known:
        flags.add(EvidenceFlag.UNKNOWN_MODEL)
        warnings.append("The table does not say which model was measured (column “model”).")
    if key.ran_at is None:
        warnings.append("The table has no date.")
    return RunReading(
        part=part,
        tool=key.tool,
        tool_version=key.tool_version,
        model=model.text,
        run_id="",
        ran_at=key.ran_at,
        flags=frozenset(flags),
        warnings=tuple(warnings),
        metrics=tuple(row.metric for row in rows),
        configuration=key.configuration,
        safeguards=key.safeguards,
        source=key.source,
    )
