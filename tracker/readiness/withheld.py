"""Withheld detail: what is left of a risk or of evidence for those who may not see it.

Its reference, policy area, level and effect on the verdict stay; every text that tells what it is
about gives way to a marker with the class of the reason. What is withheld is taken away *before*
anything is computed, so that no sentence made of it later can tell.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from tracker.domain.changes import ChangeLine
from tracker.domain.evidence import EvidenceRunRecord, RunInputs
from tracker.domain.gate_state import GateStatus
from tracker.domain.ledger import Ledger, LedgerRow
from tracker.domain.records import (
    Actor,
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    RiskRecord,
    VerificationRecord,
)
from tracker.domain.review_words import WithheldClass
from tracker.domain.roles import Action, may
from tracker.domain.state import LaunchInputs, RiskInputs

Hidden = Set[str]
"""References of risks and runs whose detail the reader may not see."""


@dataclass(frozen=True, slots=True)
class WithheldItem:
    """A risk or a run whose detail is withheld from most.

    Attributes:
        ref: Such as `gpt-4v-2023-09/R-6` or `gpt-4v-2023-09/E-3`.
        areas: Codes of the policy areas that it is about, as primary or touched.
        people: Keys of those who work on it: its owner, its assessors, who imported it.
    """

    ref: str
    launch: str
    withheld: WithheldClass
    areas: tuple[str, ...]
    people: tuple[str, ...]


def hidden_from(
    actor: Actor | None, items: Sequence[WithheldItem], launches: Sequence[LaunchRecord]
) -> frozenset[str]:
    """Return the references whose detail a person may not see; of nobody, all of them."""
    known = {launch.key: launch for launch in launches}
    return frozenset(
        item.ref for item in items if actor is None or not _sees(actor, item, known[item.launch])
    )


def _sees(actor: Actor, item: WithheldItem, launch: LaunchRecord) -> bool:
    if not actor.person.active:
        return False
    leads = bool(set(actor.person.leads) & set(item.areas))
    return leads or actor.key in item.people or may(actor, Action.SEE_WITHHELD, launch)


def withhold_inputs(inputs: LaunchInputs, hidden: Hidden) -> LaunchInputs:
    """Return what is stored about a launch without the detail of what is hidden."""
    if not hidden:
        return inputs
    markers = {
        item.risk.ref: item.risk.withheld.marker
        for item in inputs.risks
        if item.risk.withheld is not None and item.risk.ref in hidden
    }
    return replace(
        inputs,
        risks=tuple(_risk_inputs(item, markers) for item in inputs.risks),
        effects=tuple(withhold_effect(effect, markers) for effect in inputs.effects),
        verifications=tuple(withhold_verification(one, markers) for one in inputs.verifications),
        runs=tuple(_run_inputs(run, hidden) for run in inputs.runs),
        baselines={ref: _run_inputs(run, hidden) for ref, run in inputs.baselines.items()},
    )


def withhold_run(run: EvidenceRunRecord, hidden: Hidden) -> EvidenceRunRecord:
    """Return a run without its detail, where it is hidden."""
    if run.withheld is None or run.ref not in hidden:
        return run
    marker = run.withheld.marker
    return replace(
        run,
        file_name=marker,
        run_id=marker if run.run_id else "",
        source=marker if run.source else "",
        warnings=(marker,) if run.warnings else (),
        equivalences=tuple(replace(one, reason=marker) for one in run.equivalences),
        confirmations=tuple(replace(one, note=marker) for one in run.confirmations),
    )


def withhold_gate(status: GateStatus, hidden: Hidden) -> GateStatus:
    """Return a gate without the figures of a hidden run; its state stays."""
    run = status.run
    if run is None or run.withheld is None or run.ref not in hidden:
        return status
    return replace(
        status,
        why=run.withheld.marker,
        settles="",
        run=withhold_run(run, hidden),
        reading=None,
        slices=(),
        comparison=None,
    )


def withhold_ledger(ledger: Ledger, hidden: Hidden) -> Ledger:
    """Return the evidence of a launch without the figures of hidden runs."""
    if not hidden:
        return ledger
    return replace(
        ledger,
        runs=tuple(withhold_run(run, hidden) for run in ledger.runs),
        rows=tuple(_ledger_row(row, hidden) for row in ledger.rows),
    )


def withhold_line(line: ChangeLine, hidden: Hidden) -> ChangeLine:
    """Return a line of the history without the values and reason of what is hidden."""
    if line.subject not in hidden:
        return line
    marker = "[withheld]"
    fields = {
        name: (marker if old is not None else None, marker if new is not None else None)
        for name, (old, new) in line.fields.items()
    }
    return replace(line, fields=fields, reason=marker if line.reason else "")


def _risk_inputs(item: RiskInputs, markers: dict[str, str]) -> RiskInputs:
    marker = markers.get(item.risk.ref)
    if marker is None:
        return item
    return replace(
        item,
        risk=_risk(item.risk, marker),
        assessments=tuple(withhold_assessment(one, marker) for one in item.assessments),
        mitigations=tuple(
            replace(one, effect=replace(one.effect, basis=marker)) for one in item.mitigations
        ),
    )


def _risk(risk: RiskRecord, marker: str) -> RiskRecord:
    return replace(
        risk,
        title=marker,
        scenario=marker,
        source=marker if risk.source else "",
        note=marker if risk.note else "",
        tags=(),
        close_note=marker if risk.close_note else "",
    )


def withhold_assessment(record: AssessmentRecord, marker: str) -> AssessmentRecord:
    """Return an assessment of a hidden risk: its picks, and no words."""
    return replace(
        record,
        reasons=dict.fromkeys(record.reasons, marker),
        rationale=marker if record.rationale else "",
    )


def withhold_effect(effect: EffectRecord, markers: Mapping[str, str]) -> EffectRecord:
    """Return an effect without its basis, where its risk is hidden; `markers` by risk."""
    marker = markers.get(effect.risk)
    return effect if marker is None else replace(effect, basis=marker)


def withhold_verification(
    record: VerificationRecord, markers: Mapping[str, str]
) -> VerificationRecord:
    """Return a verification without its evidence, where its risk is hidden; `markers` by risk."""
    marker = markers.get(record.risk or "")
    return record if marker is None else replace(record, evidence=marker)


def _run_inputs(inputs: RunInputs, hidden: Hidden) -> RunInputs:
    return replace(inputs, run=withhold_run(inputs.run, hidden))


def _ledger_row(row: LedgerRow, hidden: Hidden) -> LedgerRow:
    run = row.run
    if run.withheld is None or run.ref not in hidden:
        return row
    marker = run.withheld.marker
    evidence = replace(
        row.evidence,
        task=marker,
        metric=marker,
        slice=marker if row.evidence.slice else "",
        **dict.fromkeys(("value", "stderr", "n", "passed", "failed"), None),
        qualifier="",
        unit="",
        conditions={},
    )
    return replace(row, run=withhold_run(run, hidden), evidence=evidence)
