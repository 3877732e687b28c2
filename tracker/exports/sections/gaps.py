"""Section 13: what is not known, so that nobody reads silence as safety."""

from collections.abc import Iterator
from typing import Final

from tracker.domain.report import ReadinessReport
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.words import AreaState
from tracker.exports import wording
from tracker.exports.document import Cell, Column, Plan, Section
from tracker.exports.sections import evidence_gaps
from tracker.exports.sections.evidence_gaps import Gap
from tracker.exports.sections.register import named

WIDE_BAND: Final = 2.0
"""Points from which a band counts as wide: its ends are a hundredfold of expected harm apart."""


_GAPS: Final = Plan[Gap](
    caption="Not known, outdated, borrowed, taken back, or widely uncertain",
    empty="No gap is known; that nobody looked elsewhere is not shown here.",
    columns=(
        (Column("Gap", 1.2), lambda it: Cell(it.kind)),
        (Column("About", 2.6), lambda it: Cell(it.about)),
        (Column("Detail", 3), lambda it: Cell(it.detail)),
        (Column("Basis", 1.1), lambda it: Cell(it.basis)),
    ),
)


def section(report: ReadinessReport) -> Section:
    """Return every known gap: of risks in queue order, mitigations, scope, gates and evidence."""
    state = report.state
    gaps = [gap for item in report.risks for gap in _of_risk(item.ranked.state, state)]
    gaps += [*_of_mitigations(state), *_of_scope(state)]
    gaps += [*evidence_gaps.of_gates(state), *evidence_gaps.of_thresholds(state)]
    gaps += evidence_gaps.of_evidence(report)
    return Section("gaps", "13 Uncertainty and known gaps", (_GAPS.table(gaps),))


def _of_risk(risk: RiskState, state: LaunchState) -> Iterator[Gap]:
    name, basis = named(risk), wording.basis(risk)
    if not risk.scores:
        yield Gap("UNASSESSED", name, risk.unassessed_because, basis)
        return
    if risk.outdated:
        yield Gap("outdated", name, "assessed for another version, configuration or stage", basis)
    if len(risk.scores) == 1:
        yield Gap(
            "one assessor", name, state.person_name(risk.scores[0].assessment.assessor), basis
        )
    if _is_wide(risk):
        yield Gap("wide band", name, wording.band(risk.current, state.profile), basis)


def _is_wide(risk: RiskState) -> bool:
    limits = risk.current.band
    return limits is not None and limits[1] - limits[0] >= WIDE_BAND


def _of_mitigations(state: LaunchState) -> Iterator[Gap]:
    for item in state.mitigations:
        if item.verification_outdated:
            name = f"{item.mitigation.ref} {item.mitigation.title}"
            basis = wording.origin(item.placement.origin)
            detail = "verified on another version, configuration or stage; counts for nothing here"
            yield Gap("outdated verification", name, detail, basis)


_OPEN_SCOPE: Final = {
    AreaState.UNDECIDED: "nobody has decided whether it is in scope",
    AreaState.UNCONFIRMED: "an exclusion that nobody but the launch owner has confirmed",
    AreaState.GAP: "in scope, but without a risk and without a confirmed “none found”",
}


def _of_scope(state: LaunchState) -> Iterator[Gap]:
    for status in state.areas:
        if status.state in _OPEN_SCOPE:
            basis = wording.origin(status.scope.origin) if status.scope else wording.NONE
            yield Gap("scope", status.area.name, _OPEN_SCOPE[status.state], basis)
