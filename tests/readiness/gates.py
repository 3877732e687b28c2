"""Gates, runs and what is said about them, made by hand; fields not named are ordinary."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.readiness.launches import LAUNCH, SETTING, TODAY
from tracker.domain.evidence import (
    ConfirmationRecord,
    CorrectionRecord,
    EquivalenceRecord,
    EvidenceRecord,
    EvidenceRunRecord,
    MetricDefinitionRecord,
    RunInputs,
)
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.state import LaunchInputs
from tracker.domain.words import (
    Confidence,
    CorrectionKind,
    Direction,
    EvidenceFlag,
    EvidenceFormat,
    GateCoverage,
    GateKind,
    GateState,
    LaunchRoleName,
    Origin,
    Safeguards,
    Scale,
    ThresholdOutcome,
)

TOOL, TASK, METRIC = "Inspect", "refusals", "refused"
AREA = "fraud_scams"
ZERO_TOLERANCE_AREA = next(
    area.code for area in SETTING.areas if area.gate_type == "zero tolerance"
)
IMPORTER, OFFICER, APPROVER, SECOND = "dana", "olga", "paul", "ben"
GATED_LAUNCH = replace(
    LAUNCH,
    holders={
        **LAUNCH.holders,
        LaunchRoleName.RESPONSIBLE_OFFICER: OFFICER,
        LaunchRoleName.APPROVER: APPROVER,
    },
)
CONDITIONS = {"task version": "1", "data": "refusals-v1"}


def moment(days_ago: int, hour: int = 12) -> datetime:
    """A moment so many days before today; hour 0 stands for a date alone."""
    return datetime.combine(TODAY - timedelta(days=days_ago), time(hour), tzinfo=UTC)


def _fields(release: Release) -> dict[str, Any]:
    return release._asdict()


def a_definition(
    direction: Direction = Direction.HIGHER,
    scale: Scale = Scale.SHARE,
    tool: str = TOOL,
    metric: str = METRIC,
) -> MetricDefinitionRecord:
    """What was said about the metric: a share, higher is better."""
    return MetricDefinitionRecord(
        tool=tool,
        metric=metric,
        direction=direction,
        scale=scale,
        note="",
        defined_by=SECOND,
        origin=Origin.ENTERED,
    )


def a_gate(number: int = 1, **fields: Any) -> GateRecord:
    """A must-pass gate that asks for at least 95 % refused, whatever the age and n."""
    values: dict[str, Any] = {
        "ref": f"launch/G-{number}",
        "launch": "launch",
        "number": number,
        "title": f"Gate {number}",
        "area": AREA,
        "kind": GateKind.MEASURED,
        "tool": TOOL,
        "task": TASK,
        "metric": METRIC,
        "configuration": LAUNCH.configuration,
        "threshold": 0.95,
        "coverage": GateCoverage.OVERALL,
        "confidence": 0.95,
        "min_n": None,
        "max_age_days": None,
        "must_pass": True,
        "baseline": None,
        "margin": None,
        "statement": "",
        "rationale": "",
        "planned_on": None,
        "planned_by": None,
        "planned_n": None,
        "written_by": SECOND,
        "withdrawal_asked_by": None,
        "withdrawal_reason": "",
        "withdrawal_confirmed_by": None,
        "origin": Origin.ENTERED,
        "version": 1,
    }
    return GateRecord(**(values | fields))


def an_attested_gate(number: int = 1, **fields: Any) -> GateRecord:
    """A must-pass gate that asks for a person's word."""
    values: dict[str, Any] = {
        "kind": GateKind.ATTESTED,
        "tool": None,
        "task": None,
        "metric": None,
        "configuration": None,
        "threshold": None,
        "statement": "Every finding of the red team has been answered.",
    }
    return a_gate(number, **(values | fields))


def an_evidence(
    passed: int | None = 990, n: int | None = 1000, slice: str = "", **fields: Any
) -> EvidenceRecord:
    """The metric of the gate, counted: 990 of 1000 unless said otherwise."""
    failed = n - passed if n is not None and passed is not None else None
    values: dict[str, Any] = {
        "id": 1,
        "run": "launch/E-1",
        "task": TASK,
        "metric": METRIC,
        "slice": slice,
        "value": passed / n if passed is not None and n else None,
        "stderr": None,
        "n": n,
        "passed": passed,
        "failed": failed,
        "errored": 0,
        "qualifier": "",
        "unit": "",
        "higher_is_better": None,
        "conditions": CONDITIONS,
    }
    return EvidenceRecord(**(values | fields))


def a_value(value: float | None, n: int | None = None, **fields: Any) -> EvidenceRecord:
    """A figure without counts."""
    return an_evidence(None, n, value=value, **fields)


def a_run(
    number: int = 1,
    *evidence: EvidenceRecord,
    days_ago: int = 1,
    flags: tuple[EvidenceFlag, ...] = (),
    **fields: Any,
) -> RunInputs:
    """A run about the launch's release, of yesterday; it holds 990 of 1000 by default."""
    values: dict[str, Any] = {
        "ref": f"launch/E-{number}",
        "launch": "launch",
        "number": number,
        "file_name": f"run-{number}.eval",
        "sha256": f"{number:064x}",
        "size": 1000,
        "part": "",
        "format": EvidenceFormat.INSPECT_EVAL,
        "tool": TOOL,
        "tool_version": "0.3.285",
        "run_id": "",
        "ran_at": moment(days_ago),
        "safeguards": Safeguards.NOT_STATED,
        "flags": frozenset(flags),
        "warnings": (),
        "source": "",
        "imported_by": IMPORTER,
        "imported_at": moment(0),
        "origin": Origin.ENTERED,
    }
    run = EvidenceRunRecord(**(values | _fields(LAUNCH.release) | fields))
    held = evidence or (an_evidence(),)
    numbered = enumerate(held, start=number * 100)
    return RunInputs(run, tuple(replace(one, id=id, run=run.ref) for id, one in numbered))


def corrected(
    inputs: RunInputs,
    kind: CorrectionKind = CorrectionKind.WITHDRAWN,
    task: str = "",
    metric: str = "",
    at: datetime | None = None,
) -> RunInputs:
    """The same run with all its evidence taken back, or said to belong elsewhere."""

    def correction(evidence: EvidenceRecord) -> CorrectionRecord:
        when = at or moment(0)
        return CorrectionRecord(evidence.id, evidence.id, kind, task, metric, "wrong", SECOND, when)

    taken_back = tuple(
        replace(one, corrections=(*one.corrections, correction(one))) for one in inputs.evidence
    )
    return replace(inputs, evidence=taken_back)


def equivalent(inputs: RunInputs, release: Release, by: str = SECOND) -> RunInputs:
    """The same run with a recorded reason why it speaks for a release."""
    record = EquivalenceRecord(
        id=1,
        run=inputs.run.ref,
        reason="same weights",
        stated_by=by,
        stated_at=moment(0),
        origin=Origin.ENTERED,
        **_fields(release),
    )
    run = replace(inputs.run, equivalences=(*inputs.run.equivalences, record))
    return replace(inputs, run=run)


def confirmed(inputs: RunInputs, by: str = SECOND) -> RunInputs:
    """The same run with its figures compared with their source by somebody."""
    record = ConfirmationRecord(1, inputs.run.ref, "", by, moment(0), Origin.ENTERED)
    run = replace(inputs.run, confirmations=(*inputs.run.confirmations, record))
    return replace(inputs, run=run)


def an_attestation(gate: str = "launch/G-1", id: int = 1, **fields: Any) -> AttestationRecord:
    """Ben's word of yesterday that it is met, good for another month."""
    values: dict[str, Any] = {
        "id": id,
        "gate": gate,
        "met": True,
        "statement": "I have read the report.",
        "document": "Red team report",
        "document_sha256": "0" * 64,
        "attested_by": SECOND,
        "attested_on": TODAY - timedelta(days=1),
        "expires": TODAY + timedelta(days=30),
        "origin": Origin.ENTERED,
    }
    return AttestationRecord(**(values | _fields(LAUNCH.release) | fields))


def a_waiver(
    gate: str = "launch/G-1", state: GateState = GateState.INCONCLUSIVE, **fields: Any
) -> WaiverRecord:
    """A waiver of yesterday, signed by officer and approver, good for another month."""
    values: dict[str, Any] = {
        "id": 1,
        "gate": gate,
        "state": state,
        "evidence": None,
        "latest_run": 0,
        "threshold": "≥ 95 %",
        "reason": "the run is booked",
        "compensation": "manual review of every answer",
        "until": TODAY + timedelta(days=30),
        "requested_by": SECOND,
        "requested_at": moment(1),
        "officer": OFFICER,
        "approver": APPROVER,
        "ended_by": None,
        "origin": Origin.ENTERED,
        "version": 1,
    }
    return WaiverRecord(**(values | _fields(LAUNCH.release) | fields))


def a_determination(
    area: str,
    outcome: ThresholdOutcome = ThresholdOutcome.BELOW,
    id: int = 1,
    **fields: Any,
) -> DeterminationRecord:
    """What Ben determined yesterday about a frontier threshold, confirmed by nobody."""
    values: dict[str, Any] = {
        "id": id,
        "launch": "launch",
        "area": area,
        "outcome": outcome,
        "confidence": Confidence.MEDIUM,
        "rationale": "no uplift was seen",
        "safeguards": (),
        "determined_by": SECOND,
        "determined_on": TODAY - timedelta(days=1),
        "confirmed_by": None,
        "origin": Origin.ENTERED,
        "version": 1,
    }
    return DeterminationRecord(**(values | _fields(LAUNCH.release) | fields))


def gated(
    *gates: GateRecord,
    runs: tuple[RunInputs, ...] = (),
    baselines: tuple[RunInputs, ...] = (),
    attestations: tuple[AttestationRecord, ...] = (),
    waivers: tuple[WaiverRecord, ...] = (),
    launch: LaunchRecord = GATED_LAUNCH,
) -> LaunchInputs:
    """A launch of which only gates and what answers them is stored."""
    return LaunchInputs(
        launch=launch,
        scopes=(),
        risks=(),
        placements=(),
        verifications=(),
        mitigations={},
        effects=(),
        launches_by_mitigation={},
        gates=gates,
        runs=runs,
        baselines={one.run.ref: one for one in baselines},
        attestations=attestations,
        waivers=waivers,
    )
