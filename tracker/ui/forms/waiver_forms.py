"""The waiver of a gate: asked for, signed by two people, ended."""

from datetime import timedelta

import streamlit as st

from tracker.domain.gate_drafts import WaiverDraft
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import WAIVER_DAYS, WaiverRecord
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import GateState, GateType, WaiverState
from tracker.services.act import Act
from tracker.services.waivers import SeenGate, ask_waiver, end_waiver, sign_waiver
from tracker.ui import tables
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.gate import GateDetail


def draw(here: Here, launch: LaunchState, detail: GateDetail) -> str | None:
    """Draw the latest waiver of a gate and what the acting person can do about it."""
    status = detail.status
    live = status.waiver is not None and status.waiver.state is not WaiverState.ENDED
    if not detail.waiver and status.state is GateState.PASSED:
        return None
    st.header("Waiver", anchor=False)
    if detail.waiver:
        tables.facts(tuple(detail.waiver.items()), name="The latest waiver of this gate")
    if live and status.waiver:
        signed = _sign(here, launch, status.waiver.waiver)
        return signed or _end(here, launch, status.waiver.waiver)
    return _ask(here, launch, status)


def _ask(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    gate = status.gate
    if status.area.gate_type is GateType.ZERO_TOLERANCE:
        st.caption("A gate in a zero-tolerance area cannot be waived.")
        return None
    open_gate = status.state is not GateState.PASSED and not gate.withdrawn
    if not open_gate or not here.may(Action.ASK_WAIVER, launch):
        return None

    def work(values: Values, act: Act) -> str:
        draft = build(WaiverDraft, fields.chosen(values, ("reason", "compensation", "until")))
        return ask_waiver(here.store, act, gate.ref, draft, form.seen("gate", looked))

    looked = SeenGate(gate.version, status.state, launch.launch.release)
    form = Form(f"waiver.ask.{gate.ref}", here, work)
    form.seen("gate", looked)
    latest = here.today + timedelta(days=WAIVER_DAYS)
    with st.expander("Ask for a waiver", icon=":material/gavel:"):
        st.caption(
            plain(
                f"It overrides “{status.state}” for this release only. Responsible officer and "
                "approver sign it, neither of them the one who asks. It ends when the state "
                f"worsens, when the release changes, and on {latest.isoformat()} at the latest."
            )
        )
        fields.text("Why the launch may go without it", form.key("reason"), height=70)
        fields.text("What compensates", form.key("compensation"), height=70)
        fields.day("Until", form.key("until"))
        names = ("reason", "compensation", "until")
        form.button("Ask for the waiver", names, in_form=False, type="secondary")
        return form.finish({"State": str(status.state), "Because": status.why})


def _sign(here: Here, launch: LaunchState, waiver: WaiverRecord) -> str | None:
    acting = here.actor.key if here.actor else None
    if acting in (waiver.officer, waiver.approver) or not here.may(Action.SIGN_WAIVER, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return sign_waiver(here.store, act, waiver.id, form.version(waiver.version))

    form = Form(f"waiver.sign.{waiver.id}", here, work)
    form.version(waiver.version)
    form.button("Sign the waiver", (), in_form=False)
    return form.finish({"Until": waiver.until.isoformat(), "Why": waiver.reason})


def _end(here: Here, launch: LaunchState, waiver: WaiverRecord) -> str | None:
    if not here.may(Action.END_WAIVER, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return end_waiver(here.store, act, waiver.id, form.version(waiver.version))

    form = Form(f"waiver.end.{waiver.id}", here, work, reason="reason")
    form.version(waiver.version)
    with st.expander("End the waiver", icon=":material/event_busy:"):
        st.caption("It counts no more from now on, and the gate holds again by its state.")
        fields.text("Reason for ending it", form.key("reason"), height=70)
        form.button("End it", ("reason",), in_form=False, type="secondary")
        return form.finish({"Until": waiver.until.isoformat()})
