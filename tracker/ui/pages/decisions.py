"""Records, Decisions: what was decided on every launch, on which terms, and until when."""

import streamlit as st

from tracker.ui import header, session, standing
from tracker.views import standing as view
from tracker.views.figures import counted

here = session.here()
launches = here.states()
decided = sum(len(one.standing.decisions) for one in launches if one.standing)
uncovered = [one.launch.name for one in launches if one.standing and one.standing.uncovered]

header.title(view.REGISTER_ANSWERS, f"{counted(decided, 'decision')} on record")
if uncovered:
    st.error(f"Runs uncovered: {', '.join(uncovered)}", icon=":material/gpp_maybe:")
st.header("Decisions", anchor=False)
standing.decisions(launches, "decisions.table")
st.header("Accepted residual risks", anchor=False)
standing.acceptances(launches, "decisions.acceptances")
st.header("Conditions", anchor=False)
standing.conditions(launches, "decisions.conditions")
