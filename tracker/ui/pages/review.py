"""Launch, Review: who has to sign and has, what changed since, and what was decided."""

import streamlit as st

from tracker.readiness.checklist import checklist
from tracker.services.review_state import review_state
from tracker.ui import header, review, session
from tracker.views import review as view

here = session.here()
launch = header.launch_page(here)
found = review_state(here.store, here.profile, here.method.policy, here.today, launch.launch.key)
checks = checklist(launch)
running = found is not None and found.review.closed_at is None

header.title(view.ANSWERS, view.headline(launch, found, checks))
review.four_records(launch, found)
if found is not None and running:
    saved = review.open_review(here, launch, found)
else:
    before = "Before a review" if found is None else "Before the next review"
    saved = [review.checklist(here, launch, checks, before)]
if found is not None:
    if not running:
        st.header(f"The last review, {found.review.short_ref}", anchor=False)
        review.snapshot(found, launch)
        review.seats(found, launch)
    review.records(found, launch)
if any(outcome is not None for outcome in saved):
    st.rerun()
