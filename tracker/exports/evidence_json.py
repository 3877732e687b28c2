"""The evidence of a launch for machines: every run, with every metric and what it counts for."""

from collections import defaultdict

from tracker.domain.evidence import (
    ConfirmationRecord,
    CorrectionRecord,
    EquivalenceRecord,
    EvidenceRunRecord,
)
from tracker.domain.ledger import Ledger, LedgerRow
from tracker.exports.json_words import Json, instant, word


def evidence(ledger: Ledger) -> list[Json]:
    """Return the runs in order of number, those without a single metric too."""
    held: defaultdict[str, list[LedgerRow]] = defaultdict(list)
    for row in ledger.rows:
        held[row.run.ref].append(row)
    return [
        {**_run(run), "metrics": [_metric(row) for row in held[run.ref]]} for run in ledger.runs
    ]


def _run(run: EvidenceRunRecord) -> Json:
    return {
        "ref": run.ref,
        "file": {
            "name": run.file_name,
            "sha256": run.sha256,
            "bytes": run.size,
            "part": run.part,
            "format": str(run.format),
        },
        "tool": run.tool,
        "tool_version": run.tool_version,
        "run_id": run.run_id,
        "ran_at": instant(run.ran_at),
        "model_version": run.model_version,
        "configuration": run.configuration,
        "exposure_stage": str(run.exposure_stage),
        "safeguards": str(run.safeguards),
        "flags": sorted(str(flag) for flag in run.flags),
        "warnings": list(run.warnings),
        "source": run.source,
        "imported_by": run.imported_by,
        "imported_at": instant(run.imported_at),
        "equivalences": [_equivalence(one) for one in run.equivalences],
        "confirmations": [_confirmation(one) for one in run.confirmations],
        "withheld": word(run.withheld),
        "origin": str(run.origin),
    }


def _equivalence(record: EquivalenceRecord) -> Json:
    return {
        "model_version": record.model_version,
        "configuration": record.configuration,
        "exposure_stage": str(record.exposure_stage),
        "reason": record.reason,
        "stated_by": record.stated_by,
        "stated_at": instant(record.stated_at),
    }


def _confirmation(record: ConfirmationRecord) -> Json:
    return {
        "note": record.note,
        "confirmed_by": record.confirmed_by,
        "confirmed_at": instant(record.confirmed_at),
    }


def _metric(row: LedgerRow) -> Json:
    record = row.evidence
    return {
        "task": record.task,
        "metric": record.metric,
        "slice": record.slice,
        "value": record.value,
        "stderr": record.stderr,
        "n": record.n,
        "passed": record.passed,
        "failed": record.failed,
        "errored": record.errored,
        "qualifier": record.qualifier,
        "unit": record.unit,
        "direction": word(row.definition.direction if row.definition else None),
        "scale": word(row.definition.scale if row.definition else None),
        "conditions": dict(record.conditions),
        "standing": str(row.standing),
        "same_release": row.same_release,
        "equivalent": row.equivalent,
        "gates": [one.ref for one in row.gates],
        "risks": list(row.risks),
        "corrections": [_correction(one) for one in record.corrections],
    }


def _correction(record: CorrectionRecord) -> Json:
    return {
        "kind": str(record.kind),
        "task": record.task,
        "metric": record.metric,
        "reason": record.reason,
        "corrected_by": record.corrected_by,
        "corrected_at": instant(record.corrected_at),
    }
