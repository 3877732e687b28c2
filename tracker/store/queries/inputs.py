"""Everything that bears on the state of launches, in one go."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, select, union
from sqlmodel import Session

from tracker.domain.gates import GateRecord
from tracker.domain.records import (
    EffectRecord,
    LaunchRecord,
    RiskRecord,
)
from tracker.domain.state import LaunchInputs, MitigationInputs, RiskInputs
from tracker.store.fetching import fetch
from tracker.store.queries.decisions import (
    acceptance_records,
    condition_records,
    decision_records,
    exposure_records,
)
from tracker.store.queries.gate_runs import GateRuns
from tracker.store.queries.gates import (
    attestation_records,
    determination_records,
    gate_records,
    waiver_records,
)
from tracker.store.queries.reviews import recommendation_records, sign_off_records
from tracker.store.queries.rows import T, grouped
from tracker.store.queries.selections import (
    Keys,
    effect_records,
    latest_assessments,
    launch_records,
    mitigation_records,
    placement_records,
    risk_records,
    scope_records,
    verification_records,
)
from tracker.store.tables import launch_of


class _Pool:
    """What was read about all the launches asked for, by what it belongs to."""

    def __init__(self, session: Session, keys: Keys) -> None:
        self.launches = launch_records(session, keys)
        self.scopes = _by(scope_records(session, keys), "launch")
        self.risks = _by(risk_records(session, keys), "launch")
        self.assessments = _by(latest_assessments(session, keys), "risk")
        effects = effect_records(session, keys)
        self.effects_on_risk = _by(effects, "risk")
        self.effects_on_launch = grouped((launch_of(effect.risk), effect) for effect in effects)
        placements = placement_records(session, keys)
        self.placements = _by(placements, "launch")
        self.placed = {(item.mitigation, item.launch): item for item in placements}
        verifications = verification_records(session, keys)
        self.verifications = _by(verifications, "launch")
        self.latest_verification = {
            (item.mitigation, item.launch, item.risk): item for item in verifications
        }
        only = None if keys is None else _mitigations_on(keys)
        self.mitigations = {item.ref: item for item in mitigation_records(session, only)}
        self.launches_by_mitigation = _launches_by_mitigation(session, only)
        self.gates: dict[str, tuple[GateRecord, ...]] = _by(gate_records(session, keys), "launch")
        self.gate_runs = GateRuns(session, keys)
        self.attestations = _by_launch_of_gate(attestation_records(session, keys))
        self.waivers = _by_launch_of_gate(waiver_records(session, keys))
        self.determinations = _by(determination_records(session, keys), "launch")
        self.acceptances = _by(acceptance_records(session, keys), "launch")
        self.conditions = _by(condition_records(session, keys), "launch")
        self.decisions = _by(decision_records(session, keys), "launch")
        self.recommendations = _by(recommendation_records(session, keys), "launch")
        self.sign_offs = _by(sign_off_records(session, keys), "launch")
        self.exposures = _by(exposure_records(session, keys), "launch")


def launch_inputs(session: Session, keys: Keys = None) -> tuple[LaunchInputs, ...]:
    """Read all that bears on the state of the named launches, or of all, in order of their keys.

    The number of statements does not depend on how many rows there are. Of the assessments only
    each assessor's latest is read, and of the evidence only what gates read. Keys that name
    nothing are passed over.
    """
    pool = _Pool(session, keys)
    return tuple(_inputs(pool, launch) for launch in pool.launches)


def _inputs(pool: _Pool, launch: LaunchRecord) -> LaunchInputs:
    key = launch.key
    placements = pool.placements.get(key, ())
    effects = pool.effects_on_launch.get(key, ())
    determinations = pool.determinations.get(key, ())
    named = {item.mitigation for item in (*placements, *effects)}
    named |= {ref for made in determinations for ref in made.safeguards}
    gates = pool.gates.get(key, ())
    return LaunchInputs(
        launch=launch,
        scopes=pool.scopes.get(key, ()),
        risks=tuple(_risk_inputs(pool, launch, risk) for risk in pool.risks.get(key, ())),
        placements=placements,
        verifications=pool.verifications.get(key, ()),
        mitigations={ref: item for ref, item in pool.mitigations.items() if ref in named},
        effects=effects,
        launches_by_mitigation={
            ref: launches for ref, launches in pool.launches_by_mitigation.items() if ref in named
        },
        gates=gates,
        runs=pool.gate_runs.of_launch(key, gates),
        baselines=pool.gate_runs.baselines(gates),
        attestations=pool.attestations.get(key, ()),
        waivers=pool.waivers.get(key, ()),
        determinations=determinations,
        acceptances=pool.acceptances.get(key, ()),
        conditions=pool.conditions.get(key, ()),
        decisions=pool.decisions.get(key, ()),
        recommendations=pool.recommendations.get(key, ()),
        sign_offs=pool.sign_offs.get(key, ()),
        exposures=pool.exposures.get(key, ()),
    )


def _risk_inputs(pool: _Pool, launch: LaunchRecord, risk: RiskRecord) -> RiskInputs:
    return RiskInputs(
        risk=risk,
        launch=launch,
        assessments=pool.assessments.get(risk.ref, ()),
        mitigations=tuple(
            _mitigation_inputs(pool, launch.key, effect)
            for effect in pool.effects_on_risk.get(risk.ref, ())
        ),
    )


def _mitigation_inputs(pool: _Pool, launch: str, effect: EffectRecord) -> MitigationInputs:
    ref = effect.mitigation
    latest = pool.latest_verification
    return MitigationInputs(
        mitigation=pool.mitigations[ref],
        placement=pool.placed.get((ref, launch)),
        effect=effect,
        verification=latest.get((ref, launch, effect.risk)) or latest.get((ref, launch, None)),
    )


def _by(records: Iterable[Any], field: str) -> dict[str, tuple[Any, ...]]:
    key = attrgetter(field)
    return grouped((key(record), record) for record in records)


def _by_launch_of_gate(records: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    return grouped((launch_of(record.gate), record) for record in records)


def _mitigations_on(keys: Keys) -> Select[Any]:
    """Select the references of mitigations on launches, on their risks, or asked for there."""
    placed, effect, risk = T["launch_mitigation"].c, T["mitigation_effect"].c, T["risk"].c
    asked_for = T["required_safeguard"].c
    named = union(
        select(placed.mitigation).where(placed.launch.in_(keys or ())),
        select(effect.mitigation)
        .join(T["risk"], risk.ref == effect.risk)
        .where(risk.launch.in_(keys or ())),
        select(asked_for.mitigation).where(asked_for.launch.in_(keys or ())),
    ).subquery()
    return select(named.c.mitigation)


def _launches_by_mitigation(
    session: Session, only: Select[Any] | None
) -> Mapping[str, tuple[str, ...]]:
    placed = T["launch_mitigation"].c
    statement = select(placed.mitigation, placed.launch)
    if only is not None:
        statement = statement.where(placed.mitigation.in_(only))
    pairs = sorted((row.mitigation, row.launch) for row in fetch(session, statement))
    return grouped(pairs)
