"""Records as items: which fields a signature sees, and what a reader calls each record.

Left out are numbers of rows and versions, for they differ between two registers that say the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeVar, cast

from tracker.domain.evidence import EvidenceRecord, MetricDefinitionRecord, RunInputs
from tracker.domain.gates import AttestationRecord, DeterminationRecord, GateRecord, WaiverRecord
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    PolicyAreaRecord,
    RiskRecord,
    ScopeRecord,
    VerificationRecord,
)
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.snapshots import Item, Plain
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import as_plain

Made = TypeVar("Made", AttestationRecord, WaiverRecord, DeterminationRecord)

_NOT_SEEN: Final = frozenset({"id", "version", "launch", "ref", "number", "created_at", "confirms"})
_LAUNCH_NOT_SEEN: Final = frozenset({"key", "review_status", "exposure_now", "holders", "proposed"})
"""The first two are what reviews and exposures write; the others are items of their own, or ask."""


def short(ref: str) -> str:
    """Return a reference without its launch, such as `R-6`."""
    return ref.rpartition("/")[2]


def launch_item(launch: LaunchRecord) -> Item:
    """Return a launch without what reviews and exposures themselves write."""
    return Item("launch", launch.key, "the launch", _fields(launch, *_LAUNCH_NOT_SEEN))


def role_items(launch: LaunchRecord, names: Mapping[str, str]) -> Iterator[Item]:
    """Return one item per role that is held on a launch; `names` says what people are called."""
    for role, person in launch.holders.items():
        label = f"{names.get(person, person)} as {role.value}"
        yield Item("role", role.value, label, {"person": person})


def profile_item(profile: ScoringProfile) -> Item:
    """Return the scoring profile by its version and the hash of its content."""
    content = sha256(canonical_bytes(as_plain(profile))).hexdigest()
    fields: Mapping[str, Plain] = {"version": profile.version, "content": content}
    return Item("profile", "profile", "the scoring profile", fields)


def policy_item(version: str) -> Item:
    """Return the materiality policy by its version."""
    return Item("policy", "policy", "the materiality policy", {"version": version})


def definition_item(definition: MetricDefinitionRecord) -> Item:
    """Return what is known about a metric of a tool."""
    name = f"{definition.tool} {definition.metric}"
    return Item("metric definition", name, f"the metric {name}", _fields(definition))


def area_item(area: PolicyAreaRecord) -> Item:
    """Return what a policy area is and how it gates."""
    return Item("area", area.code, area.name, _fields(area, "position", "code"))


def scope_item(scope: ScopeRecord, area: str) -> Item:
    """Return what was decided about an area; `area` is what it is called."""
    return Item("scope", scope.area, f"the scope of {area}", _fields(scope))


def risk_item(risk: RiskRecord) -> Item:
    """Return a risk."""
    return Item("risk", risk.short_ref, risk.short_ref, _fields(risk))


def assessment_item(one: AssessmentRecord, assessor: str) -> Item:
    """Return an assessment; each pick is a field of its own."""
    risk = short(one.risk)
    picks = cast(dict[str, Plain], as_plain(one.picks))
    return Item(
        "assessment",
        f"{risk} by {one.assessor}",
        f"{risk}, assessed by {assessor}",
        {**_fields(one, "picks", "risk"), **picks},
    )


def effect_item(one: EffectRecord) -> Item:
    """Return what a mitigation does to a risk."""
    name = f"{one.mitigation} on {short(one.risk)}"
    return Item("effect", name, f"the effect of {name}", _fields(one, "mitigation", "risk"))


def mitigation_item(one: MitigationRecord) -> Item:
    """Return a mitigation of the catalogue."""
    return Item("mitigation", one.ref, one.ref, _fields(one))


def placement_item(one: PlacementRecord) -> Item:
    """Return a mitigation on the launch."""
    label = f"{one.mitigation} on this launch"
    return Item("placement", one.mitigation, label, _fields(one, "mitigation"))


def verification_items(made: Iterable[VerificationRecord]) -> Iterator[tuple[Item, str | None]]:
    """Return each verification with the full reference of its risk, numbered as made."""
    seen: Counter[str] = Counter()
    for one in sorted(made, key=lambda one: one.id):
        about = f"{one.mitigation} for {short(one.risk) if one.risk else 'the launch'}"
        seen[about] += 1
        name = f"{about}, no. {seen[about]}"
        fields = _fields(one, "mitigation", "risk")
        yield Item("verification", name, f"the verification of {name}", fields), one.risk


def gate_item(gate: GateRecord) -> Item:
    """Return a launch criterion."""
    return Item("gate", gate.short_ref, gate.short_ref, _fields(gate))


def run_item(inputs: RunInputs, launch: str) -> Item:
    """Return a run; one of another launch keeps its full reference."""
    name = _run_name(inputs.run.ref, launch)
    fields = _fields(inputs.run, "equivalences", "confirmations")
    said: dict[str, Plain] = {
        "equivalences": [_said(one) for one in inputs.run.equivalences],
        "confirmations": [_said(one) for one in inputs.run.confirmations],
    }
    return Item("run", name, name, {**fields, **said})


def metric_items(inputs: RunInputs, wanted: Sequence[EvidenceRecord], launch: str) -> list[Item]:
    """Return the wanted metrics of a run."""
    return [_metric_item(one, _run_name(inputs.run.ref, launch)) for one in wanted]


def _metric_item(one: EvidenceRecord, run: str) -> Item:
    place = " / ".join(part for part in (one.task, one.metric, one.slice) if part)
    corrections: Plain = [_said(made, "evidence") for made in one.corrections]
    fields = {**_fields(one, "run", "corrections"), "corrections": corrections}
    ref = f"{run} {canonical_bytes([one.task, one.metric, one.slice]).decode()}"
    return Item("metric", ref, f"{run} {place}", fields)


def _run_name(ref: str, launch: str) -> str:
    return short(ref) if ref.rpartition("/")[0] == launch else ref


def attestation_items(made: Iterable[AttestationRecord]) -> Iterator[tuple[str, Item]]:
    """Return each attestation with its gate, numbered as made."""
    for name, one in _numbered((short(one.gate), one) for one in _by_id(made)):
        yield one.gate, Item("attestation", name, f"the attestation of {name}", _fields(one))


def waiver_items(made: Iterable[WaiverRecord]) -> Iterator[tuple[str, Item]]:
    """Return each waiver with its gate, numbered as made."""
    for name, one in _numbered((short(one.gate), one) for one in _by_id(made)):
        yield one.gate, Item("waiver", name, f"the waiver of {name}", _fields(one))


def determination_items(made: Iterable[DeterminationRecord]) -> Iterator[tuple[str, Item]]:
    """Return each determination with its area, numbered as made."""
    for name, one in _numbered((one.area, one) for one in _by_id(made)):
        yield one.area, Item("determination", name, f"the determination on {name}", _fields(one))


def acceptance_item(one: AcceptanceRecord) -> Item:
    """Return an acceptance of a residual risk."""
    return Item("acceptance", one.short_ref, one.short_ref, _fields(one))


def _by_id(made: Iterable[Made]) -> list[Made]:
    return sorted(made, key=lambda one: one.id)


def _numbered(named: Iterable[tuple[str, Made]]) -> Iterator[tuple[str, Made]]:
    seen: Counter[str] = Counter()
    for name, one in named:
        seen[name] += 1
        yield f"{name}, no. {seen[name]}", one


def _fields(record: object, *without: str) -> dict[str, Plain]:
    plain = cast(dict[str, Plain], as_plain(record))
    return {name: at for name, at in plain.items() if name not in _NOT_SEEN | set(without)}


def _said(record: object, *without: str) -> Plain:
    return cast(Plain, _fields(record, "run", *without))
