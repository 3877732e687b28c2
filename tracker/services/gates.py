"""Writing, tightening, planning, attesting and withdrawing launch criteria; never loosening."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.gate_drafts import AttestationDraft, GateChange, GateDraft, PlannedRunDraft
from tracker.domain.gates import GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.roles import Action, require
from tracker.domain.words import GateKind, Origin
from tracker.services.act import Act, perform
from tracker.services.gate_rows import (
    add_gate,
    direction_of,
    has_evidence,
    in_words,
    require_fitting_area,
    require_free_title,
    require_no_looser_twin,
    require_not_looser_than_withdrawn,
    require_sound,
)
from tracker.services.gate_strictness import looser_in
from tracker.services.second_person import require_not_owner
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Gate, GateAttestation
from tracker.store.writes import next_run_number


def create_gate(store: Store, act: Act, launch: str, draft: GateDraft) -> str:
    """Write a launch criterion and return its reference, such as `gpt-4v-2023-09/G-3`.

    Raises:
        NotFound: The launch does not exist.
        SelfApproval: The acting person owns the launch.
        NotPermitted: The acting person may not write gates.
        InvalidInput: The area is unknown, the title is taken, the metric is undefined, a figure
            lies outside the metric's scale, or the baseline does not hold the metric.
        RuleViolation: There is evidence, and a withdrawn gate of the same slot asked for more.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require_not_owner(act, record, "write its gates")
        require(act.actor, Action.WRITE_GATE, record)
        require_fitting_area(queries.policy_areas(session), draft)
        require_free_title(session, launch, draft.title)
        require_sound(session, draft)
        require_not_looser_than_withdrawn(session, launch, draft)
        return add_gate(session, act, launch, draft, after_run=_latest_run(session, launch))

    return perform(store, act, Action.WRITE_GATE, work)


def edit_gate(store: Store, act: Act, ref: str, change: GateChange, version: int) -> str:
    """Word a gate anew or tighten it.

    Raises:
        StaleEdit: Somebody changed the gate since the acting person opened it.
        SelfApproval: The acting person owns the launch.
        RuleViolation: The gate is withdrawn, would ask for less than it does, or becomes must-pass
            after its evidence by somebody who did not write it.
        InvalidInput: The title is taken, or the new figures are not sound.
    """

    def work(session: Session) -> str:
        gate, row = _gate_for(session, act, ref, version, Action.WRITE_GATE)
        changed = _changed(gate, change)
        require_free_title(session, gate.launch, change.title, but=ref)
        require_sound(session, changed)
        _require_not_looser(session, changed, gate)
        if changed.must_pass and not gate.must_pass:
            row.after_run = _known_when_raised(session, act, gate)
        for field in change.model_fields_set:
            setattr(row, field, getattr(changed, field))
        return ref

    return perform(store, act, Action.WRITE_GATE, work)


def confirm_gate(store: Store, act: Act, ref: str, version: int) -> str:
    """Confirm a gate that was written after its evidence, so that this evidence may pass it.

    Raises:
        SelfApproval: The acting person wrote the gate or owns the launch.
        NotPermitted: The acting person may not confirm gates.
        StaleEdit: Somebody changed the gate since the acting person read it.
        RuleViolation: The gate is withdrawn or confirmed, or there was nothing before it.
    """

    def work(session: Session) -> str:
        if act.actor.key == queries.get_gate(session, ref).written_by:
            raise SelfApproval(
                f"{act.actor.person.name} wrote {ref}.",
                "A second person who is not the launch owner has to confirm it.",
            )
        gate, row = _gate_for(session, act, ref, version, Action.CONFIRM_GATE)
        if gate.confirmed_by is not None:
            raise RuleViolation(f"{ref} is confirmed already.")
        if gate.kind is GateKind.ATTESTED or not gate.after_run:
            raise RuleViolation(f"{ref} was written before its evidence; it needs nobody else.")
        row.confirmed_by = act.actor.key
        return ref

    return perform(store, act, Action.CONFIRM_GATE, work)


def plan_gate(store: Store, act: Act, ref: str, draft: PlannedRunDraft, version: int) -> str:
    """Book a run, or an attestation, for a day to come; a later plan takes its place.

    Raises:
        StaleEdit: Somebody changed the gate since the acting person opened it.
        RuleViolation: The gate is withdrawn.
        InvalidInput: The day has passed, nobody active is named, or n is given for an attestation.
    """

    def work(session: Session) -> str:
        gate, row = _gate_for(session, act, ref, version, Action.PLAN_GATE)
        _require_plannable(session, act, gate, draft)
        row.planned_on, row.planned_by, row.planned_n = draft.on, draft.by, draft.n
        return ref

    return perform(store, act, Action.PLAN_GATE, work)


def ask_gate_withdrawal(store: Store, act: Act, ref: str, version: int) -> str:
    """Ask to take a gate away; it counts until a second person confirms.

    Raises:
        StaleEdit: Somebody changed the gate since the acting person opened it.
        InvalidInput: There is no reason.
        RuleViolation: It is withdrawn or asked for already, or a gate that reads the same evidence
            asks for less.
    """

    def work(session: Session) -> str:
        act.require_reason("asking to withdraw a gate")
        gate, row = _gate_for(session, act, ref, version, Action.WITHDRAW_GATE)
        if gate.withdrawal_asked_by is not None:
            raise RuleViolation(
                f"Somebody asked to withdraw {ref} already.", "A second person has to confirm it."
            )
        require_no_looser_twin(session, gate)
        row.withdrawal_asked_by = act.actor.key
        row.withdrawal_reason = act.reason.strip()
        return ref

    return perform(store, act, Action.WITHDRAW_GATE, work)


def confirm_gate_withdrawal(store: Store, act: Act, ref: str, version: int) -> str:
    """Take away a gate that somebody else asked to withdraw; it stays listed.

    Raises:
        SelfApproval: The acting person asked for it or owns the launch.
        StaleEdit: Somebody changed the gate since the acting person read it.
        RuleViolation: Nobody asked, it is withdrawn already, or a gate that reads the same
            evidence asks for less.
    """

    def work(session: Session) -> str:
        asked_by = queries.get_gate(session, ref).withdrawal_asked_by
        if act.actor.key == asked_by:
            raise SelfApproval(
                f"{act.actor.person.name} asked to withdraw {ref}.",
                "A second person who is not the launch owner has to confirm it.",
            )
        gate, row = _gate_for(session, act, ref, version, Action.CONFIRM_GATE_WITHDRAWAL)
        if gate.withdrawal_asked_by is None:
            raise RuleViolation(f"Nobody has asked to withdraw {ref}.", "Ask for it first.")
        require_no_looser_twin(session, gate)
        row.withdrawal_confirmed_by = act.actor.key
        return ref

    return perform(store, act, Action.CONFIRM_GATE_WITHDRAWAL, work)


def attest_gate(
    store: Store, act: Act, ref: str, draft: AttestationDraft, release: Release | None = None
) -> str:
    """Give one's word on whether a gate is met, for the release that the launch asks to let out.

    Args:
        store: The register.
        act: Who attests, and when.
        ref: The gate.
        draft: The word given, the document it rests on, and until when.
        release: What the acting person saw as the launch's release; not compared if left out.

    Raises:
        SelfApproval: The acting person owns the launch.
        StaleEdit: The release changed since the acting person looked.
        RuleViolation: The gate is withdrawn, or reads a metric.
        InvalidInput: It would have expired already.
    """

    def work(session: Session) -> str:
        gate = queries.get_gate(session, ref)
        launch = _permitted(session, act, gate, Action.ATTEST_GATE)
        if release not in (None, launch.release):
            raise StaleEdit("launch", launch.key)
        if gate.kind is not GateKind.ATTESTED:
            raise RuleViolation(f"{ref} reads a metric; nobody's word passes it.", "Import a run.")
        if draft.expires < act.at.date():
            raise InvalidInput({"expires": f"{draft.expires.isoformat()} has passed"})
        session.add(_attestation(act, ref, launch, draft))
        return ref

    return perform(store, act, Action.ATTEST_GATE, work)


def _gate_for(
    session: Session, act: Act, ref: str, version: int, action: Action
) -> tuple[GateRecord, Gate]:
    gate = queries.get_gate(session, ref)
    _permitted(session, act, gate, action)
    if gate.version != version:
        raise StaleEdit("gate", ref)
    return gate, session.get_one(Gate, ref)


def _permitted(session: Session, act: Act, gate: GateRecord, action: Action) -> LaunchRecord:
    launch = queries.get_launch(session, gate.launch)
    barred = {
        Action.WRITE_GATE: "change its gates",
        Action.CONFIRM_GATE: "confirm it",
        Action.CONFIRM_GATE_WITHDRAWAL: "confirm it",
        Action.ATTEST_GATE: "attest it",
    }
    if action in barred:
        require_not_owner(act, launch, barred[action])
    require(act.actor, action, launch)
    if gate.withdrawn:
        raise RuleViolation(f"{gate.ref} is withdrawn; it stays as it was.", "Write a new gate.")
    return launch


def _changed(gate: GateRecord, change: GateChange) -> GateRecord:
    """Return the gate as it would be; what can never be empty stays where nothing is given."""
    given: Mapping[str, Any] = change.model_dump(exclude_unset=True)
    may_be_empty = {"min_n", "max_age_days", "baseline", "margin"}
    empty = [field for field, value in given.items() if value is None and field not in may_be_empty]
    if empty:
        raise InvalidInput(dict.fromkeys(empty, "cannot be left empty"))
    changed = replace(gate, **given)
    if (changed.baseline is None) != (changed.margin is None):
        raise InvalidInput({"margin": "a baseline and the margin against it are given together"})
    measured = (changed.threshold, changed.min_n, changed.baseline)
    if gate.kind is GateKind.ATTESTED and any(value is not None for value in measured):
        raise InvalidInput({"threshold": "an attested gate has no threshold, n or baseline"})
    return changed


def _latest_run(session: Session, launch: str) -> int:
    return next_run_number(session, launch) - 1


def _known_when_raised(session: Session, act: Act, gate: GateRecord) -> int:
    """Return the runs that are known when an advisory gate becomes must-pass.

    Who wrote it stays written, so nobody else may raise it then: they could confirm it themselves.
    """
    known = _latest_run(session, gate.launch)
    if known and act.actor.key != gate.written_by:
        raise RuleViolation(
            f"There is evidence already, and somebody else wrote {gate.ref}.",
            "Have its writer make it must-pass, or write a must-pass gate.",
        )
    return known


def _require_not_looser(session: Session, changed: GateRecord, gate: GateRecord) -> None:
    looser = looser_in(changed, gate, direction_of(session, gate.slot))
    if not looser:
        return
    answered = gate.slot is not None and has_evidence(session, gate.launch, gate.slot)
    remedy = (
        "There is evidence already, so it is not loosened: waive it."
        if answered
        else "Withdraw it with a second person and write a new one."
    )
    raise RuleViolation(f"{gate.ref} is never loosened: {in_words(looser)}.", remedy)


def _require_plannable(
    session: Session, act: Act, gate: GateRecord, draft: PlannedRunDraft
) -> None:
    problems: dict[str, str] = {}
    if draft.on < act.at.date():
        problems["on"] = f"{draft.on.isoformat()} has passed"
    person = queries.people(session).get(draft.by)
    if person is None or not person.active:
        problems["by"] = f"“{draft.by}” is not an active person of this register"
    if gate.kind is GateKind.ATTESTED and draft.n is not None:
        problems["n"] = "an attested gate has no samples"
    if problems:
        raise InvalidInput(problems)


def _attestation(
    act: Act, ref: str, launch: LaunchRecord, draft: AttestationDraft
) -> GateAttestation:
    attested_on: date = act.at.date()
    return GateAttestation(
        gate=ref,
        **draft.model_dump(),
        attested_by=act.actor.key,
        attested_on=attested_on,
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        origin=Origin.ENTERED,
    )
