"""One call per action, on a launch where there is something to do for each of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from tests.cast import BEN, DANA, GIL, TODAY
from tests.factories import AURORA, a_mitigation, a_placement, a_risk
from tests.services import decided, reviewing
from tests.services.acts import a_launch_draft, a_risk_draft, a_submission, act
from tests.services.evidence_files import (
    METRIC,
    NOTHING_STATED,
    TOOL,
    a_file,
    a_gate,
    a_gate_draft,
)
from tests.services.reviewing import METHOD, REV, S1
from tests.services.strict_gates import a_plan, a_word
from tracker.domain.drafts import (
    LaunchChange,
    MitigationDraft,
    PersonDraft,
    RiskClosure,
    ScopeDraft,
    VerificationDraft,
)
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.gate_drafts import DeterminationDraft, WaiverDraft
from tracker.domain.release import Release
from tracker.domain.review_drafts import AcceptanceDraft, RecommendationDraft
from tracker.domain.review_words import ExposureStep, Outcome, WithheldClass
from tracker.domain.roles import Action
from tracker.domain.words import (
    Applicability,
    CloseReason,
    Confidence,
    Direction,
    ExposureStage,
    LaunchRoleName,
    Layer,
    Mechanism,
    Role,
    Scale,
    ThresholdOutcome,
    VerificationKind,
)
from tracker.services import (
    acceptances,
    assessments,
    conditions,
    corrections,
    deciding,
    determinations,
    evidence,
    exposure,
    gates,
    holders,
    launches,
    mandatory,
    metrics,
    mitigations,
    people,
    reports,
    reviews,
    risks,
    scope,
    sign_offs,
    verification,
    waivers,
    withholding,
)
from tracker.services.act import Act
from tracker.store.engine import Store

R1, R2, G1, G2, E1, M1 = (
    *(f"{AURORA}/R-1", f"{AURORA}/R-2", f"{AURORA}/G-1", f"{AURORA}/G-2", f"{AURORA}/E-1"),
    "M-1",
)
A1, C1 = f"{AURORA}/A-1", f"{AURORA}/C-1"
WHY = "It is time."
OFFICER = LaunchRoleName.RESPONSIBLE_OFFICER
SECOND_AREA = "cbrn"
Call = Callable[[Store, Act], Any]

CLOSURE = RiskClosure(close_reason=CloseReason.CANNOT_OCCUR, note="The feature was dropped.")
LOWER = MetricDefinitionDraft(
    tool=TOOL, metric=METRIC, direction=Direction.LOWER, scale=Scale.SHARE
)
DETERMINED = DeterminationDraft(
    area=SECOND_AREA,
    outcome=ThresholdOutcome.BELOW,
    confidence=Confidence.MEDIUM,
    rationale="No uplift was seen over a search engine.",
)
WAIVER = WaiverDraft(
    reason="The larger run is booked.",
    compensation="Every answer is read.",
    until=TODAY + timedelta(days=30),
)
ACCEPTANCE = AcceptanceDraft(
    justification="What is left is small.",
    fails_if=("A complaint a day.",),
    until=TODAY + timedelta(days=30),
)
RECOMMENDATION = RecommendationDraft(
    snapshot=S1, outcome=Outcome.NO_GO, exposure_stage=ExposureStage.NONE, reason=WHY
)
VERIFIED = VerificationDraft(kind=VerificationKind.IN_PLACE, evidence="Ran it and looked.")
MITIGATION = MitigationDraft(title="Filter", mechanism=Mechanism.PREVENT, layer=Layer.SYSTEM)


def set_the_scene(store: Store) -> None:
    """A launch under review on which everything waits for somebody."""
    reviewing.a_review(store)
    reviewing.signed(store, GIL, area=reviewing.AREA, **reviewing.an_objection())
    a_placement(store, a_mitigation(store), mandatory=True)
    mandatory.ask_release(store, act(BEN, WHY), M1, AURORA, 1)
    a_risk(store)
    risks.ask_closure(store, act(BEN), R2, CLOSURE, 1)
    scope.decide_scope(store, act(BEN), AURORA, [_left_out("privacy")], {"privacy": 1})
    a_gate(store, title="Asks for more", threshold=0.999)
    gates.ask_gate_withdrawal(store, act(BEN, WHY), G1, 1)
    waivers.ask_waiver(store, act(BEN), G2, WAIVER)
    determinations.determine(store, act(DANA), AURORA, DETERMINED)
    metrics.propose_meaning(store, act(DANA, WHY), LOWER)
    holders.propose_holder(store, act(BEN, WHY), AURORA, OFFICER, "hana")
    acceptances.ask_acceptance(store, act(BEN), METHOD.profile, R1, ACCEPTANCE)
    decided.a_condition(store, None)


def _left_out(area: str) -> ScopeDraft:
    return ScopeDraft(
        area=area, applicability=Applicability.NOT_APPLICABLE, reason="It makes no such thing."
    )


def _release(store: Store) -> Release:
    row = reviewing.the_launch_row(store)
    return Release(row.model_version, row.configuration, row.exposure_asked)


def _confirm_meaning(store: Store, doing: Act) -> Any:
    (seen,) = metrics.metric_definitions(store)
    return metrics.confirm_meaning(store, doing, seen)


def _export(store: Store, doing: Act) -> Any:
    reader = reports.Reader(doing.actor, TODAY, doing.at)
    return reports.readiness_report(store, reader, METHOD.profile, AURORA)


CALLS: Final[Mapping[Action, Call]] = {
    Action.CREATE_LAUNCH: lambda s, a: launches.create_launch(s, a, a_launch_draft()),
    Action.EDIT_LAUNCH: lambda s, a: launches.edit_launch(
        s, a, AURORA, LaunchChange(summary="x"), 1
    ),
    Action.DECIDE_SCOPE: lambda s, a: scope.decide_scope(s, a, AURORA, [_left_out(SECOND_AREA)]),
    Action.CONFIRM_SCOPE: lambda s, a: scope.confirm_scope(s, a, AURORA, "privacy", 2),
    Action.EDIT_RISK: lambda s, a: risks.create_risk(s, a, AURORA, a_risk_draft()),
    Action.CLOSE_RISK: lambda s, a: risks.ask_closure(s, a, R1, CLOSURE, 1),
    Action.CONFIRM_CLOSURE: lambda s, a: risks.confirm_closure(s, a, R2, 2),
    Action.ASSESS: lambda s, a: assessments.submit_assessment(s, a, R1, a_submission()),
    Action.CONFIRM_ASSESSMENT: lambda s, a: assessments.confirm_assessment(s, a, R1, 1),
    Action.EDIT_MITIGATION: lambda s, a: mitigations.create_mitigation(s, a, AURORA, MITIGATION),
    Action.SET_MANDATORY: lambda s, a: mandatory.mark_mandatory(s, a, M1, AURORA, 2),
    Action.VERIFY_MITIGATION: lambda s, a: verification.verify_mitigation(
        s, a, M1, AURORA, VERIFIED, verification.Looked(2, _release(s))
    ),
    Action.IMPORT_EVIDENCE: lambda s, a: evidence.import_evidence(
        s, a, AURORA, [a_file("new.eval")], NOTHING_STATED
    ),
    Action.CORRECT_EVIDENCE: lambda s, a: corrections.withdraw_run(s, a, E1, WHY),
    Action.LINK_EVIDENCE: lambda s, a: evidence.link_risks(s, a, 1, [R1]),
    Action.STATE_EQUIVALENCE: lambda s, a: evidence.state_equivalence(s, a, [E1]),
    Action.CONFIRM_EVIDENCE: lambda s, a: evidence.confirm_figures(s, a, E1),
    Action.DEFINE_METRIC: lambda s, a: metrics.define_metric(s, a, LOWER),
    Action.WRITE_GATE: lambda s, a: gates.create_gate(s, a, AURORA, a_gate_draft(title="New")),
    Action.WITHDRAW_GATE: lambda s, a: gates.ask_gate_withdrawal(s, a, G2, 1),
    Action.CONFIRM_GATE_WITHDRAWAL: lambda s, a: gates.confirm_gate_withdrawal(s, a, G1, 2),
    Action.PLAN_GATE: lambda s, a: gates.plan_gate(s, a, G2, a_plan(), 1),
    Action.ATTEST_GATE: lambda s, a: gates.attest_gate(s, a, G2, a_word()),
    Action.ASK_WAIVER: lambda s, a: waivers.ask_waiver(s, a, G2, WAIVER),
    Action.SIGN_WAIVER: lambda s, a: waivers.sign_waiver(s, a, 1, 1),
    Action.END_WAIVER: lambda s, a: waivers.end_waiver(s, a, 1, 1),
    Action.DETERMINE_THRESHOLD: lambda s, a: determinations.determine(s, a, AURORA, DETERMINED),
    Action.CONFIRM_DETERMINATION: lambda s, a: determinations.confirm_determination(s, a, 1, 1),
    Action.MANAGE_PEOPLE: lambda s, a: people.add_person(
        s, a, PersonDraft(key="zoe", name="Zoe", roles=frozenset({Role.VIEWER}))
    ),
    Action.SET_HOLDERS: lambda s, a: holders.withdraw_proposal(s, a, AURORA, OFFICER),
    Action.CONFIRM_HOLDERS: lambda s, a: holders.confirm_holder(s, a, AURORA, OFFICER),
    Action.CONFIRM_RELEASE: lambda s, a: mandatory.confirm_release(s, a, M1, AURORA, 2),
    Action.CONFIRM_GATE: lambda s, a: gates.confirm_gate(s, a, G2, 1),
    Action.REDEFINE_METRIC: _confirm_meaning,
    Action.WITHHOLD: lambda s, a: withholding.withhold_risk(s, a, R1, next(iter(WithheldClass)), 1),
    Action.START_REVIEW: lambda s, a: reviews.close_review(s, a, REV, 1),
    Action.MINUTE: lambda s, a: reviews.add_note(s, a, REV, "Somebody spoke."),
    Action.SIGN_OFF: lambda s, a: sign_offs.sign_off(s, a, METHOD, REV, reviewing.a_vote()),
    Action.ANSWER_OBJECTION: lambda s, a: sign_offs.answer_objection(s, a, 1, "It was large."),
    Action.RECOMMEND: lambda s, a: deciding.recommend(s, a, METHOD, REV, RECOMMENDATION),
    Action.DECIDE: lambda s, a: deciding.decide(s, a, METHOD, REV, reviewing.a_decision()),
    Action.SETTLE_CONDITION: lambda s, a: conditions.meet_condition(s, a, C1, 1),
    Action.REPORT_BREACH: lambda s, a: conditions.report_breach(s, a, C1),
    Action.ASK_ACCEPTANCE: lambda s, a: acceptances.ask_acceptance(
        s, a, METHOD.profile, R1, ACCEPTANCE
    ),
    Action.SIGN_ACCEPTANCE: lambda s, a: acceptances.sign_acceptance(s, a, METHOD.profile, A1, 1),
    Action.END_ACCEPTANCE: lambda s, a: acceptances.end_acceptance(s, a, A1, 1),
    Action.EXPOSE: lambda s, a: exposure.expose(s, a, AURORA, ExposureStage.STAGED_ROLLOUT, 1),
    Action.STEP_BACK: lambda s, a: exposure.step_back(s, a, AURORA, ExposureStep.PAUSE),
    Action.ASK_NEXT_STAGE: lambda s, a: exposure.ask_next_stage(
        s, a, AURORA, ExposureStage.GENERAL_AVAILABILITY, 1
    ),
    Action.EXPORT: _export,
}
"""What somebody without the right is refused, by action."""

ASKED_NOWHERE: Final[Mapping[Action, str]] = {
    Action.READ: "every active person of the register may, and pages are drawn for no other",
    Action.SEE_WITHHELD: "nobody is refused: others see the reference and a marker",
}
