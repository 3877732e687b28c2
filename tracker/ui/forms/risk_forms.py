"""What people do with a risk: create, edit, ask to close, confirm, re-open, assess."""

import streamlit as st
from pandas import DataFrame

from tracker.domain.drafts import RiskChange, RiskClosure, RiskDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.validation import build
from tracker.domain.words import CloseReason
from tracker.services.act import Act
from tracker.services.risks import (
    ask_closure,
    confirm_closure,
    create_risk,
    edit_risk,
    reopen_risk,
)
from tracker.ui import navigation
from tracker.ui.forms import fields, risk_fields, withhold_forms
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.state import Address
from tracker.views.compared import compared


def new_risk(here: Here, launch: LaunchState) -> None:
    """Offer to enter a risk on a launch, and open it once it is saved."""
    if not here.may(Action.EDIT_RISK, launch):
        return

    def work(values: Values, act: Act) -> str:
        draft = build(RiskDraft, risk_fields.entered(values))
        return create_risk(here.store, act, launch.launch.key, draft)

    form = Form(f"risk.new.{launch.launch.key}", here, work)
    with st.expander("New risk", icon=":material/add:"):
        risk_fields.draw(here, launch, form)
        form.button("Enter risk", risk_fields.NAMES, in_form=False)
        saved = form.finish()
    if saved is not None:
        navigation.go_to_risk(saved)


def risk_actions(here: Here, launch: LaunchState, risk: RiskState) -> None:
    """Draw what the acting person can do with one risk."""
    if risk.ref in here.hidden:
        st.caption(
            ":material/lock: Its detail is withheld from you: you see its reference, policy area, "
            "level and what it does to the verdict."
        )
        return
    if (
        risk.is_open
        and here.may(Action.ASSESS, launch)
        and st.button("Assess", type="primary", key="risk.assess")
    ):
        navigation.go("assess", Address(launch=launch.launch.key, risk=risk.risk.short_ref))
    saved = [
        _edit(here, launch, risk),
        _ask_closure(here, launch, risk),
        _confirm_closure(here, launch, risk),
        _reopen(here, launch, risk),
        withhold_forms.risk(here, launch, risk.risk),
    ]
    if any(outcome is not None for outcome in saved):
        st.rerun()


def _edit(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    record = risk.risk
    if not here.may(Action.EDIT_RISK, launch):
        return None

    def work(values: Values, act: Act) -> str:
        change = build(RiskChange, risk_fields.changed(values, opened))
        return edit_risk(here.store, act, record.ref, change, form.version(record.version))

    def compare(values: Values) -> DataFrame:
        stands = (risk_fields.held(opened), risk_fields.held(record), risk_fields.entered(values))
        return compared(*(risk_fields.words(one, launch, here) for one in stands))

    form = Form(f"risk.edit.{record.ref}", here, work, reason="reason")
    opened = form.opened(record)
    form.version(record.version)
    with st.expander("Edit", icon=":material/edit:"):
        risk_fields.draw(here, launch, form, opened)
        _reason(form, "Reason; required where an assessed scenario is reworded")
        form.button("Save changes", (*risk_fields.NAMES, "reason"), in_form=False)
        return form.finish(compare=compare)


def _ask_closure(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    record = risk.risk
    asked = record.closure_asked_by is not None or not risk.is_open
    if asked or not here.may(Action.CLOSE_RISK, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, ("close_reason", "duplicate_of"))
        closure = build(RiskClosure, given | {"note": values.get("note") or ""})
        return ask_closure(here.store, act, record.ref, closure, form.version(record.version))

    form = Form(f"risk.close.{record.ref}", here, work, reason="note")
    form.version(record.version)
    with st.expander("Ask to close", icon=":material/lock:"):
        st.caption(
            "A second person who is not the launch owner confirms it; until then the risk stays "
            "open and holds. A mitigated risk is not closed: it stays, with its lower level."
        )
        reasons = {str(reason): str(reason) for reason in CloseReason}
        others = {
            other.ref: f"{other.risk.short_ref} {other.risk.title}"
            for other in launch.open_risks
            if other.ref != record.ref
        }
        fields.one_of("Because", reasons, form.key("close_reason"))
        fields.one_of("If a duplicate: of which risk", others, form.key("duplicate_of"))
        _reason(form, "Why", "note")
        form.button("Ask to close", ("close_reason", "duplicate_of", "note"), in_form=False)
        return form.finish({"Status": str(record.status)})


def _confirm_closure(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    record = risk.risk
    if record.closure_asked_by is None or not risk.is_open:
        return None
    if not here.may(Action.CONFIRM_CLOSURE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_closure(here.store, act, record.ref, form.version(record.version))

    form = Form(f"risk.confirm.{record.ref}", here, work, reason="reason")
    form.version(record.version)
    with st.expander("Confirm the closure", icon=":material/how_to_reg:", expanded=True):
        _reason(form, "Reason, if any")
        form.button("Confirm the closure", ("reason",), in_form=False, type="secondary")
        return form.finish({"Status": str(record.status)})


def _reopen(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    record = risk.risk
    if record.closure_asked_by is None and risk.is_open:
        return None
    if not here.may(Action.CLOSE_RISK, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return reopen_risk(here.store, act, record.ref, form.version(record.version))

    form = Form(f"risk.reopen.{record.ref}", here, work, reason="reason")
    form.version(record.version)
    label = "Take the wish to close back" if risk.is_open else "Open it again"
    with st.expander(label, icon=":material/lock_open:"):
        _reason(form, "Why; a reason is required")
        form.button(label, ("reason",), in_form=False, type="secondary")
        return form.finish({"Status": str(record.status)})


def _reason(form: Form, label: str, field: str = "reason") -> None:
    st.text_input(label, key=form.key(field))
