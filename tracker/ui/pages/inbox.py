"""Portfolio, Inbox: what waits for the acting person, and on demand for everybody."""

import streamlit as st

from tracker.services.inbox import inbox
from tracker.ui import header, messages, navigation, session, tables
from tracker.ui.state import Address
from tracker.views import inbox as view

here = session.here()
everybody = st.session_state.get("inbox.everybody", False)
mine = here.actor.key if here.actor and not everybody else None
shown = view.inbox_view(inbox(here.store, here.method, here.today), here.people, mine, here.today)

header.title(view.ANSWERS, shown.headline)
st.toggle("For everybody", key="inbox.everybody")
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()
opened = tables.show(
    shown.frame,
    {
        "subject": "About",
        "kind": tables.text("What to do", width=190),
        "launch": tables.text("Launch", width=150),
        "text": tables.text("In words", width=400),
        "clock": tables.text("Clock"),
        "due": tables.day("Due"),
        "who": tables.text("Who", width=200),
    },
    key="inbox.table",
    name="What waits",
    rows=20,
    opens="subject",
)
if opened is not None:
    item = shown.items[opened]
    short = item.subject.rpartition("/")[2]
    page, more = navigation.page_of(short)
    st.switch_page(
        navigation.path(page),
        query_params={**Address(launch=item.launch).parameters(), **more},
    )
