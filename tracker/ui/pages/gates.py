"""Launch, Gates: what a launch has to show, what it has shown, and its frontier thresholds."""

import streamlit as st

from tracker.domain.words import GateState
from tracker.ui import badges, charts, filters, header, messages, session, state, tables
from tracker.ui.forms import frontier_forms, gate_forms
from tracker.ui.gate import PARAMETER, one
from tracker.ui.text import plain
from tracker.views import frontier
from tracker.views import gates as view

here = session.here()
launch = header.launch_page(here)
named = state.parameter(PARAMETER)

if named is not None:
    one(here, launch, named)
    st.stop()

header.title(view.ANSWERS, view.headline(launch))
with filters.row():
    shown = view.gates_view(
        launch,
        view.GateFilter(
            text=filters.text("gates.text", "Reference or words"),
            states=filters.several("State", {str(x): str(x) for x in GateState}, "gates.state"),
            must_pass_only=filters.switch("Must-pass only", "gates.must_pass"),
        ),
    )
saved = gate_forms.new(here, launch)
if saved is not None:
    state.put(PARAMETER, saved.rpartition("/")[2])
    st.rerun()

if shown.empty:
    messages.nothing_here(shown.empty)
else:
    st.markdown(
        " ".join(f"{badges.gate_mark(kind)} **{count}**" for kind, count in shown.counts if count)
    )
    opened = tables.show(
        tables.as_gate_states(shown.frame),
        {
            "ref": "Gate",
            "title": tables.text("What it asks", width=230),
            "state": tables.gate_states(),
            "over": tables.text("Waiver or withdrawal", width=150),
            "counts": tables.text("Counts"),
            "asks": tables.text("Threshold"),
            "shows": tables.text("Shown", width=230),
            "why": tables.text("Why", width=230),
            "settles": tables.text("What would settle it", width=300),
            "area": tables.text("Policy area"),
            "run": tables.text("Run"),
            "planned": tables.day("Booked"),
            "basis": tables.text("Basis"),
        },
        key="gates.table",
        name="Gates of this launch",
        rows=14,
        opens="ref",
    )
    if opened is not None:
        state.put(PARAMETER, str(shown.frame["ref"].iloc[opened]))
        st.rerun()
    for warning in view.warnings(launch):
        st.caption(f":material/balance: {plain(warning)}")
    if shown.bars:
        st.header("Shown against the threshold", anchor=False)
        charts.intervals(shown.bars, key="gates.chart")
        st.caption(shown.bars_note)

st.header("Frontier thresholds", anchor=False)
thresholds = frontier.frontier_frame(launch)
if len(thresholds):
    tables.show(
        thresholds, frontier_forms.COLUMNS, key="gates.frontier", name="Frontier thresholds"
    )
else:
    messages.nothing_here(frontier.NONE_IN_SCOPE)
if frontier_forms.draw(here, launch) is not None:
    st.rerun()
