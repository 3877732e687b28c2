"""Launch, Mitigations: what lowers the risks of a launch, and one of them in full."""

import streamlit as st

from tracker.domain.words import MitigationStatus
from tracker.ui import filters, header, messages, session, state, tables
from tracker.ui.forms import mitigation_forms
from tracker.ui.mitigation import one
from tracker.views import mitigations as view

PARAMETER = "mitigation"

here = session.here()
launch = header.launch_page(here)
named = state.parameter(PARAMETER)

if named is not None:
    one(here, launch, named)
    st.stop()

header.title(view.ANSWERS, view.headline(launch))
with filters.row():
    shown = view.mitigations_view(
        launch,
        view.MitigationFilter(
            text=filters.text("mitigations.text", "Reference or words"),
            statuses=filters.several(
                "Status", {str(x): str(x) for x in MitigationStatus}, "mitigations.status"
            ),
        ),
    )
saved = mitigation_forms.new(here, launch) or mitigation_forms.place(here, launch)
if saved is not None:
    state.put(PARAMETER, saved)
    st.rerun()
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()

opened = tables.show(
    shown.frame,
    {
        "ref": "Mitigation",
        "title": tables.text("What it does", width=320),
        "status": tables.text("Status"),
        "counts_today": tables.text("Counts today?"),
        "mandatory": tables.text("Mandatory"),
        "due": tables.day("Due"),
        "lowers": tables.text("Lowers"),
        "introduces": tables.text("Introduces"),
        "mechanism": tables.text("Mechanism"),
        "layer": tables.text("Layer"),
        "owner": tables.text("Owner"),
        "team": tables.text("Team"),
        "other_launches": tables.text("Other launches"),
        "basis": tables.text("Basis"),
    },
    key="mitigations.table",
    name="Mitigations of this launch",
    rows=16,
    opens="ref",
)
if opened is not None:
    state.put(PARAMETER, str(shown.frame["ref"].iloc[opened]))
    st.rerun()
