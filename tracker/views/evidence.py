"""The evidence of one launch: every metric with where it comes from and whether it counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

import pandas as pd

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.words import EvidenceFlag, EvidenceStanding, Origin
from tracker.services.ledger import Ledger, LedgerRow
from tracker.views.figures import counted, frame

ANSWERS: Final = "What was measured, on what, by whom, and what of it counts for this launch?"
EMPTY: Final = (
    "No result is on record for this launch. Drop result files of Inspect, "
    "lm-evaluation-harness, promptfoo or garak, or a table of metrics, into “Import results”."
)
NO_MATCH: Final = "No metric matches. Take a filter away to see the others."
NO_METRIC: Final = "no metric: the run shows nothing"

METRIC_DTYPES: Final[Mapping[str, str]] = {
    "standing": "str",
    "metric": "str",
    "value": "str",
    "n": "Int64",
    "gates": "str",
    "task": "str",
    "slice": "str",
    "stderr": "float64",
    "missing": "Int64",
    "risks": "str",
}
"""What is shown of one metric; `standing` says whether it counts, `missing` was not scored."""

DTYPES: Final[Mapping[str, str]] = {
    "run": "str",
    **METRIC_DTYPES,
    "day": "datetime64[s]",
    "model": "str",
    "configuration": "str",
    "safeguards": "str",
    "tool": "str",
    "flags": "str",
    "file": "str",
    "importer": "str",
    "basis": "str",
}
"""Columns of the ledger."""


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What narrows the ledger; an empty collection lets everything through."""

    standings: Collection[str] = ()
    tools: Collection[str] = ()
    runs: Collection[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The ledger of one launch.

    Attributes:
        frame: One line per metric that matches, newest run first, and one per run without any.
        found: How many of the metrics match; empty where all do.
        empty: What to do where no line matches; empty where one does.
    """

    frame: pd.DataFrame
    found: str
    empty: str


class _Line(NamedTuple):
    run: EvidenceRunRecord
    row: LedgerRow | None


def evidence_view(ledger: Ledger, wanted: EvidenceFilter, names: Mapping[str, str]) -> EvidenceView:
    """Return the ledger of a launch.

    Args:
        ledger: All its evidence.
        wanted: What narrows it.
        names: Keys of people to their names.
    """
    every = list(_lines(ledger))
    lines = [line for line in every if _matches(line, wanted)]
    all_match = len(lines) == len(every)
    return EvidenceView(
        frame=frame([_columns(line, names) for line in lines], DTYPES),
        found="" if all_match else f"{len(lines)} of {counted(len(every), 'metric')} shown",
        empty="" if lines else (NO_MATCH if every else EMPTY),
    )


def headline(ledger: Ledger) -> str:
    """Say how much is on record, how much of it counts, and what is about something else."""
    if not ledger.runs:
        return "No results on record"
    counts = sum(row.standing is EvidenceStanding.COUNTS for row in ledger.rows)
    runs = counted(len(ledger.runs), "run")
    counting = f"{counts or 'none'} {'counts' if counts <= 1 else 'count'} today"
    said = f"{counted(len(ledger.rows), 'metric')} of {runs}, {counting}"
    other = sum(row.standing is EvidenceStanding.OTHER_RELEASE for row in ledger.rows)
    return f"{said}, {other} about another release" if other else said


def tools(ledger: Ledger) -> list[str]:
    """Return every tool on the ledger, in order of its name."""
    return sorted({run.tool for run in ledger.runs})


def _lines(ledger: Ledger) -> Iterator[_Line]:
    """Yield every metric under its run, newest run first, and each run that holds none."""
    held = {
        ref: [_Line(row.run, row) for row in rows]
        for ref, rows in groupby(ledger.rows, key=lambda row: row.run.ref)
    }
    for run in reversed(ledger.runs):
        yield from held.get(run.ref, [_Line(run, None)])


def _matches(line: _Line, wanted: EvidenceFilter) -> bool:
    run = line.run
    return (
        (not wanted.standings or _standing(line) in wanted.standings)
        and (not wanted.tools or run.tool in wanted.tools)
        and (not wanted.runs or run.short_ref in wanted.runs)
        and wanted.text.strip().casefold() in _searched(line)
    )


def _searched(line: _Line) -> str:
    run, row = line
    texts = [run.short_ref, run.file_name, run.model_version, run.sha256]
    if row is not None:
        texts += [row.evidence.task, row.evidence.metric, row.evidence.slice]
    return "\n".join(texts).casefold()


def _standing(line: _Line) -> str:
    if line.row is not None:
        return str(line.row.standing)
    unfinished = EvidenceFlag.NOT_FINISHED in line.run.flags
    return str(EvidenceStanding.NOT_FINISHED) if unfinished else ""


def _columns(line: _Line, names: Mapping[str, str]) -> dict[str, Any]:
    run = line.run
    metric = metric_columns(line.row) if line.row else _no_metric(_standing(line))
    return metric | {
        "run": run.short_ref,
        "day": pd.Timestamp(run.ran_at.date()) if run.ran_at else pd.NaT,
        "model": run.model_version,
        "configuration": run.configuration,
        "safeguards": str(run.safeguards),
        "tool": f"{run.tool} {run.tool_version}".strip(),
        "flags": flags_words(run.flags),
        "file": run.file_name,
        "importer": names.get(run.imported_by, run.imported_by),
        "basis": basis_of(run.origin),
    }


def metric_columns(row: LedgerRow) -> dict[str, Any]:
    """Return what is shown of one metric, by column of `METRIC_DTYPES`."""
    one = row.evidence
    return {
        "standing": standing_words(row),
        "metric": one.metric,
        "value": value_words(one.value, one.qualifier, one.unit),
        "n": one.n,
        "gates": ", ".join(gate.short_ref for gate in row.gates),
        "task": one.task,
        "slice": one.slice or "all",
        "stderr": one.stderr,
        "missing": one.errored or None,
        "risks": ", ".join(ref.rpartition("/")[2] for ref in row.risks),
    }


def _no_metric(standing: str) -> dict[str, Any]:
    empty = {name: "" if kind == "str" else None for name, kind in METRIC_DTYPES.items()}
    return empty | {"standing": standing or NO_METRIC, "metric": NO_METRIC}


def standing_words(row: LedgerRow) -> str:
    """Say whether a metric counts, and where it does only by a recorded reason."""
    if row.standing is EvidenceStanding.COUNTS and not row.same_release:
        return f"{row.standing}, by a recorded reason"
    return str(row.standing)


def value_words(value: float | None, qualifier: str, unit: str) -> str:
    """Return a value as it was printed, such as "more than 98 %"; never rounded to fewer digits.

    What was only said in words stands in quotation marks, so that nobody takes it for a figure.
    """
    if value is None:
        said = " ".join(part for part in (qualifier, unit) if part)
        return f"in words: “{said}”" if said else "no figure"
    return " ".join(part for part in (qualifier, f"{value:.10g}", unit) if part)


def flags_words(flags: Collection[EvidenceFlag]) -> str:
    """Return the flags of a run in the order in which they are listed."""
    return ", ".join(str(flag) for flag in EvidenceFlag if flag in flags)


def basis_of(origin: Origin) -> str:
    """Return whether a record was entered, published or made up for the demo."""
    return ILLUSTRATIVE_LABEL if origin is Origin.ILLUSTRATIVE else str(origin)
