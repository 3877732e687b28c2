"""Launch, Meeting: the launch review on one screen, by keyboard, with minutes."""

import streamlit as st

from tracker.services.review_state import review_state
from tracker.ui import header, meeting, messages, review, session
from tracker.ui.text import plain
from tracker.views import meeting as view

here = session.here()
launch = header.launch_page(here)
found = review_state(here.store, here.profile, here.method.policy, here.today, launch.launch.key)

if found is None or found.review.closed_at is not None:
    header.title(view.ANSWERS, "No meeting")
    messages.nothing_here(view.NO_REVIEW)
    st.stop()

items = view.agenda(launch, found)
current = meeting.place(len(items))
on = f", {found.review.meeting_on.isoformat()}" if found.review.meeting_on else ""
header.title(view.ANSWERS, plain(f"Launch review {found.review.short_ref}{on}"))
review.four_records(launch, found)
left, right = st.columns([5, 7], gap="medium")
with left:
    meeting.agenda(items, current)
with right:
    meeting.steps(current, len(items))
    meeting.one(items[current], launch)
    saved = meeting.note(here, launch, found, items[current])
    st.header("Minutes", anchor=False)
    review.minutes(found, launch)
st.caption("Keyboard: N next, P previous, Tab to the line for the minutes, Enter writes it down.")
if saved is not None:
    st.rerun()
