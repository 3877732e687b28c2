"""What each part of a signature rests on: the launch, the method, and each policy area.

Results stand beside records in words, never as figures that another machine may round otherwise.
Conditions, sign-offs, decisions and exposures are in no section: signing voids nothing. What is
only asked for, such as a change of holders that awaits a second person, is seen once it counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.domain.evidence import EvidenceRecord, RunInputs, Slot
from tracker.domain.gates import GateRecord
from tracker.domain.records import AssessmentRecord, RiskRecord
from tracker.domain.snapshots import (
    LAUNCH_SECTION,
    METHOD_SECTION,
    Item,
    MaterialityPolicy,
    Section,
    area_section,
)
from tracker.domain.state import LaunchInputs, LaunchState, RiskInputs
from tracker.readiness import items
from tracker.readiness.cloak import Cloak
from tracker.readiness.launch import Setting
from tracker.readiness.results import gate_result, risk_result
from tracker.readiness.slots import runs_by_slot


def sections_of(
    inputs: LaunchInputs,
    setting: Setting,
    state: LaunchState,
    policy: MaterialityPolicy,
    seal_key: bytes,
) -> tuple[Section, ...]:
    """Return the sections of a launch: launch, method, then each policy area in its order.

    Args:
        inputs: All that is stored about the launch, restricted text too.
        setting: What it was judged under; its people give names, its definitions metrics.
        state: What the launch is under these inputs and this setting.
        policy: Its version is part of the method.
        seal_key: The register's secret; a withheld text appears as its seal under this key.
    """
    desk = _Desk(inputs, setting, state, Cloak.of(seal_key, inputs))
    areas = (
        _section(area_section(area.code), [items.area_item(area), *_area_items(desk, area.code)])
        for area in setting.areas
    )
    return (
        _section(LAUNCH_SECTION, _launch_items(desk)),
        _section(METHOD_SECTION, _method_items(desk, policy)),
        *areas,
    )


def _section(name: str, found: Iterable[Item]) -> Section:
    once = {(item.kind, item.ref): item for item in found}
    return Section(name, tuple(once[place] for place in sorted(once)))


@dataclass(frozen=True)
class _Desk:
    """A launch with what its areas have in common, worked out once."""

    inputs: LaunchInputs
    setting: Setting
    state: LaunchState
    cloak: Cloak

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of people by key."""
        return {key: person.name for key, person in self.setting.people.items()}

    @cached_property
    def risks(self) -> Mapping[str, Sequence[RiskInputs]]:
        """Risks by each area that they have as primary or touch."""
        found: defaultdict[str, list[RiskInputs]] = defaultdict(list)
        for one in self.inputs.risks:
            for area in _areas_of(one.risk):
                found[area].append(one)
        return found

    @cached_property
    def safeguards(self) -> Mapping[str, frozenset[str]]:
        """References of the mitigations that determinations on an area ever named."""
        found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for made in self.inputs.determinations:
            found[made.area] |= frozenset(made.safeguards)
        return found

    @cached_property
    def verifications(self) -> Sequence[tuple[Item, str | None]]:
        """Each verification of the launch with the risk that it is about."""
        made = items.verification_items(self.inputs.verifications)
        return [(self.cloak.over(item, risk), risk) for item, risk in made]

    @cached_property
    def slots(self) -> Mapping[Slot, Sequence[tuple[RunInputs, Sequence[EvidenceRecord]]]]:
        """What lies, or ever lay, in each slot of the launch."""
        runs = {one.run.ref: one for one in self.inputs.runs}
        return {
            slot: [(runs[one.run.ref], one.evidence) for one in there]
            for slot, there in runs_by_slot(self.inputs.runs).items()
        }

    def mitigations_on(self, risks: Sequence[RiskInputs]) -> frozenset[str]:
        """References of the mitigations with an effect on one of the risks."""
        return frozenset(one.effect.mitigation for risk in risks for one in risk.mitigations)


def _areas_of(risk: RiskRecord) -> frozenset[str]:
    return frozenset({risk.area, *risk.touches})


def _launch_items(desk: _Desk) -> Iterator[Item]:
    launch = desk.inputs.launch
    yield items.launch_item(launch)
    yield from items.role_items(launch, desk.names)
    elsewhere = desk.mitigations_on(desk.inputs.risks).union(*desk.safeguards.values())
    placed = frozenset(one.mitigation for one in desk.inputs.placements)
    yield from _mitigation_items(desk, placed - elsewhere, desk.inputs.risks)


def _method_items(desk: _Desk, policy: MaterialityPolicy) -> Iterator[Item]:
    yield items.profile_item(desk.setting.profile)
    yield items.policy_item(policy.version)
    slots = {gate.slot for gate in desk.inputs.gates if gate.slot}
    for name in sorted({(slot.tool, slot.metric) for slot in slots}):
        if name in desk.setting.definitions:
            yield items.definition_item(desk.setting.definitions[name])


def _area_items(desk: _Desk, area: str) -> Iterator[Item]:
    risks = desk.risks.get(area, ())
    bearing = desk.mitigations_on(risks) | desk.safeguards.get(area, frozenset())
    for scope in desk.inputs.scopes:
        if scope.area == area:
            yield items.scope_item(scope, _area_name(desk, area))
    for one in risks:
        yield from _risk_items(desk, one)
    yield from _mitigation_items(desk, bearing, risks, desk.safeguards.get(area, frozenset()))
    for gate in desk.inputs.gates:
        if gate.area == area:
            yield from _gate_items(desk, gate)
    for code, item in items.determination_items(desk.inputs.determinations):
        if code == area:
            yield item


def _area_name(desk: _Desk, code: str) -> str:
    return next(area.name for area in desk.setting.areas if area.code == code)


def _risk_items(desk: _Desk, inputs: RiskInputs) -> Iterator[Item]:
    ref, cloak = inputs.risk.ref, desk.cloak
    yield cloak.over(items.risk_item(inputs.risk), ref)
    for one in _latest(inputs.assessments):
        name = desk.names.get(one.assessor, one.assessor)
        yield cloak.over(items.assessment_item(one, name), ref)
    for mitigation in inputs.mitigations:
        yield cloak.over(items.effect_item(mitigation.effect), ref)
    for one in desk.inputs.acceptances:
        if one.risk == ref:
            yield cloak.over(items.acceptance_item(one), ref)
    for risk in desk.state.risks:
        if risk.ref == ref and risk.is_open:
            yield risk_result(risk, desk.state)


def _latest(assessments: Iterable[AssessmentRecord]) -> Iterable[AssessmentRecord]:
    ordered = sorted(assessments, key=lambda one: (one.submitted_at, one.id))
    return {one.assessor: one for one in ordered}.values()


def _mitigation_items(
    desk: _Desk,
    refs: frozenset[str],
    risks: Sequence[RiskInputs],
    whole: frozenset[str] = frozenset(),
) -> Iterator[Item]:
    """Records of mitigations; verifications about `risks` alone, of those in `whole` all."""
    about = {None, *(one.risk.ref for one in risks)}
    for ref in sorted(refs):
        yield items.mitigation_item(desk.inputs.mitigations[ref])
    for placement in desk.inputs.placements:
        if placement.mitigation in refs:
            yield items.placement_item(placement)
    for item, risk in desk.verifications:
        mitigation = item.ref.partition(" ")[0]
        if mitigation in refs and (risk in about or mitigation in whole):
            yield item


def _gate_items(desk: _Desk, gate: GateRecord) -> Iterator[Item]:
    yield items.gate_item(gate)
    for status in desk.state.gates:
        if status.gate.ref == gate.ref:
            yield gate_result(status)
    if gate.slot:
        for run, evidence in desk.slots.get(gate.slot, ()):
            yield from _run_items(desk, run, evidence)
        baseline = desk.inputs.baselines.get(gate.baseline or "")
        if baseline:
            yield from _run_items(desk, baseline, baseline.evidence)
    answers = (
        items.attestation_items(desk.inputs.attestations),
        items.waiver_items(desk.inputs.waivers),
    )
    for about, item in (pair for made in answers for pair in made):
        if about == gate.ref:
            yield item


def _run_items(
    desk: _Desk, inputs: RunInputs, evidence: Sequence[EvidenceRecord]
) -> Iterator[Item]:
    launch = desk.inputs.launch.key
    for item in (items.run_item(inputs, launch), *items.metric_items(inputs, evidence, launch)):
        yield desk.cloak.over(item, inputs.run.ref)
