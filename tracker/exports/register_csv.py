"""The register as CSV: one row per open risk in queue order, each able to stand alone.

A launch without an open risk has one row, in which what is about a risk is empty: its verdict and
what holds it would otherwise be lost.

UTF-8 with a byte-order mark, because Excel otherwise reads letters beyond ASCII in the code page
of the machine; other readers skip the mark (`utf-8-sig`). Every field is quoted, every row ends
in CR LF (RFC 4180), and line breaks within a field become spaces, so that one row is one line.
"""

import csv
from io import StringIO
from typing import Final

from tracker.domain.report import (
    ILLUSTRATIVE_LABEL,
    NOT_YET_RECORDED,
    ExplainedRisk,
    ReadinessReport,
)
from tracker.domain.review_words import AcceptanceState, ConditionState
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Figures, LaunchState
from tracker.domain.words import Applicability, View
from tracker.exports import wording
from tracker.exports.escape import one_line, spreadsheet
from tracker.exports.sections import decided
from tracker.exports.sections.register import business_impact, verified

COLUMNS: Final = (
    "launch",
    "model_version",
    "verdict",
    "recommendation",
    "decision",
    "dissent_count",
    "illustrative",
    "rank",
    "ref",
    "title",
    "policy_area",
    "level_inherent",
    "level_current",
    "level_projected",
    "harm_score_inherent",
    "harm_score_current",
    "harm_score_projected",
    "band_low",
    "band_high",
    "priority",
    "business_impact",
    "assessors",
    "outdated",
    "mitigations_verified",
    "owner",
    "due",
    "status",
    "reason",
    "closed_risks",
    "excluded_areas",
    "holding_gates",
    "waived_gates",
    "withdrawn_gates",
    "withdrawn_evidence",
    "confirmed_determinations",
    "override_reason",
    "accepted_risks",
    "open_conditions",
    "snapshot_sha256",
    "identity",
    "chain_length",
    "chain_head",
)
_NO_RISK: Final = [""] * (COLUMNS.index("reason") + 1 - COLUMNS.index("illustrative"))


def render(report: ReadinessReport) -> bytes:
    """Return the register as CSV; an unassessed risk has empty scores and the word UNASSESSED."""
    before, after = _launch_fields(report)
    of_risks = [_risk_fields(item, report) for item in report.risks] or [_NO_RISK]
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([*before, *fields, *after] for fields in of_risks)
    return text.getvalue().encode("utf-8-sig")


def _risk_fields(item: ExplainedRisk, report: ReadinessReport) -> list[str]:
    return [*_naming(item), *_figures(item, report.state), *_work(item, report)]


def _text(value: str) -> str:
    return spreadsheet(one_line(value))


def _launch_fields(report: ReadinessReport) -> tuple[list[str], list[str]]:
    launch = report.state.launch
    before = [
        launch.key,
        _text(launch.model_version),
        str(report.state.verdict),
        _text(decided.recommendation_of(report)),
        _text(decided.decision_of(report)),
        wording.recorded(None if report.dissent_count is None else str(report.dissent_count)),
    ]
    after = [
        " ".join(item.state.risk.short_ref for item in report.closed),
        " ".join(_excluded(report.state)),
        *_criteria(report),
        *_proceedings(report),
        "authenticated" if report.authenticated else "not authenticated",
        str(report.chain.length),
        report.chain.hash,
    ]
    return before, after


def _proceedings(report: ReadinessReport) -> list[str]:
    """Return why the decision overrides, what is accepted and owed, and the snapshot's hash."""
    found = report.proceedings
    if found is None:
        return [NOT_YET_RECORDED] * 4
    decision, snapshot = found.decision, found.snapshot
    accepted = (it.acceptance for it in found.acceptances if it.state is AcceptanceState.IN_FORCE)
    owed = (it.condition for it in found.conditions if it.state is not ConditionState.MET)
    return [
        _text(decision.override_reason) if decision else "",
        " ".join(one.risk.rpartition("/")[2] for one in accepted),
        " ".join(one.short_ref for one in owed),
        snapshot.sha256 if snapshot else "",
    ]


def _criteria(report: ReadinessReport) -> list[str]:
    """Return what holds, and what was passed over or taken away, by reference."""
    gates = report.state.gates
    corrected = (row.run.short_ref for row in report.ledger.rows if row.evidence.corrections)
    return [
        " ".join(one.gate.short_ref for one in gates if one.holds),
        " ".join(one.gate.short_ref for one in gates if one.waived),
        " ".join(one.gate.short_ref for one in gates if one.gate.withdrawn),
        " ".join(dict.fromkeys(corrected)),
        " ".join(one.area for one in report.determinations if one.confirmed_by),
    ]


def _excluded(state: LaunchState) -> list[str]:
    """Return the codes of policy areas that somebody decided not to look at."""
    return [
        status.area.code
        for status in state.areas
        if status.scope and status.scope.applicability is not Applicability.IN_SCOPE
    ]


def _naming(item: ExplainedRisk) -> list[str]:
    risk = item.ranked.state
    shown = wording.basis(risk) == ILLUSTRATIVE_LABEL
    return [
        ILLUSTRATIVE_LABEL if shown else "",
        str(item.rank_on_launch),
        risk.ref,
        _text(risk.risk.title),
        risk.risk.area,
    ]


def _figures(item: ExplainedRisk, state: LaunchState) -> list[str]:
    risk, profile = item.ranked.state, state.profile
    views = [risk.figures(view) for view in View]
    low, high = risk.current.band or (None, None)
    return [
        *(str(figures.level) for figures in views),
        *(_harm(figures, profile) for figures in views),
        _points(low, profile),
        _points(high, profile),
        _points(risk.current.priority, profile),
        "" if business_impact(risk) is None else str(business_impact(risk)),
    ]


def _harm(figures: Figures, profile: ScoringProfile) -> str:
    return _points(figures.harm_score, profile)


def _points(points: float | None, profile: ScoringProfile) -> str:
    return "" if points is None else wording.machine_decimals(points, profile)


def _work(item: ExplainedRisk, report: ReadinessReport) -> list[str]:
    risk = item.ranked.state
    return [
        str(len(risk.scores)),
        "yes" if risk.outdated else "no",
        verified(risk),
        _text(report.state.person_name(risk.risk.owner)),
        risk.risk.due.isoformat() if risk.risk.due else "",
        str(risk.risk.status),
        _text(item.ranked.reason),
    ]
