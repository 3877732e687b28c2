"""What is not known for want of evidence: of gates, of frontier thresholds, of the runs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState
from tracker.domain.words import UNTRUSTED_FLAGS, EvidenceFlag, GateState
from tracker.exports import wording
from tracker.exports.sections.figures import borrowed_words, correction_words
from tracker.readiness.slots import has_equivalence, is_confirmed


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not known, or not surely."""

    kind: str
    about: str
    detail: str
    basis: str


_UNANSWERED: Final = (GateState.MISSING, GateState.PLANNED, GateState.STALE)


def of_gates(state: LaunchState) -> Iterator[Gap]:
    """Return the gates without evidence of today, advisory ones too."""
    for status in state.gates:
        if status.state in _UNANSWERED and not status.gate.withdrawn:
            name = f"{status.gate.short_ref} {status.gate.title}"
            detail = "; ".join(part for part in (status.why, status.settles) if part)
            yield Gap(f"{status.state} evidence", name, detail, wording.origin(status.gate.origin))


def of_thresholds(state: LaunchState) -> Iterator[Gap]:
    """Return the frontier thresholds in scope that nobody has determined."""
    for status in state.frontier:
        if status.required and status.standing is None:
            yield Gap(
                "not determined",
                status.area.name,
                "nobody has determined this frontier threshold for the release",
                wording.NONE,
            )


def of_evidence(report: ReadinessReport) -> Iterator[Gap]:
    """Return what weakens the evidence on record; runs with the same weakness share a line."""
    together: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for ref, kind, detail, basis in _weaknesses(report):
        refs = together[kind, detail, basis]
        if ref not in refs:
            refs.append(ref)
    for (kind, detail, basis), refs in together.items():
        yield Gap(kind, ", ".join(refs), detail, basis)


def _weaknesses(report: ReadinessReport) -> Iterator[tuple[str, str, str, str]]:
    state = report.state
    for run in report.ledger.runs:
        for kind, detail in (*_borrowed(run, state), *_flags(run, state)):
            yield run.short_ref, kind, detail, wording.origin(run.origin)
    for row in report.ledger.rows:
        if row.evidence.corrections:
            kind = str(row.evidence.corrections[-1].kind)
            detail = correction_words(row.evidence, state)
            yield row.run.short_ref, kind, detail, wording.origin(row.run.origin)


def _borrowed(run: EvidenceRunRecord, state: LaunchState) -> Iterator[tuple[str, str]]:
    if run.release != state.launch.release:
        kind = "borrowed" if has_equivalence(run, state.launch) else "another release"
        yield kind, borrowed_words(run, state)


_ALONE: Final = frozenset({EvidenceFlag.SELF_REPORTED})


def _flags(run: EvidenceRunRecord, state: LaunchState) -> Iterable[tuple[str, str]]:
    untrusted = sorted(run.flags & UNTRUSTED_FLAGS)
    if untrusted:
        yield "untrusted", f"{', '.join(untrusted)}; keeps it from passing a gate"
    weak = sorted(run.flags - UNTRUSTED_FLAGS - _ALONE)
    if weak:
        yield "weakened", ", ".join(weak)
    if EvidenceFlag.SELF_REPORTED in run.flags:
        confirmed = is_confirmed(run, state.launch)
        word = "compared with its source" if confirmed else "not confirmed"
        yield "self-reported", f"a figure that its publisher states; {word} by a second person"
