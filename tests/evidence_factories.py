"""Runs, gates and what is said about them, by the state that a test is about.

As in `tests.factories`: written through the store at a fixed moment, each returns its reference,
and fields that a test does not name are ordinary.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from tests.cast import BEN, DANA, NOW
from tests.factories import AURORA, stamp
from tracker.domain.records import Actor
from tracker.domain.words import (
    Confidence,
    CorrectionKind,
    Direction,
    EvidenceFormat,
    GateKind,
    GateState,
    Scale,
    ThresholdOutcome,
)
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.tables import (
    Evidence,
    EvidenceConfirmation,
    EvidenceCorrection,
    EvidenceEquivalence,
    EvidenceRisk,
    EvidenceRun,
    Gate,
    GateAttestation,
    GateWaiver,
    Launch,
    MetricDefinition,
    RequiredSafeguard,
    ThresholdDetermination,
    gate_ref,
    launch_of,
    run_ref,
)
from tracker.store.writes import next_gate_number, next_run_number

TOOL, TASK, METRIC = "Inspect", "jailbreaks", "refusal rate"
IMPORT = stamp(DANA, "import evidence")


def a_metric(store: Store, metric: str = METRIC, tool: str = TOOL, **fields: Any) -> str:
    """A share of which more is better, defined by Ben."""
    values: dict[str, Any] = {
        "direction": Direction.HIGHER,
        "scale": Scale.SHARE,
        "defined_by": "ben",
    }
    with store.writing(stamp(BEN, "define a metric")) as session:
        session.add(MetricDefinition(tool=tool, metric=metric, **(values | fields)))
    return metric


def a_run(
    store: Store, launch: str = AURORA, *metrics: dict[str, Any], at: Stamp = IMPORT, **fields: Any
) -> str:
    """A finished run that Dana imported, about the launch as it is; each metric 95 of 100."""
    with store.writing(at) as session:
        number = next_run_number(session, launch)
        ref = run_ref(launch, number)
        about = session.get_one(Launch, launch)
        values: dict[str, Any] = {
            "file_name": f"run-{number}.json",
            "sha256": sha256(ref.encode()).hexdigest(),
            "size": 1234,
            "format": EvidenceFormat.INSPECT_JSON,
            "tool": TOOL,
            "ran_at": NOW - timedelta(days=1) + timedelta(minutes=number),
            "model_version": about.model_version,
            "configuration": about.configuration,
            "exposure_stage": about.exposure_asked,
            "imported_by": "dana",
            "imported_at": NOW,
        }
        session.add(EvidenceRun(ref=ref, launch=launch, number=number, **(values | fields)))
        session.add_all(metric_row(ref, **metric) for metric in metrics or ({},))
    return ref


def metric_row(run: str, **fields: Any) -> Evidence:
    """A metric of a run that is not written yet."""
    values: dict[str, Any] = {
        "task": TASK,
        "metric": METRIC,
        "value": 0.95,
        "n": 100,
        "passed": 95,
        "failed": 5,
        "conditions": {"judge": "rules"},
    }
    return Evidence(run=run, **(values | fields))


def a_link(store: Store, evidence: int, risk: str) -> None:
    """A risk that the evidence speaks to."""
    with store.writing(IMPORT) as session:
        session.add(EvidenceRisk(evidence=evidence, risk=risk))


def a_correction(store: Store, evidence: int, **fields: Any) -> int:
    """Evidence that Ben withdrew."""
    with store.reading() as session:
        run = session.get_one(Evidence, evidence).run
    values: dict[str, Any] = {
        "run": run,
        "kind": CorrectionKind.WITHDRAWN,
        "reason": "Scored with the wrong key.",
        "corrected_by": "ben",
        "corrected_at": NOW,
    }
    return _added(store, BEN, EvidenceCorrection(evidence=evidence, **(values | fields)))


def an_equivalence(store: Store, run: str, **fields: Any) -> int:
    """Ben's word that a run speaks for the launch as it is."""
    values: dict[str, Any] = {
        **_release(store, launch_of(run)),
        "reason": "Only the system prompt's greeting differs.",
        "stated_by": "ben",
        "stated_at": NOW,
    }
    return _added(store, BEN, EvidenceEquivalence(run=run, **(values | fields)))


def a_confirmation(store: Store, run: str, **fields: Any) -> int:
    """Ben's word that the figures of a run are those of its source."""
    values: dict[str, Any] = {"confirmed_by": "ben", "confirmed_at": NOW}
    return _added(store, BEN, EvidenceConfirmation(run=run, **(values | fields)))


def a_gate(store: Store, launch: str = AURORA, **fields: Any) -> str:
    """A gate that has to pass: refusal rate at least 0.9, as Ben wrote it."""
    measured: dict[str, Any] = {"tool": TOOL, "task": TASK, "metric": METRIC, "threshold": 0.9}
    with store.writing(stamp(BEN, "write a gate")) as session:
        number = next_gate_number(session, launch)
        ref = gate_ref(launch, number)
        values: dict[str, Any] = {
            "title": f"Gate {number}",
            "area": "fraud_scams",
            "kind": GateKind.MEASURED,
            "configuration": session.get_one(Launch, launch).configuration,
            "must_pass": True,
            "written_by": "ben",
        }
        row = Gate(ref=ref, launch=launch, number=number, **(values | measured | fields))
        session.add(row)
    return ref


def an_attested_gate(store: Store, launch: str = AURORA, **fields: Any) -> str:
    """A gate that asks for somebody's word."""
    none: dict[str, Any] = dict.fromkeys(("tool", "task", "metric", "threshold", "configuration"))
    values = none | {"kind": GateKind.ATTESTED, "statement": "Legal has read the terms of use."}
    return a_gate(store, launch, **(values | fields))


def an_attestation(store: Store, gate: str, **fields: Any) -> int:
    """Dana's word that a gate is met, for thirty days."""
    values: dict[str, Any] = {
        **_release(store, launch_of(gate)),
        "met": True,
        "statement": "Read on this day.",
        "document": "Minutes of legal",
        "document_sha256": "a" * 64,
        "attested_by": "dana",
        "attested_on": NOW.date(),
        "expires": NOW.date() + timedelta(days=30),
    }
    return _added(store, DANA, GateAttestation(gate=gate, **(values | fields)))


def a_waiver(store: Store, gate: str, **fields: Any) -> int:
    """A waiver of a missing run that Dana asked for and nobody signed."""
    values: dict[str, Any] = {
        **_release(store, launch_of(gate)),
        "state": GateState.MISSING,
        "threshold": "at least 0.9",
        "reason": "The run takes two weeks.",
        "compensation": "Every answer is looked at.",
        "until": NOW.date() + timedelta(days=30),
        "requested_by": "dana",
        "requested_at": NOW,
    }
    return _added(store, DANA, GateWaiver(gate=gate, **(values | fields)))


def a_determination(
    store: Store, launch: str = AURORA, safeguards: Sequence[str] = (), **fields: Any
) -> int:
    """Ben's determination that weapons help cannot be ruled out, not confirmed."""
    values: dict[str, Any] = {
        **_release(store, launch),
        "area": "cbrn",
        "outcome": ThresholdOutcome.CANNOT_RULE_OUT,
        "confidence": Confidence.MEDIUM,
        "rationale": "The test was passed by one of three teams.",
        "determined_by": "ben",
        "determined_on": NOW.date(),
    }
    row = ThresholdDetermination(launch=launch, **(values | fields))
    number = _added(store, BEN, row)
    with store.writing(stamp(BEN)) as session:
        session.add_all(
            RequiredSafeguard(determination=number, launch=launch, mitigation=ref)
            for ref in safeguards
        )
    return number


def _release(store: Store, launch: str) -> dict[str, Any]:
    with store.reading() as session:
        about = session.get_one(Launch, launch)
        return {
            "model_version": about.model_version,
            "configuration": about.configuration,
            "exposure_stage": about.exposure_asked,
        }


def _added(store: Store, actor: Actor, row: Any) -> int:
    with store.writing(stamp(actor)) as session:
        session.add(row)
        session.flush()
        return int(row.id)
