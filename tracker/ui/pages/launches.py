"""Portfolio, Launches: one row per launch, and what holds it."""

import streamlit as st

from tracker.domain.words import ReviewStatus, Verdict
from tracker.ui import badges, charts, filters, header, messages, navigation, session, tables
from tracker.ui.state import Address, Launches
from tracker.ui.text import plain
from tracker.views import launches as view

ROW_HEIGHT = 94
"""Room for five lines of reasons."""

here = session.here()
states = here.states()

header.title(view.ANSWERS, view.headline(states))
if not states:
    header.no_launch_yet()
with filters.row():
    board = view.launches_view(
        states,
        text=filters.text(Launches.TEXT, "Name or version"),
        verdicts=filters.several("Verdict", {str(x): str(x) for x in Verdict}, Launches.VERDICT),
        statuses=filters.several("Review", {str(x): str(x) for x in ReviewStatus}, Launches.STATUS),
    )
if board.empty:
    messages.nothing_here(board.empty)
    st.stop()

opened = tables.show(
    tables.as_gate_counts(tables.as_counts(tables.as_verdicts(board.frame))),
    {
        "name": "Launch",
        "verdict": tables.verdicts(),
        "reasons": tables.text("What holds it", width=375),
        "gates": tables.gate_counts(board.frame["gates"]),
        "levels": tables.counts(board.frame["levels"]),
        "open_risks": tables.number("Open"),
        "target": tables.text("Target date", width=118),
        "review_status": tables.text("Review"),
        "exposure": tables.text("Exposure now → asked", width=150),
    },
    key=Launches.TABLE,
    name="Launches",
    row_height=ROW_HEIGHT,
    opens="name",
)
legend = badges.gate_legend()
st.caption(plain(f"Gates by state: {legend}. Waived ones count in the state beneath."))
if opened is not None:
    navigation.go("overview", Address(launch=str(board.frame["key"].iloc[opened])))
if board.note:
    st.caption(plain(board.note))

st.header("Open risks by level", anchor=False)
st.caption(board.bars_note)
charts.levels(board.bars, key=Launches.CHART)
