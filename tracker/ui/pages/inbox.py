"""Portfolio, Inbox: what waits for the acting person, and on demand for everybody."""

import streamlit as st

from tracker.services.inbox import inbox
from tracker.ui import header, messages, navigation, session, tables
from tracker.ui.state import Address
from tracker.views import inbox as view

COLUMNS = {
    "subject": "About",
    "kind": tables.text("What to do", width=190),
    "launch": tables.text("Launch", width=190),
    "text": tables.text("In words", width=420),
    "clock": tables.text("Clock"),
    "due": tables.day("Due"),
    "who": tables.text("Who", width=200),
}

here = session.here()
everybody = st.session_state.get("inbox.everybody", False)
names = view.Names(
    {person.key: person.name for person in here.people.values()},
    {launch.key: launch.name for launch in here.launches()},
)
shown = view.inbox_view(
    inbox(here.store, here.method, here.today),
    names,
    here.today,
    here.actor.key if here.actor and not everybody else None,
    st.session_state.get("inbox.kind"),
)

header.title(view.ANSWERS, shown.headline)
st.toggle("For everybody", key="inbox.everybody")
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()
if len(shown.kinds) > 1:
    st.pills(
        "What to do",
        list(shown.kinds),
        key="inbox.kind",
        format_func=lambda kind: f"{kind} ({shown.kinds[kind]})",
    )
opened = tables.show(
    shown.frame,
    COLUMNS if everybody else {name: COLUMNS[name] for name in COLUMNS if name != "who"},
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
