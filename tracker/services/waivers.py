"""Letting a launch pass a gate that is not passed, for a time: asked for, signed twice, ended."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.gate_drafts import WaiverDraft
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import WAIVER_DAYS, WaiverRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.roles import Action, require
from tracker.domain.words import GateState, GateType, LaunchRoleName, Origin, WaiverState
from tracker.readiness.gate_words import threshold_words
from tracker.readiness.gates import gate_statuses
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import GateWaiver, launch_of
from tracker.store.writes import next_run_number


@dataclass(frozen=True, slots=True)
class SeenGate:
    """What the acting person looked at: the gate's row version and state, and the release."""

    version: int
    state: GateState
    release: Release


def ask_waiver(
    store: Store, act: Act, gate_ref: str, draft: WaiverDraft, seen: SeenGate | None = None
) -> str:
    """Ask to let the launch pass a gate; it counts once officer and approver have signed.

    The waiver names the state, the run and the threshold that it overrides, as they are inside
    the transaction.

    Args:
        store: The register.
        act: Who asks, and when.
        gate_ref: The gate.
        draft: Why, what compensates, and until when.
        seen: What the acting person looked at; not compared if left out.

    Returns:
        The number of the waiver.

    Raises:
        NotPermitted: The acting person may not ask for waivers here.
        StaleEdit: Gate, state or release changed since the acting person looked.
        RuleViolation: The gate is withdrawn, passed or of a zero-tolerance area, or a waiver of it
            is asked for or in force.
        InvalidInput: The last day has passed or is more than 90 days away.
    """
    reasoned = act.because(draft.reason)

    def work(session: Session) -> str:
        launch = queries.get_launch(session, queries.get_gate(session, gate_ref).launch)
        require(act.actor, Action.ASK_WAIVER, launch)
        status = _status_within(session, act, gate_ref)
        _require_as_seen(status, launch, seen)
        _require_waivable(status)
        _require_time(act, draft)
        row = _row(act, status, launch, draft)
        row.latest_run = next_run_number(session, launch.key) - 1
        session.add(row)
        session.flush()
        return str(row.id)

    return perform(store, reasoned, Action.ASK_WAIVER, work)


def sign_waiver(store: Store, act: Act, waiver_id: int, version: int) -> str:
    """Sign a waiver as the launch's responsible officer or as its approver.

    Raises:
        SelfApproval: The acting person asked for it.
        NotPermitted: The acting person is neither officer nor approver of the launch.
        StaleEdit: Somebody signed or ended it since the acting person read it.
        RuleViolation: It counts no more, or is signed in this role already.
    """

    def work(session: Session) -> str:
        waiver = queries.get_waiver(session, waiver_id)
        launch = queries.get_launch(session, launch_of(waiver.gate))
        if act.actor.key == waiver.requested_by:
            raise SelfApproval(
                f"{act.actor.person.name} asked for this waiver.",
                "The responsible officer and the approver of the launch sign it.",
            )
        require(act.actor, Action.SIGN_WAIVER, launch)
        row = _fresh_row(session, waiver, version)
        _require_signable(_status_within(session, act, waiver.gate), waiver)
        _sign(row, act, launch)
        return waiver.gate

    return perform(store, act, Action.SIGN_WAIVER, work)


def end_waiver(store: Store, act: Act, waiver_id: int, version: int) -> str:
    """End a waiver before its day, or take back the wish for one; needs a reason.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not end waivers here.
        StaleEdit: Somebody signed or ended it since the acting person read it.
        RuleViolation: It was ended already.
    """

    def work(session: Session) -> str:
        act.require_reason("ending a waiver")
        waiver = queries.get_waiver(session, waiver_id)
        launch = queries.get_launch(session, launch_of(waiver.gate))
        require(act.actor, Action.END_WAIVER, launch)
        row = _fresh_row(session, waiver, version)
        if waiver.ended_by is not None:
            raise RuleViolation(f"This waiver of {waiver.gate} was ended already.")
        row.ended_by = act.actor.key
        return waiver.gate

    return perform(store, act, Action.END_WAIVER, work)


def _status_within(session: Session, act: Act, ref: str) -> GateStatus:
    """Return what the gate is today, as the transaction sees it."""
    (inputs,) = queries.launch_inputs(session, [launch_of(ref)])
    statuses = gate_statuses(
        inputs,
        queries.policy_areas(session),
        queries.metric_definitions(session),
        inputs.launch.as_of or act.at.date(),
    )
    return next(status for status in statuses if status.gate.ref == ref)


def _require_as_seen(status: GateStatus, launch: LaunchRecord, seen: SeenGate | None) -> None:
    if seen not in (None, SeenGate(status.gate.version, status.state, launch.release)):
        raise StaleEdit("gate", status.gate.ref)


def _require_waivable(status: GateStatus) -> None:
    ref = status.gate.ref
    if status.gate.withdrawn:
        raise RuleViolation(f"{ref} is withdrawn; there is nothing to waive.")
    if status.area.gate_type is GateType.ZERO_TOLERANCE:
        raise RuleViolation(
            f"{ref} cannot be waived: {status.area.name} tolerates no failure.",
            "Only newer evidence passes it.",
        )
    if status.state is GateState.PASSED:
        raise RuleViolation(f"{ref} is passed; there is nothing to waive.")
    if status.waiver is not None and status.waiver.state is not WaiverState.ENDED:
        raise RuleViolation(
            f"A waiver of {ref} is {status.waiver.state} already.",
            "Sign that one, or end it before another is asked for.",
        )


def _require_time(act: Act, draft: WaiverDraft) -> None:
    today = act.at.date()
    last = today + timedelta(days=WAIVER_DAYS)
    if draft.until < today:
        raise InvalidInput({"until": f"{draft.until.isoformat()} has passed"})
    if draft.until > last:
        raise InvalidInput(
            {
                "until": f"a waiver lasts at most {WAIVER_DAYS} days, until {last.isoformat()} "
                "if asked for today"
            }
        )


def _require_signable(status: GateStatus, waiver: WaiverRecord) -> None:
    latest = status.waiver
    if latest is None or latest.waiver.id != waiver.id:
        raise RuleViolation(
            f"A later waiver of {waiver.gate} was asked for.", "Look at that one instead."
        )
    if latest.state is WaiverState.ENDED:
        raise RuleViolation(
            f"This waiver of {waiver.gate} counts no more: {latest.why}.", "Ask for a new one."
        )


def _fresh_row(session: Session, waiver: WaiverRecord, version: int) -> GateWaiver:
    if waiver.version != version:
        raise StaleEdit("waiver", f"of {waiver.gate}")
    return session.get_one(GateWaiver, waiver.id)


def _sign(row: GateWaiver, act: Act, launch: LaunchRecord) -> None:
    """Write the signature of the role that the acting person holds; they hold exactly one."""
    as_officer = launch.holders.get(LaunchRoleName.RESPONSIBLE_OFFICER) == act.actor.key
    if not as_officer and launch.holders.get(LaunchRoleName.APPROVER) != act.actor.key:
        raise NotPermitted(  # the register's approvers bear the same word as the launch's
            f"{act.actor.person.name} is not the approver of {launch.name}.",
            "Ask the responsible officer or the approver of the launch.",
        )
    if (row.officer if as_officer else row.approver) is not None:
        role = LaunchRoleName.RESPONSIBLE_OFFICER if as_officer else LaunchRoleName.APPROVER
        raise RuleViolation(f"The {role} has signed this waiver already.")
    if as_officer:
        row.officer = act.actor.key
    else:
        row.approver = act.actor.key


def _row(act: Act, status: GateStatus, launch: LaunchRecord, draft: WaiverDraft) -> GateWaiver:
    return GateWaiver(
        gate=status.gate.ref,
        state=status.state,
        evidence=status.run.ref if status.run else None,
        threshold=threshold_words(status.gate, status.definition),
        **draft.model_dump(),
        requested_by=act.actor.key,
        requested_at=act.at,
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        origin=Origin.ENTERED,
    )
