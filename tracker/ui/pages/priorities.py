"""Portfolio, Priorities: one ranked queue over all launches."""

import pandas as pd
import streamlit as st

from tracker.ui import filters, header, messages, navigation, session, tables
from tracker.ui.state import Priorities
from tracker.views import priorities as view
from tracker.views.figures import counted

COLUMNS = {
    "risk": "Risk",
    "rank": tables.number("Rank"),
    "launch": tables.text("Launch", width=130),
    "title": tables.text("What could go wrong", width=300),
    "level": tables.levels(),
    "priority": tables.number("Priority", "%.1f", help="Points; one is ten times more loss"),
    "band": tables.text("Band", help="Where the priority lies with 90 % probability"),
    "business_impact": tables.number("Business", help="Pick from 1 to 5; it moves no level"),
    "reason": tables.text("Why it stands here", width=430),
    "area": tables.text("Policy area", width=220),
    "owner": tables.text("Owner", width=180),
    "status": tables.text("Status"),
    "sum": tables.text("How the priority adds up", width=500),
}


def group(frame: pd.DataFrame, key: str, name: str) -> None:
    """Draw one group of the queue; a click on a risk opens it."""
    opened = tables.show(
        tables.as_levels(frame),
        COLUMNS,
        key=key,
        name=name,
        rows=view.PAGE,
        opens="risk",
    )
    if opened is not None:
        navigation.go_to_risk(str(frame["ref"].iloc[opened]))


here = session.here()
states, queue = here.states(), here.queue()
known = view.options(states)

header.title(view.ANSWERS, view.headline(queue))
with filters.row():
    wanted = view.QueueFilter(
        text=filters.text(Priorities.TEXT, "Reference or words"),
        launches=filters.several("Launch", known.launches, Priorities.LAUNCH),
        levels=filters.several("Level", known.levels, Priorities.LEVEL),
        areas=filters.several("Policy area", known.areas, Priorities.AREA),
        owners=filters.several("Owner", known.owners, Priorities.OWNER),
        teams=filters.several("Team", known.teams, Priorities.TEAM),
        holds=filters.switch("Holds a launch", Priorities.HOLDS),
    )

lines = view.matching(queue, wanted)
if not lines:
    messages.nothing_here(view.NO_MATCH if queue else view.EMPTY)
    st.stop()

groups = st.container()
pages = view.page_count(lines)
page = st.pagination(pages, key=Priorities.PAGE, bind="query-params") if pages > 1 else 1
shown = view.priorities_view(lines, states, page, here.profile)

with groups:
    if len(shown.unassessed):
        st.header(f"UNASSESSED: {counted(shown.unassessed_count, 'risk')}", anchor=False)
        st.caption("Nobody's judgement counts here yet. Unknown is never low: these come first.")
        group(shown.unassessed, Priorities.UNASSESSED, "Risks that are UNASSESSED")
    if len(shown.assessed):
        st.header(f"Assessed: {counted(shown.assessed_count, 'risk')}", anchor=False)
        group(shown.assessed, Priorities.ASSESSED, "Assessed risks in the order of work")
