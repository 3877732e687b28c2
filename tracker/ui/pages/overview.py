"""Launch, Overview: the verdict, what holds it, and the shortest path to a better one."""

import streamlit as st

from tracker.services.history import history
from tracker.ui import badges, changes, glance, header, messages, path, reasons, session, tables
from tracker.ui.forms import holder_forms
from tracker.ui.state import Overview
from tracker.ui.text import plain
from tracker.views import overview as view

here = session.here()
launch = header.launch_page(here)
shown = view.overview_view(launch)

header.title(view.ANSWERS, shown.headline)
st.markdown(plain(shown.first_step))
glance.criteria(shown, launch.launch.key)
glance.last_launch(launch.launch)

left, right = st.columns(2, gap="medium")
with left:
    st.header("What holds it, and the remedy", anchor=False)
    reasons.draw(shown.groups)
with right:
    st.header("Path to green", anchor=False)
    path.draw(shown.path)

left, right = st.columns([7, 5], gap="medium")
with left:
    st.header("Open risks by level", anchor=False)
    glance.levels(shown)
with right:
    st.header("The launch", anchor=False)
    tables.facts(shown.facts, "Facts of this launch")
    if any(outcome is not None for outcome in holder_forms.draw(here, launch)):
        st.rerun()
    if shown.note:
        with st.expander("What the register says about it"):
            st.text(shown.note)
    if here.is_demo:
        st.markdown(badges.illustrative_mark())

st.header("Policy areas in scope or not settled", anchor=False)
if len(shown.areas):
    tables.show(
        tables.as_levels(shown.areas, "worst"),
        {
            "area": tables.text("Policy area"),
            "state": tables.text("State"),
            "criteria": tables.text("Gates and determination", width=300),
            "worst": tables.levels("Worst level now"),
            "risks": tables.number("Open risks"),
            "gate_type": tables.text("Decided by"),
            "family": tables.text("Family"),
            "reason": tables.text("Reason for the scope"),
        },
        key=Overview.AREAS,
        name="Policy areas in scope or not settled",
        rows=25,
    )
    st.caption(f"{shown.excluded} more do not apply, and that is confirmed.")
else:
    messages.nothing_here(view.NO_AREAS)

st.header("What changed lately", anchor=False)
changes.draw(history(here.store, launch=launch.launch.key, hidden=here.hidden))
