"""Launch, Gates: what a launch has to show, what it has shown, and its frontier thresholds."""

import streamlit as st

from tracker.domain.words import GateState
from tracker.ui import (
    badges,
    charts,
    filters,
    gates_board,
    header,
    messages,
    session,
    state,
    tables,
)
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
        + f" &nbsp; :small[{view.ORDER}]"
    )
    opened = tables.show(
        gates_board.rows(shown.frame),
        gates_board.COLUMNS,
        key="gates.table",
        name="Gates of this launch",
        rows=10,
        row_height=gates_board.TWO_LINES,
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
