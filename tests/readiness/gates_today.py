"""What gates made by hand are today."""

from datetime import date
from typing import Any

from tests.readiness.gates import a_definition, gated
from tests.readiness.launches import SETTING, TODAY
from tracker.domain.evidence import MetricDefinitionRecord, RunInputs
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import GateRecord
from tracker.domain.state import LaunchInputs
from tracker.readiness.gates import gate_statuses


def statuses(
    inputs: LaunchInputs,
    *definitions: MetricDefinitionRecord,
    today: date = TODAY,
) -> tuple[GateStatus, ...]:
    """The gates of a launch today; the metric is a share and higher is better by default."""
    known = {(one.tool, one.metric): one for one in definitions or (a_definition(),)}
    return gate_statuses(inputs, SETTING.areas, known, today)


def status_of(
    gate: GateRecord,
    *runs: RunInputs,
    definition: MetricDefinitionRecord | None = None,
    today: date = TODAY,
    **fields: Any,
) -> GateStatus:
    """One gate today, with the runs of its launch; further fields as of `gated`."""
    inputs = gated(gate, runs=runs, **fields)
    return statuses(inputs, *([definition] if definition else []), today=today)[0]
