"""One small report with everything in it that a format could get wrong, made by the real rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from tests.exports import criteria, proceedings, rows
from tests.exports.criteria import DEFINITIONS, Criteria
from tests.exports.rows import a_check, a_mitigation, a_placement, a_risk, an_effect, judged
from tracker.domain.changes import ChainHead
from tracker.domain.records import AssessmentRecord, RiskRecord
from tracker.domain.report import ExplainedRisk, ReadinessReport
from tracker.domain.state import (
    LaunchInputs,
    LaunchState,
    MitigationInputs,
    RankedRisk,
    RiskInputs,
    RiskState,
)
from tracker.domain.words import EvidenceGrade, Mechanism, MitigationStatus, View
from tracker.readers.profile import packaged_profile
from tracker.readiness.launch import Setting, launch_states
from tracker.readiness.path import path_to_green
from tracker.readiness.words import queue_reason, what_would_change_it, why
from tracker.scoring.explain import explain_priority
from tracker.scoring.nist import nist_level
from tracker.scoring.order import ranked
from tracker.services.ledger import ledger_of

NO_CRITERIA = Criteria()


@dataclass(frozen=True)
class Case:
    """A risk with its assessments and mitigations."""

    risk: RiskRecord
    assessments: tuple[AssessmentRecord, ...] = ()
    mitigations: tuple[MitigationInputs, ...] = ()


def standard_cases() -> tuple[Case, ...]:
    """Critical, High by the floor, UNASSESSED, outdated Moderate, Low, and one closed."""
    critical = a_risk(1, "Self-harm encouragement", "self_harm")
    floored = a_risk(2, "Uplift for weapons", "bio_uplift")
    unassessed = a_risk(3, "Faces told apart", "privacy", owner=None)
    outdated = a_risk(4, "Personal data repeated", "privacy")
    low = a_risk(5, "Rude answers", "self_harm")
    twin = a_risk(6, "Encouragement of self-harm", "self_harm")
    return (
        Case(
            critical,
            (judged(critical, (4, 5, 3, 5, 5)), judged(critical, (4, 5, 4, 5, 3), "cleo")),
            (filter_on(critical),),
        ),
        Case(floored, (judged(floored, (1, 5, 2, 4, 4), grade=EvidenceGrade.D),)),
        Case(unassessed),
        Case(outdated, (judged(outdated, (4, 3, 3, 3, 3), version="aurora-2.0"),)),
        Case(low, (judged(low, (5, 1, 4, 1, 2), grade=EvidenceGrade.A),)),
        Case(replace(twin, **rows.closed(critical)), (judged(twin, (4, 5, 3, 5, 5)),)),
    )


def filter_on(risk: RiskRecord) -> MitigationInputs:
    """A verified output filter that removes 60 % of a risk's expected loss."""
    return MitigationInputs(
        a_mitigation(7, "Output filter", Mechanism.PREVENT),
        a_placement("M-7", MitigationStatus.VERIFIED),
        an_effect("M-7", risk, 0.6),
        a_check("M-7", risk, 0.6),
    )


def state_of(cases: Iterable[Case], on_record: Criteria = NO_CRITERIA) -> LaunchState:
    """Compute the launch that these risks, criteria and one planned, mandatory mitigation make."""
    listed = tuple(cases)
    inputs = [RiskInputs(it.risk, rows.LAUNCH, it.assessments, it.mitigations) for it in listed]
    placed = {item.mitigation.ref: item for case in listed for item in case.mitigations}
    planned = a_mitigation(9, "Age check", Mechanism.CONTAIN)
    launch = LaunchInputs(
        launch=rows.LAUNCH,
        scopes=rows.SCOPES,
        risks=tuple(inputs),
        placements=(
            *(item.placement for item in placed.values() if item.placement),
            a_placement("M-9", MitigationStatus.PLANNED, mandatory=True),
        ),
        verifications=tuple(it.verification for it in placed.values() if it.verification),
        mitigations={"M-9": planned} | {ref: item.mitigation for ref, item in placed.items()},
        effects=tuple(item.effect for item in placed.values()),
        launches_by_mitigation={"M-7": (rows.KEY, "borealis-2026")},
        gates=on_record.gates,
        runs=on_record.runs,
        baselines={one.run.ref: one for one in on_record.baselines},
        attestations=on_record.attestations,
        waivers=on_record.waivers,
        determinations=on_record.determinations,
    )
    setting = Setting(
        rows.AREAS, rows.PEOPLE, rows.TEAMS, packaged_profile(), rows.TODAY, DEFINITIONS
    )
    (state,) = launch_states([launch], setting)
    return state


def report_of(
    state: LaunchState, is_demo: bool = True, on_record: Criteria = NO_CRITERIA
) -> ReadinessReport:
    """Return the report of a launch state at 09:30 UTC on the day of the tests."""
    holding = {reason.subject for reason in state.reasons if reason.holds}
    queue = [risk for risk, _ in ranked((risk, state.launch) for risk in state.open_risks)]
    closed = [risk for risk in state.risks if not risk.is_open]
    return ReadinessReport(
        state=state,
        generated_at=rows.AT,
        generated_by="Ada",
        authenticated=False,
        why=why(state),
        change=what_would_change_it(state),
        risks=tuple(
            _explained(RankedRisk(rank, risk, state.launch, _reason(risk, state, holding),
                                  risk.ref in holding), state)
            for rank, risk in enumerate(queue, start=1)
        ),
        closed=tuple(
            RankedRisk(place, risk, state.launch, "closed", False)
            for place, risk in enumerate(closed, start=1)
        ),
        areas=rows.AREAS,
        recent=rows.CHANGES,
        ledger=ledger_of(
            state.launch, on_record.runs, on_record.gates, DEFINITIONS, state.today
        ),
        waivers=on_record.waivers,
        determinations=on_record.determinations,
        path=path_to_green(state),
        chain=ChainHead(2, f"{2:064x}"),
        product_version="0.1.0",
        is_demo=is_demo,
    )  # fmt: skip


def _reason(risk: RiskState, state: LaunchState, holding: set[str]) -> str:
    return queue_reason(risk, state.launch, state.today, risk.ref in holding)


def _explained(item: RankedRisk, state: LaunchState) -> ExplainedRisk:
    central = item.state.central_harm
    picks = central.assessment.picks if central else None
    return ExplainedRisk(
        ranked=item,
        rank_on_launch=item.rank,
        explanation=explain_priority(item.state, View.CURRENT, state.profile, state.person_name),
        nist_level=nist_level(picks.likelihood, picks.severity) if picks else None,
    )


@cache
def a_report() -> ReadinessReport:
    """The one small fixed report of the golden files."""
    on_record = criteria.standard()
    report = report_of(state_of(standard_cases(), on_record), on_record=on_record)
    return replace(report, proceedings=proceedings.standard())


def an_empty_report() -> ReadinessReport:
    """A launch on which nothing was entered yet."""
    return report_of(state_of(()), is_demo=False)


def many(count: int) -> ReadinessReport:
    """A launch with `count` risks of three assessments each, half of them High or Critical."""
    return report_of(state_of(_numbered(number) for number in range(1, count + 1)))


def _numbered(number: int) -> Case:
    risk = a_risk(number, f"Risk number {number} with a title of usual length", "self_harm")
    severity = 5 if number % 2 else 2
    numbers = (1 + number % 5, severity, 3, 1 + number % 5, 3)
    people = ("ben", "cleo", "dan")
    return Case(risk, tuple(judged(risk, numbers, person) for person in people), (filter_on(risk),))


def with_hostile_text(text: str) -> ReadinessReport:
    """The standard report with one text in every place that people type into."""
    first, *others = standard_cases()
    risk = replace(first.risk, title=text, scenario=text, source=text, owner=text)
    assessments = tuple(replace(it, rationale=text, assessor=text) for it in first.assessments[:1])
    mitigations = tuple(
        replace(it, mitigation=replace(it.mitigation, title=text)) for it in first.mitigations
    )
    on_record = criteria.with_hostile_text(text)
    state = state_of([Case(risk, assessments, mitigations), *others], on_record)
    report = report_of(state, on_record=on_record)
    launch = replace(state.launch, name=text, summary=text, configuration=text, note=text)
    report = replace(report, state=replace(report.state, launch=launch))
    changes = tuple(replace(it, reason=text, fields={"title": (text, text)}) for it in rows.CHANGES)
    held = proceedings.with_hostile_text(text)
    return replace(
        report, recent=changes, generated_by=text, why=text, change=text, proceedings=held
    )
