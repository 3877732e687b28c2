"""One imported run in full: where it comes from, what it shows, and what was said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

import pandas as pd

from tracker.domain.evidence import ConfirmationRecord, EquivalenceRecord, EvidenceRunRecord
from tracker.domain.release import Release
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceFlag, EvidenceStanding, Origin
from tracker.readiness.slots import is_confirmed
from tracker.services.ledger import Ledger, LedgerRow
from tracker.views.evidence import METRIC_DTYPES, flags_words, metric_columns
from tracker.views.figures import counted, frame

DTYPES: Final = {**METRIC_DTYPES, "correction": "str"}
"""Columns of a run's metrics; `correction` says what was taken back, when and why."""


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
        needs_reason: It is about another release and nobody independent has said why it counts.
        needs_confirmation: Its figures are self-reported and nobody independent confirmed them.
        without_n: Sentence on self-reported figures that lack n; empty where none does.
        illustrative: It was made up for the demo.
    """

    run: EvidenceRunRecord
    rows: tuple[LedgerRow, ...]
    facts: Mapping[str, str]
    metrics: pd.DataFrame
    differs: str
    needs_reason: bool
    needs_confirmation: bool
    without_n: str
    illustrative: bool

    @property
    def every(self) -> dict[str, str]:
        """The metrics by their id in words."""
        return {str(row.evidence.id): _words(row) for row in self.rows}

    @property
    def left(self) -> dict[str, str]:
        """The metrics that are not withdrawn, by their id in words."""
        return {
            str(row.evidence.id): _words(row)
            for row in self.rows
            if row.standing is not EvidenceStanding.WITHDRAWN
        }

    @property
    def only(self) -> str | None:
        """The id of the metric, where the run holds a single one."""
        return str(self.rows[0].evidence.id) if len(self.rows) == 1 else None


def find_run(ledger: Ledger, short_ref: str) -> EvidenceRunRecord | None:
    """Return a run of a launch by its short reference."""
    return next((run for run in ledger.runs if run.short_ref == short_ref), None)


def run_detail(run: EvidenceRunRecord, ledger: Ledger, state: LaunchState) -> RunDetail:
    """Return one run of a launch in full."""
    launch = ledger.launch
    rows = tuple(row for row in ledger.rows if row.run.ref == run.ref)
    same = run.release == launch.release
    reported = EvidenceFlag.SELF_REPORTED in run.flags
    return RunDetail(
        run=run,
        rows=rows,
        facts=_facts(run, state, same=same),
        metrics=frame([metric_columns(row) | {"correction": _taken_back(row)} for row in rows],
                      DTYPES),
        differs="" if same else _differences(run.release, launch.release),
        needs_reason=not same and not any(row.equivalent for row in rows),
        needs_confirmation=reported and not is_confirmed(run, launch),
        without_n=_without_n(rows),
        illustrative=run.origin is Origin.ILLUSTRATIVE,
    )  # fmt: skip


def alike(run: EvidenceRunRecord, ledger: Ledger, person: str) -> dict[str, str]:
    """Return the other runs about the same release of which this person may say why they count.

    Returns:
        References to words; runs that count already are left out.
    """
    reasoned = {row.run.ref for row in ledger.rows if row.equivalent}
    return {
        other.ref: f"{other.short_ref} {other.tool}, {other.file_name}"
        for other in ledger.runs
        if other.release == run.release
        and other.ref not in reasoned | {run.ref}
        and other.imported_by != person
    }


def places(ledger: Ledger, state: LaunchState, tool: str) -> tuple[list[str], list[str]]:
    """Return the tasks and the metrics of a tool that the launch's runs and gates name."""
    rows = [row.evidence for row in ledger.rows if row.run.tool == tool]
    gates = [status.gate for status in state.gates if status.gate.tool == tool]
    tasks = {one.task for one in rows} | {gate.task for gate in gates}
    metrics = {one.metric for one in rows} | {gate.metric for gate in gates}
    return sorted(filter(None, tasks)), sorted(filter(None, metrics))


def day_words(ran_at: datetime | None) -> str:
    """Return when a run was made: to the minute, or its day where only that is known."""
    if ran_at is None:
        return "no date on record"
    day_alone = ran_at.time() == time(0)
    return ran_at.strftime("%Y-%m-%d" if day_alone else "%Y-%m-%d %H:%M UTC")


def _words(row: LedgerRow) -> str:
    one = row.evidence
    return ", ".join(part for part in (one.metric, one.task, one.slice) if part)


def _without_n(rows: Iterable[LedgerRow]) -> str:
    count = sum(row.standing is EvidenceStanding.WITHOUT_N for row in rows)
    if not count:
        return ""
    return (
        f"{counted(count, 'figure has', 'figures have')} no n: nobody can say what "
        f"{'it shows' if count == 1 else 'they show'}, confirmed or not. "
        "Import a table that gives n, or the tool's own file."
    )


def _differences(run: Release, launch: Release) -> str:
    names = ("model version", "configuration", "exposure stage")
    pairs = zip(names, run, launch, strict=True)
    said = [f"{name} “{was}”, the launch has “{now}”" for name, was, now in pairs if was != now]
    return "; ".join(said)


def _taken_back(row: LedgerRow) -> str:
    return "; ".join(
        f"{one.kind}{_whither(one.task, one.metric)} on {one.corrected_at.date().isoformat()}: "
        f"{one.reason}"
        for one in row.evidence.corrections
    )


def _whither(task: str, metric: str) -> str:
    return f" to {task}, {metric}" if task and metric else ""


def _facts(run: EvidenceRunRecord, state: LaunchState, *, same: bool) -> dict[str, str]:
    importer = state.person_name(run.imported_by)
    return _file_facts(run) | {
        "Model in the file": run.model_version,
        "Configuration": run.configuration,
        "Stage asked for then": str(run.exposure_stage),
        "System safeguards": str(run.safeguards),
        "Run on": day_words(run.ran_at),
        "Flags": flags_words(run.flags) or "none",
        "Imported by": f"{importer}, {run.imported_at.date().isoformat()}",
        **_statements(run, state, same=same),
        "Source": run.source or "the file itself",
    }


def _file_facts(run: EvidenceRunRecord) -> dict[str, str]:
    part = f", part “{run.part}”" if run.part else ""
    return {
        "File": f"{run.file_name}{part}",
        "Size": f"{run.size:,} bytes",
        "Recognised as": str(run.format),
        "Tool": f"{run.tool} {run.tool_version or '(version not stated)'}",
        **({"Id of the run": run.run_id} if run.run_id else {}),
    }


def _statements(run: EvidenceRunRecord, state: LaunchState, *, same: bool) -> dict[str, str]:
    said: dict[str, Any] = {}
    if run.equivalences or not same:
        said["Counts for a release because"] = (
            "; ".join(_reason(one, state) for one in run.equivalences) or "nobody has said why"
        )
    if EvidenceFlag.SELF_REPORTED in run.flags:
        said["Figures confirmed"] = (
            "; ".join(_confirmed(one, state) for one in run.confirmations) or "by nobody"
        )
    return said


def _reason(one: EquivalenceRecord, state: LaunchState) -> str:
    who, day = state.person_name(one.stated_by), one.stated_at.date().isoformat()
    return f"{one.reason} ({who}, {day}, for {', '.join(one.release)})"


def _confirmed(one: ConfirmationRecord, state: LaunchState) -> str:
    who, day = state.person_name(one.confirmed_by), one.confirmed_at.date().isoformat()
    return f"{who}, {day}{f': {one.note}' if one.note else ''}"
