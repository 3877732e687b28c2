"""Launch, Risk: one risk in detail."""

import streamlit as st

from tracker.services.assessments import assessments_of
from tracker.services.history import history
from tracker.ui import changes, charts, detail, header, messages, session, tables
from tracker.ui.forms import acceptance_forms, risk_forms
from tracker.ui.state import Risk
from tracker.ui.text import plain
from tracker.views import risk as view
from tracker.views import risk_evidence

here = session.here()
launch = header.launch_page(here)
risk = header.risk_of(launch)
shown = view.risk_view(risk, launch, here.profile)

header.title(view.ANSWERS, plain(shown.title))
detail.marks(shown)
risk_forms.risk_actions(here, launch, risk)

beside = st.grid(2, min_column_width=480, gap="medium")
with beside.cell():
    st.header("What could go wrong", anchor=False)
    st.text(risk.risk.scenario)
    tables.facts(shown.facts, "Facts of this risk")
with beside.cell():
    st.header("How the score adds up", anchor=False)
    st.markdown(plain(shown.sentence))
    if shown.parts:
        charts.waterfall(shown.parts, shown.level, here.profile, key=Risk.WATERFALL)
    else:
        messages.nothing_here(view.NOT_ASSESSED)

st.header("Figures in the three views", anchor=False)
detail.figures(shown)

st.header("Assessments that count", anchor=False)
if shown.disagreement:
    st.warning(plain(shown.disagreement), icon=":material/forum:")
if len(shown.assessments):
    detail.assessments(shown.assessments, Risk.ASSESSMENTS)
else:
    messages.nothing_here(view.NOT_ASSESSED)
if st.toggle("All original assessments, superseded ones too", key=Risk.ALL):
    every = assessments_of(here.store, risk.ref, here.hidden)
    detail.assessments(view.originals(every, launch, here.profile), Risk.ORIGINALS)

st.header("Mitigations", anchor=False)
if shown.introduced_by:
    st.warning(plain(" ".join(shown.introduced_by)), icon=":material/add_circle:")
if len(shown.mitigations):
    detail.mitigations(shown.mitigations)
else:
    messages.nothing_here(view.NO_MITIGATION)

st.header("Acceptance of what is left", anchor=False)
if acceptance_forms.draw(here, launch, risk) is not None:
    st.rerun()

st.header("Evidence that speaks to it", anchor=False)
evidence = risk_evidence.evidence_of(risk.ref, here.ledger(launch.launch.key), launch)
if len(evidence):
    detail.evidence(evidence, launch.launch.key)
else:
    messages.nothing_here(risk_evidence.EMPTY)

st.header("History", anchor=False)
changes.draw(history(here.store, subject=risk.ref, hidden=here.hidden))
