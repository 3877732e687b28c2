"""Entering a mitigation, editing it, and putting one on a further launch."""

import streamlit as st

from tracker.domain.drafts import LaunchMitigationDraft, MitigationChange
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.services.act import Act
from tracker.services.mitigations import create_mitigation, edit_mitigation, place_mitigation
from tracker.ui.forms import fields, mitigation_fields
from tracker.ui.forms.mitigation_fields import Present
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.views.mitigations import MitigationDetail, placeable

PLACED = ("mandatory", "due")


def new(here: Here, launch: LaunchState) -> str | None:
    """Offer to enter a mitigation on this launch; return its reference once it is saved."""
    if not here.may(Action.EDIT_MITIGATION, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return create_mitigation(
            here.store,
            act,
            launch.launch.key,
            mitigation_fields.draft(values),
            mandatory=bool(values.get("mandatory")),
            due=values.get("due"),
        )

    form = Form(f"mitigation.new.{launch.launch.key}", here, work)
    with st.expander("New mitigation", icon=":material/add:"):
        names = mitigation_fields.draw(here, launch, form, Present())
        _placement(here, launch, form)
        form.button("Enter mitigation, as proposed", (*names, *PLACED), in_form=False)
        return form.finish()


def _placement(here: Here, launch: LaunchState, form: Form) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fields.day("Due on this launch", form.key("due"))
        if here.may(Action.SET_MANDATORY, launch):
            st.checkbox("Mandatory on this launch", key=form.key("mandatory"))


def place(here: Here, launch: LaunchState) -> str | None:
    """Offer to put a mitigation of another launch on this one."""
    known = placeable(launch, here.states())
    if not known or not here.may(Action.EDIT_MITIGATION, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, ("mitigation", *PLACED))
        draft = build(LaunchMitigationDraft, given | {"launch": launch.launch.key})
        return place_mitigation(here.store, act, draft)

    form = Form(f"mitigation.place.{launch.launch.key}", here, work)
    with st.expander("Put a mitigation of another launch on this one", icon=":material/link:"):
        words = {ref: f"{ref} {record.title}" for ref, record in known.items()}
        fields.one_of("Mitigation", words, form.key("mitigation"))
        _placement(here, launch, form)
        st.caption(
            "It stays one record, starts here as proposed and unverified, and lowers no risk of "
            "this launch until you edit its effects."
        )
        form.button("Put it on this launch", ("mitigation", *PLACED), in_form=False)
        return form.finish()


def edit(here: Here, launch: LaunchState, detail: MitigationDetail) -> str | None:
    """Offer to edit a mitigation for all launches that it serves."""
    record = detail.item.mitigation
    if not here.may(Action.EDIT_MITIGATION, launch):
        return None

    def work(values: Values, act: Act) -> str:
        change = build(MitigationChange, mitigation_fields.entered(values, detail.elsewhere))
        return edit_mitigation(here.store, act, record.ref, change, form.version(record.version))

    form = Form(f"mitigation.edit.{record.ref}", here, work)
    with st.expander("Edit, for every launch that it serves", icon=":material/edit:"):
        form.version(record.version)
        present = Present(record, detail.item.effects)
        names = mitigation_fields.draw(here, launch, form, present)
        st.caption("What was verified stays counted as it was verified.")
        form.button("Save changes", names, in_form=False)
        return form.finish({"Title": record.title, "How it works": record.summary})
