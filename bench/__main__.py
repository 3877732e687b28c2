"""Makes two registers, measures, and prints tables; `--write` keeps them in the documents."""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.measures import (
    Count,
    Timing,
    export_timings,
    read_timings,
    start_timings,
    statement_counts,
)
from bench.register import Size, make_register
from tracker import __version__
from tracker.store.engine import Store

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
MARK: Final = "<!-- measured: written by `make bench ARGS=--write` -->"
SMALL: Final = Size(launches=2, risks=50)
RISKS_PER_LAUNCH: Final = 50


@dataclass(frozen=True, slots=True)
class Results:
    """What one run of the bench found."""

    size: Size
    report_size: Size
    seconds_to_fill: float
    timings: Sequence[Timing]
    counts: Sequence[Count]


def measure(risks: int, report_risks: int, folder: Path) -> Results:
    """Make the registers in a folder and measure on them."""
    size = Size(launches=max(1, risks // RISKS_PER_LAUNCH), risks=RISKS_PER_LAUNCH)
    report_size = Size(launches=1, risks=report_risks)
    large_path = folder / "large.db"
    start = time.perf_counter()
    large = make_register(large_path, size)
    filled = time.perf_counter() - start
    small = make_register(folder / "small.db", SMALL)
    wide = make_register(folder / "wide.db", report_size)
    results = Results(
        size=size,
        report_size=report_size,
        seconds_to_fill=filled,
        timings=(
            *read_timings(large, large_path),
            *export_timings(wide, "launch-0001"),
            *start_timings(large_path),
        ),
        counts=tuple(statement_counts(small, large)),
    )
    _close(small, large, wide)
    return results


def _close(*stores: Store) -> None:
    for store in stores:
        store.dispose()


def page_part(results: Results) -> str:
    """Return what a run found as Markdown."""
    size = results.size
    about = (
        f"Holdpoint {__version__}, {_machine()}. {size.launches} launches with together "
        f"{size.all_risks:,} risks of three assessments each; exports of one launch with "
        f"{results.report_size.all_risks:,} risks. Filling the large register, every row "
        f"recorded and chained, took {results.seconds_to_fill:.0f} s."
    )
    return "\n".join(
        [
            MARK,
            "",
            about,
            "",
            *_table(
                ("What", "Processor seconds", "Mark", "Times the reference", "Reference"),
                (_timing_row(timing) for timing in results.timings),
            ),
            "",
            *_table(
                ("Statements sent to the database", f"{SMALL.all_risks:,} risks",
                 f"{size.all_risks:,} risks"),
                ((count.what, str(count.small), str(count.large)) for count in results.counts),
            ),
            "",
        ]
    )  # fmt: skip


def _timing_row(timing: Timing) -> tuple[str, ...]:
    return (
        timing.what,
        f"{timing.seconds:.3f}",
        f"under {timing.mark:g}" if timing.mark else "–",
        f"{timing.ratio:.1f}" if timing.ratio else "–",
        timing.beside or "–",
    )


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [heading, tuple("---" for _ in heading), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {version('sqlalchemy')}"
    )


def main() -> None:
    """Measure, print, and on request keep the result."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--risks", type=int, default=10_000, help="risks of the large register")
    parser.add_argument("--report-risks", type=int, default=1_000, help="risks of the export")
    parser.add_argument("--write", action="store_true", help="keep it in docs/performance.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="holdpoint-bench-") as folder:
        part = page_part(measure(chosen.risks, chosen.report_risks, Path(folder)))
    sys.stdout.write(part)
    if chosen.write:
        kept = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(kept + part, encoding="utf-8")


if __name__ == "__main__":
    main()
