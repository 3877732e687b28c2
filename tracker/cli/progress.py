"""How far a long piece of work has come, on a terminal only and beside the output."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.services.evidence_files import Progress as Told
from tracker.services.evidence_files import no_progress


@contextmanager
def progress(what: str) -> Generator[Told]:
    """Draw a bar on standard error while the block runs, if that is a terminal.

    Args:
        what: What is done, such as "Reading files".

    Yields:
        What is to be told how many of how many are done.
    """
    if not sys.stderr.isatty():
        yield no_progress
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as drawn:
        task = drawn.add_task(what, total=None)

        def told(done: int, total: int) -> None:
            drawn.update(task, completed=done, total=total)

        yield told
