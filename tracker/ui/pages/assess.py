"""Launch, Assess: what waits for the acting person, one risk at a time."""

import streamlit as st

from tracker.domain.errors import NotPermitted
from tracker.domain.roles import Action, require
from tracker.services.history import history
from tracker.ui import badges, header, messages, session, state
from tracker.ui.forms import assessment_form, confirm_form, queue
from tracker.ui.text import plain
from tracker.views import assess as view

here = session.here()
launch = header.launch_page(here)
actor = here.acting()
shown = view.assess_view(launch, here.states(), actor)

header.title(view.ANSWERS, shown.headline)
for change in history(
    here.store, launch=launch.launch.key, actor=actor.key, entity="assessment", limit=1
):
    st.markdown(f":material/check_circle: {plain(view.submitted(change, launch))}")
queue.elsewhere(shown)

try:
    require(actor, Action.ASSESS, launch.launch)
except NotPermitted as error:
    messages.stop(error)
if not shown.risks:
    messages.nothing_here(view.NO_RISKS)
    st.stop()

risk = queue.choose(shown)
if risk is None:
    messages.nothing_here(view.NOTHING_WAITS)
    st.stop()

with st.container(border=True):
    st.header(plain(f"{risk.risk.short_ref} {risk.risk.title}"), anchor=False)
    queue.marks(risk, shown, launch)
    st.text(risk.risk.scenario)
    st.caption(plain(f"Source: {risk.risk.source or 'none given'}"))

mine = view.own_score(risk, actor.key)
if mine is None:
    st.info(view.BLIND, icon=":material/visibility_off:")
else:
    queue.side_by_side(risk, launch, here)
    confirm_form.draw(here, launch, risk, mine)

if assessment_form.draw(here, launch.launch, risk) is not None:
    state.put(state.RISK_PARAMETER, None)
    st.rerun()
if risk.illustrative:
    st.markdown(badges.illustrative_mark())
