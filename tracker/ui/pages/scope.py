"""Launch, Scope: which policy areas a launch answers, and the facts of the launch itself."""

import streamlit as st

from tracker.ui import badges, header, messages, session, tables
from tracker.ui.forms import launch_forms
from tracker.views import launch_form as view

here = session.here()
launch = header.launch_page(here)
shown = view.scope_view(launch)

header.title(view.SCOPE_ANSWERS, shown.headline)
saved = []

st.header("Exclusions that wait for a second person", anchor=False)
if not shown.unconfirmed:
    messages.nothing_here("No exclusion waits: each is confirmed, or every area is in scope.")
for status in shown.unconfirmed:
    who = shown.who_confirms[status.area.code]
    saved.append(launch_forms.confirm(here, launch, status, who))

left, right = st.columns([7, 5], gap="medium")
with left:
    st.header("Policy areas", anchor=False)
    if shown.illustrative:
        st.markdown(badges.illustrative_mark())
    saved.append(launch_forms.scope(here, launch, shown))
with right:
    st.header("The launch", anchor=False)
    st.caption(
        "Another model version, configuration or exposure asked for makes assessments and "
        "verifications outdated: they have to be made or confirmed anew."
    )
    saved.append(launch_forms.edit(here, launch))

st.header("Decided so far", anchor=False)
tables.show(
    view.decisions(shown, launch),
    {
        "area": tables.text("Policy area"),
        "decision": tables.text("Decision"),
        "decided_by": tables.text("Decided by"),
        "confirmed_by": tables.text("Confirmed by"),
        "reason": tables.text("Reason", width=420),
        "basis": tables.text("Basis"),
    },
    key="scope.decisions",
    name="Scope decisions so far",
    rows=25,
)

if any(outcome is not None for outcome in saved):
    st.rerun()
