"""The appendix: every run with its whole hash, and every metric with what it counts for."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.ledger import LedgerRow
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Plan, Section, Table, Where
from tracker.exports.sections.figures import (
    borrowed_words,
    correction_words,
    release_words,
    value_words,
)

_Read = tuple[Column, Callable[[LedgerRow], Cell]]


def section(report: ReadinessReport) -> Section:
    """Return the evidence index: files by hash, then their metrics, counted or not."""
    blocks = (_files(report), _runs(report), _metrics(report))
    return Section("evidence", "D Evidence index", blocks)


@dataclass(frozen=True, slots=True)
class _File:
    sha256: str
    runs: tuple[EvidenceRunRecord, ...]

    @property
    def first(self) -> EvidenceRunRecord:
        return self.runs[0]


def _files(report: ReadinessReport) -> Table:
    held: dict[str, tuple[EvidenceRunRecord, ...]] = {}
    for run in report.ledger.runs:
        held[run.sha256] = (*held.get(run.sha256, ()), run)
    return Plan[_File](
        caption="Files on record with their whole SHA-256",
        empty="No result file is on record.",
        columns=(
            (Column("File", 2), lambda it: Cell(it.first.file_name)),
            (Column("SHA-256", 3.6), lambda it: Cell(it.sha256)),
            (Column("Bytes", 0.8, numeric=True), lambda it: _size(it.first)),
            (Column("Format", 1.4), lambda it: Cell(str(it.first.format))),
            (Column("Runs", 2), lambda it: Cell(", ".join(run.short_ref for run in it.runs))),
            (Column("Basis", 1), lambda it: Cell(wording.origin(*(run.origin for run in it.runs)))),
        ),
    ).table(_File(sha256, runs) for sha256, runs in held.items())


def _size(run: EvidenceRunRecord) -> Cell:
    return wording.number(run.size, f"{run.size:,}")


def _runs(report: ReadinessReport) -> Table:
    state = report.state
    return Plan[EvidenceRunRecord](
        caption="Runs on record",
        empty="No run is on record.",
        columns=(
            (Column("Run", 0.6), lambda it: Cell(it.short_ref)),
            (Column("Part", 0.7), lambda it: Cell(it.part or wording.NONE)),
            (Column("Tool", 1.4), lambda it: Cell(f"{it.tool} {it.tool_version}".rstrip())),
            (Column("Flags", 1.1), lambda it: Cell(_flags(it))),
            (Column("About", 2), lambda it: Cell(release_words(it.release))),
            (Column("Ran", 0.95), lambda it: Cell(_ran(it))),
            (Column("Imported", 1.2), lambda it: Cell(_imported(it, state))),
            (Column("Source", 1.7), lambda it: Cell(it.source or wording.NONE)),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.origin))),
        ),
    ).table(report.ledger.runs)


def _flags(run: EvidenceRunRecord) -> str:
    return ", ".join(sorted(run.flags)) or wording.NONE


def _ran(run: EvidenceRunRecord) -> str:
    return run.ran_at.date().isoformat() if run.ran_at else "no date on record"


def _imported(run: EvidenceRunRecord, state: LaunchState) -> str:
    return f"{state.person_name(run.imported_by)}, {run.imported_at.date().isoformat()}"


def _metrics(report: ReadinessReport) -> Table:
    return Plan[LedgerRow](
        caption="Every metric on record and whether it counts",
        empty="No metric is on record.",
        sheet="Evidence",
        columns=[
            (Column("Run", 0.6), lambda it: Cell(it.run.short_ref)),
            (Column("Task", 1.8), lambda it: Cell(it.evidence.task)),
            (Column("Metric", 1.8), lambda it: Cell(it.evidence.metric)),
            (Column("Slice", 0.8), lambda it: Cell(it.evidence.slice or wording.NONE)),
            (
                Column("Value", 1.4),
                lambda it: Cell(value_words(it.evidence, it.definition)),
            ),
            *_numbers(),
            (Column("Counts", 1.8), lambda it: Cell(str(it.standing))),
            (Column("Gates", 0.7), lambda it: Cell(_gates(it))),
            (Column("Risks", 0.7), lambda it: Cell(_risks(it))),
            *_provenance(report.state),
            (Column("Basis", 0.9), lambda it: Cell(wording.origin(it.run.origin))),
        ],
    ).table(report.ledger.rows)


def _gates(row: LedgerRow) -> str:
    return ", ".join(gate.short_ref for gate in row.gates) or wording.NONE


def _risks(row: LedgerRow) -> str:
    return ", ".join(ref.rpartition("/")[2] for ref in row.risks) or wording.NONE


def _numbers() -> list[_Read]:
    def number(title: str, read: Callable[[LedgerRow], float | None]) -> _Read:
        column = Column(title, numeric=True, where=Where.SHEET)
        return column, lambda it: wording.number(read(it))

    return [
        number("Number", lambda it: it.evidence.value),
        number("Standard error", lambda it: it.evidence.stderr),
        (
            Column("n", 0.6, numeric=True),
            lambda it: wording.number(it.evidence.n, f"{it.evidence.n or 0:,}"),
        ),
        number("Counted", lambda it: it.evidence.passed),
        number("Not counted", lambda it: it.evidence.failed),
        number("Not scored", lambda it: it.evidence.errored),
    ]


def _provenance(state: LaunchState) -> list[_Read]:
    def text(title: str, read: Callable[[LedgerRow], str]) -> _Read:
        return Column(title, where=Where.SHEET), lambda it: Cell(read(it) or wording.NONE)

    return [
        text("Taken back", lambda it: correction_words(it.evidence, state)),
        text("Borrowed", lambda it: borrowed_words(it.run, state)),
        text("Flags", lambda it: _flags(it.run)),
        text("Tool", lambda it: it.run.tool),
        text("Tool version", lambda it: it.run.tool_version),
        text("Model version", lambda it: it.run.model_version),
        text("Configuration", lambda it: it.run.configuration),
        text("Stage asked for", lambda it: str(it.run.exposure_stage)),
        text("Safeguards", lambda it: str(it.run.safeguards)),
        text("Ran", lambda it: _ran(it.run)),
        text("Imported", lambda it: _imported(it.run, state)),
        text("File", lambda it: it.run.file_name),
        text("Part", lambda it: it.run.part),
        text("SHA-256", lambda it: it.run.sha256),
        text("Source", lambda it: it.run.source),
    ]
