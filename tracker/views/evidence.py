"""The evidence of one launch: every metric with where it comes from and whether it counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.release import Release
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceFlag, EvidenceStanding, Origin
from tracker.services.ledger import Ledger, LedgerRow
from tracker.views.figures import counted, frame

ANSWERS: Final = "What was measured, on what, by whom, and what of it counts for this launch?"
EMPTY: Final = (
    "No result is on record for this launch. Drop result files of Inspect, "
    "lm-evaluation-harness, promptfoo or garak, or a table of metrics, into “Import results”."
)
NO_MATCH: Final = "No metric matches. Take a filter away to see the others."

DTYPES: Final = {
    "run": "str",
    "standing": "str",
    "task": "str",
    "metric": "str",
    "slice": "str",
    "value": "str",
    "stderr": "float64",
    "n": "Int64",
    "missing": "Int64",
    "gates": "str",
    "risks": "str",
    "day": "datetime64[s]",
    "model": "str",
    "configuration": "str",
    "safeguards": "str",
    "tool": "str",
    "flags": "str",
    "file": "str",
    "basis": "str",
}
"""Columns of the ledger; `standing` says whether a metric counts, `missing` what was not scored."""

METRIC_DTYPES: Final = {
    name: DTYPES[name]
    for name in ("standing", "task", "metric", "slice", "value", "stderr", "n", "missing", "gates")
} | {"risks": "str", "correction": "str"}


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """What narrows the ledger; an empty collection lets everything through."""

    standings: Collection[str] = ()
    tools: Collection[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The ledger of one launch.

    Attributes:
        headline: How many metrics there are and how many count.
        frame: One line per metric that matches, newest run first.
        undefined: Tool and metric of what no gate can read yet, since nobody said its direction.
        empty: What to do where no line matches; empty where one does.
    """

    headline: str
    frame: pd.DataFrame
    undefined: tuple[tuple[str, str], ...]
    empty: str


def evidence_view(ledger: Ledger, wanted: EvidenceFilter) -> EvidenceView:
    """Return the ledger of a launch."""
    rows = [row for row in ledger.rows if _matches(row, wanted)]
    return EvidenceView(
        headline=headline(ledger),
        frame=frame([_line(row) for row in rows], DTYPES),
        undefined=undefined(ledger),
        empty="" if rows else (NO_MATCH if ledger.rows else EMPTY),
    )


def headline(ledger: Ledger) -> str:
    """Say how much is on record, how much of it counts, and what is about something else."""
    if not ledger.rows:
        return "No results on record"
    counts = sum(row.standing is EvidenceStanding.COUNTS for row in ledger.rows)
    runs = counted(len(ledger.runs), "run")
    said = f"{counted(len(ledger.rows), 'metric')} of {runs}, {counts} count today"
    other = sum(row.standing is EvidenceStanding.OTHER_RELEASE for row in ledger.rows)
    return f"{said}, {other} about another release" if other else said


def tools(ledger: Ledger) -> list[str]:
    """Return every tool on the ledger, in order of its name."""
    return sorted({run.tool for run in ledger.runs})


def undefined(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Return tool and metric of what nobody has said the direction of."""
    pairs = {(row.run.tool, row.evidence.metric) for row in ledger.rows if row.definition is None}
    return tuple(sorted(pairs))


def _matches(row: LedgerRow, wanted: EvidenceFilter) -> bool:
    run, one = row.run, row.evidence
    searched = f"{run.short_ref}\n{one.task}\n{one.metric}\n{one.slice}\n{run.file_name}"
    return (
        (not wanted.standings or row.standing in wanted.standings)
        and (not wanted.tools or run.tool in wanted.tools)
        and wanted.text.strip().casefold() in f"{searched}\n{run.model_version}".casefold()
    )


def _line(row: LedgerRow) -> dict[str, Any]:
    run = row.run
    return {
        "run": run.short_ref,
        **_metric(row),
        "day": pd.Timestamp(run.ran_at.date()) if run.ran_at else pd.NaT,
        "model": run.model_version,
        "configuration": run.configuration,
        "safeguards": str(run.safeguards),
        "tool": f"{run.tool} {run.tool_version}".strip(),
        "flags": flags_words(run.flags),
        "file": run.file_name,
        "basis": basis_of(run.origin),
    }


def _metric(row: LedgerRow) -> dict[str, Any]:
    one = row.evidence
    return {
        "standing": standing_words(row),
        "task": one.task,
        "metric": one.metric,
        "slice": one.slice or "all",
        "value": value_words(one.value, one.qualifier, one.unit),
        "stderr": one.stderr,
        "n": one.n,
        "missing": one.errored or None,
        "gates": ", ".join(gate.short_ref for gate in row.gates),
        "risks": ", ".join(ref.rpartition("/")[2] for ref in row.risks),
    }


def standing_words(row: LedgerRow) -> str:
    """Say whether a metric counts, and where it does only by a recorded reason."""
    if row.standing is EvidenceStanding.COUNTS and not row.same_release:
        return f"{row.standing}, by a recorded reason"
    return str(row.standing)


def value_words(value: float | None, qualifier: str, unit: str) -> str:
    """Return a value as it was printed, such as "more than 98 %"; never rounded to fewer digits."""
    figure = "no figure" if value is None else f"{value:.10g}"
    return " ".join(part for part in (qualifier, figure, unit) if part)


def flags_words(flags: Collection[EvidenceFlag]) -> str:
    """Return the flags of a run in the order in which they are listed."""
    return ", ".join(str(flag) for flag in EvidenceFlag if flag in flags)


def basis_of(origin: Origin) -> str:
    """Return whether a record was entered, published or made up for the demo."""
    return ILLUSTRATIVE_LABEL if origin is Origin.ILLUSTRATIVE else str(origin)


@dataclass(frozen=True, slots=True)
class RunDetail:
    """One run in full.

    Attributes:
        run: Its record.
        rows: Its metrics.
        facts: Label to words: where it comes from, and what it is about.
        metrics: Its metrics as a table, in their order.
        differs: What it is about that the launch's present release is not, in words; empty where
            they are the same.
        needs_reason: It is about another release and nobody has said why it counts.
        needs_confirmation: Its figures are self-reported and nobody has confirmed them.
        illustrative: It was made up for the demo.
    """

    run: EvidenceRunRecord
    rows: tuple[LedgerRow, ...]
    facts: Mapping[str, str]
    metrics: pd.DataFrame
    differs: str
    needs_reason: bool
    needs_confirmation: bool
    illustrative: bool


def find_run(ledger: Ledger, short_ref: str) -> EvidenceRunRecord | None:
    """Return a run of a launch by its short reference."""
    return next((run for run in ledger.runs if run.short_ref == short_ref), None)


def run_detail(run: EvidenceRunRecord, ledger: Ledger, state: LaunchState) -> RunDetail:
    """Return one run of a launch in full."""
    rows = tuple(row for row in ledger.rows if row.run.ref == run.ref)
    same = run.release == ledger.launch.release
    reasoned = any(row.equivalent for row in rows)
    reported = EvidenceFlag.SELF_REPORTED in run.flags
    return RunDetail(
        run=run,
        rows=rows,
        facts=_facts(run, state),
        metrics=frame(
            [_metric(row) | {"correction": _correction(row)} for row in rows], METRIC_DTYPES
        ),
        differs="" if same else _differences(run.release, ledger.launch.release),
        needs_reason=not same and not reasoned,
        needs_confirmation=reported and not run.confirmations,
        illustrative=run.origin is Origin.ILLUSTRATIVE,
    )


def _differences(run: Release, launch: Release) -> str:
    names = ("model version", "configuration", "exposure stage")
    pairs = zip(names, run, launch, strict=True)
    said = [f"{name} “{was}”, the launch has “{now}”" for name, was, now in pairs if was != now]
    return "; ".join(said)


def _correction(row: LedgerRow) -> str:
    return "; ".join(
        f"{one.kind} on {one.corrected_at.date().isoformat()}: {one.reason}"
        for one in row.evidence.corrections
    )


def _facts(run: EvidenceRunRecord, state: LaunchState) -> dict[str, str]:
    part = f", part “{run.part}”" if run.part else ""
    return {
        "File": f"{run.file_name}{part}",
        "SHA-256": run.sha256,
        "Size": f"{run.size:,} bytes",
        "Recognised as": str(run.format),
        "Tool": f"{run.tool} {run.tool_version or '(version not stated)'}",
        "Model in the file": run.model_version,
        "Configuration": run.configuration,
        "Stage asked for then": str(run.exposure_stage),
        "System safeguards": str(run.safeguards),
        "Run on": run.ran_at.strftime("%Y-%m-%d %H:%M UTC") if run.ran_at else "no date on record",
        "Flags": flags_words(run.flags) or "none",
        "Imported by": f"{state.person_name(run.imported_by)}, "
        f"{run.imported_at.date().isoformat()}",
        "Counts for this release because": _said(run.equivalences, state)
        or "not needed or not said",
        "Figures confirmed": _confirmed(run, state) or "by nobody",
        "Source": run.source or "the file itself",
    }


def _said(reasons: Sequence[Any], state: LaunchState) -> str:
    return "; ".join(
        f"{one.reason} ({state.person_name(one.stated_by)}, {one.stated_at.date().isoformat()})"
        for one in reasons
    )


def _confirmed(run: EvidenceRunRecord, state: LaunchState) -> str:
    return "; ".join(
        f"{state.person_name(one.confirmed_by)}, {one.confirmed_at.date().isoformat()}"
        for one in run.confirmations
    )
