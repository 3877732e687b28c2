"""What happens to a gate on its way: a run is booked, a word is given, it is taken away."""

from hashlib import sha256

import streamlit as st

from tracker.domain.gate_drafts import AttestationDraft, PlannedRunDraft
from tracker.domain.gate_state import GateStatus
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import GateKind, GateState
from tracker.services.act import Act
from tracker.services.gates import (
    ask_gate_withdrawal,
    attest_gate,
    confirm_gate,
    confirm_gate_withdrawal,
    plan_gate,
)
from tracker.ui.forms import fields, gate_fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain


def plan(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    """Offer to book the run, or the word, that a gate waits for."""
    gate = status.gate
    if gate.withdrawn or status.state is GateState.PASSED or not here.may(Action.PLAN_GATE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        draft = build(PlannedRunDraft, fields.chosen(values, ("on", "by", "n")))
        return plan_gate(here.store, act, gate.ref, draft, form.version(gate.version))

    form = Form(f"gate.plan.{gate.ref}", here, work)
    form.version(gate.version)
    what = "run" if gate.kind is GateKind.MEASURED else "attestation"
    with st.expander(f"Book the {what}", icon=":material/event:"):
        st.caption("What is booked is not a result: the gate waits until the result is in.")
        fields.day("On", form.key("on"), gate.planned_on)
        fields.one_of("By", fields.persons(here), form.key("by"), gate.planned_by)
        if gate.kind is GateKind.MEASURED:
            gate_fields.whole("Number of prompts or scenarios", form.key("n"), gate.planned_n)
        form.button("Book it", ("on", "by", "n"), in_form=False, type="secondary")
        return form.finish({"Booked": str(gate.planned_on or "nothing")})


def confirm(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    """Offer to a second person to confirm a gate that was written after its evidence."""
    gate = status.gate
    known = status.run is not None and status.run.number <= gate.after_run
    late = known and gate.must_pass and not gate.withdrawn and gate.confirmed_by is None
    if not late or not here.may(Action.CONFIRM_GATE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_gate(here.store, act, gate.ref, form.version(gate.version))

    form = Form(f"gate.late.{gate.ref}", here, work, reason="reason")
    form.version(gate.version)
    with st.expander("Confirm this gate", icon=":material/how_to_reg:", expanded=True):
        st.caption(
            f"{plain(launch.person_name(gate.written_by))} wrote it when its evidence was there. "
            "Confirm that it asks for what it should, whatever the run showed."
        )
        fields.title("Reason, if any", form.key("reason"))
        form.button("Confirm the gate", ("reason",), in_form=False, type="secondary")
        return form.finish({"Gate": gate.title})


def attest(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    """Offer to give one's word on an attested gate, with the document that it rests on."""
    gate = status.gate
    attested = gate.kind is GateKind.ATTESTED and not gate.withdrawn
    if not attested or not here.may(Action.ATTEST_GATE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, ("statement", "document", "document_sha256", "expires"))
        if values.get("met"):
            given["met"] = values["met"] == "met"
        draft = build(AttestationDraft, given)
        return attest_gate(here.store, act, gate.ref, draft, form.seen("release", release))

    release = launch.launch.release
    form = Form(f"gate.attest.{gate.ref}", here, work)
    form.seen("release", release)
    with st.expander("Attest", icon=":material/history_edu:", expanded=True):
        st.markdown(plain(gate.statement))
        words = {"met": "It is met", "not": "It is not met"}
        fields.one_of("Your word", words, form.key("met"))
        fields.text("What you saw", form.key("statement"), height=70)
        fields.title("Document", form.key("document"))
        _document(form)
        fields.day("Holds until", form.key("expires"))
        names = ("met", "statement", "document", "document_sha256", "expires")
        form.button("Give my word", names, in_form=False)
        return form.finish({"Asked for": ", ".join(release)})


def _document(form: Form) -> None:
    """Take the hash of a document as it is chosen; the document itself is not kept."""
    file = st.file_uploader("Take its hash from the file (not kept)", key=form.key("file"))
    if file is not None:
        st.session_state[form.key("document_sha256")] = sha256(file.getvalue()).hexdigest()
    fields.title("SHA-256 of the document", form.key("document_sha256"))


def withdraw(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    """Offer to ask for a gate's withdrawal, or, to a second person, to confirm it."""
    gate = status.gate
    if gate.withdrawn:
        return None
    if gate.withdrawal_asked_by is None:
        return _ask(here, launch, status)
    return _confirm(here, launch, status)


def _ask(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    gate = status.gate
    if not here.may(Action.WITHDRAW_GATE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return ask_gate_withdrawal(here.store, act, gate.ref, form.version(gate.version))

    form = Form(f"gate.withdraw.{gate.ref}", here, work, reason="reason")
    form.version(gate.version)
    with st.expander("Ask to withdraw it", icon=":material/remove_circle:"):
        st.caption(
            "A second person who is not the launch owner confirms it; until then the gate counts. "
            "It stays listed in every export."
        )
        fields.text("Why", form.key("reason"), height=70)
        form.button("Ask to withdraw", ("reason",), in_form=False, type="secondary")
        return form.finish({"Gate": gate.title})


def _confirm(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    gate = status.gate
    asker = launch.person_name(gate.withdrawal_asked_by)
    st.warning(plain(f"{asker} asks to withdraw this gate: {gate.withdrawal_reason}"))
    if not here.may(Action.CONFIRM_GATE_WITHDRAWAL, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_gate_withdrawal(here.store, act, gate.ref, form.version(gate.version))

    form = Form(f"gate.confirm.{gate.ref}", here, work, reason="reason")
    form.version(gate.version)
    fields.title("Reason, if any", form.key("reason"))
    form.button("Confirm the withdrawal", ("reason",), in_form=False, type="secondary")
    return form.finish({"Gate": gate.title})
