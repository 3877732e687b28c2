"""Figures of evidence as a document prints them: as they came, with what they are about."""

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.ledger import LedgerRow
from tracker.domain.release import Release
from tracker.domain.state import LaunchState
from tracker.domain.words import CorrectionKind
from tracker.exports import wording
from tracker.readiness.gate_words import bad_side_words
from tracker.readiness.slots import has_equivalence

SHORT_HASH = 12
"""Hexadecimal digits of a hash beside a figure; the appendix has them all."""


def value_words(evidence: EvidenceRecord, definition: MetricDefinitionRecord | None) -> str:
    """Return a value as its file printed it, qualifier first, such as "more than 98 %".

    Values that came without a unit are cut towards the bad side where that is known.
    """
    return " ".join(part for part in (evidence.qualifier, _bare(evidence, definition)) if part)


def _bare(evidence: EvidenceRecord, definition: MetricDefinitionRecord | None) -> str:
    if evidence.value is None:
        return evidence.unit or "no number"
    if definition is not None and not evidence.unit:
        return bad_side_words(evidence.value, definition, decimals=2)
    return f"{evidence.value:.10g} {evidence.unit}".rstrip()


def measured_words(row: LedgerRow) -> str:
    """Return task, metric and slice, tool and version, and whether safeguards were on."""
    evidence, run = row.evidence, row.run
    return wording.lines(
        f"{evidence.task}: {evidence.metric}",
        f"slice {evidence.slice}" if evidence.slice else "",
        f"{run.tool} {run.tool_version}".rstrip(),
        f"safeguards {run.safeguards}",
    )


def run_words(run: EvidenceRunRecord) -> str:
    """Return a run's reference with the first digits of its file's hash."""
    return f"{run.short_ref} {run.sha256[:SHORT_HASH]}"


def release_words(release: Release) -> str:
    """Return a model version, configuration and stage on one line."""
    return f"{release.model_version or 'no model named'}, {release.configuration}, {release[2]}"


def borrowed_words(run: EvidenceRunRecord, state: LaunchState) -> str:
    """Say that a run is about another release, and why it counts all the same, or that it does not.

    Empty where the run is about the launch's release.
    """
    launch = state.launch
    if run.release == launch.release:
        return ""
    about = f"about another release ({_difference(run.release, launch.release)})"
    if not has_equivalence(run, launch):
        return f"{about}, and nobody independent said why it would count here"
    said = [one for one in run.equivalences if one.release == launch.release]
    reasons = "; ".join(f"{state.person_name(one.stated_by)}: {one.reason}" for one in said)
    return f"{about}, taken as equivalent by {reasons}"


def _difference(release: Release, other: Release) -> str:
    names = ("model version", "configuration", "stage")
    return ", ".join(
        f"{name} {mine or 'not named'}"
        for name, mine, theirs in zip(names, release, other, strict=True)
        if mine != theirs
    )


def correction_words(evidence: EvidenceRecord, state: LaunchState) -> str:
    """Say how a metric was taken back, by whom, when and why; empty where it stands."""
    return "; ".join(
        f"{one.kind}{_target(one.kind, one.task, one.metric)} by "
        f"{state.person_name(one.corrected_by)}, {one.corrected_at.date().isoformat()}: "
        f"{one.reason}"
        for one in evidence.corrections
    )


def _target(kind: CorrectionKind, task: str, metric: str) -> str:
    return f" to {task}: {metric}" if kind is CorrectionKind.REMAPPED else ""
