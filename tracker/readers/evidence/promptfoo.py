"""Results of promptfoo (`-o results.json`): versions 2 and 3, and the list form of its database.

A file holds a grid of providers and prompts; each pair is one run, never all of them together.
Read as a stream: of each row only digests and counts are kept, never a text, an address of the
author, a header or a variable.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from tracker.domain.evidence import RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.json_stream import from_start, selected
from tracker.readers.evidence.json_values import is_mapping, number, text
from tracker.readers.evidence.limits import MAX_RUNS, MAX_SAMPLES
from tracker.readers.evidence.promptfoo_header import Header
from tracker.readers.evidence.promptfoo_names import provider_name, task_names
from tracker.readers.evidence.promptfoo_runs import Column, Gathered, column_of

TOOL: Final = "promptfoo"

_VERSIONS: Final = (2, 3, 4)
_ROWS: Final = frozenset({"results.item", "results.results.item"})
_VERSION: Final = frozenset({"results.version", "version"})


def read(source: BinaryIO) -> Contents:
    """Read a results file; rows alone (JSON Lines) have no date, version and settings.

    Raises:
        ImportRejected: Not JSON, of an unknown version, or without result rows.
    """
    header = Header()
    columns: dict[Column, Gathered] = defaultdict(Gathered)
    rows = 0
    wanted = _ROWS | _VERSION | Header.PATHS
    for path, value in selected(lambda: from_start(source), wanted):
        if path in _VERSION:
            _check_version(value)
        elif path not in _ROWS:
            header.take(path, value)
        else:
            rows += 1
            _add(columns, rows, value)
    if not columns:
        raise refused("results", "holds no result row; export the evaluation with -o results.json")
    tasks = task_names(header, columns)
    ordered = sorted(columns, key=Column.order)
    runs = (_run(header, column, columns[column], tasks[column]) for column in ordered)
    if header.stated_results in (None, rows):
        return Contents(tuple(runs), header.warnings())
    changed = f"The file holds {rows:,} results, and the tool counted {header.stated_results:,}."
    edited = (replace(run, flags=run.flags | {EvidenceFlag.EDITED}) for run in runs)
    return Contents(tuple(edited), (changed, *header.warnings()))


def _check_version(value: object) -> None:
    if number(value) not in _VERSIONS:
        raise refused(
            "results, version", f"is {text(value)[:20] or 'no number'}; known are 2, 3 and 4"
        )


def _add(columns: dict[Column, Gathered], position: int, row: Any) -> None:
    place = f"result {position:,}"
    if position > MAX_SAMPLES:
        raise refused(place, f"is one too many: at most {MAX_SAMPLES:,} can be read")
    if not is_mapping(row):
        raise refused(place, "is not a result row")
    column = column_of(row)
    if not column.provider:
        raise refused(place, "names no provider")
    columns[column].add(row)
    if len(columns) > MAX_RUNS:
        raise refused(place, f"begins one run too many: at most {MAX_RUNS:,} can be read")


def _run(header: Header, column: Column, found: Gathered, task: str) -> RunReading:
    model = provider_name(column)
    flags = _flags(header, column, found)
    if not model.known:
        flags[EvidenceFlag.UNKNOWN_MODEL] = (
            "The provider is a script or an address: its label is what somebody called it, not "
            "the model that answered. Let the provider return the model as its id."
        )
    conditions = header.conditions(found)
    index = column.prompt if isinstance(column.prompt, int) else task
    return RunReading(
        part=f"{model.text}|{index}",
        tool=TOOL,
        tool_version=header.version,
        model=model.text,
        run_id=header.run_id,
        ran_at=header.ran_at,
        flags=frozenset(flags),
        warnings=(*flags.values(), *_remarks(found)),
        metrics=tuple(found.metrics(task, conditions)),
    )


def _flags(header: Header, column: Column, found: Gathered) -> dict[EvidenceFlag, str]:
    """What weakens a run, each with its sentence."""
    judges, unnamed = header.judges(found)
    facts: Mapping[EvidenceFlag, tuple[object, str]] = {
        EvidenceFlag.LIMITED: (
            header.filters,
            f"Only chosen tests were run ({', '.join(header.filters)}).",
        ),
        EvidenceFlag.INCOMPLETE: (
            found.errored,
            f"{found.errored} of {found.scenarios} scenarios were not scored.",
        ),
        EvidenceFlag.EDITED: (
            found.graded_by_hand,
            f"{found.graded_by_hand} grades were changed by hand after the run.",
        ),
        EvidenceFlag.JUDGE_UNKNOWN: (
            unnamed,
            "A model graded the answers, and the file does not say which.",
        ),
        EvidenceFlag.JUDGED_BY_ITSELF: (
            column.provider in judges,
            "The model graded its own answers.",
        ),
    }
    return {flag: sentence for flag, (holds, sentence) in facts.items() if holds}


def _remarks(found: Gathered) -> tuple[str, ...]:
    remarks: list[str] = []
    if found.rows > found.scenarios:
        remarks.append(
            f"{found.rows} results are about {found.scenarios} scenarios: repeats of one count as "
            "one, which passes if all of them did."
        )
    if found.unchecked:
        remarks.append(
            f"{found.unchecked} tests assert nothing; the tool calls them passed, here they are "
            "not scored."
        )
    return tuple(remarks)
