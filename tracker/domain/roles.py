"""Who may do what: the one table of roles and actions, from which the docs print theirs."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from tracker.domain.errors import NotPermitted
from tracker.domain.records import Actor, LaunchRecord
from tracker.domain.words import LaunchRoleName, Role


class Action(StrEnum):
    """Everything that a service may be asked to do."""

    CREATE_LAUNCH = "create a launch"
    EDIT_LAUNCH = "edit a launch"
    DECIDE_SCOPE = "decide the scope of a policy area"
    CONFIRM_SCOPE = "confirm a scope decision"
    EDIT_RISK = "create or edit a risk"
    CLOSE_RISK = "ask to close a risk, or re-open one"
    CONFIRM_CLOSURE = "confirm the closure of a risk"
    ASSESS = "assess a risk"
    CONFIRM_ASSESSMENT = "confirm an outdated assessment"
    EDIT_MITIGATION = "create or edit a mitigation and its status"
    SET_MANDATORY = "mark a mitigation mandatory, or take the mark away"
    VERIFY_MITIGATION = "verify a mitigation"
    IMPORT_EVIDENCE = "import evidence"
    CORRECT_EVIDENCE = "withdraw or re-map evidence"
    LINK_EVIDENCE = "link evidence to risks"
    STATE_EQUIVALENCE = "state why a run about another release counts"
    CONFIRM_EVIDENCE = "confirm self-reported figures"
    DEFINE_METRIC = "say which way a metric is good"
    WRITE_GATE = "write or tighten a gate"
    WITHDRAW_GATE = "ask to withdraw a gate"
    CONFIRM_GATE_WITHDRAWAL = "confirm the withdrawal of a gate"
    PLAN_GATE = "plan the run of a gate"
    ATTEST_GATE = "attest a gate"
    ASK_WAIVER = "ask for the waiver of a gate"
    SIGN_WAIVER = "sign the waiver of a gate"
    END_WAIVER = "end the waiver of a gate"
    DETERMINE_THRESHOLD = "determine a frontier threshold"
    CONFIRM_DETERMINATION = "confirm a lower determination"
    MANAGE_PEOPLE = "add people and teams, give roles, deactivate"
    SET_HOLDERS = "propose who holds a role on a launch"
    CONFIRM_HOLDERS = "confirm who holds a role on a launch"
    CONFIRM_RELEASE = "confirm that a mandatory mark goes"
    CONFIRM_GATE = "confirm a gate that was written after its evidence"
    REDEFINE_METRIC = "confirm a new meaning of a metric"
    WITHHOLD = "withhold the detail of a risk or of evidence, or show it again"
    SEE_WITHHELD = "see withheld detail"
    START_REVIEW = "start a review, renew its snapshot or close it"
    MINUTE = "write the minutes of a review meeting"
    SIGN_OFF = "sign off"
    ANSWER_OBJECTION = "answer an objection"
    RECOMMEND = "recommend a decision"
    DECIDE = "decide"
    SETTLE_CONDITION = "say that a condition is met"
    REPORT_BREACH = "report a breached condition or a fired failure condition"
    ASK_ACCEPTANCE = "ask to accept a residual risk"
    SIGN_ACCEPTANCE = "sign the acceptance of a residual risk"
    END_ACCEPTANCE = "end the acceptance of a residual risk"
    EXPOSE = "record an exposure stage"
    STEP_BACK = "pause, roll back or withdraw"
    ASK_NEXT_STAGE = "ask for the next stage"
    EXPORT = "export a readiness summary"
    READ = "read the register"


_L = LaunchRoleName
_EVERYBODY: tuple[Role | LaunchRoleName, ...] = (*Role, *LaunchRoleName)
_WORKERS: frozenset[Role | LaunchRoleName] = frozenset(
    {
        *(Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR, Role.MITIGATION_OWNER, Role.REVIEWER),
        _L.LAUNCH_OWNER,
    }
)
_CHECKERS: frozenset[Role | LaunchRoleName] = frozenset(
    {Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER}
)

_SIGNERS: frozenset[Role | LaunchRoleName] = frozenset(
    {Role.AREA_LEAD, Role.REVIEWER, _L.RESPONSIBLE_OFFICER, _L.APPROVER}
)

PERMISSIONS: Final[Mapping[Action, Collection[Role | LaunchRoleName]]] = {
    Action.CREATE_LAUNCH: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.MITIGATION_OWNER}),
    Action.EDIT_LAUNCH: frozenset({Role.POLICY_LEAD, _L.LAUNCH_OWNER}),
    Action.DECIDE_SCOPE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, _L.LAUNCH_OWNER}),
    Action.CONFIRM_SCOPE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.EDIT_RISK: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR, _L.LAUNCH_OWNER}),
    Action.CLOSE_RISK: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, _L.LAUNCH_OWNER}),
    Action.CONFIRM_CLOSURE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.ASSESS: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR, _L.LAUNCH_OWNER}),
    Action.CONFIRM_ASSESSMENT: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR}),
    Action.EDIT_MITIGATION: frozenset(
        {Role.POLICY_LEAD, Role.AREA_LEAD, Role.MITIGATION_OWNER, _L.LAUNCH_OWNER}
    ),
    Action.SET_MANDATORY: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.VERIFY_MITIGATION: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER}),
    Action.IMPORT_EVIDENCE: _WORKERS,
    Action.CORRECT_EVIDENCE: _WORKERS,
    Action.LINK_EVIDENCE: _WORKERS,
    Action.STATE_EQUIVALENCE: _CHECKERS,
    Action.CONFIRM_EVIDENCE: _CHECKERS,
    Action.DEFINE_METRIC: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR}),
    Action.WRITE_GATE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.WITHDRAW_GATE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, _L.LAUNCH_OWNER}),
    Action.CONFIRM_GATE_WITHDRAWAL: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.PLAN_GATE: _WORKERS,
    Action.ATTEST_GATE: _CHECKERS,
    Action.ASK_WAIVER: frozenset(
        {Role.POLICY_LEAD, Role.AREA_LEAD, Role.MITIGATION_OWNER, _L.LAUNCH_OWNER}
    ),
    Action.SIGN_WAIVER: frozenset({_L.RESPONSIBLE_OFFICER, _L.APPROVER}),
    Action.END_WAIVER: frozenset({Role.POLICY_LEAD, _L.RESPONSIBLE_OFFICER, _L.APPROVER}),
    Action.DETERMINE_THRESHOLD: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.ASSESSOR}),
    Action.CONFIRM_DETERMINATION: _CHECKERS,
    Action.MANAGE_PEOPLE: frozenset({Role.ADMIN, Role.POLICY_LEAD}),
    Action.SET_HOLDERS: frozenset({Role.ADMIN, Role.POLICY_LEAD}),
    Action.CONFIRM_HOLDERS: frozenset({Role.ADMIN, Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.CONFIRM_RELEASE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD}),
    Action.CONFIRM_GATE: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER}),
    Action.REDEFINE_METRIC: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER}),
    Action.WITHHOLD: frozenset({Role.POLICY_LEAD, Role.AREA_LEAD, _L.RESPONSIBLE_OFFICER}),
    Action.SEE_WITHHELD: frozenset(
        {Role.POLICY_LEAD, Role.AUDITOR, _L.RESPONSIBLE_OFFICER, _L.APPROVER}
    ),
    Action.START_REVIEW: frozenset({Role.POLICY_LEAD}),
    Action.MINUTE: frozenset({Role.POLICY_LEAD, Role.REVIEWER, _L.RESPONSIBLE_OFFICER}),
    Action.SIGN_OFF: _SIGNERS,
    Action.ANSWER_OBJECTION: frozenset({Role.POLICY_LEAD, _L.LAUNCH_OWNER, _L.APPROVER}),
    Action.RECOMMEND: frozenset({Role.POLICY_LEAD, Role.REVIEWER, _L.RESPONSIBLE_OFFICER}),
    Action.DECIDE: frozenset({_L.APPROVER}),
    Action.SETTLE_CONDITION: _CHECKERS,
    Action.REPORT_BREACH: _WORKERS | {_L.RESPONSIBLE_OFFICER, _L.APPROVER},
    Action.ASK_ACCEPTANCE: frozenset(
        {Role.POLICY_LEAD, Role.AREA_LEAD, Role.MITIGATION_OWNER, _L.LAUNCH_OWNER}
    ),
    Action.SIGN_ACCEPTANCE: frozenset(
        {Role.POLICY_LEAD, Role.AREA_LEAD, _L.RESPONSIBLE_OFFICER, _L.APPROVER}
    ),
    Action.END_ACCEPTANCE: frozenset({Role.POLICY_LEAD, _L.RESPONSIBLE_OFFICER, _L.APPROVER}),
    Action.EXPOSE: frozenset({Role.POLICY_LEAD, _L.LAUNCH_OWNER}),
    Action.STEP_BACK: _WORKERS | {_L.RESPONSIBLE_OFFICER, _L.APPROVER},
    Action.ASK_NEXT_STAGE: frozenset({Role.POLICY_LEAD, _L.LAUNCH_OWNER}),
    Action.EXPORT: _EVERYBODY,
    Action.READ: _EVERYBODY,
}

BARRED_FOR_LAUNCH_OWNER: Final = frozenset(
    {
        Action.CONFIRM_SCOPE,
        Action.CONFIRM_CLOSURE,
        Action.SET_MANDATORY,
        Action.VERIFY_MITIGATION,
        Action.STATE_EQUIVALENCE,
        Action.CONFIRM_EVIDENCE,
        Action.WRITE_GATE,
        Action.CONFIRM_GATE_WITHDRAWAL,
        Action.ATTEST_GATE,
        Action.SIGN_WAIVER,
        Action.DETERMINE_THRESHOLD,
        Action.CONFIRM_DETERMINATION,
        Action.CONFIRM_HOLDERS,
        Action.CONFIRM_RELEASE,
        Action.CONFIRM_GATE,
        Action.REDEFINE_METRIC,
        Action.START_REVIEW,
        Action.SIGN_OFF,
        Action.RECOMMEND,
        Action.DECIDE,
        Action.SETTLE_CONDITION,
    }
)
"""Actions that the owner of a launch may not take on it, whatever else they are."""


def allows(action: Action, role: Role | LaunchRoleName) -> bool:
    """Tell whether a role may do this.

    Compared by identity: an approver of the register and the approver of a launch share their
    name, and the one is not the other.
    """
    return any(allowed is role for allowed in PERMISSIONS[action])


def may(actor: Actor, action: Action, launch: LaunchRecord | None = None) -> bool:
    """Tell whether the acting person may do this, on this launch or in general."""
    held = _roles(actor, launch)
    if LaunchRoleName.LAUNCH_OWNER in held and action in BARRED_FOR_LAUNCH_OWNER:
        return False
    return actor.person.active and any(allows(action, role) for role in held)


def require(actor: Actor, action: Action, launch: LaunchRecord | None = None) -> None:
    """Refuse the action unless the acting person may do it.

    Raises:
        NotPermitted: Saying who may.
    """
    if may(actor, action, launch):
        return
    where = f" on {launch.name}" if launch else ""
    barred = " but never its launch owner" if action in BARRED_FOR_LAUNCH_OWNER else ""
    raise NotPermitted(
        f"{actor.person.name} may not {action}{where}.",
        f"Ask somebody who is {_listed(PERMISSIONS[action])}{barred}.",
    )


def _roles(actor: Actor, launch: LaunchRecord | None) -> list[Role | LaunchRoleName]:
    on_launch = launch.holders.items() if launch else ()
    return [*actor.person.roles, *(role for role, person in on_launch if person == actor.key)]


def _listed(roles: Collection[Role | LaunchRoleName]) -> str:
    names = sorted({str(role) for role in roles})
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
