"""Launch, Compared with the last launch: a clone, the launch before it, and what became of that."""

import streamlit as st

from tracker.services.lineage import compare
from tracker.ui import header, messages, session, tables
from tracker.ui.text import plain
from tracker.views import lineage as view

here = session.here()
launch = header.launch_page(here)
last = launch.launch.cloned_from

if last is None:
    header.title(view.ANSWERS, "Not a clone")
    messages.nothing_here(view.NO_CLONE)
    st.stop()

names = {record.key: record.name for record in here.launches()}
compared = compare(here.store, here.profile, here.today, launch.launch.key)
titles = view.titles(here.state(last)) | view.titles(launch)
shown = view.lineage_view(compared, names.get(last, last), titles)
header.title(view.ANSWERS, shown.headline)
st.caption(plain(shown.past))

st.header("Since it was decided", anchor=False)
if shown.since:
    for sentence in shown.since:
        st.markdown(f"- {plain(sentence)}")
else:
    messages.nothing_here(view.NOTHING_SINCE)

st.header("One by one", anchor=False)
if len(shown.frame):
    tables.show(
        shown.frame,
        {
            "change": tables.text("Here it is"),
            "kind": tables.text("Kind"),
            "last": tables.text("There"),
            "here": tables.text("Here"),
            "title": tables.text("What it is", width=280),
            "decided": tables.text("When decided"),
            "reality": tables.text("There today"),
            "now": tables.text("Here today"),
            "words": tables.text("In words", width=420),
        },
        key="lineage.table",
        name="What differs from the last launch",
        rows=20,
    )
else:
    messages.nothing_here(view.NOTHING)
