"""What is measured, each beside a plain reference that ran just before it."""

import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import event

from bench.register import AT, TODAY
from tracker.domain.records import Actor, PersonRecord
from tracker.domain.state import LaunchState, RankedRisk
from tracker.domain.words import ExportFormat, Role
from tracker.exports.formats import export
from tracker.readers.profile import packaged_profile
from tracker.services.launch_state import launch_state, launch_states
from tracker.services.portfolio import ranked_queue
from tracker.services.reports import Reader, readiness_report
from tracker.store.engine import Store
from tracker.views.priorities import QueueFilter, matching, options, priorities_view

REPEATS: Final = 5
_BOOKKEEPING: Final = ("BEGIN", "PRAGMA")
_READER: Final = Reader(
    Actor(PersonRecord("bench", "Bench", frozenset({Role.VIEWER}), (), active=True)), TODAY, AT
)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something takes.

    Attributes:
        seconds: Processor time of the fastest of several runs, after one that does not count.
        reference: The same of the plain work that it is compared with; None without.
        beside: What that work is.
        mark: Seconds that the design allows; None where it says nothing.
    """

    what: str
    seconds: float
    reference: float | None
    beside: str
    mark: float | None

    @property
    def ratio(self) -> float | None:
        """How many times the reference it takes."""
        return self.seconds / self.reference if self.reference else None


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements a read sends to the database, by number of risks."""

    what: str
    small: int
    large: int


def fastest_seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the processor time of the fastest of several runs, child processes included.

    Time that the processor spends on other programs is not counted, and what these do to its
    caches only adds: so the least is the most telling.
    """
    work()
    times: list[float] = []
    for _ in range(repeats):
        start = _processor_seconds()
        work()
        times.append(_processor_seconds() - start)
    return min(times)


def _processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def read_timings(store: Store, path: Path) -> Iterator[Timing]:
    """Yield how long ranking and the page Priorities take on a register."""
    states = _states(store)
    queue = ranked_queue(states)
    table = _as_frame(queue)
    plain_read = fastest_seconds(lambda: _read_rows(path))
    plain_sort = fastest_seconds(lambda: table.sort_values(list(table.columns)))
    rank = fastest_seconds(lambda: ranked_queue(_states(store)))
    yield Timing("rank, from the database", rank, plain_read, "sqlite3 reads the rows", 1.0)
    yield Timing(
        "rank, from states already computed",
        fastest_seconds(lambda: ranked_queue(states)),
        plain_sort,
        "pandas sorts as many rows",
        None,
    )
    yield Timing(
        "one page of Priorities, view model",
        fastest_seconds(lambda: _page(queue, states)),
        plain_sort,
        "pandas sorts as many rows",
        0.3,
    )


def export_timings(store: Store, key: str) -> Iterator[Timing]:
    """Yield how long the exports of a launch take."""
    profile = packaged_profile()
    read = fastest_seconds(lambda: readiness_report(store, _READER, profile, key))
    report = readiness_report(store, _READER, profile, key)
    yield Timing("report of that launch, from the database", read, None, "", None)
    marks = {ExportFormat.PDF: 10.0}
    for format_ in (ExportFormat.CSV, ExportFormat.JSON, ExportFormat.XLSX, ExportFormat.PDF):
        seconds = fastest_seconds(lambda wanted=format_: export(report, wanted), repeats=3)
        yield Timing(
            f"export as {format_}", seconds, read, "reading its report", marks.get(format_)
        )


def start_timings(path: Path) -> Iterator[Timing]:
    """Yield how long the command takes as a program of its own."""
    bare = _program_seconds(["-c", "pass"], path)
    beside = "python -c pass"
    for what, arguments in {
        "holdpoint --version": ["--version"],
        "holdpoint rank --top 10 --json": ["rank", "--top", "10", "--json"],
    }.items():
        seconds = _program_seconds(["-m", "tracker", *arguments], path)
        yield Timing(what, seconds, bare, beside, None)


def statement_counts(small: Store, large: Store) -> Iterator[Count]:
    """Yield how many statements reads send for a small and for a large register."""
    profile = packaged_profile()
    reads: dict[str, Callable[[Store], object]] = {
        "all launches with their risks (board, queue, rank)": _states,
        "one launch": lambda store: launch_state(store, profile, TODAY, "launch-0001"),
        "report of one launch": lambda store: readiness_report(
            store, _READER, profile, "launch-0001"
        ),
    }
    for what, read in reads.items():
        yield Count(what, _statements(small, read), _statements(large, read))


def _states(store: Store) -> tuple[LaunchState, ...]:
    return launch_states(store, packaged_profile(), TODAY)


def _page(queue: tuple[RankedRisk, ...], states: tuple[LaunchState, ...]) -> object:
    options(states)
    return priorities_view(matching(queue, QueueFilter()), states, 1, packaged_profile())


def _as_frame(queue: tuple[RankedRisk, ...]) -> pd.DataFrame:
    """Return what the queue is sorted by as plain columns, out of order."""
    rows: list[dict[str, Any]] = [
        {
            "assessed": ranked.state.current.priority is not None,
            "priority": -(ranked.state.current.priority or 0.0),
            "harm": -(ranked.state.current.harm_score or 0.0),
            "target": ranked.launch.target_date.toordinal(),
            "launch": ranked.launch.key,
            "number": ranked.state.risk.number,
        }
        for ranked in queue
    ]
    return pd.DataFrame(rows).sample(frac=1.0, random_state=1)


def _read_rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return sum(
            len(connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in ("launch", "launch_scope", "risk", "assessment", "mitigation_effect")
        )


def _program_seconds(arguments: list[str], path: Path) -> float:
    def start() -> None:
        subprocess.run(
            [sys.executable, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            env={"HOLDPOINT_DATABASE_URL": f"sqlite:///{path}", "PATH": ""},
        )

    return fastest_seconds(start)


def _statements(store: Store, read: Callable[[Store], object]) -> int:
    with _counted(store) as statements:
        read(store)
    return len(statements)


@contextmanager
def _counted(store: Store) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_BOOKKEEPING):
            statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
