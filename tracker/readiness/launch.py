"""From what is stored about launches to what they are today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.records import PersonRecord, PolicyAreaRecord, TeamRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchInputs, LaunchState, RiskState
from tracker.readiness.acceptances import acceptance_statuses, grounds_of
from tracker.readiness.conditions import conditions_in_force
from tracker.readiness.frontier import frontier_statuses
from tracker.readiness.gates import gate_statuses
from tracker.readiness.mitigations import mitigation_states
from tracker.readiness.scope import area_statuses
from tracker.readiness.standing import standing_of
from tracker.readiness.verdict import Found, reasons_of, verdict_of
from tracker.scoring.risk import risk_states


@dataclass(frozen=True, slots=True)
class Setting:
    """What all launches of a register share on one day.

    Attributes:
        definitions: What is known about metrics, by tool and metric.
    """

    areas: tuple[PolicyAreaRecord, ...]
    people: Mapping[str, PersonRecord]
    teams: Mapping[str, TeamRecord]
    profile: ScoringProfile
    today: date
    definitions: Mapping[tuple[str, str], MetricDefinitionRecord] = field(
        default_factory=dict[tuple[str, str], MetricDefinitionRecord]
    )


def launch_states(inputs: Sequence[LaunchInputs], setting: Setting) -> tuple[LaunchState, ...]:
    """Return the state of each launch, in the given order.

    Risks of all launches are scored in one go, which is faster and changes nothing: a risk's
    figures depend on that risk alone. A historical launch is read as of its own day.
    """
    scored = iter(
        risk_states([risk for launch in inputs for risk in launch.risks], setting.profile)
    )
    return tuple(
        _launch_state(launch, tuple(islice(scored, len(launch.risks))), setting)
        for launch in inputs
    )


def _launch_state(
    inputs: LaunchInputs, risks: tuple[RiskState, ...], setting: Setting
) -> LaunchState:
    areas = area_statuses(setting.areas, inputs.scopes, risks, inputs.launch)
    mitigations = mitigation_states(inputs)
    today = inputs.launch.as_of or setting.today
    gates = gate_statuses(inputs, setting.areas, setting.definitions, today)
    frontier = frontier_statuses(inputs, areas, mitigations)
    grounds = grounds_of(inputs.launch, setting.people, mitigations, today)
    acceptances = acceptance_statuses(inputs, risks, grounds)
    conditions = conditions_in_force(inputs, today)
    found = Found(areas, risks, mitigations, gates, frontier, acceptances, conditions)
    reasons = reasons_of(found, setting.profile)
    return LaunchState(
        launch=inputs.launch,
        today=today,
        profile=setting.profile,
        areas=areas,
        risks=risks,
        mitigations=mitigations,
        verdict=verdict_of(reasons),
        reasons=reasons,
        people=setting.people,
        teams=setting.teams,
        gates=gates,
        frontier=frontier,
        acceptances=acceptances,
        conditions=conditions,
        standing=standing_of(inputs, today),
    )
