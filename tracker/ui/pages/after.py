"""Launch, After the decision: what covers the launch, where it runs, which clocks tick."""

import streamlit as st

from tracker.services.clearing import deployment_clearance
from tracker.ui import header, messages, session, standing
from tracker.ui.forms import exposure_forms, settle_forms
from tracker.ui.text import plain
from tracker.views import standing as view

here = session.here()
launch = header.launch_page(here)

header.title(view.ANSWERS, view.headline(launch))
if launch.standing is not None:
    if launch.standing.uncovered:
        st.error(
            "The model runs where no decision covers it. Pause it, or decide on the stage.",
            icon=":material/gpp_maybe:",
        )
    asked = view.cover_words(launch.standing.cover, launch.launch.exposure_asked)
    st.markdown(plain(asked))
if launch.standing is not None and launch.standing.latest is not None:
    told = deployment_clearance(
        here.store, here.method, here.today, launch.launch.key, launch.launch.release
    )
    st.markdown(plain(view.pipeline_words(told)))

left, right = st.columns([7, 5], gap="medium")
with left:
    st.header("Where the model has run", anchor=False)
    standing.exposures(launch, "after.exposures")
with right:
    st.header("What you can do", anchor=False)
    saved = [*exposure_forms.draw(here, launch), settle_forms.draw(here, launch)]
    if not view.may_do_something(here.actor, launch):
        messages.nothing_here(view.NOT_YOURS)

st.header("Conditions", anchor=False)
standing.conditions([launch], "after.conditions")
st.header("Accepted residual risks", anchor=False)
standing.acceptances([launch], "after.acceptances")
st.header("Decisions", anchor=False)
standing.decisions([launch], "after.decisions")
if any(outcome is not None for outcome in saved):
    st.rerun()
