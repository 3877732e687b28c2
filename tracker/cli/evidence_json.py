"""Imported runs as plain values: the ledger of a launch, and one run in full."""

from collections.abc import Iterable, Sequence

from tracker.cli.as_json import Values
from tracker.cli.importing_report import metric_values
from tracker.domain.evidence import ConfirmationRecord, CorrectionRecord, EquivalenceRecord
from tracker.domain.evidence import EvidenceRunRecord as Run
from tracker.domain.words import EvidenceFlag
from tracker.services.ledger import Ledger, LedgerRow


def ledger_values(ledger: Ledger) -> list[Values]:
    """Return every run of a launch with its metrics, newest first."""
    newest_first = sorted(ledger.runs, key=lambda run: run.number, reverse=True)
    return [run_values(run, rows_of(ledger, run), ledger) for run in newest_first]


def rows_of(ledger: Ledger, run: Run) -> tuple[LedgerRow, ...]:
    """Return the metrics of one run, in their order."""
    return tuple(row for row in ledger.rows if row.run.ref == run.ref)


def run_values(run: Run, rows: Iterable[LedgerRow], ledger: Ledger) -> Values:
    """Return one run with its metrics and what each counts for today."""
    return {
        **_provenance(run),
        "same_release": run.release == ledger.launch.release,
        "metrics": [_metric(row) for row in rows],
    }


def shown_run_values(run: Run, rows: Sequence[LedgerRow], ledger: Ledger) -> Values:
    """Return everything about one run."""
    return {
        **run_values(run, rows, ledger),
        "metrics": [
            _metric(row)
            | {
                "conditions": dict(sorted(row.evidence.conditions.items())),
                "corrections": [_correction(one) for one in row.evidence.corrections],
            }
            for row in rows
        ],
        "equivalences": [_equivalence(one) for one in run.equivalences],
        "confirmations": [_confirmation(one) for one in run.confirmations],
    }


def _provenance(run: Run) -> Values:
    file: Values = {
        "ref": run.ref,
        "launch": run.launch,
        "file": run.file_name,
        "part": run.part,
        "sha256": run.sha256,
        "size": run.size,
        "format": run.format,
        "tool": run.tool,
        "tool_version": run.tool_version,
        "run_id": run.run_id,
        "ran_at": run.ran_at.isoformat() if run.ran_at else None,
    }
    return file | {
        "model_version": run.model_version,
        "configuration": run.configuration,
        "exposure_stage": run.exposure_stage,
        "safeguards": run.safeguards,
        "flags": [flag for flag in EvidenceFlag if flag in run.flags],
        "warnings": list(run.warnings),
        "source": run.source,
        "imported_by": run.imported_by,
        "imported_at": run.imported_at.isoformat(),
        "origin": run.origin,
    }


def _metric(row: LedgerRow) -> Values:
    definition = row.definition
    return {
        "id": row.evidence.id,
        **metric_values(row.evidence),
        "standing": row.standing,
        "direction": definition.direction if definition else None,
        "scale": definition.scale if definition else None,
        "gates": [gate.ref for gate in row.gates],
        "risks": list(row.risks),
        "equivalent": row.equivalent,
    }


def _correction(one: CorrectionRecord) -> Values:
    return {
        "kind": one.kind,
        "task": one.task,
        "metric": one.metric,
        "reason": one.reason,
        "corrected_by": one.corrected_by,
        "corrected_at": one.corrected_at.isoformat(),
    }


def _equivalence(one: EquivalenceRecord) -> Values:
    return {
        "model_version": one.model_version,
        "configuration": one.configuration,
        "exposure_stage": one.exposure_stage,
        "reason": one.reason,
        "stated_by": one.stated_by,
        "stated_at": one.stated_at.isoformat(),
    }


def _confirmation(one: ConfirmationRecord) -> Values:
    return {
        "note": one.note,
        "confirmed_by": one.confirmed_by,
        "confirmed_at": one.confirmed_at.isoformat(),
    }
