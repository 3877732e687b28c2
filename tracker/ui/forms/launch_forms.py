"""Changing a launch: its facts and review status, its scope, and the confirmation of exclusions."""

import streamlit as st

from tracker.domain.drafts import LaunchChange
from tracker.domain.errors import InvalidInput, StaleEdit
from tracker.domain.roles import Action
from tracker.domain.state import AreaStatus, LaunchState
from tracker.domain.validation import build
from tracker.services.act import Act
from tracker.services.launches import edit_launch
from tracker.services.scope import confirm_scope, decide_scope
from tracker.ui.forms import launch_fields, scope_fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.launch_form import ScopeView, as_seen, scope_drafts

NOT_YOURS = "Shown to read: your role does not change this."


def edit(here: Here, launch: LaunchState) -> str | None:
    """Offer to change the facts of a launch and its review status."""
    record = launch.launch
    if not here.may(Action.EDIT_LAUNCH, launch):
        st.caption(NOT_YOURS)
        return None

    def work(values: Values, act: Act) -> str:
        change = build(LaunchChange, launch_fields.entered(values, launch_fields.CHANGED))
        return edit_launch(here.store, act, record.key, change, form.version(record.version))

    form = Form(f"launch.edit.{record.key}", here, work, reason="reason")
    form.version(record.version)
    launch_fields.draw_change(form, record)
    st.text_input("Reason, if any", key=form.key("reason"))
    form.button("Save launch", launch_fields.CHANGED, in_form=False)
    return form.finish(
        {
            "Name": record.name,
            "Model version": record.model_version,
            "Configuration": record.configuration,
            "Exposure asked for": str(record.exposure_asked),
            "Target date": record.target_date.isoformat(),
            "Review status": str(record.review_status),
        }
    )


def scope(here: Here, launch: LaunchState, shown: ScopeView) -> str | None:
    """Offer to decide the policy areas of a launch."""
    if not here.may(Action.DECIDE_SCOPE, launch):
        st.caption(NOT_YOURS)
        return None

    def work(values: Values, act: Act) -> str:
        drafts = scope_drafts(values, seen)
        if not drafts:
            raise InvalidInput({"scope": "holds nothing that differs from what is recorded"})
        versions = {area: decision[2] for area, decision in seen.items() if decision}
        try:
            return decide_scope(here.store, act, launch.launch.key, drafts, versions)
        except StaleEdit:
            for draft in drafts:
                form.look_again(draft.area)
            raise

    form = Form(f"launch.scope.{launch.launch.key}", here, work)
    seen = {area: form.seen(area, as_seen(shown.decided.get(area))) for area in shown.statuses}
    names = scope_fields.draw(form, shown.families, scope_fields.LATER, shown.decided)
    form.button("Save scope", names, in_form=False)
    return form.finish(
        {
            shown.statuses[area].area.name: f"{record.applicability} {record.reason}".strip()
            for area, record in shown.decided.items()
            if as_seen(record) != seen[area]
        }
    )


def confirm(here: Here, launch: LaunchState, status: AreaStatus, who: str) -> str | None:
    """Show an exclusion with who may confirm it, and offer that to those who may."""
    record = status.scope
    if record is None:
        return None
    decided = here.name(record.decided_by)
    form = Form(
        f"launch.confirm.{launch.launch.key}.{status.area.code}",
        here,
        lambda _values, act: confirm_scope(
            here.store, act, launch.launch.key, status.area.code, record.version
        ),
    )
    with st.container(border=True):
        st.markdown(f"**{plain(status.area.name)}**: {record.applicability}")
        st.text(record.reason)
        st.caption(plain(f"Decided by {decided}. {who}"))
        if not here.may(Action.CONFIRM_SCOPE, launch):
            return None
        label = f"Confirm “{record.applicability}”"
        form.button(label, (), in_form=False, type="secondary")
        return form.finish()
