"""Edits that better a verdict without new evidence or work, each on a launch that asks for it.

Every one is made of a wish and of what makes it count. Who does both alone gets nowhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from tests.cast import ADA, BEN, CLEO, DANA, GIL, TODAY
from tests.factories import AURORA, a_mitigation, a_placement, a_risk, an_assessment
from tests.services import reviewing
from tests.services.acts import act, mitigation_state, risk_state, state
from tests.services.evidence_files import (
    APPROVER,
    METRIC,
    OFFICER,
    TASK,
    TOOL,
    a_definition,
    a_file,
    a_gate,
    a_gate_draft,
    a_reading,
    a_run,
    an_attested_draft,
    as_role,
    imported,
)
from tests.services.strict_gates import the_gate
from tracker.domain.drafts import RiskChange, RiskClosure, ScopeDraft
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.gate_drafts import DeterminationDraft, GateChange, WaiverDraft
from tracker.domain.records import Actor
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.roles import Action
from tracker.domain.words import (
    Applicability,
    CloseReason,
    Confidence,
    Direction,
    EvidenceGrade,
    LaunchRoleName,
    ReasonCode,
    Role,
    Scale,
    ThresholdOutcome,
)
from tracker.services import (
    acceptances,
    determinations,
    gates,
    holders,
    mandatory,
    metrics,
    risks,
    scope,
    waivers,
)
from tracker.services.act import Act
from tracker.store.engine import Store

Step = Callable[[Store, Act], Any]
R1, R2, G2, M1 = f"{AURORA}/R-1", f"{AURORA}/R-2", f"{AURORA}/G-2", "M-1"
HIGH = (3, 4, 3, 3, 3)
OTHER = "answered"
WHY = "It is no longer so."
EVERY_ROLE: Final = tuple(Role)
OWNER = as_role(ADA, *EVERY_ROLE)
MANY_ROLES = as_role(BEN, *EVERY_ROLE)
SECOND = as_role(GIL, Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER)
LATER = TODAY + timedelta(days=30)


@dataclass(frozen=True)
class Edit:
    """One such edit.

    Attributes:
        flaw: Gives a launch that is Ready what the edit would take away.
        lifts: The reason that it would take away.
        ask: The wish.
        agree: What makes it count.
        by: Who agrees, one after the other; nobody can where there is none.
        reasoned: Whether the reason comes with the act, and not with its draft.
    """

    flaw: Callable[[Store], object]
    lifts: ReasonCode
    ask: Step
    agree: Step
    by: tuple[Actor, ...] = (SECOND,)
    reasoned: bool = False


def _not_applicable() -> ScopeDraft:
    return ScopeDraft(area="privacy", applicability=Applicability.NOT_APPLICABLE, reason=WHY)


def _scope_version(store: Store) -> int:
    found = next(one.scope for one in state(store).areas if one.area.code == "privacy")
    return found.version if found else 0


def privacy_in_scope(store: Store) -> None:
    """A policy area that was left out is in scope again."""
    draft = ScopeDraft(area="privacy", applicability=Applicability.IN_SCOPE)
    scope.decide_scope(store, act(BEN), AURORA, [draft], {"privacy": _scope_version(store)})


def an_area_without_a_risk(store: Store) -> None:
    """Nothing else is missing there than a risk and a run."""
    privacy_in_scope(store)
    draft = an_attested_draft(title="Privacy is reviewed", area="privacy")
    gates.create_gate(store, act(BEN), AURORA, draft)


def an_area_without_a_gate(store: Store) -> None:
    """It has an assessed risk, and evidence that a gate could read."""
    privacy_in_scope(store)
    ref = a_risk(store, area="privacy")
    an_assessment(store, ref, DANA, reviewing.LOW, grade=EvidenceGrade.A)


def a_wrong_meaning(store: Store) -> None:
    """A gate fails since somebody said that lower is better."""
    a_definition(store, Direction.LOWER, metric=OTHER)
    a_gate(store, title="Answers", metric=OTHER, threshold=0.05)
    imported(store, a_file("other.eval", a_run(a_reading(metric=OTHER))))


def a_failed_gate(store: Store) -> None:
    a_gate(store, title="Asks for more", task="another", threshold=0.95)
    imported(store, a_file("failed.eval", a_run(a_reading(500, task="another"))))


def a_threshold_reached(store: Store) -> None:
    """Cannot be left out since it is in scope, and nobody named a safeguard."""
    draft = ScopeDraft(area="cbrn", applicability=Applicability.IN_SCOPE)
    scope.decide_scope(store, act(BEN), AURORA, [draft], {"cbrn": 1})
    an_assessment(store, a_risk(store, area="cbrn"), DANA, reviewing.LOW, grade=EvidenceGrade.A)
    _determine(ThresholdOutcome.REACHED)(store, act(DANA))


def _determine(outcome: ThresholdOutcome) -> Step:
    draft = DeterminationDraft(
        area="cbrn", outcome=outcome, confidence=Confidence.HIGH, rationale=WHY
    )
    return lambda store, doing: determinations.determine(store, doing, AURORA, draft)


def _confirm_meaning(store: Store, doing: Act) -> Any:
    seen = next(one for one in metrics.metric_definitions(store) if one.metric == OTHER)
    return metrics.confirm_meaning(store, doing, seen)


def _assessed_by_its_owner(store: Store) -> None:
    an_assessment(store, a_risk(store), ADA, reviewing.LOW, grade=EvidenceGrade.A)


def _placed(store: Store) -> int:
    return mitigation_state(store, M1).placement.version


def _versioned(store: Store, ref: str) -> int:
    return the_gate(store, ref).version if "/G-" in ref else risk_state(store, ref).risk.version


def _high(store: Store) -> None:
    an_assessment(store, a_risk(store), DANA, HIGH, grade=EvidenceGrade.A)


def _sign(store: Store, doing: Act) -> Any:
    (found,) = [one.acceptance for one in state(store).acceptances]
    profile = reviewing.METHOD.profile
    return acceptances.sign_acceptance(store, doing, profile, found.ref, found.version)


def _sign_waiver(store: Store, doing: Act) -> Any:
    found = next(one.waiver for one in state(store).gates if one.gate.ref == G2)
    assert found is not None
    return waivers.sign_waiver(store, doing, found.waiver.id, found.waiver.version)


_TOUCH = RiskChange(also_touches=("privacy",))
_CLOSE = RiskClosure(close_reason=CloseReason.CANNOT_OCCUR, note=WHY)
_ANOTHER = MetricDefinitionDraft(
    tool=TOOL, metric=OTHER, direction=Direction.HIGHER, scale=Scale.SHARE
)
_WAIVE = WaiverDraft(reason=WHY, compensation="A person reads along.", until=LATER)
_ACCEPT = AcceptanceDraft(justification=WHY, fails_if=("A complaint.",), until=LATER)
_LATE = a_gate_draft(title="Late", area="privacy", task=TASK, metric=METRIC)
_L = LaunchRoleName.LAUNCH_OWNER

EDITS: Final[Mapping[str, Edit]] = {
    "take a mandatory mark away": Edit(
        lambda s: a_placement(s, a_mitigation(s), mandatory=True),
        ReasonCode.MANDATORY_NOT_VERIFIED,
        lambda s, a: mandatory.ask_release(s, a, M1, AURORA, _placed(s)),
        lambda s, a: mandatory.confirm_release(s, a, M1, AURORA, _placed(s)),
        reasoned=True,
    ),
    "withdraw a gate": Edit(
        lambda s: gates.create_gate(s, act(BEN), AURORA, an_attested_draft()),
        ReasonCode.GATE_NOT_PASSED,
        lambda s, a: gates.ask_gate_withdrawal(s, a, G2, _versioned(s, G2)),
        lambda s, a: gates.confirm_gate_withdrawal(s, a, G2, _versioned(s, G2)),
        reasoned=True,
    ),
    "demote a gate": Edit(
        a_failed_gate,
        ReasonCode.GATE_NOT_PASSED,
        lambda s, a: gates.edit_gate(s, a, G2, GateChange(must_pass=False), _versioned(s, G2)),
        lambda s, a: gates.edit_gate(s, a, G2, GateChange(threshold=0.1), _versioned(s, G2)),
        by=(),
    ),
    "waive a gate": Edit(
        a_failed_gate,
        ReasonCode.GATE_NOT_PASSED,
        lambda s, a: waivers.ask_waiver(s, a, G2, _WAIVE),
        _sign_waiver,
        by=(OFFICER, APPROVER),
    ),
    "write a gate after its evidence": Edit(
        an_area_without_a_gate,
        ReasonCode.AREA_WITHOUT_GATE,
        lambda s, a: gates.create_gate(s, a, AURORA, _LATE),
        lambda s, a: gates.confirm_gate(s, a, G2, _versioned(s, G2)),
    ),
    "close a risk": Edit(
        lambda s: a_risk(s),
        ReasonCode.RISK_UNASSESSED,
        lambda s, a: risks.ask_closure(s, a, R2, _CLOSE, _versioned(s, R2)),
        lambda s, a: risks.confirm_closure(s, a, R2, _versioned(s, R2)),
    ),
    "leave a policy area out": Edit(
        privacy_in_scope,
        ReasonCode.AREA_WITHOUT_RISK,
        lambda s, a: scope.decide_scope(
            s, a, AURORA, [_not_applicable()], {"privacy": _scope_version(s)}
        ),
        lambda s, a: scope.confirm_scope(s, a, AURORA, "privacy", _scope_version(s)),
    ),
    "label an assessed risk": Edit(
        an_area_without_a_risk,
        ReasonCode.AREA_WITHOUT_RISK,
        lambda s, a: risks.edit_risk(s, a, R1, _TOUCH, _versioned(s, R1)),
        lambda s, a: risks.edit_risk(s, a, R1, _TOUCH, _versioned(s, R1)),
        by=(),
    ),
    "give a metric another meaning": Edit(
        a_wrong_meaning,
        ReasonCode.GATE_NOT_PASSED,
        lambda s, a: metrics.propose_meaning(s, a, _ANOTHER),
        _confirm_meaning,
        reasoned=True,
    ),
    "lower a determination": Edit(
        a_threshold_reached,
        ReasonCode.SAFEGUARD_NOT_NAMED,
        _determine(ThresholdOutcome.BELOW),
        lambda s, a: determinations.confirm_determination(s, a, 2, 1),
    ),
    "hand the launch over": Edit(
        _assessed_by_its_owner,
        ReasonCode.RISK_UNASSESSED,
        lambda s, a: holders.propose_holder(s, a, AURORA, _L, CLEO.key),
        lambda s, a: holders.confirm_holder(s, a, AURORA, _L),
        reasoned=True,
    ),
    "accept a High": Edit(
        _high,
        ReasonCode.HIGH_NOT_ACCEPTED,
        lambda s, a: acceptances.ask_acceptance(s, a, reviewing.METHOD.profile, R2, _ACCEPT),
        _sign,
        by=(OFFICER, APPROVER),
    ),
}
"""Every edit that could better a verdict, by what it does."""

COVERED: Final[Mapping[Action, tuple[str, ...]]] = {
    Action.SET_MANDATORY: ("take a mandatory mark away",),
    Action.CONFIRM_RELEASE: ("take a mandatory mark away",),
    Action.WITHDRAW_GATE: ("withdraw a gate",),
    Action.CONFIRM_GATE_WITHDRAWAL: ("withdraw a gate",),
    Action.WRITE_GATE: ("demote a gate", "write a gate after its evidence"),
    Action.CONFIRM_GATE: ("write a gate after its evidence",),
    Action.ASK_WAIVER: ("waive a gate",),
    Action.SIGN_WAIVER: ("waive a gate",),
    Action.CLOSE_RISK: ("close a risk",),
    Action.CONFIRM_CLOSURE: ("close a risk",),
    Action.DECIDE_SCOPE: ("leave a policy area out",),
    Action.CONFIRM_SCOPE: ("leave a policy area out",),
    Action.EDIT_RISK: ("label an assessed risk",),
    Action.DEFINE_METRIC: ("give a metric another meaning",),
    Action.REDEFINE_METRIC: ("give a metric another meaning",),
    Action.DETERMINE_THRESHOLD: ("lower a determination",),
    Action.CONFIRM_DETERMINATION: ("lower a determination",),
    Action.SET_HOLDERS: ("hand the launch over",),
    Action.CONFIRM_HOLDERS: ("hand the launch over",),
    Action.ASK_ACCEPTANCE: ("accept a High",),
    Action.SIGN_ACCEPTANCE: ("accept a High",),
}
"""The edits that an action is part of."""

_WORK = "work, or evidence of it"
_ANSWER = "says something about a verdict and is no part of it"
_WORSE = "can only make a verdict worse"
NO_SUCH_EDIT: Final[Mapping[Action, str]] = {
    Action.CREATE_LAUNCH: "another launch, on which everything is still to do",
    Action.EDIT_LAUNCH: "another release is another question: what is on record about it answers",
    Action.ASSESS: _WORK,
    Action.CONFIRM_ASSESSMENT: "an assessor judges again, with a reason",
    Action.EDIT_MITIGATION: "what is verified counts as it was verified",
    Action.VERIFY_MITIGATION: _WORK,
    Action.IMPORT_EVIDENCE: _WORK,
    Action.CORRECT_EVIDENCE: "tests/readiness/test_never_better.py: taking evidence back",
    Action.LINK_EVIDENCE: _ANSWER,
    Action.STATE_EQUIVALENCE: "by a second person already: not the importer, not the owner",
    Action.CONFIRM_EVIDENCE: "by a second person already: not the importer, not the owner",
    Action.PLAN_GATE: "planned holds as missing does",
    Action.ATTEST_GATE: _WORK,
    Action.END_WAIVER: _WORSE,
    Action.MANAGE_PEOPLE: "a role in the register alone passes and lifts nothing",
    Action.WITHHOLD: "hides detail, and never its effect",
    Action.SEE_WITHHELD: "reading",
    Action.START_REVIEW: _ANSWER,
    Action.MINUTE: _ANSWER,
    Action.SIGN_OFF: _ANSWER,
    Action.ANSWER_OBJECTION: _ANSWER,
    Action.RECOMMEND: _ANSWER,
    Action.DECIDE: _ANSWER,
    Action.SETTLE_CONDITION: "work, shown to somebody who does not own the condition",
    Action.REPORT_BREACH: _WORSE,
    Action.END_ACCEPTANCE: _WORSE,
    Action.EXPOSE: _ANSWER,
    Action.STEP_BACK: _ANSWER,
    Action.ASK_NEXT_STAGE: _WORSE,
    Action.EXPORT: "reading",
    Action.READ: "reading",
}
"""Why an action is part of none."""
