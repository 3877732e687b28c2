"""The summary for machines: unrounded numbers, sorted keys, a published schema.

The schema is `data/schemas/readiness-summary-1.2.json`. A field is only ever added; a change of
meaning or a removal raises the version.
"""

from collections.abc import Mapping
from typing import Final

from tracker.domain.changes import ChangeLine
from tracker.domain.records import AssessmentRecord
from tracker.domain.report import ILLUSTRATIVE_LABEL, ExplainedRisk, ReadinessReport
from tracker.domain.state import (
    AreaStatus,
    AssessorScore,
    Figures,
    LaunchState,
    MitigationState,
    RankedRisk,
    RiskMitigation,
    RiskState,
    VerdictReason,
)
from tracker.domain.words import Factor, View
from tracker.exports import evidence_json, gates_json, proceedings_json, wording
from tracker.exports.escape import json_text
from tracker.exports.json_words import Json, day, instant, word

SCHEMA_VERSION: Final = "1.2"
MISSING: Final = (
    "acceptances",
    "conditions",
    "decisions",
    "sign_offs",
    "snapshot",
)
"""What a summary without proceedings does not tell; named, so that nobody reads it as empty."""


def render(report: ReadinessReport) -> bytes:
    """Return the summary as JSON in UTF-8; an unassessed risk has null scores."""
    return json_text(payload(report)).encode()


def payload(report: ReadinessReport) -> Json:
    """Return the summary as plain values."""
    state = report.state
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "holdpoint readiness summary",
        "generated": _generated(report),
        "audit_chain": {"length": report.chain.length, "head": report.chain.hash},
        "demo": report.is_demo,
        "not_yet_recorded": list(MISSING) if report.proceedings is None else [],
        "scoring_profile": {"version": state.profile.version, "title": state.profile.title},
        "launch": _launch(state),
        "verdict": _verdict(report),
        "reasons": [_reason(reason) for reason in state.reasons],
        "levels": {str(view): _levels(state, view) for view in View},
        "scope": [_area(status) for status in state.areas],
        "risks": [_open_risk(item) for item in report.risks],
        "closed_risks": [_closed_risk(item) for item in report.closed],
        "mitigations": [_mitigation(item) for item in state.mitigations],
        "gates": [gates_json.gate(status) for status in state.gates],
        "waivers": [gates_json.waiver(record) for record in report.waivers],
        "evidence": evidence_json.evidence(report.ledger),
        "frontier": [gates_json.threshold(status) for status in state.frontier],
        "determinations": [gates_json.determination(one) for one in report.determinations],
        "proceedings": proceedings_json.proceedings(report.proceedings),
        "path": gates_json.path(report.path),
        "changes": [_change(change) for change in report.recent],
        "people": {key: person.name for key, person in state.people.items()},
    }


def _generated(report: ReadinessReport) -> Json:
    return {
        "at": instant(report.generated_at),
        "by": report.generated_by,
        "identity_authenticated": report.authenticated,
        "product_version": report.product_version,
    }


def _launch(state: LaunchState) -> Json:
    launch = state.launch
    return {
        "key": launch.key,
        "name": launch.name,
        "summary": launch.summary,
        "developer": launch.developer,
        "model_version": launch.model_version,
        "configuration": launch.configuration,
        "surfaces": launch.surfaces,
        "exposure_asked": str(launch.exposure_asked),
        "exposure_now": str(launch.exposure_now),
        "review_status": str(launch.review_status),
        "target_date": launch.target_date.isoformat(),
        "state_as_of": state.today.isoformat(),
        "note": launch.note,
        "source": launch.source,
        "origin": str(launch.origin),
        "cloned_from": launch.cloned_from,
        "roles": {str(role): person for role, person in launch.holders.items()},
    }


def _verdict(report: ReadinessReport) -> Json:
    return {
        "gate_result": str(report.state.verdict),
        "recommendation": report.recommendation,
        "decision": report.decision,
        "dissent_count": report.dissent_count,
        "why": report.why,
        "what_would_change_it": report.change,
    }


def _reason(reason: VerdictReason) -> Json:
    return {
        "code": str(reason.code),
        "text": reason.text,
        "remedy": reason.remedy,
        "holds": reason.holds,
        "subject": reason.subject or None,
    }


def _levels(state: LaunchState, view: View) -> dict[str, int]:
    return {str(level): count for level, count in state.level_counts(view).items()}


def _area(status: AreaStatus) -> Json:
    scope = status.scope
    return {
        "code": status.area.code,
        "name": status.area.name,
        "family": status.area.family,
        "gate_type": str(status.area.gate_type),
        "state": str(status.state),
        "worst_level": word(status.worst),
        "risks": list(status.risks),
        "decision": str(scope.applicability) if scope else None,
        "reason": scope.reason if scope else None,
        "decided_by": scope.decided_by if scope else None,
        "confirmed_by": scope.confirmed_by if scope else None,
        "origin": str(scope.origin) if scope else None,
    }


def _open_risk(item: ExplainedRisk) -> Json:
    state = item.ranked.state
    return {
        **_risk(state),
        "rank": item.rank_on_launch,
        "rank_overall": item.ranked.rank,
        "reason": item.ranked.reason,
        "holds_launch": item.ranked.holds_launch,
        "explanation": item.explanation,
        "nist_800_30_level_approximate": item.nist_level,
        **{str(view): _figures(state.figures(view)) for view in View},
        "unassessed_because": state.unassessed_because or None,
        "outdated": state.outdated,
        "floored": state.floored,
        "assessments": [_assessment(score) for score in state.scores],
        "mitigations": [_effect(mitigation) for mitigation in state.mitigations],
    }


def _risk(state: RiskState) -> Json:
    risk = state.risk
    return {
        "ref": risk.ref,
        "title": risk.title,
        "scenario": risk.scenario,
        "policy_area": risk.area,
        "also_touches": list(risk.touches),
        "tags": [{"taxonomy": taxonomy, "code": code} for taxonomy, code in risk.tags],
        "owner": risk.owner,
        "due": day(risk.due),
        "source": risk.source,
        "note": risk.note,
        "status": str(risk.status),
        "withheld": word(risk.withheld),
        "origin": str(risk.origin),
        "illustrative": wording.basis(state) == ILLUSTRATIVE_LABEL,
    }


def _closed_risk(item: RankedRisk) -> Json:
    risk = item.state.risk
    return {
        **_risk(item.state),
        "close_reason": None if risk.close_reason is None else str(risk.close_reason),
        "close_note": risk.close_note,
        "duplicate_of": risk.duplicate_of,
        "closure_asked_by": risk.closure_asked_by,
        "closure_confirmed_by": risk.closure_confirmed_by,
    }


def _figures(figures: Figures) -> Json:
    return {
        "level": str(figures.level),
        "harm_score": figures.harm_score,
        "priority": figures.priority,
        "band": None if figures.band is None else list(figures.band),
        "priority_band": None if figures.priority_band is None else list(figures.priority_band),
        "remain": figures.remain,
    }


def _assessment(score: AssessorScore) -> Json:
    record = score.assessment
    return {
        **_judgement(record),
        "harm_score": score.harm_score,
        "priority": score.priority,
        "level": str(score.level),
        "outdated": score.outdated,
    }


def _judgement(record: AssessmentRecord) -> Json:
    return {
        "id": record.id,
        "assessor": record.assessor,
        "picks": {str(factor): record.picks.of(factor) for factor in Factor},
        "evidence_grade": str(record.grade),
        "reasons": {str(factor): reason for factor, reason in record.reasons.items()},
        "rationale": record.rationale,
        "model_version": record.model_version,
        "configuration": record.configuration,
        "exposure_stage": str(record.exposure_stage),
        "submitted_at": instant(record.submitted_at),
        "confirms": record.confirms,
        "origin": str(record.origin),
    }


def _effect(item: RiskMitigation) -> Json:
    effect = item.effect
    return {
        "mitigation": item.mitigation.ref,
        "status": str(item.placement.status) if item.placement else None,
        "low": effect.low,
        "best": effect.best,
        "high": effect.high,
        "introduces": effect.introduces,
        "counted_today": item.counted,
        "adds_nothing": item.adds_nothing,
        "verification_outdated": item.outdated_verification,
        "origin": str(effect.origin),
    }


def _mitigation(item: MitigationState) -> Json:
    record, placement = item.mitigation, item.placement
    return {
        "ref": record.ref,
        "title": record.title,
        "mechanism": str(record.mechanism),
        "layer": str(record.layer),
        "owner": record.owner,
        "team": record.team,
        "effort_days": dict(record.efforts),
        "source": record.source,
        "origin": str(placement.origin),
        "status": str(placement.status),
        "mandatory": placement.mandatory,
        "due": day(placement.due),
        "verified_now": item.verified_now,
        "verification_outdated": item.verification_outdated,
        "risks": [effect.risk for effect in item.effects],
        "other_launches": list(item.other_launches),
    }


def _change(change: ChangeLine) -> Json:
    return {
        "seq": change.seq,
        "first_seq": change.first_seq,
        "at": instant(change.at),
        "actor": change.actor,
        "actor_name": change.actor_name,
        "authenticated": change.authenticated,
        "action": change.action,
        "entity": change.entity,
        "subject": change.subject,
        "fields": _fields(change.fields),
        "reason": change.reason,
        "hash": change.hash,
    }


def _fields(fields: Mapping[str, tuple[str | None, str | None]]) -> Json:
    return {name: {"old": old, "new": new} for name, (old, new) in fields.items()}
